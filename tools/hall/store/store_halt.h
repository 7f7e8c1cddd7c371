/* SPDX-License-Identifier: Apache-2.0
 *
 * Items that staff have taken off everywhere (rules/halt.h), and which list of them each terminal goes by. Each function
 * runs in the caller's transaction.
 */
#ifndef HALL_STORE_HALT_H
#define HALL_STORE_HALT_H

#include "model/place.h"
#include "tools/hall/rules/account.h"
#include "tools/hall/rules/halt.h"
#include "tools/hall/store/store.h"

#define HALT_WHY_MAX 200  /* bytes, for colleagues, in one line */
#define HALT_NAME_MAX 399 /* of what the item is called */

struct halt_row {
    struct halt halt; /* `at_ms`: since when it is off */
    bool off;         /* false: it was, and was brought back */
    int64_t version;  /* of the list, by the last change of this row */
    char name[HALT_NAME_MAX + 1];
    int64_t changed; /* the last time, by whom and why */
    char by[CASE_NAME_MAX + 1], why[HALT_WHY_MAX + 1];
};

/* Those who change the list do so one after the other, in whichever hall: before the first look at it. */
int halt_lock(struct store *s, struct err *e);
/* Writes the row with the list's next version, which is filled in: the time of the change, or one more than the last. A hall
 * that was restored from a copy thus gives no number again that terminals know another list by. */
int halt_put(struct store *s, struct halt_row *r, struct err *e);
/* -ERR_NOTFOUND: it was never off. */
int halt_get(struct store *s, const char *task_code, struct halt_row *ret, struct err *e);
/* Those that are off, the oldest first; non-zero stops. */
typedef int halt_fn(void *ctx, const struct halt_row *r);
int halt_each(struct store *s, halt_fn *fn, void *ctx, struct err *e);
/* They as terminals are told, by their last change. Of more than `most` the first so many, and as its version the last
 * before the next one's: so a terminal that goes by it has all it says it has, and none of the others. */
int halt_list(struct store *s, int most, struct halts *ret, struct err *e);
int halt_version(struct store *s, int64_t *ret, struct err *e); /* 0: nothing was ever off */

/* --- what terminals say --- */

int halt_hear(struct store *s, int office, const char *terminal, int64_t version, int64_t at_ms, struct err *e);

struct halt_seen {
    int office;
    char id[TERMINAL_ID_MAX + 1];
    struct place place;
    int64_t version, at_ms; /* the list it goes by, and since when it has said so; 0: none */
    int64_t heard_ms;       /* its last word of health; 0: never */
    int64_t catalogue;      /* the one it said last; 0: none */
};
/* All that have a certificate, by office and name: a revoked one is waited for by nobody. Non-zero stops. */
typedef int halt_seen_fn(void *ctx, const struct halt_seen *t);
int halt_each_terminal(struct store *s, halt_seen_fn *fn, void *ctx, struct err *e);

#endif
