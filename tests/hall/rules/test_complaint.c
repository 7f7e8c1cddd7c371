/* SPDX-License-Identifier: Apache-2.0
 *
 * What may be done to something that somebody said, by whom, and until when.
 */
#include "tools/hall/rules/complaint.h"

#include <string.h>

#include "base/text.h"
#include "test.h"

#define NINE INT64_C(1767574800000) /* Monday 2026-01-05T09:00:00+08:00 */

static struct complaint_event event(enum complaint_event_kind kind, const char *staff)
{
    struct complaint_event ev = {.seq = 1, .kind = kind, .at = NINE, .why = COMPLAINT_WHY_NOT_OURS};

    text_copy(ev.staff, sizeof ev.staff, staff);
    text_copy(ev.post, sizeof ev.post, "监督岗");
    text_copy(ev.to_staff, sizeof ev.to_staff, "李四");
    text_copy(ev.to_post, sizeof ev.to_post, "监督岗");
    text_copy(ev.words, sizeof ev.words, "已修好");
    return ev;
}

static const char *judge(const struct complaint_state *s, struct complaint_event ev)
{
    return complaint_refusal_word(complaint_judge(s, &ev, true));
}

static struct complaint_state assigned(void)
{
    struct complaint_state s = {.stage = COMPLAINT_NEW};
    struct complaint_event ev = event(COMPLAINT_EVENT_ASSIGN, "张三");

    complaint_apply(&s, &ev);
    return s;
}

TEST(from_beginning_to_end)
{
    struct complaint_state s = {.stage = COMPLAINT_NEW};
    struct complaint_event ev = event(COMPLAINT_EVENT_ASSIGN, "张三");

    CHECK_STR(judge(&s, event(COMPLAINT_EVENT_ANSWER, "张三")), "stage");
    CHECK_STR(judge(&s, event(COMPLAINT_EVENT_CLOSE, "张三")), "stage");
    CHECK_STR(judge(&s, ev), "");
    complaint_apply(&s, &ev);
    CHECK_INT(s.stage, COMPLAINT_ASSIGNED);
    CHECK_STR(s.staff, "李四");
    CHECK_STR(judge(&s, ev), ""); /* and to somebody else */
    ev = event(COMPLAINT_EVENT_ANSWER, "李四");
    CHECK_STR(judge(&s, event(COMPLAINT_EVENT_ANSWER, "张三")), "not-responsible");
    CHECK_STR(judge(&s, ev), "");
    CHECK_INT(complaint_judge(&s, &ev, false), COMPLAINT_REFUSAL_UNREAD);
    ev.seq = 2;
    complaint_apply(&s, &ev);
    CHECK(s.stage == COMPLAINT_ANSWERED && !s.refused && s.answered.day == 5);
    CHECK_STR(s.words, "已修好");
    CHECK_STR(judge(&s, ev), "stage"); /* once */
    CHECK_STR(judge(&s, event(COMPLAINT_EVENT_REFUSE, "李四")), "stage");
    ev = event(COMPLAINT_EVENT_CLOSE, "张三");
    CHECK_STR(judge(&s, ev), "");
    complaint_apply(&s, &ev);
    CHECK(s.stage == COMPLAINT_CLOSED && s.answered.day == 5 && s.words[0]);
    for (int k = 0; k < COMPLAINT_EVENTS; k++)
        CHECK_STR(judge(&s, event((enum complaint_event_kind)k, "李四")), "stage");
}

TEST(not_ours)
{
    struct complaint_state s = {.stage = COMPLAINT_NEW};
    struct complaint_event ev = event(COMPLAINT_EVENT_REFUSE, "张三");

    CHECK_STR(judge(&s, ev), "");
    CHECK_INT(complaint_judge(&s, &ev, false), COMPLAINT_REFUSAL_UNREAD);
    ev.why = COMPLAINT_WHY_NONE;
    CHECK_STR(judge(&s, ev), "why-missing");
    ev.why = COMPLAINT_WHY_NOT_OURS;
    complaint_apply(&s, &ev);
    CHECK(s.stage == COMPLAINT_REFUSED && s.refused && s.why == COMPLAINT_WHY_NOT_OURS);
    CHECK_STR(s.staff, "张三"); /* nobody had it: who refused it stands there */
}

