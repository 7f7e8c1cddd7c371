/* SPDX-License-Identifier: Apache-2.0
 *
 * journal.db as a file: the writer's lock, making it, settings, whose it is, and where its chain ends.
 */
#ifndef JOURNAL_JOURNAL_FILE_H
#define JOURNAL_JOURNAL_FILE_H

#include "journal/db.h"
#include "journal/journal.h"

/* -ERR_BUSY: another process writes this journal. The lock goes with the process. */
int journal_file_lock(const char *dir, int *ret_fd, struct err *e);
void journal_file_unlock(int fd); /* takes -1 */
/* Opens it and checks whose it is: -ERR_STATE when it is another enrolment's, or missing or empty. Only at the first start
 * is what is missing made. A journal that is there is not written to, not even when *ret is closed, before
 * journal_file_begin: it may turn out to be damaged. */
int journal_file_open(const char *dir, const struct journal_identity *id, const struct public_key *signing, bool first_start,
                      sqlite3 **ret, struct err *e);
int journal_file_begin(sqlite3 *db, const char *dir, struct err *e);

struct journal_end {
    uint64_t last, last_signed;
    uint8_t hash[HASH_LEN]; /* in: the chain's start; out: hash of the last record, the start when there is none */
};
/* Checks the last record against the one before it and the newest head against its record: -ERR_CHECKSUM. */
int journal_file_end(sqlite3 *db, struct journal_end *end, struct err *e);

#endif
