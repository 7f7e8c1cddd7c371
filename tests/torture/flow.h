/* SPDX-License-Identifier: Apache-2.0
 *
 * A flow is one device's work from plugging in to the last word, with one of its transfers going wrong, and then the same
 * work again without a fault. It runs in a process of its own.
 */
#ifndef TESTS_TORTURE_FLOW_H
#define TESTS_TORTURE_FLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "drivers/usb/usb.h"
#include "drivers/virtual/bus.h"

#define FLOW_TEXT_MAX 8192
#define FLOW_PAPERS 2

/* What a clean run left behind: the measure for all others. */
struct flow_paper {
    char text[FLOW_TEXT_MAX], qr[1024];
    uint64_t picture; /* a hash of its dots */
    bool cut;         /* false: the printer has no cutter */
};

struct flow_report { /* shared with the process that started the flow */
    unsigned transfers;
    int64_t took_ms;   /* from print to outcome, from laying a card down to its lifting */
    char outcome[24];  /* in a word, for the summary */
    char failure[400]; /* empty: all is as it must be */
    char skip[160];    /* why nothing can be said of this model */
    bool finished;
    struct flow_paper papers[FLOW_PAPERS];
};

/* n 0: nothing goes wrong. `clean`: the report of such a run, NULL in itself. */
struct flow_case {
    const char *model; /* transport or profile */
    unsigned n;
    enum virtual_fault fault;
    const struct flow_report *clean;
};

void flow_read(const struct flow_case *c, struct flow_report *r);
void flow_print(const struct flow_case *c, struct flow_report *r);

/* --- what both stand on --- */

extern struct loop *flow_loop;
extern struct virtual_bus *flow_bus;
extern struct usb *flow_usb;

/* Bus and USB with the model in the port "device", its faults planned before anything is sent to it. */
void flow_set_up(const struct flow_case *c, struct virtual_device *d);
/* The first thing that is wrong is kept. */
void flow_fail(struct flow_report *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Steps until fn answers true or so much time has passed. What fn said last. */
bool flow_until(int64_t ms, bool (*fn)(void));
void flow_pass(int64_t ms);
/* The fault is over; a lost device is plugged in again. */
void flow_heal(void);

#endif
