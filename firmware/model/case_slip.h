/* SPDX-License-Identifier: Apache-2.0
 *
 * The papers of a case that the hall has already, as a terminal prints them: its receipt once more (收件凭证), the receipt
 * of what was added to it (补件凭证), and what was decided (办理决定书, 不予受理通知书), which says that it is a terminal's
 * print and carries the hall's signed code. Words come from assets/strings and from the hall.
 */
#ifndef MODEL_CASE_SLIP_H
#define MODEL_CASE_SLIP_H

#include <stdbool.h>
#include <stdint.h>

#include "model/my_case.h"
#include "model/paper.h"
#include "model/place.h"

struct case_slip_facts { /* strings are borrowed */
    const struct place *place;
    const struct my_case *one;
    const char *masked_name, *masked_id; /* personal, masked already; "": nobody has laid a card down */
    int64_t at_ms;                       /* supplement: when it was added */
    int characters;                      /* supplement: how much; what it says stands on no paper */
    bool clock_unsure;                   /* say that the date and time may be corrected */
    int copy;                            /* 1 = first print in this visit; 2… = 补打 */
    int64_t printed_ms;
};

/* Each gives a new paper, NULL when it does not fit (never for what the hall sends). */
struct paper *case_slip_receipt(const struct case_slip_facts *f);
struct paper *case_slip_supplement(const struct case_slip_facts *f);
struct paper *case_slip_decision(const struct case_slip_facts *f); /* decided or refused, with its code */

#endif
