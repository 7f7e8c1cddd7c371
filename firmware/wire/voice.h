/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk <-> kiosk-voice, one message a packet of their socket pair. Neither side trusts the other: kiosk-voice runs a large
 * foreign library on what a resident's page says. Numbers are big-endian.
 *
 *   order:  version 1, op 1, language 1, volume 1, speed 1, serial 4, text (UTF-8)
 *   answer: serial 4, as soon as the order was taken; what does not come is a child that hangs
 */
#ifndef WIRE_VOICE_H
#define WIRE_VOICE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/strings.h"
#include "model/voice.h"

#define VOICE_VERSION 1
#define VOICE_TEXT_MAX 4096 /* a whole page, read from the top */
#define VOICE_ORDER_MAX (9 + VOICE_TEXT_MAX)
#define VOICE_ANSWER_LEN 4

enum voice_op {
    VOICE_SAY,  /* instead of whatever is being said */
    VOICE_ADD,  /* behind it */
    VOICE_STOP, /* no text: silence, at once */
    VOICE_OPS,
};

struct voice_order {
    enum voice_op op;
    enum language language;
    int volume;
    enum voice_speed speed;
    uint32_t serial;
    char text[VOICE_TEXT_MAX + 1];
};

/* Returns the length. */
size_t voice_order_encode(const struct voice_order *o, uint8_t out[VOICE_ORDER_MAX]);
/* 0, or -ERR_INVALID: the message breaks the format; *ret is then of no use. */
int voice_order_decode(const uint8_t *data, size_t len, struct voice_order *ret);

#endif
