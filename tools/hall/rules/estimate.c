/* SPDX-License-Identifier: Apache-2.0
 *
 * The estimate, from times alone.
 */
#include "tools/hall/rules/estimate.h"

#include <stdbool.h>
#include <stdlib.h>

#define MINUTE INT64_C(60000)
#define SILENT_MS (120 * MINUTE) /* nobody was called for so long: nothing is known */
#define RECENT_MS (30 * MINUTE)
#define WINDOW_MS (60 * MINUTE)
#define INTERVALS_LEAST 3
#define MINUTES_MOST 480

static int by_length(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Milliseconds a person; -1: no pace can be told. */
static int64_t pace(const struct estimate_call *calls, size_t n, int64_t now)
{
    int64_t intervals[ESTIMATE_CALLS];
    size_t count = 0;

    for (size_t i = 0; i + 1 < n && i + 1 < ESTIMATE_CALLS; i++) {
        if (now - calls[i + 1].called > WINDOW_MS)
            break;
        if (calls[i].taken <= calls[i + 1].called)
            intervals[count++] = calls[i].called - calls[i + 1].called;
    }
    if (count < INTERVALS_LEAST)
        return -1;
    qsort(intervals, count, sizeof *intervals, by_length);
    return count % 2 ? intervals[count / 2] : (intervals[count / 2 - 1] + intervals[count / 2]) / 2;
}

static int minutes_of(int64_t ms)
{
    int64_t m = (ms + MINUTE - 1) / MINUTE;

    if (m < 1)
        m = 1;
    if (m > 10)
        m = (m + 4) / 5 * 5;
    return m > MINUTES_MOST ? -1 : (int)m;
}

void estimate(const struct estimate_call *calls, size_t n, int waiting, int64_t first_taken, int64_t now, int *ret_waiting,
              int *ret_minutes)
{
    int64_t last = n ? calls[0].called : first_taken, per_person = pace(calls, n, now);
    bool recent = n && now - calls[0].called <= RECENT_MS;

    *ret_waiting = waiting && now - last > SILENT_MS ? -1 : waiting;
    *ret_minutes = -1;
    if (!recent || *ret_waiting < 0)
        return;
    if (!waiting)
        *ret_minutes = 0;
    else if (per_person >= 0)
        *ret_minutes = minutes_of(waiting * per_person);
}
