/* SPDX-License-Identifier: Apache-2.0
 *
 * See authority.h.
 */
#include "kiosk/authority.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "catalog/update.h"
#include "catalog/verify.h"

#define NEAR_MS (INT64_C(90) * 86400000)

struct authority {
    const char *data;
    const struct port *port;
    struct authority_events events;
    void *ctx;
    struct public_key sealing;
    struct manifest_key ask;        /* to_ms 0: none is known */
    bool can_seal, no_applications; /* the second is known only when the root was looked for */
    bool loaded;
    struct manifest_role hall;
    int64_t root_version;
    int64_t head_at_ms, head_expires_ms;
    bool news_old; /* the head is past its validity */
    bool clock_said, clock_sure;
    int64_t clock_offset_ms; /* when that was said */
    bool hall_refused;
    struct authority_end ends[STAFF_ENDS];
};

struct authority *authority_create(const char *data, const struct authority_events *events, void *ctx,
                                   const struct port *port)
{
    struct authority *a = calloc(1, sizeof *a);

    must(a, "out of memory");
    *a = (struct authority){.data = data, .events = *events, .ctx = ctx, .port = port};
    return a;
}

void authority_destroy(struct authority *a)
{
    free(a);
}

/* --- the clock --- */

static bool was_set(const struct authority *a)
{
    return llabs(clock_offset_ms() - a->clock_offset_ms) > CLOCK_JUMP_MS;
}

bool authority_clock_sure(const struct authority *a)
{
    return a->clock_sure && !was_set(a);
}

/* What time it is for what ends. A clock that is not trusted ends nothing: then it is as late as the signed head says. */
static int64_t moment(const struct authority *a)
{
    return authority_clock_sure(a) ? clock_wall_ms() : a->head_at_ms;
}

void authority_clock_said(struct authority *a, bool said)
{
    a->clock_said = said;
    a->clock_offset_ms = clock_offset_ms();
    a->clock_sure = said && (!a->head_expires_ms || clock_wall_ms() <= a->head_expires_ms);
    a->events.clock(a->ctx);
}

/* --- the head --- */

void authority_load_head(struct authority *a)
{
    struct update_head head = {0};

    if (update_head(a->data, &head, NULL) == 0)
        a->head_expires_ms = head.expires_ms, a->head_at_ms = head.at_ms;
    if (a->clock_said && !a->clock_sure && !was_set(a))
        authority_clock_said(a, true); /* it may have waited for this head */
    authority_check_head(a);
}

void authority_check_head(struct authority *a)
{
    bool old = a->head_expires_ms && clock_wall_ms() > a->head_expires_ms;

    if (a->clock_said && was_set(a)) { /* it was set; nobody need tell */
        authority_clock_said(a, false);
        port_changed(a->port);
    }
    if (old == a->news_old)
        return;
    a->news_old = old;
    if (old) {
        authority_clock_said(a, a->clock_said);
        log_warn("kiosk", "the hall's head is past its validity: news may be kept from this terminal");
    }
    port_changed(a->port);
}

/* --- what ends --- */

static enum authority_state state_of(int64_t now, const struct authority_end *end)
{
    return !end->ms                  ? AUTHORITY_FINE
           : now > end->ms           ? AUTHORITY_OVER
           : now > end->ms - NEAR_MS ? AUTHORITY_NEAR
                                     : AUTHORITY_FINE;
}

static void judge_ends(struct authority *a)
{
    bool changed = false;

    for (int i = 0; i < STAFF_ENDS; i++) {
        enum authority_state now = state_of(moment(a), &a->ends[i]);

        changed |= now != a->ends[i].state;
        if (now > a->ends[i].state)
            log_warn("kiosk", "%s: %s", authority_end_word((enum staff_end)i),
                     now == AUTHORITY_OVER ? "ended" : "near its end");
        a->ends[i].state = now;
    }
    if (changed)
        port_changed(a->port);
}

