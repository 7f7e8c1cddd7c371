/* SPDX-License-Identifier: Apache-2.0
 *
 * The journal's read side, for kiosk-sync, kioskctl and tests: opens journal.db read-only while kiosk writes it.
 */
#ifndef JOURNAL_OUTBOX_H
#define JOURNAL_OUTBOX_H

#include "base/progress.h"
#include "wire/batch.h"

struct outbox;

/* -ERR_NOTFOUND when there is no journal yet. */
int outbox_open(const char *dir, struct outbox **ret, struct err *e);
void outbox_close(struct outbox *o); /* takes NULL */

/* Terminal, epoch and signing key the journal was made with. */
int outbox_identity(struct outbox *o, char terminal[TERMINAL_ID_MAX + 1], uint8_t epoch[EPOCH_LEN],
                    struct public_key *ret_signing, struct err *e);
/* The newest signed head; seq 0 when there is none. */
int outbox_head(struct outbox *o, struct chain_head *ret, struct err *e);
/* The hash of record `seq`. -ERR_NOTFOUND: it is beyond the last one. */
int outbox_hash(struct outbox *o, uint64_t seq, uint8_t ret[HASH_LEN], struct err *e);
/* Records from `first` on, up to a signed head, within the limits of a batch, encoded into `out` (emptied first).
 * *ret_last: the last seq in it; first - 1 when there is nothing to send. */
int outbox_batch(struct outbox *o, uint64_t first, struct buf *out, uint64_t *ret_last, struct err *e);
/* Calls fn for each record from `first` on; fn returns non-zero to stop. */
int outbox_each(struct outbox *o, uint64_t first, int (*fn)(void *ctx, const struct record *r), void *ctx, struct err *e);
/* Every hash, every column against its header, holes, the signed head, and that it holds what the anchor beside it says
 * (anchor.h). *ret_count: records seen. -ERR_CHECKSUM etc. name the first record that is wrong; -ERR_STATE: it lost its end;
 * -ERR_VERSION: a fork. */
int outbox_verify(struct outbox *o, uint64_t *ret_count, struct err *e);
/* From now on outbox_verify() says there how far it is; borrowed. */
void outbox_show(struct outbox *o, struct progress *p);

#endif
