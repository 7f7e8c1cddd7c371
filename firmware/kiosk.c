/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk: the process that owns the screen, the devices and the resident's words. It has no network. It is the only file
 * that sees all sides (kiosk/), and it is one sentence long: input -> session_step() -> effects, journal first, then
 * devices, then the view.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/notify.h"
#include "base/options.h"
#include "base/sandbox.h"
#include "base/secret.h"
#include "kiosk/wiring.h"

#define BUSY_WAIT_MS 5000
#define BUSY_LOOK_MS 20
#define PATH_BYTES 512

/* --- inputs --- */

static void perform(struct kiosk *k, struct effects *fx);

static void show(struct kiosk *k)
{
    k->redraw = false;
    ui_show(k->ui, session_view(k->session));
    control_shown(k->control);
}

/* Queues one input; the outermost call works the queue off, so that an effect's result never re-enters the session. What it
 * says may be a resident's, so every copy of it is wiped, and here alone. */
static void feed(void *ctx, struct input *in)
{
    struct kiosk *k = ctx;

    if (k->session) {
        must(k->n_inputs < KIOSK_INPUTS_MAX, "the session loops: too many inputs wait");
        k->inputs[k->n_inputs++] = *in;
    }
    secret_wipe(in, sizeof *in);
    if (k->draining)
        return;
    k->draining = true;
    while (k->n_inputs > 0) {
        struct input next = k->inputs[0];
        struct effects fx = {.n = 0};

        memmove(k->inputs, k->inputs + 1, (size_t)--k->n_inputs * sizeof *k->inputs);
        secret_wipe(&k->inputs[k->n_inputs], sizeof *k->inputs);
        next.now_ms = clock_wall_ms();
        session_step(k->session, &next, &fx);
        if (next.kind == INPUT_RECORDED && (next.record == RECORD_APPLICATION || next.record == RECORD_SUPPLEMENT ||
                                            next.record == RECORD_FEEDBACK || next.record == RECORD_TICKET))
            show(k); /* the number is durable: it stands on the screen before its paper is begun */
        secret_wipe(&next, sizeof next);
        perform(k, &fx);
        secret_wipe(&fx, sizeof fx);
    }
    k->draining = false;
    k->redraw = true;
}

/* --- effects --- */

static void effect_record(struct kiosk *k, const struct effect_record *r, bool *failed)
{
    struct records_given given = {.calendar = catalogue_calendar(k->catalogue)};
    struct err e = {0};
    int rc = 0;

    /* On the first boot there is no journal yet. What is printed then are test pages, which promise nothing. */
    if (!wiring_enrolled(k) && r->header.kind >= RECORD_PRINT_START && r->header.kind <= RECORD_PRINT_RETRACTED) {
        feed(k, &(struct input){.kind = INPUT_RECORDED, .record = r->header.kind});
        return;
    }
    if (r->header.kind == RECORD_TICKET && records_journal(k->records)) {
        given.day = records_day(k->records);
        rc = err_wrap(&e, queue_desk_next(k->queues, r->header.queue, given.day, given.ticket, &e), "record a ticket");
    }
    if (rc < 0)
        records_refuse(k->records, r, rc, &e);
    else
        rc = records_write(k->records, r, &given);
    *failed |= rc < 0;
}

static void effect_lookup(struct kiosk *k, const struct effect *f)
{
    struct input in;

    if (lookup_answer(k->lookup, catalogue_now(k->catalogue), halt_desk_here(k->halts), f, &in))
        feed(k, &in);
}

static void effect_timer(struct kiosk *k, const struct effect *f)
{
    must((unsigned)f->timer < TIMER_COUNT && f->ms >= 0, "a timer there is none of");
    if (f->ms > 0)
        loop_timer_start(k->timers[f->timer], f->ms);
    else
        loop_timer_stop(k->timers[f->timer]);
}

