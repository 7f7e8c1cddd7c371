/* SPDX-License-Identifier: Apache-2.0
 *
 * What may happen to a case and what may not, each with its reason; and events as bytes.
 */
#include "test.h"

#include "base/text.h"
#include "tools/hall/rules/case_wire.h"

#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00, a Monday */
#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)
#define NUMBER "1103003260105000279"

static struct case_state now_;
static int64_t clock_;

/* Of the person who answers for it; says all that an event of its kind must. */
static struct case_event event(enum case_event_kind kind)
{
    struct case_event ev;
    case_event_init(&ev, kind);
    text_copy(ev.number, sizeof ev.number, NUMBER);
    text_copy(ev.staff, sizeof ev.staff, now_.staff[0] ? now_.staff : "张三");
    text_copy(ev.post, sizeof ev.post, now_.post[0] ? now_.post : "受理岗");
    text_copy(ev.words, sizeof ev.words, "缺营业执照复印件");
    text_copy(ev.law, sizeof ev.law, "行政许可法第四十五条");
    text_copy(ev.to_staff, sizeof ev.to_staff, "李四");
    text_copy(ev.to_post, sizeof ev.to_post, "审核岗");
    ev.at = ev.entered = clock_;
    if (kind == CASE_EVENT_STOP)
        ev.procedure = PROCEDURE_inspection;
    ev.limit_day = kind == CASE_EVENT_STOP ? 10 : 0;
    if (kind == CASE_EVENT_DECIDE || kind == CASE_EVENT_DECIDE_TACIT)
        ev.result = CASE_GRANTED;
    if (kind == CASE_EVENT_RECEIVE)
        ev.applied = NINE - 8 * HOUR;
    return ev;
}

static const char *judge(const struct case_event *ev)
{
    return case_refusal_word(case_judge(&now_, ev, clock_));
}

static const char *may(enum case_event_kind kind)
{
    struct case_event ev = event(kind);
    return judge(&ev);
}

static void happens(enum case_event_kind kind)
{
    struct case_event ev = event(kind);
    CHECK_STR(judge(&ev), "");
    case_apply(&now_, &ev);
    clock_ += HOUR;
}

static void begin(void)
{
    memset(&now_, 0, sizeof now_);
    clock_ = NINE;
}

static void reach(enum case_stage stage)
{
    static const enum case_event_kind way[] = {CASE_EVENT_RECEIVE, CASE_EVENT_ACCEPT, CASE_EVENT_EXAMINE, CASE_EVENT_DECIDE,
                                               CASE_EVENT_DELIVER};
    begin();
    for (size_t i = 0; now_.stage != stage; i++)
        happens(way[i]);
}

TEST(from_end_to_end)
{
    reach(CASE_DELIVERED);
    CHECK_INT(now_.seq, 5);
    CHECK_INT(now_.result, CASE_GRANTED);
    CHECK_STR(now_.decider, "张三");
    CHECK_INT(now_.applied.day, 5);
    CHECK(!case_stage_open(now_.stage));
}

/* Of every event in every stage exactly these may happen. */
TEST(what_each_stage_allows)
{
    static const char *const allowed[CASE_STAGES] = {
        [CASE_NEW] = "receive ",
        [CASE_RECEIVED] = "supplement accept refuse withdraw hand-over ",
        [CASE_ACCEPTED] = "stop examine withdraw hand-over ",
        [CASE_EXAMINED] = "stop decide withdraw hand-over ",
        [CASE_DECIDED] = "deliver hand-over ",
        [CASE_DELIVERED] = "",
    };
    for (enum case_stage s = 0; s < CASE_STAGES; s++) {
        char seen[200] = "";
        if (!allowed[s])
            continue;
        reach(s);
        for (enum case_event_kind k = 0; k < CASE_EVENTS; k++) {
            if (may(k)[0])
                continue;
            strcat(seen, case_event_word(k));
            strcat(seen, " ");
        }
        CHECK_STR(seen, allowed[s]);
    }
}

