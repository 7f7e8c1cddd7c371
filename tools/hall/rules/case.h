/* SPDX-License-Identifier: Apache-2.0
 *
 * What may become of an application, step by step. A case is its events and nothing else: case_judge() says whether one may
 * happen now, case_apply() what it makes of the case; what is stored are the events (case_wire.h), what is shown follows
 * from them. Pure: no clock, no database.
 *
 * received → supplement asked, once → received → accepted → examined → decided → delivered; refused before it is accepted,
 * withdrawn before it is decided (case_event.def). A special procedure stops the time (deadline.h) and everything but
 * its end, the hand-over and the withdrawal. From the first event on one person at one post answers for it, and only that
 * person acts, but for the applicant, who may hand in at a terminal what was asked for.
 */
#ifndef HALL_CASE_H
#define HALL_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "crypto/hash.h"
#include "model/item.h"
#include "model/number.h"
#include "model/record.h"

#define CASE_NAME_MAX 60   /* bytes: a person, a post, a step */
#define CASE_WORDS_MAX 600 /* bytes: reasons, what is missing, an opinion; one line */
#define CASE_LAW_MAX 200
#define CASE_STOPS_MAX 16
#define CASE_EVENTS_MAX 200
#define CASE_DAYS_MAX 3660 /* of a limit */

enum case_stage {
#define CASE_STAGE(name, word, open) CASE_##name,
#include "tools/hall/rules/case_stage.def"
#undef CASE_STAGE
    CASE_STAGES
};
enum case_event_kind {
#define CASE_EVENT(name, word, from, to, says, about) CASE_EVENT_##name,
#include "tools/hall/rules/case_event.def"
#undef CASE_EVENT
    CASE_EVENTS
};
enum case_procedure {
#define CASE_PROCEDURE(word) PROCEDURE_##word,
#include "tools/hall/rules/case_procedure.def"
#undef CASE_PROCEDURE
    PROCEDURES
};
enum case_refusal {
    CASE_MAY, /* it may happen */
#define CASE_REFUSAL(name, word, what, remedy) CASE_REFUSAL_##name,
#include "tools/hall/rules/case_refusal.def"
#undef CASE_REFUSAL
    CASE_REFUSALS
};
enum case_result { CASE_RESULT_NONE, CASE_GRANTED, CASE_DENIED, CASE_RESULTS };

const char *case_stage_word(enum case_stage s);
bool case_stage_by_word(const char *word, enum case_stage *ret);
bool case_stage_open(enum case_stage s);
const char *case_event_word(enum case_event_kind k);
bool case_event_by_word(const char *word, enum case_event_kind *ret);
const char *case_procedure_word(enum case_procedure p);
bool case_procedure_by_word(const char *word, enum case_procedure *ret);
const char *case_result_word(enum case_result r); /* "" for none */
bool case_result_by_word(const char *word, enum case_result *ret);
const char *case_refusal_word(enum case_refusal r);
const char *case_refusal_what(enum case_refusal r);
const char *case_refusal_remedy(enum case_refusal r);

/* A limit in days. day -1: there is none, or nobody knows it. Whose step it is, where it is a step's. */
struct case_limit {
    int day;
    enum day_unit unit;
    char step[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1];
};
/* What the item says of time, as it stood when the case was taken in; later versions of the item change nothing. */
struct case_limits {
    char item[ITEM_CODE_MAX + 1];
    int item_version;
    bool law_accepts;             /* who is not told in time counts as accepted (Administrative Licensing Law, art. 32) */
    enum case_result law_decides; /* who is not answered within the statutory limit has this */
    char tacit_law[CASE_LAW_MAX + 1];
    struct case_limit accept, examine, decide; /* its steps */
    struct case_limit promise, statutory;
};

struct case_event {
    char number[CASE_NUMBER_LEN + 1];
    int64_t seq; /* 1, 2, 3 … of its case */
    enum case_event_kind kind;
    int64_t at;                                                   /* ms: when it happened; the event is dated by it */
    int64_t entered;                                              /* ms: when it was entered, at or later */
    char staff[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1];       /* who did it */
    char words[CASE_WORDS_MAX + 1], law[CASE_LAW_MAX + 1];        /* "": none */
    char to_staff[CASE_NAME_MAX + 1], to_post[CASE_NAME_MAX + 1]; /* HAND_OVER */
    enum case_procedure procedure;                                /* STOP; PROCEDURES: none */
    int limit_day;                                                /* STOP: how long at most; 0: not said */
    enum day_unit limit_unit;
    enum case_result result; /* DECIDE, DECIDE_TACIT */
    /* SUPPLIED by the applicant at a terminal, without any staff: which one, and the sealed record that was handed in there
     */
    char terminal[TERMINAL_ID_MAX + 1]; /* "": not so */
    uint8_t supplement[16];
    /* RECEIVE */
    int64_t applied;                           /* ms: when it was handed in */
    uint8_t record[16], body_hash[SHA256_LEN]; /* the application's record, and its sealed bytes */
    struct case_limits limits;
};
/* An event of that kind of which nothing else is said yet. */
void case_event_init(struct case_event *ev, enum case_event_kind kind);
/* No staff had a hand in it: the applicant handed it in at a terminal. */
bool case_event_alone(const struct case_event *ev);

struct case_stop {
    enum case_procedure procedure;
    struct date from, to; /* `to` without a year: it runs */
    int limit_day;
    enum day_unit limit_unit;
};
/* Dates without a year: it has not happened. Begin with {0}. */
struct case_state {
    enum case_stage stage;
    int64_t seq;  /* events so far: the case's version */
    int64_t last; /* ms of the last one */
    int64_t applied_ms;
    struct case_limits limits;
    char staff[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1]; /* who answers for it */
    struct date applied;                                    /* handed in */
    struct date complete;                                   /* what was asked for had come; before, as `applied` */
    struct date answered;                                   /* accepted, asked for more, or refused, after `complete` */
    struct date accepted, examined, decided;
    struct date ended; /* no more is owed: decided, refused or withdrawn */
    bool asked;        /* for a supplement, whenever */
    bool tacit;        /* decided by law */
    enum case_result result;
    char decider[CASE_NAME_MAX + 1];
    struct case_stop stops[CASE_STOPS_MAX];
    int n_stops;
    bool stopped;
};

/* A clock that is further ahead of what the hall has heard (or of the case's last event) is doubted. */
#define CASE_DOUBT_MS (INT64_C(31) * 24 * 60 * 60 * 1000)
bool case_clock_doubted(int64_t known, int64_t now); /* known 0: nothing was heard, and nothing is doubted */
/* CASE_MAY, or CLOCK: of an event that is dated by this machine's clock; `heard`: the latest time the hall knows of. */
enum case_refusal case_judge_clock(const struct case_state *s, int64_t heard, int64_t now);
/* CASE_MAY, or why not: of an event that is entered at `now`. ev->seq is the version it was made for: seq + 1 of the state
 * that was looked at, or 0: whichever. What follows from days is deadline_judge()'s to say. */
enum case_refusal case_judge(const struct case_state *s, const struct case_event *ev, int64_t now);
/* Of one that may happen, or has. */
void case_apply(struct case_state *s, const struct case_event *ev);
/* Does anything but an unknown day stand there? */
static inline bool case_day(struct date d)
{
    return d.year != 0;
}

#endif
