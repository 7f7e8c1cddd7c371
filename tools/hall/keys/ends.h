/* SPDX-License-Identifier: Apache-2.0
 *
 * What of the hall ends, and when: its certificates, and what the signed files in DIR/public name. For the hall's alerts and
 * `hallctl keys status`.
 */
#ifndef HALL_ENDS_H
#define HALL_ENDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "wire/manifest.h"

#define ENDS_NEAR_DAYS 90
#define ENDS_MAX 8

struct end {
    const char *what;   /* "ca", "server-certificate", "root", "sealing-key", "ask-key", "catalogue", "head" */
    int64_t ends_ms;    /* 0: it is there and cannot be read */
    uint8_t key_id[8];  /* of the two keys; zeros for all others */
    const char *remedy; /* what staff do about it */
};

/* All there are, in the order above. The count. */
size_t ends_list(const char *data_dir, struct end out[ENDS_MAX]);

/* FINE, or within ENDS_NEAR_DAYS (the head, which lives a week and is renewed each day: within a day), or over. */
enum end_state { END_FINE, END_NEAR, END_OVER };
enum end_state ends_state(const struct end *end, int64_t now_ms);

/* The newest root the hall offers. */
int ends_root(const char *data_dir, struct manifest_root *ret, struct err *e);

#endif
