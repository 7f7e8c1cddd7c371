/* SPDX-License-Identifier: Apache-2.0
 *
 * Time that tests move, and the calendar of China Standard Time.
 */
#include "base/clock.h"

#include <time.h>

#include "base/err.h"
#include "test.h"

#define AT_2026_01_05_0900 1767574800000LL /* date -d 2026-01-05T09:00:00+08:00 +%s */

TEST(advance_moves_both_clocks)
{
    int64_t wall = clock_wall_ms(), mono = clock_mono_ms();
    clock_advance(3600000);
    CHECK(clock_wall_ms() - wall >= 3600000 && clock_wall_ms() - wall < 3660000);
    CHECK(clock_mono_ms() - mono >= 3600000 && clock_mono_ms() - mono < 3660000);
}

TEST(setting_the_wall_leaves_monotonic_time)
{
    int64_t mono = clock_mono_ms();
    clock_set_wall(AT_2026_01_05_0900);
    CHECK(clock_wall_ms() >= AT_2026_01_05_0900 && clock_wall_ms() < AT_2026_01_05_0900 + 60000);
    CHECK(clock_mono_ms() - mono < 60000);
    clock_advance(1000);
    CHECK(clock_wall_ms() >= AT_2026_01_05_0900 + 1000);
}

TEST(boot_id_has_its_shape)
{
    const char *id = clock_boot_id();
    CHECK_INT(strlen(id), CLOCK_BOOT_ID_LEN);
    CHECK(id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-');
    CHECK(clock_boot_id() == id);
}

/* Against the C library, over every day of four centuries. */
TEST(days_there_and_back)
{
    for (int64_t day = -62091; day < 84006; day++) { /* 1800-01-01 .. 2199-12-31 */
        struct date d = date_of_days(day);
        time_t t = (time_t)day * 86400;
        struct tm tm;
        gmtime_r(&t, &tm);
        if (d.year != tm.tm_year + 1900 || d.month != tm.tm_mon + 1 || d.day != tm.tm_mday || !date_valid(d) ||
            date_weekday(d) != tm.tm_wday || date_to_days(d) != day) {
            CHECK_INT(day, -1);
            break;
        }
    }
}

TEST(days_that_do_not_exist)
{
    CHECK(!date_valid((struct date){2026, 2, 29}));
    CHECK(date_valid((struct date){2024, 2, 29}));
    CHECK(!date_valid((struct date){1900, 2, 29}));
    CHECK(date_valid((struct date){2000, 2, 29}));
    CHECK(!date_valid((struct date){2026, 4, 31}));
    CHECK(!date_valid((struct date){2026, 0, 1}));
    CHECK(!date_valid((struct date){2026, 13, 1}));
    CHECK(!date_valid((struct date){2026, 1, 0}));
    CHECK(!date_valid((struct date){1799, 12, 31}));
    CHECK(!date_valid((struct date){2200, 1, 1}));
}

TEST(eight_digits)
{
    struct date d = {1, 2, 3};
    CHECK(date_parse8("20260105", &d));
    CHECK(d.year == 2026 && d.month == 1 && d.day == 5);
    CHECK(!date_parse8("20260230", &d));
    CHECK(!date_parse8("2026010", &d));
    CHECK(!date_parse8("202601055", &d));
    CHECK(!date_parse8("2026 105", &d));
    CHECK(!date_parse8("", &d));
    CHECK(d.year == 2026 && d.day == 5);
}

TEST(the_day_begins_at_midnight_in_beijing)
{
    const int64_t midnight = AT_2026_01_05_0900 - 9 * 3600000LL;
    CHECK_INT(date_of_ms(midnight).day, 5);
    CHECK_INT(date_of_ms(midnight - 1).day, 4);
    CHECK_INT(clock_minute_of_day(midnight), 0);
    CHECK_INT(clock_minute_of_day(midnight - 1), 1439);
    CHECK_INT(clock_minute_of_day(AT_2026_01_05_0900), 540);
    CHECK_INT(date_of_ms(-1).year, 1970);
    CHECK_INT(date_of_ms(-9 * 3600000LL).year, 1969);
}

TEST(order_of_dates)
{
    struct date a = {2026, 1, 5};
    CHECK_INT(date_compare(a, a), 0);
    CHECK(date_compare(a, (struct date){2026, 1, 6}) < 0);
    CHECK(date_compare(a, (struct date){2025, 12, 31}) > 0);
    CHECK(date_compare(a, (struct date){2026, 2, 1}) < 0);
}

TEST(rfc3339_there_and_back)
{
    char text[CLOCK_RFC3339_LEN + 1];
    int64_t ms = 0;
    clock_format_rfc3339(AT_2026_01_05_0900 + 999, text);
    CHECK_STR(text, "2026-01-05T09:00:00+08:00");
    CHECK_INT(clock_parse_rfc3339(text, &ms), 0);
    CHECK_INT(ms, AT_2026_01_05_0900);
    clock_format_rfc3339(-1, text);
    CHECK_STR(text, "1970-01-01T07:59:59+08:00");
}

TEST(rfc3339_in_other_forms)
{
    int64_t ms = 0;
    CHECK_INT(clock_parse_rfc3339("2026-01-05T01:00:00Z", &ms), 0);
    CHECK_INT(ms, AT_2026_01_05_0900);
    CHECK_INT(clock_parse_rfc3339("2026-01-04T20:30:00.25-04:30", &ms), 0);
    CHECK_INT(ms, AT_2026_01_05_0900 + 250);
    CHECK_INT(clock_parse_rfc3339("2026-01-05T01:00:00.123456789Z", &ms), 0);
    CHECK_INT(ms, AT_2026_01_05_0900 + 123);
}

TEST(rfc3339_refused)
{
    static const char *const bad[] = {
        "",
        "2026-01-05",
        "2026-01-05T09:00:00",
        "2026-01-05 09:00:00Z",
        "2026-02-30T09:00:00Z",
        "2026-01-05T24:00:00Z",
        "2026-01-05T09:60:00Z",
        "2026-01-05T09:00:60Z",
        "2026-01-05T09:00:00.Z",
        "2026-01-05T09:00:00+24:00",
        "2026-01-05T09:00:00+0800",
        "2026-01-05T09:00:00Zx",
        "26-01-05T09:00:00Z",
    };
    int64_t ms = 42;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_INT(clock_parse_rfc3339(bad[i], &ms), -ERR_INVALID);
    CHECK_INT(ms, 42);
}

TEST_MAIN(T(advance_moves_both_clocks), T(setting_the_wall_leaves_monotonic_time), T(boot_id_has_its_shape),
          T(days_there_and_back), T(days_that_do_not_exist), T(eight_digits), T(the_day_begins_at_midnight_in_beijing),
          T(order_of_dates), T(rfc3339_there_and_back), T(rfc3339_in_other_forms), T(rfc3339_refused))
