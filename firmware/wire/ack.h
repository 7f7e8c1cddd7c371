/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's signed word of what it holds:
 *     {"stored":n,"hash":64 hex digits,"key":16 hex digits,"sig":hex of the DER signature}
 * "I hold durably the records of this terminal's journal up to n, and record n has this hash." Signed by a key of the root's
 * role acknowledgement over
 *     "tongban-ack-v1\n" ‖ be32(length of terminal) ‖ terminal ‖ epoch ‖ be64(n) ‖ hash
 * kiosk-sync carries it to kiosk as it is. kiosk believes nothing else of what the hall has; an older one that comes again
 * says nothing new, and one about another journal does not verify. Pure; of any bytes.
 */
#ifndef WIRE_ACK_H
#define WIRE_ACK_H

#include "wire/chain.h"
#include "wire/manifest.h"

#define ACK_PREFIX "tongban-ack-v1\n"
#define ACK_BYTES_MAX 512

struct ack {
    uint64_t seq; /* 0: nothing is held yet; at most INT64_MAX */
    uint8_t hash[HASH_LEN];
    struct manifest_signature by;
};

int ack_encode(const struct ack *a, struct buf *out);
int ack_decode(const void *data, size_t len, struct ack *ret, struct err *e);
/* The same as members of an object that has no others; `seq` names the first. */
void ack_put(struct jsonw *w, const char *seq, const struct ack *a);
int ack_get(const struct json *obj, const char *seq, struct ack *ret, struct err *e);

/* The signed bytes, without the prefix. */
int ack_message(const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct ack *a, struct buf *out);
/* 0 or -ERR_SIGNATURE. Whether it fits the journal is the journal's business. */
int ack_verify(const struct manifest_role *hall, const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct ack *a,
               struct err *e);

#endif