static void effect_wipe(struct kiosk *k)
{
    composer_end(k->composer);
    speech_end(k->speech);
    ui_wipe(k->ui);
    if (catalogue_now(k->catalogue))
        catalog_release_items(catalogue_now(k->catalogue));
    lookup_wipe(k->lookup);
    ask_desk_drop(k->ask);
    k->wishes = 0;
    records_visit_over(k->records);
}

/* `unrecorded`: the record that must stand before the errand could not be written. */
static void effect_staff(struct kiosk *k, const struct effect *f, bool unrecorded)
{
    switch (f->errand) {
    case STAFF_CHECK_PIN:
        staff_desk_pin(k->staff, records_journal(k->records), f->pin, unrecorded);
        break;
    case STAFF_GET_FACTS:
        wiring_feed_facts(k);
        break;
    case STAFF_CHECK_CHAIN:
        audit_start(k->audit);
        break;
    case STAFF_SYNC_NOW:
        peers_say(k->peers, &(struct peer_line){.kind = PEER_NOW});
        break;
    case STAFF_START_ANEW:
        k->start_anew = true;
        loop_stop(k->loop);
        break;
    case STAFF_UPDATE_STICK:
        if (!unrecorded)
            system_update_from_stick(k->update);
        break;
    case STAFF_UPDATE_OTHER:
        if (!unrecorded)
            system_update_to_other(k->update);
        break;
    case STAFF_WATCH_ROLL:
    case STAFF_ROLL_OVER:
        roll_desk_errand(&k->roll, k->devices, f->errand, f->role, NULL);
        break;
    case STAFF_NEW_ROLL:
        roll_desk_errand(&k->roll, k->devices, f->errand, f->role, records_journal(k->records));
        wiring_feed_facts(k);
        break;
    case STAFF_LOGS_STICK:
        if (!unrecorded)
            logs_desk_ask(k->logs);
        break;
    case STAFF_LINE_LOOK:
        uplink_desk_look(k->uplink);
        break;
    case STAFF_LINE_TEST:
        uplink_desk_test(k->uplink); /* also where nothing can be written down: it changes nothing */
        break;
    case STAFF_OVER:
        roll_desk_errand(&k->roll, k->devices, f->errand, f->role, NULL);
        staff_desk_over(k->staff);
        break;
    }
}

static void effect_case_here(struct kiosk *k, const char *number)
{
    struct input in = {.kind = INPUT_CASE_HERE, .here = records_case(k->records, number)};

    in.here.unprinted = in.here.here && roll_desk_case_unprinted(records_journal(k->records), number);
    feed(k, &in);
}

static void perform_one(struct kiosk *k, struct effect *f, bool *unrecorded)
{
    switch (f->kind) {
    case EFFECT_RECORD:
        effect_record(k, &f->record, unrecorded);
        break;
    case EFFECT_CARD_POLL:
        devices_poll(k->devices, f->on);
        break;
    case EFFECT_PRINT:
        outside_settle(
            k->outside); /* what was handed in is known outside the encrypted disk before anybody holds its paper */
        devices_print(k->devices, f, *unrecorded);
        break;
    case EFFECT_PRINT_STOP:
        devices_stop(k->devices, f->role);
        break;
    case EFFECT_BROWSE:
    case EFFECT_SEARCH:
    case EFFECT_HOME:
    case EFFECT_ITEM:
    case EFFECT_REGION:
        effect_lookup(k, f);
        break;
    case EFFECT_CASE_HERE:
        effect_case_here(k, f->ask.number);
        break;
    case EFFECT_ASK:
        wiring_ask(k, &f->ask);
        break;
    case EFFECT_COMPOSE:
        composer_ask(k->composer, &f->compose);
        break;
    case EFFECT_TIMER:
        effect_timer(k, f);
        break;
    case EFFECT_STAFF:
        effect_staff(k, f, *unrecorded);
        break;
    case EFFECT_SELFTEST:
        selftest_told(k->selftest, &f->tested);
        break;
    case EFFECT_FIRST:
        first_boot_errand(k->first, f->first);
        break;
    case EFFECT_WIPE:
        effect_wipe(k);
        break;
    }
}

