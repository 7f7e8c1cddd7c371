/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/logs (wire/logs.h): a piece of the logs that staff asked this terminal for. What nobody asked for is refused
 * before it is kept.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "tools/hall/store/store_logs.h"
#include "tools/hall/terminals/hall.h"

struct handing {
    struct write_job job; /* first: the writer hands it back */
    struct exchange *exchange;
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    struct buf body;
    struct logs_piece piece; /* lies in body */
    struct logs_answer answer;
};

static void finish(struct handing *g)
{
    buf_finish(&g->body);
    free(g);
}

static int put_run(struct write_job *j, struct store *s, struct err *e)
{
    struct handing *g = (struct handing *)j;

    return logs_put(s, g->office, g->terminal, &g->piece, clock_wall_ms(), &g->answer, e);
}

static void put_done(struct write_job *j, int rc, const struct err *e)
{
    struct handing *g = (struct handing *)j;
    struct buf json;

    if (rc == -ERR_ACCESS) {
        log_warn("hall", "%s", e->text);
        server_answer_error(g->exchange, 403, e->text);
    } else if (rc < 0) {
        log_error("hall", "%s", e->text);
        hall_answer_failure(g->exchange, rc);
    } else {
        buf_init(&json, LOGS_ANSWER_MAX);
        logs_answer_encode(&g->answer, &json);
        server_answer(g->exchange, 200, "application/json", json.data, json.len);
        buf_finish(&json);
    }
    finish(g);
}

void logs_post(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    const struct registry_entry *entry = hall_terminal(h, x);
    struct handing *g = calloc(1, sizeof *g);
    struct err e = {0};

    if (!g) {
        server_answer_error(x, 503, "out of memory");
        return;
    }
    g->exchange = x;
    g->office = entry->terminal.office;
    memcpy(g->terminal, entry->terminal.id, sizeof g->terminal);
    g->job = (struct write_job){.run = put_run, .done = put_done, .rows = 2, .from = g->terminal, .office = g->office};
    if (exchange_body(x, LOGS_BODY_MAX, &g->body) < 0) {
        server_answer_error(x, 413, "the piece is too long");
    } else if (logs_piece_decode(g->body.data, g->body.len, &g->piece, &e) < 0) {
        server_answer_error(x, 400, e.text);
    } else {
        g->job.bytes = sizeof *g + g->body.len;
        if (writer_push(h->writer, &g->job))
            return;
        server_answer_error(x, 503, "the hall is busy");
    }
    finish(g);
}
