/* SPDX-License-Identifier: Apache-2.0
 *
 * The catalogue's side of kiosk: opens the installed one, lets a process of its own prepare a new one while the screen goes
 * on, switches to it between visits, makes the session that offers it.
 */
#include "firmware/kiosk.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "catalog/staff.h"
#include "catalog/verify.h"
#include "crypto/random.h"

int kiosk_open_catalogue(struct kiosk *k, struct err *e)
{
    char path[KIOSK_PATH_MAX];
    int version, rc = update_current(k->opt.data, path, &version, e);
    struct catalog *c = NULL;

    if (rc >= 0)
        rc = catalog_open(path, &c, e);
    if (rc < 0)
        return err_wrap(e, rc, "open the catalogue");
    catalog_close(k->catalog);
    k->catalog = c;
    log_info("kiosk", "catalogue %d", version);
    return 0;
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
    load_places(k, &config);
    random_bytes(&config.seed, sizeof config.seed);
    session_destroy(k->session);
    k->session = session_create(&config);
}

static void load_hall_keys(struct kiosk *k)
{
    struct manifest_root root;
    struct err e = {0};
    int rc = verify_root(k->opt.data, &root, NULL, &e);

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

/* Takes a moment: the file is there and checked. */
static void switch_over(struct kiosk *k)
{
    struct err e = {0};
    char what[RECORD_TEXT_MAX];
    int rc = update_switch(k->opt.data, &k->found, &e);

    k->found.catalogue = 0;
    k->incoming = true; /* clears the one before the last out, and looks whether yet another came meanwhile */
    if (rc >= 0)
        rc = kiosk_open_catalogue(k, &e);
    if (rc < 0) {
        log_error("kiosk", "%s", e.text);
        return;
    }
    log_info("kiosk", "switched to it; it came %s", k->found.patched ? "as a patch" : "whole");
    snprintf(what, sizeof what, "%d", catalog_version(k->catalog));
    kiosk_note(k, RECORD_CATALOGUE, "", what);
    k->health.catalogue = true;
    kiosk_make_session(k);
    kiosk_feed(k, &(struct input){.kind = INPUT_START, .health = k->health, .outage = kiosk_outage(k)});
    kiosk_leases_renew(k);
    kiosk_queues_tell(k);
    kiosk_tell_catalogue(k);
}

void kiosk_idle_catalogue(struct kiosk *k)
{
    if (k->found.root) {
        k->found.root = false;
        kiosk_load_root_keys(k);
        kiosk_leases_renew(k);
    }
    if (k->found.catalogue)
        switch_over(k);
    else if (k->incoming && !k->install)
        start_preparing(k);
}

void kiosk_load_head(struct kiosk *k)
{
    struct update_head head = {0};

    if (update_head(k->opt.data, &head, NULL) >= 0)
        k->head_expires_ms = head.expires_ms, k->head_at_ms = head.at_ms;
    kiosk_check_head(k);
}

void kiosk_check_head(struct kiosk *k)
{
    bool old = k->head_expires_ms && clock_wall_ms() > k->head_expires_ms;

    if (old == k->health.news_old)
        return;
    k->health.news_old = old;
    if (old)
        log_warn("kiosk", "the hall's head is past its validity: news may be kept from this terminal");
    kiosk_health_changed(k);
    kiosk_tell_catalogue(k);
}
