/* SPDX-License-Identifier: Apache-2.0
 *
 * Terminals that wait for news.
 */
#include "tools/hall/wait.h"

#include <stdio.h>
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
    TAILQ_ENTRY(waiter) link;
};
struct wait {
    TAILQ_HEAD(, waiter) waiters;
    size_t n;
    int64_t catalogue;
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
    *ret = w;
    return 0;
}

static void answer_news(const struct wait *w, struct exchange *x)
{
    char json[96];
    size_t spread = w->n > SPREAD_FREE ? w->n * SPREAD_MS_PER_WAITER : 0;
    int n = snprintf(json, sizeof json, "{\"catalogue\":%lld,\"spread_ms\":%zu}", (long long)w->catalogue, spread);
    exchange_set(x, "Next-Delay-Ms", "0");
    server_answer(x, 200, "application/json", json, (size_t)n);
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

void wait_add(struct wait *w, struct exchange *x)
{
    struct waiter *one = NULL;
    if (exchange_number(x, "catalogue") != w->catalogue) {
        answer_news(w, x);
        return;
    }
    one = malloc(sizeof *one);
    if (!one) {
        server_answer_error(x, 503, "out of memory");
        return;
    }
    *one = (struct waiter){.exchange = x, .deadline = clock_mono_ms() + jittered()};
    TAILQ_INSERT_TAIL(&w->waiters, one, link);
    w->n++;
    if (!event_pending(w->timer, EV_TIMEOUT, NULL))
        arm(w, one->deadline - clock_mono_ms());
}

void wait_set_version(struct wait *w, int64_t catalogue)
{
    if (catalogue == w->catalogue)
        return;
    w->catalogue = catalogue;
    size_t all = w->n;
    while (!TAILQ_EMPTY(&w->waiters)) {
        struct exchange *x = take(w, TAILQ_FIRST(&w->waiters));
        size_t left = w->n;
        w->n = all; /* the spread is for all of them */
        answer_news(w, x);
        w->n = left;
    }
}

void wait_check(struct wait *w)
{
    int64_t now = clock_mono_ms(), next = INT64_MAX;
    struct waiter *one = TAILQ_FIRST(&w->waiters);
    while (one) {
        struct waiter *after = TAILQ_NEXT(one, link);
        if (one->deadline <= now)
            answer_nothing(take(w, one));
        else if (one->deadline < next)
            next = one->deadline;
        one = after;
    }
    if (next != INT64_MAX)
        arm(w, next - now);
}
