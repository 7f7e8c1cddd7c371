/* SPDX-License-Identifier: Apache-2.0
 *
 * The journal: append-only, one writer (kiosk). Nothing that was appended is lost after journal_append has returned, and
 * nothing is ever changed; bodies are purged after the hall has them, hashes stay. SQLite, WAL, synchronous=FULL,
 * mmap_size=0. The write-ahead log is kept alive so that read-only users can open the file.
 */
#ifndef JOURNAL_JOURNAL_H
#define JOURNAL_JOURNAL_H

#include "crypto/keys.h"
#include "model/number.h"
#include "model/record.h"
#include "model/speak.h"
#include "model/ticket.h"
#include "wire/chain.h"

struct journal;

struct journal_identity { /* from terminal.json */
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    int office, registration;
};

/* Opens DIR/journal.db, checks the end of the chain and that it is the journal that was written last (anchor.h), signs the
 * head if it is not. Makes it only where enrolment has made the anchor and nothing was written since. `signing` is borrowed
 * and must outlive the journal; `seal_to` may be NULL (then kinds with a body are refused with -ERR_KEY).
 * Refused, and what is there left as it is, with -ERR_STATE: it lost its end, is missing, empty, or another enrolment's;
 * -ERR_VERSION: a fork, another record stands where one of ours or the hall's was; -ERR_CHECKSUM: damaged. No later try
 * helps then. All other errors are the disk's. */
int journal_open(const char *dir, const struct journal_identity *id, const struct private_key *signing,
                 const struct public_key *seal_to, struct journal **ret, struct err *e);
static inline bool journal_refused(int rc)
{
    return rc == -ERR_STATE || rc == -ERR_VERSION || rc == -ERR_CHECKSUM;
}
void journal_close(struct journal *j); /* takes NULL */
void journal_set_seal_key(struct journal *j, const struct public_key *seal_to);

/* Appends one record and makes it durable. The caller fills in the kind and what the kind carries; the journal fills in
 * v, terminal, epoch, seq, at, boot, up, clock, id, key. `plain` (JSON text, not padded) is sealed when the kind has a
 * body. On success *h is complete. -ERR_NOSPACE: the disk is full, nothing was stored; -ERR_IO. */
int journal_append(struct journal *j, struct record_header *h, const void *plain, size_t plain_len, struct err *e);
/* The same for several records that belong together, in their order: one commit, so that after a failure or a power cut all
 * are there or none is. */
#define JOURNAL_TOGETHER_MAX 8
struct journal_entry {
    struct record_header header; /* complete on success */
    const void *plain;
    size_t plain_len;
};
int journal_append_together(struct journal *j, struct journal_entry *entries, size_t n, struct err *e);
/* Signs the chain's head after a commit, and does ahead what it can of sealing the next body; off the resident's path. Does
 * nothing when the head is signed. */
int journal_sign_head(struct journal *j, struct err *e);
/* Nobody is served: carries the log over into the database, so that a log that rots while nobody comes costs nothing, signs
 * the head, and makes the anchor durable. Waits for the disk a few times, once for each rest. A reader may keep the log for
 * a moment: call it again. */
int journal_rest(struct journal *j, struct err *e);
bool journal_rests(const struct journal *j); /* nothing stands in the log alone */

uint64_t journal_last(const struct journal *j); /* 0: empty */
/* The day numbers are given for. By a trusted clock it is today; it does not go back then, unless what was known before lies
 * more than a week ahead: that was wrong, and is forgotten. By an unsure clock it is what the monotonic clock has counted
 * since a trusted one; after a restart of the machine it is today, and not before the newest trusted time or the build. */
