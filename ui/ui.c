/* SPDX-License-Identifier: Apache-2.0
 *
 * See ui.h. A view becomes a scene, the scene is compared with the one shown, what differs is painted and presented. A
 * touch becomes the action of the node under it (touch.c). Between two views only the caret, the pressed look and the
 * screen's own pages change.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "ui/draw/paint.h"
#include "ui/internal.h"
#include "ui/screens/screens.h"

#define CARET_MS 500
#define ARROW_MS 600
#define ARROW_MOVES 10 /* then it stands still */
#define FOCUS_RING 6

/* --- drawing --- */

const struct node *ui_shown_node(const struct ui *u, const char *id)
{
    return node_by_id(u->shown->nodes, u->shown->n_nodes, id);
}

static bool night(const struct view *v)
{
    return v->screen == SCREEN_IDLE || v->screen == SCREEN_OUT_OF_SERVICE || v->screen == SCREEN_UPDATE ||
           v->screen == SCREEN_TIMEOUT || v->screen == SCREEN_INSTALL_WRITING || v->screen == SCREEN_INSTALL_DONE;
}

static void focus_ring(const struct ui *u, const struct view *v, struct scene *s)
{
    const struct node *n = u->focus[0] ? said_find(s->nodes, s->n_nodes, u->focus) : NULL;

    if (n)
        scene_frame(s, box_inset(n->box, -2 * FOCUS_RING, -2 * FOCUS_RING), 16 + 2 * FOCUS_RING, TOKEN_NONE,
                    night(v) ? TOKEN_GLOW : TOKEN_FOCUS, s->env.contrast ? 8 : FOCUS_RING);
}

static void build(const struct ui *u, const struct view *v, int page, struct scene *s)
{
    const struct scene_env env = {.metrics = {fonts_advance, u->fonts, v->settings.language == LANGUAGE_EN},
                                  .screen = {0, 0, u->config.width, u->config.height},
                                  .size = (int)v->settings.size,
                                  .contrast = v->settings.high_contrast,
                                  .caret = u->caret,
                                  .raised = u->raised,
                                  .pressed = u->pressed[0] ? u->pressed : NULL,
                                  .page = page,
                                  .shift = u->shift};

    scene_begin(s, &env);
    screens_build(s, v);
    focus_ring(u, v, s);
    scene_end(s);
    if (s->full)
        log_error("ui", "screen %s does not fit into a scene", screen_name(v->screen));
}

/* What must be painted where the picture holds `before`. */
static struct damage differ(const struct ui *u, const struct scene *before, const struct scene *after)
{
    struct damage d = {{after->env.screen}, 1};

    if (!u->whole && after->env.contrast == before->env.contrast)
        damage_find(before, after, &d);
    return d;
}

static struct canvas picture(struct ui *u)
{
    bool lost;
    struct canvas c = window_canvas(u->window, &lost);

    u->whole |= lost;
    return c;
}

static void paint_damage(struct ui *u, const struct scene *s, const struct damage *d)
{
    const struct painter painter = {u->runs, u->pack};
    struct canvas c = picture(u);

    for (int i = 0; i < d->n; i++) {
        c.clip = d->boxes[i];
        paint(&painter, &c, s);
    }
}

static void draw(struct ui *u, const struct scene *s)
{
    picture(u); /* whether it still holds anything */
    struct damage news = differ(u, u->shown, s);

    if (!news.n)
        return; /* what was painted ahead goes on waiting */
    struct damage dirty = u->is_ahead ? differ(u, u->ahead, s) : news;

    paint_damage(u, s, &dirty);
    u->whole = u->is_ahead = false;
    window_present(u->window, &news);
    if (u->fd)
        loop_timer_start(u->pump_timer, 0); /* the display may have queued events while it was drawn to */
}

void ui_render(struct ui *u)
{
    struct scene *next = u->spare;

    if (!u->view)
        return;
    build(u, u->view, u->page, next);
    draw(u, next);
    u->spare = u->shown;
    u->shown = next;
}

void ui_paint_shown(struct ui *u)
{
    if (!u->is_ahead)
        return;
    struct damage dirty = differ(u, u->ahead, u->shown);

    paint_damage(u, u->shown, &dirty);
    u->is_ahead = false;
}

void ui_paint_ahead(struct ui *u, const struct view *v)
{
    picture(u);
    ui_paint_shown(u);
    if (u->whole)
        return; /* it holds nothing that could be kept */
    build(u, v, 0, u->ahead);
    struct damage dirty = differ(u, u->shown, u->ahead);

    paint_damage(u, u->ahead, &dirty);
    u->is_ahead = true;
}

/* --- the screen's own state --- */

static void blink(struct ui *u)
{
    bool typing = u->view->keys.kind != KEYBOARD_NONE;

    u->caret = true;
    if (typing)
        loop_timer_start(u->caret_timer, CARET_MS);
    else
        loop_timer_stop(u->caret_timer);
}

/* The arrow shows the way for six seconds after the page has come. */
static void point(struct ui *u, const struct view *v)
{
    u->raised = false;
    u->arrow_moves = 0;
    if (v->screen == SCREEN_CARD_WAITING)
        loop_timer_start(u->arrow_timer, ARROW_MS);
    else
        loop_timer_stop(u->arrow_timer);
}

/* The page of the screen's own that a node stands on; the present one when on none. */
static int page_of(struct ui *u, const struct view *v, const char *id)
{
    for (int page = 0, pages = 1; page < pages; page++) {
        build(u, v, page, u->spare);
        if (node_by_id(u->spare->nodes, u->spare->n_nodes, id))
            return page;
        pages = u->spare->own_pages;
    }
    return u->page;
}

