/* SPDX-License-Identifier: Apache-2.0
 *
 * How a stand is made: what staff and a technician prepare, once; then the programs, each time.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/line.h"
#include "tools/scenario/disk_log.h"
#include "tools/scenario/replay.h"
#include "tools/scenario/stand.h"

#define LOOK_MS 30

static int shell(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int shell(struct err *e, const char *fmt, ...)
{
    char command[STAND_PATH_MAX * 4];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(command, sizeof command, fmt, ap);
    va_end(ap);
    return system(command) == 0 ? 0 : err_set(e, ERR_IO, "%s", command);
}

int stand_copy(const char *from, const char *to, struct err *e)
{
    return shell(e, "mkdir -p '%s' && cp -a '%s/.' '%s/'", to, from, to);
}

int stand_replace(const char *from, const char *to, struct err *e)
{
    return shell(e, "rm -rf '%s' && cp -a '%s' '%s'", to, from, to);
}

int stand_remove(const char *path, struct err *e)
{
    return shell(e, "test -e '%s' && rm -rf '%s'", path, path);
}

/* What it prints does not matter. */
#define RUN(...) run_quietly(s, e, (const char *const[]){__VA_ARGS__, NULL})
static int run_quietly(struct stand *s, struct err *e, const char *const words[])
{
    struct buf out;
    int rc = stand_run(s, words, &out, e);

    buf_finish(&out);
    return rc;
}

/* From item files to the hall's public folder, as central staff do it. */
int stand_publish(struct stand *s, const char *hallctl, const char *items, const char *version, struct err *e)
{
    const char *file = stand_path(s, "catalogue.db"), *keys = stand_path(s, "keys"), *hall = stand_path(s, "hall");
    int rc = RUN(hallctl, "catalog", "build", items, "--out", file, "--version", version);

    if (rc >= 0)
        rc = RUN(hallctl, "catalog", "sign", file, "--keys", keys, "--data", hall);
    if (rc >= 0)
        rc = RUN(hallctl, "catalog", "publish", "--data", hall);
    if (rc >= 0 && getuid() == 0)
        rc = stand_give_hall(s, e);
    return rc;
}

int stand_give_hall(struct stand *s, struct err *e)
{
    return shell(e, "chown -Rf nobody '%s' || true", stand_path(s, "hall")); /* the hall renames its own files meanwhile */
}

int stand_take_hall(struct stand *s, struct err *e)
{
    return shell(e, "chown -R root '%s'", stand_path(s, "hall"));
}

int stand_sheet(struct stand *s, struct err *e)
{
    const char *hall = stand_path(s, "hall"), *sheet = stand_path(s, "sheet.json");
    char place[STAND_PATH_MAX], url[64];

    snprintf(place, sizeof place, "%s/tools/scenario/place.json", s->opt.source);
    snprintf(url, sizeof url, "https://127.0.0.1:%d", s->port);
    return RUN("hallctl", "terminal", "add", "--data", hall, "--id", stand_terminal(s), "--office", "1103", "--place", place,
               "--hall", url, "--out", sheet);
}

int stand_lay_sheet(struct stand *s, bool wrong, struct err *e)
{
    const char *sheet = stand_path(s, "sheet.json"), *there = stand_path(s, "term/sheet.json");

    return shell(e, "sed '%s' '%s' >'%s.new' && chmod 640 '%s.new' && mv '%s.new' '%s'",
                 wrong ? "s/\"code\":\"[^\"]*\"/\"code\":\"AAAA-AAAA-AAAA-AAAA\"/" : "", sheet, there, there, there, there);
}

/* What a machine says of the system it was started with. */
static int make_machine(struct stand *s, struct err *e)
{
    return shell(e,
                 "mkdir -p '%s/etc' '%s/run' '%s/proc' && echo IMAGE_VERSION=" STAND_VERSION " >'%s/etc/os-release' && "
                 "echo a >'%s/run/tongban-slot' && echo quiet tongban.hash=" STAND_IMAGE " >'%s/proc/cmdline'",
                 stand_path(s, "machine"), stand_path(s, "machine"), stand_path(s, "machine"), stand_path(s, "machine"),
                 stand_path(s, "machine"), stand_path(s, "machine"));
}