TEST(why_not)
{
    begin();
    CHECK_STR(may(CASE_EVENT_ACCEPT), "not-received");
    reach(CASE_RECEIVED);
    CHECK_STR(may(CASE_EVENT_RECEIVE), "received-already");
    CHECK_STR(may(CASE_EVENT_DECIDE), "stage");
    CHECK_STR(may(CASE_EVENT_RESUME), "stage");
    reach(CASE_ACCEPTED);
    CHECK_STR(may(CASE_EVENT_DECIDE), "stage"); /* nobody has examined it */
    CHECK_STR(may(CASE_EVENT_RESUME), "not-stopped");
    CHECK_STR(may(CASE_EVENT_ACCEPT_TACIT), "stage");
    CHECK_STR(may(CASE_EVENT_DECIDE_TACIT), "tacit-not");
    reach(CASE_DECIDED);
    CHECK_STR(may(CASE_EVENT_DECIDE), "decided");
    CHECK_STR(may(CASE_EVENT_WITHDRAW), "decided");
    reach(CASE_DELIVERED);
    CHECK_STR(may(CASE_EVENT_DECIDE), "decided");
    CHECK_STR(may(CASE_EVENT_DELIVER), "over");
    reach(CASE_RECEIVED);
    happens(CASE_EVENT_REFUSE);
    CHECK_STR(may(CASE_EVENT_ACCEPT), "over");
    CHECK_STR(may(CASE_EVENT_HAND_OVER), "over");
}

TEST(a_supplement_is_asked_for_once)
{
    reach(CASE_RECEIVED);
    happens(CASE_EVENT_SUPPLEMENT);
    CHECK_INT(now_.stage, CASE_ASKED);
    CHECK_STR(may(CASE_EVENT_SUPPLEMENT), "supplement-twice");
    CHECK_STR(may(CASE_EVENT_ACCEPT), "stage");
    clock_ += 3 * DAY;
    happens(CASE_EVENT_SUPPLIED);
    CHECK_STR(may(CASE_EVENT_SUPPLEMENT), "supplement-twice");
    CHECK_INT(now_.complete.day, 8);
    CHECK_INT(now_.applied.day, 5);
    happens(CASE_EVENT_ACCEPT);
    CHECK_INT(now_.accepted.day, 8);
}

TEST(a_procedure_stops_all_else)
{
    reach(CASE_ACCEPTED);
    happens(CASE_EVENT_STOP);
    CHECK_STR(may(CASE_EVENT_STOP), "stopped-already");
    CHECK_STR(may(CASE_EVENT_EXAMINE), "stopped");
    CHECK_STR(may(CASE_EVENT_HAND_OVER), "");
    CHECK_STR(may(CASE_EVENT_WITHDRAW), "");
    clock_ += 2 * DAY;
    happens(CASE_EVENT_RESUME);
    CHECK_INT(now_.n_stops, 1);
    CHECK_INT(now_.stops[0].from.day, 5);
    CHECK_INT(now_.stops[0].to.day, 7);
    for (int i = 1; i < CASE_STOPS_MAX; i++) {
        happens(CASE_EVENT_STOP);
        happens(CASE_EVENT_RESUME);
    }
    CHECK_STR(may(CASE_EVENT_STOP), "stops-full");
    happens(CASE_EVENT_EXAMINE);
    happens(CASE_EVENT_DECIDE);
}

TEST(somebody_always_answers_for_it)
{
    reach(CASE_ACCEPTED);
    struct case_event ev = event(CASE_EVENT_EXAMINE);
    text_copy(ev.staff, sizeof ev.staff, "李四");
    CHECK_STR(judge(&ev), "not-responsible");
    ev = event(CASE_EVENT_EXAMINE);
    text_copy(ev.post, sizeof ev.post, "审核岗");
    CHECK_STR(judge(&ev), "not-responsible");
    ev = event(CASE_EVENT_EXAMINE);
    ev.post[0] = '\0';
    CHECK_STR(judge(&ev), "staff-missing");
    ev = event(CASE_EVENT_HAND_OVER);
    ev.to_staff[0] = '\0';
    CHECK_STR(judge(&ev), "staff-missing");
    ev = event(CASE_EVENT_HAND_OVER);
    text_copy(ev.to_staff, sizeof ev.to_staff, "张三");
    text_copy(ev.to_post, sizeof ev.to_post, "受理岗");
    CHECK_STR(judge(&ev), "same-person");
    ev = event(CASE_EVENT_HAND_OVER); /* A is ill: B takes it over */
    text_copy(ev.staff, sizeof ev.staff, "李四");
    CHECK_STR(judge(&ev), "");
    case_apply(&now_, &ev);
    CHECK_STR(now_.staff, "李四");
    CHECK_STR(now_.post, "审核岗");
    happens(CASE_EVENT_EXAMINE);
}

