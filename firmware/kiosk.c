/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk: the process that owns the screen, the devices and the resident's words. It has no network. It is the only file
 * that sees all modules, and it is one sentence long: input -> session_step() -> effects, journal first, then devices,
 * then the view.
 */
#include "kiosk/kiosk.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/must.h"
#include "base/options.h"
#include "base/sandbox.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/version.h"

#define BUSY_WAIT_MS 5000
#define BUSY_LOOK_MS 20

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
void kiosk_feed(struct kiosk *k, struct input *in)
{
    if (k->session) {
        must(k->n_inputs < INPUTS_MAX, "the session loops: too many inputs wait");
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
        if (next.kind == INPUT_RECORDED && (next.record == RECORD_APPLICATION || next.record == RECORD_TICKET))
            show(k); /* the number is durable: it stands on the screen before its paper is begun */
        secret_wipe(&next, sizeof next);
        perform(k, &fx);
        secret_wipe(&fx, sizeof fx);
    }
    k->draining = false;
    k->redraw = true;
}

static void feed_kind(struct kiosk *k, enum input_kind kind)
{
    kiosk_feed(k, &(struct input){.kind = kind});
}

/* --- health --- */

void kiosk_health_changed(struct kiosk *k)
{
    kiosk_feed(k, &(struct input){.kind = INPUT_HEALTH, .health = k->health});
    kiosk_ends_check(k);
}

/* --- effects --- */

static void effect_record(struct kiosk *k, const struct effect *f, bool *failed)
{
    struct input done = {.kind = INPUT_RECORDED, .record = f->record.kind};
    struct err e = {0};
    int rc = kiosk_record(k, &f->record, &done, &e);

    if (rc < 0) {
        *failed = true;
        done.kind = INPUT_RECORD_FAILED;
        done.no_space = rc == -ERR_NOSPACE;
        kiosk_storage_failed(k, &e);
    } else if (!k->health.storage) {
        k->health.storage = true;
        kiosk_health_changed(k);
    }
    kiosk_feed(k, &done);
}

/* `unrecorded`: the record that must stand before the paper could not be written, so nothing is printed. */
static void effect_print(struct kiosk *k, struct effect *f, bool unrecorded)
{
    struct input in = {.kind = INPUT_PRINT, .print = PRINT_NOT, .printer = PRINTER_FAULT};
    struct err e = {0};
    int rc = unrecorded ? -ERR_STATE : printers_print(k->printers, (int)f->role, f->paper, f->job, &e);

    paper_destroy(f->paper);
    f->paper = NULL;
    if (rc >= 0)
        return;
    if (!unrecorded)
        log_warn("kiosk", "print: %s", e.text);
    text_copy(in.job, sizeof in.job, f->job);
    kiosk_feed(k, &in);
}

static void effect_lookup(struct kiosk *k, const struct effect *f)
{
    struct input in;

    if (lookup_answer(k->lookup, k->catalog, f, &in))
        kiosk_feed(k, &in);
}

static void effect_timer(struct kiosk *k, const struct effect *f)
{
    if (f->ms > 0)
        loop_timer_start(k->timers[f->timer], f->ms);
    else
        loop_timer_stop(k->timers[f->timer]);
}

static void effect_wipe(struct kiosk *k)
{
    kiosk_compose_end(k);
    ui_wipe(k->ui);
    if (k->catalog)
        catalog_release_items(k->catalog);
    lookup_wipe(k->lookup);
    k->application_seq = 0;
}

static void perform_one(struct kiosk *k, struct effect *f, bool *unrecorded)
{
    switch (f->kind) {
    case EFFECT_RECORD:
        effect_record(k, f, unrecorded);
        break;
    case EFFECT_CARD_POLL:
        idcard_poll(k->idcard, f->on);
        break;
    case EFFECT_PRINT:
        effect_print(k, f, *unrecorded);
        break;
    case EFFECT_PRINT_STOP:
        printers_stop(k->printers, (int)f->role);
        break;
    case EFFECT_BROWSE:
    case EFFECT_SEARCH:
    case EFFECT_HOME:
    case EFFECT_ITEM:
    case EFFECT_REGION:
        effect_lookup(k, f);
        break;
    case EFFECT_COMPOSE:
        kiosk_compose(k, &f->compose);
        break;
    case EFFECT_TIMER:
        effect_timer(k, f);
        break;
    case EFFECT_STAFF:
        kiosk_staff_errand(k, f, *unrecorded);
        break;
    case EFFECT_SELFTEST:
        kiosk_selftest_told(k, &f->tested);
        break;
    case EFFECT_WIPE:
        effect_wipe(k);
        break;
    }
}

