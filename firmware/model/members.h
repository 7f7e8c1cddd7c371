/* SPDX-License-Identifier: Apache-2.0
 *
 * A bundle (一件事) and its members: what was typed into its one form, as the form of each member has it.
 */
#ifndef MODEL_MEMBERS_H
#define MODEL_MEMBERS_H

#include "model/item.h"

/* The answers that this member needs, and no others: fields of one id are one question. `ret` is personal data like `all`,
 * and is filled whole. */
void members_values(const struct item *bundle, size_t member, const struct form_values *all, struct form_values *ret);

#endif
