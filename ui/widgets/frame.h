/* SPDX-License-Identifier: Apache-2.0
 *
 * What every page has: ground, header, dock, and the row of actions. The header tells and is never touched; the dock is
 * in the same place on every page of a visit.
 */
#ifndef UI_WIDGETS_FRAME_H
#define UI_WIDGETS_FRAME_H

#include "session/view.h"
#include "ui/node/scene.h"

#define FRAME_MARGIN 40
#define FRAME_HEADER 104
#define FRAME_DOCK 136
#define FRAME_LOW 768 /* with low reach no target lies above */

/* Ground and header; returns the measure between the margins, from below the header to the dock's upper edge. */
struct box frame_paper(struct scene *s, const struct view *v);
/* The night ground, down to the dock, or to the lower edge where a page has none. `clock`: the header shows date and time.
 */
struct box frame_night(struct scene *s, const struct view *v, bool clock, bool dock);
/* The title at the top of the page, and what is said beside or below it (`note` may be NULL): taken off the page. With low
 * reach they stand large on the night ground in the upper part, which only tells, and the page is the lower 60 %; `tells`,
 * when not NULL, gets what is left of the upper part (empty otherwise). */
struct head {
    const char *title, *note;
    struct type type;
    int gap;   /* below */
    bool lamp; /* with low reach the lamp stands beside a short title */
    int above; /* px the page begins with that nobody touches: with low reach they stand above the limit */
};
void frame_head(struct scene *s, const struct view *v, struct box *page, const struct head *h, struct box *tells);
/* 结束 and 返回 of a visit; language, size of text and accessibility. Drawn last, so that the keypad reaches it last. */
void frame_dock(struct scene *s, const struct view *v);

#endif
