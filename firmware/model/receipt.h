/* SPDX-License-Identifier: Apache-2.0
 *
 * The papers Tongban prints: the submission receipt (收件凭证) and the queue ticket (排队号票), composed once as struct
 * paper. Words come from assets/strings.
 */
#ifndef MODEL_RECEIPT_H
#define MODEL_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "model/demand.h"
#include "model/item.h"
#include "model/opening.h"
#include "model/paper.h"
#include "model/place.h"
#include "model/ticket.h"

struct receipt_facts {
    const struct place *place;
    const struct item *item;
    const char *number;      /* 19 digits */
    const char *masked_name; /* personal, masked already */
    const char *masked_id;
    int64_t submitted_ms;
    const struct demand *demand;    /* of the answers that were handed in */
    struct date promised, accepted; /* year 0: none */
    const struct date *parts;       /* `item` is a bundle and `number` its number: `promised` of each member */
    bool provisional;               /* 暂定: until … */
    int provisional_year;           /* … this year's notice of holidays is out; 0: the clock was checked */
    bool clock_unsure;              /* say that the date and time may be corrected */
    int copy;                       /* 1 = first print; 2… = 补打, printed as a black band */
    int64_t printed_ms;
};
/* NULL when it does not fit (never for a linted item). */
struct paper *receipt_compose(const struct receipt_facts *f);
/* What the QR code of a case holds and a phone shows: the number in its groups, as on the paper, and the terminal; nothing
 * personal. out holds 80 bytes. */
void receipt_qr_text(const char *number, const char *terminal, char out[80]);

struct ticket_facts {
    const struct place *place;
    const char *number; /* "A 032" or "A03-001" */
    const char *qr;
    const struct queue *queue;
    int64_t booked_ms;  /* the hour that was booked: said in place of the wait; 0: none was */
    int ahead, minutes; /* when it was taken; -1: not known, and then the paper says nothing of it; minutes 0: at once */
    int64_t taken_ms;
    const struct day_hours *hours; /* of the windows; NULL or n 0: not known, and the paper says nothing of it */
    bool hours_today;              /* else of an ordinary working day */
    int copy;                      /* 2… = 补打: said above and below */
    int64_t printed_ms;
};
struct paper *ticket_compose(const struct ticket_facts *f);
/* The same for a ticket: number, queue, day, terminal. out holds 80 bytes. */
void ticket_qr_text(const char *number, const char *queue, const char *day, const char *terminal, char out[80]);

#endif
