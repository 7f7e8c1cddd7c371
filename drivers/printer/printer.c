/* SPDX-License-Identifier: Apache-2.0
 *
 * Which printer has which role, and what is told about it. A role keeps its port while the program runs, so that unplugging
 * one printer never sends its papers to the other.
 */
#include "drivers/printer/printer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/must.h"
#include "drivers/printer/known.h"
#include "drivers/printer/link.h"
#include "drivers/printer/profile.h"
#include "drivers/printer/unit.h"
#include "model/width_ruler.h"

#define UNITS_MAX 8
#define SETTLE_MS 100 /* after an arrival: printers that are plugged in at start are bound together */
#define BUSY_MS 1000  /* another program, or the kernel's driver a moment longer, has it */

struct attached {
    struct usb_device *device; /* NULL: the place is free */
    struct unit *unit;         /* NULL: not opened yet; somebody else has it */
    const char *why;           /* this profile */
};

struct role {
    struct unit *unit;
    char port[USB_PORT_MAX]; /* where it was last */
    const char *why;         /* it has the role */
    enum printer_health reported;
    const char *reported_fault;
    struct printer_senses senses;
    bool watched;
    char absent_job[5]; /* asked for without a printer: its outcome is due */
    bool absent_pending;
    bool hanging; /* of a job that ended unknown, something may hang there: also when it was unplugged meanwhile */
};

struct printers {
    struct loop *loop;
    struct usb *usb;
    struct profiles *profiles;
    struct known *known;
    struct bind_config config;
    const struct printers_events *events;
    void *ctx;
    struct attached units[UNITS_MAX];
    struct role roles[PRINTER_ROLES];
    struct loop_timer *settle, *absent, *busy;
};

static struct usb_events usb_events;
static const struct unit_events unit_events;

static int role_of(const struct printers *p, const struct unit *u)
{
    for (int r = 0; r < PRINTER_ROLES; r++)
        if (p->roles[r].unit == u)
            return r;
    return -1;
}

enum printer_health printers_state(const struct printers *p, int role)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    return p->roles[role].unit ? unit_state(p->roles[role].unit) : PRINTER_ABSENT;
}

static void report(struct printers *p, int role)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    enum printer_health s = printers_state(p, role);
    struct printer_facts f;

    printers_facts(p, role, &f);
    bool felt = !printer_senses_same(&f.senses, &p->roles[role].senses);
    p->roles[role].senses = f.senses;
    if (s == p->roles[role].reported && !strcmp(f.fault, p->roles[role].reported_fault)) {
        if (felt && p->events->senses)
            p->events->senses(p->ctx, role);
        return;
    }
    p->roles[role].reported = s;
    p->roles[role].reported_fault = f.fault;
    p->events->state(p->ctx, role, s);
}

/* --- binding --- */

/* Everybody without a role, as candidates in the order of ports. */
static int candidates(const struct printers *p, struct bind_candidate *out, struct unit **units)
{
    const char *language;
    int n = 0;

    for (int i = 0; i < UNITS_MAX; i++) {
        struct unit *u = p->units[i].unit;

        if (!u || !unit_identified(u) || unit_speaks(u, &language) != DEVICE_ID_RECEIPT)
            continue;
        out[n] = (struct bind_candidate){.info = usb_info(unit_device(u)),
                                         .can = 1U << DEVICE_RECEIPT | 1U << DEVICE_TICKET,
                                         .hint = unit_profile(u)->role_hint,
                                         .role = role_of(p, u)};
        units[n++] = u;
    }
    return n;
}

static void bind(struct printers *p)
{
    struct bind_candidate list[UNITS_MAX];
    struct unit *units[UNITS_MAX];
    const char *ports[DEVICE_ROLES] = {[DEVICE_READER] = ""};
    int n = candidates(p, list, units);

    for (int r = 0; r < PRINTER_ROLES; r++)
        ports[r] = p->roles[r].port;
    bind_choose(&p->config, ports, list, n);
    for (int i = 0; i < n; i++) {
        int r = list[i].role;

        if (r < 0 || p->roles[r].unit == units[i])
            continue;
        p->roles[r].unit = units[i];
        snprintf(p->roles[r].port, sizeof p->roles[r].port, "%s", list[i].info->port);
        p->roles[r].why = list[i].why;
        unit_bound(units[i], r, p->config.roles[r].roll_m * 1000);
        unit_watch(units[i], p->roles[r].watched);
        log_info("printer", "%s at %s is the %s printer (%s)", unit_profile(units[i])->name, p->roles[r].port,
                 device_word(r), list[i].why);
    }
    for (int r = 0; r < PRINTER_ROLES; r++)
        report(p, r);
}

/* Who is asked what it understands is waited for, so that the order of ports holds. */
static void settled(void *ctx)
{
    struct printers *p = ctx;

    for (int i = 0; i < UNITS_MAX; i++)
        if (p->units[i].unit && !unit_identified(p->units[i].unit))
            return;
    bind(p);
}

/* --- who is there --- */

