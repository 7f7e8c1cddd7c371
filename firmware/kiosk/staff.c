/* SPDX-License-Identifier: Apache-2.0
 *
 * The technician's side of kiosk: whose card it is by the signed list, how many wrong PINs the journal remembers, how the
 * terminal is, and the check of the whole journal beside everything else.
 */
#include "kiosk/kiosk.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/version.h"
#include "catalog/staff.h"
#include "model/level.h"
#include "model/outage.h"

#define FREE_TRIES 4    /* wrong PINs without a wait */
#define FIRST_WAIT_S 15 /* after the one that follows; then twice as long each time */
#define VERDICT_MAX 4096
#define LONGEST_WAIT_S 900 /* a hundred tries a day: a million PINs outlast any terminal */

struct kiosk_staff {
    struct staff who;
    char number[sizeof((struct identity *)0)->number];
    struct staff_badge badge;
    int64_t not_before_ms; /* monotonic: when a PIN may be compared again */
};

/* --- who ----------------------------------------------------------------------------------------------------------------
 */

struct tries {
    const char *id;
    int n;
    int64_t last_at;
};

/* Newest first, back to the last time the page was opened. */
static int count_try(void *ctx, const struct record_header *h)
{
    struct tries *t = ctx;

    if (strcmp(h->staff, t->id))
        return 0;
    if (!strcmp(h->what, "open"))
        return 1;
    if (!strcmp(h->what, "pin") && !t->n++)
        t->last_at = h->at;
    return 0;
}

/* Seconds until the next PIN of this card is taken. A clock that went back since does not shorten it, unless it is trusted
 * now: then it was wrong when the last one was tried, and nobody waits for that day to come. */
static int wait_of(struct kiosk *k, const char *id)
{
    struct tries t = {.id = id};
    struct err e = {0};
    int64_t wait = FIRST_WAIT_S, passed;

    if (!k->journal || journal_newest(k->journal, RECORD_STAFF, count_try, &t, &e) < 0)
        return LONGEST_WAIT_S;
    if (t.n <= FREE_TRIES)
        return 0;
    for (int i = FREE_TRIES + 1; i < t.n && wait < LONGEST_WAIT_S; i++)
        wait *= 2;
    wait = wait < LONGEST_WAIT_S ? wait : LONGEST_WAIT_S;
    passed = (clock_wall_ms() - t.last_at) / 1000;
    if (passed < 0)
        return (int)(passed < -LONGEST_WAIT_S && journal_clock_trusted(k->journal) ? 0 : wait);
    return (int)(passed > wait ? 0 : wait - passed);
}

static bool may_open(const struct kiosk *k)
{
    enum screen s = session_view(k->session)->screen;

    return s == SCREEN_IDLE || s == SCREEN_OUT_OF_SERVICE;
}

bool kiosk_staff_card(struct kiosk *k, const struct identity *card)
{
    struct err e = {0};

    if (!k->catalog || !may_open(k))
        return false;
    if (!k->staff)
        k->staff = secret_alloc(sizeof *k->staff);
    int rc = catalog_staff(k->catalog, card->number, &k->staff->who, &e);
    if (rc < 0) {
        if (rc != -ERR_NOTFOUND)
            log_error("kiosk", "%s", e.text);
        kiosk_staff_over(k);
        return false;
    }
    struct staff_badge *b = &k->staff->badge;
    text_copy(k->staff->number, sizeof k->staff->number, card->number);
    text_copy(b->id, sizeof b->id, k->staff->who.id);
    text_copy(b->name, sizeof b->name, k->staff->who.name);
    text_copy(b->role, sizeof b->role, k->staff->who.role);
    b->expired = date_compare(date_of_ms(clock_wall_ms()), k->staff->who.valid_until) > 0;
    b->wait_s = wait_of(k, b->id);
    k->staff->not_before_ms = clock_mono_ms() + b->wait_s * INT64_C(1000);
    kiosk_feed(k, &(struct input){.kind = INPUT_STAFF_CARD, .badge = b});
    return true;
}

/* Its try stands in the journal by now, or it is not compared at all. */
static void check_pin(struct kiosk *k, const char *pin, bool unrecorded)
{
    struct input in = {.kind = INPUT_STAFF_PIN};

    if (!k->staff)
        return;
    bool may = !unrecorded && !k->staff->badge.expired && clock_mono_ms() >= k->staff->not_before_ms;
    in.right = may && staff_pin_right(&k->staff->who, k->staff->number, pin);
    in.wait_s = in.right ? 0 : wait_of(k, k->staff->badge.id);
    k->staff->not_before_ms = clock_mono_ms() + in.wait_s * INT64_C(1000);
    kiosk_feed(k, &in);
}

void kiosk_staff_over(struct kiosk *k)
{
    secret_free(k->staff, sizeof *k->staff);
    k->staff = NULL;
}

/* --- how the terminal is ------------------------------------------------------------------------------------------------
 */

static int last_fault(void *ctx, const struct record_header *h)
{
    struct staff_facts *f = ctx;
    int known = 0;

    for (int i = 0; i < DEVICE_ROLES; i++) {
        if (!f->fault[i].at && !strcmp(h->role, device_word((enum device_role)i))) {
            f->fault[i].at = h->at;
            text_copy(f->fault[i].what, sizeof f->fault[i].what, h->what);
        }
        known += f->fault[i].at != 0;
    }
    return known == DEVICE_ROLES;
}

static void disk_facts(struct kiosk *k, struct staff_facts *f)
{
    struct statvfs disk;

    if (statvfs(k->opt.data, &disk))
        return;
    f->free_mb = (int64_t)(disk.f_bavail * (disk.f_frsize / 1024) / 1024);
    f->total_mb = (int64_t)(disk.f_blocks * (disk.f_frsize / 1024) / 1024);
}

