/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl appointment: one command on its way (appointment.c), and what is said of it (appointment_show.c).
 */
#ifndef HALLCTL_APPOINTMENT_H
#define HALLCTL_APPOINTMENT_H

#include "tools/hall/cases/published.h"
#include "tools/hall/store/store_appointment.h"
#include "tools/hallctl/hallctl.h"

struct appointment_options {
    const char *verb, *data, *office, *queue, *day, *from, *number, *code, *ticket, *staff;
    bool json;
    int office_n;
    int64_t day_n, from_ms, now;
};

/* One command on its way. */
struct appointment_deed {
    struct store *store;
    const struct appointment_options *options;
    struct published book;
    struct appointment_offer offer;
    bool offered;
    struct appointment_wish wish;
    struct my_appointments answer;
    struct appointment found; /* what it was done to, or what was booked */
};

/* Each says it on stdout, or on stderr why not; the exit code. */
int appointment_say_refused(const struct appointment_deed *d);
int appointment_say_done(const struct appointment_deed *d);
int appointment_show_free(struct appointment_deed *d); /* the verb: which hours are left */
int appointment_show_list(struct appointment_deed *d); /* the verb: who has booked that day */

#endif