/* The terminal of the template goes, the hall knows its name, and has a new sheet for it. */
static int unpack_terminal(struct stand *s, struct err *e)
{
    int rc = shell(e, "rm -rf '%s' && mkdir '%s'", stand_path(s, "term"), stand_path(s, "term"));

    if (rc >= 0)
        rc = stand_sheet(s, e);
    if (rc >= 0 && getuid() == 0)
        rc = stand_give_hall(s, e);
    return rc < 0 || s->opt.sheetless ? rc : stand_lay_sheet(s, false, e);
}

static int prepare_hall(struct stand *s, struct err *e)
{
    const char *keys = stand_path(s, "keys"), *hall = stand_path(s, "hall");
    const char *words[12] = {"hallctl", "keys", "init", "--keys", keys, "--data", hall};
    int n = 7;

    if (!s->opt.real_keys)
        words[n++] = "--test";
    if (s->opt.database) {
        words[n++] = "--database";
        words[n++] = s->opt.database;
    }
    int rc = run_quietly(s, e, words);
    if (rc >= 0 && s->opt.staff_port)
        rc = RUN("hallctl", "staff", "door", "--data", hall, "--host", "localhost");
    return rc < 0 ? rc : stand_publish(s, "hallctl", s->opt.catalogue, "1", e);
}

static int wait_catalogue(struct stand *s, struct err *e)
{
    for (int i = 0; i < 200; i++) {
        if (access(stand_path(s, "term/sync/incoming/catalog.json"), F_OK) == 0)
            return 0;
        usleep(50000);
    }
    return err_set(e, ERR_TIMEOUT, "kiosk-sync does not fetch the catalogue: see logs/kiosk-sync.log");
}

/* Enrolled, with the published catalogue. */
static int prepare_terminal(struct stand *s, struct err *e)
{
    int rc = shell(e, "mkdir -p '%s' '%s' '%s'", stand_path(s, "run"), stand_path(s, "paper"), stand_path(s, "term"));

    if (rc >= 0)
        rc = stand_sheet(s, e);
    if (rc >= 0)
        rc = RUN("kioskctl", "enrol", "--sheet", stand_path(s, "sheet.json"), "--data", stand_path(s, "term"));
    if (rc >= 0)
        rc = stand_run_program(s, PROGRAM_SYNC, e);
    return rc < 0 ? rc : wait_catalogue(s, e);
}

static int prepare_second(struct stand *s, struct err *e)
{
    stand_turn(s);
    int rc = prepare_terminal(s, e);
    stand_turn(s);
    return rc;
}

int stand_prepare(const struct stand_options *opt, const char *dir, int port, struct err *e)
{
    struct stand stand = {.opt = *opt, .port = port, .control = STAND_NONE, .other.control = STAND_NONE}, *s = &stand;
    int rc;

    if (!opt->real_keys)
        stand.opt.wall_ms = 0;
    stand.opt.disk_log = false;
    snprintf(stand.dir, sizeof stand.dir, "%s", dir);
    rc = shell(e, "rm -rf '%s' && mkdir -p '%s/logs'", dir, dir);
    if (rc >= 0)
        rc = prepare_hall(s, e);
    if (rc >= 0)
        rc = stand_run_program(s, PROGRAM_HALL, e);
    if (rc >= 0)
        rc = prepare_terminal(s, e);
    if (rc >= 0 && opt->second)
        rc = prepare_second(s, e);
    stand_stop(s);
    return err_wrap(e, rc, "prepare hall and terminal");
}

