/* SPDX-License-Identifier: Apache-2.0
 *
 * See stand.h.
 */
#include "tools/scenario/stand.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/line.h"
#include "tools/scenario/disk_log.h"
#include "tools/scenario/replay.h"

#define CONTROL_FD 3
#define ANSWER_MAX (1024 * 1024)
#define COMMAND_OUTPUT_MAX (4 * 1024 * 1024)
#define LOOK_MS 30
#define ARGS_MAX 24
#define ENVIRONMENT_MAX 256

const char *stand_program_name(enum program p)
{
    static const char *const names[] = {"hall", "desk", "kiosk", "kiosk-sync", "hall-open"};

    return names[p];
}

const char *stand_path(const struct stand *s, const char *name)
{
    static char ring[16][STAND_PATH_MAX * 2];
    static int at;

    at = (at + 1) % 16;
    snprintf(ring[at], sizeof ring[at], "%s/%s", s->dir, name);
    return ring[at];
}

int stand_free_port(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), port = 0;

    if (fd >= 0 && bind(fd, (struct sockaddr *)&a, len) == 0 && getsockname(fd, (struct sockaddr *)&a, &len) == 0)
        port = ntohs(a.sin_port);
    if (fd >= 0)
        close(fd);
    return port;
}

/* --- running programs --- */

static void arguments(const struct stand *s, enum program p, const char *argv[ARGS_MAX])
{
    static char listen_at[64], control[64], assets[STAND_PATH_MAX];
    int n = 0;

    snprintf(listen_at, sizeof listen_at, "127.0.0.1:%d", s->port);
    snprintf(assets, sizeof assets, "%s/assets", s->opt.build);
    if (p != PROGRAM_DESK && s->opt.wall_ms) /* the clock stands right before anything is read */
        snprintf(control, sizeof control, "%d,%lld", CONTROL_FD, (long long)s->opt.wall_ms);
    else
        snprintf(control, sizeof control, "%d", CONTROL_FD);
#define ADD(...)                                                                                                            \
    do {                                                                                                                    \
        const char *more[] = {__VA_ARGS__};                                                                                 \
        for (size_t i = 0; i < sizeof more / sizeof *more; i++)                                                             \
            argv[n++] = more[i];                                                                                            \
    } while (0)
    ADD(stand_program_name(p));
    switch (p) {
    case PROGRAM_HALL:
        ADD("--data", stand_path(s, "hall"), "--listen", listen_at, "--control", control);
        ADD("--ask", stand_path(s, "ask.sock"));
        if (getuid() == 0)
            ADD("--user", "nobody"); /* who cannot read keys/ */
        break;
    case PROGRAM_DESK:
        ADD("--socket", stand_path(s, "desk.sock"), "--paper", stand_path(s, "paper"), "--reader", s->opt.reader,
            "--printer", s->opt.printer, "--ticket", s->opt.ticket);
        break;
    case PROGRAM_KIOSK:
        ADD("--data", stand_path(s, "term"), "--run", stand_path(s, "run"), "--assets", assets, "--control", control);
        ADD("--machine", stand_path(s, "machine"));
        if (s->opt.settings[0])
            ADD("--settings", s->opt.settings);
        if (s->opt.window)
            ADD("--window");
        if (s->opt.note)
            ADD("--note", stand_path(s, "term/note"));
        break;
    case PROGRAM_SYNC:
        ADD("--data", stand_path(s, "term"), "--run", stand_path(s, "run"), "--control", control);
        break;
    case PROGRAM_OPENER: /* on the machine's own clock */
        ADD("--keys", stand_path(s, "keys"), "--log", stand_path(s, "logs/openings.log"), "--socket",
            stand_path(s, "open.sock"), "--ask", stand_path(s, "ask.sock"));
        break;
    case PROGRAMS:
        break;
    }
#undef ADD
    argv[n] = NULL;
}

static void child(const struct stand *s, enum program p, int control, int out)
{
    const char *argv[ARGS_MAX];
    char path[STAND_PATH_MAX], name[64];
    int log;

    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    arguments(s, p, argv);
    snprintf(name, sizeof name, "logs/%s.log", stand_program_name(p));
    log = open(stand_path(s, name), O_WRONLY | O_CREAT | O_APPEND, 0644);
    dup2(log, 2);
    dup2(out >= 0 ? out : log, 1);
    dup2(control, CONTROL_FD); /* without O_CLOEXEC, unlike all others */
    stand_preload(s, p);
    snprintf(path, sizeof path, "%s/%s", s->opt.build, stand_program_name(p));
    execv(path, (char **)argv);
    _exit(127);
}

/* The hall, what opens for it and the desk say on stdout when they are ready. */
static int wait_ready(struct stand *s, enum program p, int fd, struct err *e)
{
    struct pollfd pfd = {.fd = fd, .events = POLLIN};
    char text[512];
    ssize_t n = poll(&pfd, 1, STAND_PATIENCE_MS) == 1 ? read(fd, text, sizeof text) : 0;

    close(fd);
    return n > 0 ? 0
                 : err_set(e, ERR_GONE, "%s does not start: see logs/%s.log", stand_program_name(p), stand_program_name(p));
}

