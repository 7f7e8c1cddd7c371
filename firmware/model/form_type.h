/* SPDX-License-Identifier: Apache-2.0
 *
 * What a form's files share among themselves: the check of one value by the type of its field, the conditions, the rules.
 */
#ifndef MODEL_FORM_TYPE_H
#define MODEL_FORM_TYPE_H

#include <stdbool.h>

#include "model/form.h"

/* Checks a value that is there by the field's type and limits alone: no rules, no card. */
struct form_fault form_type_check(const struct form_field *field, const char *value, struct date today);

/* "12.5" -> 1250, "12" -> 1200: of a value that form_type_check takes for a number or an amount. */
long form_hundredths(const char *value);

/* True when nothing is filled in: no text, or only spaces. */
bool form_value_empty(const char *value);

/* What `source` takes from the card, as a field of this type holds it; "" when the card has none. */
void form_source_value(const struct form_field *field, const struct identity *id, char *out, size_t cap);

/* Does the condition hold? A hidden field has no value. */
bool form_holds(const struct form *f, const struct form_values *v, const struct form_condition *c);

/* The first rule at `field` that is not kept; FORM_OK when all are (form_rule.c). */
struct form_fault form_rules_check(const struct form *f, const struct form_values *v, size_t field,
                                   const struct identity *id, struct date today);

#endif
