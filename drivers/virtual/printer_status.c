/* SPDX-License-Identifier: Apache-2.0
 *
 * What the virtual printer answers: DLE EOT, GS r, automatic status, GET_PORT_STATUS (Epson's layout; USB printer
 * class 1.1).
 */
#include <string.h>

#include "drivers/virtual/printer_parts.h"

bool printer_offline(const struct virtual_printer *p)
{
    return p->paper_out || p->cover_open || p->jam || p->cutter;
}

void printer_reply(struct virtual_printer *p, const void *data, int len)
{
    if (p->silent || p->gone || len > PRINTER_REPLIES_MAX - p->replies_len)
        return;
    memcpy(p->replies + p->replies_len, data, (size_t)len);
    p->replies_len += len;
}

void printer_answer_status(struct virtual_printer *p, int n)
{
    uint8_t b = 0x12;

    switch (n) {
    case 1:
        b |= printer_offline(p) ? 0x08 : 0;
        break;
    case 2:
        b |= (p->cover_open ? 0x04 : 0) | (p->paper_out ? 0x20 : 0) | (p->jam || p->cutter ? 0x40 : 0);
        break;
    case 3:
        b |= (p->jam ? 0x04 : 0) | (p->cutter ? 0x08 : 0);
        break;
    case 4:
        b |= (p->paper_low || p->paper_out ? 0x0C : 0) | (p->paper_out ? 0x60 : 0);
        break;
    default:
        return;
    }
    printer_reply(p, &b, 1);
}

void printer_automatic(struct virtual_printer *p, bool always)
{
    uint8_t b[4] = {0x10, 0, 0, 0x0F};

    b[0] |= (uint8_t)((printer_offline(p) ? 0x08 : 0) | (p->cover_open ? 0x20 : 0));
    b[1] |= (uint8_t)((p->jam ? 0x04 : 0) | (p->cutter ? 0x08 : 0));
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
