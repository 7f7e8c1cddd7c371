/* SPDX-License-Identifier: Apache-2.0
 *
 * The page that publishes what an office has decided, for whoever serves it: one file, nothing in it but text. A line for
 * each case that was decided in the last DECISIONS_DAYS days on an item of decision_type.def: number masked, item, outcome,
 * the day, and how many days it took since it was handed in. It names no applicant, no member of staff, and gives no reason.
 */
#ifndef HALL_CASES_DECISIONS_PAGE_H
#define HALL_CASES_DECISIONS_PAGE_H

#include "model/strings.h"
#include "tools/hall/cases/published.h"
#include "tools/hall/store/store.h"

#define DECISIONS_PAGE_MAX (64 * 1024 * 1024)
#define DECISIONS_DAYS 30

/* Appends the page as it is on that day; *ret_cases: how many cases are on it. -ERR_TOOLONG. */
int decisions_page(struct store *s, const struct published *p, int office, enum language language, struct date today,
                   struct buf *out, int *ret_cases, struct err *e);

#endif
