/* SPDX-License-Identifier: Apache-2.0
 *
 * What comes back from a printer: one stream of bytes in which answers, automatic status and markers are mixed. Told apart
 * by what was asked first and by fixed bits second, since some printers break the fixed bits. Pure: bytes in, one reply out.
 */
#ifndef DRIVERS_PRINTER_REPLY_WIRE_H
#define DRIVERS_PRINTER_REPLY_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum reply_kind {
    REPLY_NONE,   /* not enough bytes yet */
    REPLY_STATUS, /* DLE EOT `n`: bytes[0] */
    REPLY_AUTO,   /* automatic status: bytes[0..3] */
    REPLY_PAPER,  /* GS r 1: bytes[0] */
    REPLY_MARKER, /* GS ( H: the four characters */
    REPLY_STRAY,  /* nobody asked for it: an old answer, XON, a block of no use here */
};
struct reply {
    enum reply_kind kind;
    int n;
    uint8_t bytes[4];
};

#define REPLY_ASKED_MAX 4  /* DLE EOT allows no more outstanding */
#define REPLY_BLOCK_MAX 96 /* longest block that is waited for to its NUL */

struct reply_parser {
    bool fixed_bits; /* the printer keeps the fixed bits of DLE EOT */
    bool automatic;  /* automatic status was switched on */
    int asked[REPLY_ASKED_MAX];
    int n_asked;
    int paper_asked; /* GS r 1 outstanding */
    uint8_t held[REPLY_BLOCK_MAX];
    size_t n_held; /* a block or an automatic status begun */
};

void reply_parser_init(struct reply_parser *p, bool fixed_bits);
/* Tells what was sent. false: four are outstanding, do not ask now. */
bool reply_asked_status(struct reply_parser *p, int n);
void reply_asked_paper(struct reply_parser *p);
/* Gives up what is outstanding, also half a reply: the rest will not come. */
void reply_forget(struct reply_parser *p);
/* Takes one byte; REPLY_NONE until a reply is whole. */
struct reply reply_take(struct reply_parser *p, uint8_t byte);

/* The state of a printer, from whichever reply told it. */
struct printer_status {
    bool known;
    bool offline, cover_open, paper_out, paper_low, jam, cutter, unrecoverable, heat;
};
/* Brings *s up to date; what the reply does not speak of stays. true when something changed. */
bool reply_status(struct printer_status *s, const struct reply *r);
/* GET_PORT_STATUS (USB printer class 1.1, 4.2.2): advisory, only "paper empty" is taken from it. */
bool reply_port_paper_empty(uint8_t port_status);

#endif
