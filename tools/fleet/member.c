/* SPDX-License-Identifier: Apache-2.0
 *
 * What a terminal does, by the loop's events.
 */
#include "tools/fleet/member.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "crypto/hash.h"
#include "sync/backoff.h"
#include "tools/fleet/delivery.h"
#include "wire/news.h"

#define POLL_TIMEOUT_S 90 /* as kiosk-sync's */

struct member {
    struct stage *stage;
    struct roll_entry entry; /* its key and credential are this member's */
    struct ledger *ledger;
    struct dice dice;
    struct delivery *delivery;
    struct link *poll;
    struct backoff backoff; /* of the poll */
    struct event *again;    /* the poll: after a failure, or when it is its turn */
    struct event *visit, *network;
    bool online, goes_offline, heard;
    int64_t catalogue, queues;    /* known; catalogue -1: not yet */
    int64_t visit_ms, offline_ms; /* of the day: the next one; when the network goes */
};

/* Where the day is, and how long until a moment of it. */
static int64_t until_us(const struct member *m, int64_t day_ms)
{
    double at = (double)day_ms * 1000 / m->stage->speed;

    return m->stage->day_began_us + (int64_t)at - clock_measure_us();
}

/* --- the long poll --- */

static void poll_now(struct member *m)
{
    char path[96];

    if (!m->online || link_busy(m->poll))
        return;
    /* without a catalogue the hall answers at once: so it is known that the hall is there */
    if (!m->heard || m->catalogue < 0)
        snprintf(path, sizeof path, "/v1/wait?queues=%lld", (long long)m->queues);
    else
        snprintf(path, sizeof path, "/v1/wait?catalogue=%lld&queues=%lld", (long long)m->catalogue, (long long)m->queues);
    link_ask(m->poll, &(struct link_request){.method = "GET", .path = path, .timeout_s = POLL_TIMEOUT_S});
}

/* The terminal's own moment within the spread, always the same one. */
static int64_t own_moment_ms(const struct member *m, int64_t spread_ms)
{
    uint8_t hash[SHA256_LEN];

    if (spread_ms <= 0)
        return 0;
    sha256(m->entry.id, strlen(m->entry.id), hash);
    return be32(hash) % (uint32_t)spread_ms;
}

/* How long to stay away before the next poll. `waited`: it had heard of the hall, and waited for this. */
static int64_t take_news(struct member *m, const struct news *n, bool waited)
{
    bool woken = waited && n->catalogue != m->catalogue;
    struct news_queues q;

    m->catalogue = n->catalogue;
    if (n->has_queues && news_queues_decode(n->queues.state, strlen(n->queues.state), &q, NULL) == 0)
        m->queues = q.now.version;
    if (!woken)
        return 0;
    figures_wake(m->stage->figures, n->catalogue, clock_wall_ms());
    return own_moment_ms(m, n->spread_ms);
}

static void on_polled(void *ctx, const struct link_answer *a)
{
    struct member *m = ctx;
    struct news news;
    bool good = a->outcome == LINK_ANSWERED &&
                (a->status == 204 || (a->status == 200 && news_decode(a->data, a->len, &news, NULL) == 0));
    bool waited = m->heard;

    m->heard = good;
    if (!good) {
        figures_fail(m->stage->figures, a);
        stage_after(m->again, backoff_next(&m->backoff) * 1000);
        return;
    }
    m->stage->figures->polls++;
    backoff_reset(&m->backoff);
    int64_t away_ms = a->status == 200 ? take_news(m, &news, waited) : 0;

    if (away_ms < a->next_delay_ms)
        away_ms = a->next_delay_ms;
    if (away_ms)
        stage_after(m->again, away_ms * 1000);
    else
        poll_now(m);
}

static void on_again(evutil_socket_t fd, short what, void *ctx)
{
    poll_now(ctx);
}

/* --- the network --- */

static void come_online(struct member *m)
{
    m->online = true;
    event_del(m->again);
    backoff_reset(&m->backoff);
    poll_now(m);
    delivery_online(m->delivery, true);
}

static void go_offline(struct member *m)
{
    m->online = m->heard = false;
    link_drop(m->poll);
    delivery_online(m->delivery, false);
}

static void on_network(evutil_socket_t fd, short what, void *ctx)
{
    struct member *m = ctx;

    if (!m->online) {
        come_online(m);
        return;
    }
    go_offline(m);
    stage_after(m->network, until_us(m, m->offline_ms + m->stage->plan->offline_minutes * 60000));
}

void member_connect(struct member *m)
{
    if (!m->online)
        come_online(m);
}

void member_storm(struct member *m)
{
    uint64_t before = links_count(m->stage->links).open;

    if (!m->online)
        return;
    go_offline(m);
    m->stage->figures->dropped += before - links_count(m->stage->links).open;
    come_online(m);
}

/* --- people --- */

