/* SPDX-License-Identifier: Apache-2.0
 *
 * Making a fleet, and its phases.
 */
#include "tools/fleet/fleet.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "tools/fleet/member.h"

#define STEP_MS 100      /* of the opening */
#define HEARD_US 2000000 /* a hall that runs hears of new terminals within so long */
#define COMING_MAX 64    /* at a time: a hall has a thousand at most in its door, and on a slow machine each takes long */
#define DESCRIPTORS 64   /* besides a connection of each terminal */

enum phase { OPENING, PLAY, CLOSING, END };

struct storm {
    struct fleet *fleet;
    struct event *event;
    int64_t percent;
};
struct fleet {
    const struct fleet_config *config;
    struct stage stage;
    struct figures figures, before; /* before: at the last line */
    struct roll_entry *roll;
    struct member **members;
    uint32_t n, good, on;
    uint32_t *lots; /* all numbers, shuffled: who has which fate */
    struct dice dice;
    enum phase phase;
    uint32_t ready;             /* of the good ones, at the last second */
    int64_t came_us;            /* when it last changed, or something was acknowledged */
    bool were_ready;            /* all that can, at the last second */
    int64_t began_us, phase_us; /* clock_measure_us(): of all, of this phase */
    struct event *step, *second, *intr, *term;
    struct storm storms[PLAN_STORMS_MAX];
};

/* --- telling --- */

static struct figures_now now_of(const struct fleet *f)
{
    static const char *const words[] = {"opening", "play", "closing", "end"};
    struct links_count c = links_count(f->stage.links);
    struct figures_now now = {.phase = words[f->phase],
                              .s = (clock_measure_us() - f->began_us) / 1000000,
                              .day_ms = -1,
                              .terminals = f->n,
                              .handshakes = c.made,
                              .resumed = c.resumed,
                              .connections = c.open,
                              .late_ms = f->stage.late_us / 1000};

    for (uint32_t i = 0; i < f->n; i++)
        now.waiting += member_waiting(f->members[i]);
    if (f->phase == PLAY) {
        now.day_ms = (int64_t)((double)(clock_measure_us() - f->stage.day_began_us) / 1000 * f->stage.speed);
        now.day_ms = now.day_ms < PLAN_DAY_MS ? now.day_ms : PLAN_DAY_MS - 1;
    }
    return now;
}

static void tell(struct fleet *f)
{
    struct figures_now now = now_of(f);
    struct buf line;

    buf_init(&line, 4096);
    if (f->config->json)
        figures_json(&f->figures, &now, &line);
    else
        figures_line(&f->figures, &f->before, &now, &line);
    if (f->phase == END && !f->config->json)
        figures_sum(&f->figures, &now, &line);
    fputs(buf_str(&line), stdout);
    fflush(stdout);
    buf_finish(&line);
    f->before = f->figures;
}

static void on_known(void *ctx, size_t done)
{
    const struct fleet *f = ctx;

    if (!f->config->json && (done % 1000 == 0 || done == f->n))
        fprintf(stderr, "fleet: the hall knows %zu of %u terminals\n", done, f->n);
}

/* --- phases --- */

static void enter(struct fleet *f, enum phase phase)
{
    f->phase = phase;
    f->phase_us = clock_measure_us();
}

static void each(struct fleet *f, void (*fn)(struct member *m))
{
    for (uint32_t i = 0; i < f->n; i++)
        fn(f->members[i]);
}

static void on_storm(evutil_socket_t fd, short what, void *ctx)
{
    struct storm *s = ctx;
    struct fleet *f = s->fleet;

    f->figures.storms++;
    for (uint32_t i = 0; i < f->n; i++)
        if (dice_below(&f->dice, 100) < (uint32_t)s->percent)
            member_storm(f->members[i]);
}

static void begin_day(struct fleet *f)
{
    const struct plan *p = &f->config->plan;

    enter(f, PLAY);
    f->stage.day_began_us = clock_measure_us();
    for (int i = 0; i < p->n_storms; i++) {
        int64_t us = (int64_t)((double)p->storms[i].at_ms * 1000 / f->stage.speed);
        const struct timeval tv = {us / 1000000, us % 1000000};

        event_add(f->storms[i].event, &tv);
    }
    each(f, member_begin);
}

static void end_day(struct fleet *f)
{
    if (f->phase == OPENING)
        f->stage.day_began_us = clock_measure_us(); /* what lies there is delivered all the same */
    enter(f, CLOSING);
    for (int i = 0; i < f->config->plan.n_storms; i++)
        event_del(f->storms[i].event);
    each(f, member_end);
}

