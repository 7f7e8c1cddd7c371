/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests and answers for leased blocks: there and back, and what is refused.
 */
#include "test.h"

#include "wire/lease.h"

static const struct lease sample = {.id = {0x10, 0x20, 0x30}, .queue = "general", .day = {2026, 1, 5}, .block = {21, 20}};

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
    CHECK(strstr(encode(lease_answer_encode), "\"first\":21,\"count\":20") != NULL);
    CHECK_INT(lease_answer_decode(text.data, text.len, &l, &e), 0);
    CHECK(lease_same(&l, &sample));
    CHECK_INT(l.block.first, 21);
    CHECK_INT(l.block.count, 20);
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
        "{\"v\":1," ID ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":0,\"count\":20}",
        "{\"v\":1," ID ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":1,\"count\":21}",
        "{\"v\":1," ID ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":1,\"count\":0}",
        "{\"v\":1," ID ",\"queue\":\"a\",\"day\":\"2026-01-05\",\"first\":\"1\",\"count\":20}",
    };
    struct lease l;
    struct err e = {0};
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
        CHECK(lease_request_decode(requests[i], strlen(requests[i]), &l, &e) < 0);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        CHECK(lease_answer_decode(answers[i], strlen(answers[i]), &l, &e) < 0);
}

TEST_MAIN(T(there_and_back), T(not_the_same), T(refused))
