/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of what somebody said at a terminal (model/speak.h): received → assigned → answered, or refused, for it is
 * not this office's; then closed. complaint_judge() says whether something may happen now, complaint_apply() what it makes
 * of it. Until when an answer is owed follows from its kind (model/speak.def), in working days. Pure: no clock, no database.
 */
#ifndef HALL_RULES_COMPLAINT_H
#define HALL_RULES_COMPLAINT_H

#include "catalog/workday.h"
#include "model/speak.h"
#include "tools/hall/rules/account.h"

#define COMPLAINT_WORDS_MAX 600 /* bytes, one line: what the person reads */

enum complaint_stage {
#define COMPLAINT_STAGE(name, word, open) COMPLAINT_##name,
#include "tools/hall/rules/complaint_stage.def"
#undef COMPLAINT_STAGE
    COMPLAINT_STAGES
};
enum complaint_event_kind {
#define COMPLAINT_EVENT(name, word, from, to, says, roles) COMPLAINT_EVENT_##name,
#include "tools/hall/rules/complaint_event.def"
#undef COMPLAINT_EVENT
    COMPLAINT_EVENTS
};
enum complaint_why {
    COMPLAINT_WHY_NONE,
#define COMPLAINT_WHY(name, word) COMPLAINT_WHY_##name,
#include "tools/hall/rules/complaint_why.def"
#undef COMPLAINT_WHY
    COMPLAINT_WHYS
};
enum complaint_refusal {
    COMPLAINT_MAY,
#define COMPLAINT_REFUSAL(name, word, what, remedy) COMPLAINT_REFUSAL_##name,
#include "tools/hall/rules/complaint_refusal.def"
#undef COMPLAINT_REFUSAL
    COMPLAINT_REFUSALS
};

const char *complaint_stage_word(enum complaint_stage s);
bool complaint_stage_by_word(const char *word, enum complaint_stage *ret);
bool complaint_stage_open(enum complaint_stage s);
const char *complaint_event_word(enum complaint_event_kind k);
bool complaint_event_by_word(const char *word, enum complaint_event_kind *ret);
const char *complaint_why_word(enum complaint_why w); /* "" for none */
bool complaint_why_by_word(const char *word, enum complaint_why *ret);
const char *complaint_refusal_word(enum complaint_refusal r);
const char *complaint_refusal_what(enum complaint_refusal r);
const char *complaint_refusal_remedy(enum complaint_refusal r);

struct complaint_event {
    int64_t seq; /* 1, 2, 3 … of what was said */
    enum complaint_event_kind kind;
    int64_t at;                                                   /* ms */
    char staff[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1];       /* who did it */
    char to_staff[CASE_NAME_MAX + 1], to_post[CASE_NAME_MAX + 1]; /* ASSIGN */
    enum complaint_why why;                                       /* REFUSE */
    char words[COMPLAINT_WORDS_MAX + 1];                          /* ANSWER, REFUSE */
};

struct complaint_state {
    enum complaint_stage stage;
    int64_t seq, last;                                      /* how many events, and when the last was, ms */
    char staff[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1]; /* who has it; "": nobody yet */
    bool refused;                                           /* ended so; else answered */
    enum complaint_why why;
    struct date answered; /* or refused; without a year: not yet */
    char words[COMPLAINT_WORDS_MAX + 1];
};

/* COMPLAINT_MAY, or why not. `read`: somebody has opened it. */
enum complaint_refusal complaint_judge(const struct complaint_state *s, const struct complaint_event *ev, bool read);
/* Of one that may happen, or has. */
void complaint_apply(struct complaint_state *s, const struct complaint_event *ev);

/* May a member of staff do that to something of this kind? Of a report nobody at a window has a hand in it. */
bool complaint_role_may(enum role r, enum complaint_event_kind k, enum speak_kind kind);
bool complaint_role_reads(enum role r, enum speak_kind kind);

/* The last day of the answer. *ret_year: the year whose notice is not in the calendar and may still move it; 0: it stands.
 */
struct date complaint_due(enum speak_kind kind, int64_t said_ms, const struct workday_calendar *calendar, int *ret_year);
/* Owed still, and its last day is over. */
bool complaint_is_late(const struct complaint_state *s, struct date due, struct date today);

#endif
