/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether the terminal's clock is to be trusted: the hall's time was seen within 24 hours, agreed with ours, and the clock
 * has not jumped since.
 */
#ifndef SYNC_TRUST_H
#define SYNC_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#define TRUST_HOURS 24
#define TRUST_DIFFERENCE_MS 120000 /* between the hall's clock and ours, with the answer's way */
#define TRUST_JUMP_MS 5000         /* between wall and monotonic time */

struct trust { /* starts as {0} */
    bool seen;
    int64_t seen_mono_ms;
    int64_t offset_ms; /* wall − monotonic when it was seen */
};

void trust_see(struct trust *t, int64_t hall_ms);
bool trust_now(const struct trust *t);

#endif
