/* SPDX-License-Identifier: Apache-2.0
 *
 * Health reports.
 */
#include "sync/health.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

#define TIMEOUT_S 30

static void post(struct health_client *c, const struct health_report *r);

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct health_client *c = ctx;

    c->request = NULL;
    if (!c->more)
        return;
    c->more = false;
    post(c, &c->next);
}

void health_warn(struct health_report *r, const char *words, bool on)
{
    size_t len = strlen(r->warnings);

    if (on && len + 1 + strlen(words) < sizeof r->warnings)
        snprintf(r->warnings + len, sizeof r->warnings - len, "%s%s", len ? "," : "", words);
}

static void refuse(struct health_report *r, int64_t version, const char *why)
{
    if (version <= 0 || r->refused)
        return;
    r->refused = version;
    text_copy(r->why, sizeof r->why, why);
}

void health_given_up(struct health_report *r, int64_t version)
{
    health_warn(r, "download-failed", version > 0);
    refuse(r, version, "download-failed");
}

bool health_catalogue(struct health_report *r, const struct peer_line *p)
{
    const char *warnings = strcmp(p->warnings, "-") ? p->warnings : "", *why = p->tried ? p->reason : "";
    bool news = r->catalogue != p->version || r->needs != p->needs || r->refused != p->tried || strcmp(r->why, why) != 0 ||
                strcmp(r->warnings, warnings) != 0 || r->halts != p->halts;

    r->catalogue = p->version;
    r->needs = (int)p->needs;
    r->refused = p->tried;
    r->halts = p->halts;
    text_copy(r->why, sizeof r->why, why);
    text_copy(r->warnings, sizeof r->warnings, warnings);
    return news;
}

bool health_how(struct health_report *r, const struct peer_line *p)
{
    const char *words[DEVICE_ROLES] = {
        [DEVICE_RECEIPT] = p->receipt, [DEVICE_TICKET] = p->ticket, [DEVICE_READER] = p->reader};
    const char *out = strcmp(p->out, "-") ? p->out : "";
    bool news = strcmp(r->out, out) != 0 || (*out && (r->out_since_ms != p->since || r->out_until_ms != p->until));

    for (int i = 0; i < DEVICE_ROLES; i++) {
        news |= strcmp(r->device[i], words[i]) != 0;
        text_copy(r->device[i], sizeof *r->device, words[i]);
    }
    text_copy(r->out, sizeof r->out, out);
    r->out_since_ms = *out ? p->since : 0;
    r->out_until_ms = *out ? p->until : 0;
    return news;
}

static void post(struct health_client *c, const struct health_report *r)
{
    struct http_call call = {.method = "POST", .path = "/v1/health", .type = "application/json", .timeout_s = TIMEOUT_S};
    struct buf body;
    struct err e = {0};

    buf_init(&body, HEALTH_BYTES_MAX);
    if (health_encode(r, &body, &e)) {
        log_warn("sync", "%s", e.text);
    } else {
        call.body = body.data;
        call.body_len = body.len;
        c->request = http_start(c->http, &call, on_answer, c);
    }
    buf_finish(&body);
}

void health_send(struct health_client *c, const struct health_report *r)
{
    c->more = c->request != NULL;
    c->next = *r;
    if (!c->more)
        post(c, r);
}

void health_stop(struct health_client *c)
{
    http_cancel(c->request);
    *c = (struct health_client){.http = c->http};
}
