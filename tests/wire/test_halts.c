/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of halted items: there and back, whose word it is, and what is refused.
 */
#include "test.h"

#include "base/line.h"
#include "base/text.h"
#include "crypto/sign.h"
#include "wire/halts.h"

static const struct halts_told sample = {
    .at_ms = 1767574800000,
    .halts = {.version = 7,
              .n = 2,
              .list = {{.task_code = "11A", .upto = 3, .at_ms = 1767574800000, .zh = "材料有误", .en = "wrong \"list\""},
                       {.task_code = "11B", .upto = 1, .at_ms = 5, .zh = "改了"}}}};

#define STATE                                                                                                               \
    "{\"at\":1767574800000,\"version\":7,\"list\":["                                                                        \
    "{\"item\":\"11A\",\"upto\":3,\"since\":1767574800000,\"zh\":\"材料有误\",\"en\":\"wrong \\\"list\\\"\"},"          \
    "{\"item\":\"11B\",\"upto\":1,\"since\":5,\"zh\":\"改了\",\"en\":\"\"}]}"

#define NOTHING "{\"at\":0,\"version\":0,\"list\":[]}"

TEST(there_and_back)
{
    struct halts_told t;
    struct buf text;

    buf_init(&text, NEWS_QUEUES_MAX);
    CHECK_INT(halts_encode(&sample, &text, NULL), 0);
    CHECK_STR(buf_str(&text), STATE);
    CHECK_INT(halts_decode(text.data, text.len, &t, NULL), 0);
    CHECK_INT(t.halts.version, 7);
    CHECK_INT(t.halts.n, 2);
    CHECK_STR(t.halts.list[0].en, "wrong \"list\"");
    CHECK_INT(t.halts.list[1].at_ms, 5);
    CHECK_INT(halts_decode(NOTHING, strlen(NOTHING), &t, NULL), 0);
    CHECK_INT(t.halts.n, 0);
    buf_finish(&text);
}

TEST(the_longest_ones_fit)
{
    struct halts_told t = {.at_ms = 1767574800000, .halts = {.version = INT64_MAX, .n = HALTS_FEW}}, back;
    struct news_word w = {.by = {{1}, {0x30, 6}, 2}}, again;
    struct buf text, line;

    for (int i = 0; i < HALTS_FEW; i++) {
        struct halt *h = &t.halts.list[i];

        *h = (struct halt){.upto = 1000000, .at_ms = INT64_C(253402300799999)};
        memset(h->task_code, 'A' + i, ITEM_CODE_MAX);
        memset(h->zh, '"', HALT_WORD_MAX); /* two bytes each when written */
        memset(h->en, '\\', HALT_WORD_MAX);
    }
    buf_init(&text, NEWS_QUEUES_MAX);
    buf_init(&line, NEWS_WORD_MAX);
    CHECK_INT(halts_encode(&t, &text, NULL), 0);
    text_copy(w.state, sizeof w.state, buf_str(&text));
    CHECK_INT(news_word_encode(&w, &line), 0);
    CHECK_INT(news_word_decode(line.data, line.len, &again, NULL), 0);
    CHECK_INT(halts_decode(again.state, strlen(again.state), &back, NULL), 0);
    CHECK_MEM(&back, &t, sizeof t);
    buf_finish(&line);
    buf_finish(&text);
}

/* The bound is one of bytes: of the shortest there are HALTS_MAX, and one more does not fit. */
TEST(as_many_as_fit)
{
    static struct halts_told t, back;
    static struct news_word w = {.by = {{1}, {0x30, 6}, 2}}, again;
    struct buf text, line;

    t = (struct halts_told){.at_ms = 1, .halts = {.version = 1, .n = HALTS_MAX}};
    for (int i = 0; i < HALTS_MAX; i++) {
        t.halts.list[i] = (struct halt){.upto = 1, .zh = "x"};
        snprintf(t.halts.list[i].task_code, sizeof t.halts.list[i].task_code, "%d", i);
    }
    buf_init(&text, NEWS_QUEUES_MAX);
    CHECK_INT(halts_encode(&t, &text, NULL), -ERR_TOOLONG); /* two and three digits */
    buf_finish(&text);
    t.halts.n = 160;
    buf_init(&text, NEWS_QUEUES_MAX);
    buf_init(&line, NEWS_WORD_MAX);
    CHECK_INT(halts_encode(&t, &text, NULL), 0);
    text_copy(w.state, sizeof w.state, buf_str(&text));
    CHECK_INT(news_word_encode(&w, &line), 0);
    CHECK(line.len + sizeof "halts \n" <= LINE_MAX_BYTES);
    CHECK_INT(news_word_decode(line.data, line.len, &again, NULL), 0);
    CHECK_INT(halts_decode(again.state, strlen(again.state), &back, NULL), 0);
    CHECK_INT(back.halts.n, 160);
    buf_finish(&line);
    buf_finish(&text);
}

