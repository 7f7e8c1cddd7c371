/* SPDX-License-Identifier: Apache-2.0
 *
 * The catalogue's side of kiosk: opens the installed one, installs a new one, makes the session that offers it.
 */
#include "firmware/kiosk.h"

#include <stdio.h>

#include "base/log.h"
#include "base/text.h"
#include "catalog/update.h"

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

void kiosk_make_session(struct kiosk *k)
{
    struct session_config config = {.place = k->terminal.place, .settings = k->opt.settings};
    struct catalog_queue queues[VIEW_QUEUES_MAX];

    config.n_queues = k->catalog ? catalog_queues(k->catalog, queues, VIEW_QUEUES_MAX) : 0;
    for (int i = 0; i < config.n_queues; i++) {
        struct view_queue *q = &config.queues[i];

        text_copy(q->id, sizeof q->id, queues[i].id);
        text_copy(q->name, sizeof q->name, queues[i].name);
        text_copy(q->about, sizeof q->about, queues[i].about);
        text_copy(q->place, sizeof q->place, queues[i].place);
        q->open = queues[i].open;
    }
    session_destroy(k->session);
    k->session = session_create(&config);
}

void kiosk_load_sealing_key(struct kiosk *k)
{
    struct err e = {0};

    k->can_seal = update_sealing_key(k->opt.data, &k->sealing, &e) >= 0;
    if (!k->can_seal)
        log_error("kiosk", "no applications: %s", e.text);
    if (k->journal)
        journal_set_seal_key(k->journal, k->can_seal ? &k->sealing : NULL);
}

/* Between visits only: the item a resident reads must not change under his eyes. */
void kiosk_install_catalogue(struct kiosk *k)
{
    struct err e = {0};
    bool changed = false;
    char what[RECORD_TEXT_MAX];

    k->incoming = false;
    if (update_install(k->opt.data, &changed, &e) < 0)
        log_error("kiosk", "the new catalogue is refused, the present one stays: %s", e.text);
    if (!changed)
        return;
    kiosk_load_sealing_key(k);
    if (kiosk_open_catalogue(k, &e) < 0) {
        log_error("kiosk", "%s", e.text);
        return;
    }
    snprintf(what, sizeof what, "%d", catalog_version(k->catalog));
    kiosk_note(k, RECORD_CATALOGUE, "", what);
    k->health.catalogue = true;
    kiosk_make_session(k);
    kiosk_feed(k, &(struct input){.kind = INPUT_START, .health = k->health});
}
