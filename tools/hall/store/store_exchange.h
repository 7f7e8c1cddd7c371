/* SPDX-License-Identifier: Apache-2.0
 *
 * What the data centre found wrong with what was exchanged of cases (tools/hall/exchange/feedback.h). Each function runs in
 * the caller's transaction.
 */
#ifndef HALL_STORE_EXCHANGE_H
#define HALL_STORE_EXCHANGE_H

#include "tools/hall/store/store.h"

struct exchange_error {
    int office;
    int64_t seq, received;                             /* of the event; ms */
    const char *number;                                /* of the case */
    const char *guid;                                  /* of the finding: a second one with it is the same */
    const char *table, *batch, *type, *remark, *found; /* found: when the centre did, in its words */
};
/* `received` is now. 1: kept; 0: it was known. -ERR_NOTFOUND: the hall has no such case. */
int exchange_error_put(struct store *s, const struct exchange_error *x, struct err *e);
/* Of a case (number NULL: of an office; -1: of all), by number and event; strings are borrowed for the call. */
typedef int exchange_error_fn(void *ctx, const struct exchange_error *x);
int exchange_each_error(struct store *s, int office, const char *number, exchange_error_fn *fn, void *ctx, struct err *e);

#endif