/* Journal first, then devices, then the rest, whatever order the session named them in. */
static void perform(struct kiosk *k, struct effects *fx)
{
    bool unrecorded = false;

    for (int kind = EFFECT_RECORD; kind <= EFFECT_WIPE; kind++)
        for (int i = 0; i < fx->n; i++)
            if ((int)fx->list[i].kind == kind)
                perform_one(k, &fx->list[i], &unrecorded);
    kiosk_check_trouble(k);
}

/* --- screen --- */

static void on_intent(void *ctx, struct intent i)
{
    kiosk_feed(ctx, &(struct input){.kind = INPUT_INTENT, .intent = i});
}

static void on_touched(void *ctx)
{
    on_intent(ctx, (struct intent){.kind = INTENT_NONE});
}

static void on_aimed(void *ctx, struct intent i)
{
    if (i.kind == INTENT_SUBMIT)
        kiosk_foresee_application(ctx);
}

static void on_quit(void *ctx)
{
    struct kiosk *k = ctx;

    loop_stop(k->loop);
}

/* --- time --- */

static void feed_timer(struct kiosk *k, enum timer_id id)
{
    kiosk_feed(k, &(struct input){.kind = INPUT_TIMER, .timer = id});
}
static void on_timer_rest(void *ctx)
{
    feed_timer(ctx, TIMER_REST);
}
static void on_timer_countdown(void *ctx)
{
    feed_timer(ctx, TIMER_COUNTDOWN);
}
static void on_timer_card(void *ctx)
{
    feed_timer(ctx, TIMER_CARD);
}
static void on_timer_print(void *ctx)
{
    feed_timer(ctx, TIMER_PRINT);
}

static void on_timer_left(void *ctx)
{
    feed_timer(ctx, TIMER_LEFT);
}
static void on_timer_page(void *ctx)
{
    feed_timer(ctx, TIMER_PAGE);
}

static void on_minute(void *ctx)
{
    struct kiosk *k = ctx;

    loop_timer_start(k->minute, 60000 - clock_wall_ms() % 60000);
    kiosk_hours_tell(k);
    feed_kind(k, INPUT_CLOCK);
    kiosk_check_head(k);
    kiosk_ends_check(k);
    if (k->started)
        kiosk_leases_minute(k);
    kiosk_queues_tell(k);
    if (k->started)
        kiosk_purge(k);
}

/* --- the loop's end: draw, then what may wait --- */

static void on_prepare(void *ctx)
{
    struct kiosk *k = ctx;
    struct err e = {0};

    if (k->redraw)
        show(k);
    if (!k->started)
        return;
    if (session_idle(k->session)) {
        kiosk_idle_catalogue(k);
        if (k->redraw)
            show(k);
    }
    if (k->unsigned_head) {
        k->unsigned_head = false;
        if (journal_sign_head(k->journal, &e) < 0)
            kiosk_storage_failed(k, &e);
        kiosk_tell_sync(k);
        kiosk_leases_ask(k);
    }
    kiosk_rest_journal(k);
}

/* What the first frame need not wait for. */
static void on_started(void *ctx)
{
    struct kiosk *k = ctx;

    k->started = true;
    kiosk_load_root_keys(k);
    kiosk_load_head(k);
    kiosk_leases_renew(k);
    k->incoming = true; /* something may have arrived while nobody looked */
}

static void on_clock_moved(void *ctx)
{
    on_minute(ctx);
}

/* --- start --- */

