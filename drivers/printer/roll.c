/* SPDX-License-Identifier: Apache-2.0
 *
 * The estimate errs to the short side: it is there to have a roll brought in time.
 */
#include "drivers/printer/roll.h"

bool roll_seen(struct roll *r, bool low)
{
    bool changed = r->low != low;

    r->low = low;
    return changed;
}

void roll_fed(struct roll *r, int mm)
{
    r->fed_mm = r->low ? r->fed_mm + mm : 0;
    r->used_mm += mm;
    r->papers++;
}

void roll_new(struct roll *r, int64_t now_ms)
{
    *r = (struct roll){.at = now_ms};
}

bool roll_there(struct roll *r, bool paper, int64_t now_ms)
{
    bool another = paper && r->out;

    r->out = !paper;
    if (another)
        roll_new(r, now_ms);
    return another;
}

static int less(int of, int mm)
{
    return mm < of ? of - mm : 0;
}

int roll_left(const struct roll *r, int whole_mm, int low_mm)
{
    int by_length = whole_mm && r->at ? less(whole_mm, r->used_mm) : -1, by_sensor = r->low ? less(low_mm, r->fed_mm) : -1;

    if (by_length < 0 || by_sensor < 0)
        return by_length < 0 ? by_sensor : by_length;
    return by_sensor < by_length ? by_sensor : by_length;
}