TEST(what_an_event_must_say)
{
    reach(CASE_ACCEPTED);
    struct case_event ev = event(CASE_EVENT_STOP);
    ev.procedure = PROCEDURES;
    CHECK_STR(judge(&ev), "procedure-missing");
    ev = event(CASE_EVENT_STOP);
    ev.law[0] = '\0';
    CHECK_STR(judge(&ev), "law-missing");
    ev = event(CASE_EVENT_STOP);
    ev.limit_day = 0;
    CHECK_STR(judge(&ev), "limit-missing");
    ev = event(CASE_EVENT_EXAMINE);
    ev.words[0] = '\0';
    CHECK_STR(judge(&ev), "words-missing");
    ev = event(CASE_EVENT_EXAMINE);
    text_copy(ev.words, sizeof ev.words, "one\ntwo");
    CHECK_STR(judge(&ev), "not-one-line");
    text_copy(ev.words, sizeof ev.words, "齐全\u202e。");
    CHECK_STR(judge(&ev), "not-one-line");
    text_copy(ev.words, sizeof ev.words, "11010519491231002X 的材料齐全");
    CHECK_STR(judge(&ev), "personal-number");
    reach(CASE_EXAMINED);
    ev = event(CASE_EVENT_DECIDE);
    ev.result = CASE_RESULT_NONE;
    CHECK_STR(judge(&ev), "result-missing");
    ev = event(CASE_EVENT_DECIDE);
    ev.words[0] = '\0';
    CHECK_STR(judge(&ev), "");
    ev.result = CASE_DENIED; /* reasons are owed then */
    CHECK_STR(judge(&ev), "words-missing");
}

TEST(times)
{
    begin();
    struct case_event ev = event(CASE_EVENT_RECEIVE);
    ev.at = ev.applied - 1;
    CHECK_STR(judge(&ev), "before-application");
    reach(CASE_ACCEPTED);
    ev = event(CASE_EVENT_EXAMINE);
    ev.at = clock_ + 1;
    CHECK_STR(judge(&ev), "in-the-future");
    ev.at = now_.last - 1;
    CHECK_STR(judge(&ev), "before-last");
    ev.at = NINE - DAY;
    CHECK_STR(judge(&ev), "before-application");
    clock_ = now_.last - DAY; /* this machine's clock went back */
    CHECK(may(CASE_EVENT_EXAMINE)[0]);
}

TEST(a_clock_far_ahead)
{
    reach(CASE_ACCEPTED);
    CHECK_INT(case_judge_clock(&now_, 0, now_.last + 31 * DAY), CASE_MAY);
    CHECK_INT(case_judge_clock(&now_, 0, now_.last + 31 * DAY + 1), CASE_REFUSAL_CLOCK);
    CHECK_INT(case_judge_clock(&now_, now_.last + 300 * DAY, now_.last + 331 * DAY), CASE_MAY);
    begin(); /* nothing is known: nothing is doubted */
    CHECK_INT(case_judge_clock(&now_, 0, NINE), CASE_MAY);
}

TEST(two_at_once)
{
    reach(CASE_EXAMINED);
    struct case_event first = event(CASE_EVENT_DECIDE), second = first;
    first.seq = second.seq = now_.seq + 1;
    second.result = CASE_DENIED;
    CHECK_STR(judge(&first), "");
    case_apply(&now_, &first);
    CHECK_STR(judge(&second), "decided");
    CHECK_INT(now_.result, CASE_GRANTED);
    reach(CASE_ACCEPTED);
    second = event(CASE_EVENT_WITHDRAW);
    second.seq = now_.seq; /* made for what it was before */
    CHECK_STR(judge(&second), "changed");
}

TEST(what_the_law_does)
{
    reach(CASE_RECEIVED);
    CHECK_STR(may(CASE_EVENT_ACCEPT_TACIT), "tacit-not");
    now_.limits.law_accepts = true;
    clock_ += 20 * DAY;
    happens(CASE_EVENT_ACCEPT_TACIT);
    CHECK_INT(now_.accepted.day, 5); /* from the day it was received */
    now_.limits.law_decides = CASE_DENIED;
    CHECK_STR(may(CASE_EVENT_DECIDE_TACIT), "tacit-not"); /* the law says another thing */
    now_.limits.law_decides = CASE_GRANTED;
    happens(CASE_EVENT_DECIDE_TACIT);
    CHECK(now_.tacit);
    CHECK_INT(now_.stage, CASE_DECIDED);
}

