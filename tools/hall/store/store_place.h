/* SPDX-License-Identifier: Apache-2.0
 *
 * The places of an hour that can be booked (`appointment_hour`): how many are taken; one more is taken only while one is
 * left, however many halls book at once. Each function runs in the caller's transaction.
 */
#ifndef HALL_STORE_PLACE_H
#define HALL_STORE_PLACE_H

#include "tools/hall/store/store.h"

struct place_hour { /* borrowed */
    int office;
    const char *queue;
    int64_t at; /* ms: when the hour begins */
};
int place_taken(struct store *s, const struct place_hour *h, int64_t *ret, struct err *e);
/* Of `all` places. 1, and *ret_nth: which of those that ever were given of it; 0: none is left. */
int place_take(struct store *s, const struct place_hour *h, int64_t all, int64_t *ret_nth, struct err *e);
int place_give(struct store *s, const struct place_hour *h, struct err *e);

#endif
