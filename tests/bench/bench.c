/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures of this machine, one line each beside its budget and its peer, or its physical limit, from the same run.
 * Usage: bench BUILD SOURCE WORK LARGE PART...; run by run.sh, which makes LARGE, a folder with 100,000 items.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/bench.h"

/* From the environment: fewer than the budget speaks of, for a quick look. */
static int count(const char *name)
{
    const char *set = getenv(name);

    return set && atoi(set) > 0 ? atoi(set) : 10000;
}

struct bench {
    struct stand_options opt;
    const char *work, *large;
    char prepared[STAND_PATH_MAX];
    int port;
    struct xvfb *x;
    struct stand stand;
};

static void start(struct bench *b)
{
    struct stand_options opt = b->opt;

    opt.xvfb = b->x;
    snprintf(opt.catalogue, sizeof opt.catalogue, "%s", b->large);
    bench_start(&opt, b->work, b->x);
}

static void memory(struct bench *b)
{
    bench_memory(&b->stand, b->work, b->x, count("VISITS"));
}

static void touches(struct bench *b)
{
    bench_touch(&b->stand, b->work, b->x);
}

static void card(struct bench *b)
{
    bench_card(&b->stand);
}

static void confirm(struct bench *b)
{
    bench_confirm(&b->stand, b->work);
}

static void ticket(struct bench *b)
{
    bench_ticket(&b->stand);
}

static void receipt(struct bench *b)
{
    bench_receipt(b->opt.build);
}

static void publish(struct bench *b)
{
    bench_publish(&b->stand);
}

/* On a display whose events can be waited for: SDL's dummy has none. */
static void idle(struct bench *b)
{
    struct err e = {0};

    if (!b->x) {
        row(FOR_INFORMATION, "idle: wake-ups of kiosk", "none but the clock's", "", "no Xvfb here");
        return;
    }
    stand_kill(&b->stand, PROGRAM_KIOSK);
    b->stand.opt.xvfb = b->x;
    if (stand_run_program(&b->stand, PROGRAM_KIOSK, &e) < 0)
        die("start kiosk", &e);
    wait_screen(&b->stand, "idle", NULL);
    bench_idle(&b->stand);
    stand_kill(&b->stand, PROGRAM_KIOSK);
    b->stand.opt.xvfb = NULL;
    if (stand_run_program(&b->stand, PROGRAM_KIOSK, &e) < 0)
        die("start kiosk", &e);
}

static void backlog(struct bench *b)
{
    stand_stop(&b->stand);
    bench_backlog(&b->opt, b->prepared, b->work, b->port, count("RECORDS"));
}

static const struct {
    const char *name;
    void (*run)(struct bench *b);
} parts[] = {{"start", start},     {"touch", touches}, {"card", card},     {"confirm", confirm}, {"ticket", ticket},
             {"receipt", receipt}, {"idle", idle},     {"memory", memory}, {"publish", publish}, {"backlog", backlog}};
#define N_PARTS (sizeof parts / sizeof *parts)

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 5; i < argc; i++)
        if (!strcmp(argv[i], name))
            return true;
    return argc <= 5;
}

int main(int argc, char **argv)
{
    static struct bench b = {.opt = {.reader = "split",
                                     .printer = "epson-tm-t20iii",
                                     .ticket = "xprinter-80",
                                     .wall_ms = 1767574800000}}; /* 2026-01-05 9:00 in China: numbers are given */
    char dir[STAND_PATH_MAX];
    struct err e = {0};

    if (argc < 5) {
        fputs("usage: bench BUILD SOURCE WORK LARGE [PART]...\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    b.opt.build = argv[1];
    b.opt.source = argv[2];
    b.work = argv[3];
    b.large = argv[4];
    b.port = stand_free_port();
    snprintf(b.opt.catalogue, sizeof b.opt.catalogue, "%s/tests/catalogues/zone", argv[2]);
    snprintf(b.prepared, sizeof b.prepared, "%s/prepared", argv[3]);
    snprintf(dir, sizeof dir, "%s/stand", argv[3]);
    if (xvfb_start(1080, 1920, &b.x, &e) < 0)
        fprintf(stderr, "bench: %s\n", e.text);
    if (stand_prepare(&b.opt, b.prepared, b.port, &e) < 0 || stand_start(&b.stand, &b.opt, b.prepared, dir, b.port, &e) < 0)
        die("make the stand", &e);
    row(FOR_INFORMATION, "what", "budget", "Tongban", "peer or limit, same run");
    for (size_t i = 0; i < N_PARTS; i++)
        if (wanted(parts[i].name, argc, argv))
            parts[i].run(&b);
    stand_stop(&b.stand);
    xvfb_stop(b.x);
    return 0;
}
