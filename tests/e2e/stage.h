/* SPDX-License-Identifier: Apache-2.0
 *
 * What the end-to-end tests stand on: the programs of this build started in a temporary folder, a hall whose control line is
 * held, and a stand-in for kiosk's socket. Waiting gives up after 20 seconds; nothing else depends on time.
 */
#ifndef E2E_STAGE_H
#define E2E_STAGE_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define STAGE_WAIT_MS 20000
#define STAGE_ARGS 24

static char stage_build[400], stage_dir[64];

static inline const char *stage_path(const char *name)
{
    static char ring[8][512];
    static int at;
    char *out = ring[at++ % 8];
    snprintf(out, sizeof ring[0], "%s/%s", stage_dir, name);
    return out;
}

/* The build's folder is the one that holds tests/. */
static inline void stage_open(void)
{
    ssize_t n = readlink("/proc/self/exe", stage_build, sizeof stage_build - 1);
    stage_build[n > 0 ? n : 0] = '\0';
    char *tests = NULL;
    for (char *p = stage_build; (p = strstr(p, "/tests/")); p++)
        tests = p;
    if (!tests)
        abort();
    *tests = '\0';
    signal(SIGPIPE, SIG_IGN);
    snprintf(stage_dir, sizeof stage_dir, "/tmp/tongban-e2e-XXXXXX");
    if (!mkdtemp(stage_dir))
        abort();
}

static inline void stage_close(bool keep)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", stage_dir);
    if (keep)
        printf("# everything is left in %s\n", stage_dir);
    else if (system(command))
        printf("# %s stays\n", stage_dir);
}

static inline void stage_write(const char *name, const char *text)
{
    FILE *f = fopen(stage_path(name), "w");
    fputs(text, f);
    fclose(f);
}

/* A whole file as text; "" when absent. Static, the next call overwrites it. */
static inline const char *stage_read(const char *name)
{
    static char text[256 * 1024];
    FILE *f = fopen(stage_path(name), "r");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    text[n] = '\0';
    if (f)
        fclose(f);
    return text;
}

static inline int stage_count(const char *text, const char *word)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, word)); p += strlen(word))
        n++;
    return n;
}

/* --- programs --- */

/* Starts a program of the build; its output is appended to files out and log. `fd` stays open in it, -1: none. */
static inline pid_t stage_spawn(const char *out, const char *log, int fd, const char *program, va_list ap)
{
    char *argv[STAGE_ARGS] = {0}, path[512];
    int n = 1;
    snprintf(path, sizeof path, "%s/%s", stage_build, program);
    argv[0] = path;
    for (char *a; n < STAGE_ARGS - 1 && (a = va_arg(ap, char *));)
        argv[n++] = a;
    pid_t pid = fork();
    if (pid)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that ends early leaves none */
    int o = open(stage_path(out), O_WRONLY | O_CREAT | O_APPEND, 0644);
    int l = open(stage_path(log), O_WRONLY | O_CREAT | O_APPEND, 0644);
    dup2(o, 1);
    dup2(l, 2);
    if (fd >= 0)
        fcntl(fd, F_SETFD, 0);
    execv(path, argv);
    perror(path);
    _exit(127);
}

static inline pid_t stage_start(const char *out, const char *log, int fd, const char *program, ...)
{
    va_list ap;
    va_start(ap, program);
    pid_t pid = stage_spawn(out, log, fd, program, ap);
    va_end(ap);
    return pid;
}

