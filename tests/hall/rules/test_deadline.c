/* SPDX-License-Identifier: Apache-2.0
 *
 * The days of cases, by the calendar of 2025 and 2026 that the sample catalogue carries: single ones here, with the sentence
 * that explains them. With HISTORIES=N [SEED=S] so many random cases are written to stdout, with the days that came out:
 * deadline.sh has another program count them again.
 */
#include "test.h"

#include "base/text.h"
#include "catalog/catalog_test.h"
#include "tools/hall/rules/card.h"
#include "tools/hall/rules/deadline_words.h"

#define MS_DAY INT64_C(86400000)

static struct case_state s;
static struct deadlines all;

static int64_t at(int year, int month, int day)
{
    return (date_to_days((struct date){year, month, day}) * 24 + 2) * 3600000; /* ten in the morning */
}

static void happens(enum case_event_kind kind, int64_t when)
{
    struct case_event ev;
    case_event_init(&ev, kind);
    ev.at = when;
    if (kind == CASE_EVENT_RECEIVE) {
        ev.applied = when;
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
    case_apply(&s, &ev);
}

static void begin(int64_t when)
{
    memset(&s, 0, sizeof s);
    happens(CASE_EVENT_RECEIVE, when);
}

static const struct deadline *find(enum deadline_kind kind, struct date today)
{
    deadline_fold(&s, catalog_calendar(sample_open()), today, &all);
    for (int i = 0; i < all.n; i++)
        if (all.list[i].kind == kind)
            return &all.list[i];
    return NULL;
}

static const char *due(enum deadline_kind kind)
{
    static char text[DATE_LEN + 1];
    const struct deadline *d = find(kind, (struct date){2026, 1, 5});
    if (!d)
        return "none";
    if (d->limit.day < 0)
        return "unknown";
    date_format(d->due, text);
    return text;
}

static const char *words(enum deadline_kind kind, struct date today, enum language l)
{
    static char out[DEADLINE_WORDS_MAX];
    const struct deadline *d = find(kind, today);
    return d ? deadline_sentence(d, today, l, out) : "none";
}

TEST(the_first_day_does_not_count)
{
    begin(at(2026, 1, 5)); /* a Monday */
    CHECK_STR(due(DEADLINE_ACCEPT), "2026-01-12");
    CHECK_STR(due(DEADLINE_ACCEPT_STEP), "2026-01-07");
    CHECK_STR(due(DEADLINE_PROMISE), "none"); /* not accepted yet */
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 5));
    CHECK_STR(due(DEADLINE_PROMISE), "2026-02-02");
    CHECK_STR(due(DEADLINE_EXAMINE_STEP), "2026-01-19");
    CHECK_STR(due(DEADLINE_STATUTORY), "2026-03-06");
    CHECK_STR(due(DEADLINE_DECIDE_STEP), "none");
    happens(CASE_EVENT_EXAMINE, at(2026, 1, 6));
    CHECK_STR(due(DEADLINE_DECIDE_STEP), "2026-01-13");
}

/* The last day is usable to its end. */
TEST(the_last_day)
{
    const struct deadline *d;
    begin(at(2026, 1, 5));
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 12) + 14 * 3600000 - 1); /* a millisecond before midnight */
    d = find(DEADLINE_ACCEPT, (struct date){2026, 2, 1});
    CHECK(!deadline_is_late(d, (struct date){2026, 2, 1}));
    begin(at(2026, 1, 5));
    d = find(DEADLINE_ACCEPT, (struct date){2026, 1, 12});
    CHECK(!deadline_is_late(d, (struct date){2026, 1, 12}));
    CHECK(deadline_is_late(d, (struct date){2026, 1, 13}));
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 12) + 14 * 3600000);
    d = find(DEADLINE_ACCEPT, (struct date){2026, 2, 1});
    CHECK(deadline_is_late(d, (struct date){2026, 2, 1}));
}

TEST(stopped_time_does_not_count)
{
    begin(at(2026, 1, 5));
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 5));
    happens(CASE_EVENT_STOP, at(2026, 1, 12));
    happens(CASE_EVENT_RESUME, at(2026, 1, 15));
    CHECK_STR(due(DEADLINE_PROMISE), "2026-02-05");
    CHECK_STR(words(DEADLINE_PROMISE, (struct date){2026, 1, 20}, LANGUAGE_ZH_CN),
              "自2026年1月5日起20个工作日，其间因现场勘察停3个工作日，故2月5日前");
    CHECK_STR(words(DEADLINE_PROMISE, (struct date){2026, 1, 20}, LANGUAGE_EN),
              "20 working days from 5 January 2026, stopped 3 working days for on-site inspection, so by 5 February");
    CHECK_STR(due(DEADLINE_STATUTORY), "2026-03-09");
    CHECK_STR(words(DEADLINE_STATUTORY, (struct date){2026, 3, 10}, LANGUAGE_ZH_CN),
              "自2026年1月5日起60日，其间因现场勘察停3日，故3月9日前，已超期");
    CHECK_STR(due(DEADLINE_ACCEPT), "2026-01-12"); /* it was over before */
}

