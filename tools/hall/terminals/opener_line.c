/* SPDX-License-Identifier: Apache-2.0
 *
 * See opener_line.h.
 */
#include "tools/hall/terminals/opener_line.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "base/line.h"

struct waiting {
    opener_line_fn *fn;
    void *ctx;
};

struct opener_line {
    struct event_base *base;
    const char *path;
    struct bufferevent *connection; /* NULL: none */
    struct event *away;             /* tells those who wait, from the loop */
    struct waiting list[OPENER_LINE_MAX];
    int first, n;
};

static struct waiting take_first(struct opener_line *l)
{
    struct waiting w = l->list[l->first];

    l->first = (l->first + 1) % OPENER_LINE_MAX;
    l->n--;
    return w;
}

static void hang_up(struct opener_line *l)
{
    if (l->connection)
        bufferevent_free(l->connection);
    l->connection = NULL;
}

/* Whoever asks anew out of this waits for the next round. */
static void tell_away(struct opener_line *l)
{
    hang_up(l);
    for (int n = l->n; n > 0; n--) {
        struct waiting w = take_first(l);
        w.fn(w.ctx, NULL);
    }
}

static void on_away(evutil_socket_t fd, short what, void *ctx)
{
    tell_away(ctx);
}

/* The wait begins with the first line that is owed an answer, and anew with each answer. */
static void set_wait(struct opener_line *l)
{
    static const struct timeval wait = {OPENER_LINE_WAIT_S, 0};

    bufferevent_set_timeouts(l->connection, l->n ? &wait : NULL, NULL);
}

static void on_read(struct bufferevent *b, void *ctx)
{
    struct opener_line *l = ctx;
    struct evbuffer *in = bufferevent_get_input(b);
    char *text;

    while (l->connection == b && (text = evbuffer_readln(in, NULL, EVBUFFER_EOL_LF))) {
        if (l->n == 0) { /* nobody asked */
            free(text);
            hang_up(l);
            return;
        }
        struct waiting w = take_first(l);
        w.fn(w.ctx, text);
        free(text);
    }
    if (l->connection != b)
        return;
    if (evbuffer_get_length(in) > LINE_MAX_BYTES)
        tell_away(l);
    else
        set_wait(l);
}

static void on_event(struct bufferevent *b, short what, void *ctx)
{
    if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR | BEV_EVENT_TIMEOUT))
        tell_away(ctx);
}

static bool connect_it(struct opener_line *l)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};

    if (l->connection)
        return true;
    if (snprintf(to.sun_path, sizeof to.sun_path, "%s", l->path) >= (int)sizeof to.sun_path)
        return false;
    l->connection = bufferevent_socket_new(l->base, -1, BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
    if (!l->connection)
        return false;
    bufferevent_setcb(l->connection, on_read, NULL, on_event, l);
    bufferevent_enable(l->connection, EV_READ | EV_WRITE);
    if (bufferevent_socket_connect(l->connection, (struct sockaddr *)&to, sizeof to) == 0)
        return true;
    hang_up(l);
    return false;
}

bool opener_line_ask(struct opener_line *l, const char *text, opener_line_fn *fn, void *ctx)
{
    if (l->n == OPENER_LINE_MAX)
        return false;
    l->list[(l->first + l->n) % OPENER_LINE_MAX] = (struct waiting){fn, ctx};
    l->n++;
    if (!connect_it(l)) {
        event_active(l->away, 0, 0);
        return true;
    }
    struct evbuffer *out = bufferevent_get_output(l->connection);
    evbuffer_add(out, text, strlen(text));
    evbuffer_add(out, "\n", 1);
    if (l->n == 1)
        set_wait(l);
    return true;
}

int opener_line_create(struct event_base *base, const char *path, struct opener_line **ret, struct err *e)
{
    struct opener_line *l = calloc(1, sizeof *l);

    if (l) {
        *l = (struct opener_line){.base = base, .path = path};
        l->away = event_new(base, -1, 0, on_away, l);
    }
    if (!l || !l->away) {
        free(l);
        return err_set(e, ERR_NOMEM, "ask hall-open");
    }
    *ret = l;
    return 0;
}

void opener_line_destroy(struct opener_line *l)
{
    if (!l)
        return;
    while (l->n)
        tell_away(l);
    hang_up(l);
    event_free(l->away);
    free(l);
}
