/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of cases, from their rows: what a list shows of one without reading its events. For whole cases, store_case.h.
 */
#ifndef HALL_STORE_CASE_ROW_H
#define HALL_STORE_CASE_ROW_H

#include "tools/hall/store/store_case.h"

/* A row of `cases`; strings are borrowed for the call. */
struct case_row {
    int office;
    const char *number, *item, *staff, *post, *name; /* name: masked; "": it was never opened */
    enum case_stage stage;
    int64_t version, applied, due; /* due: card_first(), or the first day of one nobody has taken in */
};
typedef int case_row_fn(void *ctx, const struct case_row *r); /* non-zero stops */
/* Of an office, with bounded memory, unless said otherwise by number: those of one stage, CASE_STAGES for all; those due by
 * a day, by it and number. A case to which something is done meanwhile may come twice, or not. */
int case_each_stage(struct store *s, int office, enum case_stage stage, case_row_fn *fn, void *ctx, struct err *e);
int case_each_due(struct store *s, int office, int64_t day, case_row_fn *fn, void *ctx, struct err *e);
/* Of an office, in one stage, whose person is `staff` ("": nobody has it yet); at most `limit`, by number. */
int case_each_with(struct store *s, int office, const char *staff, enum case_stage stage, int64_t limit, case_row_fn *fn,
                   void *ctx, struct err *e);
/* Those of one bundle (store_bundle.h), in their order. */
int case_each_of_bundle(struct store *s, int office, const char *bundle, case_row_fn *fn, void *ctx, struct err *e);
/* Those to which something was done since a moment (ms), by number. */
int case_each_acted(struct store *s, int office, int64_t since, case_row_fn *fn, void *ctx, struct err *e);
/* A page of an office's, after a place that was seen before (both 0 and "": from the beginning); at most `limit`. */
struct case_page {
    bool by_due; /* what somebody owes something in, by due day and number; else all, by number */
    int64_t due; /* of the last row that was seen */
    const char *number;
    enum case_stage stage; /* CASE_STAGES: all */
    const char *staff;     /* NULL: whoever's */
    int64_t limit;
};
int case_each_page(struct store *s, int office, const struct case_page *page, case_row_fn *fn, void *ctx, struct err *e);

#endif
