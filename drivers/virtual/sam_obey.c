/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual reader's commands and replies, and the card on it.
 */
#include <string.h>

#include "base/err.h"
#include "drivers/virtual/sam_parts.h"

#define PHOTO_LEN 1024

/* --- replies ---------------------------------------------------------------------------------------------------------- */

static bool take_trouble(struct sam *s, enum sam_trouble t)
{
    if (s->troubles[t] > 0)
        s->troubles[t]--;
    else if (s->troubles[t] == 0)
        return false;
    return true;
}

static int build(uint8_t *out, const uint8_t sw[3], const uint8_t *data, size_t len)
{
    size_t body = 3 + len + 1;
    const uint8_t head[10] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, (uint8_t)(body >> 8), (uint8_t)body, sw[0], sw[1], sw[2]};
    memcpy(out, head, sizeof head);
    if (len > 0)
        memcpy(out + sizeof head, data, len);
    uint8_t sum = 0;
    for (size_t i = 5; i < sizeof head + len; i++)
        sum ^= out[i];
    out[sizeof head + len] = sum;
    return (int)(sizeof head + len + 1);
}

static void insert(struct sam_answer *r, int at, const char *bytes, int len)
{
    memmove(r->bytes + at + len, r->bytes + at, (size_t)(r->len - at));
    memcpy(r->bytes + at, bytes, (size_t)len);
    r->len += len;
}

/* SW1 and SW2 are what the card said to the reader, where the card is the cause. */
static bool is_the_cards(uint8_t sw3)
{
    return sw3 == 0x31 || sw3 == 0x32 || sw3 == 0x40 || sw3 == 0x41 || sw3 == 0x47 || sw3 == 0x81;
}

static struct sam_answer *answer(struct sam *s, uint8_t sw3, const void *data, size_t len, int64_t now_ms)
{
    bool theirs = s->status_bytes || (is_the_cards(sw3) && s->card_error);
    const uint8_t sw[3] = {theirs ? 0x69 : 0, theirs ? 0x82 : 0, sw3};
    if (take_trouble(s, TROUBLE_SILENT) || s->n_answers == SAM_REPLIES_MAX)
        return NULL;
    struct sam_answer *r = &s->answers[s->n_answers++];
    *r = (struct sam_answer){.ready_ms = take_trouble(s, TROUBLE_LATE) ? SAM_HELD : now_ms + s->slow_ms};
    r->stall = take_trouble(s, TROUBLE_STALL);
    r->len = build(r->bytes, sw, data, len);
    int header = SAM_HEADER;
    if (take_trouble(s, TROUBLE_JUNK_BODY))
        insert(r, header, "\x55\x90\x00", 3);
    if (take_trouble(s, TROUBLE_SHORT)) {
        memmove(r->bytes, r->bytes + 1, (size_t)--r->len);
        header--;
    }
    if (take_trouble(s, TROUBLE_JUNK)) {
        insert(r, 0, "\xAA\x00\x96", 3);
        header += 3;
    }
    if (take_trouble(s, TROUBLE_GARBAGE))
        memset(r->bytes, 0x55, (size_t)r->len);
    r->header = r->at_body = s->kind->split ? header : r->len;
    return r;
}

void sam_drop_answer(struct sam *s, int i)
{
    explicit_bzero(s->answers[i].bytes, SAM_REPLY_MAX);
    memmove(&s->answers[i], &s->answers[i + 1], (size_t)(s->n_answers - i - 1) * sizeof s->answers[0]);
    s->n_answers--;
}

void sam_leave_stale(struct sam *s)
{
    if (s->n_answers == SAM_REPLIES_MAX)
        return;
    struct sam_answer *r = &s->answers[s->n_answers++];
    *r = (struct sam_answer){.len = 0};
    r->len = build(r->bytes, (const uint8_t[3]){0, 0, 0x80}, NULL, 0);
    r->header = r->at_body = s->kind->split ? SAM_HEADER : r->len;
}

/* --- commands of the host --------------------------------------------------------------------------------------------- */

void sam_cure(struct sam *s, enum sam_cure cure)
{
    if (s->deaf == cure)
        s->deaf = CURE_NONE;
    if (s->self_test == cure)
        s->self_test = CURE_NONE;
}

static void find_card(struct sam *s, int64_t now_ms)
{
    s->found = s->present && !s->was_read;
    s->selected = false;
    if (s->found)
        answer(s, 0x9F, "\0\0\0\0", 4, now_ms);
    else
        answer(s, s->no_card_error ? 0x24 : 0x80, NULL, 0, now_ms);
}

/* After a read it can be selected as long as it lies there: presence without finding. */
static void select_card(struct sam *s, int64_t now_ms)
{
    s->selected = s->present && (s->found || s->was_read);
    answer(s, s->selected ? 0x90 : 0x81, "\0\0\0\0\0\0\0\0", s->selected ? 8 : 0, now_ms);
}

