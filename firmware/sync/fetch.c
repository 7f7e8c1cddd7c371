/* SPDX-License-Identifier: Apache-2.0
 *
 * The long poll and what it leads to.
 */
#include "sync/fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "crypto/hash.h"
#include "sync/backoff.h"
#include "sync/download.h"
#include "sync/pace.h"
#include "wire/halts.h"

#define POLL_TIMEOUT_S 90  /* the hall answers after at most 60 */
#define BUSY_POLL_MS 20000 /* while a catalogue is fetched: the hall, which knows of it, answers at once */
#define WHOLES 3           /* asked for by kiosk, at once; a disk that spoils each one must not cost the network more */
#define WHOLE_EVERY_MS INT64_C(21600000)
#define HEAD_EVERY_MS (15 * 60 * 1000) /* root and head are fetched so often whatever the long poll says */
#define HEAD_BUSY_MS 5000
#define HEADS 3 /* and so many times in between when the hall is heard again */

struct fetch {
    struct http *http;
    struct state *state;
    struct fetch_events events;
    void *ctx;
    char data[400];
    const char *terminal;
    int64_t catalogue; /* the hall's version that was dealt with */
    int64_t announced; /* the one being fetched */
    int64_t whole;     /* the one whose patch is of no use */
    struct pace wholes, heads;
    int64_t queues; /* the version of the office's queues that was handed on */
    int64_t halts;  /* the same of the list of halted items, or what kiosk says that it has */
    bool probe;     /* the hall was not reached yet, or not the last time */
    struct http_request *poll;
    struct download *download, *head;
    struct backoff poll_backoff, download_backoff;
    struct loop_timer *poll_timer, *download_timer, *head_timer;
};

static void start_poll(struct fetch *f);

/* --- the download --- */

static void dealt_with(struct fetch *f)
{
    struct err e = {0};
    f->catalogue = f->announced;
    if (state_set(f->state, STATE_CATALOGUE, f->catalogue, &e))
        log_warn("fetch", "%s", e.text);
    backoff_reset(&f->download_backoff);
    if (!f->poll)
        start_poll(f);
}

static void on_downloaded(void *ctx, int rc, bool final, bool news, const struct err *e)
{
    struct fetch *f = ctx;
    f->download = NULL;
    if (rc == 0 || final)
        f->events.trouble(f->ctx, rc ? f->announced : 0);
    if (rc == 0) {
        log_info("fetch", "catalogue %lld is dealt with", (long long)f->announced);
        dealt_with(f);
        f->events.incoming(f->ctx);
    } else if (final) {
        log_error("fetch", "catalogue %lld is given up: %s", (long long)f->announced, e->text);
        dealt_with(f);
    } else {
        log_warn("fetch", "%s", e->text);
        loop_timer_start(f->download_timer, backoff_next(&f->download_backoff));
    }
    if (rc && news)
        f->events.incoming(f->ctx);
}

static void on_download_timer(void *ctx)
{
    struct fetch *f = ctx;
    struct err e = {0};
    enum download_what what = f->announced <= 0          ? DOWNLOAD_HEAD
                              : f->announced == f->whole ? DOWNLOAD_WHOLE
                                                         : DOWNLOAD_CATALOGUE;
    f->download = download_start(f->http, f->data, what, on_downloaded, f);
    if (!f->download)
        on_downloaded(f, err_set(&e, ERR_NOMEM, "download"), false, false, &e);
}

/* The terminal's own moment within the spread, always the same one. */
static int64_t own_moment(const struct fetch *f, int64_t spread_ms)
{
    uint8_t hash[SHA256_LEN];
    if (spread_ms <= 0)
        return 0;
    sha256(f->terminal, strlen(f->terminal), hash);
    return (int64_t)(be32(hash) % (uint32_t)spread_ms);
}

static void announced(struct fetch *f, int64_t version, int64_t spread_ms)
{
    download_cancel(f->head); /* both would write the same files */
    f->head = NULL;
    download_cancel(f->download);
    f->download = NULL;
    f->announced = version;
    backoff_reset(&f->download_backoff);
    loop_timer_start(f->download_timer, own_moment(f, spread_ms));
}

/* A catalogue is being fetched, or its next try waits. */
static bool fetching(const struct fetch *f)
{
    return f->download || loop_timer_left(f->download_timer) >= 0;
}

void fetch_whole(struct fetch *f, int64_t version)
{
    bool busy = fetching(f);
    if (busy && (version < 0 || f->whole == version))
        return; /* on its way */
    if (version < 0)
        version = f->catalogue;
    if (version <= 0 || version != (busy ? f->announced : f->catalogue))
        return; /* the hall has another one by now, and that is fetched anyway */
    f->whole = version;
    announced(f, version, 0);
    loop_timer_start(f->download_timer, pace_take(&f->wholes, WHOLES, WHOLE_EVERY_MS));
}

/* --- root and head alone --- */

static void on_head(void *ctx, int rc, bool final, bool news, const struct err *e)
{
    struct fetch *f = ctx;
    f->head = NULL;
    if (rc)
        log_warn("fetch", "%s", e->text);
    if (news)
        f->events.incoming(f->ctx);
}

static void on_head_timer(void *ctx)
{
    struct fetch *f = ctx;
    bool busy = f->download || f->head; /* what is under way may have read the ones before */
    loop_timer_start(f->head_timer, busy ? HEAD_BUSY_MS : HEAD_EVERY_MS);
    if (!busy)
        f->head = download_start(f->http, f->data, DOWNLOAD_HEAD, on_head, f);
}

