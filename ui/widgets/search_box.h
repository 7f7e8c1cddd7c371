/* SPDX-License-Identifier: Apache-2.0
 *
 * The field of the search: closed on home and on the themes, where touching it leads to the search; open in the search.
 */
#ifndef UI_WIDGETS_SEARCH_BOX_H
#define UI_WIDGETS_SEARCH_BOX_H

#include "session/view.h"
#include "ui/node/scene.h"

#define SEARCH_BOX 112 /* high */

void search_box_closed(struct scene *s, const struct view *v, struct box b);
/* With what is looked for, how much was found, and 清除. */
void search_box(struct scene *s, const struct view *v, struct box b);

#endif
