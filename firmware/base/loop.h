/* SPDX-License-Identifier: Apache-2.0
 *
 * One loop, one wait: poll() over file descriptors, and timers on clock_mono_ms(). Single-threaded; callbacks may add
 * and remove sources, also their own.
 */
#ifndef BASE_LOOP_H
#define BASE_LOOP_H

#include <stdint.h>

struct loop;
struct loop_fd;
struct loop_timer;

struct loop *loop_create(void); /* NULL: out of memory */
void loop_destroy(struct loop *l);

/* `events`, `revents`: POLLIN, POLLOUT of <poll.h>. The fd stays the caller's. Aborts when out of memory. */
typedef void loop_fd_fn(void *ctx, int fd, short revents);
struct loop_fd *loop_add_fd(struct loop *l, int fd, short events, loop_fd_fn *fn, void *ctx);
void loop_fd_events(struct loop_fd *s, short events); /* 0: wait for nothing, not even for a hang-up */
void loop_fd_remove(struct loop_fd *s);               /* takes NULL */

/* A timer is made stopped. */
typedef void loop_timer_fn(void *ctx);
struct loop_timer *loop_add_timer(struct loop *l, loop_timer_fn *fn, void *ctx);
void loop_timer_start(struct loop_timer *t, int64_t after_ms); /* restarts a running one; fires once */
void loop_timer_stop(struct loop_timer *t);
/* Milliseconds until it fires, at least 0; -1 when stopped. */
int64_t loop_timer_left(const struct loop_timer *t);
void loop_timer_remove(struct loop_timer *t); /* takes NULL */

/* Called before each wait, after all callbacks: the place to draw what changed. At most one; NULL to remove. */
void loop_set_prepare(struct loop *l, void (*fn)(void *ctx), void *ctx);

/* Runs until loop_stop(). Returns 0, or a negative code when poll itself fails. */
int loop_run(struct loop *l);
/* One wait of at most max_ms (-1: until something happens) and its callbacks. */
int loop_step(struct loop *l, int max_ms);
void loop_stop(struct loop *l);

/* Calls fn in the loop when SIGTERM or SIGINT arrives (blocks them and reads a signalfd). Children inherit the blocked
 * signals: unblock them between fork and exec. -ERR_STATE the second time. */
int loop_on_terminate(struct loop *l, void (*fn)(void *ctx), void *ctx);

#endif
