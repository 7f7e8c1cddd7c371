/* SPDX-License-Identifier: Apache-2.0
 *
 * A case as its applicant is told of it, at each of its stages, by the calendar of the sample catalogue.
 */
#include "test.h"

#include "base/text.h"
#include "catalog/catalog_test.h"
#include "tools/hall/rules/case_progress.h"

static struct case_state s;
static struct case_progress p;
static struct my_case c;

static int64_t at(int year, int month, int day)
{
    return (date_to_days((struct date){year, month, day}) * 24 + 2) * 3600000; /* ten in the morning */
}

static void happens(enum case_event_kind kind, int64_t when)
{
    struct case_event ev;
    case_event_init(&ev, kind);
    ev.at = when;
    text_copy(ev.words, sizeof ev.words, case_event_word(kind));
    if (kind == CASE_EVENT_RECEIVE) {
        ev.applied = at(2026, 1, 5);
        ev.limits = (struct case_limits){.accept = {2, DAY_WORKING, "受理", "受理岗"},
                                         .examine = {10, DAY_WORKING, "审查", "审核岗"},
                                         .decide = {5, DAY_WORKING, "决定", "决定岗"},
                                         .promise = {20, DAY_WORKING, "", ""},
                                         .statutory = {60, DAY_CALENDAR, "", ""}};
    }
    if (kind == CASE_EVENT_STOP) {
        ev.procedure = PROCEDURE_inspection;
        ev.limit_day = 10;
    }
    if (kind == CASE_EVENT_DECIDE)
        ev.result = CASE_GRANTED;
    case_progress_add(&p, &ev);
    case_apply(&s, &ev);
}

static void begin(void)
{
    memset(&s, 0, sizeof s);
    memset(&p, 0, sizeof p);
}

/* The steps, one letter each (h a s A t e d D), done ones with +, and their days as MMDD. */
static const char *tell(struct date today, enum language l)
{
    static char text[200];
    static const char letters[] = "hasAtedD";
    memset(&c, 0, sizeof c);
    case_progress_tell(&p, &s, catalog_calendar(sample_open()), today, l, &c);
    text[0] = '\0';
    for (int i = 0; i < c.n_steps; i++) {
        size_t n = strlen(text);
        snprintf(text + n, sizeof text - n, "%c%s%02d%02d ", letters[c.steps[i].kind], c.steps[i].done ? "+" : "",
                 c.steps[i].day.month, c.steps[i].day.day);
    }
    return text;
}

static const char *on(int month, int day)
{
    return tell((struct date){2026, month, day}, LANGUAGE_ZH_CN);
}

TEST(nobody_has_taken_it_in)
{
    begin();
    s = deadline_untaken(at(2026, 1, 5));
    CHECK_STR(on(1, 6), "h+0105 A0112 d0000 ");
    CHECK_INT(c.stage, MY_CASE_NEW);
    CHECK_STR(c.steps[1].why, "自2026年1月5日起5个工作日，故1月12日前");
}

TEST(a_supplement)
{
    begin();
    happens(CASE_EVENT_RECEIVE, at(2026, 1, 5));
    CHECK_STR(on(1, 6), "h+0105 A0107 e0000 d0000 ");
    happens(CASE_EVENT_SUPPLEMENT, at(2026, 1, 6));
    CHECK_STR(on(1, 6), "h+0105 a+0106 s0000 A0000 e0000 d0000 ");
    CHECK_INT(c.stage, MY_CASE_ASKED);
    CHECK_STR(c.missing, "supplement");
    happens(CASE_EVENT_SUPPLIED, at(2026, 1, 8));
    CHECK_STR(on(1, 8), "h+0105 a+0106 s+0108 A0112 e0000 d0000 ");
    CHECK_STR(c.missing, ""); /* nothing any more */
    happens(CASE_EVENT_REFUSE, at(2026, 1, 9));
    CHECK_STR(on(1, 9), "h+0105 a+0106 s+0108 ");
    CHECK_INT(c.stage, MY_CASE_REFUSED);
    CHECK_STR(c.words, "refuse");
    CHECK(!c.decided);
}

TEST(to_its_end)
{
    begin();
    happens(CASE_EVENT_RECEIVE, at(2026, 1, 5));
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 5));
    CHECK_STR(on(1, 6), "h+0105 A+0105 e0119 d0202 ");
    happens(CASE_EVENT_STOP, at(2026, 1, 7));
    CHECK_STR(on(1, 8), "h+0105 A+0105 t0121 e0203 d0224 "); /* at the latest */
    CHECK_STR(c.steps[2].why, "现场勘察");
    happens(CASE_EVENT_RESUME, at(2026, 1, 12));
    CHECK_STR(on(1, 13), "h+0105 A+0105 t+0112 e0122 d0205 ");
    CHECK_STR(c.steps[4].why, "自2026年1月5日起20个工作日，其间因现场勘察停3个工作日，故2月5日前");
    happens(CASE_EVENT_EXAMINE, at(2026, 1, 14));
    happens(CASE_EVENT_DECIDE, at(2026, 1, 15));
    CHECK_STR(on(1, 15), "h+0105 A+0105 t+0112 e+0114 d+0115 D0000 ");
    CHECK(c.stage == MY_CASE_DECIDED && c.decided && c.granted && c.decided_on.day == 15);
    CHECK_STR(c.words, "decide");
    happens(CASE_EVENT_DELIVER, at(2026, 1, 16));
    CHECK_STR(on(1, 16), "h+0105 A+0105 t+0112 e+0114 d+0115 D+0116 ");
    CHECK_INT(c.stage, MY_CASE_DELIVERED);
    CHECK_INT(c.n_steps, 6);
}

TEST(everything_that_can_happen_has_room)
{
    begin();
    happens(CASE_EVENT_RECEIVE, at(2026, 1, 5));
    happens(CASE_EVENT_SUPPLEMENT, at(2026, 1, 6));
    happens(CASE_EVENT_SUPPLIED, at(2026, 1, 7));
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 7));
    for (int i = 0; i < CASE_STOPS_MAX; i++) {
        happens(CASE_EVENT_STOP, at(2026, 1, 8 + i));
        happens(CASE_EVENT_RESUME, at(2026, 1, 8 + i));
    }
    happens(CASE_EVENT_EXAMINE, at(2026, 2, 8));
    happens(CASE_EVENT_DECIDE, at(2026, 2, 9));
    happens(CASE_EVENT_DELIVER, at(2026, 2, 10));
    on(2, 10);
    CHECK_INT(c.n_steps, MY_CASE_STEPS_MAX);
}

TEST(withdrawn_and_in_english)
{
    begin();
    happens(CASE_EVENT_RECEIVE, at(2026, 1, 5));
    tell((struct date){2026, 1, 6}, LANGUAGE_EN);
    CHECK(c.steps[1].why[0] && (unsigned char)c.steps[1].why[0] < 0x80);
    happens(CASE_EVENT_WITHDRAW, at(2026, 1, 6));
    CHECK_STR(on(1, 6), "h+0105 ");
    CHECK_INT(c.stage, MY_CASE_WITHDRAWN);
}

TEST_MAIN(T(nobody_has_taken_it_in), T(a_supplement), T(to_its_end), T(everything_that_can_happen_has_room),
          T(withdrawn_and_in_english))
