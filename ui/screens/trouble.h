/* SPDX-License-Identifier: Apache-2.0
 *
 * What the trouble pages share: five parts in one order (look §8): what happened, whose fault it is not, whether the case
 * is safe, the number, what to do now.
 */
#ifndef UI_SCREENS_TROUBLE_H
#define UI_SCREENS_TROUBLE_H

#include "session/view.h"
#include "ui/node/scene.h"
#include "ui/widgets/button.h"
#include "ui/widgets/proof.h"

/* The line above the actions: whom to call, how long the page stays; when its time is nearly over, a button for more.
 * Takes its height off the page. */
struct box trouble_foot(struct scene *s, const struct view *v, struct box *page);
void trouble_foot_draw(struct scene *s, const struct view *v, struct box b);
/* A card with a question and what each answer means. Returns the y below. */
int trouble_question(struct scene *s, int x, int y, int w, const char *question, const char *what);
/* "现在这样做" and the rows. Returns the y below. */
int trouble_advice(struct scene *s, const struct view *v, struct leaves *l, int y, const struct advice *rows, int n);
/* A page without a number: head, safety, advice, and one button. */
struct trouble {
    const char *icon, *title, *second, *safe, *safe_note;
    bool not_safe; /* what was filled in is lost: said plainly, without the shield */
    const struct advice *rows;
    int n;
    const char *picture;        /* below, when there is room; NULL: none */
    const char *button;         /* RETRY; NULL: none */
    const struct button *other; /* before it; NULL: none */
};
void trouble_page(struct scene *s, const struct view *v, const struct trouble *t);
/* That what the paper is about is safe without it. */
const char *trouble_safe_words(const struct view *v);
/* The promised date as a sentence; NULL when there is none. */
const char *trouble_until(struct scene *s, const struct view *v);

#endif
