/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk <-> kiosk-ime, one message a packet of their socket pair. Neither side trusts the other: kiosk-ime runs a large
 * foreign library on what a resident types. Numbers are big-endian.
 *
 *   question: version 1, op 1, scheme 1, letters 1, index 2, serial 4, letters; of READ, which has none, instead of these
 *             for each point of the ink: x 2, y 2; the highest bit of x says that a stroke begins
 *   answer:   version 1, text 1, rest 1, candidates 2, serial 4, text, rest, each candidate: length 1, UTF-8
 */
#ifndef WIRE_COMPOSE_H
#define WIRE_COMPOSE_H

#include <stddef.h>

#include "base/err.h"
#include "model/composing.h"

#define COMPOSE_VERSION 1
#define COMPOSE_QUESTION_MAX (10 + COMPOSING_LETTERS_MAX + 4 * INK_POINTS_MAX)
#define COMPOSE_ANSWER_MAX (9 + COMPOSED_TEXT_MAX + COMPOSING_LETTERS_MAX + COMPOSING_TEXT_MAX)

struct compose_question {
    enum compose_op op; /* LOOK, TAKE, ALL or READ */
    enum composing_scheme scheme;
    int index; /* TAKE */
    uint32_t serial;
    char letters[COMPOSING_LETTERS_MAX + 1]; /* a-z */
    struct ink ink;                          /* READ: at least a point, within ink_character, the first begins a stroke */
};

/* Returns the length. */
size_t compose_question_encode(const struct compose_question *q, uint8_t out[COMPOSE_QUESTION_MAX]);
size_t compose_answer_encode(const struct composing_answer *a, uint8_t out[COMPOSE_ANSWER_MAX]);
/* 0, or -ERR_INVALID: the message breaks the format; *ret is then of no use. */
int compose_question_decode(const uint8_t *data, size_t len, struct compose_question *ret);
int compose_answer_decode(const uint8_t *data, size_t len, struct composing_answer *ret);

/* For who makes an answer: adds one candidate; false when there is no more room. */
bool composing_answer_add(struct composing_answer *a, const char *text);

#endif
