/* SPDX-License-Identifier: Apache-2.0
 *
 * Takes what is personal out of a conversation, in place and of the same length, so that it can be played again: what a card
 * says becomes what an invented resident's card says, what is printed becomes x, 0, 测 and white. What is not known to be
 * harmless is masked. Pure.
 */
#ifndef DRIVERS_CAPTURE_MASK_H
#define DRIVERS_CAPTURE_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mask {
    bool printer; /* else a reader: SAM frames */
    /* SAM: one stream each way, whatever pipes carry it */
    struct mask_frame {
        int state;       /* bytes of the preamble, then of the head */
        size_t len, at;  /* of what follows the length; how much was seen */
        uint8_t was, is; /* XOR before and after masking */
    } out, in;
    uint16_t command; /* the last one asked */
    /* ESC/POS, to the printer */
    int text;            /* 1: the second byte of a Chinese character follows */
    uint8_t head[8];     /* of the command being read */
    int n_head;          /* 0: text */
    size_t keep, hide;   /* bytes that follow: as they are; then masked */
    uint8_t with;        /* masked by this */
    bool until_nul;      /* masked up to a NUL */
    unsigned long asked; /* questions so far: what the printer answers */
    uint8_t question[8]; /* the last one, as far as it says what it is */
    int n_question;
};

void mask_init(struct mask *m, bool printer);
void mask_to_device(struct mask *m, uint8_t *data, size_t len);
void mask_from_device(struct mask *m, uint8_t *data, size_t len);

#endif
