/* SPDX-License-Identifier: Apache-2.0
 *
 * See ask.h.
 */
#include "sync/ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "wire/ask.h"

struct ask_client {
    struct http *http;
    struct ask_events events;
    void *ctx;
    struct http_request *request; /* under way */
    int64_t id;
};

enum ask_reason ask_status(int status)
{
    switch (status) {
    case 200:
        return ASK_ANSWERED;
    case 429:
    case 503:
        return ASK_HALL_BUSY;
    case 502:
        return ASK_OPENER_AWAY;
    default:
        return status >= 500 ? ASK_HALL_AWAY : ASK_REFUSED;
    }
}

/* kiosk is given nothing but the shape it knows: one line, bounded. */
static bool well_formed(const struct http_answer *a)
{
    static uint8_t bytes[ASK_REPLY_MAX];
    size_t len;

    return ask_answered_decode(a->data, a->len, bytes, &len, NULL) == 0 && !memchr(a->data, '\n', a->len);
}

static void say(struct ask_client *c, enum ask_reason why, const char *bytes)
{
    struct peer_line p = {.kind = bytes ? PEER_ASKED : PEER_UNASKED, .id = c->id, .bytes = bytes};

    text_copy(p.reason, sizeof p.reason, ask_reason_word(why));
    c->events.say(c->ctx, &p);
}

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct ask_client *c = ctx;
    enum ask_reason reason = a ? ask_status(a->status) : ASK_HALL_AWAY;

    c->request = NULL;
    if (reason == ASK_ANSWERED && !well_formed(a))
        reason = ASK_REFUSED;
    c->events.outcome(c->ctx, !a ? HTTP_UNREACHED : reason == ASK_ANSWERED ? HTTP_WORKED : HTTP_REFUSED);
    say(c, reason, reason == ASK_ANSWERED ? (const char *)a->data : NULL);
}

void ask_client_ask(struct ask_client *c, int64_t id, const char *bytes)
{
    const struct http_call call = {.method = "POST",
                                   .path = "/v1/ask",
                                   .type = "application/json",
                                   .body = bytes,
                                   .body_len = strlen(bytes),
                                   .timeout_s = ASK_TIMEOUT_S};

    http_cancel(c->request);
    c->id = id;
    c->request = http_start(c->http, &call, on_answer, c);
    if (!c->request)
        say(c, ASK_HALL_AWAY, NULL);
}

int ask_client_create(struct http *h, const struct ask_events *events, void *ctx, struct ask_client **ret, struct err *e)
{
    struct ask_client *c = calloc(1, sizeof *c);

    if (!c)
        return err_set(e, ERR_NOMEM, "questions");
    *c = (struct ask_client){.http = h, .events = *events, .ctx = ctx};
    *ret = c;
    return 0;
}

void ask_client_destroy(struct ask_client *c)
{
    if (!c)
        return;
    http_cancel(c->request);
    free(c);
}
