/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the cut paper is: it hangs at the cutter, or a presenter (GS e, as CUSTOM and its relatives have it) holds it
 * inside, shows it at the output and takes it back. A piece that nobody took falls when the next one comes.
 */
#include <string.h>

#include "drivers/virtual/printer_parts.h"

enum { RETRACT = 2, PRESENT = 3, EJECT = 5, REPORT = 6, PRESENT_FOR = 32 };

static void leave(struct virtual_printer *p, int *count)
{
    if (p->ticket != TICKET_NONE)
        (*count)++;
    p->ticket = TICKET_NONE;
    p->retract_due_ms = 0;
}

void printer_was_cut(struct virtual_printer *p)
{
    leave(p, &p->fell);
    p->ticket = p->profile->presenter ? TICKET_INSIDE : TICKET_OUT;
}

static void act(struct virtual_printer *p, const uint8_t c[3])
{
    if (c[0] == RETRACT) {
        leave(p, &p->retracted);
    } else if (c[0] == EJECT) {
        leave(p, &p->fell);
    } else if ((c[0] == PRESENT || c[0] == PRESENT_FOR) && p->ticket != TICKET_NONE) {
        p->ticket = TICKET_OUT;
        p->retract_due_ms = c[0] == PRESENT_FOR && c[2] ? p->now_ms + c[2] * INT64_C(1000) : 0;
    }
}

void printer_present(struct virtual_printer *p, const uint8_t c[3])
{
    uint8_t b = printer_ejector_byte(p);

    if (!p->profile->presenter)
        return;
    if (c[0] == REPORT) {
        printer_reply(p, &b, 1);
        return;
    }
    if (c[0] != RETRACT && c[0] != PRESENT && c[0] != EJECT && c[0] != PRESENT_FOR)
        return;
    if (!sheet_empty(&p->sheet)) /* these cut first */
        printer_drop_paper(p);
    act(p, c);
}

void printer_present_time(struct virtual_printer *p)
{
    if (p->retract_due_ms && p->now_ms >= p->retract_due_ms)
        leave(p, &p->retracted);
}

void printer_take(struct virtual_printer *p)
{
    if (p->ticket == TICKET_NONE && p->profile->no_cutter && !sheet_empty(&p->sheet))
        printer_drop_paper(p);
    if (p->ticket == TICKET_OUT)
        leave(p, &p->taken);
}
