/* SPDX-License-Identifier: Apache-2.0
 *
 * See wiring.h. Each function here is one thing that one side says and another must hear.
 */
#include "kiosk/wiring.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "crypto/random.h"
#include "kiosk/width.h"
#include "wire/ack.h"

bool wiring_idle(const struct kiosk *k)
{
    return k->session && session_idle(k->session);
}

bool wiring_enrolled(const struct kiosk *k)
{
    return k->terminal.terminal[0] != '\0';
}

struct facts wiring_facts(struct kiosk *k)
{
    return (struct facts){.data = k->opt.data,
                          .terminal = &k->terminal,
                          .records = k->records,
                          .devices = k->devices,
                          .catalogue = k->catalogue,
                          .authority = k->authority,
                          .queues = k->queues,
                          .audit = k->audit,
                          .staff = k->staff,
                          .update = k->update,
                          .logs = k->logs,
                          .roll = &k->roll,
                          .uplink = uplink_desk_report(k->uplink),
                          .sync = peers_sync(k->peers)};
}

void wiring_feed_facts(struct kiosk *k)
{
    static struct staff_facts f; /* borrowed by the session for its step */
    const struct facts all = wiring_facts(k);

    facts_of_terminal(&all, &f);
    port_feed(&k->port, &(struct input){.kind = INPUT_STAFF_FACTS, .facts = &f});
}

/* --- what the sides say --- */

struct health wiring_health(const struct kiosk *k)
{
    struct health h = {.hall = peers_hall(k->peers)};

    devices_health(k->devices, &h);
    records_health(k->records, &h);
    catalogue_health(k->catalogue, &h);
    authority_health(k->authority, &h);
    h.storage |= !wiring_enrolled(k); /* until there is a journal nothing is written to it */
    return h;
}

static void on_changed(void *ctx)
{
    struct kiosk *k = ctx;

    port_feed(&k->port, &(struct input){.kind = INPUT_HEALTH, .health = wiring_health(k)});
    authority_check_ends(k->authority, wiring_idle(k));
    wiring_tell_catalogue(k, false);
    wiring_tell_how(k, false);
}

static void on_note(void *ctx, enum record_kind kind, const char *role, const char *what)
{
    struct kiosk *k = ctx;

    if (wiring_enrolled(k)) /* else there is no journal yet */
        records_note(k->records, kind, role, what);
}

static void on_unfinished(void *ctx, const char *role)
{
    devices_cut_first(((struct kiosk *)ctx)->devices, role);
}

static void on_journal_late(void *ctx)
{
    queue_desk_renew(((struct kiosk *)ctx)->queues);
}

static bool on_card(void *ctx, const struct identity *card)
{
    struct kiosk *k = ctx;
    enum screen s = session_view(k->session)->screen;

    return (s == SCREEN_IDLE || s == SCREEN_OUT_OF_SERVICE) &&
           staff_desk_card(k->staff, catalogue_now(k->catalogue), records_journal(k->records), card);
}

static void on_keys(void *ctx)
{
    struct kiosk *k = ctx;

    records_seal_to(k->records, authority_sealing(k->authority));
}

void wiring_purge(struct kiosk *k)
{
    records_purge(k->records);
    if (records_clock_sure(k->records))
        aside_purge(k->aside, RECORDS_PURGE_DAYS);
}

static void on_clock(void *ctx)
{
    struct kiosk *k = ctx;

    records_trust_clock(k->records, authority_clock_sure(k->authority));
    if (wiring_idle(k))
        wiring_purge(k);
}

static void on_root(void *ctx)
{
    struct kiosk *k = ctx;

    authority_load_root(k->authority);
    halt_desk_load(k->halts);
    wiring_tell_catalogue(k, true); /* a list that was refused for its key comes once more */
    queue_desk_renew(k->queues);
}

static void on_prepared(void *ctx)
{
    struct kiosk *k = ctx;

    authority_load_head(k->authority);
    wiring_tell_catalogue(k, true);
}

void wiring_session(struct kiosk *k)
{
    struct session_config config = {
        .place = k->terminal.place, .settings = k->opt.settings, .voice = speech_reach(k->speech)};

    queue_desk_load(k->queues, &config);
    catalogue_load_places(k->catalogue, k->terminal.terminal, &config);
    first_boot_config(k->first, &config.first);
    random_bytes(&config.seed, sizeof config.seed);
    session_destroy(k->session);
    k->session = session_create(&config);
}

static void on_other_catalogue(void *ctx)
{
    struct kiosk *k = ctx;

    wiring_session(k);
    port_feed(&k->port,
              &(struct input){.kind = INPUT_START, .health = wiring_health(k), .outage = records_outage(k->records)});
    halt_desk_tell(k->halts);
    queue_desk_renew(k->queues);
    queue_desk_tell(k->queues);
    wiring_tell_catalogue(k, true);
}

