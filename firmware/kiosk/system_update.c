/* SPDX-License-Identifier: Apache-2.0
 *
 * See system_update.h.
 */
#include "kiosk/system_update.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "wire/system.h"

#define QUIET_MS (2 * 60 * 1000) /* nobody for so long */
#define LOOK_MS 2000             /* while an update is under way */
#define DEAF_US 90000000         /* nobody has taken the line by then: there is no root's part */

struct system_update {
    struct system_update_events events;
    void *ctx;
    const struct port *port;
    const char *terminal;
    char go[PATH_MAX], status[PATH_MAX];
    struct system_order order; /* version "": none is known */
    bool here;
    int64_t ended_at_ms;         /* of the order whose update has ended: only a later word counts */
    int64_t busy_mono;           /* when somebody was last here */
    enum system_asked asked;     /* root's part: it is under way */
    struct system_report before; /* … and what that said when it was asked: anything else is its answer */
    bool heard, nobody;          /* it has answered; it did not, the last time */
    int64_t since_ms;            /* when the version of the order was first heard of */
    int64_t asked_ms;
    int64_t asked_us; /* by a clock that nobody sets forward: root's part has had that time too */
    struct loop_timer *look;
};

/* What a technician is told is under way, for whom the version is not known before the stick is read. */
static const char *asked_word(const struct system_update *u)
{
    return u->asked == SYSTEM_ASKED_STICK   ? "from a stick"
           : u->asked == SYSTEM_ASKED_OTHER ? "to the other system"
                                            : u->order.version;
}

static void feed_update(struct system_update *u, bool on, bool restarting)
{
    struct input in = {.kind = INPUT_UPDATE};

    in.update = (struct update_now){.on = on, .restarting = restarting, .began_ms = u->asked_ms};
    port_feed(u->port, &in);
}

static void over(struct system_update *u, const char *why)
{
    must(u->asked, "an update ends that has not begun");
    log_warn("kiosk", "the update %s has ended: %s", asked_word(u), why);
    bool ordered = u->asked == SYSTEM_ASKED_ORDER;
    u->asked = SYSTEM_ASKED_NOTHING;
    if (ordered) {
        u->ended_at_ms = u->order.at_ms; /* the hall's next word says what now */
        u->order.version[0] = '\0';
    }
    feed_update(u, false, false);
    if (ordered)
        u->events.again(u->ctx);
}

/* What root's part says of this update; false: nothing yet. */
static bool read_status(const struct system_update *u, struct system_report *ret)
{
    if (system_status_read(u->status, ret, NULL) < 0)
        return false;
    if (u->asked == SYSTEM_ASKED_ORDER)
        return strcmp(ret->version, u->order.version) == 0;
    const struct system_report *b = &u->before;
    return ret->at_s != b->at_s || ret->state != b->state || strcmp(ret->version, b->version) != 0 ||
           strcmp(ret->why, b->why) != 0;
}

static void on_look(void *ctx)
{
    struct system_update *u = ctx;
    struct system_report r;

    if (!u->asked)
        return;
    loop_timer_start(u->look, LOOK_MS);
    if (access(u->go, F_OK) == 0) {
        if (clock_measure_us() - u->asked_us < DEAF_US)
            return;
        unlink(u->go);
        u->nobody = true;
        over(u, "nobody installs it here");
    } else if (read_status(u, &r)) {
        u->heard = true;
        if (r.state == SYSTEM_REFUSED || r.state == SYSTEM_FAILED)
            over(u, system_state_word(r.state));
        else
            feed_update(u, true, r.state == SYSTEM_RESTARTING);
    }
}

static bool may_begin(const struct system_update *u)
{
    int64_t now = clock_wall_ms();

    return *u->order.version && u->order.go && u->here && !u->asked && u->events.clock_sure(u->ctx) &&
           now < u->order.until_ms && system_order_hour(&u->order, clock_minute_of_day(now));
}

