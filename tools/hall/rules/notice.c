/* SPDX-License-Identifier: Apache-2.0
 *
 * See notice.h.
 */
#include "tools/hall/rules/notice.h"

#include <stdio.h>

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)

static const struct {
    const char *word;
    enum notice_to to;
} kinds[] = {
#define NOTICE(name, word, to, words) [NOTICE_##name] = {word, NOTICE_TO_##to},
#include "tools/hall/rules/notice.def"
#undef NOTICE
};

const char *notice_word(enum notice_kind k)
{
    return k < NOTICES ? kinds[k].word : "";
}

enum notice_to notice_to(enum notice_kind k)
{
    return k < NOTICES ? kinds[k].to : NOTICE_TO_POST;
}

const char *notice_to_word(enum notice_to t)
{
    static const char *const words[] = {"applicant", "post", "supervisor", "feed"};
    return words[t];
}

static enum notice_kind kind_of(const struct case_event *ev)
{
    switch (ev->kind) {
    case CASE_EVENT_ACCEPT:
    case CASE_EVENT_ACCEPT_TACIT:
        return NOTICE_ACCEPTED;
    case CASE_EVENT_SUPPLEMENT:
        return NOTICE_SUPPLEMENT;
    case CASE_EVENT_SUPPLIED:
        return NOTICE_SUPPLIED;
    case CASE_EVENT_REFUSE:
        return NOTICE_REFUSED;
    case CASE_EVENT_DECIDE:
    case CASE_EVENT_DECIDE_TACIT:
        return ev->result == CASE_GRANTED ? NOTICE_GRANTED : NOTICE_DENIED;
    case CASE_EVENT_HAND_OVER:
        return NOTICE_HANDED_OVER;
    case CASE_EVENT_RECEIVE:
    case CASE_EVENT_STOP:
    case CASE_EVENT_RESUME:
    case CASE_EVENT_EXAMINE:
    case CASE_EVENT_DELIVER:
    case CASE_EVENT_WITHDRAW:
    case CASE_EVENTS:
        break;
    }
    return NOTICES;
}

enum notice_kind notice_of_event(const struct case_event *ev, char about[NOTICE_ABOUT_MAX + 1])
{
    snprintf(about, NOTICE_ABOUT_MAX + 1, "event %lld", (long long)ev->seq);
    return kind_of(ev);
}

enum notice_kind notice_of_complaint(enum complaint_event_kind k)
{
    switch (k) {
    case COMPLAINT_EVENT_ASSIGN:
        return NOTICE_SPOKEN_ASSIGNED;
    case COMPLAINT_EVENT_ANSWER:
        return NOTICE_SPOKEN_ANSWERED;
    case COMPLAINT_EVENT_REFUSE:
        return NOTICE_SPOKEN_REFUSED;
    case COMPLAINT_EVENT_CLOSE:
    case COMPLAINT_EVENTS:
        break;
    }
    return NOTICES;
}

/* The last working day before the last day has come. */
static bool is_eve(const struct deadline *d, const struct workday_calendar *calendar, struct date today)
{
    struct date eve = d->due;

    do
        eve = date_of_days(date_to_days(eve) - 1);
    while (!workday_is(calendar, eve) && date_compare(eve, d->from) > 0);
    return date_compare(today, eve) >= 0;
}

enum notice_kind notice_of_limit(const struct deadline *d, const struct workday_calendar *calendar, struct date today,
                                 char about[NOTICE_ABOUT_MAX + 1])
{
    char day[DATE_LEN + 1];

    *about = 0;
    if (case_day(d->done) || !case_day(d->due))
        return NOTICES;
    bool late = deadline_is_late(d, today);
    date_format(d->due, day);
    snprintf(about, NOTICE_ABOUT_MAX + 1, "%s %s%s", deadline_word(d->kind), day, late ? " over" : "");
    return late ? NOTICE_OVERDUE : is_eve(d, calendar, today) ? NOTICE_DUE_TOMORROW : NOTICES;
}

int64_t notice_next(int tries, int64_t now_ms)
{
    int64_t wait = tries < 7 ? MINUTE_MS << (tries > 0 ? tries - 1 : 0) : HOUR_MS;

    return tries >= NOTICE_TRIES_MAX ? -1 : now_ms + wait;
}
