/* SPDX-License-Identifier: Apache-2.0
 *
 * See queue_desk.h.
 */
#include "kiosk/queue_desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "wire/lease.h"
#include "wire/news.h"

#define LEASE_BLOCKS_MAX 64 /* of one queue and day: 1280 tickets from one terminal; the lowest give way to newer ones */
#define LEASE_LOW 5         /* so few left: ask for the next block */
#define QUEUES_FRESH_MS (5 * 60000) /* what is older is not told as if it were so */

/* The blocks of one day by the catalogue's queues, each verified to be the hall's lease to this terminal and journal. They
 * are in memory only: kiosk-sync keeps the signed answers and says them again to a kiosk that has started anew. */
struct leases {
    struct date day;
    bool
        refused; /* one did not verify: asking for more would only use numbers up, until there is a new root or kiosk-sync */
    int n;
    struct {
        struct queue queue;
        struct ticket_block blocks[LEASE_BLOCKS_MAX];
        int n_blocks;
    } of[VIEW_QUEUES_MAX];
};

struct queue_desk {
    struct queue_desk_config config;
    struct queue_desk_events events;
    void *ctx;
    const struct port *port;
    struct leases leases;
    struct {
        bool known;
        struct queue_hours hours;
    } hours[VIEW_QUEUES_MAX]; /* of the session's queues, from the catalogue */
    struct queue_times times[VIEW_QUEUES_MAX];
    struct queues_now now; /* what the hall said last, and when: monotonic, wall; 0: nothing yet */
    int64_t now_mono, now_ms;
    int64_t newest; /* hall's time under a state of the queues */
};

struct queue_desk *queue_desk_create(const struct queue_desk_config *config, const struct queue_desk_events *events,
                                     void *ctx, const struct port *port)
{
    struct queue_desk *q = calloc(1, sizeof *q);

    must(q, "out of memory");
    *q = (struct queue_desk){.config = *config, .events = *events, .ctx = ctx, .port = port};
    return q;
}

void queue_desk_destroy(struct queue_desk *q)
{
    free(q);
}

static struct journal *journal_of(const struct queue_desk *q)
{
    return records_journal(q->config.records);
}

static bool believes(const struct queue_desk *q)
{
    return authority_hall(q->config.authority)->n > 0;
}

static int left(const struct queue_desk *q, int i)
{
    const struct leases *c = &q->leases;
    must(i >= 0 && i < c->n, "a lease of a queue there is none of");
    int n = 0;

    if (journal_tickets_left(journal_of(q), c->of[i].queue.id, c->of[i].queue.letter, c->day, c->of[i].blocks,
                             (size_t)c->of[i].n_blocks, &n, NULL) < 0)
        return 0;
    return n;
}

void queue_desk_ask(struct queue_desk *q)
{
    char day[DATE_LEN + 1];

    if (!q->events.listens(q->ctx) || !journal_of(q) || !believes(q) || q->leases.refused)
        return;
    date_format(q->leases.day, day);
    for (int i = 0; i < q->leases.n; i++)
        if (q->leases.of[i].queue.open && left(q, i) <= LEASE_LOW)
            q->events.want(q->ctx, q->leases.of[i].queue.id, day);
}

/* The blocks of one queue that are known for this day. */
static int known_blocks(const struct leases *c, const char *queue, struct date day, struct ticket_block *out)
{
    must(c->n >= 0 && c->n <= VIEW_QUEUES_MAX, "more queues than there is room for");
    for (int i = 0; i < c->n; i++)
        if (!strcmp(c->of[i].queue.id, queue) && !date_compare(c->day, day)) {
            memcpy(out, c->of[i].blocks, sizeof c->of[i].blocks);
            return c->of[i].n_blocks;
        }
    return 0;
}

void queue_desk_renew(struct queue_desk *q)
{
    const struct leases before = q->leases;
    struct leases *c = &q->leases;
    struct catalog *catalog = catalogue_now(q->config.catalogue);
    struct queue queues[VIEW_QUEUES_MAX];
    char day[DATE_LEN + 1];

    if (!journal_of(q))
        return;
    c->day = journal_day(journal_of(q));
    c->refused = false;
    c->n = catalog ? catalog_queues(catalog, queues, VIEW_QUEUES_MAX) : 0;
    for (int i = 0; i < c->n; i++) {
        c->of[i].queue = queues[i];
        c->of[i].n_blocks = known_blocks(&before, queues[i].id, c->day, c->of[i].blocks);
    }
    date_format(c->day, day);
    q->events.again(q->ctx, day);
}

