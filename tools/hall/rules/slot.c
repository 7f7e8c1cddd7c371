/* SPDX-License-Identifier: Apache-2.0
 *
 * See slot.h.
 */
#include "tools/hall/rules/slot.h"

#include <stdio.h>

#include "base/text.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS (1440 * MINUTE_MS)
#define BEIJING_MS (480 * MINUTE_MS) /* ahead of UTC */
#define HOUR_MINUTES 60

static int64_t begins(int64_t day, int minute)
{
    return day * DAY_MS - BEIJING_MS + minute * MINUTE_MS;
}

/* All whole hours of a day. */
static void hours_of(const struct appointment_offer *o, int64_t day, struct appointment_day *ret)
{
    const struct day_hours *h = &o->days[day - o->today];

    *ret = (struct appointment_day){.day = day};
    for (int i = 0; i < h->n; i++)
        for (int at = h->at[i].from; at + HOUR_MINUTES <= h->at[i].until && ret->n < APPOINTMENT_HOURS_MAX;
             at += HOUR_MINUTES)
            ret->hours[ret->n++] = (struct appointment_hour){begins(day, at), begins(day, at) + APPOINTMENT_HOUR_MS,
                                                             o->per_hour};
}

static void drop_until(struct appointment_day *d, int64_t first)
{
    int n = 0;

    for (int i = 0; i < d->n; i++)
        if (d->hours[i].from >= first)
            d->hours[n++] = d->hours[i];
    d->n = n;
}

int slot_days(const struct appointment_offer *o, int64_t now, int64_t paused_until, struct appointment_day *ret, int max)
{
    int n = 0;

    if (o->per_hour <= 0)
        return 0;
    for (int64_t day = o->today; day <= o->today + o->days_ahead && n < max; day++) {
        hours_of(o, day, &ret[n]);
        drop_until(&ret[n], now + 1 > paused_until ? now + 1 : paused_until);
        n += ret[n].n > 0;
    }
    return n;
}

/* The hour that begins then: false: there is none. */
static bool hour_at(const struct appointment_offer *o, int64_t from, struct appointment_hour *ret)
{
    struct appointment_day d;
    int64_t day = date_to_days(date_of_ms(from));

    if (o->per_hour <= 0 || day < o->today || day > o->today + o->days_ahead)
        return false;
    hours_of(o, day, &d);
    for (int i = 0; i < d.n; i++)
        if (d.hours[i].from == from) {
            *ret = d.hours[i];
            return true;
        }
    return false;
}

enum appointment_refusal slot_judge_book(const struct slot_facts *f)
{
    struct appointment_hour h;

    if (f->from <= f->now)
        return APPOINTMENT_REFUSED_PAST;
    if (!hour_at(f->offer, f->from, &h))
        return APPOINTMENT_REFUSED_NOT_OFFERED;
    if (f->from < f->paused_until)
        return APPOINTMENT_REFUSED_PAUSED;
    if (f->same_day)
        return APPOINTMENT_REFUSED_TWICE;
    if (f->held >= APPOINTMENT_HELD_MAX)
        return APPOINTMENT_REFUSED_TOO_MANY;
    return f->taken >= h.left ? APPOINTMENT_REFUSED_FULL : APPOINTMENT_MAY;
}

enum appointment_refusal slot_judge_leave(const struct appointment *a, int64_t now)
{
    if (!a)
        return APPOINTMENT_REFUSED_UNKNOWN;
    if (a->state == APPOINTMENT_CANCELLED || a->state == APPOINTMENT_MOVED)
        return APPOINTMENT_REFUSED_OVER;
    if (a->state == APPOINTMENT_ARRIVED)
        return APPOINTMENT_REFUSED_ARRIVED;
    return now >= a->until ? APPOINTMENT_REFUSED_TOO_LATE : APPOINTMENT_MAY;
}

enum appointment_refusal slot_judge_arrive(const struct appointment *a, int64_t now)
{
    enum appointment_refusal why = slot_judge_leave(a, now);

    return why == APPOINTMENT_MAY && now < a->from - SLOT_EARLY_MS ? APPOINTMENT_REFUSED_TOO_EARLY : why;
}

void slot_number(char letter, int64_t from, int64_t n, char out[APPOINTMENT_NUMBER_MAX + 1])
{
    struct date d = date_of_ms(from);
    int minute = clock_minute_of_day(from);
    char text[80];

    snprintf(text, sizeof text, "%c%02d%02d-%02d%02d-%lld", letter, d.month, d.day, minute / 60, minute % 60, (long long)n);
    text_copy(out, APPOINTMENT_NUMBER_MAX + 1, text);
}
