/* SPDX-License-Identifier: Apache-2.0
 *
 * The long poll's answer and the queues in it: there and back, whose word it is, and what is refused.
 */
#include "test.h"

#include "wire/news.h"

static const struct news_queues sample = {
    .office = 1103,
    .at_ms = 1767574800000,
    .now = {.version = 7,
            .n = 2,
            .list = {{.id = "general", .waiting = 12, .minutes = 25},
                     {.id = "estate", .waiting = -1, .minutes = -1, .paused_until = 1767582000000, .reason = "维护"}}}};

#define STATE                                                                                                               \
    "{\"office\":1103,\"at\":1767574800000,\"version\":7,\"list\":["                                                        \
    "{\"id\":\"general\",\"waiting\":12,\"minutes\":25},"                                                                   \
    "{\"id\":\"estate\",\"paused_until\":1767582000000,\"reason\":\"维护\"}]}"

static struct news_word word_of(const char *state)
{
    struct news_word w = {.by = {{1, 2, 3, 4, 5, 6, 7, 8}, {0x30, 6}, 2}};

    snprintf(w.state, sizeof w.state, "%s", state);
    return w;
}

TEST(the_state_there_and_back)
{
    struct news_queues q;
    struct buf text;

    buf_init(&text, NEWS_QUEUES_MAX);
    CHECK_INT(news_queues_encode(&sample, &text), 0);
    CHECK_STR(buf_str(&text), STATE);
    CHECK_INT(news_queues_decode(text.data, text.len, &q, NULL), 0);
    CHECK_INT(q.office, 1103);
    CHECK_INT(q.at_ms, 1767574800000);
    CHECK_INT(q.now.version, 7);
    CHECK_INT(q.now.list[0].minutes, 25);
    CHECK_INT(q.now.list[1].waiting, -1);
    CHECK_INT(q.now.list[1].minutes, -1);
    CHECK_INT(q.now.list[1].paused_until, 1767582000000);
    CHECK_STR(q.now.list[1].reason, "维护");
    buf_finish(&text);
}

/* The signed bytes come through both envelopes as they were. */
TEST(the_word_there_and_back)
{
    struct news n = {.catalogue = 41, .spread_ms = 100, .has_queues = true, .queues = word_of(STATE)}, back;
    struct news_word w;
    struct buf text;

    buf_init(&text, NEWS_BYTES_MAX);
    CHECK_INT(news_encode(&n, &text), 0);
    CHECK_INT(news_decode(text.data, text.len, &back, NULL), 0);
    CHECK_INT(back.catalogue, 41);
    CHECK(back.has_queues);
    CHECK_STR(back.queues.state, STATE);
    buf_reset(&text);
    CHECK_INT(news_word_encode(&back.queues, &text), 0);
    CHECK(!strchr(buf_str(&text), '\n')); /* it travels as a line */
    CHECK_INT(news_word_decode(text.data, text.len, &w, NULL), 0);
    CHECK_STR(w.state, STATE);
    CHECK_MEM(&w.by, &n.queues.by, sizeof w.by);
    buf_finish(&text);
}

TEST(only_the_halls)
{
    struct manifest_role hall = {.threshold = 1, .n = 1}, stranger = hall, none = {0};
    struct private_key *key = NULL, *other = NULL;
    struct news_word w = word_of(STATE);

    CHECK_INT(key_generate(&key, NULL), 0);
    CHECK_INT(key_generate(&other, NULL), 0);
    key_public(key, &hall.keys[0]);
    key_public(other, &stranger.keys[0]);
    public_key_id(&hall.keys[0], w.by.key_id);
    CHECK_INT(sign_message(key, NEWS_QUEUES_PREFIX, STATE, strlen(STATE), w.by.sig, &w.by.sig_len, NULL), 0);
    CHECK_INT(news_word_verify(&hall, &w, NULL), 0);
    CHECK_INT(news_word_verify(&stranger, &w, NULL), -ERR_SIGNATURE);
    CHECK_INT(news_word_verify(&none, &w, NULL), -ERR_SIGNATURE);
    strstr(w.state, "维护")[1] ^= 1; /* the reason is no free text of whoever carries it */
    CHECK_INT(news_word_verify(&hall, &w, NULL), -ERR_SIGNATURE);
    key_free(key);
    key_free(other);
}

