/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether who is named may do what is no event of a case.
 */
#ifndef HALLCTL_STAFF_ROLE_H
#define HALLCTL_STAFF_ROLE_H

#include "tools/hall/rules/account.h"
#include "tools/hall/store/store_account.h"

/* In an office without accounts everybody may; else who has an account of that name there, and a role for it. `whole`: it
 * changes what is of all offices, so that accounts of any office bind. -ERR_NOTFOUND: the hall has no such office. */
int staff_may(struct store *s, int office, bool whole, const char *name, enum role_use use, bool *ret, struct err *e);

#endif