/* Runs a program to its end; its exit code. Its output is in the files "out" and "log". */
static inline int stage_run(const char *program, ...)
{
    va_list ap;
    int status = 0;
    unlink(stage_path("out"));
    va_start(ap, program);
    pid_t pid = stage_spawn("out", "log", -1, program, ap);
    va_end(ap);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Its exit code; -1 when a signal ended it. */
static inline int stage_end(pid_t pid, int signal_number)
{
    int status = 0;
    kill(pid, signal_number);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Until cond() holds; false: it never did. */
static inline bool stage_until(bool (*cond)(void *ctx), void *ctx)
{
    for (int ms = 0; ms < STAGE_WAIT_MS; ms += 20) {
        if (cond(ctx))
            return true;
        usleep(20000);
    }
    return false;
}

struct stage_text {
    const char *file, *text;
    int times;
};
static inline bool stage_has(void *ctx)
{
    const struct stage_text *t = ctx;
    return stage_count(stage_read(t->file), t->text) >= t->times;
}
static inline bool stage_wait_text(const char *file, const char *text, int times)
{
    struct stage_text t = {file, text, times};
    return stage_until(stage_has, &t);
}

/* --- the hall --- */

struct stage_hall {
    pid_t pid;
    int control;
    char address[64], url[80];
};

/* Takes the same port again when h was started before. */
/* On the folder `data` of the stage. */
static inline bool stage_hall_start_on(struct stage_hall *h, const char *data)
{
    int pair[2];
    char fd[16], out[64], log[64];
    const char *listen = h->address[0] ? h->address : "127.0.0.1:0";
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
        return false;
    snprintf(fd, sizeof fd, "%d", pair[1]);
    snprintf(out, sizeof out, "%s.out", data);
    snprintf(log, sizeof log, "%s.log", data);
    unlink(stage_path(out));
    h->pid = stage_start(out, log, pair[1], "hall", "--data", stage_path(data), "--listen", listen, "--ask",
                         stage_path("ask.sock"), "--control", fd, NULL);
    close(pair[1]);
    h->control = pair[0];
    if (!stage_wait_text(out, "\n", 1))
        return false;
    if (sscanf(stage_read(out), "listening on %63s", h->address) != 1)
        return false;
    snprintf(h->url, sizeof h->url, "https://%s", h->address);
    return true;
}

static inline bool stage_hall_start(struct stage_hall *h)
{
    return stage_hall_start_on(h, "hall");
}

/* One line to a control socket, one back; true when it says ok. */
static inline bool stage_control(int fd, const char *text)
{
    char line[256], answer[256];
    size_t n = 0;
    snprintf(line, sizeof line, "%s\n", text);
    if (write(fd, line, strlen(line)) != (ssize_t)strlen(line))
        return false;
    while (n < sizeof answer - 1 && read(fd, answer + n, 1) == 1 && answer[n] != '\n')
        n++;
    answer[n] = '\0';
    return strstr(answer, "\"ok\":true") != NULL;
}

static inline int stage_hall_end(struct stage_hall *h, int signal_number)
{
    close(h->control);
    return stage_end(h->pid, signal_number);
}

/* --- in kiosk's place --- */

struct stage_kiosk {
    int server, peer;
    char said[64 * 1024]; /* all lines kiosk-sync said */
};

static inline void stage_kiosk_listen(struct stage_kiosk *k, const char *name)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    *k = (struct stage_kiosk){.peer = -1};
    snprintf(a.sun_path, sizeof a.sun_path, "%s", stage_path(name));
    k->server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (bind(k->server, (struct sockaddr *)&a, sizeof a) || listen(k->server, 4))
        abort();
}

/* Takes in what was said so far. */
static inline void stage_kiosk_hear(struct stage_kiosk *k)
{
    size_t len = strlen(k->said);
    int fd = accept4(k->server, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd >= 0) {
        if (k->peer >= 0)
            close(k->peer);
        k->peer = fd;
    }
    ssize_t n = k->peer >= 0 ? read(k->peer, k->said + len, sizeof k->said - 1 - len) : 0;
    if (n > 0)
        k->said[len + (size_t)n] = '\0';
}

static inline void stage_kiosk_tell(struct stage_kiosk *k, unsigned long long seq)
{
    char line[40];
    int n = snprintf(line, sizeof line, "journal %llu\n", seq);
    stage_kiosk_hear(k);
    if (k->peer >= 0 && write(k->peer, line, (size_t)n) != n)
        printf("# kiosk-sync does not listen\n");
}

struct stage_word {
    struct stage_kiosk *kiosk;
    const char *text;
};
static inline bool stage_heard(void *ctx)
{
    const struct stage_word *w = ctx;
    stage_kiosk_hear(w->kiosk);
    return strstr(w->kiosk->said, w->text) != NULL;
}
static inline bool stage_kiosk_wait(struct stage_kiosk *k, const char *text)
{
    struct stage_word w = {k, text};
    return stage_until(stage_heard, &w);
}

static inline void stage_kiosk_close(struct stage_kiosk *k)
{
    close(k->server);
    if (k->peer >= 0)
        close(k->peer);
}

#endif