static const struct profile *profile_for(const struct printers *p, const struct usb_info *info, const char **ret_why)
{
    const char *named = bind_profile(&p->config, info);
    const struct profile *f = named ? profiles_by_name(p->profiles, named) : NULL;

    *ret_why = BIND_FILE;
    return f ? f : profiles_match(p->profiles, info, ret_why);
}

static void open_unit(struct printers *p, struct attached *a)
{
    must(a->device && !a->unit, "a printer is opened twice");
    const struct usb_info *info = usb_info(a->device);
    const struct profile *profile = profile_for(p, info, &a->why);
    struct err e = {0};
    int rc = unit_create(p->loop, a->device, profile, bind_profile(&p->config, info) != NULL, p->known, &unit_events, p,
                         &a->unit, &e);

    if (rc == 0) {
        loop_timer_start(p->settle, SETTLE_MS);
        return;
    }
    log_error("printer", "at %s: %s", info->port, e.text);
    if (rc == -ERR_BUSY)
        loop_timer_start(p->busy, BUSY_MS);
}

static void try_busy(void *ctx)
{
    struct printers *p = ctx;

    for (int i = 0; i < UNITS_MAX; i++)
        if (p->units[i].device && !p->units[i].unit)
            open_unit(p, &p->units[i]);
}

static void arrived(void *ctx, struct usb_device *d)
{
    struct printers *p = ctx;
    const char *why;
    int i = 0;

    if (!link_suits(usb_info(d), profile_for(p, usb_info(d), &why)))
        return;
    while (i < UNITS_MAX && p->units[i].device)
        i++;
    if (i == UNITS_MAX) {
        log_warn("printer", "the printer at %s is one too many and is not used", usb_info(d)->port);
        return;
    }
    p->units[i] = (struct attached){.device = d};
    open_unit(p, &p->units[i]);
}

static void left(void *ctx, struct usb_device *d)
{
    struct printers *p = ctx;

    for (int i = 0; i < UNITS_MAX; i++) {
        struct unit *u = p->units[i].unit;
        int r;

        if (p->units[i].device != d)
            continue;
        r = u ? role_of(p, u) : -1;
        if (u && !unit_identified(u))
            loop_timer_start(p->settle, SETTLE_MS); /* the others have waited for it */
        p->units[i] = (struct attached){0};
        if (r >= 0)
            p->roles[r].unit = NULL;
        unit_destroy(u);
        if (r >= 0)
            report(p, r);
    }
}

static struct usb_events usb_events = {.arrived = arrived, .left = left};

static void unit_identified_now(void *ctx, struct unit *u)
{
    struct printers *p = ctx;
    const char *language;

    if (unit_speaks(u, &language) != DEVICE_ID_RECEIPT)
        log_warn("printer", "at %s: no receipt printer, it understands %s", usb_info(unit_device(u))->port, language);
    loop_timer_start(p->settle, SETTLE_MS);
}

static void unit_changed(void *ctx, struct unit *u)
{
    int r = role_of(ctx, u);

    if (r >= 0)
        report(ctx, r);
}

static void unit_progress(void *ctx, struct unit *u, int percent, bool held)
{
    struct printers *p = ctx;
    int r = role_of(p, u);

    if (r >= 0)
        p->events->progress(p->ctx, r, percent, held);
}

static void unit_outcome(void *ctx, struct unit *u, const char *job, enum printer_outcome outcome, enum printer_health why)
{
    struct printers *p = ctx;
    int r = role_of(p, u);

    if (r < 0)
        return;
    if (outcome != PRINTER_NOT_PRINTED)
        p->roles[r].hanging = outcome == PRINTER_OUTCOME_UNKNOWN;
    p->events->outcome(p->ctx, r, job, outcome, why);
}

static void unit_ticket(void *ctx, struct unit *u, const char *job, enum printer_ticket ticket)
{
    struct printers *p = ctx;
    int r = role_of(p, u);

    if (r >= 0 && p->events->ticket)
        p->events->ticket(p->ctx, r, job, ticket);
}

static const struct unit_events unit_events = {.identified = unit_identified_now,
                                               .ticket = unit_ticket,
                                               .state = unit_changed,
                                               .progress = unit_progress,
                                               .outcome = unit_outcome};

/* --- jobs --- */

static void absent_outcome(void *ctx)
{
    struct printers *p = ctx;

    for (int r = 0; r < PRINTER_ROLES; r++) {
        if (!p->roles[r].absent_pending)
            continue;
        p->roles[r].absent_pending = false;
        p->events->outcome(p->ctx, r, p->roles[r].absent_job, PRINTER_NOT_PRINTED, PRINTER_ABSENT);
    }
}

int printers_print(struct printers *p, int role, const struct paper *paper, const char job[5], struct err *e)
{
    must(paper && strlen(job) == 4, "a job without a paper or a marker");
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    struct role *r = &p->roles[role];

    if (r->absent_pending)
        return err_set(e, ERR_BUSY, "the %s printer is at another job", device_word(role));
    if (r->unit && unit_state(r->unit) != PRINTER_ABSENT)
        return err_wrap(e, unit_print(r->unit, paper, job, r->hanging, e), "print on the %s printer", device_word(role));
    memcpy(r->absent_job, job, 4);
    r->absent_pending = true;
    loop_timer_start(p->absent, 0);
    return 0;
}

