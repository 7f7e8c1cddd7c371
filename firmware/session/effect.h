/* SPDX-License-Identifier: Apache-2.0
 *
 * Effects: what session_step() wants done. kiosk.c performs them in the order of this list of kinds: records first, then
 * devices, then the rest; the view is drawn last. Results come back as inputs.
 *
 * What the session relies on:
 * - Each record is answered, in order, by INPUT_RECORDED or INPUT_RECORD_FAILED. Until an application or a ticket is
 *   answered no touch counts and no rest runs.
 * - When a record of a list fails, the list's EFFECT_PRINT is not performed (the paper is destroyed all the same).
 * - Each EFFECT_PRINT performed gets exactly one INPUT_PRINT with an outcome, whenever it comes, also after the visit.
 * - Timers fire once and are restarted by being started again.
 * - A question to the hall may be answered at any time, late or never; what nobody waits for any more is let go.
 * - Two visits may meet in one list (再办一件): visit-end, then visit-start. The id of a visit is made at its start.
 */
#ifndef SESSION_EFFECT_H
#define SESSION_EFFECT_H

#include "model/appointment.h"
#include "model/composing.h"
#include "model/device.h"
#include "model/identity.h"
#include "model/item.h"
#include "model/paper.h"
#include "model/record.h"
#include "model/speak.h"
#include "model/ticket.h"
#include "session/view.h"

enum timer_id { TIMER_REST, TIMER_COUNTDOWN, TIMER_CARD, TIMER_LEFT, TIMER_PRINT, TIMER_PAGE, TIMER_COUNT };

enum staff_errand {
    STAFF_CHECK_PIN, /* `pin`, borrowed; counted by its record already. Result: INPUT_STAFF_PIN */
    STAFF_GET_FACTS, /* result: INPUT_STAFF_FACTS, again whenever a check of the journal ends */
    STAFF_CHECK_CHAIN,
    STAFF_SYNC_NOW,
    STAFF_START_ANEW,
    STAFF_UPDATE_STICK, /* INPUT_UPDATE says how it goes on */
    STAFF_UPDATE_OTHER,
    STAFF_WATCH_ROLL, /* the sensors of printer `role` are asked often, until STAFF_OVER or STAFF_ROLL_OVER */
    STAFF_NEW_ROLL,   /* it has one */
    STAFF_ROLL_OVER,
    STAFF_LOGS_STICK, /* result: INPUT_STAFF_FACTS, again whenever there is news of it */
    STAFF_LINE_LOOK,  /* how the machine is on its network; result: the same */
    STAFF_LINE_TEST,  /* the way to the hall, step by step; result: the same, with each step */
    STAFF_OVER,       /* forget the card */
};

/* Of the first boot. The first three are answered by INPUT_FIRST. */
enum first_errand {
    FIRST_LOOK,     /* how far enrolment is; every two seconds */
    FIRST_LOOK_NOW, /* the same, and kiosk-sync does not wait for its next try */
    FIRST_PROVE,    /* the code of the slip: INPUT_FIRST says `proved` */
    FIRST_OPEN,     /* it is over: the sheet is destroyed, and another session serves */
};

enum selftest_step {
    SELFTEST_NONE,
    SELFTEST_BEGIN, /* is the terminal free? */
    SELFTEST_PRINT, /* a test page */
    SELFTEST_CARD,  /* any card */
    SELFTEST_STOP,  /* whoever tests has gone */
};

/* What came of a step. The last three: it was not begun, or it was given up. */
enum selftest_outcome {
    TESTED_FREE,
    TESTED_PAPER, /* `print` and `why` */
    TESTED_READ,  /* a card of `kind` */
    TESTED_FAILED,
    TESTED_UNKNOWN,
    TESTED_NO_CARD,
    TESTED_NO_READER,
    TESTED_SERVING,   /* somebody is being served */
    TESTED_IN_USE,    /* the screen shows something else, or the printer has work */
    TESTED_GIVEN_WAY, /* a resident has come */
};

struct effect_tested {
    enum selftest_outcome outcome;
    enum print_state print;
    enum printer_health why;
    enum identity_kind kind;
};

