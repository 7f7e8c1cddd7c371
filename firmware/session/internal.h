/* SPDX-License-Identifier: Apache-2.0
 *
 * The session itself and the table of its states; what belongs to one noun stands in that noun's header. Nothing outside
 * firmware/session includes it but its tests.
 */
#ifndef SESSION_INTERNAL_H
#define SESSION_INTERNAL_H

#include "session/booking.h"
#include "session/card.h"
#include "session/cases.h"
#include "session/entry.h"
#include "session/fields.h"
#include "session/guide.h"
#include "session/jobs.h"
#include "session/licences.h"
#include "session/pages.h"
#include "session/queues.h"
#include "session/region.h"
#include "session/searching.h"
#include "session/selftest.h"
#include "session/session.h"
#include "session/speak.h"
#include "session/staff.h"

/* Times of look.md §10, in ms; those of one noun or state stand there. */
#define REST_HOME 60000
#define REST_FORM 90000
#define REST_TROUBLE 300000
#define REST_LAST_CALL 45000 /* of the trouble page's time: 再看一会儿 is offered */
#define TIMEOUT_SECONDS 45

struct session {
    struct view view; /* first: what session_view() hands out */
    struct session_config config;
    struct effects *effects; /* of the running step; NULL between steps */

    /* The screen shown is the time-out page, else the accessibility page, else the leave question, else `base`. Events of
     * devices go to `base`. */
    enum screen base;
    bool started, timed_out, asked_leave;
    bool settling_in; /* the accessibility page lies above the page */
    bool touched;     /* this step counts as activity */
    unsigned armed;   /* timers that run, one bit each */
    int rest_running; /* ms TIMER_REST was started with */
    int64_t timeout_at;

    unsigned visit;            /* counts visits, tells late jobs from those of this visit */
    bool finished;             /* he has what he came for: a number, a ticket, how his cases stand */
    bool cut_told;             /* a visit ended because the catalogue cannot be read: its page is still being read */
    struct identity *identity; /* secret memory for the session's whole life, zero outside a visit */
    enum screen newer_from;    /* where 返回 of its page leads */
    enum screen storage_from;  /* trouble-storage: where 返回 leads, and so what is tried again */

    struct card_flow card;
    struct cases cases;
    struct speak speak;
    struct booking booking;
    struct licences licences;
    struct guide guide;
    struct fields fields;
    struct pages pages;
    struct entry entry;
    struct region region;
    struct searching searching;
    struct queues queues;
    struct jobs jobs;
    struct staff_flow staff;
    struct selftest_now selftest;
};

/* One state for each screen of screen.def, state_NAME, in state_*.c. */
struct state {
    void (*enter)(struct session *s);                         /* may be NULL */
    void (*intent)(struct session *s, struct intent i);       /* may be NULL; 结束 is dealt with before */
    void (*input)(struct session *s, const struct input *in); /* devices, records, answers; may be NULL */
    int rest;                                                 /* ms; 0: the page stays */
    bool quiet; /* nothing can be lost here: when its rest is over the visit ends without a question */
    bool trouble, can_back;
    bool looks_up; /* what it shows is read from the catalogue as the visit goes on */
};
#define SCREEN(name, word) extern const struct state state_##name;
#include "screen.def"
#undef SCREEN

/* session.c */
void session_go(struct session *s, enum screen to);
void session_intent(struct session *s, struct intent i);
void session_input(struct session *s, const struct input *in); /* to the state under the overlays */
bool session_pending(const struct session *s);                 /* a record is on its way: no touch counts */
struct date session_today(const struct session *s);

#endif
