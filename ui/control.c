/* SPDX-License-Identifier: Apache-2.0
 *
 * See control.h. Touches and keys go in where real ones do, so that what a scenario plays is what a finger would do.
 */
#include "ui/control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/line.h"

#define REPLY_MAX (1024 * 1024)
#define FRAME_MAX (16 * 1024 * 1024)

struct control {
    struct line *line;
    struct ui *ui;
    struct control_events events;
    void *ctx;
    int64_t shown_us;
};

static void reply_ok(struct control *c)
{
    line_sendf(c->line, "{\"ok\":true,\"shown_us\":%lld}", (long long)c->shown_us);
}

static void reply_frame(struct control *c)
{
    struct err e = {0};
    struct buf png;

    buf_init(&png, FRAME_MAX);
    if (ui_frame_png(c->ui, &png, &e) < 0) {
        line_sendf(c->line, "{\"ok\":false,\"error\":\"%s\"}", e.text);
    } else {
        line_sendf(c->line, "{\"ok\":true,\"bytes\":%zu}", png.len);
        line_send_bytes(c->line, png.data, png.len);
    }
    buf_finish(&png);
}

static void reply_json(struct control *c, const char *name, void (*fill)(struct ui *, struct buf *))
{
    struct buf b;

    buf_init(&b, REPLY_MAX);
    buf_addf(&b, "{\"ok\":true,\"shown_us\":%lld,\"%s\":", (long long)c->shown_us, name);
    fill(c->ui, &b);
    buf_adds(&b, "}");
    line_send(c->line, buf_ok(&b) ? buf_str(&b) : "{\"ok\":false,\"error\":\"the answer is too long\"}");
    buf_finish(&b);
}

static void nodes_json(struct ui *ui, struct buf *out)
{
    ui_nodes_json(ui, out);
}

static void shift_clock(struct control *c, const char *how, long long ms)
{
    if (!strcmp(how, "set"))
        clock_set_wall(ms);
    else
        clock_advance(ms);
    c->events.moved(c->ctx);
    reply_ok(c);
}

static void request(struct control *c, const char *text)
{
    char word[16];
    long long ms;
    int x, y;

    if (sscanf(text, "down %d %d", &x, &y) == 2 || sscanf(text, "up %d %d", &x, &y) == 2) {
        ui_inject_touch(c->ui, x, y, text[0] == 'd');
        line_sendf(c->line, "{\"ok\":true,\"shown_us\":%lld,\"on\":\"%s\"}", (long long)c->shown_us, ui_held_id(c->ui));
    } else if (sscanf(text, "move %d %d", &x, &y) == 2) {
        ui_inject_move(c->ui, x, y);
        reply_ok(c);
    } else if (sscanf(text, "key %15s", word) == 1) {
        ui_inject_key(c->ui, word);
        reply_ok(c);
    } else if (sscanf(text, "clock %15s %lld", word, &ms) == 2 && (!strcmp(word, "set") || !strcmp(word, "advance"))) {
        shift_clock(c, word, ms);
    } else if (!strcmp(text, "nodes")) {
        reply_json(c, "view", nodes_json);
    } else if (!strcmp(text, "spoken")) {
        reply_json(c, "spoken", ui_spoken_json);
    } else if (!strcmp(text, "frame")) {
        reply_frame(c);
    } else if (!strcmp(text, "quit")) {
        reply_ok(c);
        c->events.quit(c->ctx);
    } else {
        line_send(c->line, "{\"ok\":false,\"error\":\"unknown request\"}");
    }
}

static void on_line(void *ctx, struct line *line, char *text)
{
    struct control *c = ctx;

    if (text) {
        request(c, text);
    } else {
        line_destroy(line);
        c->line = NULL;
    }
}

struct control *control_create(struct loop *l, int fd, struct ui *ui, const struct control_events *events, void *ctx)
{
    struct control *c = calloc(1, sizeof *c);

    if (!c)
        return NULL;
    c->ui = ui;
    c->events = *events;
    c->ctx = ctx;
    c->line = line_create(l, fd, on_line, c);
    return c;
}

void control_shown(struct control *c)
{
    if (c)
        c->shown_us = clock_measure_us();
}

void control_destroy(struct control *c)
{
    if (!c)
        return;
    line_destroy(c->line);
    free(c);
}