static struct stand *running;

static void on_end(int signal)
{
    for (int p = 0; running && p < PROGRAMS; p++)
        if (running->pid[p] > 0)
            kill(running->pid[p], SIGKILL);
    _exit(128 + signal);
}

/* Root: the hall may ask, being nobody. */
static int give_socket(const struct stand *s, struct err *e)
{
    return chmod(stand_path(s, "ask.sock"), 0666) < 0 ? err_errno(e, "let the hall ask hall-open") : 0;
}

int stand_run_program(struct stand *s, enum program p, struct err *e)
{
    bool speaks = p == PROGRAM_HALL || p == PROGRAM_DESK || p == PROGRAM_OPENER;
    int pair[2], out[2] = {-1, -1};

    if (s->pid[p] > 0 && stand_alive(s, p))
        return 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0 || (speaks && pipe2(out, O_CLOEXEC) < 0))
        return err_errno(e, "start %s", stand_program_name(p));
    running = s;
    signal(SIGTERM, on_end);
    signal(SIGINT, on_end);
    s->pid[p] = fork();
    if (s->pid[p] == 0)
        child(s, p, pair[1], out[1]);
    close(pair[1]);
    if (speaks)
        close(out[1]);
    if (s->control[p] >= 0)
        close(s->control[p]);
    s->control[p] = pair[0];
    if (speaks && wait_ready(s, p, out[0], e) < 0)
        return -ERR_GONE;
    return p == PROGRAM_OPENER && getuid() == 0 ? give_socket(s, e) : 0;
}

bool stand_alive(struct stand *s, enum program p)
{
    if (s->pid[p] > 0 && waitpid(s->pid[p], NULL, WNOHANG) == s->pid[p])
        s->pid[p] = 0;
    return s->pid[p] > 0;
}

void stand_kill(struct stand *s, enum program p)
{
    if (s->pid[p] > 0) {
        kill(s->pid[p], SIGKILL);
        waitpid(s->pid[p], NULL, 0);
    }
    s->pid[p] = 0;
    if (s->control[p] >= 0)
        close(s->control[p]);
    s->control[p] = -1;
}

void stand_stop(struct stand *s)
{
    for (int p = PROGRAMS - 1; p >= 0; p--)
        stand_kill(s, (enum program)p);
    if (s->page)
        munmap(s->page, sizeof *s->page);
    s->page = NULL;
}

/* --- commands --- */

/* The search for leaks at the end takes longer than most commands do; each has tests of its own that search. */
static char **command_environment(void)
{
    static char sanitizer[512], *all[ENVIRONMENT_MAX];
    const char *given = getenv("ASAN_OPTIONS");
    int n = 0;

    snprintf(sanitizer, sizeof sanitizer, "ASAN_OPTIONS=%s:detect_leaks=0", given ? given : "");
    for (char **p = environ; *p && n < ENVIRONMENT_MAX - 2; p++)
        if (strncmp(*p, "ASAN_OPTIONS=", 13))
            all[n++] = *p;
    all[n++] = sanitizer;
    all[n] = NULL;
    return all;
}

static int run_command(struct stand *s, char *const argv[], struct buf *out, struct err *e)
{
    char path[STAND_PATH_MAX], chunk[4096];
    posix_spawn_file_actions_t files;
    int p[2], status = 0, rc;
    ssize_t n;
    pid_t pid;

    buf_init(out, COMMAND_OUTPUT_MAX);
    if (pipe2(p, O_CLOEXEC) < 0)
        return err_errno(e, "run %s", argv[0]);
    snprintf(path, sizeof path, "%s/%s", s->opt.build, argv[0]);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, p[1], 1);
    posix_spawn_file_actions_addopen(&files, 2, stand_path(s, "logs/commands.log"), O_WRONLY | O_CREAT | O_APPEND, 0644);
    /* fork() would copy the sanitizer's pages each time */
    rc = posix_spawn(&pid, path, &files, NULL, argv, command_environment());
    posix_spawn_file_actions_destroy(&files);
    close(p[1]);
    while ((n = read(p[0], chunk, sizeof chunk)) > 0)
        buf_add(out, chunk, (size_t)n);
    close(p[0]);
    if (rc != 0)
        return err_set(e, ERR_IO, "run %s: %s", path, strerror(rc));
    waitpid(pid, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    return err_set(e, ERR_REFUSED, "%s %s: exit %d: %.200s (see logs/commands.log)", argv[0], argv[1] ? argv[1] : "",
                   WIFEXITED(status) ? WEXITSTATUS(status) : -1, buf_str(out));
}

/* Staff's and technicians' commands have the stand's clock too. 0, or how many arguments that is. */
static int clock_arguments(const struct stand *s, const char *program, char **argv)
{
    static char time[CLOCK_RFC3339_LEN + 1];

    if (!s->opt.wall_ms || (strncmp(program, "hallctl", 7) && strcmp(program, "kioskctl")))
        return 0;
    clock_format_rfc3339(s->opt.wall_ms, time);
    argv[0] = "--clock";
    argv[1] = time;
    return 2;
}

