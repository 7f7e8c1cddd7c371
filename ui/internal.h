/* SPDX-License-Identifier: Apache-2.0
 *
 * What ui.c (views in), touch.c (touches in) and report.c (nodes, words and frames out) share. Nobody else includes it.
 */
#ifndef UI_INTERNAL_H
#define UI_INTERNAL_H

#include "ui/draw/font.h"
#include "ui/draw/pack.h"
#include "ui/draw/runs.h"
#include "ui/draw/window.h"
#include "ui/input/input.h"
#include "ui/input/press.h"
#include "ui/input/wake.h"
#include "ui/node/said.h"
#include "ui/node/scene.h"
#include "ui/ui.h"

struct ui {
    struct loop *loop;
    struct ui_config config;
    struct ui_events events;
    void *ctx;

    struct window *window;
    struct fonts *fonts;
    struct runs *runs;
    struct pack *pack;
    struct loop_fd *fd; /* of the display; on one that has none it is `wake` that says when to ask */
    struct wake *wake;
    struct input input;

    const struct view *view;     /* borrowed from the session; NULL before the first */
    struct scene *shown, *spare; /* what the screen shows, and room for the next */
    struct scene *ahead;         /* painted before its time: it may not be shown yet */
    bool is_ahead;               /* the picture holds `ahead`, the screen still `shown` */
    bool whole;                  /* the next frame is drawn in full */

    struct press press;
    char pressed[NODE_ID_MAX]; /* who looks pressed: a little longer than it is */
    int64_t pressed_at;
    int64_t pen_at;          /* when a pad was last written on */
    char focus[NODE_ID_MAX]; /* the keypad's, a name of said.h; "" until it is used */

    /* the screen's own state; forgotten when the page changes */
    struct {
        enum screen screen;
        int item_page, form_page, list_page, told, question, field, region_turn;
        bool missing; /* consent or signature, when 确认提交 was pressed */
    } where;
    int page;
    bool shift, caret, raised;
    int arrow_moves; /* since the screen was reached */

    struct loop_timer *caret_timer, *arrow_timer, *pressed_timer, *aimed_timer, *repeat_timer, *held_timer, *pump_timer;
    char title[256]; /* last spoken */
    struct {
        bool shown;
        enum screen page;
        int calls;
    } notice; /* of a card left on the reader: last spoken */
    struct {
        bool on, arrived;        /* as of the last view; it brought another page */
        int loudness;            /* then */
        bool keys;               /* the keyboard was open */
        char field[NODE_ID_MAX]; /* where the keypad was before it opened */
    } voice;
    struct buf spoken; /* strings, each with its NUL */
    struct buf sentence;
};

/* ui.c: lays out again and draws what differs. */
void ui_render(struct ui *u);
/* The picture holds again what the screen shows. */
void ui_paint_shown(struct ui *u);
const struct node *ui_shown_node(const struct ui *u, const char *id);

/* touch.c: a place in the picture; a key of the keypad; the timers of a held finger. */
bool touch_at(struct ui *u, int x, int y, bool down); /* false: a palm beside the finger that writes */
void touch_move(struct ui *u, int x, int y);          /* with a finger down */
void touch_lost(void *ctx);                           /* the finger that is down will not go up */
void touch_key(struct ui *u, const char *name);
void touch_repeat(void *ctx);
void touch_release_look(void *ctx);
void touch_aimed(void *ctx);

/* speech.c: what a voice says, kept for --control and told to whoever speaks. */
void speech_show(struct ui *u); /* a view was drawn */
void speech_page(struct ui *u); /* the screen's own page is another */
void speech_node(struct ui *u, const struct node *n);
void speech_hush(struct ui *u);
bool speech_on(const struct ui *u); /* the idle page tells nobody anything */
void speech_wipe(struct ui *u);
const struct node *speech_focused(const struct ui *u); /* what the keypad is on; NULL: nothing */
#define SPEECH_SPOKEN_MAX (32 * 1024)

#endif
