/* SPDX-License-Identifier: Apache-2.0
 *
 * See hour_strip.h.
 */
#include "tools/hall/rules/hour_strip.h"

#include <string.h>

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Adds what of [from, to) lies in each hour. */
static void paint(const struct hour_strip *s, int64_t hours[HOUR_STRIP_HOURS], int64_t from, int64_t to)
{
    for (int i = 0; i < HOUR_STRIP_HOURS; i++) {
        int64_t begin = s->from_ms + i * HOUR_STRIP_MS, a = larger(from, begin), b = smaller(to, begin + HOUR_STRIP_MS);

        if (a < b)
            hours[i] += b - a;
    }
}

void hour_strip_begin(struct hour_strip *s, int64_t now_ms, int64_t heard_ms, const bool down[HOUR_STRIP_ROWS])
{
    *s = (struct hour_strip){
        .from_ms = now_ms - HOUR_STRIP_HOURS * HOUR_STRIP_MS, .to_ms = now_ms, .heard_ms = smaller(heard_ms, now_ms)};
    memcpy(s->down, down, sizeof s->down);
    s->after_ms = larger(s->heard_ms, s->from_ms);
    s->over = s->heard_ms <= s->from_ms;
    paint(s, s->unknown, s->heard_ms, now_ms);
}

/* Down to `at` it was as it stands. */
static void settle(struct hour_strip *s, int64_t at)
{
    for (int row = 0; row < HOUR_STRIP_ROWS; row++)
        if (s->down[row])
            paint(s, s->lost[row], at, s->after_ms);
    s->after_ms = smaller(at, s->after_ms);
}

/* Between a start and the record before it nothing could be done: nobody knows since when it was off, so all of it counts.
 */
static void settle_off(struct hour_strip *s, int64_t at)
{
    for (int row = 0; row < HOUR_STRIP_ROWS; row++)
        paint(s, s->lost[row], at, s->after_ms);
    s->after_ms = smaller(at, s->after_ms);
    s->off = false;
}

bool hour_strip_take(struct hour_strip *s, const struct hour_strip_record *r)
{
    int64_t at = smaller(r->at_ms, s->after_ms); /* a clock that was put back */

    if (s->over)
        return false;
    if (s->off)
        settle_off(s, at);
    settle(s, at);
    if (r->kind == RECORD_DEVICE_FAULT && r->role < DEVICE_ROLES)
        s->down[r->role] = false;
    else if (r->kind == RECORD_DEVICE_RECOVERY && r->role < DEVICE_ROLES)
        s->down[r->role] = true;
    else if (r->kind == RECORD_AVAILABILITY && (r->begins || r->ends))
        s->down[HOUR_STRIP_WHOLE] = r->ends;
    s->off = r->kind == RECORD_START;
    s->over = at <= s->from_ms;
    return !s->over;
}

void hour_strip_end(struct hour_strip *s, bool whole)
{
    if (s->over)
        return;
    if (whole)
        paint(s, s->unknown, s->from_ms, s->after_ms);
    else
        settle(s, s->from_ms);
    s->over = true;
}

static char letter(const struct hour_strip *s, int row, int hour)
{
    if (s->unknown[hour] > HOUR_STRIP_MIN_MS)
        return 'u';
    if (s->lost[row][hour] > HOUR_STRIP_MIN_MS)
        return 'n';
    for (int i = 0; row == HOUR_STRIP_WHOLE && i < DEVICE_ROLES; i++)
        if (s->lost[i][hour] > HOUR_STRIP_MIN_MS)
            return 'f';
    return 'c';
}

void hour_strip_row(const struct hour_strip *s, int row, char out[HOUR_STRIP_HOURS + 1], int *ret_percent)
{
    int64_t known = 0, lost = 0;

    for (int i = 0; i < HOUR_STRIP_HOURS; i++) {
        out[i] = letter(s, row, i);
        known += HOUR_STRIP_MS - smaller(s->unknown[i], HOUR_STRIP_MS);
        lost += s->lost[row][i];
    }
    out[HOUR_STRIP_HOURS] = '\0';
    *ret_percent = known <= 0 ? -1 : (int)(100 * (known - smaller(lost, known)) / known);
}
