/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the virtual reader share: sam.c is its USB side, sam_obey.c the commands of the protocol, sam_command.c
 * the words of a person. Written from the protocol document (AA AA AA 96 69, length, command, checksum), not from our
 * driver.
 */
#ifndef DRIVERS_VIRTUAL_SAM_PARTS_H
#define DRIVERS_VIRTUAL_SAM_PARTS_H

#include <stdbool.h>

#include "drivers/virtual/sam.h"

#define SAM_HEADER 7 /* preamble and length: what the split transport sends on a pipe of its own */
#define SAM_REPLY_MAX 1400
#define SAM_REPLIES_MAX 8
#define SAM_TYPED_MAX 64
#define SAM_BABBLE_MS 250
#define SAM_HELD INT64_MAX

struct sam_answer {
    uint8_t bytes[SAM_REPLY_MAX];
    int len, header;        /* bytes in all, and of those that go through the first pipe */
    int at_header, at_body; /* what each pipe has sent */
    int64_t ready_ms;       /* SAM_HELD: with the next command */
    bool stall, text;
};

enum sam_trouble {
    TROUBLE_SILENT,
    TROUBLE_STALL,
    TROUBLE_GARBAGE,
    TROUBLE_JUNK,
    TROUBLE_JUNK_BODY,
    TROUBLE_SHORT,
    TROUBLE_LATE,
    TROUBLES
};
enum sam_cure { CURE_NONE, CURE_RESET, CURE_CLEAR_HALT, CURE_RELEASE, CURE_USB_RESET, CURE_CLEAR };

struct sam_kind {
    const char *name;
    uint16_t vendor, product;
    uint8_t class_;
    bool split;
    uint8_t out, out_body, in, in_body, type;
};

struct sam {
    struct virtual_device base;
    const struct sam_kind *kind;
    uint8_t descriptors[18 + 9 + 9 + 9 + 4 * 7];
    size_t n_descriptors;
    uint8_t typed[SAM_TYPED_MAX]; /* what came of a command */
    int n_typed;
    struct sam_answer answers[SAM_REPLIES_MAX];
    int n_answers;
    struct virtual_card card;
    bool present, found, selected, was_read, address_asked;
    int troubles[TROUBLES]; /* replies left, -1: until cleared */
    bool no_card_error, no_address, mute_address, mute_read, unauthorised, lame, status_bytes;
    enum sam_cure self_test, deaf; /* what ends them; CURE_NONE: there is no such fault */
    int card_error, slow_ms, babble, chop;
    int64_t babble_ms; /* when the next broken frame comes */
    int64_t given_ms;
};

static inline struct sam *sam_of(struct virtual_device *d)
{
    return (struct sam *)d;
}
static inline bool sam_is_hid(const struct sam *s)
{
    return s->kind->class_ == 3;
}

/* sam_obey.c */
void sam_take_byte(struct sam *s, uint8_t byte, int64_t now_ms);
void sam_drop_answer(struct sam *s, int i);
void sam_cure(struct sam *s, enum sam_cure cure);
void sam_leave_stale(struct sam *s);
/* sam_command.c */
int sam_command(struct virtual_device *d, const char *words, struct buf *reply);

#endif
