/* SPDX-License-Identifier: Apache-2.0
 *
 * The duty list: who is on when, across midnight and the week's end, and when nobody is.
 */
#include "test.h"

#include "base/text.h"
#include "tools/hall/rules/shift.h"

#define MON 0
#define SAT (5 * 24)
#define SUN (6 * 24)
#define MONDAY_9 INT64_C(1767574800000) /* 2026-01-05T09:00+08:00 */
#define EAST "00112233445566aa"
#define NORTH "00112233445566bb"

static struct shift of(const char *staff, const char *zone, int days, int from, int to, int place)
{
    struct shift s = {.days = days, .from = from, .to = to, .place = place, .way = "手机"};

    text_copy(s.staff, sizeof s.staff, staff);
    text_copy(s.zone, sizeof s.zone, zone);
    return s;
}

TEST(hours_of_the_week)
{
    CHECK_INT(shift_hour(MONDAY_9), 9);
    CHECK_INT(shift_hour(MONDAY_9 - 1), 8);
    CHECK_INT(shift_hour(MONDAY_9 - INT64_C(10) * 3600000), SUN + 23);
    CHECK_INT(shift_hour(MONDAY_9 + INT64_C(5) * 24 * 3600000), SAT + 9);
}

TEST(by_day_and_over_night)
{
    struct shift day = of("a", "", 1 << 0, 8, 18, 1), night = of("a", "", 1 << 6, 22, 8, 1),
                 whole = of("a", "", 1 << 5, 9, 9, 1);
    struct shift last = of("a", "", 1 << 6, 20, 24, 1);

    CHECK(!shift_covers(&day, 7) && shift_covers(&day, 8) && shift_covers(&day, 17) && !shift_covers(&day, 18));
    CHECK(!shift_covers(&day, 24 + 9));
    CHECK(!shift_covers(&night, SUN + 21) && shift_covers(&night, SUN + 22) && shift_covers(&night, SUN + 23));
    CHECK(shift_covers(&night, MON) && shift_covers(&night, MON + 7) && !shift_covers(&night, MON + 8));
    CHECK(!shift_covers(&whole, SAT + 8) && shift_covers(&whole, SAT + 9) && shift_covers(&whole, SUN + 8) &&
          !shift_covers(&whole, SUN + 9));
    CHECK(shift_covers(&last, SUN + 23) && !shift_covers(&last, MON));
}

TEST(who_is_told_first)
{
    struct shift list[] = {of("second", "", 127, 0, 24, 2), of("east", EAST, 127, 0, 24, 1), of("first", "", 31, 8, 18, 1),
                           of("first", EAST, 127, 0, 24, 3), of("left", "", 127, 0, 24, 1)};
    const struct shift *on[SHIFTS_MAX];

    list[4].gone = true;
    CHECK_INT(shift_on(list, 5, EAST, 9, on), 3);
    CHECK_STR(on[0]->staff, "east");
    CHECK_STR(on[1]->staff, "first");
    CHECK_STR(on[2]->staff, "second");
    CHECK_INT(shift_on(list, 5, NORTH, 9, on), 2);
    CHECK_STR(on[0]->staff, "first");
    CHECK_INT(shift_on(list, 5, "", SAT + 9, on), 1);
    CHECK_INT(shift_on(list, 0, "", 9, on), 0);
}

TEST(gaps_are_named)
{
    struct shift week[] = {of("a", "", 31, 8, 18, 1), of("b", "", 31, 18, 8, 1), of("c", "", 1 << 5, 8, 22, 1)};
    struct shift_gap gaps[SHIFT_GAPS_MAX];

    CHECK_INT(shift_gaps(week, 0, "", gaps), 1);
    CHECK(gaps[0].from == 0 && gaps[0].to == SHIFT_WEEK);
    CHECK_INT(shift_gaps(week, 3, "", gaps), 1); /* from Saturday night over Sunday to Monday morning */
    CHECK_INT(gaps[0].from, SAT + 22);
    CHECK_INT(gaps[0].to, SHIFT_WEEK + 8);
    CHECK_INT(shift_gaps(week, 1, "", gaps), 5);
    CHECK(gaps[0].from == 18 && gaps[0].to == 24 + 8);
    CHECK(gaps[4].from == 4 * 24 + 18 && gaps[4].to == SHIFT_WEEK + 8);
    week[0] = of("a", "", 127, 0, 24, 1);
    CHECK_INT(shift_gaps(week, 1, "", gaps), 0);
    week[0].gone = true;
    CHECK_INT(shift_gaps(week, 1, "", gaps), 1);
    week[0] = of("a", EAST, 127, 0, 24, 1);
    CHECK_INT(shift_gaps(week, 1, EAST, gaps), 0);
    CHECK_INT(shift_gaps(week, 1, NORTH, gaps), 1);
}

/* Every hour is either somebody's or in a gap, whatever the list. */
TEST(no_hour_is_lost)
{
    unsigned seed = 7;

    for (int round = 0; round < 400; round++) {
        struct shift list[4];
        struct shift_gap gaps[SHIFT_GAPS_MAX];
        const struct shift *on[SHIFTS_MAX];
        int in_gap[SHIFT_WEEK] = {0};
        size_t n = (size_t)round % 5;

        for (size_t i = 0; i < n; i++) {
            seed = seed * 1103515245 + 12345;
            list[i] = of("a", "", (int)(seed >> 8 & 127), (int)(seed >> 16) % 24, 1 + (int)(seed >> 20) % 24, 1);
        }
        size_t many = shift_gaps(list, n, "", gaps);
        for (size_t i = 0; i < many; i++)
            for (int h = gaps[i].from; h < gaps[i].to; h++)
                in_gap[h % SHIFT_WEEK]++;
        for (int h = 0; h < SHIFT_WEEK; h++)
            CHECK_INT(in_gap[h], shift_on(list, n, "", h, on) == 0);
    }
}

TEST(what_is_no_row)
{
    struct shift good = of("0601", EAST, 1, 0, 24, 1), s = good;

    CHECK(shift_valid(&good));
    for (int i = 0; i < 9; i++) {
        s = good;
        switch (i) {
        case 0:
            s.days = 0;
            break;
        case 1:
            s.days = 128;
            break;
        case 2:
            s.from = 24;
            break;
        case 3:
            s.from = -1;
            break;
        case 4:
            s.to = 0;
            break;
        case 5:
            s.to = 25;
            break;
        case 6:
            s.place = 0;
            break;
        case 7:
            s.place = SHIFT_PLACE_MAX + 1;
            break;
        case 8:
            s.way[0] = '\0';
            break;
        }
        CHECK(!shift_valid(&s));
    }
    CHECK((s = good, s.zone[15] = 'g', !shift_valid(&s)));
    CHECK((s = good, s.zone[15] = '\0', !shift_valid(&s)));
    CHECK((s = good, s.staff[0] = '\0', !shift_valid(&s)));
}

TEST_MAIN(T(hours_of_the_week), T(by_day_and_over_night), T(who_is_told_first), T(gaps_are_named), T(no_hour_is_lost),
          T(what_is_no_row))