static void arrive(struct ui *u, const struct view *v)
{
    bool new_screen = u->where.screen != v->screen;
    bool new_page = new_screen || u->where.item_page != v->item.page || u->where.form_page != v->form.page ||
                    u->where.region_turn != v->region.turn || u->where.question != v->form.question ||
                    u->where.list_page != v->browse.page;
    bool missing = v->form.consent_missing || v->form.signature_missing;

    if (new_page || u->where.field != v->form.focus)
        u->shift = false;
    if (new_page)
        u->page = 0;
    if (missing && !u->where.missing)
        u->page = page_of(u, v, v->form.consent_missing ? "consent" : "signature");
    if (v->screen == SCREEN_QUEUE && u->where.told != v->queue.told && v->queue.told >= 0) {
        char row[NODE_ID_MAX];

        snprintf(row, sizeof row, "queue.%s", v->queue.queues[v->queue.told].queue.id);
        u->page = page_of(u, v, row); /* it is higher now, and may have moved on */
    }
    if (new_screen) {
        u->title[0] = '\0';
        point(u, v);
    }
    if (u->focus[0] && (new_screen || (new_page && speech_on(u))))
        snprintf(u->focus, sizeof u->focus, "%s", "title"); /* the keypad starts at the top */
    u->voice.arrived = new_page;
    u->where.screen = v->screen;
    u->where.item_page = v->item.page;
    u->where.form_page = v->form.page;
    u->where.region_turn = v->region.turn;
    u->where.question = v->form.question;
    u->where.list_page = v->browse.page;
    u->where.told = v->queue.told;
    u->where.field = v->form.focus;
    u->where.missing = missing;
}

void ui_show(struct ui *u, const struct view *v)
{
    u->view = v;
    arrive(u, v);
    blink(u);
    ui_render(u);
    speech_show(u);
}

void ui_wipe(struct ui *u)
{
    scene_wipe(u->shown);
    scene_wipe(u->spare);
    scene_wipe(u->ahead);
    u->is_ahead = false;
    speech_wipe(u);
    fonts_wash(u->fonts);
    pack_rest(u->pack);
    u->pressed[0] = u->focus[0] = u->title[0] = '\0';
    touch_lost(u);
    u->press = (struct press){.id = ""};
    u->whole = true;
}

static void on_caret(void *ctx)
{
    struct ui *u = ctx;

    u->caret = !u->caret;
    loop_timer_start(u->caret_timer, CARET_MS);
    ui_render(u);
}

static void on_arrow(void *ctx)
{
    struct ui *u = ctx;

    u->raised = !u->raised;
    if (++u->arrow_moves < ARROW_MOVES)
        loop_timer_start(u->arrow_timer, ARROW_MS);
    ui_render(u);
}

/* --- the display --- */

static bool on_touch(void *ctx, int x, int y, bool down)
{
    struct ui *u = ctx;

    window_to_picture(u->window, &x, &y);
    return touch_at(u, x, y, down);
}

static void on_move(void *ctx, int x, int y)
{
    struct ui *u = ctx;

    window_to_picture(u->window, &x, &y);
    touch_move(u, x, y);
}

static void on_lost(void *ctx)
{
    touch_lost(ctx);
}

static void on_key(void *ctx, const char *name)
{
    touch_key(ctx, name);
}

static void on_exposed(void *ctx)
{
    struct ui *u = ctx;

    picture(u);
    if (u->whole) {
        ui_render(u);
    } else {
        ui_paint_shown(u);
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
    static const struct input_events events = {on_touch, on_move, on_lost, on_key, on_exposed, on_quit};
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
    else if (window_devices() && (u->wake = wake_create(u->loop, window_devices(), on_pump, u)))
        log_info("ui", "%d of the devices in %s touch or type", wake_devices(u->wake), window_devices());
    else
        log_info("ui", "the display has no events of its own: only the control channel touches");
}

static void add_timers(struct ui *u)
{
    u->caret_timer = loop_add_timer(u->loop, on_caret, u);
    u->arrow_timer = loop_add_timer(u->loop, on_arrow, u);
    u->pressed_timer = loop_add_timer(u->loop, touch_release_look, u);
    u->aimed_timer = loop_add_timer(u->loop, touch_aimed, u);
    u->repeat_timer = loop_add_timer(u->loop, touch_repeat, u);
    u->held_timer = loop_add_timer(u->loop, touch_lost, u);
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
    buf_init(&u->spoken, SPEECH_SPOKEN_MAX);
    buf_init(&u->sentence, 2 * SAID_MAX);
    u->shown = scene_create();
    u->spare = scene_create();
    u->ahead = scene_create();
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
    wake_destroy(u->wake);
    loop_timer_remove(u->caret_timer);
    loop_timer_remove(u->arrow_timer);
    loop_timer_remove(u->pressed_timer);
    loop_timer_remove(u->aimed_timer);
    loop_timer_remove(u->repeat_timer);
    loop_timer_remove(u->held_timer);
    loop_timer_remove(u->pump_timer);
    runs_destroy(u->runs);
    fonts_destroy(u->fonts);
    pack_close(u->pack);
    scene_destroy(u->shown);
    scene_destroy(u->spare);
    scene_destroy(u->ahead);
    buf_finish(&u->spoken);
    buf_finish(&u->sentence);
    window_destroy(u->window);
    free(u);
}
