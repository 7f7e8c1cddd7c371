/* SPDX-License-Identifier: Apache-2.0
 *
 * DIR/leases.log: the blocks of ticket numbers granted for yesterday and later, beside hall.db, so that a hall.db put back
 * from a backup gives none of them again. A line a block, on disk before the transaction that grants it commits:
 *     {"office":1103,"terminal":"t-1103-003","request":"32 hex digits","queue":"general","day":days since 1970-01-01,
 *      "first":1,"count":20,"at":Unix milliseconds}
 * Of two lines about one block the later holds: the earlier was of a transaction that failed. When the file is opened, and
 * with the first block of a day, it is written anew from hall.db. Lost or damaged, it says nothing, and hall.db alone
 * counts.
 */
#ifndef HALL_LEASE_LOG_H
#define HALL_LEASE_LOG_H

#include "tools/hall/store/store.h"
#include "wire/lease.h"

/* A line, as a row of `lease`. */
struct leased_block {
    int office;
    char terminal[TERMINAL_ID_MAX + 1];
    struct lease lease;
    int64_t at;
};
#define LEASED_BLOCK_MAX 512                                            /* bytes of a line */
int leased_block_encode(const struct leased_block *b, struct buf *out); /* without the end of the line */
int leased_block_decode(const void *line, size_t len, struct leased_block *ret, struct err *e);

/* Brings into hall.db what it lacks, and from here on keeps what is granted: store_commit() writes it. The store owns the
 * log. */
int lease_log_open(struct store *s, const char *dir, struct err *e);
void lease_log_close(struct lease_log *l); /* takes NULL */

/* In the transaction that grants it. Without a log (commands and tests that open a store alone) nothing is kept. */
int lease_log_add(struct store *s, int office, const char *terminal, const struct lease *granted, int64_t at, struct err *e);
/* What was added is on disk when it returns 0. */
int lease_log_flush(struct lease_log *l, struct err *e);

#endif
