/* SPDX-License-Identifier: Apache-2.0
 *
 * The journal's side of kiosk: turns what the session wants recorded into headers, case numbers and sealed bodies, and
 * picks up after a restart.
 */
#include "kiosk/kiosk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "crypto/random.h"
#include "model/application.h"

#define PURGE_DAYS 7 /* sealed bodies stay this long after the hall has them */
#define HOUR_MS 3600000
#define STORAGE_RETRY_MS 10000   /* how often a broken journal is tried again */
#define RECOVERY_MS (10 * 60000) /* a visit younger than this is told about after a restart */

static void set_journal_health(struct kiosk *k, enum journal_health h)
{
    if (h == k->health.journal)
        return;
    k->health.journal = h;
    kiosk_health_changed(k);
    kiosk_tell_catalogue(k);
}

/* Opening it failed, or the hall's word is against it. It is taken back only by opening the right journal. */
static void doubt_journal(struct kiosk *k, int rc, const struct err *e)
{
    if (!journal_refused(rc))
        return; /* the disk's fault: tried again */
    if (k->health.journal == JOURNAL_WHOLE)
        log_error("kiosk",
                  "out of service, the journal cannot be trusted: %s. Enrol it anew: kioskctl enrol --anew --undelivered",
                  e->text);
    set_journal_health(k, rc == -ERR_VERSION ? JOURNAL_FORK : JOURNAL_BEHIND);
}

int kiosk_open_journal(struct kiosk *k, struct err *e)
{
    struct journal_identity id = {.office = k->terminal.office, .registration = k->terminal.registration};
    char dir[KIOSK_PATH_MAX];
    int rc = fs_join(dir, sizeof dir, k->opt.data, "journal");

    memcpy(id.terminal, k->terminal.terminal, sizeof id.terminal);
    memcpy(id.epoch, k->terminal.epoch, sizeof id.epoch);
    if (rc >= 0)
        rc = journal_open(dir, &id, k->signing, k->can_seal ? &k->sealing : NULL, &k->journal, e);
    if (rc < 0)
        doubt_journal(k, rc, e);
    else
        set_journal_health(k, JOURNAL_WHOLE);
    return err_wrap(e, rc, "open the journal");
}

int kiosk_acknowledged(struct kiosk *k, uint64_t seq, const uint8_t hash[HASH_LEN], struct err *e)
{
    if (!k->journal)
        return err_set(e, ERR_STATE, "the journal is not open");
    int rc = journal_acknowledged(k->journal, seq, hash, e);
    if (rc < 0)
        doubt_journal(k, rc, e);
    return rc;
}

const char *kiosk_journal_warning(const struct kiosk *k)
{
    static const char *const words[] = {[JOURNAL_WHOLE] = "", [JOURNAL_BEHIND] = "journal-behind", [JOURNAL_FORK] = "fork"};

    return words[k->health.journal];
}

void kiosk_storage_failed(struct kiosk *k, const struct err *e)
{
    log_error("kiosk", "the journal takes no records: %s", e->text);
    if (k->health.storage) {
        k->health.storage = false;
        kiosk_health_changed(k);
    }
    loop_timer_start(k->storage, STORAGE_RETRY_MS);
}

static int append(struct kiosk *k, struct record_header *h, const void *plain, size_t len, struct err *e)
{
    int rc = k->journal ? journal_append(k->journal, h, plain, len, e) : err_set(e, ERR_IO, "the journal is not open");

    if (rc >= 0)
        k->unsigned_head = true;
    return rc;
}

/* A record of the terminal itself (start, fault, catalogue): its loss is logged, not told to a resident. */
void kiosk_note(struct kiosk *k, enum record_kind kind, const char *role, const char *what)
{
    struct record_header h = {.kind = kind};
    struct err e = {0};

    text_copy(h.role, sizeof h.role, role);
    text_copy(h.what, sizeof h.what, what);
    if (append(k, &h, NULL, 0, &e) < 0)
        kiosk_storage_failed(k, &e);
}

static void name_item(struct record_header *h, const struct item *item)
{
    text_copy(h->item, sizeof h->item, item->task_code);
    h->item_version = item->task_version;
    h->form_version = item->form.version;
}

/* The number and the promise an application of this item would get now. */
static int next_application(struct kiosk *k, const struct item *item, char number[CASE_NUMBER_LEN + 1], struct input *done,
                            struct err *e)
{
    struct date day = journal_day(k->journal);
    struct case_number next;
    int rc = journal_next_case(k->journal, day, &next, e);

