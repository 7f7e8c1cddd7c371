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
#include "tools/hall/rules/sender.h"
#include "tools/hall/store/sql.h"
#include "wire/chain.h"

struct store;

/* Makes the tables of a hall, in DIR/hall.db or where DIR/database says (where.h), and DIR/hall.id, which say of each other
 * that they belong together. -ERR_EXISTS. */
int store_make(const char *dir, struct err *e);
/* Opens them; brings an older database forward (schema.h). One store is one connection: a thread's own. A folder that holds
 * no hall, a database that is gone, emptied, damaged or another hall's is refused with words that say what to do, and stays
 * as it is. */
int store_open(const char *dir, struct store **ret, struct err *e);
/* Looks at every page of a database that is not too large to be read within a second or two. */
int store_check(struct store *s, const char *dir, struct err *e);
void store_close(struct store *s); /* takes NULL */
struct sql *store_sql(struct store *s);
/* lease_log.h: the store takes it over. NULL: it has none. */
struct lease_log;
void store_keep_leases(struct store *s, struct lease_log *l);
struct lease_log *store_leases(struct store *s);
/* What queue_wait() keeps of earlier days, in one piece of memory; NULL: nothing yet. The store frees it. */
struct queue_rhythms;
struct queue_rhythms **store_rhythms(struct store *s);
/* For tests: while set, store_commit fails with -ERR_NOSPACE after rolling back. */
void store_set_full(struct store *s, bool full);
int store_begin(struct store *s, struct err *e);
int store_commit(struct store *s, struct err *e); /* rolls back when it fails */
void store_rollback(struct store *s);
/* Inside a transaction: a place to go back to, or to forget when all went well. When going back fails the transaction is
 * gone. */
int store_mark(struct store *s, struct err *e);
int store_back(struct store *s, struct err *e);
int store_unmark(struct store *s, struct err *e);

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
                   STORE_FOREIGN,    /* a case or ticket that was not the sender's to give, or to void */
                   STORE_DOUBLE,     /* its number was given before */
                   STORE_UNASKED,    /* a supplement that its case did not wait for */
                   STORE_STATES,
};
const char *store_state_word(enum store_state state);
/* It can be read whole: whether it counts is another matter. */
bool store_state_whole(enum store_state state);

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
    bool clock_trusted;
    /* of tickets and void tickets, for store_queue.h; queue is empty for all others */
    char queue[QUEUE_ID_MAX + 1];
    int64_t day; /* since 1970-01-01 */
};

/* Fills what the hall knows of a sender: its registrations and its latest time. -ERR_NOTFOUND: not registered. */
int store_sender(struct store *s, struct sender *who, struct err *e);

/* Moves the chain from `from` to `head`, and its latest time to who->at. *ret_moved false, and nothing done, when it stands
 * elsewhere by now. */
int store_move(struct store *s, const struct sender *who, const struct store_place *from, const struct chain_head *head,
               bool *ret_moved, struct err *e);
/* Adds a record of it. -ERR_EXISTS: its id is known under another place. */
int store_add(struct store *s, const struct sender *who, const struct store_record *r, struct err *e);

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
/* Every office of this hall, by number; fn non-zero stops. */
int store_each_office(struct store *s, int (*fn)(void *ctx, int office), void *ctx, struct err *e);
/* By record id; or by the case number of an application: the one whose sender was entitled to it. fn is called for each that
 * fits. The count. */
int store_find_id(struct store *s, const uint8_t id[16], store_found_fn *fn, void *ctx, struct err *e);
int store_find_case(struct store *s, int office, const char *number, store_found_fn *fn, void *ctx, struct err *e);
/* The supplements to a case, as they came, whatever they are marked. */
int store_find_supplements(struct store *s, int office, const char *number, store_found_fn *fn, void *ctx, struct err *e);
/* The newest of a kind that a terminal sent, of whichever office: fn is called once for each office that has one. */
int store_find_newest(struct store *s, const char *terminal, enum record_kind kind, store_found_fn *fn, void *ctx,
                      struct err *e);

/* --- what staff must hear of, and what staff did --- */

/* One row for each office, terminal and kind: a further one counts, and its detail stands in place of the last. A terminal
 * of its own name stands for what is no terminal's: */
#define STORE_NO_TERMINAL "-"
int store_alert(struct store *s, int office, const char *terminal, const char *what, const char *detail, struct err *e);
/* As if it had been told `n` times since `first`. */
int store_alert_since(struct store *s, int office, const char *terminal, const char *what, const char *detail, int64_t first,
                      int64_t n, struct err *e);
/* What staff must look at, as it began; non-zero stops. Strings are borrowed for the call. */
struct store_alert_row {
    int office;
    int64_t first, last, count;
    const char *terminal, *what, *detail;
};
/* Those of an office, or of one terminal of it (NULL: all). */
int store_each_alert_of(struct store *s, int office, const char *terminal,
                        int (*fn)(void *ctx, const struct store_alert_row *a), void *ctx, struct err *e);
int store_each_alert(struct store *s, int (*fn)(void *ctx, const struct store_alert_row *a), void *ctx, struct err *e);
/* Adds a row to its office's chain (store_audit.h). -ERR_RETRY: somebody else did so at the same moment. */
int store_audit(struct store *s, int office, const char *who, const char *action, const char *subject, const char *reason,
                struct err *e);

#endif
