/* SPDX-License-Identifier: Apache-2.0
 *
 * What time it is: whether the terminal's clock is to be trusted (the hall's time was seen within 24 hours, agreed with
 * ours, and the clock has not jumped since), and if not, the moment before which it cannot be. Certificates are judged by
 * that: a clock in 1970, two days behind or far ahead keeps no record from being delivered.
 */
#ifndef SYNC_TRUST_H
#define SYNC_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#include "sync/state.h"

#define TRUST_HOURS 24
#define TRUST_DIFFERENCE_MS 120000 /* between the hall's clock and ours, with the answer's way */

struct trust { /* starts as {.floor_ms = …} */
    /* It is not earlier than this: the build's time, the hall's time as it was stored (trust_floor). Only rises. */
    int64_t floor_ms;
    int64_t kept_ms;       /* as it stands in sync.db */
    int64_t floor_mono_ms; /* when it was the hall's time; 0: it is an old one */
    bool seen;
    int64_t seen_mono_ms;
    int64_t offset_ms; /* clock_offset_ms() when it was seen */
};

/* At start: it is not earlier than when this was built, nor than the hall said before. */
void trust_load(struct trust *t, struct state *s, int64_t built_ms);
/* For the next start, to the hour. */
void trust_keep(struct trust *t, struct state *s);
/* The hall's Date, heard over a verified connection. `ends_ms` is the end of the certificate the hall showed (0: not known):
 * its word is taken no further than that, so that a hall that errs by years for a moment shuts nobody out for years. */
void trust_see(struct trust *t, int64_t hall_ms, int64_t ends_ms);
bool trust_now(const struct trust *t);
/* Our clock where it is trusted; else (*ret_sure false) the latest moment that has surely passed. */
int64_t trust_moment(const struct trust *t, bool *ret_sure);

#endif
