/* SPDX-License-Identifier: Apache-2.0
 *
 * How much paper is left, estimated, never known: by what was fed since the roll was put in, where the site says how long a
 * roll is; and from when "near end" was first seen on, by what was fed since. The shorter of the two counts. A sensor that
 * flickers does not make the roll new; only paper fed while it sees enough does. New it is when a technician says so, and
 * when paper is there again after it had run out with the cover closed.
 */
#ifndef DRIVERS_PRINTER_ROLL_H
#define DRIVERS_PRINTER_ROLL_H

#include <stdbool.h>
#include <stdint.h>

struct roll {
    bool low;
    int fed_mm; /* since it was low */
    bool out;   /* it has run out */
    int64_t at; /* wall clock, ms: when it was put in; 0: nobody knows, and what follows is what was seen of it */
    int used_mm, papers;
};

/* What the sensor says; true when it has not said so before. */
bool roll_seen(struct roll *r, bool low);
void roll_fed(struct roll *r, int mm); /* a paper of this length came out */
void roll_new(struct roll *r, int64_t now_ms);
/* Whether there is paper, the cover being closed; true when the roll is another one by that. */
bool roll_there(struct roll *r, bool paper, int64_t now_ms);
/* Millimetres left of a roll that was `whole_mm` long (0: nobody says) and of which `low_mm` are left at "near end"; never
 * below 0; -1: more than can be told. */
int roll_left(const struct roll *r, int whole_mm, int low_mm);

#endif
