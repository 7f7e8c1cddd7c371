/* SPDX-License-Identifier: Apache-2.0
 *
 * See catalogue.h.
 */
#include "kiosk/catalogue.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "base/work.h"
#include "catalog/staff.h"
#include "catalog/update.h"
#include "model/level.h"

#define OPEN_TRIES 3                         /* the newest, the one before, and whatever else is left */
#define PREPARE_MAX_S (30 * 60)              /* of real time: a process that takes longer is ended, by the kernel */
#define CHECK_EVERY_MS INT64_C(86400000)     /* the whole file, by its hash */
#define DOUBT_EVERY_MS (CHECK_EVERY_MS / 24) /* or when an item makes no sense: it may have been published so */

struct catalogue {
    struct loop *loop;
    const char *data;
    const struct port *port;
    struct catalogue_events events;
    void *ctx;
    struct catalog *catalog;
    struct work *install;  /* one is being prepared */
    struct work *checking; /* the one in use is being compared with its manifest */
    int64_t check_at;      /* when next, monotonic; and when something doubtful may bring it forward */
    int64_t doubt_at;
    struct update_found found; /* what came of it, until it is used */
    bool incoming;             /* something may lie there */
    bool refused;              /* and is of no use */
    bool spoilt;               /* the one in use is damaged: to be given up between visits */
    bool damaged;              /* and the newest has not been made anew yet */
};

struct catalogue *catalogue_create(struct loop *l, const char *data, const struct catalogue_events *events, void *ctx,
                                   const struct port *port)
{
    struct catalogue *c = calloc(1, sizeof *c);

    must(c, "out of memory");
    *c = (struct catalogue){.loop = l, .data = data, .port = port, .events = *events, .ctx = ctx};
    return c;
}

void catalogue_destroy(struct catalogue *c)
{
    if (!c)
        return;
    work_cancel(c->install);
    work_cancel(c->checking);
    catalog_close(c->catalog);
    free(c);
}

static int open_current(struct catalogue *c, struct err *e)
{
    char path[PATH_MAX];
    struct catalog *opened = NULL;
    int version = 0, rc = 0;

    for (int i = 0; i < OPEN_TRIES; i++) {
        rc = update_current(c->data, path, &version, e);
        if (rc < 0)
            return rc;
        rc = catalog_open(path, &opened, e);
        if (rc == 0 || rc == -ERR_NOMEM)
            break;
        log_error("kiosk", "catalogue %d is given up: %s", version, e->text);
        c->damaged = true;
        update_spoil(c->data, version);
    }
    if (rc == 0) {
        *e = (struct err){0};
        c->catalog = opened;
        log_info("kiosk", "catalogue %d", version);
    }
    return rc;
}

int catalogue_open(struct catalogue *c, struct err *e)
{
    int rc;

    work_cancel(c->checking); /* it is about the one before */
    c->checking = NULL;
    c->check_at = 0;
    c->spoilt = false;
    catalog_close(c->catalog);
    c->catalog = NULL;
    rc = open_current(c, e);
    c->damaged |= rc < 0 && rc != -ERR_NOTFOUND;
    return err_wrap(e, rc, "open the catalogue");
}

/* --- a new one --- */

static void prepare(const void *arg, void *result)
{
    const struct catalogue *c = arg;

    alarm(PREPARE_MAX_S);
    update_prepare(c->data, result);
}

static void on_prepared(void *ctx, const void *result)
{
    struct catalogue *c = ctx;

    c->install = NULL;
    if (result)
        memcpy(&c->found, result, sizeof c->found);
    else
        update_crashed(c->data, &c->found);
    if (c->found.rc < 0)
        log_error("kiosk", "the new catalogue is refused, the present one stays: %s", c->found.why.text);
    if (c->found.needs)
        log_error("kiosk", "catalogue needs level %d, this terminal has %d; update its software", c->found.needs,
                  level_now());
    c->refused = c->found.rc < 0;
    c->events.prepared(c->ctx);
}

static void start_preparing(struct catalogue *c)
{
    must(!c->install, "two catalogues are prepared at once");
    struct err e = {0};

    c->incoming = false;
    c->install = work_start(c->loop, prepare, c, sizeof c->found, on_prepared, c, &e);
    if (!c->install)
        log_error("kiosk", "install a catalogue: %s", e.text);
}

/* Takes a moment: the file is there and checked. */
static void switch_over(struct catalogue *c)
{
    must(!c->install, "a catalogue is taken over while another is prepared");
    struct err e = {0};
    char what[RECORD_TEXT_MAX];
    int rc = update_switch(c->data, &c->found, &e);

    c->found.catalogue = 0;
    c->damaged = false;
    c->incoming = true; /* clears the one before the last out, and looks whether yet another came meanwhile */
    if (rc >= 0)
        rc = catalogue_open(c, &e);
    if (rc < 0) {
        log_error("kiosk", "%s", e.text);
        port_changed(c->port);
        return;
    }
    log_info("kiosk", "switched to it; it came %s", c->found.patched ? "as a patch" : "whole");
    snprintf(what, sizeof what, "%d", catalog_version(c->catalog));
    port_note(c->port, RECORD_CATALOGUE, "", what);
    c->events.other(c->ctx);
}