TEST(an_end_to_hand_overs)
{
    reach(CASE_ACCEPTED);
    for (int i = 0; i < CASE_EVENTS_MAX; i++) {
        struct case_event ev = event(CASE_EVENT_HAND_OVER);
        text_copy(ev.to_staff, sizeof ev.to_staff, i % 2 ? "张三" : "李四");
        if (judge(&ev)[0])
            break;
        case_apply(&now_, &ev);
    }
    CHECK(now_.seq < CASE_EVENTS_MAX);
    CHECK_STR(may(CASE_EVENT_STOP), "events-full");
    happens(CASE_EVENT_EXAMINE);
    happens(CASE_EVENT_DECIDE);
    happens(CASE_EVENT_DELIVER);
    CHECK(now_.seq <= CASE_EVENTS_MAX);
}

/* --- bytes --- */

static void put(const struct case_event *ev, struct buf *out)
{
    buf_init(out, CASE_BYTES_MAX);
    CHECK_INT(case_event_encode(ev, out), 0);
}

/* Only what a kind is said to carry is written. */
TEST(bytes)
{
    struct case_event back;
    struct err e = {0};
    struct buf one, two;
    begin();
    for (enum case_event_kind k = 0; k < CASE_EVENTS; k++) {
        struct case_event ev = event(k);
        ev.seq = 3;
        ev.limits = (struct case_limits){.item = "11110105MB0A0000164000709102000",
                                         .item_version = 3,
                                         .law_decides = CASE_DENIED,
                                         .accept = {1, DAY_WORKING, "受理", "受理岗"},
                                         .examine = {-1, DAY_WORKING, "", ""},
                                         .decide = {-1, DAY_WORKING, "决定", ""},
                                         .promise = {20, DAY_WORKING, "", ""},
                                         .statutory = {60, DAY_CALENDAR, "", ""}};
        put(&ev, &one);
        memset(&back, 0, sizeof back);
        CHECK_INT(case_event_decode(one.data, one.len, &back, &e), 0);
        CHECK_STR(e.text, "");
        put(&back, &two);
        CHECK_STR(buf_str(&two), buf_str(&one));
        CHECK_INT(back.kind, k);
        CHECK_STR(back.staff, "张三");
        if (k == CASE_EVENT_RECEIVE) {
            CHECK_INT(back.limits.examine.day, -1);
            CHECK_INT(back.limits.statutory.day, 60);
            CHECK_INT(back.limits.statutory.unit, DAY_CALENDAR);
            CHECK_STR(back.limits.decide.step, "决定");
            CHECK_INT(back.applied, ev.applied);
        }
        for (size_t cut = 0; cut < one.len; cut++)
            CHECK(case_event_decode(one.data, cut, &back, NULL) < 0);
        buf_finish(&one);
        buf_finish(&two);
    }
}

/* --- handed in at a terminal --- */

static struct case_event alone(enum case_event_kind kind)
{
    struct case_event ev;
    case_event_init(&ev, kind);
    text_copy(ev.number, sizeof ev.number, NUMBER);
    text_copy(ev.terminal, sizeof ev.terminal, "t-1103-003");
    memset(ev.supplement, 7, sizeof ev.supplement);
    ev.seq = 3;
    ev.at = ev.entered = clock_;
    return ev;
}

TEST(the_applicant_alone)
{
    struct case_event ev;
    reach(CASE_RECEIVED);
    ev = alone(CASE_EVENT_SUPPLIED);
    ev.seq = 0;
    CHECK_STR(judge(&ev), "stage"); /* nothing was asked for */
    happens(CASE_EVENT_SUPPLEMENT);
    ev = alone(CASE_EVENT_SUPPLIED);
    CHECK_STR(judge(&ev), ""); /* without staff, without words */
    case_apply(&now_, &ev);
    CHECK_INT(now_.stage, CASE_RECEIVED);
    CHECK_STR(now_.staff, "张三"); /* who still answers for it */
    ev = alone(CASE_EVENT_SUPPLIED);
    ev.seq = 0;
    CHECK_STR(judge(&ev), "stage"); /* once */
    begin();
    ev = alone(CASE_EVENT_SUPPLIED);
    ev.seq = 0;
    CHECK_STR(judge(&ev), "not-received");
    reach(CASE_RECEIVED);
    happens(CASE_EVENT_SUPPLEMENT);
    happens(CASE_EVENT_REFUSE);
    ev = alone(CASE_EVENT_SUPPLIED);
    ev.seq = 0;
    CHECK_STR(judge(&ev), "over");
}

/* A terminal's name opens no other door. */
TEST(a_terminal_does_nothing_else)
{
    for (enum case_event_kind k = 0; k < CASE_EVENTS; k++) {
        reach(CASE_RECEIVED);
        struct case_event ev = alone(k);
        ev.seq = 0;
        if (k != CASE_EVENT_SUPPLIED)
            CHECK_STR(judge(&ev), "staff-missing");
    }
}

