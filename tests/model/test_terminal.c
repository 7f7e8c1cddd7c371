/* SPDX-License-Identifier: Apache-2.0
 *
 * terminal.json: there and back, and every way it can be wrong.
 */
#include "model/terminal.h"

#include "test.h"

#define PLACE                                                                                                               \
    "{\"zone\":\"测试自助区\",\"spot\":\"甲街道\",\"device\":\"03 号机\",\"hotline\":\"12345\",\"supervision\":\"12345\"}"
#define EPOCH "\"00112233445566778899aabbccddeeff\""

static const char good[] = "{\"v\":1,\"terminal\":\"t-1103-003\",\"office\":1103,\"registration\":3,\"epoch\":" EPOCH
                           ",\"hall\":\"https://127.0.0.1:8443\",\"place\":" PLACE "}";

TEST(there_and_back)
{
    struct terminal_config t;
    struct err e = {0};
    struct buf out;
    CHECK_INT(terminal_config_decode(good, strlen(good), &t, &e), 0);
    CHECK_STR(t.terminal, "t-1103-003");
    CHECK_INT(t.office, 1103);
    CHECK_INT(t.registration, 3);
    CHECK_MEM(t.epoch, "\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff", EPOCH_LEN);
    CHECK_STR(t.hall, "https://127.0.0.1:8443");
    CHECK_STR(t.place.zone, "测试自助区");
    CHECK_STR(t.place.terminal, "t-1103-003");
    buf_init(&out, TERMINAL_CONFIG_MAX);
    CHECK_INT(terminal_config_encode(&t, &out, &e), 0);
    CHECK_STR(buf_str(&out), good);
    buf_finish(&out);
    buf_init(&out, 20);
    CHECK_INT(terminal_config_encode(&t, &out, &e), -ERR_TOOLONG);
    buf_finish(&out);
}

TEST(names_for_english_pages_are_optional)
{
    static const char with[] = "{\"v\":1,\"terminal\":\"t-1103-003\",\"office\":1103,\"registration\":3,\"epoch\":" EPOCH
                               ",\"hall\":\"https://127.0.0.1:8443\",\"place\":{\"zone\":\"测试自助区\",\"spot\":\"甲街道\","
                               "\"device\":\"03 号机\",\"hotline\":\"12345\",\"supervision\":\"12345\",\"zone_en\":\"Test "
                               "Zone\",\"device_en\":\"No. 03\"}}";
    struct terminal_config t;
    struct buf out;

    CHECK_INT(terminal_config_decode(good, strlen(good), &t, NULL), 0);
    CHECK_STR(t.place.zone_en, "");
    CHECK_INT(terminal_config_decode(with, strlen(with), &t, NULL), 0);
    CHECK_STR(t.place.zone_en, "Test Zone");
    CHECK_STR(t.place.spot_en, "");
    CHECK_STR(t.place.device_en, "No. 03");
    buf_init(&out, TERMINAL_CONFIG_MAX);
    CHECK_INT(terminal_config_encode(&t, &out, NULL), 0);
    CHECK_STR(buf_str(&out), with);
    buf_finish(&out);
}

static void refuse(const char *from, const char *to)
{
    char text[2048];
    struct terminal_config t = {.office = -7};
    struct err e = {0};
    const char *at = strstr(good, from);
    CHECK(at != NULL);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
    int rc = terminal_config_decode(text, strlen(text), &t, &e);
    if (rc >= 0)
        printf("# accepted: %s\n", to);
    CHECK(rc < 0);
    CHECK_INT(t.office, -7);
    CHECK(!strncmp(e.text, "terminal.json: ", 15));
}

TEST(refused)
{
    refuse("\"zone\":", "\"zone_en\":\"\",\"zone\":");
    refuse("\"zone\":", "\"zone_en\":7,\"zone\":");
    refuse("\"v\":1", "\"v\":2");
    refuse("\"v\":1,", "");
    refuse("\"v\":1", "\"v\":1,\"more\":1");
    refuse("t-1103-003", "T-1103");
    refuse("t-1103-003", "1103");
    refuse("t-1103-003", "a/b");
    refuse("t-1103-003", "");
    refuse("t-1103-003", "abcdefghijklmnopqrstuvwxyz0123456");
    refuse("\"office\":1103", "\"office\":10000");
    refuse("\"office\":1103", "\"office\":-1");
    refuse("\"office\":1103", "\"office\":1103.0");
    refuse("\"office\":1103", "\"office\":\"1103\"");
    refuse("\"registration\":3", "\"registration\":1000");
    refuse("eeff", "eef");
    refuse("eeff", "eefg");
    refuse("https://", "http://");
    refuse("127.0.0.1:8443", "");
    refuse("127.0.0.1:8443", "x/path");
    refuse("127.0.0.1:8443", "user@x");
    refuse("\"hotline\":\"12345\",", "");
    refuse("\"12345\"", "\"1234567890123456789012345\"");
    refuse("测试自助区", "");
    refuse(PLACE, "[]");
}

TEST(ids)
{
    CHECK(terminal_id_valid("a"));
    CHECK(terminal_id_valid("abcdefghijklmnopqrstuvwxyz012345"));
    CHECK(!terminal_id_valid("abcdefghijklmnopqrstuvwxyz0123456"));
    CHECK(!terminal_id_valid(""));
    CHECK(!terminal_id_valid("-a"));
    CHECK(!terminal_id_valid("a_b"));
}

TEST_MAIN(T(there_and_back), T(names_for_english_pages_are_optional), T(refused), T(ids))
