/* SPDX-License-Identifier: Apache-2.0
 *
 * See sam_wire.h.
 */
#include "drivers/sam/sam_wire.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"

#define PREAMBLE_LEN 5
#define REPLY_HEAD 3                /* SW1 SW2 SW3 */
#define LENGTH_MIN (REPLY_HEAD + 1) /* and the checksum */
#define LENGTH_MAX (SAM_FRAME_MAX - SAM_HEADER_LEN)
#define TEXT_LEN 256
#define ID_LEN 16

static const uint8_t preamble[PREAMBLE_LEN] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};

static const struct {
    uint8_t sw3;
    enum sam_status status;
    enum card_fault fault;
    const char *text;
} codes[] = {
#define CODE(sw3, status, fault, text) {sw3, SAM_##status, CARD_FAULT_##fault, text},
#include "drivers/sam/sam_codes.def"
#undef CODE
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

/* Where the length field behind the next AA AA 96 69 is, 0 when it is not there yet. */
static size_t find_length(const uint8_t *bytes, size_t len, size_t from)
{
    for (size_t i = from; i + PREAMBLE_LEN - 1 + 2 <= len; i++) {
        if (!memcmp(bytes + i, preamble + 1, PREAMBLE_LEN - 1))
            return i + PREAMBLE_LEN - 1;
    }
    return 0;
}

static enum sam_parse parse_at(const uint8_t *bytes, size_t len, size_t at, struct sam_reply *ret, size_t *ret_missing)
{
    const uint8_t *field = bytes + at, *body = field + 2;
    size_t length = be16(field), have = len - (at + 2);
    if (length < LENGTH_MIN || length > LENGTH_MAX)
        return SAM_PARSE_LENGTH;
    if (have < length) {
        if (ret_missing)
            *ret_missing = length - have;
        return SAM_PARSE_BODY;
    }
    const uint8_t *end = body + length - 1;
    if (checksum(field, end) != *end)
        return SAM_PARSE_CHECKSUM;
    if (ret)
        *ret = (struct sam_reply){.status = sam_wire_status(body[2]),
                                  .sw3 = body[2],
                                  .data = body + REPLY_HEAD,
                                  .len = length - LENGTH_MIN,
                                  .end = at + 2 + length};
    return SAM_PARSE_DONE;
}

enum sam_parse sam_wire_parse(const uint8_t *bytes, size_t len, struct sam_reply *ret, size_t *ret_missing)
{
    enum sam_parse worst = SAM_PARSE_HEADER;
    for (size_t at = 0; (at = find_length(bytes, len, at));) {
        enum sam_parse p = parse_at(bytes, len, at, ret, ret_missing);
        if (p == SAM_PARSE_DONE || p == SAM_PARSE_BODY)
            return p;
        worst = p;
    }
    return worst;
}

bool sam_wire_keep_last(uint8_t *bytes, size_t *len, size_t body)
{
    if (body < 2 || body > *len)
        return false;
    size_t length = be16(bytes + body - 2), have = *len - body;
    if (have <= length)
        return false;
    memmove(bytes + body, bytes + *len - length, length);
    *len = body + length;
    return true;
}

/* Only what is certain: whoever throws away an answer waits for it in vain. */
bool sam_wire_answers(enum sam_command command, const struct sam_reply *r)
{
    bool text = r->len > TEXT_LEN;
    switch (r->status) {
    case SAM_FOUND:
        return command == SAM_FIND;
    case SAM_NO_ITEM:
        return command == SAM_ADDRESS;
    case SAM_OK:
        switch (command) {
        case SAM_FIND:
            return false;
        case SAM_READ:
            return text;
        case SAM_ADDRESS:
            return !text && r->len > ID_LEN;
        case SAM_READ_ID: /* known to be wrong sometimes after power-on */
            return r->len > ID_LEN / 2 && r->len <= ID_LEN;
        case SAM_SELECT:
        case SAM_STATUS:
        case SAM_RESET:
            return r->len <= ID_LEN / 2;
        }
        return false;
    case SAM_NO_CARD:
        return command != SAM_STATUS && command != SAM_RESET && command != SAM_READ_ID;
    case SAM_CARD_ERROR:
    case SAM_RESEND:
    case SAM_REFUSED:
    case SAM_BROKEN:
        break;
    }
    return true;
}

enum sam_status sam_wire_status(uint8_t sw3)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].sw3 == sw3)
            return codes[i].status;
    }
    return SAM_REFUSED;
}

enum card_fault sam_wire_fault(uint8_t sw3)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].sw3 == sw3)
            return codes[i].fault;
    }
    return CARD_FAULT_ODD;
}

const char *sam_wire_status_text(uint8_t sw3)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].sw3 == sw3)
            return codes[i].text;
    }
    return "a code no document names";
}

const uint8_t *sam_wire_card_text(const struct sam_reply *r)
{
    if (r->status != SAM_OK || r->len < 4)
        return NULL;
    size_t text = be16(r->data), photo = be16(r->data + 2);
    return text == TEXT_LEN && r->len == 4 + text + photo ? r->data + 4 : NULL;
}

const uint8_t *sam_wire_address(const struct sam_reply *r)
{
    return r->status == SAM_OK && r->len == SAM_ADDRESS_LEN ? r->data : NULL;
}

static uint32_t le32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

int sam_wire_id_text(const struct sam_reply *r, char out[SAM_ID_TEXT_MAX])
{
    const uint8_t *d = r->data;
    if (r->status != SAM_OK || r->len != ID_LEN)
        return -ERR_INVALID;
    snprintf(out, SAM_ID_TEXT_MAX, "%02u.%02u-%u-%010u-%010u", d[1] << 8 | d[0], d[3] << 8 | d[2], le32(d + 4), le32(d + 8),
             le32(d + 12));
    return 0;
}
