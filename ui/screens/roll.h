/* SPDX-License-Identifier: Apache-2.0
 *
 * What a technician is asked when he has looked at a paper or heard a sentence: paper_change.c, device_tests.c.
 */
#ifndef UI_SCREENS_ROLL_H
#define UI_SCREENS_ROLL_H

#include "ui/widgets/button.h"
#include "ui/widgets/leaves.h"

struct roll_question {
    const char *what, *note;
    struct button list[4];
    int n;
};

/* The question on the lamp's ground, in `tells` where there is room for what nobody touches (low reach), else at y; the
 * answers below, beside each other where each fits on one line, else in pairs, else one below the other. Returns the y
 * below. */
int roll_question(struct scene *s, struct leaves *l, struct box tells, int y, const struct roll_question *q);

#endif
