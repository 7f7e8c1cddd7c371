/* SPDX-License-Identifier: Apache-2.0
 *
 * What a form's files share among themselves: the check of one value by the type of its field, and the conditions.
 */
#ifndef MODEL_FORM_TYPE_H
#define MODEL_FORM_TYPE_H

#include <stdbool.h>

#include "model/form.h"

/* Checks a value that is there by the field's type and limits alone: no rules, no card. */
struct form_fault form_type_check(const struct form_field *field, const char *value, struct date today);

/* True when nothing is filled in: no text, or only spaces. */
bool form_value_empty(const char *value);

/* What `source` takes from the card, as a field of this type holds it; "" when the card has none. */
void form_source_value(const struct form_field *field, const struct identity *id, char *out, size_t cap);

#endif
