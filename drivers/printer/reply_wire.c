/* SPDX-License-Identifier: Apache-2.0
 *
 * Fixed bits (Epson): DLE EOT 0xx1xx10, first byte of automatic status 0xx1xx00, its other three and GS r 0xx0xxxx.
 * Blocks begin with one of a few odd bytes and end with NUL.
 */
#include "drivers/printer/reply_wire.h"

#include "base/must.h"

#include <string.h>

#define AUTO_LEN 4
#define FULL_LEN 6 /* 10 0F and four */
#define PAPER 0    /* in the queue of what was asked */

void reply_parser_init(struct reply_parser *p, const struct reply_habits *habits)
{
    memset(p, 0, sizeof *p);
    p->habits = *habits;
}

static bool is_id(int n)
{
    return n >= REPLY_ID_FIRST && n < REPLY_ID_FIRST + REPLY_IDS;
}

/* The first GS r, or the first DLE EOT, that is outstanding; -1: none. */
static int find(const struct reply_parser *p, bool paper)
{
    for (int i = 0; i < p->n_asked; i++)
        if (!is_id(p->asked[i]) && (p->asked[i] == PAPER) == paper)
            return i;
    return -1;
}

static int find_id(const struct reply_parser *p)
{
    for (int i = 0; i < p->n_asked; i++)
        if (is_id(p->asked[i]))
            return i;
    return -1;
}

int reply_room(const struct reply_parser *p)
{
    must(p->n_asked >= 0 && p->n_asked <= REPLY_QUEUE_MAX, "more questions than there is room for");
    int room = REPLY_ASKED_MAX, places = REPLY_QUEUE_MAX - p->n_asked;

    for (int i = 0; i < p->n_asked; i++)
        room -= p->asked[i] != PAPER && !is_id(p->asked[i]);
    return room < places ? room : places;
}

bool reply_asked_status(struct reply_parser *p, int n)
{
    if (reply_room(p) <= 0)
        return false;
    p->asked[p->n_asked++] = n;
    return true;
}

void reply_asked_paper(struct reply_parser *p)
{
    if (p->n_asked < REPLY_QUEUE_MAX)
        p->asked[p->n_asked++] = PAPER;
}

void reply_asked_id(struct reply_parser *p, int n)
{
    if (is_id(n) && p->n_asked < REPLY_QUEUE_MAX)
        p->asked[p->n_asked++] = n;
}

bool reply_paper_due(const struct reply_parser *p)
{
    return find(p, true) >= 0;
}

void reply_forget(struct reply_parser *p)
{
    p->n_asked = 0;
    p->n_held = 0;
}

static struct reply make(enum reply_kind kind, uint8_t byte)
{
    return (struct reply){.kind = kind, .bytes = {byte}};
}

static void drop(struct reply_parser *p, int i)
{
    must(i >= 0 && i < p->n_asked, "a question that was not asked");
    p->n_asked--;
    memmove(p->asked + i, p->asked + i + 1, (size_t)(p->n_asked - i) * sizeof *p->asked);
}

/* The answer to the i-th that is outstanding. */
static struct reply answer(struct reply_parser *p, int i, uint8_t byte)
{
    must(i >= 0 && i < p->n_asked, "an answer to what was not asked");
    int n = p->asked[i];
    struct reply r = make(n == PAPER ? REPLY_PAPER : REPLY_STATUS, byte);

    r.n = n;
    r.bytes[1] = p->habits.untorn_bit && n == 1; /* bit 7 is to be read */
    drop(p, i);
    for (int id = find_id(p); n == PAPER && id >= 0 && id < i; id = find_id(p), i--)
        drop(p, id); /* GS I is answered in its turn, or not at all */
    return r;
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

/* 5F and what the printer says of itself. */
static struct reply id_block(struct reply_parser *p)
{
    int i = find_id(p);
    struct reply r = make(REPLY_ID, 0);
    size_t len = 0;

