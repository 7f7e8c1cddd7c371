/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/records. The body is binary, so that headers and bodies travel as they are stored:
 *     "TBB1" ‖ epoch 16 ‖ be64 first seq ‖ be16 n ‖ n × ( be32 header length ‖ header ‖ be32 body length ‖ body ‖
 *     body hash 32 ) ‖ be64 head seq ‖ head hash 32 ‖ be16 signature length ‖ signature
 * A purged body has length 0 and its hash all the same. A batch ends at a signed head. At most 64 records and 1 MiB.
 * The answer is JSON with the hall's signed word (ack.h): {"stored":n,"hash":…,"key":…,"sig":…} with 200, or with 409 when
 * the batch does not begin where the hall ends; {"fork":n,"hash":…,"key":…,"sig":…} with 409, where n is the first record
 * known to differ: it is the hall's record n that has this hash. Nothing in it is believed for good before kiosk has
 * verified it.
 */
#ifndef WIRE_BATCH_H
#define WIRE_BATCH_H

#include "base/buf.h"
#include "base/err.h"
#include "model/record.h"
#include "wire/ack.h"

#define BATCH_RECORDS_MAX 64
#define BATCH_BYTES_MAX (1024 * 1024)

struct batch_record { /* borrowed pointers into the batch's bytes */
    const uint8_t *header;
    size_t header_len;
    const uint8_t *body;
    size_t body_len;
    uint8_t body_hash[HASH_LEN];
};
struct batch {
    uint8_t epoch[EPOCH_LEN];
    uint64_t first;
    size_t n;
    struct batch_record records[BATCH_RECORDS_MAX];
    struct chain_head head;
};

int batch_encode(const struct batch *b, struct buf *out, struct err *e);
/* Checks shape and limits only; the chain is the hall's business. Takes any bytes. */
int batch_decode(const void *data, size_t len, struct batch *ret, struct err *e);

enum batch_answer_kind { BATCH_STORED, BATCH_RESEND, BATCH_FORK };
struct batch_answer {
    enum batch_answer_kind kind;
    struct ack ack;
};
int batch_answer_encode(const struct batch_answer *a, struct buf *out);
int batch_answer_decode(int http_status, const void *data, size_t len, struct batch_answer *ret, struct err *e);

#endif