TEST(bytes_of_what_came_at_a_terminal)
{
    static const char *const bad[] = {
        "\"terminal\":\"t-1\"}",
        "\"terminal\":\"T 1\",\"supplement\":\"07070707070707070707070707070707\"}",
        "\"terminal\":\"t-1\",\"supplement\":\"0707\"}",
        "\"terminal\":\"t-1\",\"supplement\":\"07070707070707070707070707070707\",\"staff\":\"a\"}",
        "\"supplement\":\"07070707070707070707070707070707\",\"staff\":\"a\",\"post\":\"b\"}",
    };
    char text[400];
    struct case_event ev, back;
    struct buf out;
    struct err e = {0};

    reach(CASE_RECEIVED);
    ev = alone(CASE_EVENT_SUPPLIED);
    buf_init(&out, CASE_BYTES_MAX);
    CHECK_INT(case_event_encode(&ev, &out), 0);
    CHECK(!strstr(buf_str(&out), "staff") && !strstr(buf_str(&out), "post"));
    memset(&back, 0, sizeof back);
    CHECK_INT(case_event_decode(out.data, out.len, &back, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_STR(back.terminal, ev.terminal);
    CHECK_MEM(back.supplement, ev.supplement, sizeof ev.supplement);
    CHECK(case_event_alone(&back) && !back.staff[0]);
    buf_finish(&out);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(text, sizeof text,
                 "{\"v\":1,\"number\":\"" NUMBER "\",\"seq\":3,\"event\":\"supplied\",\"at\":1,\"entered\":1,%s", bad[i]);
        CHECK(case_event_decode(text, strlen(text), &back, NULL) < 0);
    }
}

TEST(bytes_that_are_none)
{
    static const char *const bad[] = {
        "{}",
        "{\"v\":2,\"number\":\"" NUMBER
        "\",\"seq\":1,\"event\":\"accept\",\"at\":1,\"entered\":1,\"staff\":\"a\",\"post\":\"b\"}",
        "{\"v\":1,\"number\":\"1103003260105000278\",\"seq\":1,\"event\":\"accept\",\"at\":1,\"entered\":1,\"staff\":\"a\","
        "\"post\":\"b\"}",
        "{\"v\":1,\"number\":\"" NUMBER
        "\",\"seq\":1,\"event\":\"sing\",\"at\":1,\"entered\":1,\"staff\":\"a\",\"post\":\"b\"}",
        "{\"v\":1,\"number\":\"" NUMBER "\",\"seq\":1,\"event\":\"accept\",\"at\":1,\"entered\":1,\"post\":\"b\"}",
        "{\"v\":1,\"number\":\"" NUMBER
        "\",\"seq\":1,\"event\":\"accept\",\"at\":1,\"entered\":1,\"staff\":\"a\",\"post\":\"b\",\"more\":1}",
        "{\"v\":1,\"number\":\"" NUMBER
        "\",\"seq\":1,\"event\":\"receive\",\"at\":1,\"entered\":1,\"staff\":\"a\",\"post\":\"b\"}",
    };
    struct case_event ev;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(case_event_decode(bad[i], strlen(bad[i]), &ev, NULL) < 0);
}

TEST(a_chain_of_its_own)
{
    uint8_t one[SHA256_LEN], other[SHA256_LEN], more[SHA256_LEN];
    case_chain_begin(NUMBER, one);
    case_chain_begin("1103003260105000287", other);
    CHECK(memcmp(one, other, sizeof one) != 0);
    memcpy(more, one, sizeof more);
    case_chain_next("a", 1, one);
    case_chain_next("b", 1, more);
    CHECK(memcmp(one, more, sizeof one) != 0);
    case_chain_next("a", 1, other);
    CHECK(memcmp(one, other, sizeof one) != 0);
}

TEST_MAIN(T(from_end_to_end), T(what_each_stage_allows), T(why_not), T(a_supplement_is_asked_for_once),
          T(a_procedure_stops_all_else), T(somebody_always_answers_for_it), T(what_an_event_must_say), T(times),
          T(a_clock_far_ahead), T(two_at_once), T(what_the_law_does), T(an_end_to_hand_overs), T(bytes),
          T(the_applicant_alone), T(a_terminal_does_nothing_else), T(bytes_of_what_came_at_a_terminal),
          T(bytes_that_are_none), T(a_chain_of_its_own))
