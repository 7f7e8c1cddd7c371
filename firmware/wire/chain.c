/* SPDX-License-Identifier: Apache-2.0
 *
 * The chain's three formulas. They are written down in the design and hold for ever: a changed byte here would make every
 * stored record a forgery.
 */
#include "wire/chain.h"

#include <string.h>

#include "crypto/hash.h"

#define HEAD_MESSAGE_MAX (4 + TERMINAL_ID_MAX + EPOCH_LEN + 8 + HASH_LEN)

static void add_be32(struct sha256 *h, size_t v)
{
    const uint8_t bytes[] = {(uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v};
    sha256_add(h, bytes, sizeof bytes);
}

void chain_start(const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct public_key *signing,
                 uint8_t out[HASH_LEN])
{
    static const char tag[] = "tongban-chain-v1\n";
    struct sha256 *h = sha256_begin();

    sha256_add(h, tag, strlen(tag));
    add_be32(h, strlen(terminal));
    sha256_add(h, terminal, strlen(terminal));
    sha256_add(h, epoch, EPOCH_LEN);
    sha256_add(h, signing->point, sizeof signing->point);
    sha256_end(h, out);
}

void chain_next(const uint8_t prev[HASH_LEN], const void *header, size_t header_len, const uint8_t body_hash[HASH_LEN],
                uint8_t out[HASH_LEN])
{
    static const char tag[] = "tongban-record-v1\n";
    struct sha256 *h = sha256_begin();

    sha256_add(h, tag, strlen(tag));
    sha256_add(h, prev, HASH_LEN);
    add_be32(h, header_len);
    sha256_add(h, header, header_len);
    sha256_add(h, body_hash, HASH_LEN);
    sha256_end(h, out);
}

int chain_head_message(const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct chain_head *head, struct buf *out)
{
    size_t len = strlen(terminal);

    buf_add_be32(out, (uint32_t)len);
    buf_add(out, terminal, len);
    buf_add(out, epoch, EPOCH_LEN);
    buf_add_be64(out, head->seq);
    return buf_add(out, head->hash, HASH_LEN);
}

int chain_head_sign(const struct private_key *k, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                    struct chain_head *head, struct err *e)
{
    struct buf message;

    buf_init(&message, HEAD_MESSAGE_MAX);
    int rc = chain_head_message(terminal, epoch, head, &message);
    if (rc)
        err_set(e, ERR_TOOLONG, "the terminal's name is too long");
    else
        rc = sign_message(k, CHAIN_HEAD_PREFIX, message.data, message.len, head->signature, &head->signature_len, e);
    buf_finish(&message);
    return err_wrap(e, rc, "sign the head of the chain");
}

int chain_head_verify(const struct public_key *k, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                      const struct chain_head *head, struct err *e)
{
    struct buf message;

    buf_init(&message, HEAD_MESSAGE_MAX);
    int rc = chain_head_message(terminal, epoch, head, &message);
    if (rc)
        err_set(e, ERR_TOOLONG, "the terminal's name is too long");
    else
        rc = verify_message(k, CHAIN_HEAD_PREFIX, message.data, message.len, head->signature, head->signature_len, e);
    buf_finish(&message);
    return err_wrap(e, rc, "head of the chain at record %llu", (unsigned long long)head->seq);
}