    r.n = p->asked[i];
    for (size_t at = 1; at < p->n_held && len < REPLY_TEXT_MAX; at++)
        if (p->held[at] >= 0x20 && p->held[at] < 0x7F)
            r.text[len++] = (char)p->held[at];
    drop(p, i);
    return r;
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
    } else if (byte == 0 && p->held[0] == 0x5F && find_id(p) >= 0) {
        r = id_block(p);
    }
    p->n_held = 0;
    return r;
}

static bool like_status(const struct reply_parser *p, int i, uint8_t byte)
{
    bool bit7 = p->habits.untorn_bit && p->asked[i] == 1;

    return p->habits.no_fixed_bits || (byte & (bit7 ? 0x13 : 0x93)) == 0x12;
}

static bool full_due(const struct reply_parser *p)
{
    int i = find(p, false);

    return i >= 0 && p->asked[i] == REPLY_FULL_N;
}

static struct reply first(struct reply_parser *p, uint8_t byte)
{
    bool like_auto = (byte & 0x93) == 0x10;
    bool like_paper = (byte & 0x90) == 0x00;
    int status = find(p, false), paper = find(p, true);
    bool before = p->habits.in_order && paper >= 0 && paper < status; /* GS r's answer comes first */

    if (full_due(p) && byte == 0x10)
        return hold(p, byte);
    if (status >= 0 && p->asked[status] == REPLY_FULL_N)
        status = -1; /* its answer begins in one way only */
    if (before && like_paper)
        return answer(p, paper, byte);
    if (status >= 0 && !before && like_status(p, status, byte))
        return answer(p, status, byte);
    if (opens_block(byte))
        return hold(p, byte);
    if (p->habits.automatic && like_auto)
        return hold(p, byte);
    if (paper >= 0 && like_paper)
        return answer(p, paper, byte);
    /* an answer that breaks its fixed bits although the profile trusts them is still the answer */
    if (status >= 0 && !before && !like_auto && byte != 0x11 && byte != 0x13)
        return answer(p, status, byte);
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

static struct reply full(struct reply_parser *p, uint8_t byte)
{
    struct reply r = {.kind = REPLY_FULL, .n = REPLY_FULL_N};

    if (p->n_held + 1 < FULL_LEN)
        return hold(p, byte);
    memcpy(r.bytes, p->held + 2, 3);
    r.bytes[3] = byte;
    answer(p, find(p, false), 0);
    p->n_held = 0;
    return r;
}

/* What begins with 10 is a full status when one is due and 0F comes second; else an automatic one. */
static bool is_full(const struct reply_parser *p, uint8_t byte)
{
    return p->held[0] == 0x10 && full_due(p) && (p->n_held > 1 ? p->held[1] : byte) == 0x0F;
}

struct reply reply_take(struct reply_parser *p, uint8_t byte)
{
    if (!p->n_held)
        return first(p, byte);
    if (opens_block(p->held[0]))
        return block(p, byte);
    if (is_full(p, byte))
        return full(p, byte);
    if (p->habits.automatic)
        return automatic(p, byte);
    p->n_held = 0;
    return first(p, byte);
}

static void from_status(struct printer_status *s, int n, const uint8_t *bytes)
{
    uint8_t b = bytes[0];

    if (n == 1) {
        s->offline = b & 0x08;
        if (bytes[1])
            s->at_output = b & 0x80;
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

/* CUSTOM's layout. Its other bits differ from model to model. */
static void from_full(struct printer_status *s, const uint8_t *b)
{
    s->paper_out = b[0] & 0x01;
    s->paper_low = b[0] & 0x04;
    s->at_output = b[0] & 0x20;
    s->cover_open = b[1] & 0x03;
    s->heat = b[2] & 0x01;
    s->jam = b[2] & 0x40;
    s->cutter = b[3] & 0x01;
}

bool reply_status(struct printer_status *s, const struct reply *r)
{
    struct printer_status before = *s;

    if (r->kind == REPLY_STATUS)
        from_status(s, r->n, r->bytes);
    else if (r->kind == REPLY_FULL)
        from_full(s, r->bytes);
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
           before.cutter != s->cutter || before.unrecoverable != s->unrecoverable || before.heat != s->heat ||
           before.at_output != s->at_output;
}

bool reply_port_paper_empty(uint8_t port_status)
{
    return port_status & 0x20;
}
