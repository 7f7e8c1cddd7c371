/* SPDX-License-Identifier: Apache-2.0
 *
 * How much paper is left, estimated: from when "near end" was first seen on, by what was fed since. A sensor that flickers
 * does not make the roll new; only paper fed while it sees enough does.
 */
#ifndef DRIVERS_PRINTER_ROLL_H
#define DRIVERS_PRINTER_ROLL_H

#include <stdbool.h>

struct roll {
    bool low;
    int fed_mm; /* since it was low */
};

/* What the sensor says; true when it has not said so before. */
bool roll_seen(struct roll *r, bool low);
void roll_fed(struct roll *r, int mm); /* a paper of this length came out */
/* Millimetres left of the `low_mm` there are at "near end", never below 0; -1: more than can be told. */
int roll_left(const struct roll *r, int low_mm);

#endif
