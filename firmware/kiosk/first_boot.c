/* SPDX-License-Identifier: Apache-2.0
 *
 * See first_boot.h.
 */
#include "kiosk/first_boot.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "journal/announce.h"
#include "wire/enrol.h"
#include "wire/manifest.h"
#include "wire/slip.h"

#define ROOT_MAX 65536

struct first_boot {
    struct first_boot_config config;
    struct first_boot_events events;
    void *ctx;
    const struct port *port;
    bool on; /* it is not over */
    struct first_facts facts;
    struct line *sync; /* kiosk-sync while it enrols */
    char hall[ENROL_URL_MAX + 1];
    uint8_t root_sha256[SHA256_LEN];
    struct enrol_register request;
    bool announced;          /* key, request and anchor are there, for the terminal in `request` */
    bool given;              /* terminal.json is written: to be enrolled as soon as no paper is on its way */
    bool open;               /* the session says that all is done */
    char said[ERR_TEXT_MAX]; /* the last trouble in the log: every two seconds is too often */
};

struct first_boot *first_boot_create(const struct first_boot_config *config, const struct first_boot_events *events,
                                     void *ctx, const struct port *port)
{
    struct first_boot *f = calloc(1, sizeof *f);

    must(f, "out of memory");
    *f = (struct first_boot){.config = *config, .events = *events, .ctx = ctx, .port = port};
    return f;
}

void first_boot_destroy(struct first_boot *f)
{
    free(f);
}

static bool enrolled(const struct first_boot *f)
{
    return f->config.terminal->terminal[0] != '\0';
}

static void complain(struct first_boot *f, const struct err *e)
{
    if (!strcmp(f->said, e->text))
        return;
    log_error("kiosk", "first boot: %s", e->text);
    text_copy(f->said, sizeof f->said, e->text);
}

static int path_of(const struct first_boot *f, const char *name, char out[PATH_MAX], struct err *e)
{
    return fs_join(out, PATH_MAX, f->config.data, name) < 0 ? err_set(e, ERR_TOOLONG, "the path of %s", f->config.data) : 0;
}

static bool is_there(const struct first_boot *f, const char *name)
{
    char path[PATH_MAX];

    return path_of(f, name, path, NULL) == 0 && access(path, F_OK) == 0;
}

/* --- the sheet --- */

/* Its code is kiosk-sync's business. */
static enum first_sheet read_sheet(const struct first_boot *f, struct enrol_sheet *ret)
{
    char path[PATH_MAX];
    struct err e = {0};
    struct buf text;
    int rc = path_of(f, ENROL_SHEET, path, &e);

    if (rc == 0)
        rc = fs_read(path, ENROL_SHEET_MAX, &text, &e);
    if (rc < 0)
        return rc == -ERR_NOTFOUND ? FIRST_SHEET_NONE : FIRST_SHEET_BAD;
    rc = enrol_sheet_decode(text.data, text.len, ret, &e);
    buf_finish(&text);
    secret_wipe(ret->code, sizeof ret->code);
    return rc == 0 ? FIRST_SHEET_GOOD : FIRST_SHEET_BAD;
}

static bool journal_of_before(const struct first_boot *f)
{
    char path[PATH_MAX];

    return path_of(f, "journal", path, NULL) == 0 && announce_too_late(path);
}

static void look_at_sheet(struct first_boot *f)
{
    struct enrol_sheet sheet = {0};

    f->facts.sheet = read_sheet(f, &sheet);
    if (!f->announced && journal_of_before(f))
        f->facts.sheet = FIRST_SHEET_LATER;
    if (f->facts.sheet != FIRST_SHEET_GOOD)
        return;
    f->announced = f->announced && !strcmp(sheet.terminal, f->request.terminal);
    text_copy(f->facts.terminal, sizeof f->facts.terminal, sheet.terminal);
    text_copy(f->hall, sizeof f->hall, sheet.hall);
    memcpy(f->root_sha256, sheet.root_sha256, sizeof f->root_sha256);
}

/* --- enrolling --- */

/* kiosk-sync reads its code: it is of kiosk's group. */
static int share_sheet(const struct first_boot *f, struct err *e)
{
    char path[PATH_MAX];
    int rc = path_of(f, ENROL_SHEET, path, e);

    return rc == 0 && chmod(path, 0640) < 0 ? err_errno(e, "let kiosk-sync read %s", path) : rc;
}

static void announce(struct first_boot *f)
{
    const struct announce own = {
        .data = f->config.data, .key = "keys/journal.pem", .request = ENROL_REQUEST, .journal = "journal"};
    struct private_key *key = NULL;
    char keys[PATH_MAX];
    struct err e = {0};
    int rc = path_of(f, "keys", keys, &e);

    if (rc == 0)
        rc = fs_mkdirs(keys, 0700, &e);
    if (rc == 0)
        rc = announce_make(&own, f->facts.terminal, &key, &f->request, &e);
    key_free(key); /* loaded with the terminal */
    if (rc == 0)
        rc = share_sheet(f, &e);
    f->announced = rc == 0;
    if (rc < 0)
        complain(f, &e);
}

