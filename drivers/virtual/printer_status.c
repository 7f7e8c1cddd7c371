/* SPDX-License-Identifier: Apache-2.0
 *
 * What the virtual printer answers: DLE EOT, GS r, automatic status, GET_PORT_STATUS (Epson's layout; USB printer
 * class 1.1), and the full and ejector status of printers with a presenter.
 */
#include <string.h>

#include "drivers/virtual/printer_parts.h"

#define FIXED 0x12   /* bits 1 and 4 of every answer to DLE EOT */
#define MERGE_MS 200 /* what a merged reply waits for company */
enum { PRINT_STATUS = 17, FULL_STATUS = 20 };

bool printer_offline(const struct virtual_printer *p)
{
    return p->paper_out || p->cover_open || p->jam || p->cutter || p->heat;
}

void printer_reply(struct virtual_printer *p, const void *data, int len)
{
    if (p->silent || p->gone || len > PRINTER_REPLIES_MAX - p->replies_len)
        return;
    if (!p->replies_len)
        p->merge_due_ms = p->now_ms + MERGE_MS;
    else
        p->merge_due_ms = 0;
    memcpy(p->replies + p->replies_len, data, (size_t)len);
    p->replies_len += len;
}

/* 10 0F, then paper, user, recoverable, unrecoverable. */
static void full_status(struct virtual_printer *p)
{
    uint8_t b[6] = {DLE, 0x0F};

    b[2] |= (uint8_t)((p->paper_out ? 0x01 : 0) | (p->paper_low || p->paper_out ? 0x04 : 0) |
                      (p->ticket == TICKET_OUT ? 0x20 : 0));
    b[3] |= (uint8_t)((p->cover_open ? 0x03 : 0) | (printer_feeding(p) ? 0x08 : 0));
    b[4] |= (uint8_t)((p->heat ? 0x01 : 0) | (p->jam ? 0x40 : 0));
    b[5] |= (uint8_t)(p->cutter ? 0x01 : 0);
    printer_reply(p, b, sizeof b);
}

uint8_t printer_ejector_byte(const struct virtual_printer *p)
{
    return (uint8_t)((p->paper_low || p->paper_out ? 0x01 : 0) | (p->ticket == TICKET_INSIDE ? 0x04 : 0) |
                     (p->ticket == TICKET_OUT ? 0x08 : 0) | (printer_feeding(p) ? 0x10 : 0) |
                     (printer_offline(p) ? 0x40 : 0) | (p->jam ? 0x80 : 0));
}

static int status_bits(const struct virtual_printer *p, int n)
{
    switch (n) {
    case 1:
        return (printer_offline(p) ? 0x08 : 0) | (p->profile->torn_bit && p->ticket == TICKET_OUT ? 0x80 : 0);
    case 2:
        return (p->cover_open ? 0x04 : 0) | (p->paper_out ? 0x20 : 0) | (p->jam || p->cutter || p->heat ? 0x40 : 0);
    case 3:
        return (p->jam ? 0x04 : 0) | (p->cutter ? 0x08 : 0) | (p->heat ? 0x40 : 0);
    case 4:
        return (p->paper_low || p->paper_out ? 0x0C : 0) | (p->paper_out ? 0x60 : 0);
    case PRINT_STATUS:
        return p->profile->presenter ? (printer_feeding(p) ? 0x04 : 0) | (p->paper_out ? 0x20 : 0) : -1;
    default:
        return -1;
    }
}

void printer_answer_status(struct virtual_printer *p, int n)
{
    int bits = status_bits(p, n);
    uint8_t b = (uint8_t)(bits | (p->profile->bare_status ? 0 : FIXED));

    if (p->profile->no_status || (p->profile->mute_while_feeding && printer_feeding(p)))
        return;
    if (n == FULL_STATUS && p->profile->presenter)
        full_status(p);
    else if (bits >= 0)
        printer_reply(p, &b, 1);
}

void printer_automatic(struct virtual_printer *p, bool always)
{
    uint8_t b[4] = {0x10, 0, 0, 0x0F};

    b[0] |= (uint8_t)((printer_offline(p) ? 0x08 : 0) | (p->cover_open ? 0x20 : 0));
    b[1] |= (uint8_t)((p->jam ? 0x04 : 0) | (p->cutter ? 0x08 : 0) | (p->heat ? 0x40 : 0));
    b[2] |= (uint8_t)((p->paper_low || p->paper_out ? 0x03 : 0) | (p->paper_out ? 0x0C : 0));
    if (!p->automatic_mask || (!always && !memcmp(b, p->automatic_sent, sizeof b)))
        return;
    memcpy(p->automatic_sent, b, sizeof b);
    printer_reply(p, b, sizeof b);
}

uint8_t printer_paper_byte(const struct virtual_printer *p)
{
    return (uint8_t)((p->paper_low || p->paper_out ? 0x03 : 0) | (p->paper_out ? 0x0C : 0));
}

uint8_t printer_port_status(const struct virtual_printer *p)
{
    if (p->profile->port_status == PORT_CONSTANT)
        return 0x18;
    return (uint8_t)((p->paper_out ? 0x20 : 0) | (p->cover_open ? 0 : 0x10) | (printer_offline(p) ? 0 : 0x08));
}
