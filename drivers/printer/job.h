/* SPDX-License-Identifier: Apache-2.0
 *
 * One job, from the first question to its outcome. "Bytes written" is not "printed": the printer is asked before (may it
 * print?), the bytes go out in short writes that resume where a time-out left them, and a marker confirms that the paper has
 * moved. The outcome is
 *   done         the marker came back
 *   not printed  no byte that can print was taken
 *   unknown      anything else: it may hang from the printer, or half of it
 * While paper is out or the cover open the job is held; the printer goes on by itself, and the deadline waits. Pure steps:
 * it is told what happened and what time it is, and says what to do; it knows no USB and no clock.
 */
#ifndef DRIVERS_PRINTER_JOB_H
#define DRIVERS_PRINTER_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/printer/printer.h"
#include "drivers/printer/profile.h"
#include "drivers/printer/reply_wire.h"
#include "drivers/printer/script.h"

#define JOB_WRITE_MS 2000 /* one write; then it is resumed */

enum job_event {
    JOB_BEGINS,    /* `status` */
    JOB_WRITTEN,   /* the write has ended: `rc` 0 or -ERR_*; `moved` bytes of it were taken in any case */
    JOB_REPLIED,   /* `reply`, and `status` with it */
    JOB_PORT_TOLD, /* `port` */
    JOB_TIME,      /* what JOB_SET_TIMER was for */
    JOB_GONE,      /* unplugged */
    JOB_STOPPED,   /* the resident will not wait: clears the printer */
};

struct job_input {
    enum job_event event;
    int64_t now_ms; /* any clock that goes on */
    int room;       /* for so many DLE EOT more (reply_room()) */
    const struct printer_status *status;
    const struct reply *reply;
    uint8_t port; /* GET_PORT_STATUS */
    int rc;
    size_t moved;
};

enum job_act {
    JOB_WRITE, /* `len` bytes at `data`, which stay until it has ended, within `ms`; JOB_WRITTEN follows. One at a time */
    JOB_CANCEL_WRITE, /* no JOB_WRITTEN follows */
    JOB_EXPECT,       /* a reply is due: DLE EOT `n`, or GS r 1 for 0 */
    JOB_FORGET,       /* what is outstanding will not come */
    JOB_ASK_PORT,     /* GET_PORT_STATUS; JOB_PORT_TOLD may follow */
    JOB_SOFT_RESET,   /* of the printer class: empties the buffers */
    JOB_CLEAR_HALT,   /* of both pipes */
    JOB_USB_RESET,    /* of the port; the printer may come back as a new one */
    JOB_SET_TIMER,    /* JOB_TIME after `ms`; restarts. 0: stops */
    JOB_PROGRESS,     /* to tell: `percent`, `held` */
    JOB_FINISHED,     /* to tell: `outcome`, `why`; the last of all */
};

struct job_action {
    enum job_act what;
    const uint8_t *data;
    size_t len;
    int ms, n, percent;
    bool held;
    enum printer_outcome outcome;
    enum printer_health why;
};

#define JOB_ACTIONS_MAX 16
struct job_actions {
    struct job_action list[JOB_ACTIONS_MAX]; /* to be done in this order; what is told stands at the end */
    int n;
};

struct job;

/* Takes the script over. `id`: its marker. `doubtful`: nobody knows what the printer was in the middle of (just plugged in,
 * or an earlier job ended unknown): it is brought to the start of a command first. `real_time`: it answers DLE EOT. */
struct job *job_create(const struct profile *p, struct script *s, const char id[5], bool doubtful, bool real_time);
void job_destroy(struct job *j); /* takes NULL; cancels nothing */
/* One step. *ret is filled anew. After its JOB_FINISHED there is never anything to do. */
void job_step(struct job *j, const struct job_input *in, struct job_actions *ret);
/* Was a byte taken that leaves a trace on paper? After the end it tells whether something hangs from the printer. */
bool job_print_taken(const struct job *j);
/* Nothing brought it back: only switching it off and on may help. */
bool job_stuck(const struct job *j);

/* What the status means for whoever wants to print. */
enum printer_health job_state_of(const struct printer_status *s);
bool job_may_print(enum printer_health s);

#endif
