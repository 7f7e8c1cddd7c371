/* SPDX-License-Identifier: Apache-2.0
 *
 * Versions known, by office, and what is made of a change.
 */
#include "tools/hall/terminals/queues.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "tools/hall/keys/signer.h"
#include "tools/hall/store/store_queue.h"

#define OFFICES 10000       /* an office has four digits */
#define WORD_FRESH_MS 30000 /* of one version: estimates change with time, and terminals go by the hall's time in it */

/* What is said of one office until it changes. */
struct said {
    int64_t version, at_ms;
    struct news_word word;
};
struct queues {
    struct store *store;
    const struct signer *signer;
    struct wait *wait;
    struct event *tick;
    int64_t versions[OFFICES];
    struct said *said[OFFICES]; /* NULL until somebody asked */
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

static int sign(const struct queues *q, const struct news_queues *now, struct news_word *ret, struct err *e)
{
    struct buf state;
    buf_init(&state, NEWS_QUEUES_MAX);
    int rc = news_queues_encode(now, &state);
    if (rc)
        err_set(e, ERR_TOOLONG, "the state of the queues of %04d", now->office);
    else
        rc = signer_sign(q->signer, NEWS_QUEUES_PREFIX, state.data, state.len, &ret->by, e);
    if (!rc)
        text_copy(ret->state, sizeof ret->state, buf_str(&state));
    buf_finish(&state);
    return rc;
}

static int say(const struct queues *q, int office, struct said *s, struct err *e)
{
    struct news_queues now = {.office = office, .at_ms = clock_wall_ms()};
    int rc = queue_state(q->store, office, now.at_ms, &now.now, e);
    if (!rc)
        rc = sign(q, &now, &s->word, e);
    s->version = now.now.version;
    s->at_ms = rc ? 0 : now.at_ms; /* a word that failed is asked for again */
    return rc;
}

static const struct news_word *word_of(void *ctx, int office)
{
    struct queues *q = ctx;
    struct err e = {0};
    if (office < 0 || office >= OFFICES || (!q->said[office] && !(q->said[office] = calloc(1, sizeof(struct said)))))
        return NULL;
    struct said *s = q->said[office];
    int64_t age = clock_wall_ms() - s->at_ms;
    if (s->version == q->versions[office] && age >= 0 && age < WORD_FRESH_MS)
        return &s->word;
    if (!say(q, office, s, &e))
        return &s->word;
    log_warn("hall", "%s", e.text);
    return NULL;
}

int queues_create(struct event_base *base, struct store *s, const struct signer *signer, struct wait *w, struct queues **ret,
                  struct err *e)
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
    q->signer = signer;
    q->wait = w;
    wait_set_queues(w, &(struct wait_queues){word_of, version_of, q});
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
    for (int i = 0; i < OFFICES; i++)
        free(q->said[i]);
    free(q);
}
