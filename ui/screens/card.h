/* SPDX-License-Identifier: Apache-2.0
 *
 * What the three card screens share: the same picture three times.
 */
#ifndef UI_SCREENS_CARD_H
#define UI_SCREENS_CARD_H

#include "session/view.h"
#include "ui/node/scene.h"

/* Ground, title, second line, the three steps (step -1: without); returns what is left of the page. */
struct box card_head(struct scene *s, const struct view *v, const char *title, const char *second, int step);
/* A hint at the lower end; returns what is left above it. */
struct box card_foot(struct scene *s, struct box rest, const char *icon, const char *text);
void card_picture(struct scene *s, struct box b, const char *name);

#endif
