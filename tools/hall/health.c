/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/health: {"v":1,"version":text,"acked":n,"head":n,"catalogue":n}. The latest report of each terminal, on disk at
 * most once a minute; a report that is not stored is only a report.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "tools/hall/hall.h"

#define HEALTH_MAX 1024
#define STORE_EVERY_MS 60000

struct report {
    struct write_job job; /* first: the writer hands it back */
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    char text[HEALTH_MAX + 1];
};

static int report_run(struct write_job *j, struct store *s, struct err *e)
{
    const struct report *r = (const struct report *)j;
    return terminal_health(s, r->office, r->terminal, r->text, e);
}

static void report_done(struct write_job *j, int rc, const struct err *e)
{
    if (rc)
        log_warn("hall", "%s", e->text);
    free(j);
}

static int check(const struct buf *body, struct err *e)
{
    struct json *doc = NULL;
    const char *version = NULL;
    int64_t n = 0;
    int rc = json_parse(body->data, body->len, HEALTH_MAX, &doc, e);
    if (!rc)
        rc = json_known(doc, "v version acked head catalogue", e);
    if (!rc)
        rc = json_get_int(doc, "v", 1, 1, &n, e);
    if (!rc)
        rc = json_get_str(doc, "version", 1, 64, &version, e);
    if (!rc)
        rc = json_get_int(doc, "acked", 0, INT64_MAX, &n, e);
    if (!rc)
        rc = json_get_int(doc, "head", 0, INT64_MAX, &n, e);
    if (!rc)
        rc = json_get_int(doc, "catalogue", 0, INT32_MAX, &n, e);
    json_free(doc);
    return err_wrap(e, rc, "health report");
}

static void keep(struct hall *h, struct registry_entry *entry, const struct buf *body)
{
    int64_t now = clock_mono_ms();
    if (entry->health_stored_ms && now - entry->health_stored_ms < STORE_EVERY_MS)
        return;
    struct report *r = calloc(1, sizeof *r);
    if (!r)
        return;
    r->job = (struct write_job){.run = report_run, .done = report_done, .rows = 1, .bytes = sizeof *r};
    r->office = entry->terminal.office;
    memcpy(r->terminal, entry->terminal.id, sizeof r->terminal);
    memcpy(r->text, body->data, body->len);
    if (writer_push(h->writer, &r->job))
        entry->health_stored_ms = now;
    else
        free(r);
}

void health_post(void *ctx, struct exchange *x)
{
    struct hall *h = ctx;
    struct buf body;
    struct err e = {0};
    if (exchange_body(x, HEALTH_MAX, &body) || check(&body, &e)) {
        server_answer_error(x, 400, e.code ? e.text : "health report: too long");
    } else {
        keep(h, hall_terminal(h, x), &body);
        server_answer(x, 200, "application/json", "{}", 2);
    }
    buf_finish(&body);
}
