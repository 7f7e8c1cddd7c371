/* SPDX-License-Identifier: Apache-2.0
 *
 * A page as data: a list of things to draw, in order, and the list of nodes beside it. Screens and widgets fill it,
 * ui/draw paints it and compares it with the one before, so that only what differs is drawn again.
 *
 * All text lives in one pool of secret memory, because some of it is a resident's; scene_wipe() forgets it.
 */
#ifndef UI_NODE_SCENE_H
#define UI_NODE_SCENE_H

#include <stddef.h>
#include <stdint.h>

#include "model/ink.h"
#include "ui/node/box.h"
#include "ui/node/node.h"
#include "ui/node/style.h"
#include "ui/node/wrap.h"

enum op_kind {
    OP_RECT,    /* filled with `fill`, edged inside with `line` × border */
    OP_DISC,    /* in `box`, cut by `frame` with its radius */
    OP_SHADOW,  /* the one soft shadow around a body of this box and radius */
    OP_TEXT,    /* one line, `text` in `px`, `weight`, `fill`, placed by `align` */
    OP_ICON,    /* `text` is its name, box.w its size */
    OP_PICTURE, /* `text` is its name, centred in the box and cut by it and its radius */
    OP_QR,      /* `text` is what it says, in black; the white under it is the block's */
    OP_STROKE,  /* a line `border` thick through `points` */
    OP_RING,    /* `line` in `border`, `part` of 1000, clockwise from the top, round ends */
};

struct op {
    enum op_kind kind;
    enum token fill, line;
    enum weight weight;
    enum align align;
    bool secret, latin; /* latin: as in struct metrics */
    bool last;          /* OP_TEXT: of the last line of a paragraph that has several */
    uint8_t alpha;
    int radius, border, px, part;
    struct box box, clip; /* an empty clip: none */
    struct box frame;     /* OP_DISC, OP_PICTURE: what cuts it */
    const char *text;
    const struct point *points; /* OP_STROKE: px of the picture */
    size_t n_points;
    uint64_t hash; /* over all of the above, by scene_end() */
};

#define OPS_MAX 700
#define SCENE_TEXT_MAX (48 * 1024)

/* What a page depends on besides the view. */
struct scene_env {
    struct metrics metrics;
    struct box screen;
    int size; /* of type, 0..3 */
    bool contrast;
    bool caret;          /* the caret is in its visible half second */
    bool raised;         /* the arrow at the reader is in its upper position */
    const char *pressed; /* id of the node under the finger, or NULL */
    int page;            /* the screen's own page, where the session knows of one only */
    bool shift;          /* capital letters on the keyboard */
};

struct scene {
    struct scene_env env;
    struct op *ops; /* OPS_MAX */
    int n_ops;
    struct node nodes[NODES_MAX];
    int n_nodes;
    char *pool; /* SCENE_TEXT_MAX, secret memory */
    size_t used;
    struct box clip;
    int own_pages; /* pages the screen itself has; 1 where the session knows them all */
    bool full;     /* something did not fit: a bug that tests find */
};

struct scene *scene_create(void);
void scene_destroy(struct scene *s); /* wipes; takes NULL */
void scene_begin(struct scene *s, const struct scene_env *env);
void scene_end(struct scene *s);
void scene_wipe(struct scene *s);

/* A copy that lives as long as the page. */
const char *scene_keep(struct scene *s, const char *text);
const char *scene_keep_n(struct scene *s, const char *text, size_t len);

/* What is measured by drawing it: remember the place, draw, take back. */
struct scene_place {
    int ops, nodes;
    size_t used;
};
struct scene_place scene_place(const struct scene *s);
void scene_take_back(struct scene *s, struct scene_place p);

/* --- drawing --- */

void scene_rect(struct scene *s, struct box b, int radius, enum token fill);
void scene_frame(struct scene *s, struct box b, int radius, enum token fill, enum token line, int border);
void scene_veil(struct scene *s, struct box b, int radius, enum token fill, int alpha);
/* A disc cut by a box with rounded corners. */
void scene_disc_in(struct scene *s, struct box disc, struct box frame, int radius, enum token fill);
void scene_shadow(struct scene *s, struct box b, int radius);
void scene_icon(struct scene *s, int x, int y, int size, const char *name, enum token colour);
void scene_picture(struct scene *s, struct box b, int radius, const char *name);
/* Only the corners at the left are round. */
void scene_picture_left(struct scene *s, struct box b, int radius, const char *name);
void scene_qr(struct scene *s, struct box b, const char *text);
void scene_ring(struct scene *s, struct box b, int border, enum token line, int part);
/* Everything that was written in a box up to `corner`, fitted to b; a resident's. */
void scene_ink(struct scene *s, struct box b, const struct ink *ink, struct ink_point corner, int thick, enum token colour);
/* A box to write in, with its node: what is written there has these units. */
struct node *scene_pad(struct scene *s, const char *id, struct box b, struct ink_point corner, const char *label);
/* What follows is cut by this box; an empty box ends it. */
void scene_clip(struct scene *s, struct box b);
/* For backgrounds whose height is known only behind their content: remember the place, then set the height. */
int scene_mark(const struct scene *s);
void scene_set_bottom(struct scene *s, int mark, int until, int bottom);

/* --- text --- */

/* A paragraph at x, y, at most w wide. Returns its height. No node. */
int scene_draw(struct scene *s, int x, int y, int w, struct type t, const char *text);
int scene_draw_spans(struct scene *s, int x, int y, int w, struct type t, const struct span *spans, size_t n);
/* The same with a node for voice and tests. */
int scene_text(struct scene *s, int x, int y, int w, struct type t, const char *text);
int scene_title(struct scene *s, int x, int y, int w, struct type t, const char *text);
int scene_spans(struct scene *s, int x, int y, int w, struct type t, const struct span *spans, size_t n);
/* One line inside the height of b, centred upright. */
void scene_line_in(struct scene *s, struct box b, struct type t, const char *text);
int scene_height(const struct scene *s, int w, struct type t, const char *text);
int scene_width(const struct scene *s, struct type t, const char *text);
int scene_line(const struct scene *s, struct type t); /* height of one line */

/* --- nodes --- */

/* The id of what says that a card was left on the reader: spoken on arrival, and again when it is called anew. */
#define CARD_NOTICE "card-notice"

/* Adds a node and returns it for what else it has to say; label is copied, words start as the label. */
struct node *scene_node(struct scene *s, enum node_role role, const char *id, struct box b, const char *label);
struct node *scene_target(struct scene *s, enum node_role role, const char *id, struct box b, const char *label,
                          struct node_action action);
bool scene_pressed(const struct scene *s, const char *id);

#endif