static bool on_nobody_here(void *ctx)
{
    const struct kiosk *k = ctx;
    enum screen s = session_view(k->session)->screen;

    return (s == SCREEN_IDLE || s == SCREEN_OUT_OF_SERVICE) && wiring_idle(k) && !selftest_runs(k->selftest);
}

/* As if a technician had asked for it: records, head and catalogue. */
static int on_logs_wanted(void *ctx, const uint8_t id[ACT_ID_LEN], struct err *e)
{
    return logs_desk_for_hall(((struct kiosk *)ctx)->logs, id, e);
}

static void on_sync_wanted(void *ctx)
{
    peers_say(((struct kiosk *)ctx)->peers, &(struct peer_line){.kind = PEER_NOW});
}

static bool on_clock_asked(void *ctx)
{
    return records_clock_sure(((struct kiosk *)ctx)->records);
}

static void on_order_again(void *ctx)
{
    peers_say(((struct kiosk *)ctx)->peers, &(struct peer_line){.kind = PEER_SYSTEM_AGAIN});
}

static bool on_first_catalogue(void *ctx)
{
    return catalogue_now(((struct kiosk *)ctx)->catalogue) != NULL;
}

static const struct first *on_first_shown(void *ctx)
{
    const struct kiosk *k = ctx;

    return k->session ? &session_view(k->session)->first : NULL;
}

static void on_again_anew(void *ctx)
{
    struct kiosk *k = ctx;

    k->start_anew = true;
    loop_stop(k->loop);
}

static bool on_listens(void *ctx)
{
    return peers_sync(((struct kiosk *)ctx)->peers);
}

static void on_want(void *ctx, const char *queue, const char *day)
{
    struct peer_line p = {.kind = PEER_LEASE_WANTED};

    text_copy(p.queue, sizeof p.queue, queue);
    text_copy(p.day, sizeof p.day, day);
    peers_say(((struct kiosk *)ctx)->peers, &p);
}

static void on_again(void *ctx, const char *day)
{
    struct peer_line p = {.kind = PEER_AGAIN};

    text_copy(p.day, sizeof p.day, day);
    peers_say(((struct kiosk *)ctx)->peers, &p);
}

static void on_audit(void *ctx)
{
    struct kiosk *k = ctx;

    wiring_feed_facts(k);
    if (audit_state(k->audit) != CHAIN_CHECKING)
        selftest_checked(k->selftest);
}

static void on_selftest_check(void *ctx)
{
    audit_start(((struct kiosk *)ctx)->audit);
}

static void on_facts(void *ctx)
{
    wiring_feed_facts(ctx);
}

static void on_selftest_facts(void *ctx, struct buf *out)
{
    const struct facts all = wiring_facts(ctx);
    const struct health h = wiring_health(ctx);

    facts_for_selftest(&all, &h, out);
}

/* --- what the hall is asked --- */

/* The serial tells the session which of its questions this answers. */
static void on_answered(void *ctx, enum ask_reason why, const struct ask_desk_answer *a)
{
    struct kiosk *k = ctx;

    port_feed(&k->port,
              &(struct input){.kind = INPUT_ASKED, .asked = {k->asked, a->cases, a->appointments, a->licences, why}});
}

static bool on_ask(void *ctx, const struct peer_line *p)
{
    struct kiosk *k = ctx;

    if (!peers_sync(k->peers))
        return false;
    peers_say(k->peers, p);
    return true;
}

/* An id for each wish of a visit: what is asked again, because no answer came, is done once. */
static void ask_appointment(struct kiosk *k, const struct effect_ask *what, enum language language)
{
    struct appointment_wish w = *what->wish;
    bool books = w.verb == APPOINTMENT_BOOK || w.verb == APPOINTMENT_MOVE;

    if (what->count != k->wishes)
        random_bytes(k->wish_id, sizeof k->wish_id);
    k->wishes = what->count;
    if (books)
        memcpy(w.id, k->wish_id, sizeof w.id);
    ask_desk_appointment(k->ask, what->number, &w, language);
}

void wiring_ask(struct kiosk *k, const struct effect_ask *what)
{
    enum language shown = session_view(k->session)->settings.language;
    /* in traditional characters the page writes the Chinese answer itself: so any hall can be asked */
    enum language language = shown == LANGUAGE_ZH_HANT ? LANGUAGE_ZH_CN : shown;

    k->asked = what->serial;
    switch (what->kind) {
    case QUESTION_APPOINTMENT:
        ask_appointment(k, what, language);
        break;
    case QUESTION_LICENCES:
        ask_desk_licences(k->ask, what->number, what->item, language);
        break;
    case QUESTION_CASES:
        ask_desk_cases(k->ask, what->number, language);
        break;
    case QUESTION_CASE:
        ask_desk_case(k->ask, what->number, what->phone, language);
        break;
    case QUESTION_SPOKEN:
        ask_desk_spoken(k->ask, what->number, language);
        break;
    }
}