TEST(halted_items_beside_them)
{
    struct news n = {.catalogue = 41, .has_queues = true, .queues = word_of(STATE), .has_halts = true}, back;
    struct buf text;

    n.halts = word_of("{\"at\":1,\"version\":2,\"list\":[]}");
    buf_init(&text, NEWS_BYTES_MAX);
    CHECK_INT(news_encode(&n, &text), 0);
    CHECK_INT(news_decode(text.data, text.len, &back, NULL), 0);
    CHECK(back.has_halts && back.has_queues);
    CHECK_STR(back.halts.state, n.halts.state);
    CHECK_STR(back.queues.state, STATE);
    buf_finish(&text);
}

TEST(without_queues)
{
    static const char text[] = "{\"catalogue\":41,\"spread_ms\":0}";
    struct news n;

    CHECK_INT(news_decode(text, strlen(text), &n, NULL), 0);
    CHECK(!n.has_queues && !n.has_halts);
}

TEST(the_largest_state_fits)
{
    struct news n = {.has_queues = true};
    struct news_queues q = {.office = 9999, .at_ms = 1767574800000, .now = {.version = INT64_MAX, .n = QUEUES_NOW_MAX}};
    struct buf state, text;

    for (int i = 0; i < QUEUES_NOW_MAX; i++) {
        struct queue_now *one = &q.now.list[i];

        *one = (struct queue_now){.waiting = 100000, .minutes = 1440, .paused_until = INT64_C(253402300799999)};
        snprintf(one->id, sizeof one->id, "a-queue-of-a-long-nam-%c", (char)(0x61 + i));
        memset(one->reason, 1, sizeof one->reason - 1); /* six bytes each when written */
    }
    buf_init(&state, NEWS_QUEUES_MAX);
    buf_init(&text, NEWS_BYTES_MAX);
    CHECK_INT(news_queues_encode(&q, &state), 0);
    n.queues = word_of(buf_str(&state));
    CHECK_INT(news_encode(&n, &text), 0);
    CHECK_INT(news_decode(text.data, text.len, &n, NULL), 0);
    CHECK_INT(news_queues_decode(n.queues.state, strlen(n.queues.state), &q, NULL), 0);
    CHECK_INT(q.now.n, QUEUES_NOW_MAX);
    buf_finish(&text);
    buf_finish(&state);
}

#define WORD "\"key\":\"0102030405060708\",\"sig\":\"3006\""

TEST(refused)
{
    static const char *const news[] = {
        "{}",
        "{\"catalogue\":-1,\"spread_ms\":0}",
        "{\"catalogue\":1,\"spread_ms\":0,\"more\":1}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":[]}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":{\"version\":1,\"list\":[]}}", /* unsigned */
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":{\"state\":\"{}\"}}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":{\"state\":\"\"," WORD "}}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":{\"state\":\"{}\",\"more\":1," WORD "}}",
    };
#define AT "\"office\":1103,\"at\":1,"
    static const char *const states[] = {
        "{}",
        "{\"at\":1,\"version\":1,\"list\":[]}",
        "{\"office\":1103,\"version\":1,\"list\":[]}",
        "{\"office\":10000,\"at\":1,\"version\":1,\"list\":[]}",
        "{\"office\":1103,\"at\":-1,\"version\":1,\"list\":[]}",
        "{" AT "\"version\":1}",
        "{" AT "\"version\":1,\"list\":[{\"waiting\":1}]}",
        "{" AT "\"version\":1,\"list\":[{\"id\":\"A B\"}]}",
        "{" AT "\"version\":1,\"list\":[{\"id\":\"a\",\"waiting\":-1}]}",
        "{" AT "\"version\":1,\"list\":[{\"id\":\"a\",\"minutes\":1441}]}",
        "{" AT "\"version\":1,\"list\":[{\"id\":\"a\",\"reason\":\"x\"}]}",
    };
    struct news n;
    struct news_queues q;
    struct err e = {0};

    for (size_t i = 0; i < sizeof news / sizeof *news; i++)
        CHECK(news_decode(news[i], strlen(news[i]), &n, &e) < 0);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        CHECK(news_queues_decode(states[i], strlen(states[i]), &q, &e) < 0);
}

TEST_MAIN(T(the_state_there_and_back), T(the_word_there_and_back), T(only_the_halls), T(halted_items_beside_them),
          T(without_queues), T(the_largest_state_fits), T(refused))
