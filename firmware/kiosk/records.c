/* SPDX-License-Identifier: Apache-2.0
 *
 * See records.h.
 */
#include "kiosk/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/version.h"
#include "crypto/random.h"
#include "kiosk/handed_in.h"
#include "model/device.h"
#include "model/speak.h"
#include "model/supplement.h"

#define HOUR_MS 3600000
#define RETRY_MS 10000           /* how often a broken journal is tried again */
#define RECOVERY_MS (10 * 60000) /* a visit younger than this is told about after a restart */
#define PATH_BYTES 512

struct records {
    struct records_config config;
    struct records_events events;
    void *ctx;
    const struct port *port;
    struct journal *journal;
    const struct public_key *seal_to;
    struct loop_timer *retry;
    bool storage; /* it takes records */
    enum journal_health health;
    bool clock_sure;
    bool unsigned_head;
    int unsent;
    int64_t purged_hour; /* since 1970: when bodies were last looked through */
    uint8_t visit[16];
    uint64_t awaited_seq; /* of what was handed in last in this visit, until the hall has it */
    char awaited_case[RECORD_TEXT_MAX];
};

/* --- open, and in order --- */

static void set_health(struct records *r, enum journal_health h)
{
    must(h == JOURNAL_WHOLE || h == JOURNAL_BEHIND || h == JOURNAL_FORK, "a journal in no state");
    if (h == r->health)
        return;
    r->health = h;
    port_changed(r->port);
}

/* Opening it failed, or the hall's word is against it. It is taken back only by opening the right journal. */
static void doubt(struct records *r, int rc, const struct err *e)
{
    must(rc < 0, "a journal is doubted that is well");
    if (!journal_refused(rc))
        return; /* the disk's fault: tried again */
    if (r->health == JOURNAL_WHOLE)
        log_error("kiosk",
                  "out of service, the journal cannot be trusted: %s. Enrol it anew: kioskctl enrol --anew --undelivered",
                  e->text);
    set_health(r, rc == -ERR_VERSION ? JOURNAL_FORK : JOURNAL_BEHIND);
}

int records_open(struct records *r, struct err *e)
{
    must(!r->journal, "a journal is opened twice");
    const struct terminal_config *t = r->config.terminal;
    struct journal_identity id = {.office = t->office, .registration = t->registration};
    char dir[PATH_BYTES];
    int rc = fs_join(dir, sizeof dir, r->config.data, "journal");

    memcpy(id.terminal, t->terminal, sizeof id.terminal);
    memcpy(id.epoch, t->epoch, sizeof id.epoch);
    if (rc == 0)
        rc = journal_open(dir, &id, *r->config.signing, r->seal_to, &r->journal, e);
    r->storage = rc == 0;
    if (rc < 0)
        doubt(r, rc, e);
    else
        set_health(r, JOURNAL_WHOLE);
    return err_wrap(e, rc, "open the journal");
}

void records_failed(struct records *r, const struct err *e)
{
    bool news = r->storage;

    log_error("kiosk", "the journal takes no records: %s", e->text);
    r->storage = false;
    if (news)
        port_changed(r->port);
    loop_timer_start(r->retry, RETRY_MS);
}

int records_append(struct records *r, struct record_header *h, const void *plain, size_t len, struct err *e)
{
    must((unsigned)h->kind < RECORD_KINDS, "a record of no kind");
    must(plain || !len, "a body of nothing");
    int rc = r->journal ? journal_append(r->journal, h, plain, len, e) : err_set(e, ERR_IO, "the journal is not open");

    if (rc == 0)
        r->unsigned_head = true;
    return rc;
}

void records_note(struct records *r, enum record_kind kind, const char *role, const char *what)
{
    must(!record_kind_has_body(kind), "a note that should be sealed");
    struct record_header h = {.kind = kind};
    struct err e = {0};

    text_copy(h.role, sizeof h.role, role);
    text_copy(h.what, sizeof h.what, what);
    if (records_append(r, &h, NULL, 0, &e) < 0)
        records_failed(r, &e);
}

/* --- what the session wants recorded --- */

bool records_foresee(struct records *r, const struct item *item, const struct workday_calendar *calendar, struct input *ret)
{
    *ret = (struct input){.kind = INPUT_RECORDED, .record = RECORD_APPLICATION, .now_ms = clock_wall_ms()};
    return r->journal && handed_in_next(r->journal, item, calendar, ret, NULL) == 0;
}

/* INPUT_SENT follows when the hall has it. */
static void await_word(struct records *r, uint64_t seq, const char *case_number)
{
    r->awaited_seq = seq;
    text_copy(r->awaited_case, sizeof r->awaited_case, case_number);
}

