/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff want done: there and back, only for this terminal, only from the hall, and not for ever.
 */
#include "test.h"

#include "base/text.h"
#include "crypto/sign.h"
#include "wire/act.h"

static const struct act pause = {.terminal = "t-1",
                                 .id = {1, 2, 3},
                                 .at_ms = 5000,
                                 .until_ms = 6000,
                                 .kind = ACT_OUT,
                                 .by = "0601",
                                 .reason = OUTAGE_SUPPLIES,
                                 .back_ms = 9000};
static const char good[] = "{\"terminal\":\"t-1\",\"id\":\"01020300000000000000000000000000\",\"at\":5000,\"until\":6000,"
                           "\"act\":\"out\",\"by\":\"0601\",\"reason\":\"supplies\",\"back\":9000,\"zh\":\"\",\"en\":\"\"}";
static struct buf text;

TEST(there_and_back)
{
    struct act back;

    buf_init(&text, ACT_TEXT_MAX);
    CHECK_INT(act_encode(&pause, &text, NULL), 0);
    CHECK_STR(buf_str(&text), good);
    CHECK_INT(act_decode(text.data, text.len, &back, NULL), 0);
    CHECK(back.kind == ACT_OUT && back.reason == OUTAGE_SUPPLIES && back.back_ms == 9000 && back.until_ms == 6000);
    CHECK_STR(back.by, "0601");
    buf_finish(&text);
}

static int with(const char *was, const char *is)
{
    char damaged[ACT_TEXT_MAX];
    const char *at = strstr(good, was);
    struct act a;

    CHECK(at != NULL);
    snprintf(damaged, sizeof damaged, "%.*s%s%s", (int)(at - good), good, is, at + strlen(was));
    return act_decode(damaged, strlen(damaged), &a, NULL);
}

TEST(refused)
{
    static const char *const bad[][2] = {
        {"\"until\":6000", "\"until\":5000"},
        {"\"until\":6000", "\"until\":86405001"},
        {"\"at\":5000", "\"at\":-1"},
        {"\"act\":\"out\"", "\"act\":\"erase\""},
        {"\"act\":\"out\"", "\"act\":\"restart\""},
        {"supplies", "fun"},
        {"\"reason\":\"supplies\"", "\"reason\":\"\""},
        {"\"by\":\"0601\"", "\"by\":\"\""},
        {"\"by\":\"0601\"", "\"by\":\"<b>\""},
        {"\"zh\":\"\"", "\"zh\":\"停电\""},
        {"t-1", "T 1"},
        {"0102030000", "zz02030000"},
        {"\"back\":9000", "\"back\":-1"},
        {"{\"terminal\"", "{\"more\":1,\"terminal\""},
    };

    CHECK_INT(with("5000", "5000"), 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(with(bad[i][0], bad[i][1]) < 0);
}

TEST(a_message)
{
    struct act m = {.terminal = "t-1", .at_ms = 1, .until_ms = 1 + ACT_MESSAGE_MS, .kind = ACT_MESSAGE, .by = "0601"};

    buf_init(&text, ACT_TEXT_MAX);
    CHECK_INT(act_encode(&m, &text, NULL), 0); /* nothing any more */
    text_copy(m.zh, sizeof m.zh, "<b>今天 17:00 停电</b>");
    CHECK_INT(act_encode(&m, &text, NULL), 0); /* only text, wherever it is shown */
    m.until_ms++;
    CHECK(act_encode(&m, &text, NULL) < 0);
    m.until_ms--;
    text_copy(m.zh, sizeof m.zh, "两\n行");
    CHECK(act_encode(&m, &text, NULL) < 0);
    text_copy(m.zh, sizeof m.zh, "");
    text_copy(m.en, sizeof m.en, "Power off");
    CHECK(act_encode(&m, &text, NULL) < 0);
    buf_finish(&text);
}

/* The longest that may be said fits, with quotes that are escaped twice. */
TEST(the_longest)
{
    struct act m = {.terminal = "t-1", .at_ms = 1, .until_ms = 2, .kind = ACT_MESSAGE, .by = "0601"};
    static struct act_signed list[ACTS_MAX], back[ACTS_MAX];
    size_t n = 0;

    memset(m.zh, '"', ACT_MESSAGE_MAX);
    memset(m.en, '\\', ACT_MESSAGE_MAX);
    buf_init(&text, ACT_TEXT_MAX + 1);
    CHECK_INT(act_encode(&m, &text, NULL), 0);
    for (int i = 0; i < ACTS_MAX; i++) {
        text_copy(list[i].act, sizeof list[i].act, buf_str(&text));
        list[i].by.sig_len = 8;
    }
    buf_finish(&text);
    buf_init(&text, ACTS_BYTES_MAX);
    CHECK_INT(acts_encode(list, ACTS_MAX, &text), 0);
    CHECK_INT(acts_decode(text.data, text.len, back, &n, NULL), 0);
    CHECK_INT(n, ACTS_MAX);
    CHECK_STR(back[7].act, list[7].act);
    buf_finish(&text);
}

static struct act_signed signed_by(const struct private_key *k, const struct act *a)
{
    struct act_signed s = {.act = ""};
    struct public_key pub;

    buf_init(&text, ACT_TEXT_MAX);
    CHECK_INT(act_encode(a, &text, NULL), 0);
    text_copy(s.act, sizeof s.act, buf_str(&text));
    CHECK_INT(sign_message(k, ACT_PREFIX, text.data, text.len, s.by.sig, &s.by.sig_len, NULL), 0);
    key_public(k, &pub);
    public_key_id(&pub, s.by.key_id);
    buf_finish(&text);
    return s;
}

TEST(only_for_this_terminal_and_from_the_hall)
{
    struct manifest_role hall = {.threshold = 1, .n = 1}, stranger = hall;
    struct private_key *key = NULL, *other = NULL;
    struct act_signed s;
    struct act a;

    CHECK_INT(key_generate(&key, NULL), 0);
    CHECK_INT(key_generate(&other, NULL), 0);
    key_public(key, &hall.keys[0]);
    key_public(other, &stranger.keys[0]);
    s = signed_by(key, &pause);
    CHECK_INT(act_verify(&hall, "t-1", &s, &a, NULL), 0);
    CHECK_INT(act_verify(&hall, "t-2", &s, &a, NULL), -ERR_ACCESS);
    CHECK_INT(act_verify(&stranger, "t-1", &s, &a, NULL), -ERR_SIGNATURE);
    *strstr(s.act, "6000") = '7';
    CHECK_INT(act_verify(&hall, "t-1", &s, &a, NULL), -ERR_SIGNATURE);
    key_free(other);
    key_free(key);
}

TEST_MAIN(T(there_and_back), T(refused), T(a_message), T(the_longest), T(only_for_this_terminal_and_from_the_hall))
