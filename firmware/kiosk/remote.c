/* SPDX-License-Identifier: Apache-2.0
 *
 * See remote.h.
 */
#include "kiosk/remote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"

#define AGAIN_MS 60000      /* after the journal took no record */
#define LOOK_BACK 256       /* records of staff: more are not looked at for an act that was done */
#define ROOM (2 * ACTS_MAX) /* of those that wait; beyond it they come again */

struct remote {
    const char *terminal;
    struct records *records;
    struct remote_events events;
    void *ctx;
    const struct port *port;
    struct act wait[ROOM];
    size_t n;
    int64_t not_before_mono;
    struct notice notice;  /* lent to the session */
    int64_t message_at_ms; /* of the newest message: an older one counts no more */
    int64_t service_at_ms; /* the same of OUT and IN, as far as this run of the program knows */
};

static void id_text(const struct act *a, char out[2 * ACT_ID_LEN + 1])
{
    hex_encode(a->id, ACT_ID_LEN, out);
}

/* --- was it done --- */

struct find {
    const char *id;
    int seen;
    bool found;
};

static int find_done(void *ctx, const struct record_header *h)
{
    struct find *f = ctx;

    f->found = strncmp(h->what, ACT_WHAT, strlen(ACT_WHAT)) == 0 && strcmp(h->role, f->id) == 0;
    return f->found || ++f->seen >= LOOK_BACK;
}

/* True too where nobody can say: what may have been done is not done again. */
static bool was_done(const struct remote *r, const struct act *a)
{
    char id[2 * ACT_ID_LEN + 1];
    struct find f = {.id = id};
    struct journal *j = records_journal(r->records);
    struct err e = {0};

    id_text(a, id);
    if (!j || journal_newest(j, RECORD_STAFF, find_done, &f, &e) < 0)
        return true;
    return f.found;
}

/* --- doing it --- */

static int record(struct remote *r, const struct act *a, struct err *e)
{
    struct record_header h = {.kind = RECORD_STAFF};

    snprintf(h.what, sizeof h.what, ACT_WHAT "%s", act_word(a->kind));
    text_copy(h.staff, sizeof h.staff, a->by);
    id_text(a, h.role);
    return records_append(r->records, &h, NULL, 0, e);
}

static int set_service(struct remote *r, const struct act *a, struct err *e)
{
    struct record_header h = {.kind = RECORD_AVAILABILITY};
    struct input in = {.kind = INPUT_OUTAGE};
    int rc = 0;

    if (a->kind == ACT_IN && !records_outage(r->records).on)
        return 0; /* it is */
    text_copy(h.staff, sizeof h.staff, a->by);
    text_copy(h.what, sizeof h.what, a->kind == ACT_OUT ? OUTAGE_BEGINS : OUTAGE_ENDS);
    if (a->kind == ACT_OUT) {
        text_copy(h.role, sizeof h.role, outage_word(a->reason));
        h.until = a->back_ms;
        in.outage = (struct outage){.on = true, .reason = a->reason, .since_ms = clock_wall_ms(), .until_ms = a->back_ms};
    }
    rc = records_append(r->records, &h, NULL, 0, e);
    if (rc == 0)
        port_feed(r->port, &in);
    return rc;
}

static void show_message(struct remote *r, const struct act *a)
{
    struct notice *n = &r->notice;

    n->until_ms = a->zh[0] ? a->until_ms : 0;
    text_copy(n->zh, sizeof n->zh, a->zh);
    text_copy(n->en, sizeof n->en, a->en[0] ? a->en : a->zh);
    r->message_at_ms = a->at_ms;
    port_feed(r->port, &(struct input){.kind = INPUT_NOTICE, .notice = n});
}

/* One restart is all that those which wait behind it asked for. */
static void answer_restarts(struct remote *r)
{
    struct err e = {0};

    for (size_t i = 1; i < r->n; i++)
        if (r->wait[i].kind == ACT_RESTART && record(r, &r->wait[i], &e) < 0)
            log_error("kiosk", "%s", e.text); /* it comes again */
}

/* What may be done twice comes before its record, so that a power cut between them loses nothing; a restart comes after it,
 * so that it is not done for ever. */
