/* SPDX-License-Identifier: Apache-2.0
 *
 * The two halves of the item screen: the guide (item.c), and behind 法律依据、事项编码、要填的内容 its details
 * (item_details.c).
 */
#ifndef UI_SCREENS_ITEM_H
#define UI_SCREENS_ITEM_H

#include "session/view.h"
#include "ui/node/scene.h"
#include "ui/widgets/card.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/steps.h"

/* Draws page `wanted` into the area; returns how many there are. */
int item_details(struct scene *s, const struct view *v, struct box area, int wanted);
/* Section head of a card; returns the y below. `note` may be NULL. */
int item_heading(struct scene *s, struct card *c, const char *text, const char *note);
/* Calls `fill` for the page wanted, with a pager when there are more. */
void item_pages(struct scene *s, const struct view *v, struct box page,
                int (*fill)(struct scene *s, const struct view *v, struct box area, int wanted));

#endif
