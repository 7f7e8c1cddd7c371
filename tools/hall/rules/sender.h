/* SPDX-License-Identifier: Apache-2.0
 *
 * Who sent a record, as the hall knows it, never as the record says. What it may give: case and ticket numbers of its own
 * registrations, and ticket numbers of blocks leased to it.
 */
#ifndef HALL_RULES_SENDER_H
#define HALL_RULES_SENDER_H

#include "model/record.h"

struct sender {
    int office;
    const char *terminal; /* borrowed, as epoch */
    const uint8_t *epoch;
    int64_t received;
    int registrations[2]; /* of its numbers; two when it enrolled anew and kept its journal */
    int64_t at;           /* the latest time its records told with a trusted clock, never later than they came */
};

/* Its `at` after one more record: a time nobody trusts bounds nothing, and none lies later than the record came. */
int64_t sender_later(const struct sender *s, int64_t at, bool clock_trusted);
/* Whether an application's case number is its to give. */
bool sender_gives_case(const struct sender *s, const char *number);

/* Whether the number of what somebody said is its to give. */
bool sender_gives_spoken(const struct sender *s, const char *number);

/* Whether a supplement to that case may come from it: any terminal of its office, where anybody may stand who has a card. */
bool sender_supplements(const struct sender *s, const char *number);

/* The newest block of leased numbers that begins at or below a ticket's; terminal NULL: there is none. */
struct sender_block {
    const char *terminal;
    int64_t first, count, leased_at;
};
/* Whether a ticket's number is its to give. *ret_since: it cannot have been taken before then. */
bool sender_gives_ticket(const struct sender *s, const char *number, const struct sender_block *b, int64_t *ret_since);
/* When a ticket was taken, as far as the hall can believe that, which is what orders the queue: not before its number was
 * leased, nor before what the terminal told last, nor after it came; with a clock nobody trusts, when it came. */
int64_t sender_taken_at(const struct sender *s, int64_t at, bool clock_trusted, int64_t since);

#endif
