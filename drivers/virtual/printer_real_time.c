/* SPDX-License-Identifier: Apache-2.0
 *
 * Real-time commands (DLE EOT, DLE ENQ, DLE DC4): looked for in every byte that arrives, whatever it is part of, also an
 * image. That is what printers do, and why a driver must not send such bytes as data.
 */
#include <string.h>

#include "drivers/virtual/printer_parts.h"

enum { EOT = 0x04, ENQ = 0x05, DC4 = 0x14 };

static void recover(struct virtual_printer *p, uint8_t n)
{
    if (printer_offline(p) && n == 2)
        printer_clear_buffers(p);
}

/* DLE DC4 in the forms that matter; the constants are there so that chance does not write them. */
static void dc4(struct virtual_printer *p)
{
    static const uint8_t clear[10] = {DLE, DC4, 8, 1, 3, 20, 1, 6, 2, 8}, off[5] = {DLE, DC4, 2, 1, 8};
    static const uint8_t status[4] = {DLE, DC4, 7, 1};

    if (!memcmp(p->real_time, clear, sizeof clear))
        printer_clear_buffers(p);
    else if (!memcmp(p->real_time + 5, off, sizeof off))
        printer_lose_power(p);
    else if (!memcmp(p->real_time + 6, status, sizeof status))
        printer_automatic(p, true);
}

bool printer_arrives(struct virtual_printer *p, uint8_t b)
{
    static const uint8_t status[2] = {DLE, EOT}, enquiry[2] = {DLE, ENQ};
    const struct virtual_printer_profile *f = p->profile;
    bool whole = true;

    memmove(p->real_time, p->real_time + 1, sizeof p->real_time - 1);
    p->real_time[sizeof p->real_time - 1] = b;
    if (!memcmp(p->real_time + 7, status, 2) && !p->no_eot && !f->in_order)
        printer_answer_status(p, b);
    else if (!memcmp(p->real_time + 7, enquiry, 2))
        recover(p, b);
    else
        whole = false;
    if (f->clear_dc4 && !p->no_dc4)
        dc4(p);
    if (whole && f->eats_real_time && p->fifo_len >= 2) {
        p->fifo_len -= 2;
        p->lost += 3;
        return false;
    }
    return true;
}

/* In the buffer they are only stepped over: they were obeyed when they arrived. */
static int length(const uint8_t *c, int len)
{
    if (len < 2)
        return 0;
    if (c[1] == EOT)
        return len < 3 ? 0 : c[2] == 7 || c[2] == 8 || c[2] == 18 ? 4 : 3;
    if (c[1] == ENQ)
        return 3;
    if (c[1] != DC4)
        return 1;
    if (len < 3)
        return 0;
    return c[2] == 8 ? 10 : c[2] == 7 ? 4 : 5;
}

int printer_dle(struct virtual_printer *p, const uint8_t *c, int len)
{
    int n = length(c, len);

    if (!n || n > len)
        return 0;
    if (c[1] == EOT && p->profile->in_order)
        printer_answer_status(p, c[2]);
    return n;
}
