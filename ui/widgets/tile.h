/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole cards that are touched: the main tile, tiles, hot items, themes, results, queues.
 */
#ifndef UI_WIDGETS_TILE_H
#define UI_WIDGETS_TILE_H

#include "session/view.h"
#include "ui/node/scene.h"

struct tile {
    const char *id, *icon, *name;
    const char *note;  /* the second line: a fact, not a slogan; NULL: none */
    const char *state; /* a tile that does not work now: what the chip says; NULL: it works */
    const char *side;  /* at the right end, or NULL */
    bool warm;         /* priority */
    bool primary;      /* the main tile, where it is no larger than the others */
    struct node_action action;
};

/* The main tile with the lamp. */
void tile_main(struct scene *s, struct box b, const struct tile *t);
/* Plate left, name and note beside it. */
void tile_wide(struct scene *s, struct box b, const struct tile *t);
/* How high it has to be at that width; the same of the others. */
int tile_wide_height(struct scene *s, int w, const struct tile *t);
int tile_tall_height(struct scene *s, int w, const struct tile *t);
int tile_row_height(struct scene *s, int w, const struct tile *t);
/* Plate above, name and note below it. */
void tile_tall(struct scene *s, struct box b, const struct tile *t);
/* Icon, name and note in a row; for the hot items. */
void tile_row(struct scene *s, struct box b, const struct tile *t);

/* A result: name, department, days, fee, marks, and where it can be done. `brief`: without the marks. */
int result_height(struct scene *s, const struct view *v, int w, const struct item_row *row, bool brief);
void result_card(struct scene *s, const struct view *v, struct box b, const struct item_row *row, bool brief, const char *id,
                 struct node_action action);

/* Where it can be done, then the four marks (四办) an item has: chips from x on, in as many rows of w as they need. Returns
 * the y below. */
struct marks {
    bool state, here, newer, halted; /* state: with the chip that says whether it can be done here */
    bool on_the_spot, online, nearby, one_visit;
};
int marks_draw(struct scene *s, const struct view *v, int x, int y, int w, struct marks m);

#endif
