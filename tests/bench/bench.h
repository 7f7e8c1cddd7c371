/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the bench share: samples, lines of the table, and touches that are timed. Each part measures the
 * shipping programs on a stand and their peer in the same run.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include "tools/scenario/play.h"
#include "tools/scenario/xvfb.h"

#define SAMPLES_MAX 4096

struct samples {
    double v[SAMPLES_MAX];
    int n;
};

void add_sample(struct samples *s, double v);
double quantile(struct samples *s, double q); /* 0..1; sorts */

double now_ms(void);
_Noreturn void die(const char *what, const struct err *e);

/* One line of the table: what, ours, the peer or limit, the budget, whether it is met. `fmt` makes the peer's text. */
enum verdict { MET, MISSED, FOR_INFORMATION };
void row(enum verdict v, const char *what, const char *budget, const char *ours, const char *peer);
const char *text(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* static ring of eight */

/* Processor time of a process and, with `tree`, of all below it, in ms. */
double cpu_ms(pid_t pid, bool tree);
long pss_kib(pid_t pid, bool tree);
long own_kib(pid_t pid);            /* of it: pages that belong to no file */
long wakeups(pid_t pid, bool tree); /* voluntary context switches */

/* A node's id, or the beginning of its label; waits for it. Its middle. */
void find_node(struct stand *s, const char *what, int *ret_x, int *ret_y);
void wait_screen(struct stand *s, const char *screen, int64_t *ret_shown_us);
#define FINGER_MS 60 /* a quick finger rests so long */
/* Touches it by control. Returns the milliseconds from the finger's lift to the frame that was drawn at once (as the number
 * is, when it is on disk), or less than 0. `cpu` may be NULL; else it gets the work of coming down and of lifting, each
 * with its frame, where one was drawn. */
double touch(struct stand *s, const char *what, struct samples *cpu);
/* The same without a rest, where nothing is timed. */
void tap(struct stand *s, const char *what);
void desk(struct stand *s, const char *words);
void play_file(struct stand *s, const char *file);

/* Chromium in kiosk mode on PAGE.html of tests/bench, its profile in WORK; 0 where there is none. */
pid_t chromium_start(const char *source, const char *work, const char *page, const struct xvfb *x);
void chromium_stop(pid_t pid);

/* The parts. `x` is NULL where there is no Xvfb. */
void bench_start(const struct stand_options *opt, const char *work, struct xvfb *x);
void bench_memory(struct stand *s, const char *work, struct xvfb *x, int visits);
void bench_touch(struct stand *s, const char *work, struct xvfb *x);
void bench_idle(struct stand *s);
void bench_card(struct stand *s);
void bench_confirm(struct stand *s, const char *work);
void bench_ticket(struct stand *s);
void bench_receipt(const char *build);
void bench_publish(struct stand *s);
void bench_backlog(const struct stand_options *opt, const char *prepared, const char *work, int port, int records);

#endif
