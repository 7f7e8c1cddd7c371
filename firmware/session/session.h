/* SPDX-License-Identifier: Apache-2.0
 *
 * One resident's visit as a pure state machine: no clock, no file, no device, no SDL. kiosk.c feeds it inputs, performs
 * the effects it returns and draws its view. One file per state (session/state_*.c).
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "model/card_fault.h"
#include "model/speak.h"
#include "model/ticket.h"
#include "session/effect.h"
#include "session/intent.h"
#include "session/view.h"

enum input_kind {
    INPUT_START,         /* the program is up: `health`, `recovered` */
    INPUT_JOURNAL,       /* the journal could not be opened at the start, and is open now: `recovered`, `outage` */
    INPUT_INTENT,        /* `intent` */
    INPUT_TIMER,         /* `timer` has run out; one that was stopped meanwhile is ignored */
    INPUT_CLOCK,         /* a new minute */
    INPUT_HEALTH,        /* `health` changed */
    INPUT_CARD_SEEN,     /* a card lies on the reader, reading begins */
    INPUT_CARD_READ,     /* `identity` (copied by the session into secret memory) */
    INPUT_CARD_FAILED,   /* it could not be read: `card_fault` */
    INPUT_CARD_UNKNOWN,  /* it was read, but its record is of no known kind or breaks its format */
    INPUT_CARD_LIES,     /* one lies there from before, and is read only when it was lifted and laid down anew */
    INPUT_STAFF_CARD,    /* idle and out of service: the card of somebody on the signed staff list: `badge` */
    INPUT_STAFF_PIN,     /* answers STAFF_CHECK_PIN: `right`, `wait_s` until the next try */
    INPUT_STAFF_FACTS,   /* `facts` */
    INPUT_CARD_LIFTED,   /* no card on the reader any more */
    INPUT_CARD_OTHER,    /* a card with another number was placed during the visit */
    INPUT_RECORDED,      /* an effect's record is durable: `kind`, `number`, `promised`, … */
    INPUT_RECORD_FAILED, /* it is not, and will not be: nothing was stored */
    INPUT_PRINT,         /* job `job`: `print` and `progress`, `printer` */
    INPUT_SLIP,          /* the paper of job `job`, or of an earlier run's (""), on `role`: `slip` */
    INPUT_HOME,          /* `listing` */
    INPUT_BROWSE,        /* `listing` */
    INPUT_SEARCH,        /* `listing` */
    INPUT_ITEM,          /* `item`, borrowed until the visit ends; NULL: it is not in the catalogue any more */
    INPUT_REGION,        /* `regions` below one whose full name they say; none: it is the last */
    INPUT_COMPOSED,      /* `composed`, an answer of kiosk-ime */
    INPUT_COMPOSE_GONE,  /* Chinese cannot be composed any more in this visit */
    INPUT_VOICE_GONE,    /* nothing can be said any more in this visit */
    INPUT_QUEUES,        /* how the queues stand: `queues`, or NULL when it is not known any more */
    INPUT_TIMES,         /* when the queues give numbers, from now on: `times`; with every minute */
    INPUT_CASE_HERE,     /* answers CASE_HERE: `here` */
    INPUT_ASKED,         /* answers ASK: `asked` */
    INPUT_SELFTEST,      /* the guided test wants `test` */
    INPUT_FIRST,         /* `first`, how far enrolment is */
    INPUT_UPDATE,        /* `update`: one begins, goes on, or has ended without a restart; begins only where nobody is */
    INPUT_OUTAGE,        /* staff of the hall have taken it out of service, or back: `outage`; comes only where nobody is */
    INPUT_NOTICE,        /* what they say on the idle screen: `notice`, copied; likewise */
    INPUT_HALTS,         /* which items are taken off everywhere: `halts`, copied; those alone that count here */
    INPUT_SENT,          /* the hall has acknowledged the application with `number` */
};

/* What of the catalogue a screen shows. */
struct listing {
    struct item_row rows[VIEW_ROWS_MAX];
    int n_rows;
    int here, all;                             /* INPUT_HOME */
    struct item_theme themes[VIEW_THEMES_MAX]; /* INPUT_BROWSE, and what follows */
    int n_themes, theme, total, page, pages;
    struct { /* INPUT_SEARCH */
        int total[FOUND_KINDS], first;
        uint32_t letters; /* bit 0 = a: typed next, it finds something */
        bool forgiven;
    } found;
};

struct regions {
    struct division list[DIVISIONS_MAX];
    int n;
    char name[DIVISION_NAME_MAX]; /* of the one they lie in */
};

