/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues' side of kiosk: which number comes next, asking for leased ones ahead of need, how many wait, and when numbers
 * are given. Which were given says the journal alone; which may be, and how the queues stand, the hall, by its signature;
 * the hours, the signed catalogue.
 */
#include "kiosk/kiosk.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "wire/lease.h"
#include "wire/news.h"

#define LEASE_LOW 5                 /* so few left: ask for the next block */
#define QUEUES_FRESH_MS (5 * 60000) /* what is older is not told as if it were so */

static int left(const struct kiosk *k, int i)
{
    const struct lease_cache *c = &k->leases;
    int n = 0;

    if (journal_tickets_left(k->journal, c->of[i].queue.id, c->of[i].queue.letter, c->day, c->of[i].blocks,
                             (size_t)c->of[i].n_blocks, &n, NULL) < 0)
        return 0;
    return n;
}

void kiosk_leases_ask(struct kiosk *k)
{
    char day[DATE_LEN + 1];

    if (!k->sync || !k->journal || !k->hall_keys.n || k->leases.refused)
        return;
    date_format(k->leases.day, day);
    for (int i = 0; i < k->leases.n; i++)
        if (k->leases.of[i].queue.open && left(k, i) <= LEASE_LOW)
            line_sendf(k->sync, "lease %s %s", k->leases.of[i].queue.id, day);
}

/* The blocks of one queue that are known for this day. */
static int known_blocks(const struct lease_cache *c, const char *queue, struct date day, struct ticket_block *out)
{
    for (int i = 0; i < c->n; i++)
        if (!strcmp(c->of[i].queue.id, queue) && !date_compare(c->day, day)) {
            memcpy(out, c->of[i].blocks, sizeof c->of[i].blocks);
            return c->of[i].n_blocks;
        }
    return 0;
}

void kiosk_leases_renew(struct kiosk *k)
{
    const struct lease_cache before = k->leases;
    struct lease_cache *c = &k->leases;
    struct queue queues[VIEW_QUEUES_MAX];
    char day[DATE_LEN + 1];

    if (!k->journal)
        return;
    c->day = journal_day(k->journal);
    c->refused = false;
    c->n = k->catalog ? catalog_queues(k->catalog, queues, VIEW_QUEUES_MAX) : 0;
    for (int i = 0; i < c->n; i++) {
        c->of[i].queue = queues[i];
        c->of[i].n_blocks = known_blocks(&before, queues[i].id, c->day, c->of[i].blocks);
    }
    date_format(c->day, day);
    if (k->sync)
        line_sendf(k->sync, "again %s", day); /* after the leases comes "leased", and then more are asked for */
}

/* The lowest block gives way to a higher one: tickets only go up, so it is the one most used. */
static void add_block(struct lease_cache *c, int i, struct ticket_block b)
{
    struct ticket_block *blocks = c->of[i].blocks;
    int n = c->of[i].n_blocks, lowest = 0;

    for (int at = 0; at < n; at++) {
        if (blocks[at].first == b.first)
            return;
        if (blocks[at].first < blocks[lowest].first)
            lowest = at;
    }
    if (n < LEASE_BLOCKS_MAX)
        blocks[c->of[i].n_blocks++] = b;
    else if (blocks[lowest].first < b.first)
        blocks[lowest] = b;
}

void kiosk_lease_said(struct kiosk *k, const char *json)
{
    struct lease_cache *c = &k->leases;
    struct lease l;
    struct err e = {0};
    if (!k->hall_keys.n)
        return;
    int rc = lease_answer_decode(json, strlen(json), &l, &e), i = 0;

    if (rc >= 0) {
        while (i < c->n && strcmp(c->of[i].queue.id, l.queue))
            i++;
        if (i == c->n || date_compare(l.day, c->day))
            return; /* of another day, or a queue that is no more */
        rc = lease_verify(&k->hall_keys, k->terminal.terminal, k->terminal.epoch, &l, &e);
    }
    if (rc < 0) {
        log_error("kiosk", "%s", e.text);
        c->refused = true;
        return;
    }
    add_block(c, i, l.block);
}

void kiosk_leases_minute(struct kiosk *k)
{
    if (k->journal && date_compare(k->leases.day, journal_day(k->journal)))
        kiosk_leases_renew(k);
    else
        kiosk_leases_ask(k);
}

