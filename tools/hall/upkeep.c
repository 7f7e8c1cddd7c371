/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's housekeeping.
 */
#include "tools/hall/upkeep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "tools/hall/keys/ends.h"
#include "tools/hall/store/store_audit.h"
#include "tools/hall/store/store_logs.h"
#include "tools/hall/terminals/hall.h"

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)

struct upkeep {
    struct hall *hall;
    struct event *tick;
    int64_t looked_ms; /* wall clock, when ends were last looked at */
    enum end_state said[ENDS_MAX];
    bool failed;             /* the renewal did, and that was said */
    struct proving *proving; /* NULL: there was no memory for it */
};

/* The audit log is read in a reader's thread; it may be longer there than the upkeep lives. */
struct proving {
    struct read_job job;   /* first: the reader hands it back */
    struct upkeep *upkeep; /* NULL: it ended */
    struct audit_seen seen;
    int64_t at; /* wall clock, when it was last looked at; 0: never */
    bool runs;
};

/* --- the server's certificate --- */

static bool is_due(int64_t from_ms, int64_t ends_ms)
{
    return clock_wall_ms() >= ends_ms - (ends_ms - from_ms) / 3;
}

static void renew_server(struct upkeep *u)
{
    struct hall *h = u->hall;
    char cert[512], key[512];
    int64_t from = 0, ends = 0;
    struct err e = {0};
    int rc = pki_server_files(h->tls, cert, key, &e);
    if (rc == 0)
        rc = pki_dates(cert, &from, &ends, &e);
    if (rc == 0 && !is_due(from, ends))
        return;
    if (rc == 0)
        rc = pki_renew_server(h->tls, &e);
    if (rc == 0 && h->server)
        rc = server_renewed(h->server, &e);
    if (rc == 0)
        log_info("hall", "the server's certificate is renewed");
    else if (!u->failed)
        hall_alert(h, 0, STORE_NO_TERMINAL, "server-certificate-renewal", e.text);
    u->failed = rc != 0;
}

/* --- what ends --- */

static void say(struct upkeep *u, const struct end *end, enum end_state state)
{
    char what[32], detail[160], when[CLOCK_RFC3339_LEN + 1];
    clock_format_rfc3339(end->ends_ms, when);
    snprintf(what, sizeof what, "%.20s-%s", end->what, state == END_OVER ? "ended" : "near-end");
    snprintf(detail, sizeof detail, "%s %s; %s", state == END_OVER ? "ended" : "ends", end->ends_ms ? when : "unreadably",
             end->remedy);
    hall_alert(u->hall, 0, STORE_NO_TERMINAL, what, detail);
}

static void look_at_ends(struct upkeep *u)
{
    struct end list[ENDS_MAX];
    size_t n = ends_list(u->hall->data, list);
    for (size_t i = 0; i < n; i++) {
        enum end_state state = ends_state(&list[i], clock_wall_ms());
        if (state > u->said[i])
            say(u, &list[i], state);
        u->said[i] = state;
    }
}

/* --- the audit log --- */

static int prove(struct read_job *j, struct store *s, struct err *e)
{
    return audit_verify(s, &((struct proving *)j)->seen, e);
}

static void proving_free(struct proving *p)
{
    if (p)
        audit_seen_finish(&p->seen);
    free(p);
}

static void proved(struct read_job *j, int rc, const struct err *e)
{
    struct proving *p = (struct proving *)j;

    p->runs = false;
    if (!p->upkeep)
        proving_free(p);
    else if (rc == -ERR_CHECKSUM)
        hall_alert(p->upkeep->hall, 0, STORE_NO_TERMINAL, "audit-broken", e->text);
    else if (rc < 0)
        log_warn("hall", "the audit log could not be looked at: %s", e->text);
}

static void look_at_audit(struct upkeep *u)
{
    struct proving *p = u->proving;

    if (!p || p->runs || (p->at && llabs(clock_wall_ms() - p->at) < DAY_MS))
        return;
    p->at = clock_wall_ms();
    p->job = (struct read_job){.run = prove, .done = proved};
    p->runs = reader_push(u->hall->reader, &p->job);
}

/* --- old logs of terminals --- */

static int forget_run(struct write_job *j, struct store *s, struct err *e)
{
    return logs_forget(s, clock_wall_ms(), e);
}

static void forget_done(struct write_job *j, int rc, const struct err *e)
{
    if (rc < 0)
        log_warn("hall", "%s", e->text);
    free(j);
}

static void forget_logs(struct upkeep *u)
{
    struct write_job *j = calloc(1, sizeof *j);

    if (!j)
        return;
    *j = (struct write_job){.run = forget_run, .done = forget_done, .rows = 1, .bytes = sizeof *j};
    if (!writer_push(u->hall->writer, j))
        free(j);
}

/* --- when --- */

static void look(struct upkeep *u)
{
    u->looked_ms = clock_wall_ms();
    renew_server(u);
    look_at_ends(u);
    look_at_audit(u);
    forget_logs(u);
}

void upkeep_check(struct upkeep *u)
{
    if (llabs(clock_wall_ms() - u->looked_ms) >= HOUR_MS) /* also when the clock was set */
        look(u);
}

static void on_tick(evutil_socket_t fd, short what, void *ctx)
{
    upkeep_check(ctx);
}

int upkeep_create(struct hall *h, struct upkeep **ret, struct err *e)
{
    static const struct timeval second = {1, 0};
    struct upkeep *u = calloc(1, sizeof *u);
    if (u)
        u->tick = event_new(h->base, -1, EV_PERSIST, on_tick, u);
    if (!u || !u->tick) {
        free(u);
        return err_set(e, ERR_NOMEM, "upkeep");
    }
    u->hall = h;
    u->proving = calloc(1, sizeof *u->proving);
    if (u->proving)
        u->proving->upkeep = u;
    event_add(u->tick, &second);
    look(u);
    *ret = u;
    return 0;
}

void upkeep_destroy(struct upkeep *u)
{
    if (!u)
        return;
    event_free(u->tick);
    if (u->proving && u->proving->runs)
        u->proving->upkeep = NULL; /* its end frees it */
    else
        proving_free(u->proving);
    free(u);
}
