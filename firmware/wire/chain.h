/* SPDX-License-Identifier: Apache-2.0
 *
 * The hash chain over a terminal's records, and its signed head (design: "Chain").
 */
#ifndef WIRE_CHAIN_H
#define WIRE_CHAIN_H

#include "crypto/sign.h"
#include "model/record.h"

#define CHAIN_HEAD_PREFIX "tongban-head-v1\n"

/* prev_hash of the record with seq 1. */
void chain_start(const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct public_key *signing,
                 uint8_t out[HASH_LEN]);
void chain_next(const uint8_t prev[HASH_LEN], const void *header, size_t header_len, const uint8_t body_hash[HASH_LEN],
                uint8_t out[HASH_LEN]);

struct chain_head {
    uint64_t seq;
    uint8_t hash[HASH_LEN];
    uint8_t signature[SIGNATURE_MAX];
    size_t signature_len;
};
/* Fills signature. */
int chain_head_sign(const struct private_key *k, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                    struct chain_head *head, struct err *e);
int chain_head_verify(const struct public_key *k, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                      const struct chain_head *head, struct err *e);
/* The signed message, for verifiers with another library: be32(len) ‖ terminal ‖ epoch ‖ be64(seq) ‖ hash. */
int chain_head_message(const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct chain_head *head, struct buf *out);

#endif
