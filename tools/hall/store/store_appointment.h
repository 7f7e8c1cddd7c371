/* SPDX-License-Identifier: Apache-2.0
 *
 * Appointments as rows (rules/slot.h says what may be). `appointment_hour` counts the places taken of each hour, and
 * `appointment_person` has one row for each person, queue and day: both are set only if they are as they were read, so that
 * no place is ever booked twice and nobody has two hours of a day, however many halls book at once.
 *
 * Each function runs in the caller's transaction; -ERR_RETRY: somebody was faster, the whole transaction again. Who a person
 * is, the hall knows by a blind index alone (open/blind.h). Not derived from records: `hallctl rebuild` leaves it.
 */
#ifndef HALL_STORE_APPOINTMENT_H
#define HALL_STORE_APPOINTMENT_H

#include "crypto/hash.h"
#include "model/appointment.h"
#include "tools/hall/store/store.h"

struct appointment_asked { /* strings and bytes are borrowed */
    int office;
    int64_t now;
    const struct appointment_wish *wish;
    const struct appointment_offer *offer; /* of the wish's queue; NULL: it has none, or none is named */
    const uint8_t *idx;                    /* SHA256_LEN, of whoever's card was read; NULL: nobody's */
    const char *code;                      /* … then MOVE and CANCEL go by the code on the paper */
};
/* BOOK, MOVE, CANCEL, judged on what is there: ret->refused, ->done. The same id again is the same booking: nothing is done
 * a second time. 0 also when it is refused; nothing was changed then. */
int appointment_do(struct store *s, const struct appointment_asked *a, struct my_appointments *ret, struct err *e);
/* What is told after that, or without it: the hours of the wish's queue, and the person's own. */
int appointment_tell(struct store *s, const struct appointment_asked *a, struct my_appointments *ret, struct err *e);

/* --- for staff --- */

struct appointment_row {
    struct appointment appointment;
    char ticket[TICKET_NUMBER_MAX + 1]; /* ARRIVED */
};
typedef int appointment_row_fn(void *ctx, const struct appointment_row *r); /* non-zero stops */
int appointment_each(struct store *s, int office, int64_t day, appointment_row_fn *fn, void *ctx, struct err *e);
/* The newest of that number. 1: found. */
int appointment_find(struct store *s, int office, const char *number, struct appointment *ret, struct err *e);

#endif
