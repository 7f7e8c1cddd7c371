/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting the days of a case.
 */
#include "tools/hall/rules/deadline.h"

#include <string.h>

#include "base/text.h"

static const char *const kinds[DEADLINES] = {
#define DEADLINE(name, word, title) [DEADLINE_##name] = word,
#include "tools/hall/rules/deadline.def"
#undef DEADLINE
};

const char *deadline_word(enum deadline_kind k)
{
    return kinds[k];
}

/* --- counting --- */

struct count { /* what a count goes by */
    const struct workday_calendar *calendar;
    struct deadline_stop stops[CASE_STOPS_MAX]; /* in order, not overlapping; `days` is counted */
    int years[CASE_STOPS_MAX];                  /* whose notice may move where a stop ends by its own limit */
    int n;
};

static struct date next_day(struct date d, int n)
{
    return date_of_days(date_to_days(d) + n);
}

static void note_year(int *year, int other)
{
    if (!*year)
        *year = other;
}

/* When a special procedure ends at the latest, and in fact. */
static void read_stop(struct count *c, const struct case_stop *stop, struct date today)
{
    struct deadline_stop *out = &c->stops[c->n];
    int year = 0;
    struct date last = workday_deadline(c->calendar, stop->from,
                                        (struct item_limit){.day = stop->limit_day, .unit = stop->limit_unit}, &year);
    struct date limit = next_day(last, 1);
    bool runs = !case_day(stop->to);

    *out = (struct deadline_stop){.procedure = stop->procedure, .from = stop->from, .until = stop->to};
    if (runs || date_compare(limit, stop->to) < 0) {
        out->until = limit;
        out->open = runs && date_compare(today, last) <= 0;
        out->lapsed = !out->open;
        c->years[c->n] = year;
    } else {
        c->years[c->n] = 0;
    }
    c->n++;
}

/* The stop in which that day does not count; NULL: it counts. What stops only after the limit was met moves nothing. */
static struct deadline_stop *stop_at(struct count *c, const struct deadline *of, struct date d)
{
    for (int i = 0; i < c->n; i++) {
        struct deadline_stop *stop = &c->stops[i];
        bool after = case_day(of->done) && date_compare(stop->from, of->done) >= 0;

        if (!after && date_compare(stop->from, d) <= 0 && date_compare(d, stop->until) < 0)
            return stop;
    }
    return NULL;
}

/* The last day of `d`, whose from and limit are set. */
static void count_days(struct count *c, struct deadline *d)
{
    bool working = d->limit.unit == DAY_WORKING;
    struct date day = d->from;
    int left = d->limit.day;

    for (int i = 0; i < c->n; i++)
        c->stops[i].days = 0;
    while (left > 0) {
        day = next_day(day, 1);
        struct deadline_stop *stop = stop_at(c, d, day);
        bool counts = !working || workday_is(c->calendar, day);

        if (working)
            note_year(&d->provisional, workday_may_move(c->calendar, day));
        if (counts && stop)
            stop->days++;
        else if (counts)
            left--;
    }
    /* a day off, or one on which it stands still, is not the last */
    if (!working || d->limit.day == 0)
        note_year(&d->provisional, workday_may_move(c->calendar, day));
    for (struct deadline_stop *stop; (stop = stop_at(c, d, day)) || !workday_is(c->calendar, day);) {
        if (stop)
            stop->days += !working || workday_is(c->calendar, day);
        day = next_day(day, 1);
        note_year(&d->provisional, workday_may_move(c->calendar, day));
    }
    d->due = day;
}

static void keep_stops(const struct count *c, struct deadline *d)
{
    for (int i = 0; i < c->n; i++) {
        if (c->stops[i].days == 0)
            continue;
        d->stops[d->n_stops++] = c->stops[i];
        d->open |= c->stops[i].open;
        note_year(&d->provisional, c->years[i]);
    }
}

/* --- which limits there are --- */

/* Who has the case now owes what runs over several steps. */
static const struct case_limit *step_of(const struct case_state *s)
{
    if (!case_day(s->accepted))
        return &s->limits.accept;
    return case_day(s->examined) || !s->limits.examine.step[0] ? &s->limits.decide : &s->limits.examine;
}

static const struct case_limit law_accept = {.day = ACCEPT_DAYS, .unit = DAY_WORKING};

/* *ret_from, *ret_done: without a year, it has not begun, is not done. NULL: the item has no such step. */
static const struct case_limit *window(const struct case_state *s, enum deadline_kind kind, struct date *ret_from,
                                       struct date *ret_done)
{
    const struct case_limits *l = &s->limits;
    bool examines = l->examine.step[0];

    *ret_from = s->accepted;
    *ret_done = s->ended;
    switch (kind) {
    case DEADLINE_ACCEPT:
    case DEADLINE_ACCEPT_STEP:
        *ret_from = s->complete;
        *ret_done = case_day(s->answered) ? s->answered : s->ended;
        return kind == DEADLINE_ACCEPT ? &law_accept : l->accept.step[0] ? &l->accept : NULL;
    case DEADLINE_EXAMINE_STEP:
        if (case_day(s->examined))
            *ret_done = s->examined;
        return examines ? &l->examine : NULL;
    case DEADLINE_DECIDE_STEP:
        if (examines)
            *ret_from = s->examined;
        return l->decide.step[0] ? &l->decide : NULL;
    case DEADLINE_PROMISE:
        return &l->promise;
    case DEADLINE_STATUTORY:
        return &l->statutory;
    case DEADLINE_PROCEDURE: /* of its own */
    case DEADLINES:
        break;
    }
    return NULL;
}

