/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall keeps: records and their chains, alerts, the audit log. Rows and their rules; when they are committed is
 * the caller's business (writer.h groups). `office` leads every key, and the office always comes from the terminal's own
 * row, never from what was sent.
 */
#ifndef HALL_STORE_H
#define HALL_STORE_H

#include <stdbool.h>

#include "model/number.h"
#include "model/record.h"
#include "model/ticket.h"
#include "tools/hall/sql.h"
#include "wire/chain.h"

struct store;

/* Opens or makes DIR/hall.db. One store is one connection: a thread's own. */
int store_open(const char *dir, struct store **ret, struct err *e);
void store_close(struct store *s); /* takes NULL */
struct sql *store_sql(struct store *s);
/* For tests: while set, store_commit fails with -ERR_NOSPACE after rolling back. */
void store_set_full(struct store *s, bool full);
int store_begin(struct store *s, struct err *e);
int store_commit(struct store *s, struct err *e); /* rolls back when it fails */
void store_rollback(struct store *s);

/* Time-ordered names (RFC 9562, version 7) from the clock and crypto/random. */
void store_uuid(uint8_t out[16]);

/* --- chains and records --- */

struct store_place { /* where a terminal's chain stands */
    uint64_t seq;    /* 0: nothing stored */
    uint8_t hash[HASH_LEN];
};
/* The stored place of a chain. -ERR_NOTFOUND: not registered. */
int store_chain(struct store *s, int office, const char *terminal, const uint8_t epoch[EPOCH_LEN], struct store_place *ret,
                struct err *e);
/* The hash of a stored record; -ERR_NOTFOUND. */
int store_hash(struct store *s, int office, const char *terminal, const uint8_t epoch[EPOCH_LEN], uint64_t seq,
               uint8_t out[HASH_LEN], struct err *e);

enum store_state {                   /* of a record; what staff see */
                   STORE_GOOD,       /* the header reads, the body is there when the kind has one */
                   STORE_HEADER_BAD, /* the header does not read, or names another place */
                   STORE_BODY_GONE,  /* purged before it was sent (a hall that was restored) */
                   STORE_BODY_BAD,   /* its bytes do not match the hash in the chain */
                   STORE_STATES,
};
const char *store_state_word(enum store_state state);

struct store_record { /* pointers borrowed */
    uint64_t seq;
    uint8_t id[16];
    char kind[RECORD_TEXT_MAX + 1];
    char number[RECORD_TEXT_MAX + 1];
    int64_t at;
    enum store_state state;
    const uint8_t *header, *body;
    size_t header_len, body_len;
    uint8_t body_hash[HASH_LEN], hash[HASH_LEN];
    /* of tickets and void tickets, for store_queue.h; queue is empty for all others */
    char queue[QUEUE_ID_MAX + 1];
    int64_t day; /* since 1970-01-01 */
    bool clock_trusted;
};

/* Moves the chain from `from` to `head` and adds the n records between. *ret_moved false, and nothing done, when the chain
 * stands elsewhere by now. -ERR_EXISTS: a record's id is known under another place; the transaction must be rolled back. */
int store_append(struct store *s, int office, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                 const struct store_place *from, const struct chain_head *head, const struct store_record *records, size_t n,
                 int64_t received, bool *ret_moved, struct err *e);

/* Reading for staff. fn gets each record with its terminal; non-zero stops. Terminal NULL: of all. */
struct store_found {
    int office;
    const char *terminal;
    uint8_t epoch[EPOCH_LEN];
    int64_t received;
    struct store_record record;
};
typedef int store_found_fn(void *ctx, const struct store_found *f);
int store_each_record(struct store *s, store_found_fn *fn, void *ctx, struct err *e);
/* By record id, or by the case number of an application; fn is called for each that fits. The count. */
int store_find_id(struct store *s, const uint8_t id[16], store_found_fn *fn, void *ctx, struct err *e);
int store_find_case(struct store *s, int office, const char *number, store_found_fn *fn, void *ctx, struct err *e);

/* --- what staff must hear of, and what staff did --- */

int store_alert(struct store *s, int office, const char *terminal, const char *what, const char *detail, struct err *e);
/* The number of alerts of that kind; `what` NULL: of all. */
/* What staff must look at, oldest first; non-zero stops. Strings are borrowed for the call. */
struct store_alert_row {
    int office;
    int64_t at;
    const char *terminal, *what, *detail;
};
int store_each_alert(struct store *s, int (*fn)(void *ctx, const struct store_alert_row *a), void *ctx, struct err *e);
int store_alert_count(struct store *s, int office, const char *what, struct err *e);
int store_audit(struct store *s, int office, const char *who, const char *action, const char *subject, const char *reason,
                struct err *e);

#endif
