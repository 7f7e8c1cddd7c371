/* SPDX-License-Identifier: Apache-2.0
 *
 * Versions known, by office, and what is made of a change.
 */
#include "tools/hall/queues.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "tools/hall/store_queue.h"

#define OFFICES 10000 /* an office has four digits */

struct queues {
    struct store *store;
    struct wait *wait;
    struct event *tick;
    int64_t versions[OFFICES];
};

static int on_version(void *ctx, int office, int64_t version)
{
    struct queues *q = ctx;
    if (office < 0 || office >= OFFICES || q->versions[office] == version)
        return 0;
    q->versions[office] = version;
    wait_queues_changed(q->wait, office);
    return 0;
}

void queues_check(struct queues *q)
{
    struct err e = {0};
    if (queue_versions(q->store, on_version, q, &e))
        log_warn("hall", "look for changed queues: %s", e.text);
}

static void on_tick(evutil_socket_t fd, short what, void *ctx)
{
    queues_check(ctx);
}

static int64_t version_of(void *ctx, int office)
{
    const struct queues *q = ctx;
    return office >= 0 && office < OFFICES ? q->versions[office] : 0;
}

static int state_of(void *ctx, int office, struct queues_now *ret)
{
    const struct queues *q = ctx;
    struct err e = {0};
    int rc = queue_state(q->store, office, clock_wall_ms(), ret, &e);
    if (rc)
        log_warn("hall", "%s", e.text);
    return rc;
}

int queues_create(struct event_base *base, struct store *s, struct wait *w, struct queues **ret, struct err *e)
{
    static const struct timeval second = {1, 0};
    struct queues *q = calloc(1, sizeof *q);
    if (q)
        q->tick = event_new(base, -1, EV_PERSIST, on_tick, q);
    if (!q || !q->tick) {
        free(q);
        return err_set(e, ERR_NOMEM, "queues");
    }
    q->store = s;
    q->wait = w;
    wait_set_queues(w, &(struct wait_queues){state_of, version_of, q});
    event_add(q->tick, &second);
    queues_check(q);
    *ret = q;
    return 0;
}

void queues_destroy(struct queues *q)
{
    if (!q)
        return;
    wait_set_queues(q->wait, &(struct wait_queues){0});
    event_free(q->tick);
    free(q);
}
