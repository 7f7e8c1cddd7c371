/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's control line.
 */
#include "tools/hall/control.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "tools/hall/upkeep.h"

struct control {
    struct hall *hall;
    struct publish *publish;
    struct bufferevent *bev;
    int slow_ms;
    int64_t cut_after;
    bool refuse;
};

/* A number of up to 15 digits that fills `text`. */
static bool number(const char *text, int64_t *ret)
{
    size_t n = strlen(text);
    if (n == 0 || n > 15 || strspn(text, "0123456789") != n)
        return false;
    *ret = strtoll(text, NULL, 10);
    return true;
}

static bool clock_command(struct control *c, const char *verb, const char *arg)
{
    int64_t ms;
    if (!number(arg, &ms))
        return false;
    if (!strcmp(verb, "set"))
        clock_set_wall(ms);
    else if (!strcmp(verb, "advance"))
        clock_advance(ms);
    else
        return false;
    queues_check(c->hall->queues);
    wait_check(c->hall->wait);
    publish_check(c->publish);
    registry_check(c->hall->registry);
    upkeep_check(c->hall->upkeep);
    return true;
}

static bool fault_command(struct control *c, const char *verb, const char *arg)
{
    int64_t n = 0;
    bool has_number = number(arg, &n);
    if (!strcmp(verb, "slow") && has_number)
        c->slow_ms = (int)n;
    else if (!strcmp(verb, "cut-after") && has_number)
        c->cut_after = n;
    else if (!strcmp(verb, "refuse"))
        c->refuse = true;
    else if (!strcmp(verb, "disk-full"))
        store_set_full(c->hall->written, true);
    else if (!strcmp(verb, "disk-ok"))
        store_set_full(c->hall->written, false);
    else if (!strcmp(verb, "freeze"))
        publish_freeze(c->publish, true);
    else if (strcmp(verb, "none"))
        return false;
    if (!strcmp(verb, "none")) {
        c->slow_ms = 0;
        c->cut_after = -1;
        c->refuse = false;
        publish_freeze(c->publish, false);
        store_set_full(c->hall->written, false);
    }
    server_fault(c->hall->server, c->slow_ms, c->cut_after, c->refuse);
    return true;
}

/* Seconds of the server's own deadlines, which are not the clock's: moving that one must not end connections. */
static bool ticks_command(struct control *c, const char *arg)
{
    int64_t n;
    if (!number(arg, &n) || n > 3600)
        return false;
    server_hold(c->hall->server);
    while (n-- > 0)
        server_tick(c->hall->server);
    return true;
}

static void on_line(struct control *c, const char *line)
{
    char word[16] = "", verb[16] = "", arg[24] = "";
    sscanf(line, "%15s %15s %23s", word, verb, arg);
    bool ok = false;
    if (!strcmp(word, "quit")) {
        event_base_loopbreak(c->hall->base);
        ok = true;
    } else if (!strcmp(word, "clock")) {
        ok = clock_command(c, verb, arg);
    } else if (!strcmp(word, "fault")) {
        ok = fault_command(c, verb, arg);
    } else if (!strcmp(word, "ticks")) {
        ok = ticks_command(c, verb);
    }
    evbuffer_add_printf(bufferevent_get_output(c->bev), "%s\n",
                        ok ? "{\"ok\":true}" : "{\"ok\":false,\"error\":\"not understood\"}");
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
