/* SPDX-License-Identifier: Apache-2.0
 *
 * A limit as cells, and the figures beside it.
 */
#include "test.h"

#include "tools/hall/rules/day_strip.h"

/* Five working days from Monday, 5 January 2026: the last is Monday, the 12th. */
static const struct deadline five = {
    .kind = DEADLINE_ACCEPT, .from = {2026, 1, 5}, .limit = {.day = 5, .unit = DAY_WORKING}, .due = {2026, 1, 12}};

static const char *drawn(const struct day_strip *s)
{
    static char text[DAY_STRIP_MAX + 1];
    for (int i = 0; i < s->n; i++)
        text[i] = "suSrnflo"[s->days[i].is];
    text[s->n] = '\0';
    return text;
}

static struct day_strip made(const struct deadline *d, int month, int day)
{
    struct day_strip s;
    day_strip_make(d, NULL, (struct date){2026, month, day}, &s);
    return s;
}

TEST(in_time)
{
    struct day_strip s = made(&five, 1, 5);
    CHECK_STR(drawn(&s), "sffffrrl");
    CHECK_INT(s.used * 100 + s.left, 5);
    s = made(&five, 1, 7);
    CHECK_STR(drawn(&s), "sunffrrl");
    CHECK_INT(s.used * 100 + s.left, 203);
    s = made(&five, 1, 10); /* a Saturday */
    CHECK_STR(drawn(&s), "suuuurrl");
    CHECK_INT(s.used * 100 + s.left, 401);
    s = made(&five, 1, 12);
    CHECK_STR(drawn(&s), "suuuurrn");
    CHECK_INT(s.used * 100 + s.left, 500);
    CHECK_INT(s.over, 0);
}

TEST(late)
{
    struct day_strip s = made(&five, 1, 14);
    CHECK_STR(drawn(&s), "suuuurruoo");
    CHECK_INT(s.over, 2);
    CHECK_INT(s.used * 100 + s.left, 500);
}

TEST(stopped)
{
    struct deadline d = five;
    d.due = (struct date){2026, 1, 14};
    d.stops[d.n_stops++] = (struct deadline_stop){.from = {2026, 1, 6}, .until = {2026, 1, 8}, .days = 2};
    struct day_strip s = made(&d, 1, 8);
    CHECK_STR(drawn(&s), "sSSnfrrffl");
    CHECK_INT(s.used * 100 + s.left, 104);
}

TEST(calendar_days)
{
    struct deadline d = five;
    d.limit = (struct case_limit){.day = 6, .unit = DAY_CALENDAR};
    d.due = (struct date){2026, 1, 12};
    struct day_strip s = made(&d, 1, 10);
    CHECK_STR(drawn(&s), "suuuunfl");
}

TEST(a_long_one_is_cut_at_its_beginning)
{
    struct deadline d = five;
    d.limit = (struct case_limit){.day = 100, .unit = DAY_CALENDAR};
    d.due = (struct date){2026, 4, 15};
    struct day_strip s = made(&d, 1, 6);
    CHECK_INT(s.n, DAY_STRIP_MAX);
    CHECK(s.cut);
    CHECK_INT(s.days[s.n - 1].is, DAY_LAST);
    CHECK_INT(s.used * 1000 + s.left, 1099);
}

TEST(the_next_one)
{
    struct deadlines all = {.n = 0};
    CHECK(day_strip_next(&all) == NULL);
    all.list[all.n++] = five;
    all.list[all.n++] = five;
    all.list[1].from.day = 6;
    CHECK(day_strip_next(&all) == &all.list[1]);
    all.list[1].done = (struct date){2026, 1, 7};
    CHECK(day_strip_next(&all) == &all.list[0]);
    all.list[0].limit.day = -1;
    CHECK(day_strip_next(&all) == NULL);
}

TEST_MAIN(T(in_time), T(late), T(stopped), T(calendar_days), T(a_long_one_is_cut_at_its_beginning), T(the_next_one))
