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
    bool reading, failed;
    struct news_word word;
};
/* All versions, read once a second. */
struct look {
    struct read_job job; /* first: the reader hands it back */
    struct queues *queues;
    bool failed;
    bool out; /* at the reader */
    bool again;
    size_t n;
    struct {
        int office;
        int64_t version;
    } list[OFFICES];
};
struct queues {
    struct reader *reader;
    const struct signer *signer;
    struct wait *wait;
    struct event *tick;
    struct look look;
    int64_t versions[OFFICES];
    struct said *said[OFFICES]; /* NULL until somebody asked */
};

static void take_version(struct queues *q, int office, int64_t version)
{
    if (q->versions[office] == version)
        return;
    q->versions[office] = version;
    wait_queues_changed(q->wait, office);
}

/* --- looking --- */

static int on_version(void *ctx, int office, int64_t version)
{
    struct look *l = ctx;
    if (office >= 0 && office < OFFICES && l->n < OFFICES) {
        l->list[l->n].office = office;
        l->list[l->n++].version = version;
    }
    return 0;
}

static int look_run(struct read_job *j, struct store *s, struct err *e)
{
    struct look *l = (struct look *)j;
    l->n = 0;
    return queue_versions(s, on_version, l, e);
}

static void look_done(struct read_job *j, int rc, const struct err *e)
{
    struct look *l = (struct look *)j;
    l->out = false;
    if (rc < 0 && !l->failed)
        log_warn("hall", "look for changed queues: %s; it is tried each second", e->text);
    else if (rc >= 0 && l->failed)
        log_info("hall", "the queues can be read again");
    l->failed = rc < 0;
    for (size_t i = 0; rc >= 0 && i < l->n; i++)
        take_version(l->queues, l->list[i].office, l->list[i].version);
    if (l->again)
        queues_check(l->queues);
}

void queues_check(struct queues *q)
{
    struct look *l = &q->look;
    l->again = l->out; /* what it reads may be from before */
    if (l->out)
        return;
    l->job = (struct read_job){.run = look_run, .done = look_done};
    l->out = reader_push(q->reader, &l->job);
}

/* Once a second also what could not be read: the database comes back by itself. */
static void on_tick(evutil_socket_t fd, short what, void *ctx)
{
    struct queues *q = ctx;

    queues_check(q);
    for (int i = 0; i < OFFICES; i++)
        if (q->said[i] && q->said[i]->failed && !q->said[i]->reading)
            wait_queues_changed(q->wait, i);
}

static int64_t version_of(void *ctx, int office)
{
    const struct queues *q = ctx;
    return office >= 0 && office < OFFICES ? q->versions[office] : 0;
}

/* --- saying --- */

static int sign(const struct queues *q, const struct news_queues *now, struct news_word *ret, struct err *e)
{
    struct buf state;
    buf_init(&state, NEWS_QUEUES_MAX);
    int rc = news_queues_encode(now, &state);
    if (rc)
        err_set(e, ERR_TOOLONG, "the state of the queues of %04d", now->office);
    else
        rc = signer_sign(q->signer, NEWS_QUEUES_PREFIX, state.data, state.len, &ret->by, e);
    if (rc == 0)
        text_copy(ret->state, sizeof ret->state, buf_str(&state));
    buf_finish(&state);
    return rc;
}

struct saying {
    struct read_job job; /* first: the reader hands it back */
    struct queues *queues;
    struct news_queues now;
    struct news_word word;
};

static int say_run(struct read_job *j, struct store *s, struct err *e)
{
    struct saying *y = (struct saying *)j;
    int rc = queue_state(s, y->now.office, y->now.at_ms, &y->now.now, e);
    return rc < 0 ? rc : sign(y->queues, &y->now, &y->word, e);
}

static void say_done(struct read_job *j, int rc, const struct err *e)
{
    struct saying *y = (struct saying *)j;
    struct queues *q = y->queues;
    int office = y->now.office;
    struct said *s = q->said[office];
    s->reading = false;
    if (rc < 0 && !s->failed)
        log_warn("hall", "%s; it is tried each second", e->text);
    s->failed = rc < 0;
    if (rc >= 0) {
        s->word = y->word;
        s->version = y->now.now.version;
        s->at_ms = y->now.at_ms;
    }
    wait_word(q->wait, office, rc < 0 ? NULL : &s->word);
    if (rc >= 0 && s->version > q->versions[office]) /* it read further than the last look */
        take_version(q, office, s->version);
    free(y);
}

static bool begin_saying(struct queues *q, int office)
{
    struct saying *y = calloc(1, sizeof *y);
    if (!y)
        return false;
    *y = (struct saying){.job = {.run = say_run, .done = say_done}, .queues = q};
    y->now = (struct news_queues){.office = office, .at_ms = clock_wall_ms()};
    if (reader_push(q->reader, &y->job))
        return true;
    free(y);
    return false;
}

static bool word_of(void *ctx, int office, const struct news_word **ret)
{
    struct queues *q = ctx;
    *ret = NULL;
    if (office < 0 || office >= OFFICES || (!q->said[office] && !(q->said[office] = calloc(1, sizeof(struct said)))))
        return true;
    struct said *s = q->said[office];
    int64_t age = clock_wall_ms() - s->at_ms;
    if (s->at_ms && s->version == q->versions[office] && age >= 0 && age < WORD_FRESH_MS) {
        *ret = &s->word;
        return true;
    }
    if (!s->reading)
        s->reading = begin_saying(q, office);
    return !s->reading;
}

int queues_create(struct event_base *base, struct reader *r, const struct signer *signer, struct wait *w,
                  struct queues **ret, struct err *e)
{
    static const struct timeval second = {1, 0};
    struct queues *q = calloc(1, sizeof *q);
    if (q)
        q->tick = event_new(base, -1, EV_PERSIST, on_tick, q);
    if (!q || !q->tick) {
        free(q);
        return err_set(e, ERR_NOMEM, "queues");
    }
    q->reader = r;
    q->look.queues = q;
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