int stand_command(struct stand *s, struct buf *out, struct err *e, const char *program, ...)
{
    char *argv[ARGS_MAX];
    va_list ap;
    int n = 0;

    argv[n++] = (char *)(uintptr_t)program;
    n += clock_arguments(s, program, argv + n);
    va_start(ap, program);
    for (const char *a; n < ARGS_MAX - 1 && (a = va_arg(ap, const char *));)
        argv[n++] = (char *)(uintptr_t)a;
    va_end(ap);
    argv[n] = NULL;
    return run_command(s, argv, out, e);
}

int stand_desk(struct stand *s, const char *words, struct buf *out, struct err *e)
{
    static char answer[ANSWER_MAX];
    int fd, rc = line_connect(stand_path(s, "desk.sock"), &fd, e);

    buf_init(out, ANSWER_MAX);
    if (rc >= 0) {
        rc = line_call(fd, words, answer, sizeof answer, STAND_PATIENCE_MS, e);
        close(fd);
    }
    if (rc >= 0 && strstr(answer, "\"error\""))
        rc = err_set(e, ERR_REFUSED, "%s", answer);
    if (rc >= 0)
        rc = buf_adds(out, answer);
    return err_wrap(e, rc, "desk: %s", words);
}

/* --- making a stand --- */

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
    char *argv[ARGS_MAX];
    struct buf out;
    int n = 0;

    argv[n++] = (char *)(uintptr_t)words[0];
    n += clock_arguments(s, words[0], argv + n);
    for (int i = 1; words[i] && n < ARGS_MAX - 1; i++)
        argv[n++] = (char *)(uintptr_t)words[i];
    argv[n] = NULL;
    int rc = run_command(s, argv, &out, e);
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

int stand_sheet(struct stand *s, struct err *e)
{
    const char *hall = stand_path(s, "hall"), *sheet = stand_path(s, "sheet.json");
    char place[STAND_PATH_MAX], url[64];

    snprintf(place, sizeof place, "%s/tools/scenario/place.json", s->opt.source);
    snprintf(url, sizeof url, "https://127.0.0.1:%d", s->port);
    return RUN("hallctl", "terminal", "add", "--data", hall, "--id", "t-1103-003", "--office", "1103", "--place", place,
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
    int rc = s->opt.real_keys ? RUN("hallctl", "keys", "init", "--keys", keys, "--data", hall)
                              : RUN("hallctl", "keys", "init", "--keys", keys, "--data", hall, "--test");

    if (rc >= 0)
        rc = stand_sheet(s, e);
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

int stand_prepare(const struct stand_options *opt, const char *dir, int port, struct err *e)
{
    struct stand stand = {.opt = *opt, .port = port, .control = {-1, -1, -1, -1, -1}}, *s = &stand;
    int rc;

    if (!opt->real_keys)
        stand.opt.wall_ms = 0;
    stand.opt.disk_log = false;
    snprintf(stand.dir, sizeof stand.dir, "%s", dir);
    rc = shell(e, "rm -rf '%s' && mkdir -p '%s/logs' '%s/run' '%s/paper' '%s/term'", dir, dir, dir, dir, dir);
    if (rc >= 0)
        rc = prepare_hall(s, e);
    if (rc >= 0)
        rc = stand_run_program(s, PROGRAM_HALL, e);
    if (rc >= 0)
        rc = RUN("kioskctl", "enrol", "--sheet", stand_path(s, "sheet.json"), "--data", stand_path(s, "term"));
    if (rc >= 0)
        rc = stand_run_program(s, PROGRAM_SYNC, e);
    if (rc >= 0)
        rc = wait_catalogue(s, e);
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

int stand_start(struct stand *s, const struct stand_options *opt, const char *prepared, const char *dir, int port,
                struct err *e)
{
    static const enum program order[] = {PROGRAM_HALL, PROGRAM_DESK, PROGRAM_KIOSK, PROGRAM_SYNC};
    int rc;

    *s = (struct stand){.opt = *opt, .port = port, .control = {-1, -1, -1, -1, -1}, .seed = 1};
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
    if (rc >= 0 && opt->disk_log) {
        rc = open_page(s, e);
        if (rc >= 0)
            rc = begin_log(s, e);
    }
    for (size_t i = 0; rc >= 0 && i < sizeof order / sizeof *order; i++)
        rc = stand_run_program(s, order[i], e);
    if (rc >= 0)
        rc = opt->unenrolled ? stand_control(s, PROGRAM_KIOSK, "nodes", NULL, e) : wait_devices(s, e);
    return err_wrap(e, rc, "start the stand");
}

int stand_rebuild_disk(struct stand *s, struct err *e)
{
    int rc = replay_cut(stand_path(s, "disk.log"), stand_path(s, "before"), stand_path(s, "term"), s->seed, e);

    s->page->cut = s->page->cut_sync = s->page->cut_write = 0;
    return rc < 0 ? rc : begin_log(s, e);
}
