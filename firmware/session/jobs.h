/* SPDX-License-Identifier: Apache-2.0
 *
 * Paper jobs: from the decision to print to the outcome in the journal.
 */
#ifndef SESSION_JOBS_H
#define SESSION_JOBS_H

#include "model/device.h"
#include "model/paper.h"
#include "model/record.h"
#include "model/ticket.h"

struct session;
struct input;

#define JOBS_PROMISED 10000 /* ms; then it is slow */

/* A paper job whose outcome is still to come. It outlives its visit, so it holds nothing personal. */
struct job {
    bool running;
    bool heard;       /* its print-start is durable, or the printer spoke of it */
    bool held;        /* waits for paper or a cover */
    bool stopped;     /* EFFECT_PRINT_STOP was given */
    bool test;        /* a technician's test page */
    bool void_if_not; /* ticket left without a word: void when nothing came out */
    char token[5];
    char number[RECORD_TEXT_MAX];
    char queue[QUEUE_ID_MAX + 1], day[DATE_LEN + 1]; /* of a ticket */
    int copy;
    unsigned visit;
};

struct jobs {
    struct job of[PRINTER_ROLES];
    unsigned count;
    int copy[PRINTER_ROLES]; /* of the last print */
};

bool jobs_printer_usable(enum printer_health h);
/* Prints the receipt or ticket of this visit and shows the page of what came of it. Without a usable printer a print-not
 * is recorded instead. */
void jobs_print(struct session *s, enum device_role role);
/* The next print follows one that may have come out: it says 补打. */
void jobs_print_again(struct session *s, enum device_role role);
/* The same for a touch: where it cannot be printed, the page that says why. */
void jobs_reprint(struct session *s, enum device_role role);
void jobs_print_test(struct session *s, enum device_role role);
/* A technician's paper, owned from here on: a job like any other, of nobody's visit; nothing while another one runs. */
void jobs_print_staff(struct session *s, enum device_role role, const char *what, struct paper *paper);
/* Nobody waits for this visit's paper any more: what still comes of it is recorded and not shown. */
void jobs_abandon(struct session *s, enum device_role role);
bool jobs_printing(const struct session *s); /* a paper of this visit */

void jobs_input(struct session *s, const struct input *in);
void jobs_slip(struct session *s, const struct input *in);
void jobs_start_recorded(struct session *s);
void jobs_start_failed(struct session *s);
void jobs_visit_over(struct session *s);

#endif
