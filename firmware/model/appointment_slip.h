/* SPDX-License-Identifier: Apache-2.0
 *
 * The paper of an hour that was booked (预约单): day, hour and place double, number and code, how to check in and to change
 * it. No name stands on it. Words come from assets/strings.
 */
#ifndef MODEL_APPOINTMENT_SLIP_H
#define MODEL_APPOINTMENT_SLIP_H

#include "model/appointment.h"
#include "model/paper.h"
#include "model/place.h"

struct appointment_slip_facts { /* borrowed */
    const struct place *place;
    const struct queue *queue;
    const struct appointment *appointment;
    const char *qr;
    int copy; /* 1 = first print in this visit; 2… = 补打 */
    int64_t printed_ms;
};
/* A new paper; NULL when it does not fit. */
struct paper *appointment_slip_compose(const struct appointment_slip_facts *f);

#endif
