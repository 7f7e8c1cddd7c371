/* SPDX-License-Identifier: Apache-2.0
 *
 * What the writing side's files share: journal.c appends, signs and purges, journal_anchor.c compares with what is kept
 * beside the journal and with the hall's word, journal_number.c says which day it is and which number comes next.
 */
#ifndef JOURNAL_JOURNAL_STRUCT_H
#define JOURNAL_JOURNAL_STRUCT_H

#include "crypto/seal.h"
#include "journal/anchor.h"
#include "journal/db.h"
#include "journal/journal.h"

struct journal {
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *add_record, *add_body, *add_head;
    int lock; /* held as long as the journal is open: one writer */
    struct journal_identity id;
    const struct private_key *signing; /* borrowed */
    struct public_key seal_to;
    bool can_seal;
    struct seal_encap *ahead; /* locked; for the next body, made while nobody waits */
    bool has_ahead;
    uint64_t last, last_signed;
    uint64_t acked;         /* the hall holds it, and so do we */
    uint8_t hash[HASH_LEN]; /* of the last record, or the chain's start */
    int log_pages;
    bool carrying_fails;
    bool at_rest; /* the log holds nothing that the database does not */
    struct anchor_file anchor_file;
    struct anchor anchor;
    bool clock_trusted; /* as the hall's time said when wall and monotonic time were apart by this much: */
    int64_t clock_offset_ms;
    bool trusted_here;       /* since this start of the machine: then the monotonic clock counts on from */
    int64_t trusted_mono_ms; /* this moment, at anchor.trusted_ms */
};

/* journal_anchor.c. Is the journal the one that was written last? At opening, before anything is changed: -ERR_STATE,
 * -ERR_VERSION as journal_open says. */
int journal_anchor_check(struct journal *j, bool there, struct err *e);
/* Notes the last record. What cannot be written is told once: the record is durable all the same. */
void journal_anchor_note(struct journal *j);

/* journal_number.c. A trusted clock's time is the newest that is known. */
void journal_clock_note(struct journal *j);

#endif