/* On the very last day, over a weekend and on one day. */
TEST(stops_at_the_edges)
{
    begin(at(2026, 1, 5));
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 5));
    happens(CASE_EVENT_STOP, at(2026, 2, 2)); /* its last day was not usable to its end */
    happens(CASE_EVENT_RESUME, at(2026, 2, 4));
    CHECK_STR(due(DEADLINE_PROMISE), "2026-02-04");
    begin(at(2026, 1, 5));
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 5));
    happens(CASE_EVENT_STOP, at(2026, 1, 10)); /* a Saturday */
    happens(CASE_EVENT_RESUME, at(2026, 1, 11));
    CHECK_STR(due(DEADLINE_PROMISE), "2026-02-02");
    CHECK_INT(find(DEADLINE_PROMISE, (struct date){2026, 1, 5})->n_stops, 0);
    happens(CASE_EVENT_STOP, at(2026, 1, 14));
    happens(CASE_EVENT_RESUME, at(2026, 1, 14) + 1);
    CHECK_STR(due(DEADLINE_PROMISE), "2026-02-02");
}

/* A procedure stops the time as long as it runs, and for its own limit at most. */
TEST(a_stop_ends_by_itself)
{
    struct date today = {2026, 1, 20};
    begin(at(2026, 1, 5));
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 5));
    happens(CASE_EVENT_STOP, at(2026, 1, 12)); /* ten working days: to the 26th, 11 days that do not count */
    CHECK_STR(due(DEADLINE_PROMISE), "2026-02-24");
    CHECK_STR(due(DEADLINE_PROCEDURE), "2026-01-26");
    CHECK(find(DEADLINE_PROMISE, today)->open);
    CHECK_STR(words(DEADLINE_PROMISE, today, LANGUAGE_ZH_CN),
              "自2026年1月5日起20个工作日，其间因现场勘察停11个工作日（现仍停止，最迟到1月26日），故最迟2月24日前");
    today.day = 27;
    CHECK(!find(DEADLINE_PROMISE, today)->open);
    CHECK_STR(due(DEADLINE_PROMISE), "2026-02-24");
    happens(CASE_EVENT_RESUME, at(2026, 2, 10)); /* it was forgotten */
    CHECK_STR(due(DEADLINE_PROMISE), "2026-02-24");
    CHECK_STR(due(DEADLINE_PROCEDURE), "none");
    CHECK_STR(
        words(DEADLINE_PROMISE, today, LANGUAGE_EN),
        "20 working days from 5 January 2026, stopped 11 working days for on-site inspection (its own limit ended on 26"
        " January, and time counts again), so by 24 February");
}

TEST(a_supplement_begins_acceptance_anew)
{
    begin(at(2026, 1, 5));
    happens(CASE_EVENT_SUPPLEMENT, at(2026, 1, 7));
    CHECK_STR(due(DEADLINE_ACCEPT), "2026-01-12");
    CHECK(case_day(find(DEADLINE_ACCEPT, (struct date){2026, 1, 8})->done));
    happens(CASE_EVENT_SUPPLIED, at(2026, 1, 20));
    CHECK_STR(due(DEADLINE_ACCEPT), "2026-01-27");
    CHECK(!case_day(find(DEADLINE_ACCEPT, (struct date){2026, 1, 21})->done));
}

TEST(at_once)
{
    begin(at(2026, 1, 10)); /* a Saturday night at a terminal */
    s.limits.accept.day = 0;
    CHECK_STR(due(DEADLINE_ACCEPT_STEP), "2026-01-12");
    begin(at(2026, 1, 12));
    s.limits.accept.day = 0;
    CHECK_STR(due(DEADLINE_ACCEPT_STEP), "2026-01-12");
}

