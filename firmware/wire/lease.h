/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/lease: a block of ticket numbers of one queue for one day. Request:
 *     {"v":1,"request":32 hex digits,"queue":id,"day":"2026-01-05"}
 * The hall answers 200 with the same and {"first":n,"count":n}, byte for byte the same however often the request comes; 409
 * when the request's id is known with other words. The office is that of the terminal's certificate.
 */
#ifndef WIRE_LEASE_H
#define WIRE_LEASE_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "model/ticket.h"

#define LEASE_ID_LEN 16
#define LEASE_BYTES_MAX 512

struct lease {
    uint8_t id[LEASE_ID_LEN]; /* random, names the request for ever */
    char queue[QUEUE_ID_MAX + 1];
    struct date day;
    struct ticket_block block; /* of the answer; zeros in a request */
};

int lease_request_encode(const struct lease *l, struct buf *out);
int lease_request_decode(const void *data, size_t len, struct lease *ret, struct err *e);
int lease_answer_encode(const struct lease *l, struct buf *out);
int lease_answer_decode(const void *data, size_t len, struct lease *ret, struct err *e);
/* The answer belongs to this request. */
bool lease_same(const struct lease *a, const struct lease *b);

#endif
