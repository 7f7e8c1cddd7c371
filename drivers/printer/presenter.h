/* SPDX-License-Identifier: Apache-2.0
 *
 * The ticket between printer and hand: at the output, then taken, or drawn back when nobody takes it (it names somebody).
 * Printers without a presenter may still say that a ticket hangs there; it cannot be drawn back. Pure: it is told what the
 * sensor sees and what time it is, and says what has happened and what to do.
 */
#ifndef DRIVERS_PRINTER_PRESENTER_H
#define DRIVERS_PRINTER_PRESENTER_H

#include <stdbool.h>
#include <stdint.h>

enum presenter_word {
    PRESENTER_NOTHING,
    PRESENTER_OUT,       /* it stands at the output */
    PRESENTER_TAKEN,     /* it was taken */
    PRESENTER_DRAW_BACK, /* to do: nobody took it */
    PRESENTER_RETRACTED, /* it was drawn back */
};

struct presenter {
    enum { PRESENTER_EMPTY, PRESENTER_AWAITED, PRESENTER_HELD_OUT, PRESENTER_DRAWING } state;
    char job[5]; /* whose ticket; "": of an earlier run of the program */
    int64_t since_ms;
    int retract_ms; /* 0: it cannot be drawn back */
};

void presenter_init(struct presenter *p, int retract_ms);
void presenter_await(struct presenter *p, const char job[5], int64_t now_ms); /* a job was printed: its ticket will come */
enum presenter_word presenter_step(struct presenter *p, bool at_output, int64_t now_ms);
/* Another job is about to print: what stands there goes back first. True when it does. */
bool presenter_make_way(struct presenter *p);
bool presenter_watched(const struct presenter *p); /* the sensor must be asked */

#endif