/* Journal first, then devices, then the rest, whatever order the session named them in. */
static void perform(struct kiosk *k, struct effects *fx)
{
    must(fx->n >= 0 && fx->n <= EFFECTS_MAX, "more effects than there is room for");
    bool unrecorded = false;

    for (int kind = EFFECT_RECORD; kind <= EFFECT_WIPE; kind++)
        for (int i = 0; i < fx->n; i++)
            if ((int)fx->list[i].kind == kind)
                perform_one(k, &fx->list[i], &unrecorded);
    catalogue_check_trouble(k->catalogue);
}

/* --- screen --- */

static void on_intent(void *ctx, struct intent i)
{
    feed(ctx, &(struct input){.kind = INPUT_INTENT, .intent = i});
}

static void on_touched(void *ctx)
{
    on_intent(ctx, (struct intent){.kind = INTENT_NONE});
}

/* A finger rests on 确认提交: the page it will lead to is painted, and not shown. */
static void on_aimed(void *ctx, struct intent i)
{
    struct kiosk *k = ctx;
    const struct item *item = session_view(k->session)->item.item;
    struct view *next = i.kind == INTENT_SUBMIT ? malloc(sizeof *next) : NULL;
    struct input done;

    if (next && item && records_foresee(k->records, item, catalogue_calendar(k->catalogue), &done) &&
        session_foresee(k->session, &done, next))
        ui_paint_ahead(k->ui, next);
    free(next);
}

static void on_say(void *ctx, const char *words, bool add)
{
    struct kiosk *k = ctx;

    speech_say(k->speech, &session_view(k->session)->settings, words, add);
}

static void on_hush(void *ctx)
{
    speech_stop(((struct kiosk *)ctx)->speech);
}

static void on_quit(void *ctx)
{
    loop_stop(((struct kiosk *)ctx)->loop);
}

/* --- time --- */

#define ON_TIMER(name, id)                                                                                                  \
    static void name(void *ctx)                                                                                             \
    {                                                                                                                       \
        feed(ctx, &(struct input){.kind = INPUT_TIMER, .timer = id});                                                       \
    }
ON_TIMER(on_timer_rest, TIMER_REST)
ON_TIMER(on_timer_countdown, TIMER_COUNTDOWN)
ON_TIMER(on_timer_card, TIMER_CARD)
ON_TIMER(on_timer_left, TIMER_LEFT)
ON_TIMER(on_timer_print, TIMER_PRINT)
ON_TIMER(on_timer_page, TIMER_PAGE)

static void on_minute(void *ctx)
{
    struct kiosk *k = ctx;

    loop_timer_start(k->minute, 60000 - clock_wall_ms() % 60000);
    queue_desk_tell_times(k->queues);
    port_feed_kind(&k->port, INPUT_CLOCK);
    if (!wiring_enrolled(k))
        return;
    authority_check_head(k->authority);
    authority_check_ends(k->authority, wiring_idle(k));
    if (k->started)
        queue_desk_minute(k->queues);
    queue_desk_tell(k->queues);
    if (k->started && wiring_idle(k))
        wiring_purge(k);
    if (k->started) {
        system_update_check(k->update);
        remote_check(k->remote);
    }
}

/* --- the loop's end: draw, then what may wait --- */

static void on_prepare(void *ctx)
{
    struct kiosk *k = ctx;

    if (k->started && wiring_enrolled(k)) {
        system_update_check(k->update);
        remote_check(k->remote);
    }
    if (k->redraw)
        show(k);
    if (!k->started)
        return;
    if (wiring_idle(k)) {
        first_boot_idle(k->first);
        if (wiring_enrolled(k))
            catalogue_idle(k->catalogue);
        if (k->redraw)
            show(k);
    }
    if (records_settle(k->records)) {
        wiring_tell_journal(k);
        wiring_tell_how(k, false); /* a technician's word may be what was written */
        queue_desk_ask(k->queues);
        outside_settle(k->outside);
    }
    if (wiring_idle(k))
        records_rest(k->records);
}