static void next_visit(struct member *m)
{
    m->visit_ms = plan_next_visit(m->stage->plan, &m->dice, m->visit_ms);
    if (m->visit_ms < PLAN_DAY_MS)
        stage_after(m->visit, until_us(m, m->visit_ms));
}

static void visit(struct member *m)
{
    bool applies = dice_below(&m->dice, 100) < (uint32_t)m->stage->plan->applications;
    uint64_t before = ledger_last(m->ledger);
    struct err e = {0};

    if (ledger_visit(m->ledger, applies, &e) < 0) {
        log_error("fleet", "%s: %s", m->entry.id, e.text);
        return;
    }
    if (member_good(m))
        m->stage->figures->made += ledger_last(m->ledger) - before;
    delivery_wake(m->delivery);
}

static void on_visit(evutil_socket_t fd, short what, void *ctx)
{
    struct member *m = ctx;
    int64_t late_us = -until_us(m, m->visit_ms);

    if (late_us > m->stage->late_us)
        m->stage->late_us = late_us;
    visit(m);
    next_visit(m);
}

void member_begin(struct member *m)
{
    int64_t away_ms = m->stage->plan->offline_minutes * 60000;

    next_visit(m);
    if (m->goes_offline) {
        m->offline_ms = (int64_t)dice_below(&m->dice, (uint32_t)(PLAN_DAY_MS - away_ms));
        stage_after(m->network, until_us(m, m->offline_ms));
    }
    delivery_wake(m->delivery);
}

void member_end(struct member *m)
{
    event_del(m->visit);
    event_del(m->network);
    come_online(m); /* whatever it waits for is tried now */
}

/* --- from its beginning to its end --- */

bool member_day_over(const struct member *m)
{
    return m->visit_ms >= PLAN_DAY_MS;
}

bool member_good(const struct member *m)
{
    return m->entry.kind == ROLL_GOOD;
}

bool member_waiting(const struct member *m)
{
    return m->heard;
}

bool member_ready(const struct member *m)
{
    return m->heard && ledger_acknowledged(m->ledger) > 0;
}

bool member_done(const struct member *m)
{
    return !delivery_failed(m->delivery) && ledger_acknowledged(m->ledger) == ledger_last(m->ledger);
}

static int make_parts(struct member *m, uint32_t number, struct err *e)
{
    struct stage *s = m->stage;
    struct event_base *base = s->base;

    m->poll = link_create(s->links, m->entry.credential, number, on_polled, m);
    m->again = event_new(base, -1, 0, on_again, m);
    m->visit = event_new(base, -1, 0, on_visit, m);
    m->network = event_new(base, -1, 0, on_network, m);
    if (!m->poll || !m->again || !m->visit || !m->network)
        return err_set(e, ERR_NOMEM, "a terminal");
    return delivery_create(s, &m->entry, number, m->ledger, &m->delivery, e);
}

static int make_ledger(struct member *m, struct err *e)
{
    const struct plan *p = m->stage->plan;
    struct ledger_config config = {.office = m->entry.office,
                                   .registration = m->entry.registration,
                                   .signing = m->entry.signing,
                                   .sealing = trust_sealing(m->stage->trust),
                                   .queue = p->queue,
                                   .letter = p->letter};

    memcpy(config.terminal, m->entry.id, sizeof config.terminal);
    memcpy(config.epoch, m->entry.epoch, EPOCH_LEN);
    int rc = ledger_create(&config, &m->ledger, e);
    if (rc == 0)
        rc = ledger_start(m->ledger, e);
    if (rc == 0 && member_good(m))
        rc = ledger_backlog(m->ledger, p->backlog, p->batch, e);
    if (rc == 0 && member_good(m))
        m->stage->figures->made += ledger_last(m->ledger);
    return rc;
}

int member_create(struct stage *stage, struct roll_entry *entry, uint32_t number, struct dice dice, bool offline,
                  struct member **ret, struct err *e)
{
    struct member *m = calloc(1, sizeof *m);

    if (!m)
        return err_set(e, ERR_NOMEM, "a terminal");
    *m = (struct member){
        .stage = stage, .entry = *entry, .dice = dice, .goes_offline = offline, .catalogue = -1, .queues = 0};
    entry->signing = NULL;
    entry->credential = NULL;
    int rc = make_ledger(m, e);
    if (rc == 0)
        rc = make_parts(m, number, e);
    if (rc) {
        member_destroy(m);
        return rc;
    }
    *ret = m;
    return 0;
}

void member_destroy(struct member *m)
{
    if (!m)
        return;
    struct event *const events[] = {m->again, m->visit, m->network};

    link_destroy(m->poll);
    delivery_destroy(m->delivery);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (events[i])
            event_free(events[i]);
    ledger_destroy(m->ledger);
    credential_destroy(m->entry.credential);
    key_free(m->entry.signing);
    free(m);
}