static void read_card(struct sam *s, int64_t now_ms)
{
    static const uint8_t photo[PHOTO_LEN] = {0x57, 0x4C, 0x66, 0x00, 0x7E, 0x00, 0x32, 0x00, 0x00, 0xFF, 0x85};
    uint8_t data[4 + VIRTUAL_TEXT_LEN + PHOTO_LEN] = {VIRTUAL_TEXT_LEN >> 8, VIRTUAL_TEXT_LEN & 255, PHOTO_LEN >> 8,
                                                      PHOTO_LEN & 255};
    if (!s->selected || s->card_error) {
        answer(s, s->card_error ? (uint8_t)s->card_error : 0x41, NULL, 0, now_ms);
        return;
    }
    memcpy(data + 4, s->card.text, VIRTUAL_TEXT_LEN);
    memcpy(data + 4 + VIRTUAL_TEXT_LEN, photo, sizeof photo);
    s->was_read = true;
    s->address_asked = false;
    struct sam_answer *r = s->mute_read ? NULL : answer(s, 0x90, data, sizeof data, now_ms);
    if (r)
        r->text = true;
    explicit_bzero(data, sizeof data);
}

static void give_address(struct sam *s, int64_t now_ms)
{
    struct sam_answer *r = NULL;
    if (s->no_address)
        r = answer(s, 0x21, NULL, 0, now_ms);
    else if (!s->was_read && !s->mute_address)
        answer(s, 0x41, NULL, 0, now_ms);
    else if (s->card.moved && !s->mute_address)
        r = answer(s, 0x90, s->card.address, sizeof s->card.address, now_ms);
    else if (!s->mute_address)
        r = answer(s, 0x91, NULL, 0, now_ms);
    if (r)
        r->text = !s->address_asked;
    s->address_asked = true;
}

static void obey(struct sam *s, int command, int64_t now_ms)
{
    static const uint8_t id[16] = {5, 0, 1, 0, 0x09, 0xB8, 0x32, 0x01, 0x05, 0xBE, 0x12, 0x00, 0xAD, 0xC5, 0xB1, 0x11};
    if (command == 0x10FF)
        sam_cure(s, CURE_RESET);
    if (s->deaf || (s->lame && command >= 0x2000))
        return;
    if (s->self_test || s->unauthorised) {
        answer(s, s->self_test ? 0x60 : 0x66, NULL, 0, now_ms);
        return;
    }
    switch (command) {
    case 0x10FF:
    case 0x11FF:
        answer(s, 0x90, NULL, 0, now_ms);
        break;
    case 0x12FF:
        answer(s, 0x90, id, sizeof id, now_ms);
        break;
    case 0x2001:
        find_card(s, now_ms);
        break;
    case 0x2002:
        select_card(s, now_ms);
        break;
    case 0x3001:
        read_card(s, now_ms);
        break;
    case 0x3003:
        give_address(s, now_ms);
        break;
    default:
        answer(s, 0x21, NULL, 0, now_ms);
    }
}

static void release_held(struct sam *s, int64_t now_ms)
{
    for (int i = 0; i < s->n_answers; i++) {
        if (s->answers[i].ready_ms == SAM_HELD)
            s->answers[i].ready_ms = now_ms;
    }
}

static void take_command(struct sam *s, int64_t now_ms)
{
    const uint8_t *c = s->typed;
    int len = c[5] << 8 | c[6];
    uint8_t sum = 0;
    for (int i = 5; i < SAM_HEADER + len - 1; i++)
        sum ^= c[i];
    release_held(s, now_ms);
    if (sum != c[SAM_HEADER + len - 1])
        answer(s, 0x10, NULL, 0, now_ms);
    else if (len != 3)
        answer(s, 0x11, NULL, 0, now_ms);
    else
        obey(s, c[7] << 8 | c[8], now_ms);
}

/* A reader hangs on bytes it does not understand until the next preamble; so does this one. */
void sam_take_byte(struct sam *s, uint8_t byte, int64_t now_ms)
{
    static const uint8_t preamble[5] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};
    if (s->n_typed == 3 && byte == preamble[2])
        return; /* one AA too many */
    if (s->n_typed < 5 && byte != preamble[s->n_typed])
        s->n_typed = 0;
    if (s->n_typed < 5 && byte != preamble[s->n_typed])
        return;
    s->typed[s->n_typed++] = byte;
    int len = s->n_typed >= SAM_HEADER ? s->typed[5] << 8 | s->typed[6] : 0;
    if (len > SAM_TYPED_MAX - SAM_HEADER) {
        s->n_typed = 0;
        answer(s, 0x11, NULL, 0, now_ms);
    } else if (len > 0 && s->n_typed == SAM_HEADER + len) {
        s->n_typed = 0;
        take_command(s, now_ms);
    }
}