/* The lowest block gives way to a higher one: tickets only go up, so it is the one most used. */
static void add_block(struct leases *c, int i, struct ticket_block b)
{
    must(i >= 0 && i < c->n, "a lease of a queue there is none of");
    must(c->of[i].n_blocks >= 0 && c->of[i].n_blocks <= LEASE_BLOCKS_MAX, "more blocks than there is room for");
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

void queue_desk_lease_said(struct queue_desk *q, const char *json)
{
    struct leases *c = &q->leases;
    struct lease l;
    struct err e = {0};
    if (!believes(q))
        return;
    int rc = lease_answer_decode(json, strlen(json), &l, &e), i = 0;

    if (rc >= 0) {
        while (i < c->n && strcmp(c->of[i].queue.id, l.queue))
            i++;
        if (i == c->n || date_compare(l.day, c->day))
            return; /* of another day, or a queue that is no more */
        rc = lease_verify(authority_hall(q->config.authority), q->config.terminal->terminal, q->config.terminal->epoch, &l,
                          &e);
    }
    if (rc < 0) {
        log_error("kiosk", "%s", e.text);
        c->refused = true;
        return;
    }
    add_block(c, i, l.block);
}

void queue_desk_minute(struct queue_desk *q)
{
    if (journal_of(q) && date_compare(q->leases.day, journal_day(journal_of(q))))
        queue_desk_renew(q);
    else
        queue_desk_ask(q);
}

bool queue_desk_leased(const struct queue_desk *q)
{
    if (!journal_of(q) || !catalogue_now(q->config.catalogue))
        return false;
    if (date_compare(q->leases.day, journal_day(journal_of(q)))) /* midnight has passed, and the minute not yet */
        return false;
    for (int i = 0; i < q->leases.n; i++)
        if (q->leases.of[i].queue.open && !left(q, i))
            return false;
    return true;
}

int queue_desk_next(struct queue_desk *q, const char *queue, struct date day, char out[TICKET_NUMBER_MAX + 1], struct err *e)
{
    must(journal_of(q), "a number from no journal");
    struct leases *c = &q->leases;

    if (date_compare(c->day, day)) /* midnight has passed, and the minute not yet */
        queue_desk_renew(q);
    for (int i = 0; i < c->n; i++)
        if (!strcmp(c->of[i].queue.id, queue))
            return journal_next_ticket(journal_of(q), queue, c->of[i].queue.letter, day, c->of[i].blocks,
                                       (size_t)c->of[i].n_blocks, out, e);
    return err_set(e, ERR_NOTFOUND, "there is no queue %s", queue);
}

/* Signed by the hall, of this terminal's office, and not one that was overtaken: that is older by its time and by its
 * version. A hall whose clock was set back goes on in versions, a restored one in time. */
static int take_queues(struct queue_desk *q, const char *json, struct news_queues *ret, struct err *e)
{
    struct news_word word;
    int rc = news_word_decode(json, strlen(json), &word, e);

    if (rc >= 0)
        rc = news_word_verify(authority_hall(q->config.authority), &word, e);
    if (rc >= 0)
        rc = news_queues_decode(word.state, strlen(word.state), ret, e);
    if (rc >= 0 && ret->office != q->config.terminal->office)
        rc = err_set(e, ERR_INVALID, "the queues of another office");
    if (rc >= 0 && ret->at_ms < q->newest && ret->now.version <= q->now.version)
        rc = err_set(e, ERR_VERSION, "the queues as they stood before what is known");
    return rc;
}

/* By the signed time where the clock agrees with the hall's, and never younger than kiosk-sync says. */
static int64_t queues_age(const struct queue_desk *q, const struct news_queues *said, int64_t said_ms)
{
    int64_t age = authority_clock_sure(q->config.authority) ? clock_wall_ms() - said->at_ms : 0;

    return age > said_ms ? age : said_ms;
}

void queue_desk_said(struct queue_desk *q, int64_t age_ms, const char *json)
{
    struct news_queues said;
    struct err e = {0};

    if (!believes(q) || age_ms < 0 || age_ms > QUEUES_FRESH_MS)
        return;
    if (take_queues(q, json, &said, &e) < 0) {
        log_warn("kiosk", "%s", e.text);
        return;
    }
    int64_t age = queues_age(q, &said, age_ms);
    if (age > QUEUES_FRESH_MS)
        return;
    q->now = said.now;
    q->newest = said.at_ms;
    q->now_mono = clock_mono_ms() - age;
    q->now_ms = clock_wall_ms() - age;
    queue_desk_tell(q);
}

void queue_desk_tell(struct queue_desk *q)
{
    bool fresh = q->now_ms && clock_mono_ms() - q->now_mono <= QUEUES_FRESH_MS;

    port_feed(q->port,
              &(struct input){.kind = INPUT_QUEUES, .queues = fresh ? &q->now : NULL, .queues_ms = fresh ? q->now_ms : 0});
}

static void reckon_times(struct queue_desk *q)
{
    int64_t now = clock_wall_ms();

    for (int i = 0; i < VIEW_QUEUES_MAX; i++) {
        q->times[i] = (struct queue_times){.known = false};
        if (q->hours[i].known)
            hours_times(&q->hours[i].hours, catalogue_calendar(q->config.catalogue), now, &q->times[i]);
    }
}

void queue_desk_load(struct queue_desk *q, struct session_config *config)
{
    struct catalog *catalog = catalogue_now(q->config.catalogue);

    config->n_queues = catalog ? catalog_queues(catalog, config->queues, VIEW_QUEUES_MAX) : 0;
    must(config->n_queues >= 0 && config->n_queues <= VIEW_QUEUES_MAX, "more queues than there is room for");
    for (int i = 0; i < VIEW_QUEUES_MAX; i++) {
        struct queue *queue = i < config->n_queues ? &config->queues[i] : NULL;
        int rc = queue && !queue->newer ? catalog_queue_hours(catalog, queue->id, &q->hours[i].hours) : 0;

        q->hours[i].known = rc > 0;
        if (rc < 0)
            queue->newer = true; /* better no number than one at any time */
    }
    reckon_times(q);
    memcpy(config->times, q->times, sizeof config->times);
}

void queue_desk_tell_times(struct queue_desk *q)
{
    if (!catalogue_now(q->config.catalogue))
        return; /* what is known stays: the session is made anew with the next catalogue */
    reckon_times(q);
    port_feed(q->port, &(struct input){.kind = INPUT_TIMES, .times = q->times});
}
