/* SPDX-License-Identifier: Apache-2.0
 *
 * The hours that can be booked, and who may book, move, give back and take up one. Facts in, verdict out: no clock, no
 * database. Hours begin with each interval of the queue's day and follow each other as long as a whole one fits: closures
 * and days off have none, for the catalogue's hours have none there.
 */
#ifndef HALL_SLOT_H
#define HALL_SLOT_H

#include "model/appointment.h"

#define SLOT_EARLY_MS APPOINTMENT_HOUR_MS /* so long before its hour one may check in */

/* The days that have hours still to begin, the next first; `left` is the hour's places. The count. Those that begin before
 * `paused_until` (0: not paused) are not among them. */
int slot_days(const struct appointment_offer *o, int64_t now, int64_t paused_until, struct appointment_day *ret, int max);

struct slot_facts {
    const struct appointment_offer *offer;
    int64_t now, from; /* the hour that is wanted */
    int64_t paused_until;
    int64_t taken; /* places of it */
    bool same_day; /* the person has another one in this queue on that day */
    int64_t held;  /* so many the person has in all; those that it would take the place of are not counted */
};
enum appointment_refusal slot_judge_book(const struct slot_facts *f);
/* Of one that is to be given back or moved; NULL: there is none, or not of this person. */
enum appointment_refusal slot_judge_leave(const struct appointment *a, int64_t now);
/* Of one that is to be taken up now. */
enum appointment_refusal slot_judge_arrive(const struct appointment *a, int64_t now);

/* "A0105-0900-1", of the n-th that was given of that hour. */
void slot_number(char letter, int64_t from, int64_t n, char out[APPOINTMENT_NUMBER_MAX + 1]);

#endif
