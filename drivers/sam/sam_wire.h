/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames of the SAM protocol ("SAM通信协议"): AA AA AA 96 69, length (2, big endian, of all after it), command or status,
 * data, XOR of everything between the preamble and itself. Pure: bytes in, values out.
 */
#ifndef DRIVERS_SAM_WIRE_H
#define DRIVERS_SAM_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/card_fault.h"

#define SAM_HEADER_LEN 7   /* preamble and length: a transfer of its own on four pipes */
#define SAM_COMMAND_LEN 10 /* of all commands we use */
#define SAM_FRAME_MAX 2321 /* text, photo and fingerprints: the longest reply there is */
#define SAM_ID_TEXT_MAX 44

enum sam_command {
    SAM_RESET = 0x10FF,
    SAM_STATUS = 0x11FF,
    SAM_READ_ID = 0x12FF,
    SAM_FIND = 0x2001,
    SAM_SELECT = 0x2002,
    SAM_READ = 0x3001,    /* text and photo */
    SAM_ADDRESS = 0x3003, /* newest address */
};

/* SW3, by what it means to the driver; sam_codes.def says which. SW1 and SW2 are what the card said to the reader: any. */
enum sam_status {
    SAM_OK,
    SAM_FOUND,
    SAM_NO_CARD,
    SAM_NO_ITEM,    /* the card has no such item */
    SAM_CARD_ERROR, /* take it away and put it again */
    SAM_RESEND,     /* our frame did not arrive as it was sent */
    SAM_REFUSED,    /* not permitted, unrecognised, and every code no document names */
    SAM_BROKEN,     /* out of service */
};

/* Writes SAM_COMMAND_LEN bytes. */
void sam_wire_build(enum sam_command command, uint8_t out[SAM_COMMAND_LEN]);

struct sam_reply {
    enum sam_status status;
    uint8_t sw3;
    const uint8_t *data; /* inside the parsed bytes */
    size_t len;
    size_t end; /* of the frame, in the parsed bytes */
};

enum sam_parse {
    SAM_PARSE_HEADER,   /* no whole header yet */
    SAM_PARSE_BODY,     /* the header stands, bytes are missing: *ret_missing */
    SAM_PARSE_DONE,     /* *ret */
    SAM_PARSE_CHECKSUM, /* a frame with a wrong checksum */
    SAM_PARSE_LENGTH,   /* a length no reply has */
};
/* Looks for a frame in what has been received; bytes before the preamble are skipped, and the preamble's first AA may be
 * lost. Behind a frame that is broken it looks for another. ret_missing and ret may be NULL. */
enum sam_parse sam_wire_parse(const uint8_t *bytes, size_t len, struct sam_reply *ret, size_t *ret_missing);
/* Four pipes: the body has no preamble, so what came before it on its pipe was taken for its beginning. Keeps the header in
 * front of `body` and as many of the last bytes as it says. False, and nothing changed: there are no more than those. */
bool sam_wire_keep_last(uint8_t *bytes, size_t *len, size_t body);

/* False for a reply that cannot be the answer: of an older command that was given up. */
bool sam_wire_answers(enum sam_command command, const struct sam_reply *r);

enum sam_status sam_wire_status(uint8_t sw3);
enum card_fault sam_wire_fault(uint8_t sw3);
/* "the card refused the reader" and so on; static. */
const char *sam_wire_status_text(uint8_t sw3);

/* Data of SAM_READ: the 256 bytes of the card's text and a photo. NULL when the lengths disagree; what is returned points
 * into data. */
const uint8_t *sam_wire_card_text(const struct sam_reply *r);
/* Data of SAM_ADDRESS: 70 bytes of text. NULL when there is none. */
#define SAM_ADDRESS_LEN 70
const uint8_t *sam_wire_address(const struct sam_reply *r);

/* Data of SAM_READ_ID as printed on the reader, "05.01-20101129-0001228293-0296863149". -ERR_INVALID: not 16 bytes. */
int sam_wire_id_text(const struct sam_reply *r, char out[SAM_ID_TEXT_MAX]);

#endif
