/* SPDX-License-Identifier: Apache-2.0
 *
 * When a queue gives numbers, as plain values: what catalog/hours.h makes of a queue's hours, closures and the calendar for
 * one moment. Times of day are Beijing time, which every office has.
 */
#ifndef MODEL_OPENING_H
#define MODEL_OPENING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

#define DAY_SPANS_MAX 4
struct day_hours { /* in order, none touches the next; n 0: closed all day */
    int n;
    struct {
        int from, until; /* minutes of the day; until <= 1440 */
    } at[DAY_SPANS_MAX];
};

/* "9:00–12:00，13:30–17:00", with `dash` for the dash (a printer's own letters have none that is narrow but "-") and
 * `between` for the comma; "" when closed all day. Returns out. */
const char *opening_hours_text(const struct day_hours *h, const char *dash, const char *between, char *out, size_t cap);

struct opening { /* numbers are given from the first ms until before the last */
    int64_t from_ms, until_ms;
    bool provisional; /* a notice that is not out yet may make it a day off */
};

#define OPENINGS_MAX 4
#define CLOSURE_REASON_MAX 60 /* bytes; 20 Chinese characters */
#define CLOSURE_REASON_EN_MAX 80
struct queue_times {
    bool known;               /* the catalogue says hours: else numbers are given at any time and nothing is said of it */
    struct day_hours working; /* of an ordinary working day */
    struct day_hours day;     /* of the day at[0] begins on */
    int n;
    struct opening at[OPENINGS_MAX]; /* the one that is, and those that come next */
    bool closed;                     /* today lies in a closure that is announced, and this is why */
    char reason[CLOSURE_REASON_MAX + 1], reason_en[CLOSURE_REASON_EN_MAX + 1];
};

#endif
