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
    REPLY_STATUS, /* DLE EOT `n`: bytes[0]; bytes[1]: its bit 7 has a meaning */
    REPLY_FULL,   /* DLE EOT 20: paper, user, recoverable and unrecoverable errors */
    REPLY_AUTO,   /* automatic status: bytes[0..3] */
    REPLY_PAPER,  /* GS r 1: bytes[0] */
    REPLY_MARKER, /* GS ( H: the four characters */
    REPLY_ID,     /* GS I `n`: text */
    REPLY_STRAY,  /* nobody asked for it: an old answer, XON, a block of no use here */
};
#define REPLY_TEXT_MAX 40 /* of what a printer says of itself */
struct reply {
    enum reply_kind kind;
    int n;
    uint8_t bytes[4];
    char text[REPLY_TEXT_MAX + 1]; /* printable ASCII; what else it said is left out */
};

#define REPLY_ID_FIRST 65 /* GS I 65 firmware, 66 maker, 67 model, 68 serial number */
#define REPLY_IDS 4
#define REPLY_ASKED_MAX 4  /* DLE EOT allows no more outstanding */
#define REPLY_QUEUE_MAX 12 /* with GS r among them */
#define REPLY_BLOCK_MAX 96 /* longest block that is waited for to its NUL */
#define REPLY_FULL_N 20    /* DLE EOT 20 of CUSTOM's: six bytes */

/* In what a printer differs: the bits of profile.h, which this file does not need to know. */
struct reply_habits {
    bool no_fixed_bits; /* answers to DLE EOT keep no fixed bits */
    bool untorn_bit;    /* bit 7 of DLE EOT 1 has a meaning */
    bool in_order;      /* DLE EOT waits its turn: the order of questions is the order of answers */
    bool automatic;     /* automatic status was switched on */
};

struct reply_parser {
    struct reply_habits habits;
    int asked[REPLY_QUEUE_MAX]; /* in the order asked: n of DLE EOT or of GS I, or 0 for GS r 1 */
    int n_asked;
    uint8_t held[REPLY_BLOCK_MAX];
    size_t n_held; /* a block, an automatic or a full status begun */
};

void reply_parser_init(struct reply_parser *p, const struct reply_habits *habits);
int reply_room(const struct reply_parser *p); /* so many DLE EOT may be asked now */
/* Tells what was sent. false: four are outstanding, do not ask now. */
bool reply_asked_status(struct reply_parser *p, int n);
void reply_asked_paper(struct reply_parser *p);
/* GS I n. Some answer it with silence: the answer to a GS r 1 that was asked behind it tells that none comes. */
void reply_asked_id(struct reply_parser *p, int n);
bool reply_paper_due(const struct reply_parser *p); /* a GS r 1 is outstanding */
/* Gives up what is outstanding, also half a reply: the rest will not come. */
void reply_forget(struct reply_parser *p);
/* Takes one byte; REPLY_NONE until a reply is whole. */
struct reply reply_take(struct reply_parser *p, uint8_t byte);

/* The state of a printer, from whichever reply told it. */
struct printer_status {
    bool known;
    bool offline, cover_open, paper_out, paper_low, jam, cutter, unrecoverable, heat;
    bool at_output; /* a ticket stands in the presenter, or was not torn off */
};
/* Brings *s up to date; what the reply does not speak of stays. true when something changed. */
bool reply_status(struct printer_status *s, const struct reply *r);
/* GET_PORT_STATUS (USB printer class 1.1, 4.2.2): advisory, only "paper empty" is taken from it. */
bool reply_port_paper_empty(uint8_t port_status);

#endif
