/* SPDX-License-Identifier: Apache-2.0
 *
 * See stand.h.
 */
#include "tools/scenario/stand.h"

#include <errno.h>
#include <fcntl.h>
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
    snprintf(ring[at], sizeof ring[at], "%s/%s%s", s->dir, s->at_second && stand_is_terminals(name) ? "b/" : "", name);
    return ring[at];
}

/* --- running programs --- */

static void arguments(const struct stand *s, enum program p, const char *argv[ARGS_MAX])
{
    static char listen_at[64], control[64], assets[STAND_PATH_MAX], staff[64], pages[STAND_PATH_MAX];
    int n = 0;

    snprintf(listen_at, sizeof listen_at, "127.0.0.1:%d", s->port);
    snprintf(staff, sizeof staff, "127.0.0.1:%d", s->opt.staff_port);
    snprintf(assets, sizeof assets, "%s/assets", s->opt.build);
    snprintf(pages, sizeof pages, "%s/staff", s->opt.build);
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
        if (s->opt.staff_port)
            ADD("--staff-listen", staff, "--staff-pages", pages, "--open", stand_path(s, "staff.sock"));
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
        if (s->opt.voice)
            ADD("--voice", "samples");
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
        if (s->opt.staff_port)
            ADD("--desk", stand_path(s, "staff.sock"));
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
    snprintf(name, sizeof name, "logs/%s%s.log", s->at_second ? "b-" : "", stand_program_name(p));
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
                 : err_set(e, ERR_GONE, "%s does not start: see logs/%s%s.log", stand_program_name(p),
                           s->at_second ? "b-" : "", stand_program_name(p));
}

static struct stand *running;

static void on_end(int signal)
{
    for (int p = 0; running && p < PROGRAMS; p++) {
        if (running->pid[p] > 0)
            kill(running->pid[p], SIGKILL);
        if (running->other.pid[p] > 0)
            kill(running->other.pid[p], SIGKILL);
    }
    _exit(128 + signal);
}

/* Root: the hall may ask, being nobody. */
static int give_socket(const struct stand *s, struct err *e)
{
    int rc = chmod(stand_path(s, "ask.sock"), 0666);

    if (rc == 0 && s->opt.staff_port)
        rc = chmod(stand_path(s, "staff.sock"), 0666);
    return rc < 0 ? err_errno(e, "let the hall ask hall-open") : 0;
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

static void kill_all(struct stand *s)
{
    for (int p = PROGRAMS - 1; p >= 0; p--)
        stand_kill(s, (enum program)p);
}

void stand_stop(struct stand *s)
{
    kill_all(s);
    if (s->opt.second) {
        stand_turn(s);
        kill_all(s);
    }
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

    buf_init(out, STAND_OUTPUT_MAX);
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

int stand_run(struct stand *s, const char *const words[], struct buf *out, struct err *e)
{
    char *argv[ARGS_MAX];
    int n = 0;

    argv[n++] = (char *)(uintptr_t)words[0];
    n += clock_arguments(s, words[0], argv + n);
    for (int i = 1; words[i] && n < ARGS_MAX - 1; i++)
        argv[n++] = (char *)(uintptr_t)words[i];
    argv[n] = NULL;
    return run_command(s, argv, out, e);
}

/* The words behind the first, up to NULL. */
static void collect(const char *words[ARGS_MAX], va_list ap)
{
    for (int n = 1; n < ARGS_MAX - 1 && (words[n] = va_arg(ap, const char *)); n++)
        ;
}

int stand_command(struct stand *s, struct buf *out, struct err *e, const char *program, ...)
{
    const char *words[ARGS_MAX] = {program};
    va_list ap;

    va_start(ap, program);
    collect(words, ap);
    va_end(ap);
    return stand_run(s, words, out, e);
}

int stand_json(struct stand *s, struct json **ret, struct err *e, const char *program, ...)
{
    const char *words[ARGS_MAX] = {program};
    struct buf out;
    va_list ap;

    va_start(ap, program);
    collect(words, ap);
    va_end(ap);
    int rc = stand_run(s, words, &out, e);
    if (rc == 0)
        rc = json_parse(out.data, out.len, STAND_OUTPUT_MAX, ret, e);
    buf_finish(&out);
    return rc;
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
