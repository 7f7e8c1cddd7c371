/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests and answers for leased blocks: there and back, and what is refused.
 */
#include "test.h"

#include "wire/lease.h"

static const struct lease sample = {.id = {0x10, 0x20, 0x30},
                                    .queue = "general",
                                    .day = {2026, 1, 5},
                                    .block = {21, 20},
                                    .by = {{1, 2, 3, 4, 5, 6, 7, 8}, {0x30, 6}, 2}};

static struct buf text;

static const char *encode(int (*fn)(const struct lease *, struct buf *))
{
    buf_finish(&text);
    buf_init(&text, LEASE_BYTES_MAX);
    CHECK_INT(fn(&sample, &text), 0);
    return buf_str(&text);
}

TEST(there_and_back)
{
    struct lease l;
    struct err e = {0};
    CHECK_STR(encode(lease_request_encode),
              "{\"v\":1,\"request\":\"10203000000000000000000000000000\",\"queue\":\"general\","
              "\"day\":\"2026-01-05\"}");
    CHECK_INT(lease_request_decode(text.data, text.len, &l, &e), 0);
    CHECK(lease_same(&l, &sample));
    CHECK_INT(l.block.count, 0);
    CHECK(strstr(encode(lease_answer_encode), "\"first\":21,\"count\":20,\"key\":\"0102030405060708\",\"sig\":\"3006\"}") !=
          NULL);
    CHECK_INT(lease_answer_decode(text.data, text.len, &l, &e), 0);
    CHECK(lease_same(&l, &sample));
    CHECK_INT(l.block.first, 21);
    CHECK_INT(l.block.count, 20);
    CHECK_MEM(&l.by, &sample.by, sizeof l.by);
    buf_finish(&text);
}

TEST(not_the_same)
{
    struct lease other = sample;
    other.id[15] = 1;
    CHECK(!lease_same(&sample, &other));
    other = sample;
    other.day.day = 6;
    CHECK(!lease_same(&sample, &other));
    other = sample;
    other.queue[0] = 'x';
    CHECK(!lease_same(&sample, &other));
}

static struct private_key *key;

static struct lease granted(void)
{
    struct lease l = sample;
    struct buf message;
    struct public_key pub;

    buf_init(&message, LEASE_BYTES_MAX);
    CHECK_INT(lease_message("t-1", (const uint8_t[EPOCH_LEN]){7}, &l, &message), 0);
    CHECK_INT(sign_message(key, LEASE_PREFIX, message.data, message.len, l.by.sig, &l.by.sig_len, NULL), 0);
    buf_finish(&message);
    key_public(key, &pub);
    public_key_id(&pub, l.by.key_id);
    return l;
}

TEST(only_what_the_hall_signed)
{
    static const uint8_t epoch[EPOCH_LEN] = {7}, other_epoch[EPOCH_LEN] = {8};
    struct manifest_role hall = {.threshold = 1, .n = 1}, stranger = hall, none = {0};
    struct private_key *other = NULL;

    CHECK_INT(key_generate(&key, NULL), 0);
    CHECK_INT(key_generate(&other, NULL), 0);
    key_public(key, &hall.keys[0]);
    key_public(other, &stranger.keys[0]);
    struct lease good = granted(), bad[5];
    CHECK_INT(lease_verify(&hall, "t-1", epoch, &good, NULL), 0);
    CHECK_INT(lease_verify(&stranger, "t-1", epoch, &good, NULL), -ERR_SIGNATURE);
    CHECK_INT(lease_verify(&none, "t-1", epoch, &good, NULL), -ERR_SIGNATURE); /* an older root */
    CHECK_INT(lease_verify(&hall, "t-2", epoch, &good, NULL), -ERR_SIGNATURE);
    CHECK_INT(lease_verify(&hall, "t-1", other_epoch, &good, NULL), -ERR_SIGNATURE);
    for (size_t i = 0; i < 5; i++)
        bad[i] = good;
    bad[0].id[0] ^= 1;
    bad[1].queue[0] = 'h';
    bad[2].day.day++;
    bad[3].block.first = 41;
    bad[4].block.count--;
    for (size_t i = 0; i < 5; i++)
        CHECK_INT(lease_verify(&hall, "t-1", epoch, &bad[i], NULL), -ERR_SIGNATURE);
    key_free(other);
    key_free(key);
}

#define ID "\"request\":\"10203000000000000000000000000000\""

TEST(refused)
{
    static const char *const requests[] = {
        "",
        "[]",
        "{\"v\":2," ID ",\"queue\":\"a\",\"day\":\"2026-01-05\"}",
        "{\"v\":1," ID ",\"queue\":\"a\",\"day\":\"2026-02-30\"}",
        "{\"v\":1," ID ",\"queue\":\"A\",\"day\":\"2026-01-05\"}",
        "{\"v\":1," ID ",\"queue\":\"\",\"day\":\"2026-01-05\"}",
        "{\"v\":1,\"request\":\"1020\",\"queue\":\"a\",\"day\":\"2026-01-05\"}",
        "{\"v\":1,\"request\":\"1020300000000000000000000000000g\",\"queue\":\"a\",\"day\":\"2026-01-05\"}",
        "{\"v\":1," ID ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":1}",
        "{\"v\":1," ID ",\"queue\":\"a\",\"queue\":\"b\",\"day\":\"2026-01-05\"}",
    };
    static const char *const answers[] = {
        "{\"v\":1," ID ",\"queue\":\"a\",\"day\":\"2026-01-05\"}",
        "{\"v\":1," ID ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":1,\"count\":20}", /* unsigned */
        "{\"v\":1," ID
        ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":0,\"count\":20,\"key\":\"0102030405060708\",\"sig\":\"3006\"}",
        "{\"v\":1," ID
        ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":1,\"count\":21,\"key\":\"0102030405060708\",\"sig\":\"3006\"}",
        "{\"v\":1," ID
        ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":1,\"count\":0,\"key\":\"0102030405060708\",\"sig\":\"3006\"}",
        "{\"v\":1," ID ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":\"1\",\"count\":20,\"key\":\"0102030405060708\","
        "\"sig\":\"3006\"}",
    };
    struct lease l;
    struct err e = {0};
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
        CHECK(lease_request_decode(requests[i], strlen(requests[i]), &l, &e) < 0);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        CHECK(lease_answer_decode(answers[i], strlen(answers[i]), &l, &e) < 0);
}

TEST_MAIN(T(there_and_back), T(not_the_same), T(only_what_the_hall_signed), T(refused))