static int read_given(const struct first_boot *f, const char *name, size_t max, struct buf *ret, struct err *e)
{
    char path[PATH_MAX];
    int rc = path_of(f, name, path, e);

    return rc < 0 ? rc : fs_read(path, max, ret, e);
}

static int keep(const struct first_boot *f, const char *name, const struct buf *b, struct err *e)
{
    char path[PATH_MAX];
    int rc = path_of(f, name, path, e);

    return rc < 0 ? rc : fs_write_atomic(path, b->data, b->len, 0644, e);
}

static int check_given(const struct first_boot *f, const struct buf *terminal, const struct buf *root, const struct buf *sig,
                       struct err *e)
{
    struct terminal_config t;
    struct manifest_root opened;
    uint8_t hash[SHA256_LEN];
    int rc = terminal_config_decode(terminal->data, terminal->len, &t, e);

    if (rc < 0)
        return rc;
    if (strcmp(t.terminal, f->request.terminal) || memcmp(t.epoch, f->request.epoch, EPOCH_LEN) || strcmp(t.hall, f->hall))
        return err_set(e, ERR_INVALID, "it is not what this terminal asked for");
    sha256(root->data, root->len, hash);
    if (memcmp(hash, f->root_sha256, sizeof hash))
        return err_set(e, ERR_SIGNATURE, "its root.json is not the one on the sheet");
    return manifest_root_open(root->data, root->len, sig->data, sig->len, &opened, e);
}

/* terminal.json last: with it the terminal counts as enrolled. */
static int take_over(struct first_boot *f, struct err *e)
{
    struct buf terminal, root, sig;

    buf_init(&terminal, 0);
    buf_init(&root, 0);
    buf_init(&sig, 0);
    int rc = read_given(f, ENROL_GIVEN_TERMINAL, TERMINAL_CONFIG_MAX, &terminal, e);
    if (rc == 0)
        rc = read_given(f, ENROL_GIVEN_ROOT, ROOT_MAX, &root, e);
    if (rc == 0)
        rc = read_given(f, ENROL_GIVEN_ROOT_SIG, ROOT_MAX, &sig, e);
    if (rc == 0)
        rc = check_given(f, &terminal, &root, &sig, e);
    if (rc == 0)
        rc = keep(f, "root.json", &root, e);
    if (rc == 0)
        rc = keep(f, "root.sig", &sig, e);
    if (rc == 0)
        rc = keep(f, "terminal.json", &terminal, e);
    buf_finish(&terminal);
    buf_finish(&root);
    buf_finish(&sig);
    return err_wrap(e, rc, "take over what kiosk-sync brought");
}

static void look_for_hall(struct first_boot *f)
{
    struct err e = {0};

    if (is_there(f, "terminal.json")) { /* somebody enrolled it by hand */
        f->events.again(f->ctx);
        return;
    }
    look_at_sheet(f);
    if (f->facts.sheet != FIRST_SHEET_GOOD)
        return;
    if (!f->announced)
        announce(f);
    if (!f->announced || !is_there(f, ENROL_GIVEN_TERMINAL))
        return;
    f->given = take_over(f, &e) == 0;
    if (!f->given)
        complain(f, &e);
}

/* --- what the session asks --- */

static void tell(struct first_boot *f)
{
    port_feed(f->port, &(struct input){.kind = INPUT_FIRST, .first = &f->facts});
}

static void look(struct first_boot *f)
{
    f->facts.proved = false;
    if (!enrolled(f) && !f->given)
        look_for_hall(f);
    if (enrolled(f))
        f->facts.hall = f->events.catalogue(f->ctx) ? FIRST_HALL_OPEN : FIRST_HALL_CATALOGUE;
    tell(f);
}

static void prove(struct first_boot *f)
{
    const struct first *now = f->events.shown(f->ctx);
    struct slip_claim s = {
        .machine = f->facts.machine, .minute = clock_wall_ms() / 60000, .ready = first_left_out(now) == 0};
    struct err e = {0};
    struct buf text;

    text_copy(s.terminal, sizeof s.terminal, f->config.terminal->terminal);
    buf_init(&text, FIRST_PROOF_MAX);
    int rc = slip_sign(*f->config.signing, f->config.terminal->epoch, &s, &e);
    if (rc == 0 && slip_encode(&s, &text) < 0)
        rc = err_set(&e, ERR_TOOLONG, "the code of the slip");
    if (rc < 0)
        log_error("kiosk", "the slip bears no code: %s", e.text);
    text_copy(f->facts.proof, sizeof f->facts.proof, rc == 0 ? buf_str(&text) : "");
    buf_finish(&text);
    f->facts.proved = true; /* until it is looked again: the session reads it when its turn comes */
    tell(f);
}

