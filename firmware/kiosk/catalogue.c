/* SPDX-License-Identifier: Apache-2.0
 *
 * The catalogue's side of kiosk: opens the installed one, lets a process of its own prepare a new one while the screen goes
 * on, switches to it between visits, makes the session that offers it. One that turns out to be damaged, by a read in a
 * visit or by the daily look at the whole file, is given up between visits: the one before it serves, or a page says that
 * there is none, until it has been made anew from what kiosk-sync downloaded, or fetches again.
 */
#include "kiosk/kiosk.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "catalog/staff.h"
#include "crypto/random.h"
#include "model/level.h"

#define OPEN_TRIES 3                         /* the newest, the one before, and whatever else is left */
#define PREPARE_MAX_S (30 * 60)              /* of real time: a process that takes longer is ended, by the kernel */
#define CHECK_EVERY_MS INT64_C(86400000)     /* the whole file, by its hash */
#define DOUBT_EVERY_MS (CHECK_EVERY_MS / 24) /* or when an item makes no sense: it may have been published so */

static int open_current(struct kiosk *k, struct err *e)
{
    char path[PATH_MAX];
    struct catalog *c = NULL;
    int version = 0, rc = 0;

    for (int i = 0; i < OPEN_TRIES; i++) {
        rc = update_current(k->opt.data, path, &version, e);
        if (rc < 0)
            return rc;
        rc = catalog_open(path, &c, e);
        if (rc == 0 || rc == -ERR_NOMEM)
            break;
        log_error("kiosk", "catalogue %d is given up: %s", version, e->text);
        k->catalogue_damaged = true;
        update_spoil(k->opt.data, version);
    }
    if (rc == 0) {
        *e = (struct err){0};
        k->catalog = c;
        log_info("kiosk", "catalogue %d", version);
    }
    return rc;
}

int kiosk_open_catalogue(struct kiosk *k, struct err *e)
{
    int rc;

    work_cancel(k->checking); /* it is about the one before */
    k->checking = NULL;
    k->check_at = 0;
    k->spoilt = false;
    catalog_close(k->catalog);
    k->catalog = NULL;
    rc = open_current(k, e);
    k->catalogue_damaged |= rc < 0 && rc != -ERR_NOTFOUND;
    return err_wrap(e, rc, "open the catalogue");
}

static void load_places(struct kiosk *k, struct session_config *config)
{
    struct catalog_place places[VIEW_PLACES_MAX];

    config->n_places = k->catalog ? catalog_places(k->catalog, k->terminal.terminal, places, VIEW_PLACES_MAX) : 0;
    for (int i = 0; i < config->n_places; i++) {
        struct view_place *p = &config->places[i];

        p->window = places[i].window;
        text_copy(p->name, sizeof p->name, places[i].name);
        text_copy(p->name_en, sizeof p->name_en, places[i].name_en);
        text_copy(p->note, sizeof p->note, places[i].note);
        text_copy(p->note_en, sizeof p->note_en, places[i].note_en);
    }
}

void kiosk_make_session(struct kiosk *k)
{
    struct session_config config = {.place = k->terminal.place, .settings = k->opt.settings};

    config.n_queues = k->catalog ? catalog_queues(k->catalog, config.queues, VIEW_QUEUES_MAX) : 0;
    kiosk_hours_load(k, &config);
    load_places(k, &config);
    random_bytes(&config.seed, sizeof config.seed);
    session_destroy(k->session);
    k->session = session_create(&config);
}

static void load_hall_keys(struct kiosk *k)
{
    struct manifest_root root;
    struct err e = {0};
    int rc = update_root(k->opt.data, &root, &e);

    k->hall_keys = rc < 0 ? (struct manifest_role){0} : root.acknowledgement;
    if (rc < 0)
        log_error("kiosk", "nothing the hall says is believed: %s", e.text);
    else if (!root.acknowledgement.n)
        log_warn("kiosk", "root %lld names no key for what the hall says: nothing of it is believed",
                 (long long)root.version);
}

void kiosk_load_root_keys(struct kiosk *k)
{
    struct err e = {0};

    k->can_seal = update_sealing_key(k->opt.data, kiosk_moment(k), &k->sealing, &e) >= 0;
    if (!k->can_seal)
        log_error("kiosk", "no applications: %s", e.text);
    if (k->journal)
        journal_set_seal_key(k->journal, k->can_seal ? &k->sealing : NULL);
    if (k->health.no_applications == k->can_seal) {
        k->health.no_applications = !k->can_seal;
        kiosk_health_changed(k);
    }
    kiosk_ends_load(k);
    load_hall_keys(k);
}

/* --- a new one --- */

static void prepare(const void *arg, void *result)
{
    const struct kiosk *k = arg;

    alarm(PREPARE_MAX_S);
    update_prepare(k->opt.data, result);
}

static void on_prepared(void *ctx, const void *result)
{
    struct kiosk *k = ctx;

    k->install = NULL;
    if (result)
        memcpy(&k->found, result, sizeof k->found);
    else
        update_crashed(k->opt.data, &k->found);
    if (k->found.rc < 0)
        log_error("kiosk", "the new catalogue is refused, the present one stays: %s", k->found.why.text);
    if (k->found.needs)
        log_error("kiosk", "catalogue needs level %d, this terminal has %d; update its software", k->found.needs,
                  level_now());
    k->catalogue_refused = k->found.rc < 0;
    kiosk_load_head(k);
    kiosk_tell_catalogue(k);
}