static int record_application(struct records *r, const struct effect_record *what, const struct records_given *given,
                              struct record_header *h, struct input *done, struct err *e)
{
    int rc = handed_in_write(r->journal, what, given->calendar, h, done, e);

    if (rc < 0)
        return rc;
    r->unsigned_head = true;
    await_word(r, h->seq, h->number);
    return 0;
}

static int record_supplement(struct records *r, const struct effect_record *what, struct record_header *h, struct err *e)
{
    must(what->identity && what->words, "a supplement of nothing or of nobody");
    must(what->visit_scoped, "a supplement of no visit");
    struct buf plain;

    buf_init(&plain, SUPPLEMENT_MAX);
    int rc = supplement_encode(h->case_number, what->identity, what->words, &plain, e);
    if (rc == 0)
        rc = records_append(r, h, plain.data, plain.len, e);
    buf_finish(&plain);
    if (rc == 0)
        await_word(r, h->seq, h->case_number);
    return err_wrap(e, rc, "record the supplement");
}

/* Even over all of them: what would tip the scale is thrown again. */
static int throw_secret(void)
{
    uint32_t n;

    do
        random_bytes(&n, sizeof n);
    while (n >= UINT32_MAX - UINT32_MAX % SPEAK_SECRETS);
    return (int)(n % SPEAK_SECRETS);
}

static int record_spoken(struct records *r, const struct effect_record *what, const struct records_given *given,
                         struct record_header *h, struct input *done, struct err *e)
{
    must(what->spoken, "nothing was said");
    struct date day = journal_day(r->journal);
    struct speak_number n = {.serial = 0};
    struct buf plain;
    int rc = journal_next_spoken(r->journal, &n, e);

    buf_init(&plain, SPEAK_MAX);
    if (rc == 0) {
        speak_number_format(&n, h->number);
        speak_code_make(&n, throw_secret(), done->code);
        rc = speak_encode(what->spoken, done->code, what->identity, &plain, e);
    }
    if (rc == 0)
        rc = records_append(r, h, plain.data, plain.len, e);
    buf_finish(&plain);
    if (rc < 0) {
        secret_wipe(done->code, sizeof done->code);
        return err_wrap(e, rc, "record what was said");
    }
    done->promised = workday_deadline(given->calendar, day, speak_limit(what->spoken->kind), &done->provisional_year);
    done->provisional = done->provisional_year || !journal_clock_trusted(r->journal);
    await_word(r, h->seq, h->number);
    return 0;
}

static int record_ticket(struct records *r, const struct records_given *given, struct record_header *h, struct input *done,
                         struct err *e)
{
    must(given->ticket[0], "a ticket without a number");
    text_copy(h->number, sizeof h->number, given->ticket);
    date_format(given->day, h->day);
    text_copy(done->day, sizeof done->day, h->day);
    return err_wrap(e, records_append(r, h, NULL, 0, e), "record a ticket");
}

static bool is_print(enum record_kind kind)
{
    return kind == RECORD_PRINT_START || kind == RECORD_PRINT_DONE || kind == RECORD_PRINT_NOT ||
           kind == RECORD_PRINT_UNKNOWN || kind == RECORD_PRINT_TAKEN || kind == RECORD_PRINT_RETRACTED;
}

void records_refuse(struct records *r, const struct effect_record *what, int rc, const struct err *why)
{
    must(rc < 0, "a record is refused that was written");
    records_failed(r, why);
    port_feed(r->port,
              &(struct input){.kind = INPUT_RECORD_FAILED, .record = what->header.kind, .no_space = rc == -ERR_NOSPACE});
}

int records_write(struct records *r, const struct effect_record *what, const struct records_given *given)
{
    must(given, "a record without what it is given");
    must((unsigned)what->header.kind < RECORD_KINDS, "a record of no kind");
    must(!is_print(what->header.kind) || what->header.role[0], "a paper of no printer");
    struct input done = {.kind = INPUT_RECORDED, .record = what->header.kind};
    struct record_header h = what->header;
    struct err e = {0};

    if (h.kind == RECORD_VISIT_START)
        random_bytes(r->visit, sizeof r->visit);
    if (what->visit_scoped)
        memcpy(h.visit, r->visit, sizeof h.visit);
    if (what->item && h.kind != RECORD_APPLICATION)
        handed_in_name(&h, what->item);
    int rc = !r->journal                               ? err_set(&e, ERR_IO, "the journal is not open")
             : what->header.kind == RECORD_APPLICATION ? record_application(r, what, given, &h, &done, &e)
             : what->header.kind == RECORD_SUPPLEMENT  ? record_supplement(r, what, &h, &e)
             : what->header.kind == RECORD_FEEDBACK    ? record_spoken(r, what, given, &h, &done, &e)
             : what->header.kind == RECORD_TICKET      ? record_ticket(r, given, &h, &done, &e)
                                                       : records_append(r, &h, NULL, 0, &e);
    if (rc < 0) {
        records_refuse(r, what, rc, &e);
        return rc;
    }
    if (!r->storage) {
        r->storage = true;
        port_changed(r->port);
    }
    text_copy(done.number, sizeof done.number, h.number);
    port_feed(r->port, &done);
    return 0;
}

