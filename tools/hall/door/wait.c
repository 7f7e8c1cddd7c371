/* SPDX-License-Identifier: Apache-2.0
 *
 * Terminals that wait for news.
 */
#include "tools/hall/door/wait.h"

#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/clock.h"
#include "crypto/random.h"

#define WAIT_MS 50000
#define WAIT_JITTER_MS 10000
#define CHECK_MS 250           /* deadlines are looked at no more often */
#define SPREAD_MS_PER_WAITER 1 /* 10,000 terminals fetch a new catalogue within 10 s */
#define SPREAD_FREE 100        /* so few need no spread */

struct waiter {
    struct exchange *exchange;
    int64_t deadline; /* monotonic */
    int office;
    int64_t queues;    /* the version the terminal knows; -1: it does not ask for queues */
    int64_t halts;     /* the same of halted items */
    bool whole;        /* it takes the whole list of those */
    int64_t catalogue; /* the one it knows; -1: it only asks whether the hall is there */
    bool due;          /* it is to be answered as soon as the word of its queues has come */
    TAILQ_ENTRY(waiter) link;
};
struct wait {
    TAILQ_HEAD(, waiter) waiters;
    size_t n;
    int64_t catalogue;
    wait_offer_fn *offer; /* NULL: all are offered the same */
    void *offer_ctx;
    struct wait_queues queues;
    struct wait_halts halts[2]; /* few, whole */
    struct event *timer;
};

static void on_timer(evutil_socket_t fd, short what, void *ctx)
{
    wait_check(ctx);
}

int wait_create(struct event_base *base, struct wait **ret, struct err *e)
{
    struct wait *w = calloc(1, sizeof *w);
    if (w)
        w->timer = event_new(base, -1, 0, on_timer, w);
    if (!w || !w->timer) {
        free(w);
        return err_set(e, ERR_NOMEM, "long poll");
    }
    TAILQ_INIT(&w->waiters);
    w->halts[false].version = w->halts[true].version = -1;
    *ret = w;
    return 0;
}

static int64_t offered(const struct wait *w, const struct exchange *x, int64_t known)
{
    int64_t own = w->offer ? w->offer(w->offer_ctx, exchange_who(x)->id, known) : 0;
    return own ? own : w->catalogue;
}

/* What a terminal knows. */
struct knows {
    int64_t catalogue, halts;
    bool whole;
};

static struct knows knows(const struct waiter *one)
{
    return (struct knows){one->catalogue, one->halts, one->whole};
}

static bool halts_differ(const struct wait *w, const struct knows *known)
{
    const struct wait_halts *list = &w->halts[known->whole];

    return list->version >= 0 && known->halts >= 0 && list->version != known->halts;
}

static void answer_news(const struct wait *w, struct exchange *x, struct knows known, const struct news_word *queues)
{
    size_t spread = w->n > SPREAD_FREE ? w->n * SPREAD_MS_PER_WAITER : 0;
    struct news news = {.catalogue = offered(w, x, known.catalogue), .spread_ms = (int64_t)spread};
    struct buf json;
    if (news.spread_ms > NEWS_SPREAD_MAX_MS)
        news.spread_ms = NEWS_SPREAD_MAX_MS;
    news.has_queues = queues != NULL;
    if (queues)
        news.queues = *queues;
    news.has_halts = halts_differ(w, &known);
    if (news.has_halts)
        news.halts = w->halts[known.whole].word;
    buf_init(&json, NEWS_BYTES_MAX);
    news_encode(&news, &json);
    exchange_set(x, "Next-Delay-Ms", "0");
    server_answer(x, 200, "application/json", json.data, json.len);
    buf_finish(&json);
}

static void answer_nothing(struct exchange *x)
{
    exchange_set(x, "Next-Delay-Ms", "0");
    server_answer(x, 204, NULL, NULL, 0);
}

static struct exchange *take(struct wait *w, struct waiter *one)
{
    struct exchange *x = one->exchange;
    TAILQ_REMOVE(&w->waiters, one, link);
    free(one);
    w->n--;
    return x;
}

/* Now, or when the word of its queues has come. `all`: so many wait for the same news. */
static void tell(struct wait *w, struct waiter *one, size_t all)
{
    const struct news_word *word = NULL;
    if (one->queues >= 0 && w->queues.now && !w->queues.now(w->queues.ctx, one->office, &word)) {
        one->due = true;
        return;
    }
    struct knows known = knows(one);
    struct exchange *x = take(w, one);
    size_t left = w->n;
    w->n = all; /* the spread is for all of them */
    answer_news(w, x, known, word);
    w->n = left;
}