/* --- what kiosk-sync and kioskctl say --- */

static void on_sync(void *ctx, bool there)
{
    struct kiosk *k = ctx;

    uplink_desk_gone(k->uplink);
    if (!there) {
        authority_clock_said(k->authority, records_clock_sure(k->records));
        records_count_unsent(k->records);
        return;
    }
    catalogue_incoming(k->catalogue); /* it may have come while nobody listened */
    wiring_tell_journal(k);
    wiring_tell_catalogue(k, true);
    wiring_tell_how(k, true);
    queue_desk_renew(k->queues);
}

static void hear_ack(struct kiosk *k, const char *json)
{
    const struct manifest_role *hall = authority_hall(k->authority);
    struct err e = {0};
    struct ack a;

    if (!records_journal(k->records) || !hall->n)
        return; /* it is asked for again when there are */
    int rc = ack_decode(json, strlen(json), &a, &e);
    if (rc == 0)
        rc = ack_verify(hall, k->terminal.terminal, k->terminal.epoch, &a, &e);
    if (rc == -ERR_SIGNATURE && aside_said(k->aside, hall, &a))
        rc = 0; /* of a journal of before */
    else if (rc == 0)
        rc = records_acknowledged(k->records, a.seq, a.hash, &e);
    if (rc < 0)
        log_error("kiosk", "%s", e.text);
    outside_settle(k->outside);
}

static void answer(struct line *to, const struct buf *json)
{
    line_send(to, buf_ok(json) ? buf_str(json) : "{\"error\":\"too much for one answer\"}");
}

static void answer_facts(struct kiosk *k, struct line *from, enum peer_kind kind)
{
    const struct facts all = wiring_facts(k);
    struct buf json;

    buf_init(&json, FACTS_MAX);
    if (kind == PEER_STATUS)
        facts_status(&all, session_view(k->session), &json);
    else
        facts_devices(&all, &json);
    answer(from, &json);
    buf_finish(&json);
}

static void on_said(void *ctx, struct line *from, const struct peer_line *p)
{
    struct kiosk *k = ctx;

    switch (p->kind) {
    case PEER_STATE:
        authority_clock_said(k->authority, p->sure);
        records_count_unsent(k->records);
        break;
    case PEER_CERTIFICATE:
        authority_certificate_said(k->authority, p->ms, p->refused);
        break;
    case PEER_INCOMING:
        catalogue_incoming(k->catalogue);
        break;
    case PEER_ACK:
        hear_ack(k, p->bytes);
        break;
    case PEER_LEASE:
        queue_desk_lease_said(k->queues, p->bytes);
        break;
    case PEER_LEASED:
        queue_desk_ask(k->queues);
        break;
    case PEER_QUEUES:
        queue_desk_said(k->queues, p->ms, p->bytes);
        break;
    case PEER_HALTS:
        halt_desk_said(k->halts, p->bytes);
        break;
    case PEER_SYSTEM:
        system_update_said(k->update, authority_hall(k->authority), p->here, p->bytes);
        break;
    case PEER_ACT:
        remote_said(k->remote, authority_hall(k->authority), p->bytes);
        break;
    case PEER_ASKED:
    case PEER_UNASKED:
        ask_desk_said(k->ask, p);
        break;
    case PEER_STATUS:
    case PEER_DEVICES:
        answer_facts(k, from, p->kind);
        break;
    case PEER_CAPTURE:
        capture_request(k->capture, from, p->role, (int)p->seconds, p->option, peers_is_sync(k->peers, from));
        break;
    case PEER_WIDTH:
        width_request(devices_printers(k->devices), from, p->role, (int)p->mark);
        break;
    case PEER_UPLINK:
    case PEER_UPLINKED:
        uplink_desk_said(k->uplink, p);
        break;
    case PEER_NETWORK:
        uplink_desk_request(k->uplink, from, p->option);
        break;
    case PEER_SELFTEST:
        selftest_request(k->selftest, from, p->step, p->option);
        break;
    case PEER_HELLO_ENROL:
    case PEER_ENROL:
        first_boot_said(k->first, from, p);
        break;
    case PEER_HELLO:
    case PEER_HELLO_TOOL:
    case PEER_JOURNAL:
    case PEER_LEASE_WANTED:
    case PEER_AGAIN:
    case PEER_NOW:
    case PEER_ENROL_NOW:
    case PEER_SYSTEM_AGAIN:
    case PEER_UPLINK_LOOK:
    case PEER_UPLINK_TEST:
    case PEER_CATALOGUE:
    case PEER_HOW:
    case PEER_ASK:
    case PEER_KINDS:
        break;
    }
}

