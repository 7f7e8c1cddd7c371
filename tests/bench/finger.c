/* SPDX-License-Identifier: Apache-2.0
 *
 * Touches that are timed, and the peer that draws the same kind of page: Chromium.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/bench/bench.h"

#define PATIENCE_MS 20000
#define LOOK_US 1000

static bool is_it(const struct json *node, const char *what)
{
    return *what == '#' ? !strcmp(node_str(node, "id"), what + 1) : !strncmp(node_str(node, "label"), what, strlen(what));
}

static bool look(struct stand *s, const char *what, int *ret_x, int *ret_y)
{
    struct play p = {.stand = s};
    const struct json *nodes;
    struct json *doc;
    struct err e = {0};
    bool found = false;

    if (play_nodes(&p, &doc, &nodes, &e) < 0)
        die("look at the screen", &e);
    for (size_t i = 0; !found && i < json_len(nodes); i++) {
        const struct json *n = json_at(nodes, i);

        found = is_it(n, what) && node_flag(n, "enabled") && strcmp(node_str(n, "role"), "text");
        if (found) {
            *ret_x = (int)(json_int(json_member(n, "x")) + json_int(json_member(n, "w")) / 2);
            *ret_y = (int)(json_int(json_member(n, "y")) + json_int(json_member(n, "h")) / 2);
        }
    }
    json_free(doc);
    return found;
}

void find_node(struct stand *s, const char *what, int *ret_x, int *ret_y)
{
    double begin = now_ms();
    struct err e = {0};

    while (!look(s, what, ret_x, ret_y)) {
        if (now_ms() - begin > PATIENCE_MS) {
            stand_frame(s, "bench-failed.png", &e);
            err_set(&e, ERR_TIMEOUT, "it is not there; the screen is in bench-failed.png");
            die(what, &e);
        }
        usleep(LOOK_US);
    }
}

void wait_screen(struct stand *s, const char *screen, int64_t *ret_shown_us)
{
    double begin = now_ms();
    struct err e = {0};

    for (;;) {
        struct json *doc = NULL;
        const char *name = "";

        if (stand_control(s, PROGRAM_KIOSK, "nodes", &doc, &e) < 0)
            die(screen, &e);
        const struct json *view = json_member(doc, "view");
        bool there = (name = json_str(json_member(view, "screen"))) && !strcmp(name, screen);

        if (there && ret_shown_us)
            *ret_shown_us = json_int(json_member(doc, "shown_us"));
        json_free(doc);
        if (there)
            return;
        if (now_ms() - begin > PATIENCE_MS) {
            err_set(&e, ERR_TIMEOUT, "it does not come");
            die(screen, &e);
        }
        usleep(LOOK_US);
    }
}

/* Returns when the last frame was shown, as the answer says. */
static int64_t ask(struct stand *s, const char *request)
{
    struct json *doc = NULL;
    struct err e = {0};

    if (stand_control(s, PROGRAM_KIOSK, request, &doc, &e) < 0)
        die(request, &e);
    int64_t shown = json_int(json_member(doc, "shown_us"));

    json_free(doc);
    return shown;
}

static int64_t half_touch(struct stand *s, const char *how, int x, int y, struct samples *cpu)
{
    double before = cpu_ms(s->pid[PROGRAM_KIOSK], false);
    int64_t begin = clock_measure_us();
    int64_t shown = ask(s, text("%s %d %d", how, x, y));

    if (!cpu)
        return shown;
    /* most frames are drawn after the answer, and before the next question is heard */
    if (ask(s, "spoken") >= begin)
        add_sample(cpu, cpu_ms(s->pid[PROGRAM_KIOSK], false) - before);
    return shown;
}

static void aim(struct stand *s, const char *what, int *ret_x, int *ret_y)
{
    struct err e = {0};

    find_node(s, what, ret_x, ret_y);
    /* a finger does not come down twice on one target within half a second */
    if (stand_control(s, PROGRAM_KIOSK, "clock advance 501", NULL, &e) < 0)
        die("let time pass", &e);
}

double touch(struct stand *s, const char *what, struct samples *cpu)
{
    int x, y;

    aim(s, what, &x, &y);
    half_touch(s, "down", x, y, cpu);
    usleep(FINGER_MS * 1000);
    int64_t begin = clock_measure_us();

    return (double)(half_touch(s, "up", x, y, cpu) - begin) / 1000;
}

void tap(struct stand *s, const char *what)
{
    int x, y;

    aim(s, what, &x, &y);
    half_touch(s, "down", x, y, NULL);
    half_touch(s, "up", x, y, NULL);
}

void desk(struct stand *s, const char *words)
{
    struct buf out;
    struct err e = {0};

    if (stand_desk(s, words, &out, &e) < 0)
        die(words, &e);
    buf_finish(&out);
}

void play_file(struct stand *s, const char *file)
{
    char path[STAND_PATH_MAX];
    struct script *script;
    struct err e = {0};
    struct play p = {.stand = s};

    snprintf(path, sizeof path, "%s/tests/bench/%s", s->opt.source, file);
    if (script_load(path, &script, &e) < 0)
        die(path, &e);
    p.script = script;
    if (play_steps(&p, 0, script_steps(script), false, &e) < 0)
        die(file, &e);
    play_finish(&p);
    script_free(script);
}

/* --- Chromium --- */

static void chromium_child(const char *source, const char *work, const char *page, const struct xvfb *x)
{
    char profile[STAND_PATH_MAX], url[STAND_PATH_MAX];
    int null = open("/dev/null", O_RDWR);

    setpgid(0, 0);
    dup2(null, 1);
    dup2(null, 2);
    setenv("DISPLAY", xvfb_display(x), 1);
    snprintf(profile, sizeof profile, "--user-data-dir=%s/chromium", work);
    snprintf(url, sizeof url, "file://%s/tests/bench/%s.html", source, page);
    execlp("chromium", "chromium", "--kiosk", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-position=0,0",
           "--window-size=1080,1920", "--force-device-scale-factor=1", profile, url, (char *)NULL);
    _exit(127);
}

pid_t chromium_start(const char *source, const char *work, const char *page, const struct xvfb *x)
{
    if (!x || access("/usr/bin/chromium", X_OK) != 0)
        return 0;
    pid_t pid = fork();

    if (pid == 0)
        chromium_child(source, work, page, x);
    setpgid(pid, pid);
    return pid;
}

void chromium_stop(pid_t pid)
{
    if (pid <= 0)
        return;
    kill(-pid, SIGTERM);
    for (int i = 0; i < 100 && waitpid(pid, NULL, WNOHANG) == 0; i++)
        usleep(20000);
    kill(-pid, SIGKILL);
    waitpid(pid, NULL, WNOHANG);
}