bool kiosk_leases_there(const struct kiosk *k)
{
    if (!k->journal || !k->catalog)
        return false;
    for (int i = 0; i < k->leases.n; i++)
        if (k->leases.of[i].queue.open && !left(k, i))
            return false;
    return true;
}

int kiosk_next_ticket(struct kiosk *k, const char *queue, struct date day, char out[TICKET_NUMBER_MAX + 1], struct err *e)
{
    struct lease_cache *c = &k->leases;

    if (date_compare(c->day, day)) /* midnight has passed, and the minute not yet */
        kiosk_leases_renew(k);
    for (int i = 0; i < c->n; i++)
        if (!strcmp(c->of[i].queue.id, queue))
            return journal_next_ticket(k->journal, queue, c->of[i].queue.letter, day, c->of[i].blocks,
                                       (size_t)c->of[i].n_blocks, out, e);
    return err_set(e, ERR_NOTFOUND, "there is no queue %s", queue);
}

/* Signed by the hall, of this terminal's office, and not one that was overtaken: that is older by its time and by its
 * version. A hall whose clock was set back goes on in versions, a restored one in time. */
static int take_queues(struct kiosk *k, const char *json, struct news_queues *ret, struct err *e)
{
    struct news_word word;
    int rc = news_word_decode(json, strlen(json), &word, e);

    if (rc >= 0)
        rc = news_word_verify(&k->hall_keys, &word, e);
    if (rc >= 0)
        rc = news_queues_decode(word.state, strlen(word.state), ret, e);
    if (rc >= 0 && ret->office != k->terminal.office)
        rc = err_set(e, ERR_INVALID, "the queues of another office");
    if (rc >= 0 && ret->at_ms < k->queues_at && ret->now.version <= k->queues.version)
        rc = err_set(e, ERR_VERSION, "the queues as they stood before what is known");
    return rc;
}

/* By the signed time where the clock agrees with the hall's, and never younger than kiosk-sync says. */
static int64_t queues_age(const struct kiosk *k, const struct news_queues *q, int64_t said_ms)
{
    int64_t age = k->health.clock_sure ? clock_wall_ms() - q->at_ms : 0;

    return age > said_ms ? age : said_ms;
}

void kiosk_queues_said(struct kiosk *k, int64_t age_ms, const char *json)
{
    struct news_queues q;
    struct err e = {0};

    if (!k->hall_keys.n || age_ms < 0 || age_ms > QUEUES_FRESH_MS)
        return;
    if (take_queues(k, json, &q, &e) < 0) {
        log_warn("kiosk", "%s", e.text);
        return;
    }
    int64_t age = queues_age(k, &q, age_ms);
    if (age > QUEUES_FRESH_MS)
        return;
    k->queues = q.now;
    k->queues_at = q.at_ms;
    k->queues_mono = clock_mono_ms() - age;
    k->queues_ms = clock_wall_ms() - age;
    kiosk_queues_tell(k);
}

void kiosk_queues_tell(struct kiosk *k)
{
    bool fresh = k->queues_ms && clock_mono_ms() - k->queues_mono <= QUEUES_FRESH_MS;

    kiosk_feed(k, &(struct input){
                      .kind = INPUT_QUEUES, .queues = fresh ? &k->queues : NULL, .queues_ms = fresh ? k->queues_ms : 0});
}

static void reckon_times(struct kiosk *k)
{
    int64_t now = clock_wall_ms();

    for (int i = 0; i < VIEW_QUEUES_MAX; i++) {
        k->times[i] = (struct queue_times){.known = false};
        if (k->hours[i].known)
            hours_times(&k->hours[i].hours, catalog_calendar(k->catalog), now, &k->times[i]);
    }
}

void kiosk_hours_load(struct kiosk *k, struct session_config *config)
{
    for (int i = 0; i < VIEW_QUEUES_MAX; i++) {
        struct queue *q = i < config->n_queues ? &config->queues[i] : NULL;
        int rc = q && !q->newer ? catalog_queue_hours(k->catalog, q->id, &k->hours[i].hours) : 0;

        k->hours[i].known = rc > 0;
        if (rc < 0)
            q->newer = true; /* better no number than one at any time */
    }
    reckon_times(k);
    memcpy(config->times, k->times, sizeof config->times);
}

void kiosk_hours_tell(struct kiosk *k)
{
    if (!k->catalog)
        return; /* what is known stays: the session is made anew with the next catalogue */
    reckon_times(k);
    kiosk_feed(k, &(struct input){.kind = INPUT_TIMES, .times = k->times});
}