/* A visit that has no end. */
struct recovered {
    bool open; /* the last visit is one */
    bool old;  /* older than ten minutes: nobody waits for an answer, it only gets its end */
    bool handed_in;
    bool supplement; /* it belongs to a case of before */
    bool spoken;     /* it is what somebody said; the number is not its code, which stood on the screen alone */
    bool paper;      /* the last thing printed was a paper of a case of before; `print` speaks of that */
    char number[CASE_NUMBER_LEN + 1];   /* of what was handed in, else of that paper */
    int parts;                          /* it is that of a bundle of so many applications; 0: of one case */
    char ticket[TICKET_NUMBER_MAX + 1]; /* "": none was taken, or it is void */
    char queue[RECORD_TEXT_MAX], day[DATE_LEN + 1];
    enum print_state print;
};

/* Only the members of the kind's own group may be read: they share their memory. Pointers are borrowed for the step where
 * nothing else is said. */
struct input {
    enum input_kind kind;
    int64_t now_ms; /* wall clock; set on every input */
    union {
        struct { /* START, JOURNAL, HEALTH; OUTAGE: outage */
            struct health health;
            struct outage outage; /* out of service by a technician */
            struct recovered recovered;
        };
        struct intent intent;            /* INTENT */
        enum timer_id timer;             /* TIMER */
        const struct identity *identity; /* CARD_READ */
        enum card_fault card_fault;      /* CARD_FAILED */
        const struct staff_badge *badge; /* STAFF_CARD */
        const struct staff_facts *facts; /* STAFF_FACTS */
        struct {                         /* STAFF_PIN */
            bool right;
            int wait_s;
        };
        struct { /* RECORDED, RECORD_FAILED; SENT: the number */
            enum record_kind record;
            char number[RECORD_TEXT_MAX];
            char code[SPEAK_CODE_LEN + 1]; /* feedback: its tracking code; a secret */
            struct date promised,
                accepted; /* the days by which it is done, and by which it is told whether it is accepted */
            bool provisional;
            int provisional_year;                /* whose notice of holidays is awaited; 0: the clock alone is in doubt */
            struct date parts[ITEM_MEMBERS_MAX]; /* of a bundle, whose number `number` is: `promised` of each member */
            char day[DATE_LEN + 1];              /* of a ticket */
            bool no_space;                       /* RECORD_FAILED: the disk is full */
        };
        struct { /* PRINT, SLIP */
            enum device_role role;
            char job[5]; /* PRINT: of an outcome; while it runs `role` names it instead */
            enum print_state print;
            int progress;
            bool held; /* it waits for paper or for the cover */
            enum printer_health printer;
            enum slip slip;
        };
        const struct listing *listing; /* HOME, BROWSE, SEARCH */
        const struct item *item;       /* ITEM */
        const struct regions *regions; /* REGION */
        struct case_here here;         /* CASE_HERE */
        struct {                       /* ASKED */
            uint32_t serial;
            const struct my_cases *cases; /* secret memory; of one case just that one. NULL: refused, or not asked for */
            const struct my_appointments *appointments; /* the same */
            const struct my_licences *licences;         /* the same */
            enum ask_reason why;
        } asked;
        const struct composing_answer *composed; /* COMPOSED: secret memory */
        struct {                                 /* QUEUES: and since when the hall has said so */
            const struct queues_now *queues;
            int64_t queues_ms;
        };
        const struct notice *notice; /* NOTICE */
        struct {                     /* HALTS: and how many of what can be done here that is */
            const struct halts *halts;
            int halted_here;
        };
        const struct first_facts *first; /* FIRST: how far enrolment is; borrowed for the step */
        struct update_now update;        /* UPDATE */
        const struct queue_times *times; /* TIMES: one a queue of the configuration; borrowed until the next one */
        struct { /* SELFTEST: each but SELFTEST_STOP is answered by one EFFECT_SELFTEST; another one only after that */
            enum selftest_step step;
            enum device_role role; /* SELFTEST_PRINT */
            int ms;                /* SELFTEST_CARD: how long to wait for it */
        } test;
    };
};

struct session_config {
    uint32_t seed; /* for the tokens of paper jobs: another one each time, lest a late answer confirms another run's job */
    struct place place;
    struct settings settings; /* what every visit starts with */
    enum voice_reach voice;
    struct queue queues[VIEW_QUEUES_MAX];
    struct queue_times times[VIEW_QUEUES_MAX];
    int n_queues;
    struct view_place places[VIEW_PLACES_MAX];
    int n_places;
    struct first first; /* on: the first boot, as far as it is */
};

struct session; /* opaque: owns the visit's secrets */

struct session *session_create(const struct session_config *config);
void session_destroy(struct session *s); /* wipes; takes NULL */

/* One step. *ret_effects is filled anew (never more than EFFECTS_MAX). */
void session_step(struct session *s, const struct input *in, struct effects *ret_effects);
const struct view *session_view(const struct session *s);
/* The view that this INPUT_RECORDED of the application on the review page would lead to, so that it can be painted before it
 * may be shown. false: not foreseen, *ret is untouched. */
bool session_foresee(const struct session *s, const struct input *in, struct view *ret);
/* Between visits: nothing of a resident is held, no paper job is open, no card lies forgotten. Catalogues may switch, and
 * the session may be made anew. */
bool session_idle(const struct session *s);

#endif