void printers_cut_first(struct printers *p, int role)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    p->roles[role].hanging = true;
}

void printers_stop(struct printers *p, int role)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    if (p->roles[role].unit)
        unit_stop(p->roles[role].unit);
}

static int present(const struct printers *p, int role, struct err *e)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    return p->roles[role].unit ? 0 : err_set(e, ERR_NOTFOUND, "there is no %s printer", device_word(role));
}

int printers_print_ruler(struct printers *p, int role, struct err *e)
{
    int rc = present(p, role, e);

    return rc < 0 ? rc : unit_print_ruler(p->roles[role].unit, e);
}

int printers_tell_width(struct printers *p, int role, int mark, struct err *e)
{
    int rc = present(p, role, e), dots = width_ruler_dots(mark);

    if (rc == 0 && !dots)
        rc = err_set(e, ERR_INVALID, "the ruler has no mark %d", mark);
    return rc < 0 ? rc : unit_tell_width(p->roles[role].unit, dots, e);
}

void printers_watch(struct printers *p, int role, bool on)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    p->roles[role].watched = on;
    if (p->roles[role].unit)
        unit_watch(p->roles[role].unit, on);
}

int printers_new_roll(struct printers *p, int role, struct err *e)
{
    int rc = present(p, role, e);

    return rc < 0 ? rc : unit_new_roll(p->roles[role].unit, e);
}

const char *printers_profile(const struct printers *p, int role)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    static char texts[PRINTER_ROLES][80];
    char *text = texts[role];

    if (!p->roles[role].unit)
        return "";
    for (int i = 0; i < UNITS_MAX; i++)
        if (p->units[i].unit == p->roles[role].unit)
            snprintf(text, sizeof texts[role], "%s (%s)", unit_profile(p->units[i].unit)->name, p->units[i].why);
    return text;
}

bool printers_about(const struct printers *p, const struct usb_device *d, struct printer_about *ret)
{
    for (int i = 0; i < UNITS_MAX; i++) {
        const struct unit *u = p->units[i].unit;
        int r = u ? role_of(p, u) : -1;

        if (p->units[i].device != d)
            continue;
        *ret = (struct printer_about){
            .role = r, .why_role = "", .profile = "", .why_profile = "", .state = u ? unit_state(u) : PRINTER_ABSENT};
        if (u) {
            ret->profile = unit_profile(u)->name;
            ret->why_profile = p->units[i].why;
        }
        if (r >= 0)
            ret->why_role = p->roles[r].why;
        ret->language = "";
        if (u)
            ret->prints_pages = unit_speaks(u, &ret->language) == DEVICE_ID_PAGE;
        return true;
    }
    return false;
}

const char *printers_stranger(const struct printers *p)
{
    const char *language;

    for (int i = 0; i < UNITS_MAX; i++)
        if (p->units[i].unit && unit_speaks(p->units[i].unit, &language) != DEVICE_ID_RECEIPT)
            return language;
    return "";
}

void printers_facts(const struct printers *p, int role, struct printer_facts *ret)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    *ret = (struct printer_facts){
        .fault = "", .confirm = "", .left_mm = -1, .firmware = "", .maker = "", .model = "", .serial = ""};
    if (p->roles[role].unit)
        unit_facts(p->roles[role].unit, ret);
}

/* --- life --- */

struct printers *printers_create(struct loop *l, struct usb *usb, const char *profiles, const struct bind_config *config,
                                 const char *memory, const struct printers_events *events, void *ctx, struct err *e)
{
    struct printers *p = calloc(1, sizeof *p);

    must(p, "out of memory");
    p->loop = l;
    p->usb = usb;
    p->events = events;
    p->ctx = ctx;
    for (int r = 0; r < PRINTER_ROLES; r++) {
        p->roles[r].reported = PRINTER_ABSENT;
        p->roles[r].reported_fault = "";
    }
    bind_read(NULL, &p->config, NULL);
    if (config)
        p->config = *config;
    if (profiles_load(profiles, &p->profiles, e) < 0) {
        profiles_free(p->profiles);
        free(p);
        return NULL;
    }
    p->known = known_open(memory);
    p->settle = loop_add_timer(l, settled, p);
    p->absent = loop_add_timer(l, absent_outcome, p);
    p->busy = loop_add_timer(l, try_busy, p);
    usb_listen(usb, &usb_events, p);
    return p;
}

void printers_destroy(struct printers *p)
{
    if (!p)
        return;
    usb_unlisten(p->usb, p);
    for (int i = 0; i < UNITS_MAX; i++)
        unit_destroy(p->units[i].unit);
    loop_timer_remove(p->settle);
    loop_timer_remove(p->absent);
    loop_timer_remove(p->busy);
    known_close(p->known);
    profiles_free(p->profiles);
    free(p);
}