/* `line` is what board/update/update understands. */
static void ask(struct system_update *u, enum system_asked what, const char *line)
{
    must(!u->asked, "two updates at once");
    struct err e = {0};

    u->before = (struct system_report){.at_s = 0};
    u->heard = u->nobody = false;
    system_status_read(u->status, &u->before, NULL); /* none: then anything is its answer */
    if (fs_write_atomic(u->go, line, strlen(line), 0644, &e) < 0) {
        log_error("kiosk", "%s", e.text);
        return;
    }
    u->asked = what;
    u->asked_us = clock_measure_us();
    u->asked_ms = clock_wall_ms();
    log_info("kiosk", "the system is updated: %s", asked_word(u));
    feed_update(u, true, false);
    loop_timer_start(u->look, LOOK_MS);
}

/* Nobody is here. */
static void begin(struct system_update *u)
{
    must(u->order.version[0], "an update to nothing");
    char line[SYSTEM_VERSION_LEN + 16];

    snprintf(line, sizeof line, "install %s\n", u->order.version);
    ask(u, SYSTEM_ASKED_ORDER, line);
}

void system_update_from_stick(struct system_update *u)
{
    if (!u->asked)
        ask(u, SYSTEM_ASKED_STICK, "stick\n");
}

void system_update_to_other(struct system_update *u)
{
    if (!u->asked)
        ask(u, SYSTEM_ASKED_OTHER, "back\n");
}

void system_update_facts(const struct system_update *u, struct system_facts *ret)
{
    *ret = (struct system_facts){.asked = u->asked, .heard = u->heard, .nobody = u->nobody};
    system_status_read(u->status, &ret->report, NULL); /* none: `running` stays "" */
    if (!*u->order.version)
        return;
    text_copy(ret->wanted, sizeof ret->wanted, u->order.version);
    text_copy(ret->why, sizeof ret->why, u->order.why);
    ret->since_ms = u->since_ms;
    ret->until_ms = u->order.until_ms;
    ret->from_min = u->order.from_min;
    ret->to_min = u->order.to_min;
    ret->here = u->here;
}

void system_update_check(struct system_update *u)
{
    if (u->asked)
        return;
    if (!u->events.nobody_here(u->ctx))
        u->busy_mono = clock_mono_ms();
    else if (clock_mono_ms() - u->busy_mono >= QUIET_MS && may_begin(u))
        begin(u);
}

void system_update_said(struct system_update *u, const struct manifest_role *hall, bool here, const char *json)
{
    struct system_order o;
    struct system_word w;
    struct err e = {0};

    if (!hall->n || u->asked)
        return;
    int rc = system_word_decode(json, strlen(json), &w, &e);
    if (rc == 0)
        rc = system_word_verify(hall, u->terminal, &w, &o, &e);
    if (rc < 0) {
        log_error("kiosk", "%s", e.text);
        return;
    }
    if (o.at_ms < u->order.at_ms || o.at_ms <= u->ended_at_ms)
        return; /* an older word */
    if (strcmp(o.version, u->order.version) != 0 || !u->since_ms)
        u->since_ms = clock_wall_ms();
    u->order = o;
    u->here = here;
    system_update_check(u);
}

struct system_update *system_update_create(struct loop *l, const char *run, const char *terminal,
                                           const struct system_update_events *events, void *ctx, const struct port *port)
{
    struct system_update *u = calloc(1, sizeof *u);

    must(u, "out of memory");
    *u = (struct system_update){.events = *events, .ctx = ctx, .port = port, .terminal = terminal};
    must(fs_join(u->go, sizeof u->go, run, "update-go") == 0 &&
             snprintf(u->status, sizeof u->status, "%s-update/status", run) < (int)sizeof u->status,
         "the socket's folder has a path that is too long");
    unlink(u->go); /* of a kiosk that ended in between */
    u->busy_mono = clock_mono_ms();
    u->look = loop_add_timer(l, on_look, u);
    return u;
}

void system_update_destroy(struct system_update *u)
{
    if (!u)
        return;
    loop_timer_remove(u->look);
    free(u);
}
