/* SPDX-License-Identifier: Apache-2.0
 *
 * The paper of what was said at a terminal: its tracking code, until when an answer is owed, how to read it. Neither the
 * words nor the name stand on it: whoever finds it must not learn who complained of what.
 */
#ifndef MODEL_SPEAK_SLIP_H
#define MODEL_SPEAK_SLIP_H

#include "model/paper.h"
#include "model/place.h"
#include "model/speak.h"

struct speak_slip_facts { /* strings are borrowed */
    const struct place *place;
    const char *code; /* 18 digits: whoever has it reads the answer */
    enum speak_kind kind;
    bool phone, card; /* was either left? */
    int64_t at_ms;
    struct date due;
    bool provisional;
    int provisional_year; /* whose notice of holidays is awaited; 0: the clock alone is in doubt */
    int copy;             /* 1 = first print in this visit; 2… = 补打 */
    int64_t printed_ms;
};

/* A new paper; NULL when it does not fit. */
struct paper *speak_slip_compose(const struct speak_slip_facts *f);

#endif