static uint32_t count(const struct fleet *f, bool (*is)(const struct member *m))
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < f->n; i++)
        n += member_good(f->members[i]) && is(f->members[i]);
    return n;
}

/* Its time has come, and all of it happened: on a machine that cannot keep up the day lasts longer, and is no other one. */
static bool day_over(const struct fleet *f, int64_t in_phase_ms)
{
    if (in_phase_ms < f->config->seconds * INT64_C(1000) || f->figures.storms < (uint64_t)f->config->plan.n_storms)
        return false;
    return count(f, member_day_over) == f->good;
}

static void on_second(evutil_socket_t fd, short what, void *ctx)
{
    struct fleet *f = ctx;
    int64_t in_phase_ms = (clock_measure_us() - f->phase_us) / 1000;
    uint32_t n = count(f, member_ready);
    bool ready = f->on == f->n && n == f->good;

    if (n != f->ready || f->figures.acknowledged != f->before.acknowledged)
        f->came_us = clock_measure_us();
    f->ready = n;
    bool stuck = clock_measure_us() - f->came_us > FLEET_PATIENCE_S * INT64_C(1000000);

    if (f->phase == OPENING && (f->were_ready || stuck))
        begin_day(f);
    else if (f->phase == PLAY && day_over(f, in_phase_ms))
        end_day(f);
    else if (f->phase == CLOSING && (count(f, member_done) == f->good || stuck))
        enter(f, END);
    f->were_ready = ready; /* and a second of rest, in which whoever watches can look */
    tell(f);
    if (f->phase == END)
        event_base_loopbreak(f->stage.base);
}

static void on_step(evutil_socket_t fd, short what, void *ctx)
{
    struct fleet *f = ctx;

    if (clock_measure_us() - f->began_us < HEARD_US)
        return;
    uint32_t coming = 0, most = FLEET_OPENING_PER_S * STEP_MS / 1000;

    for (uint32_t i = 0; i < f->on; i++)
        coming += member_good(f->members[i]) && !member_ready(f->members[i]);
    for (uint32_t i = 0; i < most && coming + i < COMING_MAX && f->on < f->n; i++)
        member_connect(f->members[f->on++]);
    if (f->on == f->n)
        event_del(f->step);
}

static void on_signal(evutil_socket_t fd, short what, void *ctx)
{
    struct fleet *f = ctx;

    if (f->phase == CLOSING) {
        enter(f, END);
        tell(f);
        event_base_loopbreak(f->stage.base);
    } else if (f->phase != END) {
        end_day(f);
    }
}

/* --- making it --- */

static const char *const kind_words[ROLL_KINDS] = {"good", "expired", "revoked", "foreign"};

/* The first lots are those with bad certificates; the next ones lose the network for a while. */
static void draw_kinds(struct fleet *f)
{
    const struct plan *p = &f->config->plan;
    const struct {
        enum roll_kind kind;
        uint32_t n;
    } shares[] = {{ROLL_EXPIRED, plan_share(p->expired, f->n)},
                  {ROLL_REVOKED, plan_share(p->revoked, f->n)},
                  {ROLL_FOREIGN, plan_share(p->foreign, f->n)}};
    uint32_t at = 0;

    for (uint32_t i = 0; i < f->n; i++)
        f->lots[i] = i;
    dice_shuffle(&f->dice, f->lots, f->n);
    for (size_t s = 0; s < sizeof shares / sizeof *shares; s++)
        for (uint32_t i = 0; i < shares[s].n && at < f->n; i++)
            f->roll[f->lots[at++]].kind = shares[s].kind;
    f->good = f->n - at;
    for (uint32_t i = 0; i < f->n; i++) {
        struct roll_entry *r = &f->roll[i];

        r->office = FLEET_OFFICE_FIRST + (int)(i / FLEET_PER_OFFICE);
        snprintf(r->id, sizeof r->id, "fleet-%04d-%03u%s%s", r->office, i % FLEET_PER_OFFICE + 1,
                 r->kind == ROLL_GOOD ? "" : "-", r->kind == ROLL_GOOD ? "" : kind_words[r->kind]);
    }
}

static bool goes_offline(const struct fleet *f, uint32_t i)
{
    uint32_t n = plan_share(f->config->plan.offline, f->n), bad = f->n - f->good;

    for (uint32_t k = bad; k < bad + n && k < f->n; k++)
        if (f->lots[k] == i)
            return true;
    return false;
}

