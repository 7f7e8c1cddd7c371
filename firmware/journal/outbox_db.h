/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared by outbox.c and outbox_verify.c only.
 */
#ifndef JOURNAL_OUTBOX_DB_H
#define JOURNAL_OUTBOX_DB_H

#include "journal/db.h"
#include "journal/outbox.h"

struct outbox {
    sqlite3 *db;
    char dir[1024];
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    struct public_key signing;
    int office, registration;
    struct progress *progress; /* of outbox_verify(); NULL: nobody asked */
};

/* What outbox_row takes, from record r and body b. */
#define OUTBOX_COLUMNS "r.seq, r.header, r.body_hash, r.hash, b.body"

/* The row as a record; its pointers live until the next step. */
int outbox_row(sqlite3_stmt *st, const uint8_t prev[HASH_LEN], struct record *ret, struct err *e);
/* Hash of the record before `seq`, or the chain's start. */
int outbox_hash_before(struct outbox *o, uint64_t seq, uint8_t out[HASH_LEN], struct err *e);

#endif
