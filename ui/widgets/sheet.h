/* SPDX-License-Identifier: Apache-2.0
 *
 * A sheet to write on, of several lines, whose end stays in sight; and digits in boxes, as they stand on a paper.
 */
#ifndef UI_WIDGETS_SHEET_H
#define UI_WIDGETS_SHEET_H

#include "session/view.h"
#include "ui/node/scene.h"

#define SHEET_LEAST 150

/* The field "words", touched to write; what is being composed and the caret stand behind the text while the keyboard is
 * open. A resident's. */
struct sheet {
    const char *label, *text;
    bool wrong; /* there is nothing on it, and there must be */
};
void sheet(struct scene *s, const struct view *v, struct box b, const struct sheet *what);

/* One box for each group: the digits typed of it, the caret where the next one goes. As large as `n` groups can stand in a
 * row. A resident's. Returns the y below. */
#define DIGIT_BOX 112
int digit_boxes(struct scene *s, int x, int y, const char *digits, const int *groups, int n);

#endif