static int load_terminal(struct kiosk *k, struct err *e)
{
    char path[KIOSK_PATH_MAX];
    struct buf text;
    int rc = fs_join(path, sizeof path, k->opt.data, "terminal.json");

    if (rc >= 0)
        rc = fs_read(path, JSON_SIZE_MAX, &text, e);
    if (rc < 0)
        return err_wrap(e, rc, "this terminal is not enrolled; run kioskctl enrol");
    rc = terminal_config_decode(text.data, text.len, &k->terminal, e);
    buf_finish(&text);
    if (rc >= 0)
        rc = fs_join(path, sizeof path, k->opt.data, "keys/journal.pem");
    if (rc >= 0)
        rc = key_load(path, &k->signing, e);
    return err_wrap(e, rc, "read the terminal's identity");
}

static int open_screen(struct kiosk *k, struct err *e)
{
    const struct ui_config config = {
        .assets = k->opt.assets, .width = k->opt.width, .height = k->opt.height, .window = k->opt.window};
    const struct ui_events events = {.intent = on_intent, .touched = on_touched, .aimed = on_aimed, .quit = on_quit};
    const struct control_events control = {.moved = on_clock_moved, .quit = on_quit};
    int rc = ui_create(k->loop, &config, &events, k, &k->ui, e);

    if (rc >= 0 && k->opt.control >= 0)
        k->control = control_create(k->loop, k->opt.control, k->ui, &control, k);
    return err_wrap(e, rc, "open the screen");
}

