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
#define FRAME_ACTIONS 176

/* Ground and header; returns the measure between the margins, from below the header to the dock's upper edge. */
struct box frame_paper(struct scene *s, const struct view *v);
/* The same without a dock, down to the lower edge: nobody is being served. */
struct box frame_paper_whole(struct scene *s, const struct view *v);
/* The night ground, down to the lower edge: no dock. `clock`: the header shows date and time. */
struct box frame_night(struct scene *s, const struct view *v, bool clock);
/* Takes the row of actions off the page's lower end and returns its buttons' box. */
struct box frame_actions(struct box *page);
/* 结束 and 返回. Drawn last, so that the keypad reaches it last. */
void frame_dock(struct scene *s, const struct view *v);

#endif
