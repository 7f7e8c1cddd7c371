/* SPDX-License-Identifier: Apache-2.0
 *
 * Reports and orders for systems: there and back, what is refused, and for whom an order is.
 */
#include "test.h"

#include "base/text.h"
#include "crypto/keys.h"
#include "crypto/sign.h"
#include "wire/system.h"

static const struct system_report sample = {.running = "1.5.7",
                                            .slot = "a",
                                            .other = "1.5.2",
                                            .state = SYSTEM_FELLBACK,
                                            .version = "1.5.9",
                                            .why = "tongban-ready.service",
                                            .at_s = 1795000000};
static const struct system_order wanted = {.terminal = "t-1",
                                           .at_ms = 5000,
                                           .until_ms = 6000,
                                           .version = "1.5.9",
                                           .size = 200,
                                           .sha256 = {1, 2},
                                           .from_min = 120,
                                           .to_min = 300,
                                           .go = true,
                                           .why = "go"};
static struct buf text;

TEST(a_report_there_and_back)
{
    struct system_report r;

    buf_init(&text, SYSTEM_BYTES_MAX);
    CHECK_INT(system_report_encode(&sample, &text), 0);
    CHECK_STR(buf_str(&text), "{\"v\":1,\"running\":\"1.5.7\",\"slot\":\"a\",\"other\":\"1.5.2\",\"state\":\"fellback\","
                              "\"version\":\"1.5.9\",\"why\":\"tongban-ready.service\",\"at\":1795000000}");
    CHECK_INT(system_report_decode(text.data, text.len, &r, NULL), 0);
    CHECK_STR(r.running, "1.5.7");
    CHECK_STR(r.why, "tongban-ready.service");
    CHECK_INT(r.state, SYSTEM_FELLBACK);
    buf_finish(&text);
}