/* --- after a restart --- */

/* A print job whose outcome nobody lived to record: unknown, and said so. */
static void settle_print(struct records *r, struct journal_visit *v)
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
    r->events.unfinished(r->ctx, v->role);
    if (records_append(r, &h, NULL, 0, &e) < 0)
        records_failed(r, &e);
    v->print = RECORD_PRINT_UNKNOWN;
}

/* The last paper is none of what was handed in, nor a queue number's: a resident's own case was printed once more. */
static bool of_another_case(const struct journal_visit *v)
{
    return !strcmp(v->role, device_word(DEVICE_RECEIPT)) && v->of[0] && strcmp(v->of, v->number) != 0 &&
           strcmp(v->of, v->supplied) != 0;
}

static void recover(struct records *r, struct recovered *ret)
{
    must(r->journal, "a visit is recovered from no journal");
    struct journal_visit v = {.open = false};
    struct err e = {0};

    if (journal_last_visit(r->journal, &v, &e) < 0)
        log_error("kiosk", "look for a visit that was cut: %s", e.text);
    if (!v.open)
        return;
    settle_print(r, &v);
    memcpy(r->visit, v.visit, sizeof r->visit);
    ret->open = true;
    ret->old = llabs(clock_wall_ms() - v.started_ms) >= RECOVERY_MS; /* also when either clock was wrong */
    ret->handed_in = v.number[0] || v.supplied[0] || v.spoken[0];
    ret->supplement = !v.number[0] && v.supplied[0];
    ret->spoken = !v.number[0] && !v.supplied[0] && v.spoken[0];
    text_copy(ret->number, sizeof ret->number, v.number[0] ? v.number : v.supplied[0] ? v.supplied : v.spoken);
    ret->parts = v.number[0] ? v.parts : 0;
    ret->paper = of_another_case(&v);
    if (ret->paper && !ret->handed_in)
        text_copy(ret->number, sizeof ret->number, v.of);
    text_copy(ret->ticket, sizeof ret->ticket, v.ticket);
    text_copy(ret->queue, sizeof ret->queue, v.queue);
    text_copy(ret->day, sizeof ret->day, v.day);
    ret->print = v.print == RECORD_PRINT_DONE      ? PRINT_DONE
                 : v.print == RECORD_PRINT_NOT     ? PRINT_NOT
                 : v.print == RECORD_PRINT_UNKNOWN ? PRINT_UNKNOWN
                                                   : PRINT_IDLE;
}

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

struct outage records_outage(struct records *r)
{
    struct outage o = {.on = false};
    struct err e = {0};

    if (r->journal && journal_newest(r->journal, RECORD_AVAILABILITY, last_word, &o, &e) < 0)
        log_error("kiosk", "%s", e.text);
    return o;
}

void records_begin(struct records *r, struct input *ret)
{
    records_note(r, RECORD_START, "", version_text());
    if (r->journal)
        recover(r, &ret->recovered);
    ret->outage = records_outage(r);
}

/* --- what failed is tried again --- */

/* It could not be opened at the start: what it says comes now. */
static int open_late(struct records *r)
{
    struct input in = {.kind = INPUT_JOURNAL};
    struct err e = {0};
    int rc = records_open(r, &e);

    if (rc < 0)
        return rc;
    r->storage = false; /* until a record was taken */
    journal_set_clock_trusted(r->journal, r->clock_sure);
    records_begin(r, &in);
    port_feed(r->port, &in);
    r->events.opened(r->ctx);
    return 0;
}

/* Every few seconds a record is tried, so that service comes back by itself. */
static void on_retry(void *ctx)
{
    struct record_header h = {.kind = RECORD_AVAILABILITY, .what = "storage"};
    struct records *r = ctx;
    struct err e = {0};

    if ((!r->journal && open_late(r) < 0) || records_append(r, &h, NULL, 0, &e) < 0) {
        loop_timer_start(r->retry, RETRY_MS);
        return;
    }
    log_info("kiosk", "the journal takes records again");
    r->storage = true;
    port_changed(r->port);
}

