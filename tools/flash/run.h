/* SPDX-License-Identifier: Apache-2.0
 *
 * All the sticks of one sitting being written: begins them, listens to them, lets one that was pulled out go on when it is
 * back. Shows nothing: who shows (a page, lines of JSON, the line mode) gives an event function.
 */
#ifndef FLASH_RUN_H
#define FLASH_RUN_H

#include "tools/flash/sheet.h"
#include "tools/flash/sticks.h"

struct run {
    struct sticks *sticks;
    const struct image *image;
    bool wait_for_return;                          /* somebody is there to plug a pulled one back in */
    void (*event)(struct run *r, struct stick *k); /* its state or the phase of its job is another; may be NULL */
    void *ctx;
    int64_t began_us, looked_us; /* the latter: when media were looked for */
    bool stopped;                /* by the person */
};

/* Begins one. It is looked at once more: who is no longer what was chosen becomes STICK_BAD, and nothing was written. */
void run_start(struct run *r, struct stick *k);
/* Listens for at most timeout_ms, looks for media twice a second. true: something is new. */
bool run_step(struct run *r, int timeout_ms);
/* Some are being written, or out and waited for. */
bool run_active(const struct run *r);
/* A pulled one is waited for no longer; all are ended. */
void run_give_up(struct run *r, struct stick *k);
void run_stop(struct run *r);

/* Those that were begun. */
bool run_has(const struct stick *k);
size_t run_count(const struct run *r, enum stick_state state);
int64_t run_seconds(const struct run *r);
/* Of all, the longest; -1: not known. */
int run_left(const struct run *r);

#endif
