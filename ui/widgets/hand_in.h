/* SPDX-License-Identifier: Apache-2.0
 *
 * The actions below what is handed in: back, and the one button that does it. Where it takes several pages that button
 * stands on the last, and the way there in its place: nobody hands in what was not in sight.
 */
#ifndef UI_WIDGETS_HAND_IN_H
#define UI_WIDGETS_HAND_IN_H

#include "session/view.h"
#include "ui/widgets/actions.h"

struct hand_in {
    struct actions last, more; /* of the last page, and of those before it */
};

/* Takes the row off the page's lower end, the same on every page. `busy`: it is on its way; the buttons are off. */
struct hand_in hand_in_take(struct scene *s, const struct view *v, struct box *page, const char *label, bool busy);
/* Last, when it is known how many pages there are. */
void hand_in_draw(struct scene *s, const struct hand_in *h);

#endif