/* What the first frame need not wait for. */
static void on_started(void *ctx)
{
    struct kiosk *k = ctx;

    k->started = true;
    notify_ready(k->notify);
    if (!wiring_enrolled(k))
        return;
    authority_load_root(k->authority);
    halt_desk_load(k->halts);
    authority_load_head(k->authority);
    outside_open(k->outside);
    queue_desk_renew(k->queues);
    catalogue_incoming(k->catalogue); /* something may have arrived while nobody looked */
}

static void add_timers(struct kiosk *k)
{
    static loop_timer_fn *const fns[TIMER_COUNT] = {
        [TIMER_REST] = on_timer_rest, [TIMER_COUNTDOWN] = on_timer_countdown, [TIMER_CARD] = on_timer_card,
        [TIMER_LEFT] = on_timer_left, [TIMER_PRINT] = on_timer_print,         [TIMER_PAGE] = on_timer_page};

    for (int i = 0; i < TIMER_COUNT; i++)
        k->timers[i] = loop_add_timer(k->loop, fns[i], k);
    k->minute = loop_add_timer(k->loop, on_minute, k);
    k->start = loop_add_timer(k->loop, on_started, k);
}

/* --- start and end --- */

static int load_terminal(struct kiosk *k, struct err *e)
{
    char path[PATH_BYTES];
    struct terminal_config t;
    int rc = fs_join(path, sizeof path, k->opt.data, "terminal.json");

    if (rc == 0)
        rc = terminal_config_read(path, &t, e);
    if (rc < 0)
        return rc;
    rc = fs_join(path, sizeof path, k->opt.data, "keys/journal.pem");
    if (rc == 0)
        rc = key_load(path, &k->signing, e);
    if (rc == 0)
        k->terminal = t;
    else if (rc == -ERR_NOTFOUND)
        rc = err_set(e, ERR_KEY, "%s is gone", path);
    return err_wrap(e, rc, "read the terminal's identity");
}

/* Without terminal.json it is the first boot; a folder that is not there is a mistyped name. */
static int find_terminal(struct kiosk *k, struct err *e)
{
    struct err none = {0};
    int rc = load_terminal(k, &none);

    if (rc == -ERR_NOTFOUND && access(k->opt.data, F_OK) == 0)
        return 0;
    *e = none;
    return rc;
}

static int open_screen(struct kiosk *k, struct err *e)
{
    const struct ui_config config = {
        .assets = k->opt.assets, .width = k->opt.width, .height = k->opt.height, .window = k->opt.window};
    const struct ui_events events = {
        .intent = on_intent, .touched = on_touched, .aimed = on_aimed, .quit = on_quit, .say = on_say, .hush = on_hush};
    const struct control_events control = {.moved = on_minute, .quit = on_quit};
    int rc = ui_create(k->loop, &config, &events, k, &k->ui, e);

    if (rc == 0 && k->opt.control >= 0)
        k->control = control_create(k->loop, k->opt.control, k->ui, &control, k);
    return err_wrap(e, rc, "open the screen");
}

static int open_peers(struct kiosk *k, struct err *e)
{
    return peers_open(k->peers, e);
}

static int open_journal(struct kiosk *k, struct err *e)
{
    return records_open(k->records, e);
}

/* What a kiosk that was killed a moment ago still holds is waited for; a second one that runs keeps it. */
static int in_time(struct kiosk *k, int (*open)(struct kiosk *, struct err *), struct err *e)
{
    int rc = open(k, e);

    if (rc == -ERR_BUSY)
        log_info("kiosk", "%s: waiting up to %d s for it to end", e->text, BUSY_WAIT_MS / 1000);
    for (int waited = 0; rc == -ERR_BUSY && waited < BUSY_WAIT_MS; waited += BUSY_LOOK_MS) {
        poll(NULL, 0, BUSY_LOOK_MS);
        rc = open(k, e);
    }
    return rc;
}

