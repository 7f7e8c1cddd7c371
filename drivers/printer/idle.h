/* SPDX-License-Identifier: Apache-2.0
 *
 * A printer between its jobs, as pure steps: what is asked of it, when, and what its answers or its silence mean.
 * unit_idle.c does what a step says.
 *
 * It reports changes by itself where it can (GS a); only where it cannot is it asked by time, and now and then whether it
 * still does. What arrives unasked after opening is an old answer: it is read away before anything is asked, and before a
 * job begins that has waited for an answer in vain. Once for each device it is asked which confirmation it knows (the
 * probe), once for each opening what it is (the name); where nobody knows how wide it prints, its ruler is due.
 */
#ifndef DRIVERS_PRINTER_IDLE_H
#define DRIVERS_PRINTER_IDLE_H

#include "drivers/printer/profile.h"
#include "drivers/printer/reply_wire.h"

enum idle_state { IDLE_DRAIN, IDLE_ASKED, IDLE_PROBING, IDLE_NAMING, IDLE_REST };

struct idle {
    enum idle_state state;
    bool automatic_seen;          /* it reports by itself */
    bool silent;                  /* it did not answer when it was asked */
    bool answered;                /* since it was asked last */
    bool told_status, told_paper; /* by what */
    bool no_real_time;            /* it answers GS r, but not DLE EOT */
    bool stuck;                   /* only switching it off and on may help */
    bool doubtful;                /* it may be in the middle of a command */
    bool probed, saw_marker;
    bool named; /* it was asked what it is */
};

enum idle_event {
    IDLE_BEGINS,  /* just opened, an old answer came, or a job left it in doubt */
    IDLE_GOES_ON, /* a job was printed */
    IDLE_REPLIED, /* behind idle_heard() */
    IDLE_TIME,    /* IDLE_WAIT is over */
};

/* What is so at this moment. */
struct idle_input {
    enum idle_event event;
    enum reply_kind kind;   /* IDLE_REPLIED */
    bool probes_marker;     /* IDLE_REPLIED: it is the probe's */
    bool all_answered;      /* nothing is outstanding any more */
    bool job_waits;         /* its turn comes when what was asked before it is answered */
    bool free;              /* no job, and nothing is being written */
    bool may_print;         /* by its status */
    bool to_probe, to_name; /* nobody knows yet, and its profile says that it can be asked */
    bool to_rule;           /* its ruler is due */
    bool watched;           /* a ticket stands at its output */
    bool automatic;         /* its profile says that it can report by itself */
    int answer_ms;          /* its profile's: an answer takes no longer */
};

enum idle_word {
    IDLE_NOTHING,
    IDLE_WAIT,  /* `ms`, or until it speaks by itself */
    IDLE_ASK,   /* `ask`; then wait `ms` */
    IDLE_PROBE, /* then wait `ms` */
    IDLE_NAME,  /* then wait `ms` */
    IDLE_RULE,
    IDLE_BEGIN_JOB, /* the one that waits */
};

#define IDLE_ASK_ZEROS                                                                                                      \
    1 /* and ESC @: it may stand inside an image that was cut off, and no job will come to bring it back */
#define IDLE_ASK_AUTOMATIC 2
#define IDLE_ASK_STATUS 4
#define IDLE_ASK_PAPER 8 /* GS r 1 */

struct idle_action {
    enum idle_word what;
    int ms;
    unsigned ask;    /* IDLE_ASK_ */
    bool silence;    /* it should have answered: it is listened to anew */
    bool fell;       /* silent, which it was not before */
    bool name_over;  /* it has said what it is, or nothing */
    bool probe_told; /* `confirm` is known now */
    enum profile_marker confirm;
};

/* A reply came, whoever has the printer. What has changed by it may be told before the step. */
void idle_heard(struct idle *i, enum reply_kind kind, bool *ret_reports_now);
struct idle_action idle_step(struct idle *i, const struct idle_input *in);
void idle_leave(struct idle *i); /* a job has the printer */

#endif
