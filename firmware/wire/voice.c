/* SPDX-License-Identifier: Apache-2.0
 *
 * See voice.h.
 */
#include "wire/voice.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "base/text.h"

#define HEAD 9

size_t voice_order_encode(const struct voice_order *o, uint8_t out[VOICE_ORDER_MAX])
{
    size_t n = strlen(o->text);
    must(n <= VOICE_TEXT_MAX, "more to say than there is room for");
    const uint8_t head[HEAD] = {VOICE_VERSION,
                                (uint8_t)o->op,
                                (uint8_t)o->language,
                                (uint8_t)o->volume,
                                (uint8_t)o->speed,
                                (uint8_t)(o->serial >> 24),
                                (uint8_t)(o->serial >> 16),
                                (uint8_t)(o->serial >> 8),
                                (uint8_t)o->serial};

    memcpy(out, head, HEAD);
    memcpy(out + HEAD, o->text, n);
    return HEAD + n;
}

int voice_order_decode(const uint8_t *data, size_t len, struct voice_order *ret)
{
    if (len < HEAD || len > VOICE_ORDER_MAX || data[0] != VOICE_VERSION || data[1] >= VOICE_OPS ||
        data[2] >= LANGUAGE_COUNT || data[3] < 1 || data[3] > VOICE_VOLUMES || data[4] >= VOICE_SPEEDS)
        return -ERR_INVALID;
    ret->op = (enum voice_op)data[1];
    ret->language = (enum language)data[2];
    ret->volume = data[3];
    ret->speed = (enum voice_speed)data[4];
    ret->serial = be32(data + 5);
    memcpy(ret->text, data + HEAD, len - HEAD);
    ret->text[len - HEAD] = '\0';
    if (strlen(ret->text) != len - HEAD || !utf8_valid(ret->text, len - HEAD) || (ret->op == VOICE_STOP && len > HEAD))
        return -ERR_INVALID;
    return 0;
}