static int make_members(struct fleet *f, struct err *e)
{
    int rc = 0;

    for (uint32_t i = 0; rc == 0 && i < f->n; i++)
        rc = member_create(&f->stage, &f->roll[i], i + 1, dice_of(f->config->seed, i + 1), goes_offline(f, i),
                           &f->members[i], e);
    return rc;
}

static int make_events(struct fleet *f, struct err *e)
{
    static const struct timeval second = {1, 0}, step = {0, STEP_MS * 1000};
    struct event_base *base = f->stage.base;
    bool all = true;

    f->second = event_new(base, -1, EV_PERSIST, on_second, f);
    f->step = event_new(base, -1, EV_PERSIST, on_step, f);
    f->intr = evsignal_new(base, SIGINT, on_signal, f);
    f->term = evsignal_new(base, SIGTERM, on_signal, f);
    for (int i = 0; i < f->config->plan.n_storms; i++) {
        f->storms[i] = (struct storm){f, evtimer_new(base, on_storm, &f->storms[i]), f->config->plan.storms[i].percent};
        all = all && f->storms[i].event;
    }
    if (!all || !f->second || !f->step || !f->intr || !f->term)
        return err_set(e, ERR_NOMEM, "a fleet");
    event_add(f->second, &second);
    event_add(f->step, &step);
    event_add(f->intr, NULL);
    event_add(f->term, NULL);
    return 0;
}

static int make_links(struct fleet *f, struct err *e)
{
    char ca[512];
    const struct links_config config = {.ca = ca, .hall = f->config->hall};

    if (fs_join(ca, sizeof ca, f->config->data, "tls/ca.crt"))
        return err_set(e, ERR_TOOLONG, "%s", f->config->data);
    if (links_most() < f->n + DESCRIPTORS)
        return err_set(e, ERR_RANGE, "%u terminals need %u open files, and %zu are allowed here (ulimit -Hn)", f->n,
                       f->n + DESCRIPTORS, links_most());
    return links_create(f->stage.base, &config, &f->stage.links, e);
}

static int make(struct fleet *f, struct err *e)
{
    f->roll = calloc(f->n, sizeof *f->roll);
    f->members = calloc(f->n, sizeof *f->members);
    f->lots = calloc(f->n, sizeof *f->lots);
    f->stage.base = event_base_new();
    if (!f->roll || !f->members || !f->lots || !f->stage.base)
        return err_set(e, ERR_NOMEM, "a fleet");
    draw_kinds(f);
    int rc = make_links(f, e);
    if (rc == 0)
        rc = trust_create(f->config->data, &f->stage.trust, e);
    if (rc == 0)
        rc = roll_call(f->config->data, f->roll, f->n, on_known, f, e);
    if (rc == 0)
        rc = make_members(f, e);
    return rc == 0 ? make_events(f, e) : rc;
}

static void destroy(struct fleet *f)
{
    struct event *const events[] = {f->second, f->step, f->intr, f->term};

    for (uint32_t i = 0; f->members && i < f->n; i++)
        member_destroy(f->members[i]);
    for (uint32_t i = 0; f->roll && i < f->n; i++) {
        credential_destroy(f->roll[i].credential);
        key_free(f->roll[i].signing);
    }
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (events[i])
            event_free(events[i]);
    for (int i = 0; i < PLAN_STORMS_MAX; i++)
        if (f->storms[i].event)
            event_free(f->storms[i].event);
    links_destroy(f->stage.links);
    trust_destroy(f->stage.trust);
    if (f->stage.base)
        event_base_free(f->stage.base);
    free(f->roll);
    free(f->members);
    free(f->lots);
}

int fleet_run(const struct fleet_config *config, struct err *e)
{
    struct fleet f = {.config = config, .n = config->terminals, .dice = dice_of(config->seed, 0)};
    int rc;

    f.stage = (struct stage){.plan = &config->plan,
                             .figures = &f.figures,
                             .acknowledged = config->acknowledged,
                             .speed = (double)PLAN_DAY_MS / (config->seconds * 1000.0)};
    rc = make(&f, e);
    if (rc == 0) {
        f.began_us = f.came_us = clock_measure_us();
        enter(&f, OPENING);
        event_base_dispatch(f.stage.base);
        rc = count(&f, member_done) == f.good ? 0 : 1;
    }
    destroy(&f);
    return rc;
}