void wait_word(struct wait *w, int office, const struct news_word *word)
{
    int64_t now = clock_mono_ms();
    struct waiter *one = TAILQ_FIRST(&w->waiters);
    while (one) {
        struct waiter *after = TAILQ_NEXT(one, link);
        if (one->due && one->office == office && (word || one->deadline <= now)) {
            struct knows known = knows(one);
            answer_news(w, take(w, one), known, word);
        } else if (one->office == office)
            one->due = false;
        one = after;
    }
}

/* Its time is over. */
static void end_waiting(struct wait *w, struct waiter *one)
{
    if (one->queues >= 0)
        tell(w, one, w->n);
    else
        answer_nothing(take(w, one));
}

void wait_destroy(struct wait *w)
{
    if (!w)
        return;
    while (!TAILQ_EMPTY(&w->waiters))
        answer_nothing(take(w, TAILQ_FIRST(&w->waiters)));
    event_free(w->timer);
    free(w);
}

static void arm(struct wait *w, int64_t ms)
{
    if (ms < CHECK_MS)
        ms = CHECK_MS;
    struct timeval tv = {ms / 1000, ms % 1000 * 1000};
    event_add(w->timer, &tv);
}

static int64_t jittered(void)
{
    uint32_t r;
    random_bytes(&r, sizeof r);
    return WAIT_MS - WAIT_JITTER_MS + (int64_t)(r % (2 * WAIT_JITTER_MS));
}

static bool is_news(const struct wait *w, int office, int64_t queues)
{
    return queues >= 0 && w->queues.version && w->queues.version(w->queues.ctx, office) != queues;
}

void wait_add(struct wait *w, struct exchange *x, int office)
{
    struct waiter *one = malloc(sizeof *one);
    int64_t queues = exchange_number(x, "queues"), known = exchange_number(x, "catalogue");
    struct knows has = {known, exchange_number(x, "halts"), exchange_number(x, "whole") == 1};
    bool news = known != offered(w, x, known) || is_news(w, office, queues) || halts_differ(w, &has);
    if (!one) {
        server_answer_error(x, 503, "out of memory");
        return;
    }
    *one = (struct waiter){
        .exchange = x, .deadline = clock_mono_ms() + jittered(), .office = office, .queues = queues, .halts = has.halts};
    one->catalogue = known;
    one->whole = has.whole;
    TAILQ_INSERT_TAIL(&w->waiters, one, link);
    w->n++;
    if (news)
        tell(w, one, w->n - 1);
    else if (!event_pending(w->timer, EV_TIMEOUT, NULL))
        arm(w, one->deadline - clock_mono_ms());
}

static bool is_behind(const struct wait *w, const struct waiter *one)
{
    return !one->due && one->catalogue != offered(w, one->exchange, one->catalogue);
}

/* The spread is for those who fetch, and no others. */
void wait_offer_changed(struct wait *w)
{
    struct waiter *one;
    size_t all = 0;
    TAILQ_FOREACH(one, &w->waiters, link)
    all += is_behind(w, one);
    one = TAILQ_FIRST(&w->waiters);
    while (one) {
        struct waiter *after = TAILQ_NEXT(one, link);
        if (is_behind(w, one))
            tell(w, one, all);
        one = after;
    }
}

void wait_set_version(struct wait *w, int64_t catalogue)
{
    if (catalogue == w->catalogue)
        return;
    w->catalogue = catalogue;
    wait_offer_changed(w);
}

void wait_set_halts(struct wait *w, const struct wait_halts *whole, const struct wait_halts *few)
{
    struct waiter *one = TAILQ_FIRST(&w->waiters);

    w->halts[true] = *whole;
    w->halts[false] = *few;
    while (one) {
        struct waiter *after = TAILQ_NEXT(one, link);
        struct knows known = knows(one);
        if (!one->due && halts_differ(w, &known))
            tell(w, one, w->n);
        one = after;
    }
}

void wait_set_offer(struct wait *w, wait_offer_fn *fn, void *ctx)
{
    w->offer = fn;
    w->offer_ctx = ctx;
}

void wait_set_queues(struct wait *w, const struct wait_queues *q)
{
    w->queues = *q;
}

void wait_queues_changed(struct wait *w, int office)
{
    struct waiter *one = TAILQ_FIRST(&w->waiters);
    while (one) {
        struct waiter *after = TAILQ_NEXT(one, link);
        if (one->office == office && !one->due && is_news(w, office, one->queues))
            tell(w, one, w->n);
        one = after;
    }
}

void wait_check(struct wait *w)
{
    int64_t now = clock_mono_ms(), next = INT64_MAX;
    struct waiter *one = TAILQ_FIRST(&w->waiters);
    while (one) {
        struct waiter *after = TAILQ_NEXT(one, link);
        if (!one->due && one->deadline <= now)
            end_waiting(w, one);
        else if (!one->due && one->deadline < next)
            next = one->deadline;
        one = after;
    }
    if (next != INT64_MAX)
        arm(w, next - now);
}
