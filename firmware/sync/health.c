/* SPDX-License-Identifier: Apache-2.0
 *
 * Health reports.
 */
#include "sync/health.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

#define TIMEOUT_S 30

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
}

void health_warn(struct health_report *r, const char *words, bool on)
{
    size_t len = strlen(r->warnings);

    if (on && len + 1 + strlen(words) < sizeof r->warnings)
        snprintf(r->warnings + len, sizeof r->warnings - len, "%s%s", len ? "," : "", words);
}

void health_send(struct http *h, const struct health_report *r)
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
        http_start(h, &call, on_answer, NULL);
    }
    buf_finish(&body);
}
