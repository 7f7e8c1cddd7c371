/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's control line.
 */
#include "tools/hall/control.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <stdlib.h>

#include "base/control.h"
#include "tools/hall/upkeep.h"

#define REPLY_MAX 1024
#define TICKS_MAX 3600

struct control {
    struct hall *hall;
    struct publish *publish;
    struct bufferevent *bev;
    int slow_ms;
    int64_t cut_after;
    bool refuse;
};

static void on_clock_moved(void *ctx)
{
    struct control *c = ctx;
    queues_check(c->hall->queues);
    wait_check(c->hall->wait);
    publish_check(c->publish);
    registry_check(c->hall->registry);
    upkeep_check(c->hall->upkeep);
}

static int tell_faults(struct control *c)
{
    server_fault(c->hall->server, c->slow_ms, c->cut_after, c->refuse);
    return 0;
}

static int slow(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    c->slow_ms = (int)a->number[0];
    return tell_faults(c);
}

static int cut_after(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    c->cut_after = a->number[0];
    return tell_faults(c);
}

static int refuse(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    c->refuse = true;
    return tell_faults(c);
}

static int disk_full(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    store_set_full(c->hall->written, true);
    return 0;
}

static int disk_ok(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    store_set_full(c->hall->written, false);
    return 0;
}

static int freeze(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    publish_freeze(c->publish, true);
    return 0;
}

static int no_fault(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    c->slow_ms = 0;
    c->cut_after = -1;
    c->refuse = false;
    publish_freeze(c->publish, false);
    store_set_full(c->hall->written, false);
    return tell_faults(c);
}

/* Seconds of the server's own deadlines, which are not the clock's: moving that one must not end connections. */
static int ticks(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    if (a->number[0] < 0 || a->number[0] > TICKS_MAX)
        return err_set(e, ERR_RANGE, "0 to %d seconds at a time", TICKS_MAX);
    server_hold(c->hall->server);
    for (int64_t n = a->number[0]; n > 0; n--)
        server_tick(c->hall->server);
    return 0;
}

static int quit(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct control *c = ctx;
    event_base_loopbreak(c->hall->base);
    return 0;
}

static const struct control_command commands[] = {
    {"quit", "", quit},
    {"ticks", "n", ticks},
    {"fault slow", "n", slow},
    {"fault cut-after", "n", cut_after},
    {"fault refuse", "", refuse},
    {"fault disk-full", "", disk_full},
    {"fault disk-ok", "", disk_ok},
    {"fault freeze", "", freeze},
    {"fault none", "", no_fault},
    {NULL, NULL, NULL},
};
static const struct control_table table = {commands, on_clock_moved};

static void on_line(struct control *c, char *line)
{
    struct buf reply;
    buf_init(&reply, REPLY_MAX);
    control_obey(&table, c, line, &reply);
    evbuffer_add_printf(bufferevent_get_output(c->bev), "%s\n", buf_str(&reply));
    buf_finish(&reply);
}

static void on_read(struct bufferevent *bev, void *ctx)
{
    char *line;
    while ((line = evbuffer_readln(bufferevent_get_input(bev), NULL, EVBUFFER_EOL_LF))) {
        on_line(ctx, line);
        free(line);
    }
}

int hall_control_create(struct hall *h, struct publish *p, int fd, struct control **ret, struct err *e)
{
    struct control *c = calloc(1, sizeof *c);
    if (!c)
        return err_set(e, ERR_NOMEM, "control");
    *c = (struct control){.hall = h, .publish = p, .cut_after = -1};
    evutil_make_socket_nonblocking(fd);
    c->bev = bufferevent_socket_new(h->base, fd, BEV_OPT_CLOSE_ON_FREE);
    if (!c->bev) {
        free(c);
        return err_set(e, ERR_NOMEM, "control");
    }
    bufferevent_setcb(c->bev, on_read, NULL, NULL, c);
    bufferevent_enable(c->bev, EV_READ | EV_WRITE);
    *ret = c;
    return 0;
}

void hall_control_destroy(struct control *c)
{
    if (!c)
        return;
    bufferevent_flush(c->bev, EV_WRITE, BEV_FLUSH);
    bufferevent_free(c->bev);
    free(c);
}
