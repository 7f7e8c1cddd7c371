/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's word: there and back, and whose it is.
 */
#include "test.h"

#include "wire/ack.h"

#define HASH "abababababababababababababababababababababababababababababababab"

static const uint8_t epoch[EPOCH_LEN] = {7};
static struct private_key *key;

static struct ack word(const struct private_key *k, uint64_t seq)
{
    struct ack a = {.seq = seq};
    struct public_key pub;
    struct buf message;

    memset(a.hash, 0xab, HASH_LEN);
    buf_init(&message, ACK_BYTES_MAX);
    CHECK_INT(ack_message("t-1", epoch, &a, &message), 0);
    CHECK_INT(sign_message(k, ACK_PREFIX, message.data, message.len, a.by.sig, &a.by.sig_len, NULL), 0);
    buf_finish(&message);
    key_public(k, &pub);
    public_key_id(&pub, a.by.key_id);
    return a;
}

TEST(there_and_back)
{
    struct ack a = {.seq = 17, .by = {{1, 2, 3, 4, 5, 6, 7, 8}, {0x30, 6}, 2}}, back;
    struct buf text;

    memset(a.hash, 0xab, HASH_LEN);
    buf_init(&text, ACK_BYTES_MAX);
    CHECK_INT(ack_encode(&a, &text), 0);
    CHECK_STR(buf_str(&text), "{\"stored\":17,\"hash\":\"" HASH "\",\"key\":\"0102030405060708\",\"sig\":\"3006\"}");
    CHECK_INT(ack_decode(text.data, text.len, &back, NULL), 0);
    CHECK_INT(back.seq, 17);
    CHECK_MEM(back.hash, a.hash, HASH_LEN);
    CHECK_MEM(&back.by, &a.by, sizeof a.by);
    buf_finish(&text);
}

/* What is signed has one form for ever. */
TEST(layout)
{
    struct ack a = {.seq = 0x0102};
    struct buf message;

    buf_init(&message, ACK_BYTES_MAX);
    CHECK_INT(ack_message("t-1", epoch, &a, &message), 0);
    CHECK_INT(message.len, 4 + 3 + EPOCH_LEN + 8 + HASH_LEN);
    CHECK_MEM(message.data, "\0\0\0\3t-1\7\0", 9);
    CHECK_MEM(message.data + 7 + EPOCH_LEN, "\0\0\0\0\0\0\1\2", 8);
    buf_finish(&message);
}

TEST(only_the_halls)
{
    static const uint8_t other_epoch[EPOCH_LEN] = {8};
    struct manifest_role hall = {.threshold = 1, .n = 1}, two = {.threshold = 1, .n = 2}, none = {0};
    struct private_key *other = NULL;

    CHECK_INT(key_generate(&key, NULL), 0);
    CHECK_INT(key_generate(&other, NULL), 0);
    key_public(key, &hall.keys[0]);
    key_public(other, &two.keys[0]);
    key_public(key, &two.keys[1]);
    struct ack good = word(key, 17), forged = word(other, 17), changed = good;
    CHECK_INT(ack_verify(&hall, "t-1", epoch, &good, NULL), 0);
    CHECK_INT(ack_verify(&two, "t-1", epoch, &good, NULL), 0); /* while keys change there are two */
    CHECK_INT(ack_verify(&two, "t-1", epoch, &forged, NULL), 0);
    CHECK_INT(ack_verify(&hall, "t-1", epoch, &forged, NULL), -ERR_SIGNATURE);
    memcpy(forged.by.key_id, good.by.key_id, sizeof forged.by.key_id);
    CHECK_INT(ack_verify(&hall, "t-1", epoch, &forged, NULL), -ERR_SIGNATURE);
    CHECK_INT(ack_verify(&none, "t-1", epoch, &good, NULL), -ERR_SIGNATURE); /* an older root */
    CHECK_INT(ack_verify(&hall, "t-2", epoch, &good, NULL), -ERR_SIGNATURE);
    CHECK_INT(ack_verify(&hall, "t-1", other_epoch, &good, NULL), -ERR_SIGNATURE);
    changed.seq++;
    CHECK_INT(ack_verify(&hall, "t-1", epoch, &changed, NULL), -ERR_SIGNATURE);
    changed = good;
    changed.hash[31] ^= 1;
    CHECK_INT(ack_verify(&hall, "t-1", epoch, &changed, NULL), -ERR_SIGNATURE);
    key_free(other);
    key_free(key);
}

TEST(refused)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{\"stored\":1}",
        "{\"fork\":1,\"hash\":\"" HASH "\",\"key\":\"0102030405060708\",\"sig\":\"3006\"}",
        "{\"stored\":-1,\"hash\":\"" HASH "\",\"key\":\"0102030405060708\",\"sig\":\"3006\"}",
        "{\"stored\":1,\"hash\":\"abab\",\"key\":\"0102030405060708\",\"sig\":\"3006\"}",
        "{\"stored\":1,\"hash\":\"" HASH "\",\"key\":\"010203040506070g\",\"sig\":\"3006\"}",
        "{\"stored\":1,\"hash\":\"" HASH "\",\"key\":\"0102030405060708\",\"sig\":\"3\"}",
        "{\"stored\":1,\"hash\":\"" HASH "\",\"key\":\"0102030405060708\",\"sig\":\"3006\",\"x\":1}",
    };
    struct ack a = {.seq = 5};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(ack_decode(bad[i], strlen(bad[i]), &a, NULL) < 0);
    CHECK_INT(a.seq, 5); /* untouched */
}

TEST_MAIN(T(there_and_back), T(layout), T(only_the_halls), T(refused))
