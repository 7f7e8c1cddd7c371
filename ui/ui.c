/* SPDX-License-Identifier: Apache-2.0
 *
 * See ui.h. A view becomes a scene, the scene is compared with the one shown, what differs is painted and presented. A
 * touch becomes the action of the node under it. Between two views only the caret, the pressed look and the screen's own
 * pages change.
 */
#include "ui/ui.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "ui/draw/font.h"
#include "ui/draw/frame.h"
#include "ui/draw/pack.h"
#include "ui/draw/paint.h"
#include "ui/draw/runs.h"
#include "ui/draw/window.h"
#include "ui/input/input.h"
#include "ui/input/press.h"
#include "ui/screens/screens.h"

#define CARET_MS 500
#define PRESSED_LEAST_MS 80
#define REPEAT_FIRST_MS 2000
#define REPEAT_MS 250
#define SPOKEN_MAX (16 * 1024)
#define FOCUS_RING 6

struct ui {
    struct loop *loop;
    struct ui_config config;
    struct ui_events events;
    void *ctx;

    struct window *window;
    struct fonts *fonts;
    struct runs *runs;
    struct pack *pack;
    struct loop_fd *fd;
    struct input input;

    const struct view *view;     /* borrowed from the session; NULL before the first */
    struct scene *shown, *spare; /* what the screen shows, and room for the next */
    bool whole;                  /* the next frame is drawn in full */

    struct press press;
    char pressed[NODE_ID_MAX]; /* who looks pressed: a little longer than it is */
    int64_t pressed_at;
    char focus[NODE_ID_MAX]; /* the keypad's; "" until it is used */

    /* the screen's own state; forgotten when the page changes */
    struct {
        enum screen screen;
        int item_page, form_page, field;
    } where;
    int page;
    bool shift, caret;

    struct loop_timer *caret_timer, *pressed_timer, *repeat_timer, *pump_timer;
    char title[256];   /* last spoken */
    struct buf spoken; /* strings, each with its NUL */
};

/* --- drawing ------------------------------------------------------------------------------------------------------------
 */

static const struct node *shown_node(const struct ui *u, const char *id)
{
    return node_by_id(u->shown->nodes, u->shown->n_nodes, id);
}

static bool night(const struct ui *u)
{
    return u->view->screen == SCREEN_IDLE || u->view->screen == SCREEN_OUT_OF_SERVICE || u->view->screen == SCREEN_TIMEOUT;
}

static void focus_ring(const struct ui *u, struct scene *s)
{
    const struct node *n = node_by_id(s->nodes, s->n_nodes, u->focus);

    if (n)
        scene_frame(s, box_inset(n->box, -2 * FOCUS_RING, -2 * FOCUS_RING), 16 + 2 * FOCUS_RING, TOKEN_NONE,
                    night(u) ? TOKEN_GLOW : TOKEN_FOCUS, s->env.contrast ? 8 : FOCUS_RING);
}

static void build(struct ui *u, struct scene *s)
{
    const struct scene_env env = {.metrics = {fonts_advance, u->fonts},
                                  .screen = {0, 0, u->config.width, u->config.height},
                                  .size = (int)u->view->settings.size,
                                  .contrast = u->view->settings.high_contrast,
                                  .caret = u->caret,
                                  .pressed = u->pressed[0] ? u->pressed : NULL,
                                  .page = u->page,
                                  .shift = u->shift};

    scene_begin(s, &env);
    screens_build(s, u->view);
    focus_ring(u, s);
    scene_end(s);
    if (s->full)
        log_error("ui", "screen %s does not fit into a scene", screen_name(u->view->screen));
}

static void draw(struct ui *u, const struct scene *s)
{
    const struct painter painter = {u->runs, u->pack};
    struct damage damage;
    bool lost;
    struct canvas canvas = window_canvas(u->window, &lost);

    if (lost || u->whole || s->env.contrast != u->shown->env.contrast)
        damage = (struct damage){{s->env.screen}, 1};
    else
        damage_find(u->shown, s, &damage);
    u->whole = false;
    for (int i = 0; i < damage.n; i++) {
        canvas.clip = damage.boxes[i];
        paint(&painter, &canvas, s);
    }
    window_present(u->window, &damage);
    if (damage.n && u->fd)
        loop_timer_start(u->pump_timer, 0); /* the display may have queued events while it was drawn to */
}

static void render(struct ui *u)
{
    struct scene *next = u->spare;

    if (!u->view)
        return;
    build(u, next);
    draw(u, next);
    u->spare = u->shown;
    u->shown = next;
}

/* --- speech ---------------------------------------------------------------------------------------------------------------
 */

static void speak(struct ui *u, const char *words)
{
    if (u->spoken.len + strlen(words) + 1 > SPOKEN_MAX)
        buf_reset(&u->spoken);
    buf_add(&u->spoken, words, strlen(words) + 1);
}

/* The title of a page is read on arrival. */
static void speak_title(struct ui *u)
{
    const struct node *title = shown_node(u, "title");

    if (!title || !strcmp(title->words, u->title))
        return;
    snprintf(u->title, sizeof u->title, "%s", title->words);
    speak(u, title->words);
}