static void journal_facts(struct kiosk *k, struct staff_facts *f)
{
    struct err e = {0};

    if (!k->journal)
        return;
    f->last = journal_last(k->journal);
    f->oldest_ms = kiosk_acked(k) < f->last ? journal_at(k->journal, kiosk_acked(k) + 1) : 0;
    if (journal_newest(k->journal, RECORD_DEVICE_FAULT, last_fault, f, &e) < 0)
        log_warn("kiosk", "%s", e.text);
}

static void printer_facts(struct kiosk *k, struct staff_facts *f)
{
    for (int i = 0; i < PRINTER_ROLES; i++) {
        struct printer_facts of;

        printers_facts(k->printers, i, &of);
        f->left_mm[i] = of.left_mm;
        f->stuck[i] = !strcmp(of.fault, "power-cycle");
        f->asks_width[i] = of.asks_width;
    }
    text_copy(f->stranger, sizeof f->stranger, printers_stranger(k->printers));
}

_Static_assert((int)STAFF_ENDS == (int)KIOSK_ENDS && (int)STAFF_END_SEALING == (int)KIOSK_END_SEALING, "the same");

void kiosk_staff_facts(struct kiosk *k, struct staff_facts *f)
{
    *f = (struct staff_facts){.acked = kiosk_acked(k), .sync = k->sync != NULL, .up_ms = clock_mono_ms()};
    f->chain = k->chain;
    f->checked = k->chain_records;
    f->head_expires_ms = k->head_expires_ms;
    f->catalogue = k->catalog ? catalog_version(k->catalog) : 0;
    f->level = level_now();
    f->needs = k->found.needs;
    text_copy(f->version, sizeof f->version, version_text());
    text_copy(f->terminal, sizeof f->terminal, k->terminal.terminal);
    text_copy(f->sam, sizeof f->sam, idcard_sam_id(k->idcard));
    for (int i = 0; i < STAFF_ENDS; i++) {
        f->ends[i].ms = k->ends[i].ms;
        f->ends[i].near = k->ends[i].state == KIOSK_END_NEAR;
        f->ends[i].over = k->ends[i].state == KIOSK_END_OVER;
    }
    disk_facts(k, f);
    journal_facts(k, f);
    printer_facts(k, f);
}

static void feed_facts(struct kiosk *k)
{
    static struct staff_facts f; /* borrowed by the session for its step */

    kiosk_staff_facts(k, &f);
    kiosk_feed(k, &(struct input){.kind = INPUT_STAFF_FACTS, .facts = &f});
}

/* --- the check of the journal -------------------------------------------------------------------------------------------
 */

/* What kioskctl says of the journal. A program of its own: SQLite's locks and maps do not live through a fork. */
static enum chain_check verdict(const char *json, uint64_t *ret_records)
{
    if (sscanf(json, "{\"ok\":true,\"records\":%" SCNu64, ret_records) == 1)
        return CHAIN_GOOD;
    log_error("kiosk", "the journal is not in order: %s", json);
    sscanf(json, "{\"ok\":false,\"records\":%" SCNu64, ret_records);
    return CHAIN_BAD;
}

static void on_verified(void *ctx, const void *result)
{
    struct kiosk *k = ctx;

    k->verifying = NULL;
    k->chain_records = 0;
    k->chain = result ? verdict(result, &k->chain_records) : CHAIN_UNCHECKED;
    feed_facts(k);
    kiosk_selftest_chain(k);
}

void kiosk_staff_check_chain(struct kiosk *k)
{
    const char *const argv[] = {"kioskctl", "journal", "verify", "--json", "--data", k->opt.data, NULL};
    struct err e = {0};

    if (k->verifying)
        return;
    k->verifying = work_spawn(k->loop, argv, VERDICT_MAX, on_verified, k, &e);
    if (!k->verifying)
        log_error("kiosk", "check the journal: %s", e.text);
    k->chain = k->verifying ? CHAIN_CHECKING : CHAIN_UNCHECKED;
    feed_facts(k);
    if (!k->verifying)
        kiosk_selftest_chain(k);
}

/* --- errands ------------------------------------------------------------------------------------------------------------
 */

void kiosk_staff_errand(struct kiosk *k, const struct effect *f, bool unrecorded)
{
    switch (f->errand) {
    case STAFF_CHECK_PIN:
        check_pin(k, f->pin, unrecorded);
        break;
    case STAFF_GET_FACTS:
        feed_facts(k);
        break;
    case STAFF_CHECK_CHAIN:
        kiosk_staff_check_chain(k);
        break;
    case STAFF_SYNC_NOW:
        if (k->sync)
            line_send(k->sync, "now");
        break;
    case STAFF_START_ANEW:
        k->start_anew = true;
        loop_stop(k->loop);
        break;
    case STAFF_OVER:
        kiosk_staff_over(k);
        break;
    }
}

/* --- out of service -----------------------------------------------------------------------------------------------------
 */

static int last_word(void *ctx, const struct record_header *h)
{
    struct outage *o = ctx;
    bool begins = !strcmp(h->what, OUTAGE_BEGINS);

    if (!begins && strcmp(h->what, OUTAGE_ENDS))
        return 0; /* another kind of availability */
    *o = (struct outage){
        .on = begins, .reason = outage_by_word(h->role), .since_ms = begins ? h->at : 0, .until_ms = begins ? h->until : 0};
    return 1;
}

struct outage kiosk_outage(struct kiosk *k)
{
    struct outage o = {.on = false};
    struct err e = {0};

    if (k->journal && journal_newest(k->journal, RECORD_AVAILABILITY, last_word, &o, &e) < 0)
        log_error("kiosk", "%s", e.text);
    return o;
}
