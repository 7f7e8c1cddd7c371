/* SPDX-License-Identifier: Apache-2.0
 *
 * See acts.h.
 */
#include "sync/acts.h"

#include <stdlib.h>

#include "base/log.h"

#define TIMEOUT_S 30

struct acts_client {
    struct http *http;
    acts_say_fn *say;
    void *ctx;
    struct http_request *request;
    struct act_signed list[ACTS_MAX]; /* of the answer that is handed on */
};

static void hand_on(struct acts_client *c, const struct http_answer *a)
{
    struct err e = {0};
    struct buf json;
    size_t n = 0;

    if (acts_decode(a->data, a->len, c->list, &n, &e) < 0)
        log_warn("acts", "%s", e.text);
    for (size_t i = 0; e.code == 0 && i < n; i++) {
        buf_init(&json, ACT_WORD_BYTES);
        if (act_signed_encode(&c->list[i], &json) == 0)
            c->say(c->ctx, &(struct peer_line){.kind = PEER_ACT, .bytes = buf_str(&json)});
        buf_finish(&json);
    }
}

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct acts_client *c = ctx;

    c->request = NULL;
    if (a && a->status == 200)
        hand_on(c, a);
    else if (a && a->status != 404) /* a hall from before there were acts */
        log_warn("acts", "HTTP status %d", a->status);
}

void acts_client_wake(struct acts_client *c)
{
    const struct http_call call = {.method = "GET", .path = "/v1/acts", .timeout_s = TIMEOUT_S};

    if (!c->request)
        c->request = http_start(c->http, &call, on_answer, c);
}

int acts_client_create(struct http *h, acts_say_fn *say, void *ctx, struct acts_client **ret, struct err *e)
{
    struct acts_client *c = calloc(1, sizeof *c);

    if (!c)
        return err_set(e, ERR_NOMEM, "what staff want done");
    *c = (struct acts_client){.http = h, .say = say, .ctx = ctx};
    *ret = c;
    return 0;
}

void acts_client_destroy(struct acts_client *c)
{
    if (!c)
        return;
    http_cancel(c->request);
    free(c);
}
