/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is told what of an event and of a day, and when again.
 */
#include "tools/hall/rules/feed.h"
#include "tools/hall/rules/notice.h"

#include "test.h"

#define MINUTE INT64_C(60000)

static enum notice_kind of_event(enum case_event_kind kind, enum case_result result)
{
    struct case_event ev;
    char about[NOTICE_ABOUT_MAX + 1];

    case_event_init(&ev, kind);
    ev.seq = 12;
    ev.result = result;
    enum notice_kind k = notice_of_event(&ev, about);
    CHECK_STR(about, "event 12");
    return k;
}

TEST(events)
{
    CHECK_STR(notice_word(of_event(CASE_EVENT_ACCEPT, CASE_RESULT_NONE)), "accepted");
    CHECK_STR(notice_word(of_event(CASE_EVENT_ACCEPT_TACIT, CASE_RESULT_NONE)), "accepted");
    CHECK_STR(notice_word(of_event(CASE_EVENT_DECIDE, CASE_GRANTED)), "granted");
    CHECK_STR(notice_word(of_event(CASE_EVENT_DECIDE_TACIT, CASE_DENIED)), "denied");
    CHECK_STR(notice_to_word(notice_to(of_event(CASE_EVENT_SUPPLEMENT, CASE_RESULT_NONE))), "applicant");
    CHECK_STR(notice_to_word(notice_to(of_event(CASE_EVENT_SUPPLIED, CASE_RESULT_NONE))), "post");
    CHECK_INT(of_event(CASE_EVENT_RECEIVE, CASE_RESULT_NONE), NOTICES);
    CHECK_INT(of_event(CASE_EVENT_STOP, CASE_RESULT_NONE), NOTICES);
    CHECK_STR(notice_word(NOTICES), "");
}

/* Friday 9 January is the last working day before Monday the 12th; no calendar: weekends and the regulation. */
static const char *on(int day, bool done)
{
    static char said[80];
    struct deadline d = {.kind = DEADLINE_PROMISE, .from = {2026, 1, 5}, .due = {2026, 1, 12}, .limit = {.day = 5}};
    char about[NOTICE_ABOUT_MAX + 1];

    if (done)
        d.done = (struct date){2026, 1, 8};
    enum notice_kind k = notice_of_limit(&d, NULL, (struct date){2026, 1, day}, about);
    snprintf(said, sizeof said, "%s: %s", notice_word(k), about);
    return k == NOTICES ? "" : said;
}

TEST(days)
{
    CHECK_STR(on(8, false), "");
    CHECK_STR(on(9, false), "due-tomorrow: promise 2026-01-12");
    CHECK_STR(on(11, false), "due-tomorrow: promise 2026-01-12");
    CHECK_STR(on(12, false), "due-tomorrow: promise 2026-01-12"); /* usable to its end */
    CHECK_STR(on(13, false), "overdue: promise 2026-01-12 over");
    CHECK_STR(on(9, true), "");
    CHECK_STR(on(13, true), "");
}

TEST(a_limit_nobody_knows)
{
    const struct deadline d = {.kind = DEADLINE_PROMISE, .from = {2026, 1, 5}, .limit = {.day = -1}};
    char about[NOTICE_ABOUT_MAX + 1];

    CHECK_INT(notice_of_limit(&d, NULL, (struct date){2026, 2, 1}, about), NOTICES);
    CHECK_STR(about, "");
}

/* A notice that no event and no day leads to would be a line for nobody. */
TEST(each_comes_from_somewhere)
{
    static const char *const alerts[] = {"door-open", "fork"};
    bool comes[NOTICES + 1] = {[NOTICE_SPOKEN_OVERDUE] = true}; /* hallctl notice due */

    for (enum case_event_kind k = 0; k < CASE_EVENTS; k++)
        for (enum case_result r = 0; r < CASE_RESULTS; r++)
            comes[of_event(k, r)] = true;
    for (enum complaint_event_kind k = 0; k < COMPLAINT_EVENTS; k++)
        comes[notice_of_complaint(k)] = true;
    for (int day = 9; day <= 13; day++) {
        struct deadline d = {.kind = DEADLINE_PROMISE, .from = {2026, 1, 5}, .due = {2026, 1, 12}, .limit = {.day = 5}};
        char about[NOTICE_ABOUT_MAX + 1];

        comes[notice_of_limit(&d, NULL, (struct date){2026, 1, day}, about)] = true;
    }
    comes[feed_of_duty(1, false, (char[NOTICE_ABOUT_MAX + 1]){0})] = true;
    comes[feed_of_duty(1, true, (char[NOTICE_ABOUT_MAX + 1]){0})] = true;
    comes[feed_of_queue(1, (char[NOTICE_ABOUT_MAX + 1]){0})] = true;
    for (size_t i = 0; i < sizeof alerts / sizeof *alerts; i++)
        comes[feed_of_alert(alerts[i], 1, 1, (char[NOTICE_ABOUT_MAX + 1]){0})] = true;
    for (enum card_level l = 0; l < CARD_LEVELS; l++)
        comes[feed_of_card(&(struct card){.rule = "x", .level = l, .since = {2026, 1, 5}},
                           (char[NOTICE_ABOUT_MAX + 1]){0})] = true;
    for (enum notice_kind k = 0; k < NOTICES; k++) {
        if (!comes[k])
            printf("# nothing leads to %s\n", notice_word(k));
        CHECK(comes[k]);
    }
}

TEST(again)
{
    int64_t all = 0;

    CHECK_INT(notice_next(1, 1000), 1000 + MINUTE);
    CHECK_INT(notice_next(2, 0), 2 * MINUTE);
    CHECK_INT(notice_next(6, 0), 32 * MINUTE);
    CHECK_INT(notice_next(7, 0), 60 * MINUTE);
    CHECK_INT(notice_next(NOTICE_TRIES_MAX - 1, 0), 60 * MINUTE);
    CHECK_INT(notice_next(NOTICE_TRIES_MAX, 0), -1);
    for (int i = 1; i < NOTICE_TRIES_MAX; i++)
        all += notice_next(i, 0);
    CHECK(all >= 72 * 60 * MINUTE && all < 76 * 60 * MINUTE);
}

TEST_MAIN(T(events), T(days), T(a_limit_nobody_knows), T(each_comes_from_somewhere), T(again))
