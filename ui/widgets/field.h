/* SPDX-License-Identifier: Apache-2.0
 *
 * The fields of a form: a box to type into, a row of choices, the card of what the ID card said. All values are a
 * resident's: their pictures are never kept.
 */
#ifndef UI_WIDGETS_FIELD_H
#define UI_WIDGETS_FIELD_H

#include "session/view.h"
#include "ui/node/scene.h"

/* Each returns the height; with draw false nothing else happens, so that a page knows what fits. */
/* `room`: the only question of a page is at most so high, and its choices stand one below the other and share it; where they
 * do not fit so, or are many, and with 0, they are as high as they need. */
int field_block(struct scene *s, const struct view *v, int x, int y, int w, int room, int field, bool draw);
/* Of the label above the first target of the block. */
int field_label_height(struct scene *s, const struct view *v, int w, int field);
int field_locked(struct scene *s, const struct view *v, int x, int y, int w, bool draw);

/* The value as it stands in a box or on the review page; from the card: masked. */
const char *field_value(struct scene *s, const struct view *v, int field);

#endif
