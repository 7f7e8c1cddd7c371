/* SPDX-License-Identifier: Apache-2.0
 *
 * Touches and keypad keys: which node is meant, how it looks meanwhile, and what it does.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ui/internal.h"

#define PRESSED_LEAST_MS 80
#define REPEAT_FIRST_MS 2000
#define REPEAT_MS 250
#define PALM_MS 1000      /* a finger that wrote so lately still does: what comes down beside it is the hand */
#define HELD_MAX_MS 20000 /* a finger that neither moves nor leaves for so long is not there any more */

static void act(struct ui *u, const struct node *n)
{
    const struct node_action a = n->action;

    if (!n->enabled)
        return;
    if (a.kind >= 0) {
        u->events.intent(u->ctx, (struct intent){(enum intent_kind)a.kind, a.a, a.b});
        return;
    }
    if (a.kind == NODE_DO_PAGE)
        u->page = a.a < 0 ? 0 : a.a;
    else
        u->shift = !u->shift;
    ui_render(u);
    if (a.kind == NODE_DO_PAGE)
        speech_page(u);
}

void touch_repeat(void *ctx)
{
    struct ui *u = ctx;
    const struct node *n = ui_shown_node(u, u->press.id);

    if (!n)
        return;
    act(u, n);
    loop_timer_start(u->repeat_timer, REPEAT_MS);
}

void touch_release_look(void *ctx)
{
    struct ui *u = ctx;

    u->pressed[0] = '\0';
    ui_render(u);
}

void touch_aimed(void *ctx)
{
    struct ui *u = ctx;
    const struct node *n = u->press.id[0] ? ui_shown_node(u, u->press.id) : NULL;

    if (n && n->enabled && n->action.kind >= 0 && u->events.aimed)
        u->events.aimed(u->ctx, (struct intent){(enum intent_kind)n->action.kind, n->action.a, n->action.b});
}

/* A pad answers while the finger is on it; places outside are said too. */
static void write_on(struct ui *u, const struct node *pad, enum intent_kind kind, int x, int y)
{
    u->pen_at = clock_mono_ms();
    if (pad->enabled)
        u->events.intent(u->ctx, (struct intent){kind, (x - pad->box.x) * pad->action.a / pad->box.w,
                                                 (y - pad->box.y) * pad->action.b / pad->box.h});
}

static const struct node *held_pad(const struct ui *u)
{
    const struct node *n = u->press.id[0] ? ui_shown_node(u, u->press.id) : NULL;

    return n && n->role == NODE_PAD ? n : NULL;
}

/* The finger has gone, or will not be heard of again. */
static void lift(struct ui *u)
{
    const struct node *pad = u->view ? held_pad(u) : NULL;

    if (pad && pad->enabled)
        u->events.intent(u->ctx, (struct intent){INTENT_PEN_UP, 0, 0});
}

void touch_move(struct ui *u, int x, int y)
{
    const struct node *pad = u->view ? held_pad(u) : NULL;

    if (u->press.id[0])
        loop_timer_start(u->held_timer, HELD_MAX_MS);
    if (pad)
        write_on(u, pad, INTENT_PEN_MOVE, x, y);
}

static void touch_down(struct ui *u, int x, int y)
{
    const struct node *n = press_down(&u->press, u->shown->nodes, u->shown->n_nodes, x, y);

    loop_timer_stop(u->repeat_timer); /* of another finger, which never left */
    loop_timer_start(u->held_timer, HELD_MAX_MS);
    u->focus[0] = '\0';
    if (!n || !n->enabled)
        return;
    if (n->role == NODE_PAD) {
        write_on(u, n, INTENT_PEN_DOWN, x, y);
        return;
    }
    snprintf(u->pressed, sizeof u->pressed, "%s", n->id);
    u->pressed_at = clock_mono_ms();
    loop_timer_stop(u->pressed_timer);
    if (n->role == NODE_KEY && n->action.kind == INTENT_BACKSPACE)
        loop_timer_start(u->repeat_timer, REPEAT_FIRST_MS);
    ui_render(u);
    loop_timer_start(u->aimed_timer, 0);
}

