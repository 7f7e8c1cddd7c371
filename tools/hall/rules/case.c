/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases: what may happen next, and what it makes of them.
 */
#include "tools/hall/rules/case.h"

#include <string.h>

#include "base/text.h"
#include "model/identity.h"

enum { SAYS_WORDS = 1, SAYS_LAW = 2, SAYS_PROCEDURE = 4, SAYS_LIMIT = 8, SAYS_RESULT = 16, SAYS_TO = 32 };
#define IN(stage) (1u << CASE_##stage)
#define CASE_STAY CASE_STAGES

static const struct {
    const char *word;
    unsigned from, says;
    enum case_stage to;
} events[CASE_EVENTS] = {
#define CASE_EVENT(name, w, in, leads, must_say, what)                                                                      \
    [CASE_EVENT_##name] = {.word = w, .from = in, .says = must_say, .to = CASE_##leads},
#include "tools/hall/rules/case_event.def"
#undef CASE_EVENT
};
static const struct {
    const char *word;
    bool open;
} stages[CASE_STAGES] = {
#define CASE_STAGE(name, word, open) [CASE_##name] = {word, open},
#include "tools/hall/rules/case_stage.def"
#undef CASE_STAGE
};
static const char *const procedures[PROCEDURES] = {
#define CASE_PROCEDURE(word) [PROCEDURE_##word] = #word,
#include "tools/hall/rules/case_procedure.def"
#undef CASE_PROCEDURE
};
static const struct {
    const char *word, *what, *remedy;
} refusals[CASE_REFUSALS] = {
    [CASE_MAY] = {"", "", ""},
#define CASE_REFUSAL(name, word, what, remedy) [CASE_REFUSAL_##name] = {word, what, remedy},
#include "tools/hall/rules/case_refusal.def"
#undef CASE_REFUSAL
};
static const char *const results[CASE_RESULTS] = {"", "granted", "denied"};

/* --- words --- */

const char *case_stage_word(enum case_stage s)
{
    return stages[s].word;
}

bool case_stage_by_word(const char *word, enum case_stage *ret)
{
    for (enum case_stage s = 0; s < CASE_STAGES; s++) {
        if (strcmp(word, stages[s].word) == 0) {
            *ret = s;
            return true;
        }
    }
    return false;
}

bool case_stage_open(enum case_stage s)
{
    return stages[s].open;
}

const char *case_event_word(enum case_event_kind k)
{
    return events[k].word;
}

bool case_event_by_word(const char *word, enum case_event_kind *ret)
{
    for (enum case_event_kind k = 0; k < CASE_EVENTS; k++) {
        if (strcmp(word, events[k].word) == 0) {
            *ret = k;
            return true;
        }
    }
    return false;
}

const char *case_procedure_word(enum case_procedure p)
{
    return procedures[p];
}

bool case_procedure_by_word(const char *word, enum case_procedure *ret)
{
    for (enum case_procedure p = 0; p < PROCEDURES; p++) {
        if (strcmp(word, procedures[p]) == 0) {
            *ret = p;
            return true;
        }
    }
    return false;
}

const char *case_result_word(enum case_result r)
{
    return results[r];
}

bool case_result_by_word(const char *word, enum case_result *ret)
{
    for (enum case_result r = CASE_GRANTED; r < CASE_RESULTS; r++) {
        if (strcmp(word, results[r]) == 0) {
            *ret = r;
            return true;
        }
    }
    return false;
}

const char *case_refusal_word(enum case_refusal r)
{
    return refusals[r].word;
}

const char *case_refusal_what(enum case_refusal r)
{
    return refusals[r].what;
}

const char *case_refusal_remedy(enum case_refusal r)
{
    return refusals[r].remedy;
}

void case_event_init(struct case_event *ev, enum case_event_kind kind)
{
    *ev = (struct case_event){.kind = kind, .procedure = PROCEDURES};
}

bool case_event_alone(const struct case_event *ev)
{
    return ev->kind == CASE_EVENT_SUPPLIED && ev->terminal[0];
}

/* --- may it happen? --- */

/* Does the event say what one of its kind must? */
static enum case_refusal judge_words(const struct case_event *ev)
{
    unsigned says = events[ev->kind].says;
    bool alone = case_event_alone(ev);
    bool granted = ev->kind == CASE_EVENT_DECIDE && ev->result == CASE_GRANTED; /* no reasons owed (art. 38) */
    const char *const lines[] = {ev->staff, ev->post, ev->words, ev->law, ev->to_staff, ev->to_post};

    if (alone)
        says = 0; /* its words are sealed */
    if ((!alone && (!ev->staff[0] || !ev->post[0])) || ((says & SAYS_TO) && (!ev->to_staff[0] || !ev->to_post[0])))
        return CASE_REFUSAL_NO_STAFF;
    if ((says & SAYS_RESULT) && ev->result == CASE_RESULT_NONE)
        return CASE_REFUSAL_NO_RESULT;
    if ((says & SAYS_PROCEDURE) && ev->procedure == PROCEDURES)
        return CASE_REFUSAL_NO_PROCEDURE;
    if ((says & SAYS_LIMIT) && (ev->limit_day < 1 || ev->limit_day > CASE_DAYS_MAX))
        return CASE_REFUSAL_NO_LIMIT;
    if ((says & SAYS_LAW) && !ev->law[0])
        return CASE_REFUSAL_NO_LAW;
    if ((says & SAYS_WORDS) && !ev->words[0] && !granted)
        return CASE_REFUSAL_NO_WORDS;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i][0] && !text_is_plain_line(lines[i]))
            return CASE_REFUSAL_NOT_LINE;
        if (citizen_number_in(lines[i]))
            return CASE_REFUSAL_PERSONAL;
    }
    return CASE_MAY;
}

