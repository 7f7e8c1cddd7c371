/* SPDX-License-Identifier: Apache-2.0
 *
 * Alerts, one write at a time for each kind.
 */
#include "tools/hall/store/alerts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

struct alert {
    struct write_job job; /* first: the writer hands it back */
    struct alerts *all;
    int office;
    char terminal[TERMINAL_ID_MAX + 1], what[32];
    /* told and not yet written; n 0: nothing */
    char detail[160];
    int64_t first, n;
    /* what the writer has; n 0: nothing */
    struct written {
        char detail[160];
        int64_t first, n;
    } written;
    bool late; /* it failed: with the next tick */
    struct alert *next;
};
struct alerts {
    struct writer *writer;
    struct alert *list;
    size_t count;
    int64_t said; /* log_due */
    struct event *tick;
};

static int alert_run(struct write_job *j, struct store *s, struct err *e)
{
    const struct alert *a = (const struct alert *)j;
    const struct written *w = &a->written;
    return store_alert_since(s, a->office, a->terminal, a->what, w->detail, w->first, w->n, e);
}

static void forget(struct alert *a)
{
    struct alert **at = &a->all->list;
    while (*at != a)
        at = &(*at)->next;
    *at = a->next;
    a->all->count--;
    free(a);
}

/* False: the writer has no room. */
static bool write_out(struct alert *a)
{
    text_copy(a->written.detail, sizeof a->written.detail, a->detail);
    a->written.first = a->first;
    a->written.n = a->n;
    bool taken = writer_push(a->all->writer, &a->job);
    if (taken)
        a->n = 0;
    else
        a->written.n = 0;
    return taken;
}

static void alert_done(struct write_job *j, int rc, const struct err *e)
{
    struct alert *a = (struct alert *)j;
    a->late = rc != 0;
    if (rc) {
        if (log_due(&a->all->said))
            log_error("hall", "an alert could not be stored yet: %s", e->text);
        if (!a->n)
            text_copy(a->detail, sizeof a->detail, a->written.detail);
        a->first = a->written.first;
        a->n += a->written.n;
    }
    a->written.n = 0;
    if (!a->n)
        forget(a);
    else if (rc == 0)
        write_out(a);
}

static void on_tick(evutil_socket_t fd, short what, void *ctx)
{
    struct alerts *all = ctx;
    for (struct alert *a = all->list; a; a = a->next)
        if (a->n && !a->written.n && !write_out(a))
            break;
}

static struct alert *find(struct alerts *all, int office, const char *terminal, const char *what)
{
    struct alert *a = all->list;
    while (a && (a->office != office || strcmp(a->terminal, terminal) || strcmp(a->what, what)))
        a = a->next;
    if (a || all->count == ALERTS_WAITING_MAX || !(a = calloc(1, sizeof *a)))
        return a;
    a->job = (struct write_job){.run = alert_run, .done = alert_done, .rows = 1, .bytes = sizeof *a};
    a->all = all;
    a->office = office;
    text_copy(a->terminal, sizeof a->terminal, terminal);
    text_copy(a->what, sizeof a->what, what);
    a->next = all->list;
    all->list = a;
    all->count++;
    return a;
}

void alerts_tell(struct alerts *all, int office, const char *terminal, const char *what, const char *detail)
{
    struct alert *a = find(all, office, terminal, what);
    if (!a || (!a->n && !a->written.n))
        log_warn("hall", "alert: %s of %s: %s", what, terminal, detail);
    if (!a)
        return;
    if (!a->n++)
        a->first = clock_wall_ms();
    text_copy(a->detail, sizeof a->detail, detail);
    if (!a->written.n && !a->late)
        write_out(a);
}

int alerts_create(struct event_base *base, struct writer *w, struct alerts **ret, struct err *e)
{
    static const struct timeval second = {1, 0};
    struct alerts *all = calloc(1, sizeof *all);
    if (all)
        all->tick = event_new(base, -1, EV_PERSIST, on_tick, all);
    if (!all || !all->tick) {
        free(all);
        return err_set(e, ERR_NOMEM, "alerts");
    }
    all->writer = w;
    event_add(all->tick, &second);
    *ret = all;
    return 0;
}

void alerts_destroy(struct alerts *all)
{
    if (!all)
        return;
    while (all->list)
        forget(all->list);
    event_free(all->tick);
    free(all);
}
