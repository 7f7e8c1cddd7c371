/* SPDX-License-Identifier: Apache-2.0
 *
 * The work of each touch in a visit, and what happens when nobody is there.
 */
#include <stdio.h>
#include <unistd.h>

#include "tests/bench/bench.h"

#define IDLE_S 20
#define TAPS 100

/* One visit through every page a resident meets, with all its keys. */
static void measured_visit(struct stand *s, struct samples *cpu)
{
    static const char *const form[] = {"有效期快到了", "#urgent.no", "下一步",     "#mobile", "#key.1",  "#key.3", "#key.8",
                                       "#key.0",       "#key.0",     "#key.0",     "#key.0",  "#key.0",  "#key.1", "#key.2",
                                       "#key.3",       "发短信",     "户籍派出所", "下一步",  "#consent"};

    touch(s, "#start", cpu);
    touch(s, "居民身份证有效期满换领", cpu);
    touch(s, "#apply", cpu);
    desk(s, text("card place %s/tests/cards/resident-r1.txt", s->opt.source));
    wait_screen(s, "card-remove", NULL);
    desk(s, "card lift");
    wait_screen(s, "form", NULL);
    for (size_t i = 0; i < sizeof form / sizeof *form; i++)
        touch(s, form[i], cpu);
    touch(s, "#end", cpu);
    touch(s, "#leave", cpu);
    wait_screen(s, "idle", NULL);
}

static void chromium_taps(pid_t chromium, struct xvfb *x, struct samples *cpu, struct samples *seen)
{
    for (int i = 0; i < TAPS; i++) {
        int px = 60 + i % 3 * 340, py = 640 + i / 3 % 4 * 290;
        uint32_t was = xvfb_pixel(x, px, py);
        double before = cpu_ms(chromium, true), begin = now_ms();

        xvfb_press(x, px, py);
        xvfb_wait(x, px, py, was, false, 3000);
        add_sample(seen, now_ms() - begin);
        usleep(60000);
        add_sample(cpu, cpu_ms(chromium, true) - before);
        xvfb_release(x, px, py);
        usleep(60000);
    }
}

void bench_touch(struct stand *s, const char *work, struct xvfb *x)
{
    static struct samples own, cpu, seen;
    pid_t chromium;

    for (int i = 0; i < 8; i++)
        measured_visit(s, &own);
    double p50 = quantile(&own, 0.5), p99 = quantile(&own, 0.99);
    const char *peer = "no Chromium or no Xvfb here";

    if ((chromium = chromium_start(s->opt.source, work, "page", x))) {
        xvfb_wait(x, 300, 20, 0x1E50A0, true, 30000);
        sleep(2);
        chromium_taps(chromium, x, &cpu, &seen);
        chromium_stop(chromium);
        peer = text("Chromium CPU %.1f / %.1f ms, on screen after %.1f / %.1f", quantile(&cpu, 0.5), quantile(&cpu, 0.99),
                    quantile(&seen, 0.5), quantile(&seen, 0.99));
    }
    row(p50 <= 2 && p99 <= 8 ? MET : MISSED, "touch -> changed frame, CPU, p50 / p99", "<= 2 / 8 ms",
        text("%.2f / %.2f ms of %d touches", p50, p99, own.n), peer);
}

static long idle_wakeups(struct stand *s, double *ret_cpu_ms)
{
    pid_t pid = s->pid[PROGRAM_KIOSK];
    long before = wakeups(pid, false);

    *ret_cpu_ms = cpu_ms(pid, false);
    sleep(IDLE_S);
    *ret_cpu_ms = cpu_ms(pid, false) - *ret_cpu_ms;
    return wakeups(pid, false) - before;
}

/* A card may be laid down at any time, so the reader is asked ever again; without a reader only the screen is left. */
void bench_idle(struct stand *s)
{
    double cpu, asking_cpu;
    long asking = idle_wakeups(s, &asking_cpu);

    desk(s, "reader unplug");
    sleep(2);
    long screen = idle_wakeups(s, &cpu);

    desk(s, "reader plug");
    row(screen <= IDLE_S / 4 ? MET : MISSED, "idle: wake-ups of kiosk by its screen", "none but the clock's",
        text("%ld in %d s, %.1f ms of CPU", screen, IDLE_S, cpu),
        text("with the reader asked every 300 ms: %ld, %.1f ms", asking, asking_cpu));
}