/* --- the screen's own state
 * ------------------------------------------------------------------------------------------------- */

static void blink(struct ui *u)
{
    bool typing = u->view->screen == SCREEN_FORM && u->view->form.focus >= 0 && u->view->form.keyboard != KEYBOARD_NONE;

    u->caret = true;
    if (typing)
        loop_timer_start(u->caret_timer, CARET_MS);
    else
        loop_timer_stop(u->caret_timer);
}

static void arrive(struct ui *u, const struct view *v)
{
    bool new_screen = u->where.screen != v->screen;
    bool new_page = new_screen || u->where.item_page != v->item.page || u->where.form_page != v->form.page;

    if (new_page || u->where.field != v->form.focus)
        u->shift = false;
    if (new_page)
        u->page = 0;
    if (new_screen) {
        u->title[0] = '\0';
        if (u->focus[0])
            snprintf(u->focus, sizeof u->focus, "%s", "title"); /* the keypad starts at the top */
    }
    u->where.screen = v->screen;
    u->where.item_page = v->item.page;
    u->where.form_page = v->form.page;
    u->where.field = v->form.focus;
}

void ui_show(struct ui *u, const struct view *v)
{
    u->view = v;
    arrive(u, v);
    blink(u);
    render(u);
    speak_title(u);
}

void ui_wipe(struct ui *u)
{
    scene_wipe(u->shown);
    scene_wipe(u->spare);
    buf_reset(&u->spoken);
    fonts_wash(u->fonts);
    u->press = (struct press){.id = ""};
    u->pressed[0] = u->focus[0] = u->title[0] = '\0';
    u->whole = true;
}

static void on_caret(void *ctx)
{
    struct ui *u = ctx;

    u->caret = !u->caret;
    loop_timer_start(u->caret_timer, CARET_MS);
    render(u);
}

/* --- touches
 * ---------------------------------------------------------------------------------------------------------------- */

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
    render(u);
}

static void on_repeat(void *ctx)
{
    struct ui *u = ctx;
    const struct node *n = shown_node(u, u->press.id);

    if (!n)
        return;
    act(u, n);
    loop_timer_start(u->repeat_timer, REPEAT_MS);
}

static void release_look(void *ctx)
{
    struct ui *u = ctx;

    u->pressed[0] = '\0';
    render(u);
}

static void touch_down(struct ui *u, int x, int y)
{
    const struct node *n = press_down(&u->press, u->shown->nodes, u->shown->n_nodes, x, y);

    u->focus[0] = '\0';
    if (!n || !n->enabled)
        return;
    snprintf(u->pressed, sizeof u->pressed, "%s", n->id);
    u->pressed_at = clock_mono_ms();
    loop_timer_stop(u->pressed_timer);
    if (n->role == NODE_KEY && n->action.kind == INTENT_BACKSPACE)
        loop_timer_start(u->repeat_timer, REPEAT_FIRST_MS);
    render(u);
}

static void touch_up(struct ui *u, int x, int y)
{
    int64_t now = clock_mono_ms(), left = u->pressed_at + PRESSED_LEAST_MS - now;
    const struct node *n = press_up(&u->press, u->shown->nodes, u->shown->n_nodes, x, y, now);

    loop_timer_stop(u->repeat_timer);
    if (u->pressed[0])
        loop_timer_start(u->pressed_timer, left > 0 ? left : 0);
    if (n)
        act(u, n);
}

static void touch(struct ui *u, int x, int y, bool down)
{
    if (!u->view)
        return;
    if (down) {
        u->events.touched(u->ctx);
        touch_down(u, x, y);
    } else {
        touch_up(u, x, y);
    }
}

static void on_touch(void *ctx, int x, int y, bool down)
{
    struct ui *u = ctx;

    window_to_picture(u->window, &x, &y);
    touch(u, x, y, down);
}

void ui_inject_touch(struct ui *u, int x, int y, bool down)
{
    touch(u, x, y, down);
}

/* --- keypad
 * ------------------------------------------------------------------------------------------------------------------- */

static void move_focus(struct ui *u, bool backwards)
{
    const struct node *n = node_next(u->shown->nodes, u->shown->n_nodes, u->focus, backwards);

    if (!n)
        return;
    snprintf(u->focus, sizeof u->focus, "%s", n->id);
    speak(u, n->words);
    render(u);
}

static void on_key(void *ctx, const char *name)
{
    struct ui *u = ctx;
    const struct node *n;

    if (!u->view)
        return;
    u->events.touched(u->ctx);
    if (!strcmp(name, "down") || !strcmp(name, "right")) {
        move_focus(u, false);
    } else if (!strcmp(name, "up") || !strcmp(name, "left")) {
        move_focus(u, true);
    } else if (!strcmp(name, "enter")) {
        if ((n = shown_node(u, u->focus)) && node_is_target(n))
            act(u, n);
    } else if (!strcmp(name, "back")) {
        if ((n = shown_node(u, "back")))
            act(u, n);
    } else if (!strcmp(name, "repeat")) {
        if ((n = shown_node(u, u->focus[0] ? u->focus : "title")))
            speak(u, n->words);
    }
}

