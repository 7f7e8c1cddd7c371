/* SPDX-License-Identifier: Apache-2.0
 *
 * Charts as SVG, to be printed: black on white, every number beside its bar or point, nothing told by colour.
 */
#ifndef HALL_CHART_H
#define HALL_CHART_H

#include "base/buf.h"

#define CHART_POINTS_MAX 40

struct chart_point {
    const char *label, *words; /* borrowed; words: the number, as people write it */
    double value;              /* 0 and up; less: there is none, the words say so */
};
/* A bar for each, in their order, lying; appended as one <svg>. */
void chart_bars(struct buf *out, const char *title, const struct chart_point *points, int n);
/* Points from left to right, with a line through them. */
void chart_line(struct buf *out, const char *title, const struct chart_point *points, int n);

#endif