struct records *records_create(struct loop *l, const struct records_config *config, const struct records_events *events,
                               void *ctx, const struct port *port)
{
    struct records *r = calloc(1, sizeof *r);

    must(r, "out of memory");
    *r = (struct records){.config = *config, .events = *events, .ctx = ctx, .port = port};
    r->retry = loop_add_timer(l, on_retry, r);
    return r;
}

void records_end(struct records *r, bool asked)
{
    if (!r || !r->journal)
        return;
    if (asked)
        records_note(r, RECORD_SHUTDOWN, "", "asked to");
    journal_sign_head(r->journal, NULL);
}

void records_destroy(struct records *r)
{
    if (!r)
        return;
    journal_close(r->journal);
    loop_timer_remove(r->retry);
    free(r);
}

/* --- what the others know --- */

void records_seal_to(struct records *r, const struct public_key *key)
{
    r->seal_to = key;
    if (r->journal)
        journal_set_seal_key(r->journal, key);
}

void records_trust_clock(struct records *r, bool sure)
{
    r->clock_sure = sure;
    if (r->journal)
        journal_set_clock_trusted(r->journal, sure);
}

static void tell_sent(struct records *r)
{
    must(r->awaited_case[0], "an application without its number has arrived");
    struct input in = {.kind = INPUT_SENT};

    text_copy(in.number, sizeof in.number, r->awaited_case);
    r->awaited_seq = 0;
    port_feed(r->port, &in);
}

int records_acknowledged(struct records *r, uint64_t seq, const uint8_t hash[HASH_LEN], struct err *e)
{
    if (!r->journal)
        return err_set(e, ERR_STATE, "the journal is not open");
    int rc = journal_acknowledged(r->journal, seq, hash, e);
    if (rc < 0) {
        doubt(r, rc, e);
        return rc;
    }
    records_count_unsent(r);
    if (r->awaited_seq && r->awaited_seq <= records_acked(r))
        tell_sent(r);
    return 0;
}

void records_count_unsent(struct records *r)
{
    uint64_t last = records_last(r), acked = records_acked(r);

    r->unsent = last > acked ? (int)(last - acked) : 0;
    port_changed(r->port);
}

void records_visit_over(struct records *r)
{
    r->awaited_seq = 0;
}

/* --- off the resident's path --- */

bool records_settle(struct records *r)
{
    struct err e = {0};

    if (!r->unsigned_head)
        return false;
    r->unsigned_head = false;
    if (journal_sign_head(r->journal, &e) < 0)
        records_failed(r, &e);
    return true;
}

void records_rest(struct records *r)
{
    struct err e = {0};

    if (r->journal && r->storage && journal_rest(r->journal, &e) < 0)
        records_failed(r, &e);
}

void records_purge(struct records *r)
{
    int64_t hour = clock_wall_ms() / HOUR_MS;
    struct err e = {0};

    if (hour == r->purged_hour || !records_clock_sure(r))
        return;
    must(r->journal, "bodies go of no journal");
    r->purged_hour = hour;
    if (journal_purge(r->journal, records_acked(r), RECORDS_PURGE_DAYS, &e) < 0)
        log_warn("kiosk", "%s", e.text);
}

/* --- what others ask --- */

struct journal *records_journal(const struct records *r)
{
    return r->journal;
}

uint64_t records_last(const struct records *r)
{
    return r->journal ? journal_last(r->journal) : 0;
}

uint64_t records_acked(const struct records *r)
{
    return r->journal ? journal_acked(r->journal) : 0;
}

struct date records_day(const struct records *r)
{
    return r->journal ? journal_day(r->journal) : date_of_ms(clock_wall_ms());
}

struct case_here records_case(struct records *r, const char *number)
{
    struct journal_case c = {.seq = 0};
    struct err e = {0};

    if (r->journal && journal_case(r->journal, number, &c, &e) < 0)
        log_error("kiosk", "%s", e.text);
    return (struct case_here){.here = c.seq != 0, .sent = c.seq != 0 && c.seq <= records_acked(r), .at_ms = c.at};
}

bool records_clock_sure(const struct records *r)
{
    return r->journal && journal_clock_trusted(r->journal);
}

const char *records_warning(const struct records *r)
{
    static const char *const words[] = {[JOURNAL_WHOLE] = "", [JOURNAL_BEHIND] = "journal-behind", [JOURNAL_FORK] = "fork"};
    must(r->health == JOURNAL_WHOLE || r->health == JOURNAL_BEHIND || r->health == JOURNAL_FORK, "a journal in no state");

    return words[r->health];
}

void records_health(const struct records *r, struct health *h)
{
    h->storage = r->storage;
    h->journal = r->health;
    h->unsent = r->unsent;
}