void ui_inject_key(struct ui *u, const char *name)
{
    on_key(u, name);
}

/* --- the display
 * -------------------------------------------------------------------------------------------------------------- */

static void on_exposed(void *ctx)
{
    struct ui *u = ctx;
    bool lost;

    window_canvas(u->window, &lost);
    if (lost) {
        u->whole = true;
        render(u);
    } else {
        window_present_all(u->window);
    }
}

static void on_quit(void *ctx)
{
    struct ui *u = ctx;

    u->events.quit(u->ctx);
}

static void pump(struct ui *u)
{
    static const struct input_events events = {on_touch, on_key, on_exposed, on_quit};
    int w, h;

    window_size(u->window, &w, &h);
    input_pump(&u->input, &events, u, w, h);
}

static void on_pump(void *ctx)
{
    pump(ctx);
}

static void on_display(void *ctx, int fd, short revents)
{
    pump(ctx);
}

static void watch_display(struct ui *u)
{
    int fd = window_fd(u->window);

    if (fd >= 0)
        u->fd = loop_add_fd(u->loop, fd, POLLIN, on_display, u);
    else
        log_info("ui", "the display has no events of its own: only the control channel touches");
}

static void add_timers(struct ui *u)
{
    u->caret_timer = loop_add_timer(u->loop, on_caret, u);
    u->pressed_timer = loop_add_timer(u->loop, release_look, u);
    u->repeat_timer = loop_add_timer(u->loop, on_repeat, u);
    u->pump_timer = loop_add_timer(u->loop, on_pump, u);
}

int ui_create(struct loop *l, const struct ui_config *config, const struct ui_events *events, void *ctx, struct ui **ret,
              struct err *e)
{
    struct ui *u = calloc(1, sizeof *u);
    int rc;

    if (!u)
        return err_set(e, ERR_NOMEM, "make the screen");
    *u = (struct ui){.loop = l, .config = *config, .events = *events, .ctx = ctx, .whole = true};
    buf_init(&u->spoken, SPOKEN_MAX);
    u->shown = scene_create();
    u->spare = scene_create();
    add_timers(u);
    if ((rc = pack_open(config->assets, &u->pack, e)) < 0 ||
        (rc = window_create(config->width, config->height, config->window, &u->window, e)) < 0 ||
        (rc = fonts_create(&u->fonts, e)) < 0) {
        ui_destroy(u);
        return rc;
    }
    u->runs = runs_create(u->fonts);
    watch_display(u);
    loop_timer_start(u->pump_timer, 0);
    *ret = u;
    return 0;
}

void ui_destroy(struct ui *u)
{
    if (!u)
        return;
    loop_fd_remove(u->fd);
    loop_timer_remove(u->caret_timer);
    loop_timer_remove(u->pressed_timer);
    loop_timer_remove(u->repeat_timer);
    loop_timer_remove(u->pump_timer);
    runs_destroy(u->runs);
    fonts_destroy(u->fonts);
    pack_close(u->pack);
    scene_destroy(u->shown);
    scene_destroy(u->spare);
    buf_finish(&u->spoken);
    window_destroy(u->window);
    free(u);
}

/* --- control
 * ------------------------------------------------------------------------------------------------------------------ */

static void node_json(struct jsonw *w, const struct ui *u, const struct node *n)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "id", n->id);
    jsonw_str(w, "role", node_role_name(n->role));
    jsonw_str(w, "label", n->label);
    jsonw_str(w, "words", n->words);
    jsonw_str(w, "value", n->value ? n->value : "");
    jsonw_int(w, "x", n->box.x);
    jsonw_int(w, "y", n->box.y);
    jsonw_int(w, "w", n->box.w);
    jsonw_int(w, "h", n->box.h);
    jsonw_bool(w, "enabled", n->enabled);
    jsonw_bool(w, "focused", n->focused || (u->focus[0] && !strcmp(u->focus, n->id)));
    jsonw_bool(w, "checked", n->checked);
    jsonw_end(w);
}

void ui_nodes_json(const struct ui *u, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "screen", u->view ? screen_name(u->view->screen) : "");
    jsonw_arr(&w, "nodes");
    for (int i = 0; i < u->shown->n_nodes; i++)
        node_json(&w, u, &u->shown->nodes[i]);
    jsonw_end(&w);
    jsonw_end(&w);
}

void ui_spoken_json(struct ui *u, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_arr(&w, NULL);
    for (size_t at = 0; at < u->spoken.len; at += strlen((const char *)u->spoken.data + at) + 1)
        jsonw_str(&w, NULL, (const char *)u->spoken.data + at);
    jsonw_end(&w);
    buf_reset(&u->spoken);
}

int ui_frame_png(const struct ui *u, struct buf *out, struct err *e)
{
    bool lost;
    struct canvas c = window_canvas(u->window, &lost);

    return frame_png(&c, out, e);
}
