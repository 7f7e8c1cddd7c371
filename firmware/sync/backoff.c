/* SPDX-License-Identifier: Apache-2.0
 *
 * Exponential back-off with full jitter.
 */
#include "sync/backoff.h"

#include "crypto/random.h"

#define LEAST_MS 100

int64_t backoff_next(struct backoff *b)
{
    int64_t ceiling = BACKOFF_MAX_MS;
    uint32_t r;
    if (b->failures < 9 && (BACKOFF_FIRST_MS << b->failures) < BACKOFF_MAX_MS)
        ceiling = BACKOFF_FIRST_MS << b->failures;
    if (b->failures < 30)
        b->failures++;
    random_bytes(&r, sizeof r);
    return LEAST_MS + (int64_t)(r % (uint32_t)(ceiling - LEAST_MS));
}

void backoff_reset(struct backoff *b)
{
    b->failures = 0;
}
