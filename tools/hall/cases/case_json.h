/* SPDX-License-Identifier: Apache-2.0
 *
 * Days and limits of cases as JSON, alike in what `hallctl case` prints and what the staff's pages get.
 */
#ifndef HALL_CASES_CASE_JSON_H
#define HALL_CASES_CASE_JSON_H

#include "base/json.h"
#include "tools/hall/rules/deadline.h"
#include "tools/hall/store/store_case.h"

/* "2026-01-05", or null where there is none. */
void case_json_day(struct jsonw *w, const char *key, struct date d);
/* The members of one limit: what it is, from when, until when, why, in words. */
void case_json_deadline(struct jsonw *w, const struct deadline *d, struct date today);
/* The case to count from: what its events say, or the application alone. */
struct case_state case_state_of(const struct case_file *f);

#endif
