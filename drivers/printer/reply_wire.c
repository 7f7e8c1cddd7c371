/* SPDX-License-Identifier: Apache-2.0
 *
 * Fixed bits (Epson): DLE EOT 0xx1xx10, first byte of automatic status 0xx1xx00, its other three and GS r 0xx0xxxx.
 * Blocks begin with one of a few odd bytes and end with NUL.
 */
#include "drivers/printer/reply_wire.h"

#include <string.h>

#define AUTO_LEN 4

void reply_parser_init(struct reply_parser *p, bool fixed_bits)
{
    memset(p, 0, sizeof *p);
    p->fixed_bits = fixed_bits;
}

bool reply_asked_status(struct reply_parser *p, int n)
{
    if (p->n_asked == REPLY_ASKED_MAX)
        return false;
    p->asked[p->n_asked++] = n;
    return true;
}

void reply_asked_paper(struct reply_parser *p)
{
    p->paper_asked++;
}

void reply_forget(struct reply_parser *p)
{
    p->n_asked = 0;
    p->paper_asked = 0;
    p->n_held = 0;
}

static struct reply make(enum reply_kind kind, uint8_t byte)
{
    return (struct reply){.kind = kind, .bytes = {byte}};
}

static struct reply status(struct reply_parser *p, uint8_t byte)
{
    struct reply r = make(REPLY_STATUS, byte);

    r.n = p->asked[0];
    p->n_asked--;
    memmove(p->asked, p->asked + 1, (size_t)p->n_asked * sizeof *p->asked);
    return r;
}

static struct reply paper(struct reply_parser *p, uint8_t byte)
{
    p->paper_asked--;
    return make(REPLY_PAPER, byte);
}

static bool opens_block(uint8_t byte)
{
    return byte != 0 && strchr("\x35\x37\x39\x3B\x3D\x5F", byte);
}

static struct reply hold(struct reply_parser *p, uint8_t byte)
{
    p->held[p->n_held++] = byte;
    return make(REPLY_NONE, 0);
}

/* Within a block: the marker's is 37 22 and four characters. */
static struct reply block(struct reply_parser *p, uint8_t byte)
{
    struct reply r = make(REPLY_STRAY, p->held[0]);

    if (byte != 0 && p->n_held < sizeof p->held)
        return hold(p, byte);
    if (byte == 0 && p->n_held == 6 && p->held[0] == 0x37 && p->held[1] == 0x22) {
        r.kind = REPLY_MARKER;
        memcpy(r.bytes, p->held + 2, 4);
    }
    p->n_held = 0;
    return r;
}

static struct reply first(struct reply_parser *p, uint8_t byte)
{
    bool like_status = (byte & 0x93) == 0x12;
    bool like_auto = (byte & 0x93) == 0x10;
    bool like_paper = (byte & 0x90) == 0x00;

    if (p->n_asked && (like_status || !p->fixed_bits))
        return status(p, byte);
    if (opens_block(byte))
        return hold(p, byte);
    if (p->automatic && like_auto)
        return hold(p, byte);
    if (p->paper_asked && like_paper)
        return paper(p, byte);
    /* an answer that breaks its fixed bits although the profile trusts them is still the answer */
    if (p->n_asked && !like_auto && byte != 0x11 && byte != 0x13)
        return status(p, byte);
    return make(REPLY_STRAY, byte);
}

/* Within an automatic status: a byte that cannot belong to it ends it, and is looked at by itself. */
static struct reply automatic(struct reply_parser *p, uint8_t byte)
{
    struct reply r = {.kind = REPLY_AUTO};

    if (byte & 0x90) {
        p->n_held = 0;
        return first(p, byte);
    }
    if (p->n_held + 1 < AUTO_LEN)
        return hold(p, byte);
    memcpy(r.bytes, p->held, AUTO_LEN - 1);
    r.bytes[AUTO_LEN - 1] = byte;
    p->n_held = 0;
    return r;
}

struct reply reply_take(struct reply_parser *p, uint8_t byte)
{
    if (!p->n_held)
        return first(p, byte);
    return opens_block(p->held[0]) ? block(p, byte) : automatic(p, byte);
}

static void from_status(struct printer_status *s, int n, uint8_t b)
{
    if (n == 1) {
        s->offline = b & 0x08;
    } else if (n == 2) {
        s->cover_open = b & 0x04;
        if (b & 0x20)
            s->paper_out = true;
    } else if (n == 3) {
        s->jam = b & 0x04;
        s->cutter = b & 0x08;
        s->unrecoverable = b & 0x20;
        s->heat = b & 0x40;
    } else if (n == 4) {
        s->paper_low = b & 0x0C;
        s->paper_out = b & 0x60;
    }
}

static void from_automatic(struct printer_status *s, const uint8_t *b)
{
    s->offline = b[0] & 0x08;
    s->cover_open = b[0] & 0x20;
    s->jam = b[1] & 0x04;
    s->cutter = b[1] & 0x08;
    s->unrecoverable = b[1] & 0x20;
    s->heat = b[1] & 0x40;
    s->paper_low = b[2] & 0x03;
    s->paper_out = b[2] & 0x0C;
}

bool reply_status(struct printer_status *s, const struct reply *r)
{
    struct printer_status before = *s;

    if (r->kind == REPLY_STATUS)
        from_status(s, r->n, r->bytes[0]);
    else if (r->kind == REPLY_AUTO)
        from_automatic(s, r->bytes);
    else if (r->kind == REPLY_PAPER) {
        s->paper_low = r->bytes[0] & 0x03;
        s->paper_out = r->bytes[0] & 0x0C;
    } else
        return false;
    s->known = true;
    return before.known != s->known || before.offline != s->offline || before.cover_open != s->cover_open ||
           before.paper_out != s->paper_out || before.paper_low != s->paper_low || before.jam != s->jam ||
           before.cutter != s->cutter || before.unrecoverable != s->unrecoverable || before.heat != s->heat;
}

bool reply_port_paper_empty(uint8_t port_status)
{
    return port_status & 0x20;
}
