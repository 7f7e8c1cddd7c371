/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose applications and supplements are, blindly: for each the index that hall-open made of its applicant's number
 * (open/blind.h), which tells nobody anything but that two are the same person's. A row is wanted in the transaction that
 * stores the record; what hall-open makes of it comes later. Not derived: `hallctl rebuild` leaves it.
 * Each function runs in the caller's transaction.
 */
#ifndef HALL_STORE_INDEX_H
#define HALL_STORE_INDEX_H

#include "crypto/hash.h"
#include "tools/hall/store/store.h"

#define INDEX_SECRET_LEN 8 /* names the secret an index was made with */

int index_want(struct store *s, int office, const uint8_t id[16], const char *number, struct err *e);
/* What hall-open found: an index, or NULL where the record names nobody or does not open; that is not asked again. */
int index_put(struct store *s, int office, const uint8_t id[16], const uint8_t idx[SHA256_LEN],
              const uint8_t secret[INDEX_SECRET_LEN], struct err *e);
/* hall-open has this secret now: what another one made is wanted anew, and, with `again`, what did not open. The count. */
int index_renew(struct store *s, const uint8_t secret[INDEX_SECRET_LEN], bool again, struct err *e);

/* The first `max` records that are wanted behind (office, id), in that order, as they were delivered. The count. */
int index_wanted(struct store *s, int office, const uint8_t id[16], int max, store_found_fn *fn, void *ctx, struct err *e);
/* A person's cases, whichever their office, the newest first; non-zero stops. */
int index_cases(struct store *s, const uint8_t idx[SHA256_LEN], int max,
                int (*fn)(void *ctx, int office, const char *number), void *ctx, struct err *e);
/* Whose a record is. 1, or 0: nobody's, or hall-open has not made its index yet. */
int index_of(struct store *s, int office, const uint8_t id[16], uint8_t ret_idx[SHA256_LEN], struct err *e);
/* Are both of one person? 1, or 0: not, or nobody knows. */
int index_same(struct store *s, int office, const uint8_t one[16], const uint8_t other[16], struct err *e);

#endif