static enum case_refusal judge_time(const struct case_state *s, const struct case_event *ev, int64_t now)
{
    int64_t applied = ev->kind == CASE_EVENT_RECEIVE ? ev->applied : s->applied_ms;

    if (ev->at > now)
        return CASE_REFUSAL_FUTURE;
    if (ev->at < applied)
        return CASE_REFUSAL_BEFORE_APPLICATION;
    return ev->at < s->last ? CASE_REFUSAL_BEFORE_LAST : CASE_MAY;
}

bool case_clock_doubted(int64_t known, int64_t now)
{
    return known && now - known > CASE_DOUBT_MS;
}

enum case_refusal case_judge_clock(const struct case_state *s, int64_t heard, int64_t now)
{
    return case_clock_doubted(heard > s->last ? heard : s->last, now) ? CASE_REFUSAL_CLOCK : CASE_MAY;
}

/* The stage is not one of those the event is for: why. */
static enum case_refusal judge_stage(const struct case_state *s, const struct case_event *ev)
{
    if (events[ev->kind].from & (1u << s->stage))
        return CASE_MAY;
    if (s->stage == CASE_NEW)
        return CASE_REFUSAL_NOT_RECEIVED;
    if (ev->kind == CASE_EVENT_RECEIVE)
        return CASE_REFUSAL_RECEIVED_ALREADY;
    if (ev->kind == CASE_EVENT_SUPPLEMENT && s->stage == CASE_ASKED)
        return CASE_REFUSAL_SUPPLEMENT_TWICE;
    if (case_day(s->decided) && (case_stage_open(s->stage) || ev->kind == CASE_EVENT_DECIDE))
        return CASE_REFUSAL_DECIDED;
    return case_stage_open(s->stage) ? CASE_REFUSAL_STAGE : CASE_REFUSAL_OVER;
}

static enum case_refusal judge_stops(const struct case_state *s, const struct case_event *ev)
{
    if (ev->kind == CASE_EVENT_RESUME)
        return s->stopped ? CASE_MAY : CASE_REFUSAL_NOT_STOPPED;
    if (ev->kind == CASE_EVENT_STOP && s->stopped)
        return CASE_REFUSAL_STOPPED_ALREADY;
    if (ev->kind == CASE_EVENT_STOP && s->n_stops == CASE_STOPS_MAX)
        return CASE_REFUSAL_STOPS_FULL;
    bool beside = ev->kind == CASE_EVENT_HAND_OVER || ev->kind == CASE_EVENT_WITHDRAW;
    return s->stopped && !beside ? CASE_REFUSAL_STOPPED : CASE_MAY;
}

/* Who answers for it acts; whoever has to stand in for them (B岗) has it handed over first, with a reason. What the law does
 * nobody answers for. */
static enum case_refusal judge_person(const struct case_state *s, const struct case_event *ev)
{
    bool law = ev->kind == CASE_EVENT_ACCEPT_TACIT || ev->kind == CASE_EVENT_DECIDE_TACIT;

    if (ev->kind == CASE_EVENT_HAND_OVER)
        return strcmp(ev->to_staff, s->staff) == 0 && strcmp(ev->to_post, s->post) == 0 ? CASE_REFUSAL_SAME_PERSON
                                                                                        : CASE_MAY;
    if (law || ev->kind == CASE_EVENT_RECEIVE || case_event_alone(ev))
        return CASE_MAY;
    return strcmp(ev->staff, s->staff) == 0 && strcmp(ev->post, s->post) == 0 ? CASE_MAY : CASE_REFUSAL_NOT_RESPONSIBLE;
}

