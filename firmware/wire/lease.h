/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/lease: a block of ticket numbers of one queue for one day. Request:
 *     {"v":1,"request":32 hex digits,"queue":id,"day":"2026-01-05"}
 * The hall answers 200 with the same and {"first":n,"count":n,"key":16 hex digits,"sig":hex of the DER signature}, the same
 * block however often the request comes; 409 when the request's id is known with other words. The office is that of the
 * terminal's certificate. The answer is signed by a key of the root's role acknowledgement over
 *     "tongban-lease-v1\n" ‖ be32(length) ‖ terminal ‖ epoch ‖ request's id ‖ be32(length) ‖ queue ‖ be32(yyyymmdd) ‖
 *     be32(first) ‖ be32(count)
 * so kiosk-sync, which keeps it and hands it to kiosk as it is, can neither make one nor use another terminal's or an
 * earlier journal's. Until it is verified only its limits are sure.
 */
#ifndef WIRE_LEASE_H
#define WIRE_LEASE_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/ticket.h"
#include "wire/chain.h"
#include "wire/manifest.h"

#define LEASE_PREFIX "tongban-lease-v1\n"

#define LEASE_ID_LEN 16
#define LEASE_BYTES_MAX 512

struct lease {
    uint8_t id[LEASE_ID_LEN]; /* random, names the request for ever */
    char queue[QUEUE_ID_MAX + 1];
    struct date day;
    struct ticket_block block; /* these two are of the answer; zeros in a request */
    struct manifest_signature by;
};

int lease_request_encode(const struct lease *l, struct buf *out);
int lease_request_decode(const void *data, size_t len, struct lease *ret, struct err *e);
int lease_answer_encode(const struct lease *l, struct buf *out);
int lease_answer_decode(const void *data, size_t len, struct lease *ret, struct err *e);
/* The signed bytes, without the prefix. */
int lease_message(const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct lease *l, struct buf *out);
/* 0 or -ERR_SIGNATURE: the hall granted this block to this journal of this terminal. */
int lease_verify(const struct manifest_role *hall, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                 const struct lease *l, struct err *e);
/* The answer belongs to this request. */
bool lease_same(const struct lease *a, const struct lease *b);

#endif
