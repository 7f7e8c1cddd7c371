/* SPDX-License-Identifier: Apache-2.0
 *
 * A supplement that came from a terminal becomes the event "supplied" of its case, in the transaction that stores its
 * record. Events stay as they are: `hallctl rebuild` makes none anew.
 */
#ifndef HALL_STORE_SUPPLEMENT_H
#define HALL_STORE_SUPPLEMENT_H

#include "tools/hall/store/store_case.h"

/* *ret_why: CASE_MAY, or why its case does not take it, and nothing was done but that its index is wanted. r->number is the
 * case's. */
int supplement_take(struct store *s, const struct sender *who, const struct store_record *r,
                    const struct workday_calendar *calendar, enum case_refusal *ret_why, struct err *e);

#endif
