/* SPDX-License-Identifier: Apache-2.0
 *
 * Samples, lines of the table, and what the kernel says of a process.
 */
#include <dirent.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/bench/bench.h"

#define TREE_MAX 128

void add_sample(struct samples *s, double v)
{
    if (s->n < SAMPLES_MAX)
        s->v[s->n++] = v;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double quantile(struct samples *s, double q)
{
    int i = (int)(q * s->n);

    qsort(s->v, (size_t)s->n, sizeof *s->v, by_value);
    return s->n == 0 ? 0 : s->v[i < s->n ? i : s->n - 1];
}

double now_ms(void)
{
    return (double)clock_measure_us() / 1000;
}

void die(const char *what, const struct err *e)
{
    fprintf(stderr, "bench: %s: %s\n", what, e->text);
    raise(SIGTERM); /* what runs along is told to end */
    abort();
}

const char *text(const char *fmt, ...)
{
    static char ring[8][160];
    static int at;
    va_list ap;

    at = (at + 1) % 8;
    va_start(ap, fmt);
    vsnprintf(ring[at], sizeof ring[at], fmt, ap);
    va_end(ap);
    return ring[at];
}

void row(enum verdict v, const char *what, const char *budget, const char *ours, const char *peer)
{
    static const char *const verdicts[] = {"met", "MISSED", ""};

    printf("%-38s | %-44s | %-58s | %-26s | %s\n", what, ours, peer, budget, verdicts[v]);
    fflush(stdout);
}

/* --- processes --- */

static pid_t parent_of(pid_t pid)
{
    char path[64], line[512], *end;
    int parent = 0;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    f = fopen(path, "re");
    if (f && fgets(line, sizeof line, f) && (end = strrchr(line, ')')))
        sscanf(end + 2, "%*c %d", &parent);
    if (f)
        fclose(f);
    return parent;
}

/* Children are younger, and /proc lists by number: one pass finds most, a second the rest. */
static int tree_of(pid_t pid, bool tree, pid_t out[TREE_MAX])
{
    int n = 0;

    out[n++] = pid;
    for (int pass = 0; tree && pass < 3; pass++) {
        DIR *d = opendir("/proc");
        struct dirent *entry;

        while (d && (entry = readdir(d))) {
            pid_t p = atoi(entry->d_name), parent = p > 0 ? parent_of(p) : 0;
            bool below = false, known = false;

            for (int i = 0; i < n; i++) {
                below |= out[i] == parent;
                known |= out[i] == p;
            }
            if (below && !known && n < TREE_MAX)
                out[n++] = p;
        }
        if (d)
            closedir(d);
    }
    return n;
}

double cpu_ms(pid_t pid, bool tree)
{
    pid_t all[TREE_MAX];
    int n = tree_of(pid, tree, all);
    double sum = 0;

    for (int i = 0; i < n; i++) {
        struct timespec t;
        clockid_t clock;

        if (clock_getcpuclockid(all[i], &clock) == 0 && clock_gettime(clock, &t) == 0)
            sum += (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
    }
    return sum;
}

static long figure(pid_t pid, const char *file, const char *name)
{
    char path[64], line[256];
    long value = 0;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
    f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (!strncmp(line, name, strlen(name))) {
            value = strtol(line + strlen(name), NULL, 10);
            break;
        }
    if (f)
        fclose(f);
    return value;
}

static long sum_of(pid_t pid, bool tree, const char *file, const char *name)
{
    pid_t all[TREE_MAX];
    int n = tree_of(pid, tree, all);
    long sum = 0;

    for (int i = 0; i < n; i++)
        sum += figure(all[i], file, name);
    return sum;
}

long pss_kib(pid_t pid, bool tree)
{
    return sum_of(pid, tree, "smaps_rollup", "Pss:");
}

long own_kib(pid_t pid)
{
    return figure(pid, "smaps_rollup", "Pss_Anon:");
}

long wakeups(pid_t pid, bool tree)
{
    return sum_of(pid, tree, "status", "voluntary_ctxt_switches:");
}
