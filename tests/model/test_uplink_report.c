/* SPDX-License-Identifier: Apache-2.0
 *
 * The line to the hall in words: each finding has its word, its sentence and, where it is bad, what to do; what a stranger
 * says of himself is cut to what may be shown; the first bad step is where it stops.
 */
#include "model/uplink_report.h"

#include <string.h>

#include "base/text.h"
#include "test.h"

TEST(each_finding_has_its_words)
{
    char text[400];

    for (int i = UPLINK_NOT_REACHED + 1; i < UPLINK_FINDINGS; i++) {
        const struct uplink_found f = {.finding = (enum uplink_finding)i, .what = "10.3.2.1", .n = INT64_C(1767574800000)};
        bool bad = uplink_grade(f.finding) == UPLINK_IS_BAD;

        CHECK_INT(uplink_finding_by_word(uplink_finding_word(f.finding)), i);
        for (int lang = 0; lang < LANGUAGE_COUNT; lang++) {
            CHECK(uplink_found_says(&f, (enum language)lang, text, sizeof text)[0]);
            CHECK(!strstr(text, "{") && utf8_valid(text, strlen(text)));
            CHECK_INT(uplink_found_remedy(&f, (enum language)lang)[0] != '\0', bad);
        }
    }
    CHECK_INT(uplink_finding_by_word(""), UPLINK_NOT_REACHED);
    CHECK_INT(uplink_finding_by_word("no-such"), UPLINK_NOT_REACHED);
    CHECK_INT(uplink_grade((enum uplink_finding) - 1), UPLINK_IS_OPEN);
    CHECK_INT(uplink_grade(UPLINK_FINDINGS), UPLINK_IS_OPEN);
}

TEST(days_and_numbers)
{
    char text[200];
    const struct uplink_found tls = {.finding = UPLINK_TLS_GOOD, .what = "hall.test", .n = INT64_C(1767574800000)};
    const struct uplink_found proxy = {.finding = UPLINK_PROXY_REFUSES, .what = "10.0.0.1:3128", .n = 403};

    CHECK_STR(uplink_found_says(&tls, LANGUAGE_EN, text, sizeof text), "hall.test, good until 2026-01-05");
    CHECK_STR(uplink_found_says(&proxy, LANGUAGE_EN, text, sizeof text), "10.0.0.1:3128 does not let through (403)");
    CHECK_STR(uplink_found_says(&proxy, LANGUAGE_ZH_CN, text, 12), "10.0.0.1:31"); /* cut, not overrun */
}

static const char *shown(const char *text)
{
    static char out[UPLINK_WHAT_MAX + 1];

    uplink_what(out, text);
    CHECK(uplink_what_ok(out));
    return out;
}

TEST(words_of_a_stranger)
{
    char long_one[400];

    CHECK_STR(shown("hall.test"), "hall.test");
    CHECK_STR(shown("深信服 (SSL)"), "深信服 (SSL)");
    CHECK_STR(shown("a\nb\x1b[31m\x7f"), "a?b?[31m?");
    CHECK_STR(shown("x\u202Ey\u200B\U0001F600z"), "x?y??z"); /* what turns the order, what nobody sees, what no font has */
    CHECK_STR(shown("\xE4\xB8"), "?");                       /* half a character */
    CHECK_STR(shown("\xFF\xC0\x80q"), "??q");
    memset(long_one, 'w', sizeof long_one - 1);
    long_one[sizeof long_one - 1] = '\0';
    CHECK_INT(strlen(shown(long_one)), UPLINK_WHAT_MAX);
    for (size_t i = 0; i + 3 < sizeof long_one; i += 3)
        memcpy(long_one + i, "深", 3);
    CHECK_INT(strlen(shown(long_one)) % 3, 0);
    CHECK(!uplink_what_ok("tab\t") && !uplink_what_ok("é") && !uplink_what_ok(long_one));
}

static struct uplink_report r;

static void take(enum uplink_finding f)
{
    uplink_report_take(&r, &(struct uplink_found){.finding = f});
}

TEST(where_it_stops)
{
    uplink_report_begin(&r);
    CHECK_INT(uplink_report_turn(&r), UPLINK_LINK);
    take(UPLINK_PROXY_NONE);
    take(UPLINK_LINK_UP);
    CHECK_INT(uplink_report_turn(&r), UPLINK_ADDRESS);
    take(UPLINK_NOT_REACHED);
    CHECK_INT(r.of[UPLINK_LINK].finding, UPLINK_LINK_UP);
    take(UPLINK_TIME_OFF);
    take(UPLINK_GATEWAY_NONE);
    CHECK_INT(uplink_report_breaks(&r), UPLINK_GATEWAY);
    take(UPLINK_GATEWAY_UNNEEDED); /* takes the place */
    CHECK_INT(uplink_report_breaks(&r), UPLINK_TIME);
    CHECK(!uplink_report_through(&r));
    take(UPLINK_HALL_ANSWERS);
    CHECK(uplink_report_through(&r));
    take(UPLINK_TIME_GOOD);
    CHECK_INT(uplink_report_breaks(&r), UPLINK_STEPS);
}

TEST_MAIN(T(each_finding_has_its_words), T(days_and_numbers), T(words_of_a_stranger), T(where_it_stops))
