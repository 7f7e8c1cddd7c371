/* SPDX-License-Identifier: Apache-2.0
 *
 * The strip of hours: what worked when, from the newest record back.
 */
#include "test.h"

#include "tools/hall/rules/hour_strip.h"

#define NOW INT64_C(1767585600000)
#define AGO(hours, minutes) (NOW - (hours)*HOUR_STRIP_MS - (minutes)*INT64_C(60000))

static const bool fine[HOUR_STRIP_ROWS];
static struct hour_strip s;
static char row[HOUR_STRIP_HOURS + 1];
static int percent;

static void take(int64_t at, enum record_kind kind, enum device_role role)
{
    hour_strip_take(&s, &(struct hour_strip_record){.at_ms = at, .kind = kind, .role = role});
}

static const char *strip(int which)
{
    hour_strip_row(&s, which, row, &percent);
    return row;
}

TEST(nothing_happened)
{
    hour_strip_begin(&s, NOW, NOW, fine);
    hour_strip_end(&s, false);
    CHECK_STR(strip(HOUR_STRIP_WHOLE), "cccccccccccccccccccccccc");
    CHECK_INT(percent, 100);
}

TEST(it_is_silent)
{
    hour_strip_begin(&s, NOW, AGO(2, 30), fine);
    hour_strip_end(&s, false);
    CHECK_STR(strip(HOUR_STRIP_WHOLE), "cccccccccccccccccccccuuu");
    CHECK_INT(percent, 100);
    hour_strip_begin(&s, NOW, 0, fine);
    hour_strip_end(&s, true);
    CHECK_STR(strip(DEVICE_READER), "uuuuuuuuuuuuuuuuuuuuuuuu");
    CHECK_INT(percent, -1);
}

TEST(a_printer_was_down)
{
    hour_strip_begin(&s, NOW, NOW, fine);
    take(AGO(3, 0), RECORD_DEVICE_RECOVERY, DEVICE_RECEIPT);
    take(AGO(6, 0), RECORD_DEVICE_FAULT, DEVICE_RECEIPT);
    hour_strip_end(&s, false);
    CHECK_STR(strip(DEVICE_RECEIPT), "ccccccccccccccccccnnnccc");
    CHECK_INT(percent, 87);
    CHECK_STR(strip(HOUR_STRIP_WHOLE), "ccccccccccccccccccfffccc");
    CHECK_INT(percent, 100);
    CHECK_STR(strip(DEVICE_TICKET), "cccccccccccccccccccccccc");
}

TEST(it_has_been_down_all_the_time)
{
    const bool reader[HOUR_STRIP_ROWS] = {[DEVICE_READER] = true};

    hour_strip_begin(&s, NOW, NOW, reader);
    hour_strip_end(&s, false);
    CHECK_STR(strip(DEVICE_READER), "nnnnnnnnnnnnnnnnnnnnnnnn");
    CHECK_INT(percent, 0);
}

TEST(staff_took_it_out)
{
    hour_strip_begin(&s, NOW, NOW, fine);
    hour_strip_take(&s, &(struct hour_strip_record){.at_ms = AGO(1, 0), .kind = RECORD_AVAILABILITY, .ends = true});
    hour_strip_take(&s, &(struct hour_strip_record){.at_ms = AGO(2, 0), .kind = RECORD_AVAILABILITY, .begins = true});
    hour_strip_end(&s, false);
    CHECK_STR(strip(HOUR_STRIP_WHOLE), "ccccccccccccccccccccccnc");
}

TEST(it_was_off)
{
    hour_strip_begin(&s, NOW, NOW, fine);
    take(AGO(4, 0), RECORD_START, DEVICE_ROLES);
    take(AGO(7, 0), RECORD_SHUTDOWN, DEVICE_ROLES);
    take(AGO(9, 0), RECORD_KINDS, DEVICE_ROLES);
    hour_strip_end(&s, false);
    CHECK_STR(strip(HOUR_STRIP_WHOLE), "cccccccccccccccccnnncccc");
    CHECK_STR(strip(DEVICE_READER), "cccccccccccccccccnnncccc");
}

TEST(a_minute_colours_no_hour)
{
    hour_strip_begin(&s, NOW, NOW, fine);
    take(AGO(4, 0), RECORD_START, DEVICE_ROLES);
    take(AGO(4, 1), RECORD_SHUTDOWN, DEVICE_ROLES);
    hour_strip_end(&s, false);
    CHECK_STR(strip(HOUR_STRIP_WHOLE), "cccccccccccccccccccccccc");
    CHECK_INT(percent, 99);
}

TEST(its_first_record)
{
    hour_strip_begin(&s, NOW, NOW, fine);
    take(AGO(5, 0), RECORD_START, DEVICE_ROLES);
    hour_strip_end(&s, true);
    CHECK_STR(strip(HOUR_STRIP_WHOLE), "uuuuuuuuuuuuuuuuuuuccccc");
}

/* Records whose clock jumps, to and fro, and of any age: nothing is counted twice. */
TEST(any_times)
{
    static const int64_t times[] = {NOW + 5 * HOUR_STRIP_MS, 0, AGO(3, 0), INT64_MAX, AGO(30, 0), AGO(2, 0), 1};

    for (int i = 0; i < 7 * 7 * 7; i++) {
        hour_strip_begin(&s, NOW, times[i % 7], fine);
        take(times[i / 7 % 7], RECORD_DEVICE_RECOVERY, DEVICE_READER);
        take(times[i / 49], RECORD_START, DEVICE_READER);
        take(times[i / 7 % 7], RECORD_DEVICE_FAULT, DEVICE_READER);
        hour_strip_end(&s, i % 2 == 0);
        for (int k = 0; k < HOUR_STRIP_HOURS; k++)
            CHECK(s.lost[DEVICE_READER][k] + s.unknown[k] <= HOUR_STRIP_MS && s.lost[DEVICE_READER][k] >= 0);
    }
}

TEST_MAIN(T(nothing_happened), T(it_is_silent), T(a_printer_was_down), T(it_has_been_down_all_the_time),
          T(staff_took_it_out), T(it_was_off), T(a_minute_colours_no_hour), T(its_first_record), T(any_times))