    if (rc < 0)
        return rc;
    case_number_format(&next, number);
    int accepted_year;

    done->promised = workday_deadline(catalog_calendar(k->catalog), day, item->promise, &done->provisional_year);
    done->accepted = workday_accepted(catalog_calendar(k->catalog), day, item, &accepted_year);
    if (!done->provisional_year)
        done->provisional_year = accepted_year;
    done->provisional = done->provisional_year || !journal_clock_trusted(k->journal);
    return 0;
}

void kiosk_foresee_application(struct kiosk *k)
{
    struct input done = {.kind = INPUT_RECORDED, .record = RECORD_APPLICATION, .now_ms = clock_wall_ms()};
    const struct item *item = session_view(k->session)->item.item;
    struct view *next = malloc(sizeof *next);

    if (next && item && k->journal && next_application(k, item, done.number, &done, NULL) == 0 &&
        session_foresee(k->session, &done, next))
        ui_paint_ahead(k->ui, next);
    free(next);
}

static int record_application(struct kiosk *k, const struct effect_record *r, struct record_header *h, struct input *done,
                              struct err *e)
{
    struct buf plain;
    int rc;

    buf_init(&plain, APPLICATION_MAX);
    rc = next_application(k, r->item, h->number, done, e);
    if (rc >= 0)
        rc = application_encode(r->item, r->identity, r->values, done->accepted, &plain, e);
    if (rc >= 0) {
        name_item(h, r->item);
        h->provisional = done->provisional;
        date_format(done->promised, h->promised);
        rc = append(k, h, plain.data, plain.len, e);
    }
    buf_finish(&plain);
    if (rc >= 0) {
        k->application_seq = h->seq;
        text_copy(k->application_number, sizeof k->application_number, h->number);
    }
    return err_wrap(e, rc, "record the application");
}

static int record_ticket(struct kiosk *k, const struct effect_record *r, struct record_header *h, struct input *done,
                         struct err *e)
{
    struct date day = journal_day(k->journal);
    int rc = kiosk_next_ticket(k, r->queue, day, h->number, e);

    date_format(day, h->day);
    if (rc >= 0)
        rc = append(k, h, NULL, 0, e);
    text_copy(done->day, sizeof done->day, h->day);
    return err_wrap(e, rc, "record a ticket");
}

int kiosk_record(struct kiosk *k, const struct effect_record *r, struct input *done, struct err *e)
{
    struct record_header h = {.kind = r->kind, .copy = r->copy};

    if (!k->journal)
        return err_set(e, ERR_IO, "the journal is not open");
    if (r->kind == RECORD_VISIT_START)
        random_bytes(k->visit, sizeof k->visit);
    if (r->visit_scoped)
        memcpy(h.visit, k->visit, sizeof h.visit);
    text_copy(h.number, sizeof h.number, r->number);
    text_copy(h.queue, sizeof h.queue, r->queue);
    text_copy(h.day, sizeof h.day, r->day);
    text_copy(h.job, sizeof h.job, r->job);
    text_copy(h.what, sizeof h.what, r->what);
    h.score = r->score;
    h.set = r->set;
    h.until = r->until;
    text_copy(h.staff, sizeof h.staff, r->staff);
    text_copy(h.role, sizeof h.role, r->about);
    if (r->kind == RECORD_RATING && r->item)
        name_item(&h, r->item);
    if (r->kind == RECORD_PRINT_START || r->kind == RECORD_PRINT_DONE || r->kind == RECORD_PRINT_NOT ||
        r->kind == RECORD_PRINT_UNKNOWN || r->kind == RECORD_PRINT_TAKEN || r->kind == RECORD_PRINT_RETRACTED)
        text_copy(h.role, sizeof h.role, device_word(r->role));

    int rc = r->kind == RECORD_APPLICATION ? record_application(k, r, &h, done, e)
             : r->kind == RECORD_TICKET    ? record_ticket(k, r, &h, done, e)
                                           : append(k, &h, NULL, 0, e);
    text_copy(done->number, sizeof done->number, h.number);
    return rc;
}