TEST(what_is_not_known_is_said)
{
    begin(at(2026, 1, 5));
    s.limits.statutory.day = -1;
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 5));
    CHECK_STR(due(DEADLINE_STATUTORY), "unknown");
    CHECK_STR(words(DEADLINE_STATUTORY, (struct date){2030, 1, 1}, LANGUAGE_ZH_CN), "事项没有写明期限，不推算日期");
    CHECK(!deadline_is_late(find(DEADLINE_STATUTORY, (struct date){2030, 1, 1}), (struct date){2030, 1, 1}));
    begin(at(2026, 12, 21));
    happens(CASE_EVENT_ACCEPT, at(2026, 12, 21));
    CHECK_INT(find(DEADLINE_PROMISE, (struct date){2026, 12, 22})->provisional, 2027);
    CHECK_STR(words(DEADLINE_PROMISE, (struct date){2026, 12, 22}, LANGUAGE_ZH_CN),
              "自2026年12月21日起20个工作日，故2027年1月19日前（2027年放假安排尚未公布，日期可能变动）");
    CHECK_INT(find(DEADLINE_ACCEPT_STEP, (struct date){2026, 12, 22})->provisional, 0);
}

static const char *judge(const struct workday_calendar *c, enum case_event_kind kind, int64_t when)
{
    struct case_event ev;
    case_event_init(&ev, kind);
    ev.at = when;
    return case_refusal_word(deadline_judge(&s, c, &ev));
}

TEST(the_law_in_silence)
{
    const struct workday_calendar *c = catalog_calendar(sample_open());
    begin(at(2026, 1, 5));
    CHECK_STR(judge(c, CASE_EVENT_ACCEPT_TACIT, at(2026, 1, 13)), "tacit-not");
    CHECK_STR(judge(c, CASE_EVENT_SUPPLEMENT, at(2026, 1, 13)), ""); /* late, but no law accepts it */
    s.limits.law_accepts = true;
    CHECK_STR(judge(c, CASE_EVENT_ACCEPT_TACIT, at(2026, 1, 12)), "tacit-not-due");
    CHECK_STR(judge(c, CASE_EVENT_SUPPLEMENT, at(2026, 1, 12)), "");
    CHECK_STR(judge(c, CASE_EVENT_SUPPLEMENT, at(2026, 1, 13)), "silence-counted");
    CHECK_STR(judge(c, CASE_EVENT_REFUSE, at(2026, 1, 13)), "silence-counted");
    CHECK_STR(judge(c, CASE_EVENT_WITHDRAW, at(2026, 1, 13)), "");
    CHECK_STR(judge(c, CASE_EVENT_ACCEPT_TACIT, at(2026, 1, 13)), "");
    CHECK_STR(judge(NULL, CASE_EVENT_ACCEPT_TACIT, at(2026, 1, 13)), "calendar-missing");
    happens(CASE_EVENT_ACCEPT_TACIT, at(2026, 1, 13));
    CHECK_STR(judge(c, CASE_EVENT_DECIDE_TACIT, at(2026, 6, 1)), "tacit-not");
    s.limits.law_decides = CASE_GRANTED;
    CHECK_STR(judge(c, CASE_EVENT_DECIDE_TACIT, at(2026, 3, 6)), "tacit-not-due");
    CHECK_STR(judge(c, CASE_EVENT_DECIDE, at(2026, 3, 6)), "");
    CHECK_STR(judge(c, CASE_EVENT_DECIDE, at(2026, 3, 7)), "silence-counted");
    CHECK_STR(judge(c, CASE_EVENT_STOP, at(2026, 3, 7)), "silence-counted");
    CHECK_STR(judge(c, CASE_EVENT_DECIDE_TACIT, at(2026, 3, 7)), "");
}

/* Who was asked for something in time has been answered. */
TEST(no_silence_while_the_applicant_is_asked)
{
    const struct workday_calendar *c = catalog_calendar(sample_open());
    begin(at(2026, 1, 5));
    s.limits.law_accepts = true;
    happens(CASE_EVENT_SUPPLEMENT, at(2026, 1, 6));
    CHECK_STR(judge(c, CASE_EVENT_REFUSE, at(2026, 3, 6)), "");
    happens(CASE_EVENT_SUPPLIED, at(2026, 3, 9));
    CHECK_STR(judge(c, CASE_EVENT_REFUSE, at(2026, 3, 16)), "");
    CHECK_STR(judge(c, CASE_EVENT_REFUSE, at(2026, 3, 17)), "silence-counted");
}

/* --- cards --- */

static const char *cards(struct date today)
{
    static char out[400];
    const struct workday_calendar *c = catalog_calendar(sample_open());
    struct card list[DEADLINES];
    deadline_fold(&s, c, today, &all);
    int n = card_list(&s, c, &all, today, list);
    out[0] = '\0';
    for (int i = 0; i < n; i++) {
        char day[DATE_LEN + 1];
        date_format(list[i].since, day);
        size_t len = strlen(out);
        snprintf(out + len, sizeof out - len, "%s %s %s %s; ", list[i].rule, card_level_word(list[i].level), day,
                 list[i].deadline->limit.post);
    }
    return out;
}