enum effect_kind {
    EFFECT_RECORD,     /* append `record`; its result: INPUT_RECORDED or INPUT_RECORD_FAILED */
    EFFECT_CARD_POLL,  /* on: look for a card and read it; off: leave the reader alone */
    EFFECT_PRINT,      /* print `paper` (ownership passes) on `role`, marker `job` */
    EFFECT_PRINT_STOP, /* give the job up: the resident will not wait; its outcome still comes as an input */
    EFFECT_BROWSE,     /* themes (or `by_dept`) and rows of `theme` (-1: none) at `page`; result: INPUT_BROWSE */
    EFFECT_SEARCH,     /* find `search`; result: INPUT_SEARCH */
    EFFECT_HOME,       /* hot items; result: INPUT_HOME */
    EFFECT_ITEM,       /* open item `task_code`; result: INPUT_ITEM */
    EFFECT_CASE_HERE,  /* was the case `ask.number` handed in at this terminal? result: INPUT_CASE_HERE */
    EFFECT_ASK,        /* ask the hall `ask`; result: INPUT_ASKED with its serial, or none: the session does not wait long */
    EFFECT_COMPOSE,    /* ask kiosk-ime `compose`; results: INPUT_COMPOSED, INPUT_COMPOSE_GONE */
    EFFECT_REGION,     /* divisions below `code`; result: INPUT_REGION */
    EFFECT_TIMER,      /* start `timer` with `ms`; 0 stops it */
    EFFECT_STAFF,      /* `errand` of the technician; its record stands before it */
    EFFECT_SELFTEST,   /* tell the guided test `tested` */
    EFFECT_FIRST,      /* `first`, of the first boot */
    EFFECT_WIPE,       /* the visit is over: wipe caches that may hold its text, let catalogues switch */
};

struct effect_record {
    struct record_header
        header;        /* the members of its kind; where and when it is written is filled in by whoever writes it */
    bool visit_scoped; /* carries the visit's id, which kiosk.c makes at visit-start */
    /* application, rating: kiosk.c names it; of an application it encodes and seals what the session lends, and derives the
     * case number. That of a ticket, and its day, are kiosk.c's as well. */
    const struct item *item;
    const struct identity *identity;
    const struct form_values *values;
    const char *words; /* supplement: sealed with the identity */
    const struct spoken
        *spoken; /* feedback: sealed, with the identity or, where that is NULL, without; kiosk.c numbers it */
};

struct effect_search {
    const char *text; /* borrowed from the session's secret memory until its next step */
    int kind, first;  /* enum search_kind; the first row wanted */
    bool here;        /* applications are taken at this minute */
    bool english;     /* English names count from the first letter */
};

/* Borrowed from the session's secret memory until its next step. */
enum question_kind {
    QUESTION_CASES,       /* whose number is on the card */
    QUESTION_CASE,        /* by its number and the last four digits of a telephone */
    QUESTION_SPOKEN,      /* what became of what was said, by its code */
    QUESTION_LICENCES,    /* what whose number is on the card holds of what `item` asks for */
    QUESTION_APPOINTMENT, /* `wish`, of whose number is on the card; "": nobody's */
};
struct effect_ask {
    enum question_kind kind;
    uint32_t serial;
    const char *number, *phone; /* citizen number, case number or code; phone "" but for QUESTION_CASE */
    const char *item;           /* QUESTION_LICENCES: its task_code */
    /* QUESTION_APPOINTMENT: its id is made once for each `count` of a visit, so what is asked again is done once */
    const struct appointment_wish *wish;
    unsigned count;
};

struct effect_compose {
    enum compose_op op;
    enum composing_scheme scheme;
    int index;
    uint32_t serial;
    const char *letters;   /* borrowed from the session's secret memory until its next step, as is the ink */
    const struct ink *ink; /* COMPOSE_READ */
};

struct effect {
    enum effect_kind kind;
    struct effect_record record;
    bool on;
    enum staff_errand errand;
    enum first_errand first;
    const char *pin;
    enum device_role role;
    struct paper *paper;
    char job[5];
    int theme, page;
    bool by_dept;
    struct effect_search search;
    struct effect_ask ask;
    char task_code[ITEM_CODE_MAX + 1];
    struct effect_compose compose;
    struct effect_tested tested;
    char code[7];
    enum timer_id timer;
    int ms;
};

#define EFFECTS_MAX 24
struct effects {
    struct effect list[EFFECTS_MAX];
    int n;
};

#endif
