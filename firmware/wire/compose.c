/* SPDX-License-Identifier: Apache-2.0
 *
 * See compose.h.
 */
#include "wire/compose.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define POINT_BYTES 4
#define STROKE_BEGINS 0x8000U

/* Shown as it is, so: well-formed, and nothing that steers a screen. */
static bool is_shown(const uint8_t *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < 0x20 || text[i] == 0x7F)
            return false;
    return utf8_valid((const char *)text, len);
}

static bool are_letters(const uint8_t *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < 'a' || text[i] > 'z')
            return false;
    return true;
}

static uint8_t *put16(uint8_t *out, unsigned v)
{
    *out++ = (uint8_t)(v >> 8);
    *out++ = (uint8_t)v;
    return out;
}

static uint8_t *put32(uint8_t *out, uint32_t v)
{
    return put16(put16(out, v >> 16), v & 0xFFFF);
}

static uint8_t *put_bytes(uint8_t *out, const char *text, size_t len)
{
    memcpy(out, text, len);
    return out + len;
}

static uint8_t *put_ink(uint8_t *out, const struct ink *ink)
{
    for (size_t i = 0; i < ink->n; i++)
        out = put16(put16(out, (unsigned)ink->points[i].x | (ink->first[i] ? STROKE_BEGINS : 0)),
                    (unsigned)ink->points[i].y);
    return out;
}

static int take_ink(const uint8_t *data, size_t len, struct ink *ret)
{
    if (len == 0 || len % POINT_BYTES || len / POINT_BYTES > INK_POINTS_MAX)
        return -ERR_INVALID;
    for (; len; data += POINT_BYTES, len -= POINT_BYTES) {
        unsigned x = be16(data), y = be16(data + 2);
        bool first = x & STROKE_BEGINS;

        x &= STROKE_BEGINS - 1;
        if (x > (unsigned)ink_character.x || y > (unsigned)ink_character.y || (ret->n == 0 && !first))
            return -ERR_INVALID;
        ret->points[ret->n] = (struct ink_point){(int16_t)x, (int16_t)y};
        ret->first[ret->n++] = first;
    }
    return 0;
}

size_t compose_question_encode(const struct compose_question *q, uint8_t out[COMPOSE_QUESTION_MAX])
{
    size_t len = strlen(q->letters);
    uint8_t *at = out;

    *at++ = COMPOSE_VERSION;
    *at++ = (uint8_t)q->op;
    *at++ = (uint8_t)q->scheme;
    *at++ = (uint8_t)len;
    at = put32(put16(at, (unsigned)q->index), q->serial);
    at = put_bytes(at, q->letters, len);
    return (size_t)((q->op == COMPOSE_READ ? put_ink(at, &q->ink) : at) - out);
}

int compose_question_decode(const uint8_t *data, size_t len, struct compose_question *ret)
{
    *ret = (struct compose_question){0};
    if (len < 10 || data[0] != COMPOSE_VERSION || data[1] < COMPOSE_LOOK || data[1] > COMPOSE_READ ||
        data[2] > SCHEME_STROKES)
        return -ERR_INVALID;
    ret->op = (enum compose_op)data[1];
    ret->scheme = (enum composing_scheme)data[2];
    ret->index = be16(data + 4);
    ret->serial = be32(data + 6);
    if (ret->op == COMPOSE_READ)
        return data[3] ? -ERR_INVALID : take_ink(data + 10, len - 10, &ret->ink);
    if (data[3] > COMPOSING_LETTERS_MAX || len != 10u + data[3] || !are_letters(data + 10, data[3]))
        return -ERR_INVALID;
    memcpy(ret->letters, data + 10, data[3]);
    return 0;
}

size_t compose_answer_encode(const struct composing_answer *a, uint8_t out[COMPOSE_ANSWER_MAX])
{
    size_t text = strlen(a->text), rest = strlen(a->rest);
    uint8_t *at = out;

    *at++ = COMPOSE_VERSION;
    *at++ = (uint8_t)text;
    *at++ = (uint8_t)rest;
    at = put32(put16(at, (unsigned)a->n), a->serial);
    at = put_bytes(put_bytes(at, a->text, text), a->rest, rest);
    for (int i = 0; i < a->n; i++) {
        const char *candidate = a->candidates + a->at[i];
        size_t len = strlen(candidate);

        *at++ = (uint8_t)len;
        at = put_bytes(at, candidate, len);
    }
    return (size_t)(at - out);
}

bool composing_answer_add(struct composing_answer *a, const char *text)
{
    size_t len = strlen(text), used = 0;

    if (a->n > 0)
        used = a->at[a->n - 1] + strlen(a->candidates + a->at[a->n - 1]) + 1;
    if (a->n >= CANDIDATES_MAX || len == 0 || len > COMPOSED_TEXT_MAX || used + len + 1 > COMPOSING_TEXT_MAX)
        return false;
    memcpy(a->candidates + used, text, len + 1);
    a->at[a->n++] = (uint16_t)used;
    return true;
}

static int take_candidates(const uint8_t *at, const uint8_t *end, unsigned n, struct composing_answer *ret)
{
    char text[COMPOSED_TEXT_MAX + 1];

    while (n-- > 0) {
        if (end - at < 1 || end - at < 1 + at[0] || at[0] == 0 || !is_shown(at + 1, at[0]))
            return -ERR_INVALID;
        memcpy(text, at + 1, at[0]);
        text[at[0]] = '\0';
        if (!composing_answer_add(ret, text))
            return -ERR_INVALID;
        at += 1 + at[0];
    }
    return at == end ? 0 : -ERR_INVALID;
}

int compose_answer_decode(const uint8_t *data, size_t len, struct composing_answer *ret)
{
    *ret = (struct composing_answer){0};
    if (len < 9 || data[0] != COMPOSE_VERSION)
        return -ERR_INVALID;
    size_t text = data[1], rest = data[2];
    const uint8_t *at = data + 9;

    ret->serial = be32(data + 5);
    if (rest > COMPOSING_LETTERS_MAX || len < 9 + text + rest || !is_shown(at, text) || !are_letters(at + text, rest))
        return -ERR_INVALID;
    memcpy(ret->text, at, text);
    memcpy(ret->rest, at + text, rest);
    return take_candidates(at + text + rest, data + len, be16(data + 3), ret);
}