static int open_page(struct stand *s, struct err *e)
{
    int fd = open(stand_path(s, "disk.page"), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (fd < 0 || ftruncate(fd, sizeof *s->page) < 0)
        return err_errno(e, "make the page of the disk log");
    s->page = mmap(NULL, sizeof *s->page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return s->page == MAP_FAILED ? err_errno(e, "map the page of the disk log") : 0;
}

/* The disk log begins with the disk as it is. */
static int begin_log(struct stand *s, struct err *e)
{
    unlink(stand_path(s, "disk.log"));
    return shell(e, "rm -rf '%s'; cp -a '%s' '%s'; : > '%s'", stand_path(s, "before"), stand_path(s, "term"),
                 stand_path(s, "before"), stand_path(s, "disk.log"));
}

/* Until kiosk has found what stands on the desk, and heard of the hall: a scenario begins with a terminal that has been on
 * for a while. */
static int wait_devices(struct stand *s, struct err *e)
{
    char answer[4096];
    int fd = -1, rc = stand_control(s, PROGRAM_KIOSK, "nodes", NULL, e); /* its loop runs: the socket is there */
    bool found = false;

    if (rc >= 0)
        rc = line_connect(stand_path(s, "run/kiosk.sock"), &fd, e);
    for (int waited = 0; rc >= 0 && !found && waited < STAND_PATIENCE_MS; waited += LOOK_MS) {
        if (waited)
            usleep(LOOK_MS * 1000);
        rc = line_call(fd, "status", answer, sizeof answer, STAND_PATIENCE_MS, e);
        found = strstr(answer, "\"hall\":true") && strstr(answer, "\"leased\":true") &&
                (strstr(answer, "\"receipt_state\":\"ready\"") || !strcmp(s->opt.printer, "none")) &&
                (strstr(answer, "\"ticket_state\":\"ready\"") || !strcmp(s->opt.ticket, "none")) &&
                (strstr(answer, "\"reader_state\":\"ready\"") || !strcmp(s->opt.reader, "none"));
    }
    if (rc < 0)
        return rc;
    close(fd);
    return found ? 0 : err_set(e, ERR_TIMEOUT, "kiosk does not find the devices: %.300s", answer);
}

static int start_terminal(struct stand *s, struct err *e)
{
    static const enum program order[] = {PROGRAM_DESK, PROGRAM_KIOSK, PROGRAM_SYNC};
    int rc = 0;

    for (size_t i = 0; rc >= 0 && i < sizeof order / sizeof *order; i++)
        rc = stand_run_program(s, order[i], e);
    if (rc < 0)
        return rc;
    return s->opt.unenrolled ? stand_control(s, PROGRAM_KIOSK, "nodes", NULL, e) : wait_devices(s, e);
}

static int start_second(struct stand *s, struct err *e)
{
    stand_turn(s);
    int rc = make_machine(s, e);
    if (rc >= 0)
        rc = start_terminal(s, e);
    stand_turn(s);
    return rc;
}

int stand_start(struct stand *s, const struct stand_options *opt, const char *prepared, const char *dir, int port,
                struct err *e)
{
    int rc;

    *s = (struct stand){.opt = *opt, .port = port, .control = STAND_NONE, .other.control = STAND_NONE, .seed = 1};
    snprintf(s->dir, sizeof s->dir, "%s", dir);
    rc = shell(e, "rm -rf '%s'", dir);
    if (rc >= 0)
        rc = stand_copy(prepared, dir, e);
    if (rc >= 0)
        rc = shell(e, "rm -f '%s/logs/'*; mkdir -p '%s/shots'", dir, dir);
    if (rc >= 0 && opt->note)
        rc = shell(e, "truncate -s 1M '%s'", stand_path(s, "term/note"));
    if (rc >= 0)
        rc = make_machine(s, e);
    if (rc >= 0 && opt->unenrolled)
        rc = unpack_terminal(s, e);
    if (rc >= 0 && opt->disk_log && opt->second)
        rc = err_set(e, ERR_INVALID, "a disk log is of one terminal: a scenario with two cuts no power");
    if (rc >= 0 && opt->disk_log) {
        rc = open_page(s, e);
        if (rc >= 0)
            rc = begin_log(s, e);
    }
    if (rc >= 0)
        rc = stand_run_program(s, PROGRAM_HALL, e);
    if (rc >= 0)
        rc = start_terminal(s, e);
    if (rc >= 0 && opt->second)
        rc = start_second(s, e);
    return err_wrap(e, rc, "start the stand");
}

int stand_rebuild_disk(struct stand *s, struct err *e)
{
    int rc = replay_cut(stand_path(s, "disk.log"), stand_path(s, "before"), stand_path(s, "term"), s->seed, e);

    s->page->cut = s->page->cut_sync = s->page->cut_write = 0;
    return rc < 0 ? rc : begin_log(s, e);
}
