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
}

int roll_left(const struct roll *r, int low_mm)
{
    if (!r->low)
        return -1;
    return r->fed_mm < low_mm ? low_mm - r->fed_mm : 0;
}
