/* SPDX-License-Identifier: Apache-2.0
 *
 * See peers.h.
 */
#include "kiosk/peers.h"

#include <stdlib.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"

/* kiosk-sync says a few lines a minute, kioskctl a few in all; a capture is read as fast as it comes. */
#define PEER_LINES_PER_S 32
#define PEER_BYTES_PER_S (256 * 1024)
#define PEER_QUEUE_MAX (2 * 1024 * 1024)
#define PATH_BYTES 512

struct peers {
    struct loop *loop;
    const char *run;
    struct peers_events events;
    void *ctx;
    struct line_server *server;
    struct line *sync; /* kiosk-sync's, owned by the server; NULL: it is not there */
    bool hall;
};

struct peers *peers_create(struct loop *l, const char *run, const struct peers_events *events, void *ctx)
{
    struct peers *p = calloc(1, sizeof *p);

    must(p, "out of memory");
    *p = (struct peers){.loop = l, .run = run, .events = *events, .ctx = ctx};
    return p;
}

void peers_destroy(struct peers *p)
{
    if (!p)
        return;
    line_server_destroy(p->server); /* and with it the lines of all peers */
    free(p);
}

static bool of_sync_alone(enum peer_kind kind)
{
    switch (kind) {
    case PEER_STATE:
    case PEER_CERTIFICATE:
    case PEER_INCOMING:
    case PEER_ACK:
    case PEER_LEASE:
    case PEER_LEASED:
    case PEER_QUEUES:
    case PEER_HALTS:
    case PEER_SYSTEM:
    case PEER_ACT:
    case PEER_ASKED:
    case PEER_UNASKED:
    case PEER_UPLINK:
    case PEER_UPLINKED:
        return true;
    case PEER_HELLO:
    case PEER_HELLO_TOOL:
    case PEER_STATUS:
    case PEER_DEVICES:
    case PEER_CAPTURE:
    case PEER_WIDTH:
    case PEER_SELFTEST:
    case PEER_JOURNAL:
    case PEER_LEASE_WANTED:
    case PEER_AGAIN:
    case PEER_ASK:
    case PEER_NOW:
    case PEER_SYSTEM_AGAIN:
    case PEER_ENROL_NOW:
    case PEER_UPLINK_LOOK:
    case PEER_UPLINK_TEST:
    case PEER_NETWORK:
    case PEER_HELLO_ENROL:
    case PEER_ENROL:
    case PEER_CATALOGUE:
    case PEER_HOW:
    case PEER_KINDS:
        break;
    }
    return false;
}

static void hear(struct peers *p, struct line *c, const struct peer_line *said)
{
    if (said->kind == PEER_HELLO) {
        p->sync = c;
        p->events.sync(p->ctx, true);
        return;
    }
    if (of_sync_alone(said->kind) && c != p->sync)
        return;
    if (said->kind == PEER_STATE)
        p->hall = said->up;
    if (said->kind != PEER_HELLO_TOOL)
        p->events.said(p->ctx, c, said);
}

static void gone(struct peers *p, struct line *c)
{
    if (p->sync == c) {
        p->sync = NULL;
        p->hall = false;
        p->events.sync(p->ctx, false);
    }
    p->events.gone(p->ctx, c);
    line_destroy(c);
}

static void on_line(void *ctx, struct line *c, char *text)
{
    struct peer_line said;
    struct peers *p = ctx;

    if (!text)
        gone(p, c);
    else if (peer_decode(text, PEER_FROM_PEER, &said) == 0)
        hear(p, c, &said);
    else if (c != p->sync)
        line_send(c, "{\"error\":\"not understood\"}");
}

/* The socket is 0660 in a folder of 0750: kiosk's own user, root, and the group of kiosk-sync and kioskctl. All the same
 * each of them is bounded: whoever floods it is slowed down, and the screen goes on. */
int peers_open(struct peers *p, struct err *e)
{
    const struct line_bounds bounds = {
        .lines_per_s = PEER_LINES_PER_S, .bytes_per_s = PEER_BYTES_PER_S, .queue_max = PEER_QUEUE_MAX};
    char path[PATH_BYTES];
    int rc = fs_mkdirs(p->run, 0750, e);

    if (rc == 0)
        rc = fs_join(path, sizeof path, p->run, "kiosk.sock");
    if (rc == 0)
        rc = line_serve(p->loop, path, &bounds, on_line, p, &p->server, e);
    return rc;
}

void peers_say(struct peers *p, const struct peer_line *line)
{
    struct buf text;

    if (!p->sync)
        return;
    buf_init(&text, LINE_MAX_BYTES);
    if (peer_encode(line, &text) == 0)
        line_send(p->sync, buf_str(&text));
    else
        log_error("kiosk", "a line for kiosk-sync is out of shape and is left out");
    buf_finish(&text);
}

bool peers_sync(const struct peers *p)
{
    return p->sync != NULL;
}

bool peers_is_sync(const struct peers *p, const struct line *c)
{
    return c == p->sync;
}

bool peers_hall(const struct peers *p)
{
    return p->hall;
}
