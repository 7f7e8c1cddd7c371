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
#include "ui/widgets/leaves.h"
#include "ui/widgets/steps.h"

/* Draws all of it into the leaves' area; returns the y below. */
int item_details(struct scene *s, const struct view *v, struct leaves *l);

#endif
