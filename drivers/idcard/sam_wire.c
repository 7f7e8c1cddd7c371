/* SPDX-License-Identifier: Apache-2.0
 *
 * See sam_wire.h.
 */
#include "drivers/idcard/sam_wire.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"

#define PREAMBLE_LEN 5
#define REPLY_HEAD 3                /* SW1 SW2 SW3 */
#define LENGTH_MIN (REPLY_HEAD + 1) /* and the checksum */
#define LENGTH_MAX (SAM_FRAME_MAX - SAM_HEADER_LEN)
#define RECORD_LEN 256

static const uint8_t preamble[PREAMBLE_LEN] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};

static const struct {
    uint8_t sw3;
    enum sam_status status;
    const char *text;
} codes[] = {
    {0x90, SAM_OK, "success"},
    {0x9F, SAM_FOUND, "a card was found"},
    {0x80, SAM_NO_CARD, "no card"},
    {0x91, SAM_NO_ITEM, "the card has no such item"},
    {0x81, SAM_CARD_ERROR, "the card could not be selected"},
    {0x31, SAM_CARD_ERROR, "the card refused the reader"},
    {0x32, SAM_CARD_ERROR, "the reader refused the card"},
    {0x33, SAM_CARD_ERROR, "the card's data do not verify"},
    {0x40, SAM_CARD_ERROR, "a card of an unknown type"},
    {0x41, SAM_CARD_ERROR, "the card could not be read"},
    {0x47, SAM_CARD_ERROR, "the card gave no random number"},
    {0x10, SAM_RESEND, "the command's checksum is wrong"},
    {0x11, SAM_RESEND, "the command's length is wrong"},
    {0x21, SAM_RESEND, "the command is unknown"},
    {0x23, SAM_REFUSED, "the command is not permitted"},
    {0x24, SAM_REFUSED, "an unrecognised error"},
    {0x60, SAM_BROKEN, "the reader's self-test failed"},
    {0x66, SAM_BROKEN, "the reader is not authorised"},
};

static uint8_t checksum(const uint8_t *from, const uint8_t *end)
{
    uint8_t sum = 0;
    while (from < end)
        sum ^= *from++;
    return sum;
}

void sam_wire_build(enum sam_command command, uint8_t out[SAM_COMMAND_LEN])
{
    memcpy(out, preamble, PREAMBLE_LEN);
    out[5] = 0;
    out[6] = SAM_COMMAND_LEN - SAM_HEADER_LEN;
    out[7] = (uint8_t)(command >> 8);
    out[8] = (uint8_t)command;
    out[9] = checksum(out + PREAMBLE_LEN, out + 9);
}

/* The length field behind the first AA AA 96 69, or NULL when it is not there yet. */
static const uint8_t *find_length(const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i + PREAMBLE_LEN - 1 + 2 <= len; i++) {
        if (!memcmp(bytes + i, preamble + 1, PREAMBLE_LEN - 1))
            return bytes + i + PREAMBLE_LEN - 1;
    }
    return NULL;
}

enum sam_parse sam_wire_parse(const uint8_t *bytes, size_t len, struct sam_reply *ret, size_t *ret_missing)
{
    const uint8_t *field = find_length(bytes, len);
    if (!field)
        return SAM_PARSE_HEADER;
    size_t length = be16(field), have = len - (size_t)(field + 2 - bytes);
    if (length < LENGTH_MIN || length > LENGTH_MAX)
        return SAM_PARSE_LENGTH;
    if (have < length) {
        if (ret_missing)
            *ret_missing = length - have;
        return SAM_PARSE_BODY;
    }
    const uint8_t *body = field + 2, *end = body + length - 1;
    if (checksum(field, end) != *end)
        return SAM_PARSE_CHECKSUM;
    if (ret)
        *ret = (struct sam_reply){
            .status = sam_wire_status(body[2]), .sw3 = body[2], .data = body + REPLY_HEAD, .len = length - LENGTH_MIN};
    return SAM_PARSE_DONE;
}

enum sam_status sam_wire_status(uint8_t sw3)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].sw3 == sw3)
            return codes[i].status;
    }
    return SAM_REFUSED;
}

const char *sam_wire_status_text(uint8_t sw3)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].sw3 == sw3)
            return codes[i].text;
    }
    return "a code no document names";
}

const uint8_t *sam_wire_text_record(const struct sam_reply *r)
{
    if (r->status != SAM_OK || r->len < 4)
        return NULL;
    size_t text = be16(r->data), photo = be16(r->data + 2);
    return text == RECORD_LEN && r->len == 4 + text + photo ? r->data + 4 : NULL;
}

static uint32_t le32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

int sam_wire_id_text(const struct sam_reply *r, char out[SAM_ID_TEXT_MAX])
{
    const uint8_t *d = r->data;
    if (r->status != SAM_OK || r->len != 16)
        return -ERR_INVALID;
    snprintf(out, SAM_ID_TEXT_MAX, "%02u.%02u-%u-%010u-%010u", d[1] << 8 | d[0], d[3] << 8 | d[2], le32(d + 4), le32(d + 8),
             le32(d + 12));
    return 0;
}
