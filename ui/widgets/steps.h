/* SPDX-License-Identifier: Apache-2.0
 *
 * Where one stands: the stepper of a form, the three steps of the card, the process of an item, a measured bar.
 */
#ifndef UI_WIDGETS_STEPS_H
#define UI_WIDGETS_STEPS_H

#include "session/view.h"
#include "ui/node/scene.h"

/* Title, "第 2 步，共 4 步" and the bars, taken off the page; `step` from 1. `above`, `tells`: see frame_head(). */
void stepper(struct scene *s, const struct view *v, struct box *page, const char *title, int step, int steps, int above,
             struct box *tells);
/* 放上 读取 取走; `now` 0..2. Returns the y below. */
int card_steps(struct scene *s, const struct view *v, int x, int y, int w, int now);
/* The steps an item goes through with their days. Returns the y below. */
int process_line(struct scene *s, const struct view *v, int x, int y, int w, const struct item *item);
/* A bar of `high` px, filled to `percent`. */
void bar(struct scene *s, int x, int y, int w, int high, int percent);

#endif
