/* SPDX-License-Identifier: Apache-2.0
 *
 * The chain's formulas against bytes put together by hand, and the signed head.
 */
#include "test.h"

#include "base/buf.h"
#include "crypto/hash.h"
#include "wire/chain.h"

static const uint8_t epoch[EPOCH_LEN] = "0123456789abcdef";

TEST(start_formula)
{
    struct public_key signing;
    uint8_t got[HASH_LEN], want[HASH_LEN];
    struct buf b;

    memset(&signing, 0x55, sizeof signing);
    buf_init(&b, 4096);
    buf_adds(&b, "tongban-chain-v1\n");
    buf_add(&b, "\0\0\0\3t-1", 7);
    buf_add(&b, epoch, sizeof epoch);
    buf_add(&b, signing.point, sizeof signing.point);
    sha256(b.data, b.len, want);
    chain_start("t-1", epoch, &signing, got);
    CHECK_MEM(got, want, sizeof want);
    buf_finish(&b);
}

TEST(next_formula)
{
    uint8_t prev[HASH_LEN], body_hash[HASH_LEN], got[HASH_LEN], want[HASH_LEN];
    struct buf b;

    memset(prev, 1, sizeof prev);
    sha256("body", 4, body_hash);
    buf_init(&b, 4096);
    buf_adds(&b, "tongban-record-v1\n");
    buf_add(&b, prev, sizeof prev);
    buf_add(&b, "\0\0\0\6header", 10);
    buf_add(&b, body_hash, sizeof body_hash);
    sha256(b.data, b.len, want);
    chain_next(prev, "header", 6, body_hash, got);
    CHECK_MEM(got, want, sizeof want);
    buf_finish(&b);
}

TEST(head_message)
{
    struct chain_head head = {.seq = 0x0102};
    struct buf b;

    memset(head.hash, 7, sizeof head.hash);
    buf_init(&b, 4096);
    CHECK_INT(chain_head_message("t-1", epoch, &head, &b), 0);
    CHECK_INT(b.len, 4 + 3 + 16 + 8 + 32);
    CHECK_MEM(b.data, "\0\0\0\3t-10123456789abcdef\0\0\0\0\0\0\1\2\7\7", 33);
    buf_finish(&b);
}

TEST(signed_head)
{
    struct private_key *k = NULL;
    struct public_key p;
    struct chain_head head = {.seq = 9}, other;
    uint8_t epoch2[EPOCH_LEN];

    CHECK_INT(key_generate(&k, NULL), 0);
    key_public(k, &p);
    memset(head.hash, 7, sizeof head.hash);
    CHECK_INT(chain_head_sign(k, "t-1", epoch, &head, NULL), 0);
    CHECK_INT(chain_head_verify(&p, "t-1", epoch, &head, NULL), 0);
    CHECK_INT(chain_head_verify(&p, "t-2", epoch, &head, NULL), -ERR_SIGNATURE);
    memcpy(epoch2, epoch, sizeof epoch2);
    epoch2[15] ^= 1;
    CHECK_INT(chain_head_verify(&p, "t-1", epoch2, &head, NULL), -ERR_SIGNATURE);
    other = head;
    other.seq++;
    CHECK_INT(chain_head_verify(&p, "t-1", epoch, &other, NULL), -ERR_SIGNATURE);
    other = head;
    other.hash[31] ^= 1;
    CHECK_INT(chain_head_verify(&p, "t-1", epoch, &other, NULL), -ERR_SIGNATURE);
    other = head;
    other.signature_len = 0;
    CHECK_INT(chain_head_verify(&p, "t-1", epoch, &other, NULL), -ERR_SIGNATURE);
    key_free(k);
}

TEST_MAIN(T(start_formula), T(next_formula), T(head_message), T(signed_head))
