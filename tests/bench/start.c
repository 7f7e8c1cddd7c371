/* SPDX-License-Identifier: Apache-2.0
 *
 * From starting a program to its first pixel, on one display, seen by the same eye: kiosk with a catalogue of 100,000
 * items, a bare SDL2 window with as much text, Chromium on a page. Where there is no Xvfb: to the first answered request
 * on SDL's dummy display, and no Chromium.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bench.h"

#define STARTS 7
#define CHROMIUM_STARTS 3
#define WAIT_MS 30000
#define PEER_HEAD 0x1E50A0 /* colour of the page's head */

/* lean: without what SDL and X11 look for on a desktop and kiosk leaves out too: the session's bus, and what keys compose.
 */
static double window_start(const char *build, struct xvfb *x, bool lean)
{
    char path[STAND_PATH_MAX];
    double begin = now_ms();
    int status;

    snprintf(path, sizeof path, "%s/bench-window", build);
    pid_t pid = fork();

    if (pid == 0) {
        setenv("SDL_VIDEODRIVER", x ? "x11" : "dummy", 1);
        if (lean) {
            setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
            setenv("LC_ALL", "C", 1);
        }
        if (x)
            setenv("DISPLAY", xvfb_display(x), 1);
        execl(path, path, x ? "stay" : (char *)NULL, (char *)NULL);
        _exit(127);
    }
    if (x) {
        xvfb_wait(x, 300, 20, 0, false, WAIT_MS);
        begin = now_ms() - begin;
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        xvfb_wait(x, 300, 20, 0, true, WAIT_MS);
        return begin;
    }
    waitpid(pid, &status, 0);
    return now_ms() - begin;
}

/* kiosk answers its first question when the first frame has been drawn. */
static double kiosk_start(struct stand *s, struct xvfb *x)
{
    struct err e = {0};
    double begin;

    stand_kill(s, PROGRAM_KIOSK);
    if (x)
        xvfb_wait(x, 300, 20, 0, true, WAIT_MS);
    begin = now_ms();
    if (stand_run_program(s, PROGRAM_KIOSK, &e) < 0)
        die("start kiosk", &e);
    if (x)
        xvfb_wait(x, 300, 20, 0, false, WAIT_MS);
    else if (stand_control(s, PROGRAM_KIOSK, "nodes", NULL, &e) < 0)
        die("start kiosk", &e);
    return now_ms() - begin;
}

static double chromium_first(const struct stand_options *opt, const char *work, struct xvfb *x)
{
    double begin = now_ms();
    pid_t pid = chromium_start(opt->source, work, "page", x);

    if (!pid)
        return 0;
    xvfb_wait(x, 300, 20, PEER_HEAD, true, WAIT_MS);
    begin = now_ms() - begin;
    chromium_stop(pid);
    xvfb_wait(x, 300, 20, 0, true, WAIT_MS);
    return begin;
}

void bench_start(const struct stand_options *opt, const char *work, struct xvfb *x)
{
    static struct samples own, window, lean, chromium;
    char prepared[STAND_PATH_MAX], dir[STAND_PATH_MAX];
    int port = stand_free_port();
    struct stand s;
    struct err e = {0};

    snprintf(prepared, sizeof prepared, "%s/prepared-large", work);
    snprintf(dir, sizeof dir, "%s/large", work);
    if (stand_prepare(opt, prepared, port, &e) < 0 || stand_start(&s, opt, prepared, dir, port, &e) < 0)
        die("a stand with a large catalogue", &e);
    wait_screen(&s, "idle", NULL);
    for (int i = 0; i < STARTS; i++) {
        add_sample(&own, kiosk_start(&s, x));
        if (i + 1 == STARTS)
            wait_screen(&s, "idle", NULL);
        stand_kill(&s, PROGRAM_KIOSK);
        add_sample(&window, window_start(opt->build, x, false));
        add_sample(&lean, window_start(opt->build, x, true));
    }
    stand_stop(&s);
    double o = quantile(&own, 0.5), w = quantile(&window, 0.5), l = quantile(&lean, 0.5);

    row(o <= 1.4 * w ? MET : MISSED, "start -> first frame, 100,000 items", "<= 1.4 x window", text("%.0f ms", o),
        text("bare SDL2 window %.0f ms: %.2f x; lean %.0f: %.2f x", w, o / w, l, o / l));
    if (chromium_first(opt, work, x) == 0) { /* also makes the profile */
        row(FOR_INFORMATION, "", "<= 1/7 Chromium", text("%.0f ms", o), "no Chromium or no Xvfb here");
        return;
    }
    for (int i = 0; i < CHROMIUM_STARTS; i++)
        add_sample(&chromium, chromium_first(opt, work, x));
    double c = quantile(&chromium, 0.5);

    row(o * 7 <= c ? MET : MISSED, "", "<= 1/7 Chromium", text("%.0f ms", o), text("Chromium %.0f ms: 1/%.1f", c, c / o));
}