static void open_stores(struct kiosk *k, struct err *e)
{
    if (in_time(k, open_journal, e) < 0)
        records_failed(k->records, e);
    if (catalogue_open(k->catalogue, e) < 0)
        log_warn("kiosk", "%s", e->text);
}

static void begin(struct kiosk *k)
{
    struct input start = {.kind = INPUT_START};

    wiring_session(k);
    if (wiring_enrolled(k))
        records_begin(k->records, &start);
    start.health = wiring_health(k);
    feed(k, &start);
}

/* On the first boot: terminal.json is there now. */
static int on_enrol(void *ctx, struct err *e)
{
    struct kiosk *k = ctx;
    int rc = load_terminal(k, e);

    if (rc < 0)
        return rc;
    open_stores(k, e);
    begin(k);
    on_started(k);
    on_minute(k);
    return 0;
}

static int kiosk_open(struct kiosk *k, struct err *e)
{
    int rc = find_terminal(k, e);

    if (rc == 0)
        rc = fs_refuse_root(k->opt.data, e);
    if (rc < 0)
        return rc;
    wiring_make(k, feed, on_enrol);
    rc = in_time(k, open_peers, e); /* first: a second kiosk must not even take the display */
    if (rc < 0)
        return rc;
    staff_desk_over(k->staff); /* nobody is signed in any more */
    add_timers(k);
    first_boot_begin(k->first);
    if (wiring_enrolled(k))
        open_stores(k, e);
    if ((rc = open_screen(k, e)) < 0 || (rc = wiring_devices(k, e)) < 0)
        return rc;
    begin(k);
    loop_set_prepare(k->loop, on_prepare, k);
    loop_timer_start(k->start, 0);
    on_minute(k);
    return loop_on_terminate(k->loop, on_quit, k);
}

static void kiosk_close(struct kiosk *k, bool asked)
{
    records_end(k->records, asked);
    audit_destroy(k->audit);
    staff_desk_destroy(k->staff);
    control_destroy(k->control);
    peers_destroy(k->peers);
    selftest_destroy(k->selftest);
    capture_destroy(k->capture);
    composer_destroy(k->composer);
    speech_destroy(k->speech);
    devices_destroy(k->devices);
    system_update_destroy(k->update);
    remote_destroy(k->remote);
    halt_desk_destroy(k->halts);
    logs_desk_destroy(k->logs);
    uplink_desk_destroy(k->uplink);
    first_boot_destroy(k->first);
    session_destroy(k->session);
    lookup_destroy(k->lookup);
    ui_destroy(k->ui);
    queue_desk_destroy(k->queues);
    ask_desk_destroy(k->ask);
    catalogue_destroy(k->catalogue);
    authority_destroy(k->authority);
    outside_destroy(k->outside);
    aside_destroy(k->aside);
    records_destroy(k->records);
    key_free(k->signing);
    notify_destroy(k->notify);
    loop_destroy(k->loop);
}

int main(int argc, char **argv)
{
    static struct kiosk k;
    struct err e = {0};
    int rc;

    secret_harden_process();
    int code = kiosk_options_read(argc, argv, &k.opt);
    if (code >= 0)
        return options_end("kiosk", code, 3);
    k.loop = loop_create();
    k.notify = notify_create(k.loop);
    rc = sandbox_no_network(&e);
    if (rc == 0)
        rc = kiosk_open(&k, &e);
    if (rc == 0)
        rc = loop_run(k.loop);
    if (rc < 0)
        log_error("kiosk", "%s", e.text);
    kiosk_close(&k, rc == 0);
    return rc < 0 ? 3 : k.start_anew ? 4 : 0;
}