/* --- one that rots --- */

static void give_up(struct catalogue *c)
{
    must(c->catalog, "no catalogue is given up");
    char what[RECORD_TEXT_MAX];
    struct err e = {0};
    int version = catalog_version(c->catalog);

    log_error("kiosk", "catalogue %d is damaged and is given up", version);
    c->damaged = true;
    snprintf(what, sizeof what, "damaged %d", version);
    port_note(c->port, RECORD_DEVICE_FAULT, "catalogue", what);
    update_spoil(c->data, version);
    if (catalogue_open(c, &e) < 0)
        log_error("kiosk", "%s", e.text);
    c->incoming = true; /* what it was made of may still lie there */
    c->events.other(c->ctx);
}

/* A visit that needs it ends with a page, one that has all it needs goes on; then it is given up. */
static void is_damaged(struct catalogue *c)
{
    c->spoilt = true;
    port_changed(c->port);
}

static void check(const void *arg, void *result)
{
    const struct catalogue *c = arg;
    struct err e = {0};
    int rc = update_check(c->data, catalog_version(c->catalog), &e);

    if (rc < 0)
        log_error("kiosk", "%s", e.text);
    memcpy(result, &rc, sizeof rc);
}

static void on_checked(void *ctx, const void *result)
{
    struct catalogue *c = ctx;
    int rc = 0;

    c->checking = NULL;
    if (result)
        memcpy(&rc, result, sizeof rc);
    if (rc < 0 && rc != -ERR_NOMEM)
        is_damaged(c);
}

static void start_checking(struct catalogue *c)
{
    must(c->catalog && !c->checking, "no catalogue is checked, or one twice");
    struct err e = {0};

    c->check_at = clock_mono_ms() + CHECK_EVERY_MS;
    c->checking = work_start(c->loop, check, c, sizeof(int), on_checked, c, &e);
    if (!c->checking)
        log_error("kiosk", "check the catalogue: %s", e.text);
}

void catalogue_check_trouble(struct catalogue *c)
{
    enum catalog_trouble t = c->catalog ? catalog_trouble(c->catalog) : CATALOG_WELL;

    if (t == CATALOG_DAMAGED) {
        is_damaged(c);
    } else if (t == CATALOG_DOUBTED && !c->checking && clock_mono_ms() >= c->doubt_at) {
        c->doubt_at = clock_mono_ms() + DOUBT_EVERY_MS;
        start_checking(c);
    }
}

void catalogue_idle(struct catalogue *c)
{
    if (c->found.root) {
        c->found.root = false;
        c->events.root(c->ctx);
    }
    if (c->spoilt)
        give_up(c);
    else if (c->found.catalogue)
        switch_over(c);
    else if (c->incoming && !c->install)
        start_preparing(c);
    else if (c->catalog && !c->install && !c->checking && clock_mono_ms() >= c->check_at)
        start_checking(c);
}

struct catalog *catalogue_now(const struct catalogue *c)
{
    return c->catalog;
}

const struct workday_calendar *catalogue_calendar(const struct catalogue *c)
{
    return c->catalog ? catalog_calendar(c->catalog) : NULL;
}

int catalogue_version(const struct catalogue *c)
{
    return c->catalog ? catalog_version(c->catalog) : 0;
}

void catalogue_incoming(struct catalogue *c)
{
    c->incoming = true;
}

void catalogue_state(const struct catalogue *c, struct catalogue_state *ret)
{
    *ret = (struct catalogue_state){.installing = c->install != NULL,
                                    .refused = c->refused,
                                    .damaged = c->damaged,
                                    .head_older = c->found.head_older,
                                    .waiting = c->found.catalogue,
                                    .whole = c->found.whole,
                                    .tried = c->refused ? c->found.tried : 0,
                                    .why = c->refused ? c->found.rc : 0,
                                    .needs = c->found.needs};
}

void catalogue_health(const struct catalogue *c, struct health *h)
{
    h->catalogue = c->catalog && !c->spoilt;
}

void catalogue_load_places(const struct catalogue *of, const char *terminal, struct session_config *config)
{
    struct catalog *c = catalogue_now(of);
    struct catalog_place places[VIEW_PLACES_MAX];

    config->n_places = c ? catalog_places(c, terminal, places, VIEW_PLACES_MAX) : 0;
    for (int i = 0; i < config->n_places; i++) {
        struct view_place *p = &config->places[i];

        p->window = places[i].window;
        text_copy(p->name, sizeof p->name, places[i].name);
        text_copy(p->name_en, sizeof p->name_en, places[i].name_en);
        text_copy(p->note, sizeof p->note, places[i].note);
        text_copy(p->note_en, sizeof p->note_en, places[i].note_en);
    }
}
