/* SPDX-License-Identifier: Apache-2.0
 *
 * See complaint.h.
 */
#include "tools/hall/rules/complaint.h"

#include <string.h>

#include "base/text.h"
#include "model/identity.h"

#define IN(stage) (1u << COMPLAINT_##stage)
#define IS(role) (1u << ROLE_##role)
enum { SAYS_TO = 1, SAYS_WORDS = 2, SAYS_WHY = 4 };

static const struct {
    const char *word;
    bool open;
} stages[COMPLAINT_STAGES] = {
#define COMPLAINT_STAGE(name, word, open) [COMPLAINT_##name] = {word, open},
#include "tools/hall/rules/complaint_stage.def"
#undef COMPLAINT_STAGE
};
static const struct {
    const char *word;
    unsigned from;
    enum complaint_stage to;
    unsigned says, roles;
} events[COMPLAINT_EVENTS] = {
#define COMPLAINT_EVENT(name, word, from, to, says, roles)                                                                  \
    [COMPLAINT_EVENT_##name] = {word, from, COMPLAINT_##to, says, roles},
#include "tools/hall/rules/complaint_event.def"
#undef COMPLAINT_EVENT
};
static const char *const whys[COMPLAINT_WHYS] = {
    [COMPLAINT_WHY_NONE] = "",
#define COMPLAINT_WHY(name, word) [COMPLAINT_WHY_##name] = word,
#include "tools/hall/rules/complaint_why.def"
#undef COMPLAINT_WHY
};
static const struct {
    const char *word, *what, *remedy;
} refusals[COMPLAINT_REFUSALS] = {
    [COMPLAINT_MAY] = {"", "", ""},
#define COMPLAINT_REFUSAL(name, word, what, remedy) [COMPLAINT_REFUSAL_##name] = {word, what, remedy},
#include "tools/hall/rules/complaint_refusal.def"
#undef COMPLAINT_REFUSAL
};

/* --- words --- */

const char *complaint_stage_word(enum complaint_stage s)
{
    return (unsigned)s < COMPLAINT_STAGES ? stages[s].word : "";
}

bool complaint_stage_by_word(const char *word, enum complaint_stage *ret)
{
    for (int i = 0; i < COMPLAINT_STAGES; i++) {
        if (strcmp(word, stages[i].word) == 0) {
            *ret = (enum complaint_stage)i;
            return true;
        }
    }
    return false;
}

bool complaint_stage_open(enum complaint_stage s)
{
    return (unsigned)s < COMPLAINT_STAGES && stages[s].open;
}

const char *complaint_event_word(enum complaint_event_kind k)
{
    return (unsigned)k < COMPLAINT_EVENTS ? events[k].word : "";
}

bool complaint_event_by_word(const char *word, enum complaint_event_kind *ret)
{
    for (int i = 0; i < COMPLAINT_EVENTS; i++) {
        if (strcmp(word, events[i].word) == 0) {
            *ret = (enum complaint_event_kind)i;
            return true;
        }
    }
    return false;
}

const char *complaint_why_word(enum complaint_why w)
{
    return (unsigned)w < COMPLAINT_WHYS ? whys[w] : "";
}

bool complaint_why_by_word(const char *word, enum complaint_why *ret)
{
    for (int i = COMPLAINT_WHY_NONE + 1; i < COMPLAINT_WHYS; i++) {
        if (strcmp(word, whys[i]) == 0) {
            *ret = (enum complaint_why)i;
            return true;
        }
    }
    return false;
}

const char *complaint_refusal_word(enum complaint_refusal r)
{
    return refusals[r].word;
}

const char *complaint_refusal_what(enum complaint_refusal r)
{
    return refusals[r].what;
}

const char *complaint_refusal_remedy(enum complaint_refusal r)
{
    return refusals[r].remedy;
}

/* --- what may happen --- */

static enum complaint_refusal judge_words(const struct complaint_event *ev)
{
    unsigned says = events[ev->kind].says;

    if (!ev->staff[0] || !ev->post[0] || ((says & SAYS_TO) && (!ev->to_staff[0] || !ev->to_post[0])))
        return COMPLAINT_REFUSAL_NO_STAFF;
    if ((says & SAYS_WORDS) && !ev->words[0])
        return COMPLAINT_REFUSAL_NO_WORDS;
    if ((says & SAYS_WHY) && ev->why == COMPLAINT_WHY_NONE)
        return COMPLAINT_REFUSAL_NO_WHY;
    const char *const lines[] = {ev->staff, ev->post, ev->to_staff, ev->to_post, ev->words};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i][0] && !text_is_plain_line(lines[i]))
            return COMPLAINT_REFUSAL_NOT_LINE;
        if (citizen_number_in(lines[i]))
            return COMPLAINT_REFUSAL_PERSONAL;
    }
    return COMPLAINT_MAY;
}

enum complaint_refusal complaint_judge(const struct complaint_state *s, const struct complaint_event *ev, bool read)
{
    if (!(events[ev->kind].from >> s->stage & 1))
        return COMPLAINT_REFUSAL_STAGE;
    enum complaint_refusal r = judge_words(ev);
    if (r != COMPLAINT_MAY)
        return r;
    if (ev->kind == COMPLAINT_EVENT_ANSWER && (strcmp(s->staff, ev->staff) != 0 || strcmp(s->post, ev->post) != 0))
        return COMPLAINT_REFUSAL_NOT_RESPONSIBLE;
    if ((ev->kind == COMPLAINT_EVENT_ANSWER || ev->kind == COMPLAINT_EVENT_REFUSE) && !read)
        return COMPLAINT_REFUSAL_UNREAD;
    return COMPLAINT_MAY;
}

void complaint_apply(struct complaint_state *s, const struct complaint_event *ev)
{
    s->stage = events[ev->kind].to;
    s->seq = ev->seq;
    s->last = ev->at;
    if (ev->kind == COMPLAINT_EVENT_ASSIGN) {
        text_copy(s->staff, sizeof s->staff, ev->to_staff);
        text_copy(s->post, sizeof s->post, ev->to_post);
    }
    if (ev->kind != COMPLAINT_EVENT_ANSWER && ev->kind != COMPLAINT_EVENT_REFUSE)
        return;
    if (!s->staff[0]) { /* refused before anybody had it */
        text_copy(s->staff, sizeof s->staff, ev->staff);
        text_copy(s->post, sizeof s->post, ev->post);
    }
    s->refused = ev->kind == COMPLAINT_EVENT_REFUSE;
    s->why = ev->why;
    s->answered = date_of_ms(ev->at);
    text_copy(s->words, sizeof s->words, ev->words);
}

/* --- who --- */

bool complaint_role_reads(enum role r, enum speak_kind kind)
{
    return r == ROLE_DEPARTMENT || r == ROLE_SUPERVISOR || (r == ROLE_WINDOW && kind != SPEAK_REPORT);
}

bool complaint_role_may(enum role r, enum complaint_event_kind k, enum speak_kind kind)
{
    return (events[k].roles >> r & 1) && complaint_role_reads(r, kind);
}

/* --- until when --- */

struct date complaint_due(enum speak_kind kind, int64_t said_ms, const struct workday_calendar *calendar, int *ret_year)
{
    return workday_deadline(calendar, date_of_ms(said_ms), speak_limit(kind), ret_year);
}

bool complaint_is_late(const struct complaint_state *s, struct date due, struct date today)
{
    return complaint_stage_open(s->stage) && date_compare(today, due) > 0;
}