void fetch_head(struct fetch *f)
{
    if (pace_take(&f->heads, HEADS, HEAD_EVERY_MS) == 0)
        loop_timer_start(f->head_timer, 0); /* else it comes within its quarter of an hour */
}

/* --- the long poll --- */

static void poll_later(struct fetch *f, const char *why)
{
    int64_t ms = backoff_next(&f->poll_backoff);
    log_warn("fetch", "%s", why);
    loop_timer_start(f->poll_timer, ms);
}

/* What the answer says; the catalogue is -1 when there is no news. */
static enum http_outcome read_poll(const struct http_answer *a, const struct err *why, struct news *ret, struct err *e)
{
    *ret = (struct news){.catalogue = -1};
    if (!a) {
        *e = *why;
        return HTTP_UNREACHED;
    }
    if (a->status == 204)
        return HTTP_WORKED;
    int rc = a->status == 200 ? news_decode(a->data, a->len, ret, e)
                              : err_set(e, ERR_REFUSED, "long poll: HTTP status %d", a->status);
    return rc ? HTTP_REFUSED : HTTP_WORKED;
}

/* A list that cannot be read would be sent again and again: then the poll has failed. */
static int take_halts(struct fetch *f, const struct news_word *word, struct err *e)
{
    struct halts_told told;
    int rc = halts_decode(word->state, strlen(word->state), &told, e);

    if (rc == 0) {
        f->halts = told.halts.version;
        f->events.halts(f->ctx, word);
    }
    return rc;
}

static void on_polled(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct fetch *f = ctx;
    struct err e = {0};
    struct news n;
    enum http_outcome outcome = read_poll(a, why, &n, &e);
    f->poll = NULL;
    if (outcome == HTTP_WORKED && n.has_halts && take_halts(f, &n.halts, &e) < 0)
        outcome = HTTP_REFUSED;
    f->probe = outcome != HTTP_WORKED;
    if (outcome != HTTP_WORKED) {
        poll_later(f, e.text);
    } else {
        bool news = n.catalogue >= 0 && n.catalogue != f->catalogue;
        backoff_reset(&f->poll_backoff);
        if (news && !(fetching(f) && n.catalogue == f->announced))
            announced(f, n.catalogue, n.spread_ms);
        /* a catalogue may be long in coming, and the rest of the news does not wait for it */
        loop_timer_start(f->poll_timer, news ? BUSY_POLL_MS : a->next_delay_ms);
    }
    struct news_queues q;
    if (outcome == HTTP_WORKED && n.has_queues && !news_queues_decode(n.queues.state, strlen(n.queues.state), &q, &e)) {
        f->queues = q.now.version;
        f->events.queues(f->ctx, &n.queues);
    }
    f->events.outcome(f->ctx, outcome);
}

static void start_poll(struct fetch *f)
{
    char path[128];
    loop_timer_stop(f->poll_timer);
    /* without a version the hall answers at once: so kiosk hears soon that the hall is there */
    if (f->probe)
        snprintf(path, sizeof path, "/v1/wait?queues=%lld&halts=%lld&whole=1", (long long)f->queues, (long long)f->halts);
    else
        snprintf(path, sizeof path, "/v1/wait?catalogue=%lld&queues=%lld&halts=%lld&whole=1", (long long)f->catalogue,
                 (long long)f->queues, (long long)f->halts);
    const struct http_call call = {.method = "GET", .path = path, .timeout_s = POLL_TIMEOUT_S};
    f->poll = http_start(f->http, &call, on_polled, f);
    if (!f->poll)
        poll_later(f, "long poll: out of memory");
}

void fetch_halts(struct fetch *f, int64_t version)
{
    if (version == f->halts)
        return;
    f->halts = version;
    if (!f->poll)
        return;
    http_cancel(f->poll);
    start_poll(f);
}

static void on_poll_timer(void *ctx)
{
    struct fetch *f = ctx;
    if (!f->poll)
        start_poll(f);
}

void fetch_wake(struct fetch *f)
{
    bool waiting = !f->poll && loop_timer_left(f->poll_timer) >= 0;
    backoff_reset(&f->poll_backoff);
    if (waiting)
        start_poll(f);
}

int fetch_create(struct loop *l, struct http *h, struct state *s, const char *data_dir, const char *terminal,
                 const struct fetch_events *events, void *ctx, struct fetch **ret, struct err *e)
{
    struct fetch *f = calloc(1, sizeof *f);
    if (!f)
        return err_set(e, ERR_NOMEM, "long poll");
    snprintf(f->data, sizeof f->data, "%s", data_dir);
    f->http = h;
    f->state = s;
    f->events = *events;
    f->ctx = ctx;
    f->terminal = terminal;
    f->catalogue = download_fits_now(data_dir) ? 0 : state_get(s, STATE_CATALOGUE); /* 0: it is announced once more */
    f->probe = true;
    f->poll_timer = loop_add_timer(l, on_poll_timer, f);
    f->download_timer = loop_add_timer(l, on_download_timer, f);
    f->head_timer = loop_add_timer(l, on_head_timer, f);
    loop_timer_start(f->poll_timer, 0);
    loop_timer_start(f->head_timer, HEAD_EVERY_MS);
    *ret = f;
    return 0;
}

void fetch_destroy(struct fetch *f)
{
    if (!f)
        return;
    http_cancel(f->poll);
    download_cancel(f->download);
    download_cancel(f->head);
    loop_timer_remove(f->head_timer);
    loop_timer_remove(f->poll_timer);
    loop_timer_remove(f->download_timer);
    free(f);
}
