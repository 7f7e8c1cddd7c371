/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows derived from records, in one place: projection.def lists what from which. They are made in the transaction that
 * stores the record, and can be made anew from all of them: what was judged then (record.state) stands, what windows called
 * stays.
 */
#ifndef HALL_STORE_PROJECTION_H
#define HALL_STORE_PROJECTION_H

#include "tools/hall/store/store.h"
#include "wire/record.h"

struct workday_calendar;

/* What staff and projections go by, from its header; queue and day only of tickets that can stand in a queue. */
void projection_describe(struct store_record *r, const struct record_header *h);

enum projection_verdict {
    PROJECTION_NOTHING, /* nothing derives from it */
    PROJECTION_MADE,
    PROJECTION_DOUBLE, /* another record has the number: nothing was made */
};
int projection_add(struct store *s, const struct sender *who, const struct store_record *r, enum projection_verdict *ret,
                   struct err *e);
/* All of them, from all records and the events of cases, in the caller's transaction. No hall may write meanwhile. The
 * calendar is what the days of cases are counted by (store_case.h). The count of records, or a negative code. */
int projection_rebuild(struct store *s, const struct workday_calendar *calendar, struct err *e);

struct projection_rating {
    int office, set, score;
    const char *item, *number; /* number "": anonymous */
};
/* Of visits; and of cases, one each. */
int projection_each_rating(struct store *s, int (*fn)(void *ctx, const struct projection_rating *r), void *ctx,
                           struct err *e);
int projection_each_case_rating(struct store *s, int (*fn)(void *ctx, const struct projection_rating *r), void *ctx,
                                struct err *e);

#endif
