/* SPDX-License-Identifier: Apache-2.0
 *
 * Registration: an enrolled terminal names its journal, with its new certificate, and learns its place.
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "tools/hall/terminals/hall.h"

#define TEXT_MAX 8192

struct registration {
    struct write_job job; /* first: the writer hands it back */
    struct hall *hall;
    struct exchange *exchange;
    struct enrol_register ask;
    struct terminal row; /* result of a run */
};

static int register_run(struct write_job *j, struct store *s, struct err *e)
{
    struct registration *r = (struct registration *)j;
    int rc = terminal_register(s, &r->ask, e);
    return rc ? rc : terminal_get(s, r->ask.terminal, &r->row, e);
}

static void answer_registration(struct registration *r)
{
    struct buf json;
    const struct enrol_answer a = {r->row.office, r->row.registration, r->row.place};
    buf_init(&json, 4096);
    enrol_answer_encode(&a, &json);
    server_answer(r->exchange, 200, "application/json", json.data, json.len);
    buf_finish(&json);
}

static void register_done(struct write_job *j, int rc, const struct err *e)
{
    struct registration *r = (struct registration *)j;
    if (rc == 0) {
        registry_put(r->hall->registry, &r->row);
        answer_registration(r);
    } else if (rc == -ERR_EXISTS || rc == -ERR_STATE) {
        const struct registry_entry *entry = registry_find(r->hall->registry, r->ask.terminal);
        hall_alert(r->hall, entry ? entry->terminal.office : 0, r->ask.terminal, "registration", e->text);
        server_answer_error(r->exchange, 409, "this registration has another journal: enrol the terminal anew");
    } else {
        log_error("hall", "%s", e->text);
        hall_answer_failure(r->exchange, rc);
    }
    free(r);
}

void enrol_register(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    struct buf body;
    struct err e = {0};
    struct registration *r = calloc(1, sizeof *r);
    int rc = r ? 0 : -ERR_NOMEM;
    if (rc == 0)
        rc = exchange_body(x, TEXT_MAX, &body);
    if (rc == 0)
        rc = enrol_register_decode(body.data, body.len, &r->ask, &e);
    if (r)
        buf_finish(&body);
    if (rc == 0 && strcmp(r->ask.terminal, exchange_who(x)->id))
        rc = err_set(&e, ERR_ACCESS, "the certificate is another terminal's");
    if (rc == 0)
        rc = enrol_register_verify(&r->ask, &e);
    if (rc == 0) {
        r->hall = h;
        r->exchange = x;
        r->job = (struct write_job){.run = register_run, .done = register_done, .rows = 2, .bytes = sizeof *r};
        r->job.from = r->ask.terminal;
        if (writer_push(h->writer, &r->job))
            return;
    }
    free(r);
    server_answer_error(x, rc ? 400 : 503, rc ? e.text : "the hall is busy");
}
