/* SPDX-License-Identifier: Apache-2.0
 *
 * Appointments: an hour at the windows of a queue, of which so many people may have one. What the catalogue offers, what the
 * hall has booked, and what it tells a person of it. Plain values; they name nobody. What a person has booked is wiped with
 * the visit all the same.
 */
#ifndef MODEL_APPOINTMENT_H
#define MODEL_APPOINTMENT_H

#include "base/clock.h"
#include "model/opening.h"
#include "model/ticket.h"

#define APPOINTMENT_ID_LEN 16     /* made by whoever books; the same id is the same booking for ever */
#define APPOINTMENT_NUMBER_MAX 19 /* "A0105-0900-1": letter of the queue, day, hour, which of that hour */
#define APPOINTMENT_CODE_LEN 4    /* digits, beside the number on the paper: who has no card shows both */
#define APPOINTMENT_PLACES_MAX 99 /* of an hour */
#define APPOINTMENT_AHEAD_MAX 14  /* days */
#define APPOINTMENT_HOURS_MAX 12  /* of a day; later ones are not offered */
#define APPOINTMENT_DAYS_MAX 6    /* told at a time, those that have hours */
#define APPOINTMENT_HELD_MAX 3    /* of one person at one site, still to come */
#define APPOINTMENT_HOUR_MS 3600000

enum appointment_refusal {
    APPOINTMENT_MAY, /* it may be */
#define APPOINTMENT_REFUSAL(name, word, what, remedy) APPOINTMENT_REFUSED_##name,
#include "model/appointment_refusal.def"
#undef APPOINTMENT_REFUSAL
    APPOINTMENT_REFUSALS
};
const char *appointment_refusal_word(enum appointment_refusal r); /* "" for MAY */
bool appointment_refusal_by_word(const char *word, enum appointment_refusal *ret);
const char *appointment_refusal_what(enum appointment_refusal r);
const char *appointment_refusal_remedy(enum appointment_refusal r);

enum appointment_state {
    APPOINTMENT_BOOKED,
    APPOINTMENT_ARRIVED, /* checked in: it has a number of its queue */
    APPOINTMENT_CANCELLED,
    APPOINTMENT_MOVED, /* another one stands in its place */
    APPOINTMENT_STATES
};
const char *appointment_state_word(enum appointment_state s);
bool appointment_state_by_word(const char *word, enum appointment_state *ret);

/* What the catalogue offers of a queue, from today on. */
struct appointment_offer {
    char queue[QUEUE_ID_MAX + 1];
    char letter;
    int per_hour; /* places; 0: no appointments */
    int days_ahead;
    int64_t today;                                    /* since 1970-01-01: of days[0] */
    struct day_hours days[APPOINTMENT_AHEAD_MAX + 1]; /* up to days[days_ahead] */
};

struct appointment_hour {
    int64_t from, until; /* wall clock, ms */
    int left;            /* places */
};
struct appointment_day {
    int64_t day; /* since 1970-01-01 */
    int n;
    struct appointment_hour hours[APPOINTMENT_HOURS_MAX];
};

struct appointment {
    char number[APPOINTMENT_NUMBER_MAX + 1];
    char code[APPOINTMENT_CODE_LEN + 1];
    char queue[QUEUE_ID_MAX + 1];
    int64_t from, until;
    enum appointment_state state;
    enum appointment_refusal arrive; /* MAY: it can be taken up now */
};

/* What the hall answers to anything that is asked of appointments. */
#define MY_APPOINTMENTS_MAX 6
struct my_appointments {
    int64_t at;                            /* the hall's time, ms */
    enum appointment_refusal refused;      /* of what was to be done; MAY: it is done */
    char done[APPOINTMENT_NUMBER_MAX + 1]; /* the one that was booked, or moved to; "" none */
    int n_days;                            /* hours of the queue that was asked about, full ones too */
    struct appointment_day days[APPOINTMENT_DAYS_MAX];
    int n; /* the person's own at this site, the next first; nobody's where no card was read */
    struct appointment list[MY_APPOINTMENTS_MAX];
};

/* What is asked for. */
enum appointment_verb {
    APPOINTMENT_FREE, /* which hours of `queue` there are; of nobody */
    APPOINTMENT_LIST, /* what the person has */
    APPOINTMENT_BOOK,
    APPOINTMENT_MOVE,
    APPOINTMENT_CANCEL,
    APPOINTMENT_VERBS
};
const char *appointment_verb_word(enum appointment_verb v);
bool appointment_verb_by_word(const char *word, enum appointment_verb *ret);
struct appointment_wish {
    enum appointment_verb verb;
    uint8_t id[APPOINTMENT_ID_LEN];         /* BOOK, MOVE: of what is to be booked */
    char queue[QUEUE_ID_MAX + 1];           /* all but LIST and CANCEL */
    int64_t from;                           /* BOOK, MOVE */
    char which[APPOINTMENT_NUMBER_MAX + 1]; /* MOVE, CANCEL: the one that is there */
};
/* Does it say what its verb needs, and nothing else? */
bool appointment_wish_valid(const struct appointment_wish *w);
bool appointment_number_valid(const char *number);

#endif
