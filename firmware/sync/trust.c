/* SPDX-License-Identifier: Apache-2.0
 *
 * Trusted time.
 */
#include "sync/trust.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"

#define KEEP_STEP_MS (60 * 60 * 1000)

void trust_load(struct trust *t, struct state *s, int64_t built_ms)
{
    t->kept_ms = state_get(s, STATE_HALL_TIME);
    t->floor_ms = t->kept_ms > built_ms ? t->kept_ms : built_ms;
}

void trust_keep(struct trust *t, struct state *s)
{
    struct err e = {0};
    if (t->floor_ms - t->kept_ms < KEEP_STEP_MS)
        return;
    t->kept_ms = t->floor_ms;
    if (state_set(s, STATE_HALL_TIME, t->kept_ms, &e))
        log_warn("sync", "%s", e.text);
}

static int64_t floor_now(const struct trust *t)
{
    return t->floor_ms + (t->floor_mono_ms ? clock_mono_ms() - t->floor_mono_ms : 0);
}

void trust_see(struct trust *t, int64_t hall_ms, int64_t ends_ms)
{
    int64_t believed = ends_ms && ends_ms < hall_ms ? ends_ms : hall_ms;
    if (believed > floor_now(t)) {
        t->floor_ms = believed;
        t->floor_mono_ms = clock_mono_ms();
    }
    t->seen = llabs(clock_wall_ms() - hall_ms) <= TRUST_DIFFERENCE_MS;
    t->seen_mono_ms = clock_mono_ms();
    t->offset_ms = clock_offset_ms();
}

bool trust_now(const struct trust *t)
{
    return t->seen && clock_mono_ms() - t->seen_mono_ms < TRUST_HOURS * INT64_C(3600000) &&
           llabs(clock_offset_ms() - t->offset_ms) <= CLOCK_JUMP_MS;
}

int64_t trust_moment(const struct trust *t, bool *ret_sure)
{
    *ret_sure = trust_now(t);
    return *ret_sure ? clock_wall_ms() : floor_now(t);
}