static int perform(struct remote *r, const struct act *a, struct err *e)
{
    int rc = 0;

    switch (a->kind) {
    case ACT_OUT:
    case ACT_IN:
        rc = set_service(r, a, e);
        r->service_at_ms = rc == 0 ? a->at_ms : r->service_at_ms;
        break;
    case ACT_MESSAGE:
        show_message(r, a);
        break;
    case ACT_SYNC:
        r->events.sync(r->ctx);
        break;
    case ACT_LOGS:
        rc = r->events.logs(r->ctx, a->id, e);
        break;
    case ACT_RESTART:
    case ACT_KINDS:
        break;
    }
    if (rc == 0)
        rc = record(r, a, e);
    if (rc == 0 && a->kind == ACT_RESTART) {
        answer_restarts(r);
        r->events.restart(r->ctx);
    }
    return rc;
}

static bool is_over(const struct remote *r, const struct act *a)
{
    bool service = a->kind == ACT_OUT || a->kind == ACT_IN;

    return clock_wall_ms() >= a->until_ms || (service && a->at_ms < r->service_at_ms);
}

static void drop(struct remote *r, size_t i)
{
    memmove(&r->wait[i], &r->wait[i + 1], (--r->n - i) * sizeof *r->wait);
}

/* The oldest first. False: nothing waits. */
static bool next(struct remote *r)
{
    struct err e = {0};

    if (r->n == 0)
        return false;
    const struct act a = r->wait[0];
    if (is_over(r, &a) || was_done(r, &a)) {
        drop(r, 0);
        return true;
    }
    log_info("kiosk", "%s by the hall's staff (%s)", act_word(a.kind), a.by);
    if (perform(r, &a, &e) < 0) {
        log_error("kiosk", "%s", e.text);
        r->not_before_mono = clock_mono_ms() + AGAIN_MS;
        return false;
    }
    drop(r, 0);
    return a.kind != ACT_RESTART;
}

void remote_check(struct remote *r)
{
    if (r->n == 0 || !r->events.nobody_here(r->ctx) || !records_clock_sure(r->records) ||
        clock_mono_ms() < r->not_before_mono)
        return;
    while (next(r) && r->events.nobody_here(r->ctx))
        ;
}

/* --- what comes --- */

static bool waits(const struct remote *r, const struct act *a)
{
    for (size_t i = 0; i < r->n; i++)
        if (memcmp(r->wait[i].id, a->id, ACT_ID_LEN) == 0)
            return true;
    return false;
}

static void keep(struct remote *r, const struct act *a)
{
    size_t i = r->n;

    if (waits(r, a) || r->n == ROOM)
        return;
    while (i > 0 && r->wait[i - 1].at_ms > a->at_ms)
        i--;
    memmove(&r->wait[i + 1], &r->wait[i], (r->n++ - i) * sizeof *r->wait);
    r->wait[i] = *a;
}

/* A message that was done is shown again by a program that has started since; an older one never. */
static void hear(struct remote *r, const struct act *a)
{
    if (a->kind == ACT_MESSAGE && (a->at_ms <= r->message_at_ms || !records_journal(r->records)))
        return;
    if (!was_done(r, a))
        keep(r, a);
    else if (a->kind == ACT_MESSAGE && records_clock_sure(r->records) && !is_over(r, a))
        show_message(r, a);
}

void remote_said(struct remote *r, const struct manifest_role *hall, const char *json)
{
    struct act_signed s;
    struct err e = {0};
    struct act a;

    if (!hall->n)
        return; /* it comes again */
    int rc = act_signed_decode(json, strlen(json), &s, &e);
    if (rc == 0)
        rc = act_verify(hall, r->terminal, &s, &a, &e);
    if (rc < 0) {
        log_error("kiosk", "%s", e.text);
        return;
    }
    hear(r, &a);
    remote_check(r);
}

struct remote *remote_create(const char *terminal, struct records *records, const struct remote_events *events, void *ctx,
                             const struct port *port)
{
    struct remote *r = calloc(1, sizeof *r);

    must(r, "out of memory");
    *r = (struct remote){.terminal = terminal, .records = records, .events = *events, .ctx = ctx, .port = port};
    return r;
}

void remote_destroy(struct remote *r)
{
    free(r);
}