static enum case_refusal judge_law(const struct case_state *s, const struct case_event *ev)
{
    if (ev->kind == CASE_EVENT_SUPPLEMENT && s->asked)
        return CASE_REFUSAL_SUPPLEMENT_TWICE;
    if (ev->kind == CASE_EVENT_ACCEPT_TACIT && !s->limits.law_accepts)
        return CASE_REFUSAL_TACIT_NOT;
    if (ev->kind == CASE_EVENT_DECIDE_TACIT &&
        (s->limits.law_decides == CASE_RESULT_NONE || ev->result != s->limits.law_decides))
        return CASE_REFUSAL_TACIT_NOT;
    return CASE_MAY;
}

enum case_refusal case_judge(const struct case_state *s, const struct case_event *ev, int64_t now)
{
    enum case_refusal why = judge_words(ev);

    if (why == CASE_MAY && ev->seq && ev->seq != s->seq + 1)
        why = ev->kind == CASE_EVENT_DECIDE && case_day(s->decided) ? CASE_REFUSAL_DECIDED : CASE_REFUSAL_CHANGED;
    if (why == CASE_MAY)
        why = judge_stage(s, ev);
    if (why == CASE_MAY)
        why = judge_law(s, ev);
    if (why == CASE_MAY)
        why = judge_stops(s, ev);
    if (why == CASE_MAY)
        why = judge_person(s, ev);
    if (why == CASE_MAY)
        why = judge_time(s, ev, now);
    /* the last places are kept for what ends it: the eight that each come once, and a resumption */
    bool adds = ev->kind == CASE_EVENT_STOP || ev->kind == CASE_EVENT_HAND_OVER;
    if (why == CASE_MAY && adds && s->seq >= CASE_EVENTS_MAX - 10)
        why = CASE_REFUSAL_FULL;
    return why;
}

/* --- what it makes of it --- */

static void receive(struct case_state *s, const struct case_event *ev)
{
    s->applied_ms = ev->applied;
    s->applied = s->complete = date_of_ms(ev->applied);
    s->limits = ev->limits;
    text_copy(s->staff, sizeof s->staff, ev->staff);
    text_copy(s->post, sizeof s->post, ev->post);
}

static void stop(struct case_state *s, const struct case_event *ev)
{
    if (s->n_stops == CASE_STOPS_MAX) /* nothing that was judged comes here */
        return;
    s->stops[s->n_stops++] = (struct case_stop){
        .procedure = ev->procedure, .from = date_of_ms(ev->at), .limit_day = ev->limit_day, .limit_unit = ev->limit_unit};
    s->stopped = true;
}

static void resume(struct case_state *s, struct date day)
{
    if (s->stopped)
        s->stops[s->n_stops - 1].to = day;
    s->stopped = false;
}

static void decide(struct case_state *s, const struct case_event *ev, struct date day)
{
    s->decided = s->ended = day;
    s->result = ev->result;
    text_copy(s->decider, sizeof s->decider, ev->staff);
}

void case_apply(struct case_state *s, const struct case_event *ev)
{
    struct date day = date_of_ms(ev->at);

    switch (ev->kind) {
    case CASE_EVENT_RECEIVE:
        receive(s, ev);
        break;
    case CASE_EVENT_SUPPLEMENT:
        s->answered = day;
        s->asked = true;
        break;
    case CASE_EVENT_SUPPLIED:
        s->complete = day;
        s->answered = (struct date){0};
        break;
    case CASE_EVENT_ACCEPT:
        s->answered = s->accepted = day;
        break;
    case CASE_EVENT_ACCEPT_TACIT: /* from the day it was received, or what was asked for had come */
        s->accepted = s->complete;
        s->answered = day;
        break;
    case CASE_EVENT_REFUSE:
        s->answered = s->ended = day;
        break;
    case CASE_EVENT_STOP:
        stop(s, ev);
        break;
    case CASE_EVENT_RESUME:
        resume(s, day);
        break;
    case CASE_EVENT_EXAMINE:
        s->examined = day;
        break;
    case CASE_EVENT_DECIDE_TACIT:
        s->tacit = true;
        decide(s, ev, day);
        break;
    case CASE_EVENT_DECIDE:
        decide(s, ev, day);
        break;
    case CASE_EVENT_WITHDRAW:
        resume(s, day);
        s->ended = day;
        break;
    case CASE_EVENT_HAND_OVER:
        text_copy(s->staff, sizeof s->staff, ev->to_staff);
        text_copy(s->post, sizeof s->post, ev->to_post);
        break;
    case CASE_EVENT_DELIVER:
    case CASE_EVENTS:
        break;
    }
    if (events[ev->kind].to != CASE_STAY)
        s->stage = events[ev->kind].to;
    s->seq++;
    s->last = ev->at;
}