static void on_gone(void *ctx, const struct line *c)
{
    struct kiosk *k = ctx;

    selftest_gone(k->selftest, c);
    first_boot_gone(k->first, c);
    capture_gone(k->capture, c);
}

/* The sides, before anything is opened. */
void wiring_make(struct kiosk *k, void (*feed)(void *ctx, struct input *in), int (*enrol)(void *ctx, struct err *e))
{
    static const struct records_events records = {.unfinished = on_unfinished, .opened = on_journal_late};
    static const struct peers_events peers = {.sync = on_sync, .said = on_said, .gone = on_gone};
    static const struct catalogue_events catalogue = {.root = on_root, .prepared = on_prepared, .other = on_other_catalogue};
    static const struct authority_events authority = {.keys = on_keys, .clock = on_clock};
    static const struct queue_desk_events queues = {.listens = on_listens, .want = on_want, .again = on_again};
    static const struct ask_desk_events ask = {.send = on_ask, .answered = on_answered};
    static const struct selftest_events selftest = {.check = on_selftest_check, .facts = on_selftest_facts};
    const struct records_config of = {.data = k->opt.data, .terminal = &k->terminal, .signing = &k->signing};

    k->port = (struct port){.feed = feed, .note = on_note, .changed = on_changed, .ctx = k};
    k->records = records_create(k->loop, &of, &records, k, &k->port);
    k->peers = peers_create(k->loop, k->opt.run, &peers, k);
    k->catalogue = catalogue_create(k->loop, k->opt.data, &catalogue, k, &k->port);
    k->authority = authority_create(k->opt.data, &authority, k, &k->port);
    k->aside = aside_create(k->opt.data, k->terminal.terminal);
    const struct outside_config outlives = {.data = k->opt.data,
                                            .note = k->opt.note,
                                            .terminal = &k->terminal,
                                            .signing = &k->signing,
                                            .records = k->records,
                                            .aside = k->aside,
                                            .authority = k->authority};
    k->outside = outside_create(&outlives);
    const struct first_boot_config new = {
        .data = k->opt.data, .machine = k->opt.machine, .terminal = &k->terminal, .signing = &k->signing};
    const struct first_boot_events first = {.catalogue = on_first_catalogue,
                                            .shown = on_first_shown,
                                            .enrol = enrol,
                                            .over = on_other_catalogue,
                                            .again = on_again_anew};
    k->first = first_boot_create(&new, &first, k, &k->port);
    const struct queue_desk_config from = {
        .terminal = &k->terminal, .records = k->records, .catalogue = k->catalogue, .authority = k->authority};
    k->queues = queue_desk_create(&from, &queues, k, &k->port);
    k->halts = halt_desk_create(k->opt.data, k->catalogue, k->authority, &k->port);
    k->ask = ask_desk_create(&k->terminal, k->authority, &ask, k);
    k->staff = staff_desk_create(k->opt.run, &k->port);
    k->audit = audit_create(k->loop, k->opt.data, on_audit, k);
    k->selftest = selftest_create(k->terminal.terminal, &selftest, k, &k->port);
    const struct system_update_events update = {
        .nobody_here = on_nobody_here, .clock_sure = on_clock_asked, .again = on_order_again};
    k->update = system_update_create(k->loop, k->opt.run, k->terminal.terminal, &update, k, &k->port);
    const struct remote_events remote = {
        .nobody_here = on_nobody_here, .sync = on_sync_wanted, .restart = on_again_anew, .logs = on_logs_wanted};
    k->remote = remote_create(k->terminal.terminal, k->records, &remote, k, &k->port);
    const struct uplink_desk_events uplink = {.say = on_ask, .told = on_facts};
    k->uplink = uplink_desk_create(k->loop, &uplink, k);
    k->logs = logs_desk_create(k->loop, k->opt.run, on_facts, k);
    k->composer = composer_create(k->loop, k->opt.assets, &k->port);
    k->speech = speech_create(k->loop, k->opt.voice, &k->port);
    k->lookup = lookup_create(k->opt.assets);
}

int wiring_devices(struct kiosk *k, struct err *e)
{
    const struct devices_events events = {.card = on_card};
    int rc = devices_create(k->loop, k->opt.data, k->opt.assets, &events, k, &k->port, &k->devices, e);

    if (rc == 0)
        k->capture = capture_create(k->loop, k->devices);
    return rc;
}
