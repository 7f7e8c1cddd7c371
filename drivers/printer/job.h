/* SPDX-License-Identifier: Apache-2.0
 *
 * One job, from the first question to its outcome. "Bytes written" is not "printed": the printer is asked before (may it
 * print?), the bytes go out in short writes that resume where a time-out left them, and a marker confirms that the paper has
 * moved. The outcome is
 *   done         the marker came back
 *   not printed  no byte that can print was taken
 *   unknown      anything else: it may hang from the printer, or half of it
 * While paper is out or the cover open the job is held; the printer goes on by itself, and the deadline waits. Knows no USB:
 * what it needs done it asks of struct job_io, and what happened it is told.
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

/* None of these calls back into the job before it returns, but `finished` may destroy it. */
struct job_io {
    /* Writes; job_written() follows. One at a time. `data` stays valid until then. */
    void (*write)(void *ctx, const uint8_t *data, size_t len, int timeout_ms);
    void (*cancel_write)(void *ctx); /* no job_written() follows */
    /* A reply is due: DLE EOT n, or GS r 1 for 0. false: too many are outstanding, do not ask. */
    bool (*expect)(void *ctx, int n);
    void (*forget)(void *ctx);        /* what is outstanding will not come */
    void (*port_status)(void *ctx);   /* GET_PORT_STATUS; job_port_status() may follow */
    void (*soft_reset)(void *ctx);    /* SOFT_RESET of the printer class: empties the buffers */
    void (*clear_halt)(void *ctx);    /* of both pipes */
    void (*usb_reset)(void *ctx);     /* of the port; the printer may come back as a new one */
    void (*timer)(void *ctx, int ms); /* job_timer() after ms; restarts */
    void (*progress)(void *ctx, int percent, bool held);
    void (*finished)(void *ctx, enum printer_outcome outcome, enum printer_health why);
};

struct job;

/* Takes the script over. `id`: its marker. `doubtful`: nobody knows what the printer was in the middle of (just plugged in,
 * or an earlier job ended unknown): it is brought to the start of a command first. `real_time`: it answers DLE EOT. */
struct job *job_create(const struct job_io *io, void *ctx, const struct profile *p, struct script *s, const char id[5],
                       bool doubtful, bool real_time);
void job_destroy(struct job *j); /* takes NULL; cancels nothing */
void job_start(struct job *j, const struct printer_status *now);
/* The write has ended: 0 or -ERR_*; `moved` bytes of it were taken in any case. */
void job_written(struct job *j, int rc, size_t moved);
void job_reply(struct job *j, const struct reply *r, const struct printer_status *now);
void job_port_status(struct job *j, uint8_t status);
void job_timer(struct job *j);
void job_gone(struct job *j); /* unplugged */
void job_stop(struct job *j); /* the resident will not wait: clears the printer */
/* Was a byte taken that leaves a trace on paper? After the end it tells whether something hangs from the printer. */
bool job_print_taken(const struct job *j);
/* Nothing brought it back: only switching it off and on may help. */
bool job_stuck(const struct job *j);

/* What the status means for whoever wants to print. */
enum printer_health job_state_of(const struct printer_status *s);
bool job_may_print(enum printer_health s);

#endif