static void add_timers(struct kiosk *k)
{
    k->timers[TIMER_REST] = loop_add_timer(k->loop, on_timer_rest, k);
    k->timers[TIMER_COUNTDOWN] = loop_add_timer(k->loop, on_timer_countdown, k);
    k->timers[TIMER_CARD] = loop_add_timer(k->loop, on_timer_card, k);
    k->timers[TIMER_LEFT] = loop_add_timer(k->loop, on_timer_left, k);
    k->timers[TIMER_PRINT] = loop_add_timer(k->loop, on_timer_print, k);
    k->timers[TIMER_PAGE] = loop_add_timer(k->loop, on_timer_page, k);
    k->minute = loop_add_timer(k->loop, on_minute, k);
    k->storage = loop_add_timer(k->loop, kiosk_storage_retry, k);
    k->start = loop_add_timer(k->loop, on_started, k);
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

static int kiosk_open(struct kiosk *k, struct err *e)
{
    struct input start = {.kind = INPUT_START};
    int rc = load_terminal(k, e);

    if (rc < 0)
        return rc;
    rc = fs_refuse_root(k->opt.data, e);
    if (rc < 0)
        return rc;
    rc = in_time(k, kiosk_open_socket, e); /* first: a second kiosk must not even take the display */
    if (rc < 0)
        return rc;
    add_timers(k);
    k->health = (struct health){.reader = READER_ABSENT, .printer = {PRINTER_ABSENT, PRINTER_ABSENT}};
    k->health.storage = in_time(k, kiosk_open_journal, e) >= 0;
    if (!k->health.storage)
        kiosk_storage_failed(k, e);
    k->health.catalogue = kiosk_open_catalogue(k, e) >= 0;
    if (!k->health.catalogue)
        log_warn("kiosk", "%s", e->text);
    if ((rc = open_screen(k, e)) < 0 || (rc = kiosk_open_devices(k, e)) < 0)
        return rc;
    kiosk_make_session(k);
    kiosk_journal_says(k, &start);
    start.health = k->health;
    kiosk_feed(k, &start);
    loop_set_prepare(k->loop, on_prepare, k);
    loop_timer_start(k->start, 0);
    on_minute(k);
    return loop_on_terminate(k->loop, on_quit, k);
}

static void kiosk_close(struct kiosk *k, bool asked)
{
    struct err e = {0};

    if (k->journal) {
        if (asked)
            kiosk_note(k, RECORD_SHUTDOWN, "", "asked to");
        journal_sign_head(k->journal, &e);
    }
    work_cancel(k->install);
    work_cancel(k->checking);
    work_cancel(k->verifying);
    kiosk_staff_over(k);
    control_destroy(k->control);
    line_server_destroy(k->server); /* and with it the lines of all peers */
    idcard_destroy(k->idcard);
    kiosk_compose_close(k);
    kiosk_capture_close(k);
    printers_destroy(k->printers);
    usb_destroy(k->usb);
    session_destroy(k->session);
    lookup_destroy(k->lookup);
    ui_destroy(k->ui);
    catalog_close(k->catalog);
    journal_close(k->journal);
    key_free(k->signing);
    loop_destroy(k->loop);
}

static const char usage[] =
    "kiosk [--data DIR] [--run DIR] [--assets DIR] [--size WxH] [--settings WORDS]\n"
    "      [--window] [--control FD[,MS]]\n"
    "The terminal: screen, card reader and printers, one resident at a time.\n"
    "  --data DIR     what the terminal keeps (default /var/lib/tongban)\n"
    "  --run DIR      socket for kiosk-sync and kioskctl (default /run/tongban)\n"
    "  --assets DIR   icons, pictures, printer profiles (default /usr/share/tongban)\n"
    "  --size WxH     of the picture: one that there is a layout for, " UI_LAYOUTS " (default 1080x1920)\n"
    "  --settings WORDS  what every visit starts with, such as en,large: zh-CN en, standard large larger largest,\n"
    "                 contrast, low-reach (default zh-CN,standard)\n"
    "  --window       in a window, scaled to the desktop\n"
    "  --control FD[,MS]  take requests on this inherited socket, set the clock (tests and the demo)\n"
    "  --help, --version\n"
    "Exit: 0 stopped, 2 wrong usage, 3 cannot start (the message says why), 4 a technician wants it started anew.\n";

/* One of the sizes that the screens are laid out for. -1: go on; else the exit code. */
static int read_size(const char *text, struct options *o)
{
    size_t len = strlen(text);

    for (const char *w = UI_LAYOUTS; *w; w += strcspn(w, " "), w += *w == ' ')
        if (strcspn(w, " ") == len && !strncmp(w, text, len) && sscanf(text, "%dx%d", &o->width, &o->height) == 2)
            return -1;
    return options_wrong("kiosk", "there is no layout for --size %s, but for: " UI_LAYOUTS, text);
}

static int read_control(const char *text, struct options *o)
{
    int64_t wall_ms;
    int code = options_control("kiosk", text, &o->control, &wall_ms);

    if (code < 0 && wall_ms) {
        clock_set_wall(wall_ms);
        clock_set_built(wall_ms);
    }
    return code;
}

static int read_settings(const char *text, struct options *o)
{
    struct err e = {0};

    return settings_parse(text, &o->settings, &e) < 0 ? options_wrong("kiosk", "--settings: %s", e.text) : -1;
}

/* -1: go on; else the exit code. */
static int read_options(int argc, char **argv, struct options *o)
{
    const char *size = NULL, *control = NULL, *settings = NULL;
    bool version = false;
    const struct option_word list[] = {
        {"--data", &o->data, NULL},     {"--run", &o->run, NULL},      {"--assets", &o->assets, NULL},
        {"--size", &size, NULL},        {"--control", &control, NULL}, {"--settings", &settings, NULL},
        {"--window", NULL, &o->window}, {"--version", NULL, &version}, {0}};
    int n, code = options_read("kiosk", argc, argv, usage, list, NULL, 0, &n);

    if (code < 0 && version)
        return printf("kiosk %s\n", version_text()) < 0;
    if (code < 0 && size)
        code = read_size(size, o);
    if (code < 0 && settings)
        code = read_settings(settings, o);
    return code < 0 && control ? read_control(control, o) : code;
}

int main(int argc, char **argv)
{
    static struct kiosk k = {.opt = {.data = "/var/lib/tongban",
                                     .run = "/run/tongban",
                                     .assets = "/usr/share/tongban",
                                     .width = 1080,
                                     .height = 1920,
                                     .control = -1}};
    struct err e = {0};
    int rc;

    secret_harden_process();
    int code = read_options(argc, argv, &k.opt);
    if (code >= 0)
        return options_end("kiosk", code, 3);
    k.loop = loop_create();
    k.lookup = lookup_create(k.opt.assets);
    rc = sandbox_no_network(&e);
    if (rc >= 0)
        rc = kiosk_open(&k, &e);
    if (rc >= 0)
        rc = loop_run(k.loop);
    if (rc < 0)
        log_error("kiosk", "%s", e.text);
    kiosk_close(&k, rc >= 0);
    return rc < 0 ? 3 : k.start_anew ? 4 : 0;
}
