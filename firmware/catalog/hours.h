/* SPDX-License-Identifier: Apache-2.0
 *
 * The hours and closures of a queue, as staff write them in queues.json and as the signed catalogue carries them: the same
 * text, read by the same parser in hallctl and in the terminal. assets/catalog/README.md describes it.
 *
 *     "hours": {"working": ["9:00-12:00", "13:30-17:00"], "fri": ["9:00-12:00"], "sat": ["9:00-12:00"], "last": 15},
 *     "closures": [{"from": "2026-11-30", "until": "2026-12-02", "reason": "大厅搬迁", "reason_en": "The hall moves"}]
 */
#ifndef CATALOG_HOURS_H
#define CATALOG_HOURS_H

#include "base/err.h"
#include "base/json.h"
#include "catalog/workday.h"
#include "model/opening.h"

#define HOURS_CLOSURES_MAX 20
#define HOURS_LAST_MAX 120
#define HOURS_LOOK_DAYS 92 /* so far ahead an opening is looked for */

struct closure {
    struct date from, until; /* both days belong to it */
    char reason[CLOSURE_REASON_MAX + 1], reason_en[CLOSURE_REASON_EN_MAX + 1];
};
/* Days by their kind: 0 Sunday … 6 Saturday, then weekends that are worked, then holidays. */
enum { HOURS_MADE_UP = 7, HOURS_HOLIDAY, HOURS_KINDS };
struct queue_hours {
    struct day_hours kind[HOURS_KINDS];
    int last; /* numbers end so many minutes before an interval does */
    int n_closures;
    struct closure closures[HOURS_CLOSURES_MAX];
};

/* Strict: known keys, hours within one day, in order, apart, longer than `last`; closures whole days with a reason.
 * `closures` NULL: none. An error says where and how to mend it; *ret is untouched then. */
int hours_of_json(const struct json *hours, const struct json *closures, struct queue_hours *ret, struct err *e);
/* The same on a terminal, of the two as text, the columns of a catalogue: keys that are not known are passed over. */
int hours_decode(const char *hours, const char *closures, struct queue_hours *ret, struct err *e);
/* Of one day. Borrowed from *h, or static where it is closed. */
const struct day_hours *hours_of_day(const struct queue_hours *h, const struct workday_calendar *c, struct date d);
/* What they mean at a moment. *ret is known; n is 0 when nothing opens within HOURS_LOOK_DAYS. Openings that touch (24:00
 * and 0:00) are one. */
void hours_times(const struct queue_hours *h, const struct workday_calendar *c, int64_t now_ms, struct queue_times *ret);

#endif
