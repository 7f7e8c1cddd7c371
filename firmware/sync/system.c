/* SPDX-License-Identifier: Apache-2.0
 *
 * Reports on the system, orders for it.
 */
#include "sync/system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "sync/backoff.h"
#include "sync/bundle.h"
#include "wire/system.h"

#define REPORT_EVERY_MS (15 * 60 * 1000)
#define REPORT_SOON_MS 2000 /* several changes at once are one */
#define TIMEOUT_S 30
/* Of a download that broke off: what brought so much is not stayed away from any longer than the first time. */
#define HEADWAY_BYTES (256 * 1024)

struct system_client {
    struct loop *loop;
    struct http *http;
    const char *data;
    char status[440], seed[440]; /* root's word; the bundle that was installed last */
    struct system_events events;
    void *ctx;
    struct loop_timer *timer, *download_timer;
    struct backoff backoff;
    struct http_request *request;
    struct bundle *bundle;
    struct system_order order; /* the last one; version "": it asks for nothing */
    struct system_word word;
    enum system_state said;           /* in the last report */
    struct system_report asked, told; /* root's word, in the last report and in the last that was answered */
    bool has_word, given_up;          /* given_up: what the order names cannot be had */
};

static bool read_status(const struct system_client *c, struct system_report *ret)
{
    struct err e = {0};
    int rc = system_status_read(c->status, ret, &e);

    if (rc < 0 && rc != -ERR_NOTFOUND)
        log_warn("system", "%s", e.text);
    return rc == 0;
}

/* Root's word, of what was ordered, that the hall has not heard: it did not work. Before it has, nothing is begun anew. */
static bool is_news(const struct system_client *c, const struct system_report *r)
{
    bool ended = r->state == SYSTEM_REFUSED || r->state == SYSTEM_FAILED || r->state == SYSTEM_FELLBACK;
    const struct system_report *t = &c->told;

    return ended && strcmp(r->version, c->order.version) == 0 &&
           !(t->state == r->state && t->at_s == r->at_s && strcmp(t->version, r->version) == 0);
}

static bool is_here(const struct system_client *c)
{
    return *c->order.version && bundle_here(c->data, c->order.version);
}

/* Root's word on the last update, unless there is a further one under way here. */
static void add_own(const struct system_client *c, struct system_report *r)
{
    bool works = r->state == SYSTEM_INSTALLING || r->state == SYSTEM_INSTALLED || r->state == SYSTEM_RESTARTING;
    bool done = strcmp(r->version, c->order.version) == 0 && works;

    if (!*c->order.version || done || is_news(c, r) || (!is_here(c) && !c->bundle && !c->given_up))
        return;
    r->state = is_here(c) ? SYSTEM_HERE : c->bundle ? SYSTEM_DOWNLOADING : SYSTEM_FAILED;
    text_copy(r->version, sizeof r->version, c->order.version);
    text_copy(r->why, sizeof r->why, r->state == SYSTEM_FAILED ? "download" : "");
}

static void say_order(struct system_client *c)
{
    struct system_report now;

    if (c->has_word)
        c->events.order(c->ctx, &c->word, is_here(c) && !(read_status(c, &now) && is_news(c, &now)));
}

/* --- the download --- */

static void on_bundle(void *ctx, int rc, bool final, int64_t fetched, const struct err *e)
{
    struct system_client *c = ctx;

    c->bundle = NULL;
    if (rc == 0) {
        log_info("system", "%s is here, %lld of %lld bytes came over the line", c->order.version, (long long)fetched,
                 (long long)c->order.size);
        backoff_reset(&c->backoff);
        say_order(c);
    } else {
        log_warn("system", "%s", e->text);
        c->given_up = final;
        if (fetched >= HEADWAY_BYTES)
            backoff_reset(&c->backoff);
        if (!final)
            loop_timer_start(c->download_timer, backoff_next(&c->backoff));
    }
    loop_timer_start(c->timer, REPORT_SOON_MS);
}

static void start_download(void *ctx)
{
    struct system_client *c = ctx;
    struct bundle_want want = {.data = c->data, .seed = c->seed, .size = c->order.size};

    if (!*c->order.version || c->bundle || c->given_up || is_here(c))
        return;
    memcpy(want.version, c->order.version, sizeof want.version);
    memcpy(want.sha256, c->order.sha256, sizeof want.sha256);
    bundle_tidy(c->data, want.version);
    c->bundle = bundle_start(c->loop, c->http, &want, on_bundle, c);
    if (!c->bundle)
        loop_timer_start(c->download_timer, backoff_next(&c->backoff));
}

