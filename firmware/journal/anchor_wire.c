/* SPDX-License-Identifier: Apache-2.0
 *
 * The bytes of one slot of the anchor.
 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "journal/anchor.h"

static const char magic[16] = "tongban-anchor-1"; /* without its NUL */

#define TERMINAL_FIELD (TERMINAL_ID_MAX + 1)
#define DIGEST_AT (ANCHOR_SLOT_LEN - SHA256_LEN)

static void add_place(struct buf *b, const struct anchor_place *p)
{
    buf_add_be64(b, p->seq);
    buf_add(b, p->hash, HASH_LEN);
}

void anchor_slot_encode(const struct anchor *a, uint64_t turn, uint8_t out[ANCHOR_SLOT_LEN])
{
    char terminal[TERMINAL_FIELD] = {0};
    struct buf b;

    text_copy(terminal, sizeof terminal, a->terminal);
    buf_init(&b, DIGEST_AT);
    buf_add(&b, magic, sizeof magic);
    buf_add(&b, terminal, sizeof terminal);
    buf_add(&b, a->epoch, EPOCH_LEN);
    buf_add_be64(&b, turn);
    add_place(&b, &a->last);
    add_place(&b, &a->acked);
    buf_add_be64(&b, (uint64_t)a->trusted_ms);
    memset(out, 0, ANCHOR_SLOT_LEN);
    memcpy(out, b.data, b.len);
    buf_finish(&b);
    sha256(out, DIGEST_AT, out + DIGEST_AT);
}

static const uint8_t *take_place(const uint8_t *at, struct anchor_place *p)
{
    p->seq = be64(at);
    memcpy(p->hash, at + 8, HASH_LEN);
    return at + 8 + HASH_LEN;
}

bool anchor_slot_decode(const uint8_t in[ANCHOR_SLOT_LEN], struct anchor *ret, uint64_t *ret_turn)
{
    const uint8_t *at = in + sizeof magic;
    uint8_t digest[SHA256_LEN];
    struct anchor a = {.terminal = ""};

    sha256(in, DIGEST_AT, digest);
    if (memcmp(digest, in + DIGEST_AT, sizeof digest) || memcmp(in, magic, sizeof magic) || at[TERMINAL_ID_MAX])
        return false;
    memcpy(a.terminal, at, TERMINAL_FIELD);
    at += TERMINAL_FIELD;
    memcpy(a.epoch, at, EPOCH_LEN);
    at += EPOCH_LEN;
    *ret_turn = be64(at);
    at = take_place(at + 8, &a.last);
    at = take_place(at, &a.acked);
    a.trusted_ms = (int64_t)be64(at);
    *ret = a;
    return true;
}
