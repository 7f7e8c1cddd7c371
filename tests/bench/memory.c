/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory after many visits, and whether it goes on growing. What grows are pages of a program's own. The pages of libraries
 * and fonts it shares: they count more or less of themselves whenever another program that uses them starts or ends, which
 * moves the whole sum (PSS) by megabytes. So growth is told by own pages, sampled all along, with a line fitted through the
 * second half, in which caches are full, and with what its slope may be wrong by.
 */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/bench/bench.h"

#define FIRST_VISITS 1000
#define SAMPLE_EVERY 250
#define MOMENTS_MAX 200

struct moment {
    double visits, kiosk, sync, own_kiosk, own_sync; /* MB */
};
static struct moment moments[MOMENTS_MAX];

/* A look at an item and away again; every hundredth hands an application in. */
static void visit(struct stand *s, int n)
{
    if (n % 100 == 50) {
        play_file(s, "to-review.txt");
        touch(s, "#submit", NULL);
        play_file(s, "leave.txt");
        return;
    }
    tap(s, "#start");
    tap(s, "居民身份证有效期满换领");
    tap(s, "#end");
    wait_screen(s, "idle", NULL);
}

static double mb(long kib)
{
    return (double)kib / 1024;
}

/* Told on standard error too: it takes minutes until the table's line comes. */
static struct moment look(struct stand *s, int visits)
{
    const pid_t kiosk = s->pid[PROGRAM_KIOSK], sync = s->pid[PROGRAM_SYNC];
    struct moment m = {visits, mb(pss_kib(kiosk, false)), mb(pss_kib(sync, false)), mb(own_kib(kiosk)), mb(own_kib(sync))};

    fprintf(stderr, "# %5d visits: kiosk %.2f MB (own pages %.2f), kiosk-sync %.2f MB (own pages %.2f)\n", visits, m.kiosk,
            m.own_kiosk, m.sync, m.own_sync);
    return m;
}

static void first_visits(struct stand *s, const char *work, struct xvfb *x, int visits)
{
    double peer = 0;

    for (int i = 0; i < visits; i++)
        visit(s, i);
    struct moment m = look(s, visits);
    double both = m.kiosk + m.sync;
    pid_t chromium = chromium_start(s->opt.source, work, "page", x);

    if (chromium) {
        xvfb_wait(x, 300, 20, 0x1E50A0, true, 30000);
        sleep(3);
        peer = mb(pss_kib(chromium, true));
        chromium_stop(chromium);
    }
    row(!peer               ? FOR_INFORMATION
        : both * 12 <= peer ? MET
                            : MISSED,
        text("memory after %d visits (PSS)", visits), "<= 1/12 Chromium",
        text("kiosk %.1f + kiosk-sync %.1f = %.1f MB", m.kiosk, m.sync, both),
        peer ? text("Chromium %.0f MB: 1/%.1f", peer, peer / both) : "no Chromium or no Xvfb here");
}

static double own(const struct moment *m)
{
    return m->own_kiosk + m->own_sync;
}

/* The slope of the line through the samples by least squares, in MB a visit, and its standard error. */
static double slope(const struct moment *m, int n, double *ret_error)
{
    double x = 0, y = 0, xx = 0, xy = 0, rest = 0;

    for (int i = 0; i < n; i++) {
        x += m[i].visits / n;
        y += own(&m[i]) / n;
    }
    for (int i = 0; i < n; i++) {
        xx += (m[i].visits - x) * (m[i].visits - x);
        xy += (m[i].visits - x) * (own(&m[i]) - y);
    }
    for (int i = 0; i < n; i++) {
        double off = own(&m[i]) - y - xy / xx * (m[i].visits - x);

        rest += off * off;
    }
    *ret_error = n > 2 ? sqrt(rest / (n - 2) / xx) : 0;
    return xy / xx;
}

static void growth(struct stand *s, int visits)
{
    int every = visits / SAMPLE_EVERY >= 8 ? SAMPLE_EVERY : visits / 8 + 1, n = 0;
    double begin = now_ms(), error;

    moments[n++] = look(s, 0);
    for (int i = 1; i <= visits; i++) {
        visit(s, i);
        if ((i % every == 0 || i == visits) && n < MOMENTS_MAX)
            moments[n++] = look(s, i);
    }
    const struct moment *from = moments, *to = &moments[n - 1];
    double grows = slope(moments + n / 2, n - n / 2, &error) * 10000, doubt = 2 * error * 10000;

    row(own(to) - own(from) <= 1 && grows - doubt <= 1 ? MET : MISSED, text("growth over %d visits more", visits), "<= 1 MB",
        text("own pages: kiosk %+.2f, kiosk-sync %+.2f MB", to->own_kiosk - from->own_kiosk, to->own_sync - from->own_sync),
        text("2nd half %+.2f +- %.2f MB in 10,000; PSS %+.2f; %.0f s", grows, doubt,
             to->kiosk + to->sync - from->kiosk - from->sync, (now_ms() - begin) / 1000));
}

void bench_memory(struct stand *s, const char *work, struct xvfb *x, int visits)
{
    first_visits(s, work, x, visits < FIRST_VISITS ? visits : FIRST_VISITS);
    growth(s, visits);
}