struct date journal_day(const struct journal *j);
/* The next numbers, derived from the records. Call right before the append that uses it. */
int journal_next_case(struct journal *j, struct date day, struct case_number *ret, struct err *e);
/* The same for a bundle of `n` applications: its own number, behind which theirs follow (case_number_part()). */
int journal_next_bundle(struct journal *j, struct date day, int n, struct case_number *ret, struct err *e);
int journal_next_spoken(struct journal *j, struct speak_number *ret, struct err *e);
/* From the leased blocks while they last, else from the terminal's own series. */
int journal_next_ticket(struct journal *j, const char *queue, char letter, struct date day,
                        const struct ticket_block *blocks, size_t n, char out[TICKET_NUMBER_MAX + 1], struct err *e);
/* How many leased numbers were not given yet. */
int journal_tickets_left(struct journal *j, const char *queue, char letter, struct date day,
                         const struct ticket_block *blocks, size_t n, int *ret, struct err *e);
/* Whether what the clock says now is to be trusted: the hall's time was seen within 24 h and no jump since. A jump after
 * this call is seen here too, before anybody tells. */
void journal_set_clock_trusted(struct journal *j, bool trusted);
bool journal_clock_trusted(const struct journal *j);

/* The last visit, when it has no visit-end. *ret_open false otherwise. */
struct journal_visit {
    bool open;
    int64_t started_ms;
    uint8_t visit[16];
    char number[CASE_NUMBER_LEN + 1];               /* of the application handed in, or of the bundle, or "" */
    int parts;                                      /* of that bundle; 0: it is none */
    char supplied[CASE_NUMBER_LEN + 1];             /* of the case something was added to, or "" */
    char spoken[RECORD_TEXT_MAX];                   /* number of what was said, or "" */
    char ticket[TICKET_NUMBER_MAX + 1];             /* of the queue number taken and not void, or "" */
    char queue[RECORD_TEXT_MAX], day[DATE_LEN + 1]; /* of that number; "" without one */
    enum record_kind print; /* RECORD_PRINT_*: last word on its paper; RECORD_START when nothing was printed */
    char job[RECORD_TEXT_MAX], role[RECORD_TEXT_MAX], of[RECORD_TEXT_MAX]; /* of that paper: of which number */
    int copy;
};
int journal_last_visit(struct journal *j, struct journal_visit *ret, struct err *e);

/* The application with this number, or the last one of the bundle, where it was handed in here; at 0: it was not. */
struct journal_case {
    uint64_t seq;
    int64_t at; /* wall clock, ms */
};
int journal_case(struct journal *j, const char *number, struct journal_case *ret, struct err *e);

/* The newest records of a kind, newest first, until fn returns something else than 0. For kinds that schema.sql indexes. */
typedef int journal_fn(void *ctx, const struct record_header *h);
int journal_newest(struct journal *j, enum record_kind kind, journal_fn *fn, void *ctx, struct err *e);
/* Outcomes of papers (print-done, print-not, print-unknown), the newest first, until fn returns something else than 0; no
 * further back than some thousand records. */
int journal_papers(struct journal *j, journal_fn *fn, void *ctx, struct err *e);
/* When record `seq` was written; 0: there is none. */
int64_t journal_at(struct journal *j, uint64_t seq);

/* A verified word of the hall, and no other: it holds everything up to `seq`, whose hash is this. Remembered when it is the
 * newest, or when it is against us: then this journal is not opened again.
 * -ERR_VERSION: our record `seq` has another hash, a fork. -ERR_STATE: `seq` is beyond our last record, so this journal lost
 * records. Neither changes what journal_acked says. */
int journal_acknowledged(struct journal *j, uint64_t seq, const uint8_t hash[HASH_LEN], struct err *e);
/* The newest record the hall holds, by its verified word; 0: none. */
uint64_t journal_acked(const struct journal *j);

/* How many sealed bodies of residents the hall has not acknowledged: what only this machine has. */
int journal_waiting(struct journal *j, int64_t *ret, struct err *e);

/* Removes bodies of records up to `acked` older than `days`, or of a time that has not come yet: their clock was wrong.
 * Without a trusted clock it removes nothing. */
int journal_purge(struct journal *j, uint64_t acked, int days, struct err *e);

#endif