/* A print job whose outcome nobody lived to record: unknown, and said so. */
static void settle_print(struct kiosk *k, struct journal_visit *v)
{
    struct record_header h = {.kind = RECORD_PRINT_UNKNOWN, .copy = v->copy};
    struct err e = {0};

    if (v->print != RECORD_PRINT_START)
        return;
    memcpy(h.visit, v->visit, sizeof h.visit);
    text_copy(h.number, sizeof h.number, v->of);
    text_copy(h.job, sizeof h.job, v->job);
    text_copy(h.role, sizeof h.role, v->role);
    text_copy(h.what, sizeof h.what, "restarted");
    printers_cut_first(k->printers, device_by_word(v->role) == DEVICE_TICKET ? DEVICE_TICKET : DEVICE_RECEIPT);
    if (append(k, &h, NULL, 0, &e) < 0)
        kiosk_storage_failed(k, &e);
    v->print = RECORD_PRINT_UNKNOWN;
}

static void recover(struct kiosk *k, struct input *in)
{
    struct journal_visit v = {.open = false};
    struct err e = {0};

    if (journal_last_visit(k->journal, &v, &e) < 0)
        log_error("kiosk", "look for a visit that was cut: %s", e.text);
    if (!v.open)
        return;
    settle_print(k, &v);
    memcpy(k->visit, v.visit, sizeof k->visit);
    in->recovered.open = true;
    in->recovered.old = llabs(clock_wall_ms() - v.started_ms) >= RECOVERY_MS; /* also when either clock was wrong */
    in->recovered.handed_in = v.number[0] != 0;
    text_copy(in->recovered.number, sizeof in->recovered.number, v.number);
    text_copy(in->recovered.ticket, sizeof in->recovered.ticket, v.ticket);
    text_copy(in->recovered.queue, sizeof in->recovered.queue, v.queue);
    text_copy(in->recovered.day, sizeof in->recovered.day, v.day);
    in->recovered.print = v.print == RECORD_PRINT_DONE      ? PRINT_DONE
                          : v.print == RECORD_PRINT_NOT     ? PRINT_NOT
                          : v.print == RECORD_PRINT_UNKNOWN ? PRINT_UNKNOWN
                                                            : PRINT_IDLE;
}

void kiosk_journal_says(struct kiosk *k, struct input *in)
{
    kiosk_note(k, RECORD_START, "", version_text());
    if (k->journal)
        recover(k, in);
    in->outage = kiosk_outage(k);
}

/* It could not be opened at the start: what it says comes now. */
static int open_late(struct kiosk *k)
{
    struct input in = {.kind = INPUT_JOURNAL};
    struct err e = {0};
    int rc = kiosk_open_journal(k, &e);

    if (rc < 0)
        return rc;
    journal_set_clock_trusted(k->journal, k->health.clock_sure);
    kiosk_journal_says(k, &in);
    kiosk_feed(k, &in);
    kiosk_leases_renew(k);
    return 0;
}

/* The journal failed: every few seconds a record is tried, so that service comes back by itself. */
void kiosk_storage_retry(void *ctx)
{
    struct record_header h = {.kind = RECORD_AVAILABILITY, .what = "storage"};
    struct kiosk *k = ctx;
    struct err e = {0};

    if ((!k->journal && open_late(k) < 0) || append(k, &h, NULL, 0, &e) < 0) {
        loop_timer_start(k->storage, STORAGE_RETRY_MS);
        return;
    }
    log_info("kiosk", "the journal takes records again");
    k->health.storage = true;
    kiosk_health_changed(k);
}

void kiosk_purge(struct kiosk *k)
{
    int64_t hour = clock_wall_ms() / HOUR_MS;
    struct err e = {0};

    if (hour == k->purged_hour || !k->journal || !session_idle(k->session) || !journal_clock_trusted(k->journal))
        return;
    k->purged_hour = hour;
    if (journal_purge(k->journal, kiosk_acked(k), PURGE_DAYS, &e) < 0)
        log_warn("kiosk", "%s", e.text);
}

void kiosk_clock_trusted(struct kiosk *k, bool said)
{
    bool trusted = said && (!k->head_expires_ms || clock_wall_ms() <= k->head_expires_ms);

    k->clock_said = said;
    k->health.clock_sure = trusted;
    if (k->journal)
        journal_set_clock_trusted(k->journal, trusted);
    kiosk_purge(k);
}

void kiosk_rest_journal(struct kiosk *k)
{
    struct err e = {0};

    if (k->journal && k->health.storage && session_idle(k->session) && journal_rest(k->journal, &e) < 0)
        kiosk_storage_failed(k, &e);
}
