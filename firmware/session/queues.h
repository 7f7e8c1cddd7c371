/* SPDX-License-Identifier: Apache-2.0
 *
 * state_queue.c: the queues, and the number that is taken of one.
 */
#ifndef SESSION_QUEUES_H
#define SESSION_QUEUES_H

#include "base/clock.h"
#include "model/appointment.h"

struct session;
struct input;

struct queues {
    int chosen;                                   /* whose number is taken: index into view.queue.queues */
    bool taking;                                  /* its record is on its way */
    char appointment[APPOINTMENT_NUMBER_MAX + 1]; /* it is taken for, and its hour; "", 0: for none */
    int64_t booked_ms;
    char day[DATE_LEN + 1]; /* the number was given for */
};

/* `a`: checks in with this appointment; NULL: like everybody else. */
void queues_take(struct session *s, const struct appointment *a);
void queues_take_again(struct session *s); /* what could not be stored */
void queues_taken(struct session *s, const struct input *in);
void queues_void(struct session *s); /* the number is given back */

/* Also between visits. */
void queues_unknown(struct session *s);
void queues_input(struct session *s, const struct input *in);
void queues_times(struct session *s, const struct input *in);

#endif
