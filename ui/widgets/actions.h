/* SPDX-License-Identifier: Apache-2.0
 *
 * The row of actions at the very bottom of a page: side by side while every label stands on one line, else as wide as each
 * needs, else one below the other. It is measured before the page is filled and drawn behind it, so that the keypad reaches
 * it last.
 */
#ifndef UI_WIDGETS_ACTIONS_H
#define UI_WIDGETS_ACTIONS_H

#include "ui/widgets/button.h"

#define ACTIONS_MAX 3

struct actions {
    struct button list[ACTIONS_MAX];
    struct box at[ACTIONS_MAX];
    int n;
};

/* Takes the row, with 24 px above and below, off the page's lower end. `share` of the buttons in parts of the width, NULL:
 * all the same. The list is copied, its strings are not. */
struct actions actions_take(const struct scene *s, struct box *page, const struct button *list, const int *share, int n);
void actions_draw(struct scene *s, const struct actions *a);

#endif
