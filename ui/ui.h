/* SPDX-License-Identifier: Apache-2.0
 *
 * The screen: draws the session's view, turns touches into intents. ui/draw and ui/input are the only users of SDL.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "base/buf.h"
#include "base/err.h"
#include "base/loop.h"
#include "session/intent.h"
#include "session/view.h"

struct ui;

/* The sizes that the screens are laid out for, with spaces between. */
#define UI_LAYOUTS "1080x1920"

struct ui_config {
    const char *assets; /* folder: icons.bin, illustrations, shadows (made by the build) */
    int width, height;  /* of the picture: one of UI_LAYOUTS */
    bool window;        /* scaled window on a desktop; false: full screen, or nowhere with SDL_VIDEODRIVER=dummy */
};

/* `intent` is called from the loop for each intent; `touched` for every touch, also beside targets; `aimed`, `say` and
 * `hush` (may be NULL) while a finger rests on what will be this intent when it is lifted, after that look was shown. */
struct ui_events {
    void (*intent)(void *ctx, struct intent i);
    void (*touched)(void *ctx);
    void (*aimed)(void *ctx, struct intent i);
    void (*quit)(void *ctx);                             /* the window was closed */
    void (*say)(void *ctx, const char *words, bool add); /* where the view's voice is on; `add`: behind what is being said */
    void (*hush)(void *ctx);                             /* be silent at once */
};

int ui_create(struct loop *l, const struct ui_config *config, const struct ui_events *events, void *ctx, struct ui **ret,
              struct err *e);
void ui_destroy(struct ui *u); /* takes NULL */

/* The view changed: lay out again and draw what differs. */
void ui_show(struct ui *u, const struct view *v);
/* Paints a view that is likely to be shown next; nothing of it appears before ui_show, which then has little left to do. */
void ui_paint_ahead(struct ui *u, const struct view *v);
/* A visit ended: forget every cached run of text that may be a resident's. */
void ui_wipe(struct ui *u);

/* For --control. */
void ui_inject_touch(struct ui *u, int x, int y, bool down);
/* Id of the node a finger is on, "" when it is on none. Borrowed until the next touch. */
const char *ui_held_id(const struct ui *u);
void ui_inject_move(struct ui *u, int x, int y);    /* between down and up */
void ui_inject_key(struct ui *u, const char *name); /* up down left right enter back louder softer repeat */
/* {"screen":…,"nodes":[{"id","role","label","words","value","x","y","w","h","enabled","focused","checked"}…]} */
void ui_nodes_json(const struct ui *u, struct buf *out);
/* Words spoken since the last call: a JSON array of strings. */
void ui_spoken_json(struct ui *u, struct buf *out);
/* The frame as PNG. */
int ui_frame_png(struct ui *u, struct buf *out, struct err *e);

#endif