TEST(each_card_names_its_post)
{
    begin(at(2026, 1, 5));
    CHECK_STR(cards((struct date){2026, 1, 5}), "");
    CHECK_STR(cards((struct date){2026, 1, 6}), "accept-step-soon reminder 2026-01-06 受理岗; ");
    CHECK_STR(cards((struct date){2026, 1, 7}), "accept-step-soon reminder 2026-01-06 受理岗; ");
    CHECK_STR(cards((struct date){2026, 1, 9}),
              "accept-soon reminder 2026-01-09 受理岗; accept-step-late yellow 2026-01-08 受理岗; ");
    CHECK_STR(cards((struct date){2026, 1, 13}),
              "accept-late red 2026-01-13 受理岗; accept-step-late yellow 2026-01-08 受理岗; ");
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 13));
    CHECK_STR(cards((struct date){2026, 1, 13}), "");
    CHECK_STR(cards((struct date){2026, 2, 9}), /* a make-up Saturday comes on the 14th */
              "examine-step-late yellow 2026-01-28 审核岗; promise-soon reminder 2026-02-09 审核岗; ");
    s.limits.law_decides = CASE_GRANTED;
    CHECK_STR(
        cards((struct date){2026, 3, 10}),
        "examine-step-late yellow 2026-01-28 审核岗; promise-late yellow 2026-02-11 审核岗; tacit-soon tacit 2026-03-09"
        " 审核岗; ");
    CHECK_STR(cards((struct date){2026, 3, 17}),
              "examine-step-late yellow 2026-01-28 审核岗; promise-late yellow 2026-02-11 审核岗; statutory-late red"
              " 2026-03-17 审核岗; ");
}

TEST(the_first_card)
{
    const struct workday_calendar *c = catalog_calendar(sample_open());
    begin(at(2026, 1, 5));
    CHECK_INT(card_first(&s, c), date_to_days((struct date){2026, 1, 6}));
    happens(CASE_EVENT_ACCEPT, at(2026, 1, 6));
    CHECK_INT(card_first(&s, c), date_to_days((struct date){2026, 1, 19}));
    happens(CASE_EVENT_STOP, at(2026, 1, 7));
    CHECK_INT(card_first(&s, c), date_to_days((struct date){2026, 1, 20})); /* of the inspection itself */
    happens(CASE_EVENT_RESUME, at(2026, 1, 8));
    CHECK_INT(card_first(&s, c), date_to_days((struct date){2026, 1, 20}));
    happens(CASE_EVENT_WITHDRAW, at(2026, 1, 9));
    CHECK_INT(card_first(&s, c), 0);
    struct case_state untaken = deadline_untaken(at(2026, 1, 5));
    CHECK_INT(card_first(&untaken, c), date_to_days((struct date){2026, 1, 9}));
}

TEST(teardown)
{
    sample_close();
}

/* --- random histories, for another program --- */

static uint64_t random_;

static int below(int n) /* xorshift64* (Vigna 2016) */
{
    random_ ^= random_ >> 12;
    random_ ^= random_ << 25;
    random_ ^= random_ >> 27;
    return (int)((random_ * UINT64_C(2685821657736338717) >> 33) % (uint64_t)n);
}

static void tell(const char *what, int64_t when)
{
    char text[CLOCK_RFC3339_LEN + 1];
    clock_format_rfc3339(when, text);
    printf("%s %s;", what, text);
}

static int64_t later(int64_t when, int days)
{
    return when + below(days + 1) * MS_DAY + below(24 * 60) * 60000;
}

static struct case_limit any_limit(int most)
{
    bool known = below(12) != 0;
    return (struct case_limit){known ? below(most) : -1, below(3) ? DAY_WORKING : DAY_CALENDAR, "step", "post"};
}

static void tell_limit(const char *what, const struct case_limit *l)
{
    printf("%s %d%c;", what, l->day, l->unit == DAY_WORKING ? 'w' : 'c');
}

static int64_t random_stops(int64_t when)
{
    for (int n = below(4); n > 0; n--) {
        struct case_event ev;
        case_event_init(&ev, CASE_EVENT_STOP);
        ev.at = when = later(when, 12);
        ev.limit_day = 1 + below(30);
        ev.limit_unit = below(2) ? DAY_WORKING : DAY_CALENDAR;
        case_apply(&s, &ev);
        printf("limit %d%c;", ev.limit_day, ev.limit_unit == DAY_WORKING ? 'w' : 'c');
        tell("stop", when);
        if (n == 1 && below(4) == 0)
            break; /* it runs */
        when = later(when, 40);
        happens(CASE_EVENT_RESUME, when);
        tell("resume", when);
    }
    return when;
}

