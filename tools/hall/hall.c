/* SPDX-License-Identifier: Apache-2.0
 *
 * The little that all handlers need.
 */
#include "tools/hall/hall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

struct registry_entry *hall_terminal(struct hall *h, const struct exchange *x)
{
    const struct peer *p = exchange_peer(x);
    return p ? registry_find(h->registry, p->terminal) : NULL;
}

struct alert {
    struct write_job job; /* first: the writer hands it back */
    int office;
    char terminal[TERMINAL_ID_MAX + 1], what[32], detail[160];
};

static int alert_run(struct write_job *j, struct store *s, struct err *e)
{
    const struct alert *a = (const struct alert *)j;
    return store_alert(s, a->office, a->terminal, a->what, a->detail, e);
}

static void alert_done(struct write_job *j, int rc, const struct err *e)
{
    if (rc)
        log_error("hall", "an alert could not be stored: %s", e->text);
    free(j);
}

void hall_alert(struct hall *h, int office, const char *terminal, const char *what, const char *detail)
{
    struct alert *a = calloc(1, sizeof *a);
    log_warn("hall", "alert: %s of %s: %s", what, terminal, detail);
    if (!a)
        return;
    a->job = (struct write_job){.run = alert_run, .done = alert_done, .rows = 1, .bytes = sizeof *a};
    a->office = office;
    snprintf(a->terminal, sizeof a->terminal, "%s", terminal);
    snprintf(a->what, sizeof a->what, "%s", what);
    snprintf(a->detail, sizeof a->detail, "%s", detail);
    if (!writer_push(h->writer, &a->job))
        free(a);
}

void hall_answer_failure(struct exchange *x, int rc)
{
    if (rc == -ERR_NOSPACE)
        server_answer_error(x, 503, "the hall's disk is full");
    else if (rc == -ERR_BUSY)
        server_answer_error(x, 503, "the hall is busy");
    else
        server_answer_error(x, 500, "the hall could not store it");
}