static void start_preparing(struct kiosk *k)
{
    struct err e = {0};

    k->incoming = false;
    k->install = work_start(k->loop, prepare, k, sizeof k->found, on_prepared, k, &e);
    if (!k->install)
        log_error("kiosk", "install a catalogue: %s", e.text);
}

static void offer(struct kiosk *k)
{
    kiosk_make_session(k);
    kiosk_feed(k, &(struct input){.kind = INPUT_START, .health = k->health, .outage = kiosk_outage(k)});
    kiosk_leases_renew(k);
    kiosk_queues_tell(k);
    kiosk_tell_catalogue(k);
}

/* Takes a moment: the file is there and checked. */
static void switch_over(struct kiosk *k)
{
    struct err e = {0};
    char what[RECORD_TEXT_MAX];
    int rc = update_switch(k->opt.data, &k->found, &e);

    k->found.catalogue = 0;
    k->catalogue_damaged = false;
    k->incoming = true; /* clears the one before the last out, and looks whether yet another came meanwhile */
    if (rc >= 0)
        rc = kiosk_open_catalogue(k, &e);
    k->health.catalogue = k->catalog != NULL;
    if (rc < 0) {
        log_error("kiosk", "%s", e.text);
        kiosk_health_changed(k);
        return;
    }
    log_info("kiosk", "switched to it; it came %s", k->found.patched ? "as a patch" : "whole");
    snprintf(what, sizeof what, "%d", catalog_version(k->catalog));
    kiosk_note(k, RECORD_CATALOGUE, "", what);
    offer(k);
}

/* --- one that rots --- */

static void give_up(struct kiosk *k)
{
    char what[RECORD_TEXT_MAX];
    struct err e = {0};
    int version = catalog_version(k->catalog);

    log_error("kiosk", "catalogue %d is damaged and is given up", version);
    k->catalogue_damaged = true;
    snprintf(what, sizeof what, "damaged %d", version);
    kiosk_note(k, RECORD_DEVICE_FAULT, "catalogue", what);
    update_spoil(k->opt.data, version);
    if (kiosk_open_catalogue(k, &e) < 0)
        log_error("kiosk", "%s", e.text);
    k->health.catalogue = k->catalog != NULL;
    k->incoming = true; /* what it was made of may still lie there */
    offer(k);
}

/* A visit that needs it ends with a page, one that has all it needs goes on; then it is given up. */
static void is_damaged(struct kiosk *k)
{
    k->spoilt = true;
    k->health.catalogue = false;
    kiosk_health_changed(k);
}

static void check(const void *arg, void *result)
{
    const struct kiosk *k = arg;
    struct err e = {0};
    int rc = update_check(k->opt.data, catalog_version(k->catalog), &e);

    if (rc < 0)
        log_error("kiosk", "%s", e.text);
    memcpy(result, &rc, sizeof rc);
}

static void on_checked(void *ctx, const void *result)
{
    struct kiosk *k = ctx;
    int rc = 0;

    k->checking = NULL;
    if (result)
        memcpy(&rc, result, sizeof rc);
    if (rc < 0 && rc != -ERR_NOMEM)
        is_damaged(k);
}

static void start_checking(struct kiosk *k)
{
    struct err e = {0};

    k->check_at = clock_mono_ms() + CHECK_EVERY_MS;
    k->checking = work_start(k->loop, check, k, sizeof(int), on_checked, k, &e);
    if (!k->checking)
        log_error("kiosk", "check the catalogue: %s", e.text);
}

void kiosk_check_trouble(struct kiosk *k)
{
    enum catalog_trouble t = k->catalog ? catalog_trouble(k->catalog) : CATALOG_WELL;

    if (t == CATALOG_DAMAGED) {
        is_damaged(k);
    } else if (t == CATALOG_DOUBTED && !k->checking && clock_mono_ms() >= k->doubt_at) {
        k->doubt_at = clock_mono_ms() + DOUBT_EVERY_MS;
        start_checking(k);
    }
}

void kiosk_idle_catalogue(struct kiosk *k)
{
    if (k->found.root) {
        k->found.root = false;
        kiosk_load_root_keys(k);
        kiosk_leases_renew(k);
    }
    if (k->spoilt)
        give_up(k);
    else if (k->found.catalogue)
        switch_over(k);
    else if (k->incoming && !k->install)
        start_preparing(k);
    else if (k->catalog && !k->install && !k->checking && clock_mono_ms() >= k->check_at)
        start_checking(k);
}

void kiosk_load_head(struct kiosk *k)
{
    struct update_head head = {0};

    if (update_head(k->opt.data, &head, NULL) >= 0)
        k->head_expires_ms = head.expires_ms, k->head_at_ms = head.at_ms;
    if (k->clock_said && !k->health.clock_sure)
        kiosk_clock_trusted(k, true); /* it may have waited for this head */
    kiosk_check_head(k);
}

void kiosk_check_head(struct kiosk *k)
{
    bool old = k->head_expires_ms && clock_wall_ms() > k->head_expires_ms;

    if (old == k->health.news_old)
        return;
    k->health.news_old = old;
    if (old) {
        kiosk_clock_trusted(k, k->clock_said);
        log_warn("kiosk", "the hall's head is past its validity: news may be kept from this terminal");
    }
    kiosk_health_changed(k);
    kiosk_tell_catalogue(k);
}