static void touch_up(struct ui *u, int x, int y)
{
    int64_t now = clock_mono_ms(), left = u->pressed_at + PRESSED_LEAST_MS - now;

    lift(u);
    const struct node *n = press_up(&u->press, u->shown->nodes, u->shown->n_nodes, x, y, now);

    loop_timer_stop(u->repeat_timer);
    loop_timer_stop(u->held_timer);
    if (u->pressed[0])
        loop_timer_start(u->pressed_timer, left > 0 ? left : 0);
    if (n && n->role != NODE_PAD)
        act(u, n);
}

void touch_lost(void *ctx)
{
    struct ui *u = ctx;

    lift(u);
    press_lost(&u->press);
    loop_timer_stop(u->repeat_timer);
    loop_timer_stop(u->held_timer);
    if (u->pressed[0])
        touch_release_look(u);
}

bool touch_at(struct ui *u, int x, int y, bool down)
{
    if (!u->view)
        return true;
    if (down && held_pad(u) && clock_mono_ms() - u->pen_at < PALM_MS)
        return false;
    if (down) {
        speech_hush(u);
        u->events.touched(u->ctx);
        touch_down(u, x, y);
    } else {
        touch_up(u, x, y);
    }
    return true;
}

void ui_inject_touch(struct ui *u, int x, int y, bool down)
{
    touch_at(u, x, y, down);
}

const char *ui_held_id(const struct ui *u)
{
    return u->press.id;
}

void ui_inject_move(struct ui *u, int x, int y)
{
    touch_move(u, x, y);
}

/* Over what can be chosen; with the voice on, up and down go over everything that can be read. */
static void move_focus(struct ui *u, bool backwards, bool all)
{
    const struct said now = said_of(u->view, u->shown->nodes, u->shown->n_nodes);
    const struct node *n = said_next(&now, u->focus, backwards, !all);

    if (!n)
        return;
    said_name(&now, n, u->focus);
    speech_node(u, n);
    ui_render(u);
}

static void ask(struct ui *u, enum intent_kind kind, int a)
{
    u->events.intent(u->ctx, (struct intent){kind, a, 0});
}

/* What is chosen; a text, or what is off, says again what it is. */
static void enter(struct ui *u)
{
    const struct node *n = speech_focused(u);

    if (n && node_is_target(n) && n->enabled)
        act(u, n);
    else if (n && speech_on(u))
        speech_node(u, n);
}

/* Also turns the voice on: it needs nobody to see where that is (EN 301 549 5.1.2.2, 5.2). */
static void repeat(struct ui *u)
{
    const struct node *n = u->focus[0] ? speech_focused(u) : ui_shown_node(u, "title");

    if (!speech_on(u) && u->view->voice != VOICE_NONE)
        ask(u, INTENT_VOICE, 1);
    else if (n)
        speech_node(u, n);
}

void touch_key(struct ui *u, const char *name)
{
    const struct node *n;
    bool voice = u->view && speech_on(u);

    if (!u->view)
        return;
    speech_hush(u);
    u->events.touched(u->ctx);
    if (!strcmp(name, "down") || !strcmp(name, "up")) {
        move_focus(u, *name == 'u', voice);
    } else if (!strcmp(name, "right") || !strcmp(name, "left")) {
        move_focus(u, *name == 'l', false);
    } else if (!strcmp(name, "enter")) {
        enter(u);
    } else if (!strcmp(name, "back")) {
        if ((n = ui_shown_node(u, "back")))
            act(u, n);
    } else if (!strcmp(name, "repeat")) {
        repeat(u);
    } else if (voice && (!strcmp(name, "louder") || !strcmp(name, "softer"))) {
        ask(u, INTENT_LOUDNESS, *name == 'l' ? 1 : -1);
    }
}

void ui_inject_key(struct ui *u, const char *name)
{
    touch_key(u, name);
}
