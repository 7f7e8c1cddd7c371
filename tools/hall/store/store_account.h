/* SPDX-License-Identifier: Apache-2.0
 *
 * Members of staff in the database, those who are signed in, and what they have sent. What is allowed is rules/account.h's
 * to say. Each function runs in the caller's transaction.
 */
#ifndef HALL_STORE_ACCOUNT_H
#define HALL_STORE_ACCOUNT_H

#include "tools/hall/rules/account.h"
#include "tools/hall/store/store.h"

/* -ERR_EXISTS: the id is taken, or the name in that office. */
int account_add(struct store *s, const struct account *a, struct err *e);
/* -ERR_NOTFOUND: there is none. */
int account_read(struct store *s, const char *id, struct account *ret, struct err *e);
int account_by_name(struct store *s, int office, const char *name, struct account *ret, struct err *e);
/* Does this office have any? 1, 0, or a negative code. */
int account_any(struct store *s, int office, struct err *e);
/* All but id, office and name. */
int account_put(struct store *s, const struct account *a, struct err *e);
/* 1: the step is the last one now; 0: it is not later than the last. */
int account_step(struct store *s, const char *id, int64_t step, struct err *e);
/* All, by office and id. Non-zero stops. */
int account_each(struct store *s, int (*fn)(void *ctx, const struct account *a), void *ctx, struct err *e);

/* --- who is signed in: of the token that his browser has, only the hash --- */

struct session {
    uint8_t hash[SHA256_LEN];
    char id[ACCOUNT_ID_MAX + 1];
    int64_t made, used;
};
int session_add(struct store *s, const struct session *one, struct err *e);
/* -ERR_NOTFOUND */
int session_read(struct store *s, const uint8_t hash[SHA256_LEN], struct session *ret, struct err *e);
int session_touch(struct store *s, const uint8_t hash[SHA256_LEN], int64_t now, struct err *e);
int session_end(struct store *s, const uint8_t hash[SHA256_LEN], struct err *e);
int session_end_all(struct store *s, const char *id, struct err *e); /* of one account */

/* --- what was sent: a client gives each write an id, and one that comes again is not done again --- */

struct sent {
    uint8_t id[16];
    uint8_t what[SHA256_LEN]; /* of who, path and body */
    char number[CASE_NUMBER_LEN + 1];
    int64_t seq; /* the event it made */
};
/* -ERR_NOTFOUND */
int sent_read(struct store *s, int office, const uint8_t id[16], struct sent *ret, struct err *e);
int sent_add(struct store *s, int office, const struct sent *one, int64_t now, struct err *e);
/* Forgets sessions that are over and what was sent long ago. */
int account_sweep(struct store *s, int64_t now, struct err *e);

#endif
