/* SPDX-License-Identifier: Apache-2.0
 *
 * One resident's visit as a pure state machine: no clock, no file, no device, no SDL. kiosk.c feeds it inputs, performs
 * the effects it returns and draws its view. One file per state (session/state_*.c).
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "model/card_fault.h"
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
    INPUT_HOME,
    INPUT_BROWSE,
    INPUT_SEARCH,       /* `found`, `rows` */
    INPUT_ITEM,         /* `item`, borrowed until the visit ends; NULL: it is not in the catalogue any more */
    INPUT_REGION,       /* `divisions` below one whose full name is `region_name`; none: it is the last */
    INPUT_COMPOSED,     /* `composed`, an answer of kiosk-ime */
    INPUT_COMPOSE_GONE, /* Chinese cannot be composed any more in this visit */
    INPUT_QUEUES,       /* how the queues stand: `queues`, or NULL when it is not known any more */
    INPUT_TIMES,        /* when the queues give numbers, from now on: `times`; with every minute */
    INPUT_SELFTEST,     /* the guided test wants `test` */
    INPUT_SENT,         /* the hall has acknowledged the application with `number` */
};

struct input {
    enum input_kind kind;
    int64_t now_ms; /* wall clock; set on every input */
    struct intent intent;
    enum timer_id timer;
    struct health health;
    const struct identity *identity;
    enum card_fault card_fault;
    const struct staff_badge *badge;
    const struct staff_facts *facts;
    bool right;
    int wait_s;
    /* INPUT_RECORDED, INPUT_RECORD_FAILED */
    enum record_kind record;
    char number[RECORD_TEXT_MAX];
    struct date promised, accepted; /* the days by which it is done, and by which it is told whether it is accepted */
    bool provisional;
    int provisional_year;   /* whose notice of holidays is awaited; 0: the clock alone is in doubt */
    char day[DATE_LEN + 1]; /* of a ticket */
    bool no_space;          /* INPUT_RECORD_FAILED: the disk is full */
    /* INPUT_PRINT; while it runs `role` names it instead of `job` */
    enum device_role role;
    bool held; /* it waits for paper or for the cover */
    char job[5];
    enum print_state print;
    enum slip slip; /* INPUT_SLIP, with role and job */
    int progress;
    enum printer_health printer;
    /* INPUT_HOME, INPUT_BROWSE, INPUT_ITEM */
    struct item_row rows[VIEW_ROWS_MAX];
    int n_rows, total, page, pages, here, all;
    struct item_theme themes[VIEW_THEMES_MAX];
    int n_themes, theme;
    const struct item *item;
    struct division divisions[DIVISIONS_MAX];
    int n_divisions;
    char region_name[DIVISION_NAME_MAX];
    /* INPUT_SEARCH */
    struct {
        int total[FOUND_KINDS], first;
        uint32_t letters; /* bit 0 = a: typed next, it finds something */
        bool forgiven;
    } found;
    const struct composing_answer *composed; /* INPUT_COMPOSED: borrowed for the step, secret memory */
    /* INPUT_QUEUES: borrowed for the step; since when the hall has said so */
    const struct queues_now *queues;
    int64_t queues_ms;
    const struct queue_times *times; /* INPUT_TIMES: one a queue of the configuration; borrowed until the next one */
    /* INPUT_START, INPUT_JOURNAL */
    struct outage outage; /* out of service by a technician */
    /* INPUT_SELFTEST: each but SELFTEST_STOP is answered by one EFFECT_SELFTEST; another one only after that */
    struct {
        enum selftest_step step;
        enum device_role role; /* SELFTEST_PRINT */
        int ms;                /* SELFTEST_CARD: how long to wait for it */
    } test;
    struct {
        bool open; /* the last visit has no end */
        bool old;  /* older than ten minutes: nobody waits for an answer, it only gets its end */
        bool handed_in;
        char number[CASE_NUMBER_LEN + 1];
        char ticket[TICKET_NUMBER_MAX + 1]; /* "": none was taken, or it is void */
        char queue[RECORD_TEXT_MAX], day[DATE_LEN + 1];
        enum print_state print;
    } recovered;
};

struct session_config {
    uint32_t seed; /* for the tokens of paper jobs: another one each time, lest a late answer confirms another run's job */
    struct place place;
    struct settings settings; /* what every visit starts with */
    struct queue queues[VIEW_QUEUES_MAX];
    struct queue_times times[VIEW_QUEUES_MAX];
    int n_queues;
    struct view_place places[VIEW_PLACES_MAX];
    int n_places;
};

/* "en,larger,contrast": words in any order of zh-CN en, standard large larger largest, contrast, low-reach; "" is Chinese at
 * standard size. -ERR_INVALID, which names it: another word. */
int settings_parse(const char *words, struct settings *ret, struct err *e);

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