TEST(only_the_halls)
{
    struct manifest_role hall = {.threshold = 1, .n = 1}, stranger = hall, none = {0};
    struct private_key *key = NULL, *other = NULL;
    struct halts_told t;
    struct news_word w = {.state = STATE};

    CHECK_INT(key_generate(&key, NULL), 0);
    CHECK_INT(key_generate(&other, NULL), 0);
    key_public(key, &hall.keys[0]);
    key_public(other, &stranger.keys[0]);
    public_key_id(&hall.keys[0], w.by.key_id);
    CHECK_INT(sign_message(key, HALTS_PREFIX, STATE, strlen(STATE), w.by.sig, &w.by.sig_len, NULL), 0);
    CHECK_INT(halts_verify(&hall, &w, &t, NULL), 0);
    CHECK_INT(t.halts.n, 2);
    CHECK_INT(halts_verify(&stranger, &w, &t, NULL), -ERR_SIGNATURE);
    CHECK_INT(halts_verify(&none, &w, &t, NULL), -ERR_SIGNATURE);
    /* nor what it has signed of something else */
    CHECK_INT(sign_message(key, NEWS_QUEUES_PREFIX, STATE, strlen(STATE), w.by.sig, &w.by.sig_len, NULL), 0);
    CHECK_INT(halts_verify(&hall, &w, &t, NULL), -ERR_SIGNATURE);
    key_free(key);
    key_free(other);
}

#define LIST(one) "{\"at\":1,\"version\":1,\"list\":[" one "]}"
#define ONE "{\"item\":\"A\",\"upto\":1,\"since\":1,\"zh\":\"x\",\"en\":\"\"}"

TEST(refused)
{
    static const char *const bad[] = {"",
                                      "[]",
                                      "{}",
                                      "{\"at\":-1,\"version\":1,\"list\":[]}",
                                      "{\"at\":1,\"version\":-1,\"list\":[]}",
                                      "{\"at\":1,\"version\":1,\"list\":{}}",
                                      "{\"at\":1,\"version\":1,\"list\":[],\"more\":1}",
                                      LIST("{}"),
                                      LIST("{\"item\":\"\",\"upto\":1,\"since\":1,\"zh\":\"x\",\"en\":\"\"}"),
                                      LIST("{\"item\":\"A\\n\",\"upto\":1,\"since\":1,\"zh\":\"x\",\"en\":\"\"}"),
                                      LIST("{\"item\":\"A\",\"upto\":0,\"since\":1,\"zh\":\"x\",\"en\":\"\"}"),
                                      LIST("{\"item\":\"A\",\"upto\":1000001,\"since\":1,\"zh\":\"x\",\"en\":\"\"}"),
                                      LIST("{\"item\":\"A\",\"upto\":1,\"since\":-1,\"zh\":\"x\",\"en\":\"\"}"),
                                      LIST("{\"item\":\"A\",\"upto\":1,\"since\":1,\"zh\":\"\",\"en\":\"x\"}"),
                                      LIST("{\"item\":\"A\",\"upto\":1,\"since\":1,\"zh\":\"x\\ny\",\"en\":\"\"}"),
                                      LIST("{\"item\":\"A\",\"upto\":1,\"since\":1,\"zh\":\"x\",\"en\":\"\\u202e\"}"),
                                      LIST("{\"item\":\"A\",\"upto\":1,\"since\":1,\"zh\":\"x\"}"),
                                      LIST(ONE "," ONE)};
    struct halts_told t = {.at_ms = 77};

    CHECK_INT(halts_decode(LIST(ONE), strlen(LIST(ONE)), &t, NULL), 0);
    t.at_ms = 77;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(halts_decode(bad[i], strlen(bad[i]), &t, NULL) < 0);
    CHECK_INT(t.at_ms, 77);
}

TEST(what_could_not_be_read_is_not_written)
{
    struct halts_told t = sample;
    struct buf text;

    buf_init(&text, NEWS_QUEUES_MAX);
    t.halts.list[1].zh[0] = '\0';
    CHECK_INT(halts_encode(&t, &text, NULL), -ERR_INVALID);
    t = sample;
    text_copy(t.halts.list[1].task_code, sizeof t.halts.list[1].task_code, "11A");
    CHECK_INT(halts_encode(&t, &text, NULL), -ERR_INVALID);
    buf_finish(&text);
}

TEST_MAIN(T(there_and_back), T(the_longest_ones_fit), T(as_many_as_fit), T(only_the_halls), T(refused),
          T(what_could_not_be_read_is_not_written))