/* --- report and order --- */

static void take_order(struct system_client *c, const struct system_order *o, const struct system_report *said)
{
    bool other = strcmp(o->version, c->order.version) != 0 || memcmp(o->sha256, c->order.sha256, SHA256_LEN) != 0;
    bool works = said->state == SYSTEM_INSTALLING || said->state == SYSTEM_RESTARTING;

    if (other) {
        bundle_cancel(c->bundle);
        c->bundle = NULL;
        c->given_up = false;
        backoff_reset(&c->backoff);
        loop_timer_stop(c->download_timer);
    }
    c->order = *o;
    if (*o->version && !works && !is_news(c, said) && loop_timer_left(c->download_timer) < 0)
        loop_timer_start(c->download_timer, 0);
}

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct system_client *c = ctx;
    struct system_report now = {.state = SYSTEM_NONE};
    struct err e = why ? *why : (struct err){0};
    struct system_order o;
    int rc = a ? 0 : -e.code;

    c->request = NULL;
    if (rc == 0 && a->status != 200)
        rc = err_set(&e, ERR_REFUSED, "report on the system: HTTP status %d", a->status);
    if (rc == 0)
        rc = system_word_decode(a->data, a->len, &c->word, &e);
    if (rc == 0) /* what is unsigned here only decides what to fetch: kiosk verifies */
        rc = system_order_decode(c->word.order, strlen(c->word.order), &o, &e);
    if (rc < 0) {
        log_warn("system", "%s", e.text);
        return;
    }
    c->has_word = true;
    c->told = c->asked;
    read_status(c, &now);
    take_order(c, &o, &now);
    say_order(c);
    add_own(c, &now);
    if (now.state != c->said) /* the hall does not know yet what it asked for is here */
        loop_timer_start(c->timer, REPORT_SOON_MS);
}

static void report(void *ctx)
{
    struct system_client *c = ctx;
    struct system_report r;
    struct buf json;

    loop_timer_start(c->timer, REPORT_EVERY_MS);
    if (c->request || !read_status(c, &r))
        return;
    c->asked = r;
    add_own(c, &r);
    buf_init(&json, SYSTEM_BYTES_MAX);
    if (system_report_encode(&r, &json) == 0) {
        const struct http_call call = {.method = "POST",
                                       .path = "/v1/system",
                                       .type = "application/json",
                                       .body = json.data,
                                       .body_len = json.len,
                                       .timeout_s = TIMEOUT_S};

        c->said = r.state;
        c->request = http_start(c->http, &call, on_answer, c);
    }
    buf_finish(&json);
}

void system_client_again(struct system_client *c)
{
    say_order(c);
    loop_timer_start(c->timer, REPORT_SOON_MS);
}

void system_client_wake(struct system_client *c)
{
    if (!c->has_word && !c->request)
        loop_timer_start(c->timer, 0);
}

int system_client_create(struct loop *l, struct http *h, const char *data, const char *run,
                         const struct system_events *events, void *ctx, struct system_client **ret, struct err *e)
{
    struct system_client *c = calloc(1, sizeof *c);

    if (!c)
        return err_set(e, ERR_NOMEM, "reports on the system");
    *c = (struct system_client){.loop = l, .http = h, .data = data, .events = *events, .ctx = ctx};
    if (snprintf(c->status, sizeof c->status, "%s-update/status", run) >= (int)sizeof c->status ||
        snprintf(c->seed, sizeof c->seed, "%s-update/installed.raucb", data) >= (int)sizeof c->seed) {
        free(c);
        return err_set(e, ERR_TOOLONG, "%s", run);
    }
    c->timer = loop_add_timer(l, report, c);
    c->download_timer = loop_add_timer(l, start_download, c);
    loop_timer_start(c->timer, REPORT_SOON_MS);
    *ret = c;
    return 0;
}

void system_client_destroy(struct system_client *c)
{
    if (!c)
        return;
    http_cancel(c->request);
    bundle_cancel(c->bundle);
    loop_timer_remove(c->timer);
    loop_timer_remove(c->download_timer);
    free(c);
}
