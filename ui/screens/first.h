/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of the first boot share.
 */
#ifndef UI_SCREENS_FIRST_H
#define UI_SCREENS_FIRST_H

#include "session/view.h"
#include "ui/node/scene.h"
#include "ui/widgets/leaves.h"

const char *first_part_name(const struct view *v, enum first_part p);
const char *first_part_icon(enum first_part p);
/* How the hall is, in a few words. */
const char *first_hall_words(const struct view *v);
const char *first_disk_words(struct scene *s, const struct view *v);
/* Numbered rows of what to do, in a card, on as many pages as they need. Returns the y below. */
int first_steps(struct scene *s, const struct view *v, struct leaves *l, int y, const char *const *rows, int n);
/* That it goes on by itself. Returns the y below. */
int first_goes_on(struct scene *s, const struct view *v, int x, int y, int w);

#endif