static void random_events(void)
{
    int64_t when = at(2025, 1, 1) + below(600) * MS_DAY + below(14 * 60) * 60000;
    memset(&s, 0, sizeof s);
    happens(CASE_EVENT_RECEIVE, when);
    s.limits.accept = any_limit(6);
    s.limits.examine = any_limit(15);
    s.limits.decide = any_limit(15);
    s.limits.promise = any_limit(40);
    s.limits.statutory = any_limit(90);
    tell_limit("accept-step", &s.limits.accept);
    tell_limit("examine-step", &s.limits.examine);
    tell_limit("decide-step", &s.limits.decide);
    tell_limit("promise", &s.limits.promise);
    tell_limit("statutory", &s.limits.statutory);
    s.limits.law_decides = below(3) ? CASE_RESULT_NONE : CASE_GRANTED;
    if (s.limits.law_decides == CASE_GRANTED)
        printf("silence 1w;");
    tell("receive", when);
    if (below(4) == 0) {
        happens(CASE_EVENT_SUPPLEMENT, when = later(when, 8));
        tell("supplement", when);
        if (below(5) == 0)
            return;
        happens(CASE_EVENT_SUPPLIED, when = later(when, 20));
        tell("supplied", when);
    }
    if (below(8) == 0)
        return;
    happens(CASE_EVENT_ACCEPT, when = later(when, 8));
    tell("accept", when);
    when = random_stops(when);
    if (s.stopped || below(5) == 0)
        return;
    happens(CASE_EVENT_EXAMINE, when = later(when, 15));
    tell("examine", when);
    if (below(3) == 0)
        when = random_stops(when);
    if (s.stopped || s.n_stops > CASE_STOPS_MAX - 4 || below(3) == 0)
        return;
    happens(CASE_EVENT_DECIDE, when = later(when, 15));
    tell("decide", when);
}

static void tell_cards(struct date today)
{
    const struct workday_calendar *c = catalog_calendar(sample_open());
    struct card list[DEADLINES];
    int n = card_list(&s, c, &all, today, list);
    char day[DATE_LEN + 1];
    for (int i = 0; i < n; i++) {
        date_format(list[i].since, day);
        printf(" %s %s %s;", list[i].rule, card_level_word(list[i].level), day);
    }
    int64_t first = card_first(&s, c);
    if (first)
        date_format(date_of_days(first), day);
    printf(" first %s;", first ? day : "never");
}

static void tell_deadlines(void)
{
    struct date today = date_of_days(date_to_days(date_of_ms(s.last)) + below(30));
    char day[DATE_LEN + 1], end[DATE_LEN + 1];
    date_format(today, day);
    printf("today %s |", day);
    deadline_fold(&s, catalog_calendar(sample_open()), today, &all);
    for (int i = 0; i < all.n; i++) {
        const struct deadline *d = &all.list[i];
        if (d->limit.day < 0) {
            printf(" %s unknown;", deadline_word(d->kind));
            continue;
        }
        date_format(d->due, end);
        printf(" %s %s", deadline_word(d->kind), end);
        for (int k = 0; k < d->n_stops; k++)
            printf(" %d%s", d->stops[k].days, d->stops[k].open ? "o" : d->stops[k].lapsed ? "l" : "");
        printf("%s;", deadline_is_late(d, today) ? " late" : "");
    }
    tell_cards(today);
    putchar('\n');
}

static void histories(long n, const char *seed)
{
    random_ = strtoull(seed, NULL, 10) * UINT64_C(0x9E3779B97F4A7C15) + 1;
    for (; n > 0; n--) {
        random_events();
        tell_deadlines();
    }
    sample_close();
    exit(0);
}

__attribute__((constructor)) static void asked_for_histories(void)
{
    const char *n = getenv("HISTORIES"), *seed = getenv("SEED");
    if (n)
        histories(atol(n), seed ? seed : "1");
}

TEST_MAIN(T(the_first_day_does_not_count), T(the_last_day), T(stopped_time_does_not_count), T(stops_at_the_edges),
          T(a_stop_ends_by_itself), T(a_supplement_begins_acceptance_anew), T(at_once), T(what_is_not_known_is_said),
          T(the_law_in_silence), T(no_silence_while_the_applicant_is_asked), T(each_card_names_its_post), T(the_first_card),
          T(teardown))