TEST(what_must_be_said)
{
    struct complaint_state s = assigned();
    struct complaint_event ev = event(COMPLAINT_EVENT_ANSWER, "李四");

    ev.words[0] = '\0';
    CHECK_STR(judge(&s, ev), "words-missing");
    ev = event(COMPLAINT_EVENT_ANSWER, "李四");
    text_copy(ev.words, sizeof ev.words, "两\n行");
    CHECK_STR(judge(&s, ev), "not-one-line");
    text_copy(ev.words, sizeof ev.words, "两\u200b行");
    CHECK_STR(judge(&s, ev), "not-one-line");
    text_copy(ev.words, sizeof ev.words, "已电告11010519491231002X");
    CHECK_STR(judge(&s, ev), "personal-number");
    ev = event(COMPLAINT_EVENT_ANSWER, "");
    CHECK_STR(judge(&s, ev), "staff-missing");
    ev = event(COMPLAINT_EVENT_ASSIGN, "张三");
    ev.to_post[0] = '\0';
    CHECK_STR(judge(&s, ev), "staff-missing");
    ev = event(COMPLAINT_EVENT_ANSWER, "李四");
    text_copy(ev.post, sizeof ev.post, "别的岗");
    CHECK_STR(judge(&s, ev), "not-responsible");
}

TEST(roles)
{
    CHECK(complaint_role_may(ROLE_SUPERVISOR, COMPLAINT_EVENT_ASSIGN, SPEAK_REPORT));
    CHECK(!complaint_role_may(ROLE_WINDOW, COMPLAINT_EVENT_ASSIGN, SPEAK_CONSULT));
    CHECK(complaint_role_may(ROLE_WINDOW, COMPLAINT_EVENT_ANSWER, SPEAK_COMPLAIN));
    CHECK(!complaint_role_may(ROLE_WINDOW, COMPLAINT_EVENT_ANSWER, SPEAK_REPORT)); /* it may be about him */
    CHECK(!complaint_role_reads(ROLE_WINDOW, SPEAK_REPORT));
    CHECK(complaint_role_reads(ROLE_WINDOW, SPEAK_CONSULT));
    for (int k = 0; k < COMPLAINT_EVENTS; k++) {
        CHECK(!complaint_role_may(ROLE_FLEET, (enum complaint_event_kind)k, SPEAK_CONSULT));
        CHECK(!complaint_role_may(ROLE_ADMINISTRATOR, (enum complaint_event_kind)k, SPEAK_CONSULT));
    }
    CHECK(!complaint_role_may(ROLE_DEPARTMENT, COMPLAINT_EVENT_CLOSE, SPEAK_CONSULT));
}

/* Said on Monday the 5th: five working days are over on Monday the 12th, fifteen on the 26th. */
TEST(until_when)
{
    struct complaint_state s = {.stage = COMPLAINT_NEW};
    int year = 0;
    struct date due = complaint_due(SPEAK_CONSULT, NINE, NULL, &year);

    CHECK(due.month == 1 && due.day == 12);
    CHECK(complaint_due(SPEAK_COMPLAIN, NINE, NULL, &year).day == 26);
    CHECK(!complaint_is_late(&s, due, (struct date){2026, 1, 12})); /* usable to its end */
    CHECK(complaint_is_late(&s, due, (struct date){2026, 1, 13}));
    s = assigned();
    CHECK(complaint_is_late(&s, due, (struct date){2026, 1, 13}));
    s.stage = COMPLAINT_ANSWERED;
    CHECK(!complaint_is_late(&s, due, (struct date){2026, 1, 13}));
}

TEST(words)
{
    enum complaint_stage st;
    enum complaint_event_kind k;
    enum complaint_why w;

    CHECK(complaint_stage_by_word("closed", &st) && st == COMPLAINT_CLOSED && !complaint_stage_by_word("open", &st));
    CHECK(complaint_event_by_word("refuse", &k) && k == COMPLAINT_EVENT_REFUSE && !complaint_event_by_word("", &k));
    CHECK(complaint_why_by_word("in-court", &w) && w == COMPLAINT_WHY_ELSEWHERE && !complaint_why_by_word("", &w));
    CHECK_STR(complaint_why_word(COMPLAINT_WHY_NONE), "");
    for (int r = COMPLAINT_MAY + 1; r < COMPLAINT_REFUSALS; r++)
        CHECK(complaint_refusal_what((enum complaint_refusal)r)[0] &&
              complaint_refusal_remedy((enum complaint_refusal)r)[0]);
}

TEST_MAIN(T(from_beginning_to_end), T(not_ours), T(what_must_be_said), T(roles), T(until_when), T(words))
