/* SPDX-License-Identifier: Apache-2.0
 *
 * Health reports: there and back, and what is refused.
 */
#include "test.h"

#include "wire/health.h"

TEST(there_and_back)
{
    const struct health_report r = {.version = "1.0",
                                    .acked = 7,
                                    .head = 9,
                                    .catalogue = 3,
                                    .level = 4,
                                    .needs = 5,
                                    .warnings = "head-expired,patch-unusable",
                                    .device = {[DEVICE_RECEIPT] = "ready", [DEVICE_READER] = "absent"},
                                    .out = "repair",
                                    .out_since_ms = 11,
                                    .out_until_ms = 12};
    struct health_report back;
    struct err e = {0};
    struct buf b;

    buf_init(&b, HEALTH_BYTES_MAX);
    CHECK_INT(health_encode(&r, &b, &e), 0);
    CHECK_STR(buf_str(&b), "{\"v\":1,\"version\":\"1.0\",\"acked\":7,\"head\":9,\"catalogue\":3,"
                           "\"level\":4,\"needs\":5,\"warnings\":[\"head-expired\",\"patch-unusable\"],"
                           "\"devices\":{\"receipt\":\"ready\",\"reader\":\"absent\"},"
                           "\"out\":\"repair\",\"since\":11,\"until\":12}");
    CHECK_INT(health_decode(b.data, b.len, &back, &e), 0);
    CHECK_STR(back.version, r.version);
    CHECK_STR(back.warnings, r.warnings);
    CHECK(back.acked == 7 && back.head == 9 && back.catalogue == 3 && back.level == 4 && back.needs == 5);
    CHECK_STR(back.device[DEVICE_RECEIPT], "ready");
    CHECK_STR(back.device[DEVICE_TICKET], "");
    CHECK_STR(back.device[DEVICE_READER], "absent");
    CHECK_STR(back.out, "repair");
    CHECK(back.out_since_ms == 11 && back.out_until_ms == 12);
    buf_finish(&b);
}

TEST(a_catalogue_that_was_refused)
{
    const struct health_report r = {.version = "1", .catalogue = 3, .refused = 4, .why = "signature"};
    struct health_report back;
    struct buf b;

    buf_init(&b, HEALTH_BYTES_MAX);
    CHECK_INT(health_encode(&r, &b, NULL), 0);
    CHECK(strstr(buf_str(&b), ",\"refused\":4,\"why\":\"signature\"}"));
    CHECK_INT(health_decode(b.data, b.len, &back, NULL), 0);
    CHECK_INT(back.refused, 4);
    CHECK_STR(back.why, "signature");
    buf_finish(&b);
}

TEST(of_a_terminal_from_before_there_were_levels)
{
    static const char text[] = "{\"v\":1,\"version\":\"1\",\"acked\":0,\"head\":0,\"catalogue\":0,\"warnings\":[]}";
    struct health_report r = {.level = 7, .needs = 7};

    CHECK_INT(health_decode(text, strlen(text), &r, NULL), 0);
    CHECK(r.level == 0 && r.needs == 0);
    CHECK(!r.out[0] && !r.device[DEVICE_RECEIPT][0]);
}

TEST(a_warning_is_a_word)
{
    static const char *const wrong[] = {
        "Head", "a,,b", ",", "a b", "a-word-of-more-than-thirty-one-x", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q"};
    struct err e = {0};
    struct buf b;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct health_report r = {.version = "1"};
        snprintf(r.warnings, sizeof r.warnings, "%s", wrong[i]);
        buf_init(&b, HEALTH_BYTES_MAX);
        CHECK_INT(health_encode(&r, &b, &e), -ERR_INVALID);
        buf_finish(&b);
    }
}

#define REST ",\"version\":\"1\",\"acked\":0,\"head\":0,\"catalogue\":0"

TEST(refused)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{\"v\":2" REST ",\"warnings\":[]}",
        "{\"v\":1" REST "}",
        "{\"v\":1" REST ",\"warnings\":[\"A\"]}",
        "{\"v\":1" REST ",\"warnings\":[\"\"]}",
        "{\"v\":1" REST ",\"warnings\":[1]}",
        "{\"v\":1" REST ",\"warnings\":[],\"x\":1}",
        "{\"v\":1" REST ",\"warnings\":[],\"refused\":4}",
        "{\"v\":1" REST ",\"warnings\":[],\"why\":\"io\"}",
        "{\"v\":1" REST ",\"warnings\":[],\"refused\":4,\"why\":\"IO\"}",
        "{\"v\":1" REST ",\"warnings\":[],\"refused\":-4,\"why\":\"io\"}",
        "{\"v\":1" REST ",\"warnings\":[],\"devices\":[]}",
        "{\"v\":1" REST ",\"warnings\":[],\"devices\":{\"door\":\"open\"}}",
        "{\"v\":1" REST ",\"warnings\":[],\"devices\":{\"reader\":\"<b>\"}}",
        "{\"v\":1" REST ",\"warnings\":[],\"devices\":{\"reader\":\"a-word-of-sixteen\"}}",
        "{\"v\":1" REST ",\"warnings\":[],\"out\":\"<script>\"}",
        "{\"v\":1" REST ",\"warnings\":[],\"out\":\"\"}",
        "{\"v\":1" REST ",\"warnings\":[],\"out\":\"repair\",\"since\":-1}",
        "{\"v\":1" REST ",\"warnings\":[],\"since\":5}",
        "{\"v\":1" REST
        ",\"warnings\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\",\"l\",\"m\",\"n\",\"o\",\"p\","
        "\"q\"]}",
    };
    struct health_report r;
    struct err e = {0};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(health_decode(wrong[i], strlen(wrong[i]), &r, &e) < 0);
}

TEST_MAIN(T(there_and_back), T(a_catalogue_that_was_refused), T(of_a_terminal_from_before_there_were_levels),
          T(a_warning_is_a_word), T(refused))
