/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/lease (wire/lease.h): a block of ticket numbers for a terminal, signed. Answered after the commit;
 * whether there is one says rules/lease.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "tools/hall/store/store_queue.h"
#include "tools/hall/terminals/hall.h"

struct grant {
    struct write_job job; /* first: the writer hands it back */
    struct hall *hall;
    struct exchange *exchange;
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    struct lease lease;
};

static int sign(struct grant *g, struct err *e)
{
    struct buf msg;
    buf_init(&msg, LEASE_BYTES_MAX);
    int rc = lease_message(g->terminal, g->epoch, &g->lease, &msg);
    if (rc == 0)
        rc = signer_sign(g->hall->signer, LEASE_PREFIX, msg.data, msg.len, &g->lease.by, e);
    buf_finish(&msg);
    return rc;
}

static int grant_run(struct write_job *j, struct store *s, struct err *e)
{
    struct grant *g = (struct grant *)j;
    int rc = queue_lease(s, g->office, g->terminal, &g->lease, e);
    return rc ? rc : sign(g, e);
}

static void grant_done(struct write_job *j, int rc, const struct err *e)
{
    struct grant *g = (struct grant *)j;
    struct buf json;
    if (rc == -ERR_RANGE)
        hall_alert(g->hall, g->office, g->terminal, "lease-cap", e->text);
    if (rc == -ERR_NOTFOUND)
        hall_alert(g->hall, g->office, g->terminal, "queue-unknown", e->text);
    if (rc == -ERR_EXISTS || rc == -ERR_RANGE || rc == -ERR_NOTFOUND) {
        /* final for this request: the terminal goes on with its own series */
        server_answer_error(g->exchange, rc == -ERR_NOTFOUND ? 422 : 409, e->text);
    } else if (rc) {
        log_error("hall", "no numbers for %s: %s", g->terminal, e->text);
        hall_answer_failure(g->exchange, rc);
    } else {
        buf_init(&json, LEASE_BYTES_MAX);
        lease_answer_encode(&g->lease, &json);
        server_answer(g->exchange, 200, "application/json", json.data, json.len);
        buf_finish(&json);
    }
    free(g);
}

static void grant(struct hall *h, struct exchange *x, const struct lease *l)
{
    const struct registry_entry *entry = hall_terminal(h, x);
    struct grant *g = calloc(1, sizeof *g);
    if (!g) {
        server_answer_error(x, 503, "out of memory");
        return;
    }
    g->job = (struct write_job){.run = grant_run, .done = grant_done, .rows = 2, .bytes = sizeof *g};
    g->hall = h;
    g->exchange = x;
    g->job.from = g->terminal;
    g->job.office = entry->terminal.office;
    g->office = entry->terminal.office;
    memcpy(g->terminal, entry->terminal.id, sizeof g->terminal);
    memcpy(g->epoch, entry->terminal.epoch, sizeof g->epoch);
    g->lease = *l;
    if (!writer_push(h->writer, &g->job)) {
        free(g);
        server_answer_error(x, 503, "the hall is busy");
    }
}

void lease_post(void *ctx, struct exchange *x)
{
    struct lease l;
    struct buf body;
    struct err e = {0};
    if (exchange_body(x, LEASE_BYTES_MAX, &body))
        server_answer_error(x, 413, "the request is too long");
    else if (lease_request_decode(body.data, body.len, &l, &e))
        server_answer_error(x, 400, e.text);
    else if (!lease_day_near(l.day, clock_wall_ms()))
        server_answer_error(x, 422, "the day is not today's");
    else
        grant(ctx, x, &l);
    buf_finish(&body);
}
