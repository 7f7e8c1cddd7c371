/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_progress.h.
 */
#include "tools/hall/rules/case_progress.h"

#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/deadline_words.h"

static const enum my_case_stage stages[CASE_STAGES] = {
    [CASE_NEW] = MY_CASE_NEW,         [CASE_RECEIVED] = MY_CASE_RECEIVED,   [CASE_ASKED] = MY_CASE_ASKED,
    [CASE_REFUSED] = MY_CASE_REFUSED, [CASE_ACCEPTED] = MY_CASE_ACCEPTED,   [CASE_EXAMINED] = MY_CASE_EXAMINED,
    [CASE_DECIDED] = MY_CASE_DECIDED, [CASE_DELIVERED] = MY_CASE_DELIVERED, [CASE_WITHDRAWN] = MY_CASE_WITHDRAWN,
};

void case_progress_add(struct case_progress *p, const struct case_event *ev)
{
    struct date day = date_of_ms(ev->at);

    switch (ev->kind) {
    case CASE_EVENT_SUPPLEMENT:
        p->asked = day;
        text_copy(p->missing, sizeof p->missing, ev->words);
        break;
    case CASE_EVENT_SUPPLIED:
        p->supplied = day;
        break;
    case CASE_EVENT_REFUSE:
    case CASE_EVENT_DECIDE:
    case CASE_EVENT_DECIDE_TACIT:
        text_copy(p->words, sizeof p->words, ev->words);
        break;
    case CASE_EVENT_DELIVER:
        p->delivered = day;
        break;
    case CASE_EVENT_RECEIVE: /* what the stage says is enough */
    case CASE_EVENT_ACCEPT:
    case CASE_EVENT_ACCEPT_TACIT:
    case CASE_EVENT_STOP:
    case CASE_EVENT_RESUME:
    case CASE_EVENT_EXAMINE:
    case CASE_EVENT_WITHDRAW:
    case CASE_EVENT_HAND_OVER:
    case CASE_EVENTS:
        break;
    }
}

/* --- steps --- */

struct telling {
    const struct case_state *state;
    const struct deadlines *deadlines;
    struct date today;
    enum language language;
    struct my_case *out;
};

static struct my_case_step *put(struct telling *t, enum my_case_step_kind kind, struct date done)
{
    struct my_case_step *step = &t->out->steps[t->out->n_steps++];

    *step = (struct my_case_step){.kind = kind, .done = case_day(done), .day = done};
    return step;
}

static const struct deadline *deadline_of(const struct telling *t, enum deadline_kind kind)
{
    for (int i = 0; i < t->deadlines->n; i++)
        if (t->deadlines->list[i].kind == kind && t->deadlines->list[i].limit.day >= 0)
            return &t->deadlines->list[i];
    return NULL;
}

/* By when, and why then; the first of the two limits that is known. */
static void put_due(struct telling *t, struct my_case_step *step, enum deadline_kind first, enum deadline_kind second)
{
    const struct deadline *d = deadline_of(t, first);
    char words[DEADLINE_WORDS_MAX];

    if (!d)
        d = deadline_of(t, second);
    if (!d)
        return;
    step->day = d->due;
    step->provisional = d->provisional != 0;
    deadline_sentence(d, t->today, t->language, words);
    if (strlen(words) < sizeof step->why)
        text_copy(step->why, sizeof step->why, words);
}

/* The last special procedure, or the one that runs. */
static void put_stop(struct telling *t)
{
    const struct case_state *s = t->state;

    if (s->n_stops == 0)
        return;
    const struct case_stop *stop = &s->stops[s->n_stops - 1];
    struct my_case_step *step = put(t, MY_STEP_STOPPED, stop->to);
    if (!step->done)
        put_due(t, step, DEADLINE_PROCEDURE, DEADLINE_PROCEDURE);
    text_copy(step->why, sizeof step->why, deadline_procedure(stop->procedure, t->language));
}

static void put_steps(struct telling *t, const struct case_progress *p)
{
    const struct case_state *s = t->state;
    bool open = case_stage_open(s->stage) && !case_day(s->decided); /* somebody still owes a decision */
    bool asked = s->stage == CASE_ASKED;
    struct my_case_step *step;

    put(t, MY_STEP_HANDED_IN, s->applied);
    if (case_day(p->asked))
        put(t, MY_STEP_ASKED, p->asked);
    if (case_day(p->supplied) || asked)
        put(t, MY_STEP_SUPPLIED, p->supplied);
    if (case_day(s->accepted) || open) {
        step = put(t, MY_STEP_ACCEPT, s->accepted);
        if (!step->done && !asked)
            put_due(t, step, DEADLINE_ACCEPT_STEP, DEADLINE_ACCEPT);
    }
    put_stop(t);
    if (case_day(s->examined) || (open && s->limits.examine.step[0])) {
        step = put(t, MY_STEP_EXAMINE, s->examined);
        if (!step->done && case_day(s->accepted))
            put_due(t, step, DEADLINE_EXAMINE_STEP, DEADLINE_EXAMINE_STEP);
    }
    if (case_day(s->decided) || open) {
        step = put(t, MY_STEP_DECIDE, s->decided);
        if (!step->done && case_day(s->accepted))
            put_due(t, step, DEADLINE_PROMISE, DEADLINE_STATUTORY);
    }
    if (case_day(s->decided))
        put(t, MY_STEP_DELIVER, p->delivered);
}

void case_progress_tell(const struct case_progress *p, const struct case_state *state,
                        const struct workday_calendar *calendar, struct date today, enum language l, struct my_case *ret)
{
    struct deadlines all;
    struct telling t = {.state = state, .deadlines = &all, .today = today, .language = l, .out = ret};

    deadline_fold(state, calendar, today, &all);
    ret->stage = stages[state->stage];
    ret->handed_in_ms = state->applied_ms;
    ret->n_steps = 0;
    put_steps(&t, p);
    if (state->stage == CASE_ASKED)
        text_copy(ret->missing, sizeof ret->missing, p->missing);
    text_copy(ret->words, sizeof ret->words, p->words);
    ret->decided = case_day(state->decided);
    ret->granted = state->result == CASE_GRANTED;
    ret->decided_on = state->decided;
}
