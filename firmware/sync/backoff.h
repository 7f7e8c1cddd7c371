/* SPDX-License-Identifier: Apache-2.0
 *
 * How long to stay away after a failure: up to 2^n seconds, at most five minutes, any moment of it with equal chance, so
 * that a hall that comes back is not met by all its terminals at once.
 */
#ifndef SYNC_BACKOFF_H
#define SYNC_BACKOFF_H

#include <stdint.h>

#define BACKOFF_FIRST_MS 1000
#define BACKOFF_MAX_MS (5 * 60 * 1000)

struct backoff { /* starts as {0} */
    int failures;
};

/* One more failure: milliseconds to wait, at least 100. */
int64_t backoff_next(struct backoff *b);
void backoff_reset(struct backoff *b);

#endif
