/* SPDX-License-Identifier: Apache-2.0
 *
 * The page that publishes which cases of an office are past a limit, for whoever serves it: one file, nothing in it but
 * text. It names case, item, step and post; no applicant and no member of staff.
 */
#ifndef HALL_CASES_OVERDUE_PAGE_H
#define HALL_CASES_OVERDUE_PAGE_H

#include "model/strings.h"
#include "tools/hall/cases/published.h"
#include "tools/hall/store/store.h"

#define OVERDUE_PAGE_MAX (64 * 1024 * 1024)

/* Appends the page as it is on that day; *ret_cases: how many cases are on it. -ERR_TOOLONG. */
int overdue_page(struct store *s, const struct published *p, int office, enum language language, struct date today,
                 struct buf *out, int *ret_cases, struct err *e);

#endif