void first_boot_errand(struct first_boot *f, enum first_errand errand)
{
    if (!f->on)
        return;
    switch (errand) {
    case FIRST_LOOK_NOW:
        if (f->sync)
            line_send(f->sync, "enrol now");
        look(f);
        break;
    case FIRST_LOOK:
        look(f);
        break;
    case FIRST_PROVE:
        prove(f);
        break;
    case FIRST_OPEN:
        f->open = true;
        break;
    }
}

/* --- kiosk-sync --- */

static enum first_hall said(const char *word)
{
    return !strcmp(word, "unreached")  ? FIRST_HALL_UNREACHED
           : !strcmp(word, "refused")  ? FIRST_HALL_REFUSED
           : !strcmp(word, "stranger") ? FIRST_HALL_STRANGER
                                       : FIRST_HALL_ASKED;
}

void first_boot_said(struct first_boot *f, struct line *from, const struct peer_line *p)
{
    if (!f->on || enrolled(f))
        return;
    f->sync = from;
    if (p->kind == PEER_ENROL) {
        f->facts.hall = said(p->step);
        look(f);
    }
}

void first_boot_gone(struct first_boot *f, const struct line *c)
{
    if (f->sync == c)
        f->sync = NULL;
}

/* --- its beginning and its end --- */

static void disk_facts(struct first_boot *f)
{
    struct statvfs disk;

    if (statvfs(f->config.data, &disk) == 0)
        f->facts.total_mb = (int64_t)(disk.f_blocks * (disk.f_frsize / 1024) / 1024);
}

/* A sheet on a terminal that is enrolled: of its own first boot, which was cut; of another terminal it changes nothing. */
static bool wanted(const struct first_boot *f)
{
    struct enrol_sheet sheet = {0};
    enum first_sheet state;

    if (!enrolled(f))
        return true;
    state = read_sheet(f, &sheet);
    if (state == FIRST_SHEET_GOOD && !strcmp(sheet.terminal, f->config.terminal->terminal))
        return true;
    if (state != FIRST_SHEET_NONE)
        log_warn("kiosk", "%s/" ENROL_SHEET " is not this terminal's, and is not looked at", f->config.data);
    return false;
}

void first_boot_begin(struct first_boot *f)
{
    f->on = wanted(f);
    if (!f->on)
        return;
    machine_read(f->config.machine, &f->facts.machine);
    disk_facts(f);
    text_copy(f->facts.terminal, sizeof f->facts.terminal, f->config.terminal->terminal);
    log_info("kiosk", "first boot");
}

void first_boot_config(struct first_boot *f, struct first *ret)
{
    const struct first *shown = f->events.shown(f->ctx);

    if (!f->on)
        return;
    if (shown)
        *ret = *shown;
    else if (!enrolled(f))
        look_for_hall(f);
    ret->on = true;
    ret->facts = f->facts;
}

static void enrolled_now(struct first_boot *f)
{
    struct err e = {0};

    f->given = false;
    f->sync = NULL;
    if (f->events.enrol(f->ctx, &e) == 0)
        return;
    log_error("kiosk", "%s", e.text); /* a program that starts anew finds out */
    f->events.again(f->ctx);
}

/* The hall is told what the terminal opened without. */
static void note_end(struct first_boot *b)
{
    const struct first *f = b->events.shown(b->ctx);
    char what[RECORD_TEXT_MAX];

    snprintf(what, sizeof what, "first-boot%s%s%s%s", first_left_out(f) ? " without" : "",
             f->part[FIRST_READER] == FIRST_LEFT_OUT ? " reader" : "",
             f->part[FIRST_RECEIPT] == FIRST_LEFT_OUT ? " receipt" : "",
             f->part[FIRST_TICKET] == FIRST_LEFT_OUT ? " ticket" : "");
    port_note(b->port, RECORD_CONFIGURATION, "", what);
}

/* The code was used up by the first key that showed it; still it is nobody's to read. */
static int destroy_sheet(struct first_boot *f, struct err *e)
{
    static const char *const files[] = {ENROL_REQUEST, ENROL_SHEET};
    char path[PATH_MAX];

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        int rc = path_of(f, files[i], path, e);
        if (rc == 0 && unlink(path) < 0 && access(path, F_OK) == 0)
            rc = err_errno(e, "remove %s", path);
        if (rc < 0)
            return rc;
    }
    return fs_sync_dir(f->config.data, e);
}

static void open_up(struct first_boot *f)
{
    struct err e = {0};

    f->open = false;
    note_end(f);
    if (destroy_sheet(f, &e) < 0)
        log_error("kiosk", "the first boot will be done once more: %s", e.text);
    f->on = false;
    log_info("kiosk", "the first boot is over");
    f->events.over(f->ctx);
}

void first_boot_idle(struct first_boot *f)
{
    if (f->on && f->given)
        enrolled_now(f);
    if (f->on && f->open && enrolled(f))
        open_up(f);
}
