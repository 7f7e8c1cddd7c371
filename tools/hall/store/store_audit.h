/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading the audit log, and proving that it is whole (rules/audit.h). store_audit() adds to it (store.h).
 */
#ifndef HALL_STORE_AUDIT_H
#define HALL_STORE_AUDIT_H

#include "tools/hall/rules/audit.h"
#include "tools/hall/store/store.h"

/* By office and number. -1: of every office. Non-zero stops. */
typedef int audit_fn(void *ctx, const struct audit_row *r, const uint8_t hash[SHA256_LEN]);
int audit_each(struct store *s, int office, audit_fn *fn, void *ctx, struct err *e);

/* Where a chain stands. */
struct audit_head {
    int office;
    int64_t seq;
    uint8_t hash[SHA256_LEN];
};
int audit_head_read(struct store *s, int office, struct audit_head *ret, struct err *e); /* seq 0: nothing yet */

/* A part of an office's chain, the newest first. Non-zero stops. */
struct audit_span {
    int office;
    int64_t from, before; /* numbers; `before` not among them */
    int64_t begins, ends; /* ms; `ends` not among them */
    const char *subject;  /* "": whatever */
};
int audit_each_back(struct store *s, const struct audit_span *span, audit_fn *fn, void *ctx, struct err *e);

/* What was seen of the chains before: a chain whose end was cut off is good in itself, and shows by this alone. Begin with
 * {0}; finish it. */
struct audit_seen {
    struct audit_head *heads; /* by office */
    size_t n;
    int wrong_office;  /* after -ERR_CHECKSUM: in which chain, */
    int64_t wrong_seq; /* and which row is wrong, missing, or was its last */
};
/* Looks at every row, and that what was seen before is still there; then that is what is there now. -ERR_CHECKSUM says which
 * row is wrong, or missing, and leaves the heads of *seen as they were. */
int audit_verify(struct store *s, struct audit_seen *seen, struct err *e);
void audit_seen_finish(struct audit_seen *seen);

/* For schema.c: gives the rows of a log that had no chain their numbers and hashes, by time. */
int audit_chain_all(struct sql *d, struct err *e);

#endif