void authority_certificate_said(struct authority *a, int64_t ends_ms, bool hall_refused)
{
    a->ends[STAFF_END_CERTIFICATE].ms = ends_ms;
    a->hall_refused = hall_refused;
    judge_ends(a);
}

/* --- the root --- */

static void load_ends(struct authority *a)
{
    struct manifest_root root;

    a->ends[STAFF_END_ROOT].ms = a->ends[STAFF_END_SEALING].ms = 0;
    if (verify_root(a->data, &root, NULL, NULL) < 0)
        return;
    a->root_version = root.version;
    a->ends[STAFF_END_ROOT].ms = root.expires_ms;
    a->ends[STAFF_END_SEALING].ms = root.sealing.to_ms;
    judge_ends(a);
}

static void load_hall_keys(struct authority *a)
{
    struct manifest_root root;
    struct err e = {0};
    int rc = update_root(a->data, &root, &e);

    a->hall = rc < 0 ? (struct manifest_role){0} : root.acknowledgement;
    a->ask = rc < 0 ? (struct manifest_key){0} : root.ask;
    if (rc < 0)
        log_error("kiosk", "nothing the hall says is believed: %s", e.text);
    else if (!root.acknowledgement.n)
        log_warn("kiosk", "root %lld names no key for what the hall says: nothing of it is believed",
                 (long long)root.version);
}

static void load_sealing(struct authority *a)
{
    struct err e = {0};

    a->can_seal = update_sealing_key(a->data, moment(a), &a->sealing, &e) == 0;
    if (!a->can_seal)
        log_error("kiosk", "no applications: %s", e.text);
    a->events.keys(a->ctx);
    if (a->no_applications == !a->can_seal)
        return;
    a->no_applications = !a->can_seal;
    port_changed(a->port);
}

void authority_load_root(struct authority *a)
{
    a->loaded = true;
    load_sealing(a);
    load_ends(a);
    load_hall_keys(a);
}

void authority_check_ends(struct authority *a, bool free)
{
    judge_ends(a);
    bool over = a->ends[STAFF_END_SEALING].state == AUTHORITY_OVER;
    if (a->loaded && free && over == a->can_seal && a->ends[STAFF_END_SEALING].ms)
        authority_load_root(a);
}

/* --- what others ask --- */

const struct public_key *authority_sealing(const struct authority *a)
{
    return a->can_seal ? &a->sealing : NULL;
}

const struct public_key *authority_ask(const struct authority *a)
{
    return a->ask.to_ms && moment(a) <= a->ask.to_ms ? &a->ask.key : NULL;
}

const struct manifest_role *authority_hall(const struct authority *a)
{
    return &a->hall;
}

bool authority_hall_refused(const struct authority *a)
{
    return a->hall_refused;
}

int64_t authority_head_expires(const struct authority *a)
{
    return a->head_expires_ms;
}

const struct authority_end *authority_end(const struct authority *a, enum staff_end of)
{
    return &a->ends[of];
}

const char *authority_end_word(enum staff_end of)
{
    static const char *const words[STAFF_ENDS] = {"certificate", "root", "sealing-key"};

    return words[of];
}

void authority_health(const struct authority *a, struct health *h)
{
    h->clock_sure = authority_clock_sure(a);
    h->no_applications = a->no_applications;
    h->news_old = a->news_old;
}

void authority_put(const struct authority *a, struct jsonw *w)
{
    static const char *const keys[STAFF_ENDS] = {"certificate", "root", "sealing_key"};
    static const char *const words[] = {"fine", "near", "over"};

    jsonw_int(w, "root", a->root_version);
    for (int i = 0; i < STAFF_ENDS; i++) {
        char key[32], text[CLOCK_RFC3339_LEN + 1] = "";

        if (a->ends[i].ms)
            clock_format_rfc3339(a->ends[i].ms, text);
        snprintf(key, sizeof key, "%s_ends", keys[i]);
        jsonw_str(w, key, text);
        snprintf(key, sizeof key, "%s_end", keys[i]);
        jsonw_str(w, key, words[a->ends[i].state]);
    }
}
