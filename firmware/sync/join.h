/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-sync on a terminal's first boot: waits for the sheet and for the request that kiosk makes, has the enrolment tried
 * until the hall gives what is asked for, and waits until kiosk has taken it over. Tells kiosk how far it is, by its socket:
 *     enrol asked | unreached | refused | stranger | given
 * which only says what a page says. kiosk says "enrol now" when somebody does not want to wait for the next try.
 *
 * A hall that cannot be reached is asked again within half a minute; one that refused, only after ten, when there is another
 * sheet, or when somebody wants it: who guesses codes is shut out by the hall, and so would be a terminal with a wrong one.
 */
#ifndef SYNC_JOIN_H
#define SYNC_JOIN_H

#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"

struct join; /* opaque */
struct join_config {
    const char *data, *kiosk_path;         /* borrowed */
    int64_t built_ms;                      /* as in sync_enrolment */
    int (*take)(void *ctx, struct err *e); /* DATA/sync is needed from here on: folder_take, once */
    void (*joined)(void *ctx);             /* DATA/terminal.json is there; the join may be destroyed here */
    void *ctx;
};

int join_create(struct loop *loop, const struct join_config *config, struct join **ret, struct err *e);
void join_destroy(struct join *j); /* takes NULL */
/* The terminal is enrolled: what was left for kiosk, and what a power cut left of trying, goes. */
void join_clear(const char *data);

#endif
