/* SPDX-License-Identifier: Apache-2.0
 *
 * state_staff_pin.c: a technician's card, and what the pages behind it share; state_paper_change.c: a new roll;
 * state_device_tests.c: each device.
 */
#ifndef SESSION_STAFF_H
#define SESSION_STAFF_H

#include "model/outage.h"
#include "session/effect.h"

struct session;
struct input;

#define STAFF_REST 600000

struct staff_flow {
    char *pin;             /* secret memory: what is typed on the PIN page */
    int64_t pin_open_at;   /* wall clock: from then on a PIN is taken */
    struct outage pausing; /* its record is on its way */
};

void staff_card(struct session *s, const struct input *in); /* from idle and out of service */
void staff_leave(struct session *s);
void staff_paper_begin(struct session *s); /* asks whose roll, where there are two printers */
void staff_paper_outcome(struct session *s, enum device_role role, enum print_state print);
void staff_test_outcome(struct session *s, enum device_role role, enum print_state print);
struct effect_record *staff_record(struct session *s, enum record_kind kind, const char *what);

#endif
