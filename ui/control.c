/* SPDX-License-Identifier: Apache-2.0
 *
 * See control.h. Touches and keys go in where real ones do, so that what a scenario plays is what a finger would do.
 */
#include "ui/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/control.h"
#include "base/line.h"

#define REPLY_MAX (1024 * 1024)
#define FRAME_MAX (16 * 1024 * 1024)

struct control {
    struct line *line;
    struct ui *ui;
    struct control_events events;
    void *ctx;
    int64_t shown_us;
    struct buf png; /* a frame that follows the answer */
};

/* Begins what every answer says; the caller closes it. */
static int answer(const struct control *c, struct buf *reply)
{
    return buf_addf(reply, "{\"ok\":true,\"shown_us\":%lld", (long long)c->shown_us);
}

static int touch(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;

    ui_inject_touch(c->ui, (int)a->number[0], (int)a->number[1], strcmp(a->command, "down") == 0);
    answer(c, reply);
    return buf_addf(reply, ",\"on\":\"%s\"}", ui_held_id(c->ui));
}

static int move(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;

    ui_inject_move(c->ui, (int)a->number[0], (int)a->number[1]);
    answer(c, reply);
    return buf_adds(reply, "}");
}

static int key(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;

    ui_inject_key(c->ui, a->word);
    answer(c, reply);
    return buf_adds(reply, "}");
}

static int nodes(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;

    answer(c, reply);
    buf_adds(reply, ",\"view\":");
    ui_nodes_json(c->ui, reply);
    return buf_adds(reply, "}");
}

static int spoken(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;

    answer(c, reply);
    buf_adds(reply, ",\"spoken\":");
    ui_spoken_json(c->ui, reply);
    return buf_adds(reply, "}");
}

static int frame(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    int rc = ui_frame_png(c->ui, &c->png, e);

    return rc == 0 ? buf_addf(reply, "{\"ok\":true,\"bytes\":%zu}", c->png.len) : rc;
}

static int quit(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;

    c->events.quit(c->ctx);
    return 0;
}

static void clock_moved(void *ctx)
{
    struct control *c = ctx;

    c->events.moved(c->ctx);
}

static const struct control_command commands[] = {{"down", "nn", touch}, {"up", "nn", touch},  {"move", "nn", move},
                                                  {"key", "w", key},     {"nodes", "", nodes}, {"spoken", "", spoken},
                                                  {"frame", "", frame},  {"quit", "", quit},   {NULL, NULL, NULL}};
static const struct control_table table = {commands, clock_moved};

static void request(struct control *c, char *text)
{
    struct buf reply;

    buf_init(&reply, REPLY_MAX);
    buf_init(&c->png, FRAME_MAX);
    control_obey(&table, c, text, &reply);
    line_send(c->line, buf_str(&reply));
    line_send_bytes(c->line, c->png.data, c->png.len);
    buf_finish(&c->png);
    buf_finish(&reply);
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