static void add(struct deadlines *out, const struct case_state *s, enum deadline_kind kind, struct count *c)
{
    struct deadline d = {.kind = kind};
    const struct case_limit *limit = window(s, kind, &d.from, &d.done);

    if (!limit || !case_day(d.from))
        return;
    d.limit = *limit;
    if (!d.limit.step[0]) {
        const struct case_limit *step = kind == DEADLINE_ACCEPT ? &s->limits.accept : step_of(s);
        memcpy(d.limit.step, step->step, sizeof d.limit.step);
        memcpy(d.limit.post, step->post, sizeof d.limit.post);
    }
    if (d.limit.day >= 0) {
        count_days(c, &d);
        keep_stops(c, &d);
    }
    out->list[out->n++] = d;
}

/* The special procedure that runs has a limit too. */
static void add_procedure(struct deadlines *out, const struct case_state *s, const struct count *c)
{
    if (!s->stopped)
        return;
    const struct case_stop *stop = &s->stops[s->n_stops - 1];
    struct deadline *d = &out->list[out->n++];

    *d = (struct deadline){.kind = DEADLINE_PROCEDURE, .from = stop->from, .limit = *step_of(s)};
    d->limit.day = stop->limit_day;
    d->limit.unit = stop->limit_unit;
    d->due = next_day(c->stops[c->n - 1].until, -1);
    d->provisional = c->years[c->n - 1];
}

void deadline_fold(const struct case_state *s, const struct workday_calendar *calendar, struct date today,
                   struct deadlines *ret)
{
    struct count c = {.calendar = calendar};

    for (int i = 0; i < s->n_stops; i++)
        read_stop(&c, &s->stops[i], today);
    ret->n = 0;
    for (enum deadline_kind k = 0; k < DEADLINES; k++)
        add(ret, s, k, &c);
    add_procedure(ret, s, &c);
}

struct case_state deadline_untaken(int64_t applied)
{
    const struct case_limit unknown = {.day = -1};
    struct case_state s = {.stage = CASE_NEW, .applied_ms = applied, .applied = date_of_ms(applied)};

    s.complete = s.applied;
    s.limits = (struct case_limits){
        .accept = unknown, .examine = unknown, .decide = unknown, .promise = unknown, .statutory = unknown};
    return s;
}

bool deadline_is_late(const struct deadline *d, struct date today)
{
    return d->limit.day >= 0 && date_compare(case_day(d->done) ? d->done : today, d->due) > 0;
}

/* May the law's own event happen on that day? */
static enum case_refusal judge_tacit(const struct case_state *s, const struct workday_calendar *calendar, struct date today,
                                     enum deadline_kind by)
{
    bool law = by == DEADLINE_ACCEPT ? s->limits.law_accepts : s->limits.law_decides != CASE_RESULT_NONE;
    struct deadlines all;

    deadline_fold(s, calendar, today, &all);
    for (int i = 0; law && i < all.n; i++) {
        const struct deadline *d = &all.list[i];

        if (d->kind == by && d->limit.day >= 0 && !case_day(d->done) && date_compare(today, d->due) > 0)
            return d->provisional ? CASE_REFUSAL_CALENDAR : CASE_MAY;
    }
    return law ? CASE_REFUSAL_TACIT_NOT_DUE : CASE_REFUSAL_TACIT_NOT;
}

enum case_refusal deadline_judge(const struct case_state *s, const struct workday_calendar *calendar,
                                 const struct case_event *ev)
{
    struct date today = date_of_ms(ev->at);
    enum deadline_kind by = s->stage == CASE_RECEIVED || s->stage == CASE_ASKED ? DEADLINE_ACCEPT : DEADLINE_STATUTORY;

    switch (ev->kind) {
    case CASE_EVENT_ACCEPT_TACIT:
    case CASE_EVENT_DECIDE_TACIT:
        return judge_tacit(s, calendar, today, by);
    case CASE_EVENT_SUPPLEMENT:
    case CASE_EVENT_REFUSE:
    case CASE_EVENT_EXAMINE:
    case CASE_EVENT_STOP:
    case CASE_EVENT_DECIDE:
        return judge_tacit(s, calendar, today, by) == CASE_MAY ? CASE_REFUSAL_SILENCE_COUNTED : CASE_MAY;
    case CASE_EVENT_RECEIVE:
    case CASE_EVENT_SUPPLIED:
    case CASE_EVENT_ACCEPT:
    case CASE_EVENT_RESUME:
    case CASE_EVENT_DELIVER:
    case CASE_EVENT_WITHDRAW:
    case CASE_EVENT_HAND_OVER:
    case CASE_EVENTS:
        break;
    }
    return CASE_MAY;
}