TEST(a_report_refused)
{
#define REST ",\"state\":\"none\",\"version\":\"\",\"why\":\"\",\"at\":0}"
    static const char *const bad[] = {
        "{\"v\":2,\"running\":\"\",\"slot\":\"\",\"other\":\"\"" REST,
        "{\"v\":1,\"running\":\"../x\",\"slot\":\"\",\"other\":\"\"" REST,
        "{\"v\":1,\"running\":\"-x\",\"slot\":\"\",\"other\":\"\"" REST,
        "{\"v\":1,\"running\":\"1 2\",\"slot\":\"\",\"other\":\"\"" REST,
        "{\"v\":1,\"running\":\"1\",\"slot\":\"c\",\"other\":\"\"" REST,
        "{\"v\":1,\"running\":\"1\",\"slot\":\"a\",\"other\":\"\",\"state\":\"fine\",\"version\":\"\",\"why\":\"\",\"at\":"
        "0}",
        "{\"v\":1,\"running\":\"1\",\"slot\":\"a\",\"other\":\"\",\"state\":\"none\",\"version\":\"\",\"why\":\"a "
        "b\",\"at\":0}",
        "{\"v\":1,\"running\":\"1\",\"slot\":\"a\",\"other\":\"\",\"state\":\"none\",\"version\":\"\",\"why\":\"\",\"at\":-"
        "1}",
        "{\"v\":1,\"running\":\"1\",\"slot\":\"a\",\"other\":\"\",\"more\":1" REST,
    };
    const char *good = "{\"v\":1,\"running\":\"\",\"slot\":\"\",\"other\":\"\"" REST;
    struct system_report r;

    CHECK_INT(system_report_decode(good, strlen(good), &r, NULL), 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(system_report_decode(bad[i], strlen(bad[i]), &r, NULL) < 0);
}

static struct private_key *key;

/* As the hall gives its word. */
static struct system_word signed_by(const struct private_key *k, const struct system_order *o)
{
    struct system_word w = {.order = ""};
    struct public_key pub;

    buf_init(&text, SYSTEM_TEXT_MAX);
    CHECK_INT(system_order_encode(o, &text), 0);
    text_copy(w.order, sizeof w.order, buf_str(&text));
    CHECK_INT(sign_message(k, SYSTEM_PREFIX, text.data, text.len, w.by.sig, &w.by.sig_len, NULL), 0);
    key_public(k, &pub);
    public_key_id(&pub, w.by.key_id);
    buf_finish(&text);
    return w;
}

TEST(only_for_this_terminal_and_from_the_hall)
{
    struct manifest_role hall = {.threshold = 1, .n = 1}, stranger = hall;
    struct private_key *other = NULL;
    struct system_order o;
    struct system_word w, back;

    CHECK_INT(key_generate(&key, NULL), 0);
    CHECK_INT(key_generate(&other, NULL), 0);
    key_public(key, &hall.keys[0]);
    key_public(other, &stranger.keys[0]);
    w = signed_by(key, &wanted);
    buf_init(&text, SYSTEM_BYTES_MAX);
    CHECK_INT(system_word_encode(&w, &text), 0);
    CHECK_INT(system_word_decode(text.data, text.len, &back, NULL), 0);
    CHECK_INT(system_word_verify(&hall, "t-1", &back, &o, NULL), 0);
    CHECK_STR(o.version, "1.5.9");
    CHECK(o.go && o.size == 200 && o.sha256[1] == 2 && o.from_min == 120 && o.until_ms == 6000);
    CHECK_INT(system_word_verify(&hall, "t-2", &back, &o, NULL), -ERR_ACCESS);
    CHECK_INT(system_word_verify(&stranger, "t-1", &back, &o, NULL), -ERR_SIGNATURE);
    char *go = strstr(back.order, "1.5.9");
    CHECK(go != NULL);
    *go = '2';
    CHECK_INT(system_word_verify(&hall, "t-1", &back, &o, NULL), -ERR_SIGNATURE);
    buf_finish(&text);
    key_free(other);
    key_free(key);
}

TEST(an_order_refused)
{
    static const char *const bad[][2] = {
        {"\"go\":true", "\"go\":1"},
        {"\"from\":120", "\"from\":1440"},
        {"\"size\":200", "\"size\":2147483649"},
        {"\"version\":\"1.5.9\"", "\"version\":\"\""},
        {"\"at\":5000", "\"at\":-1"},
        {"\"why\":\"go\"", "\"why\":\"Go\""},
        {"\"sha256\":\"01", "\"sha256\":\"0g"},
        {"{\"terminal\"", "{\"more\":1,\"terminal\""},
    };
    char damaged[SYSTEM_TEXT_MAX];
    struct system_order o;

    buf_init(&text, SYSTEM_TEXT_MAX);
    CHECK_INT(system_order_encode(&wanted, &text), 0);
    CHECK_INT(system_order_decode(text.data, text.len, &o, NULL), 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *at = strstr(buf_str(&text), bad[i][0]);

        CHECK(at != NULL);
        snprintf(damaged, sizeof damaged, "%.*s%s%s", (int)(at - buf_str(&text)), buf_str(&text), bad[i][1],
                 at + strlen(bad[i][0]));
        CHECK(system_order_decode(damaged, strlen(damaged), &o, NULL) < 0);
    }
    buf_finish(&text);
}

TEST(hours)
{
    const struct system_order night = {.from_min = 120, .to_min = 300}, over = {.from_min = 1380, .to_min = 60};

    CHECK(system_order_hour(&night, 120) && system_order_hour(&night, 299));
    CHECK(!system_order_hour(&night, 300) && !system_order_hour(&night, 0));
    CHECK(system_order_hour(&over, 1439) && system_order_hour(&over, 0) && !system_order_hour(&over, 60));
}

TEST_MAIN(T(a_report_there_and_back), T(a_report_refused), T(only_for_this_terminal_and_from_the_hall), T(an_order_refused),
          T(hours))
