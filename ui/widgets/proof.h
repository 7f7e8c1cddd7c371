/* SPDX-License-Identifier: Apache-2.0
 *
 * What a resident takes away from the screen: the case number with its QR code, the word that the case is safe, the
 * picture of where the paper comes out.
 */
#ifndef UI_WIDGETS_PROOF_H
#define UI_WIDGETS_PROOF_H

#include "session/view.h"
#include "ui/node/scene.h"
#include "ui/widgets/leaves.h"

/* White with its quiet zone, also in high contrast. */
void qr_block(struct scene *s, struct box b, const char *text);
/* A card with the number in groups at the left and the code, `side` px, at the right; `below` may be NULL. */
int number_card(struct scene *s, const struct view *v, int x, int y, int w, const char *label, const char *number,
                const char *qr, const char *below, int side);
/* Icon on a plate or a disc, title and a second line: the head of result and trouble pages. Returns the y below. */
struct verdict {
    const char *icon, *title, *second;
    bool good; /* a green disc with a tick; else a glow plate */
    bool lead; /* the second line in lead, as trouble pages have it */
};
int verdict(struct scene *s, int x, int y, int w, const struct verdict *what);
/* The shield: what is safe, and one or two plain lines. `second` may be NULL. Returns the y below. */
int safe_card(struct scene *s, int x, int y, int w, const char *first, const char *second);
/* That it is safe, and what is taken away: `card`, which draws at x, y, w and returns the y below. The card always stands on
 * the first page: where both do not, the second line of what is safe goes, and at last what is safe stands behind it. */
struct proof {
    const char *safe, *note; /* note NULL: none */
    int (*card)(struct scene *s, const struct view *v, int x, int y, int w);
    bool last; /* nothing comes below: no room is kept for turning pages */
};
int proof(struct scene *s, const struct view *v, struct leaves *l, int y, const struct proof *what);
/* Card with the picture at the left; returns the box for what stands beside it. */
struct box picture_card(struct scene *s, struct box b, const char *picture);
/* Rows of icon, bold clause and plain rest, in a card, or in several on as many pages. Returns the y below. */
struct advice {
    const char *icon, *first, *rest;
};
int advice_card(struct scene *s, const struct view *v, struct leaves *l, int y, const struct advice *rows, int n);

#endif
