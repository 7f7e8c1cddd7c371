/* SPDX-License-Identifier: Apache-2.0
 *
 * What is being composed on the Chinese keyboard: letters (or strokes, or ink) that are not text yet, and what they may
 * become.
 * Personal data: lives in secret memory.
 */
#ifndef MODEL_COMPOSING_H
#define MODEL_COMPOSING_H

#include <stdbool.h>
#include <stdint.h>

#include "model/ink.h"

#define COMPOSING_LETTERS_MAX 60
#define COMPOSING_TEXT_MAX (16 * 1024)
#define CANDIDATES_MAX 400

/* How letters are read. Strokes are written h 横 s 竖 p 撇 n 点 z 折. */
enum composing_scheme { SCHEME_PINYIN, SCHEME_STROKES };

struct composing {
    enum composing_scheme scheme;
    char letters[COMPOSING_LETTERS_MAX + 1]; /* typed, not yet text; "": nothing is composed */
    struct ink ink;                          /* written by hand instead, in the box ink_character */
    bool fresh;                              /* the candidates belong to these letters, or this ink */
    int n;                                   /* candidates, likeliest first */
    uint16_t at[CANDIDATES_MAX];             /* where in `text` each begins, NUL-terminated */
    char text[COMPOSING_TEXT_MAX];
};

/* What is asked about letters. */
enum compose_op {
    COMPOSE_NOTHING,
    COMPOSE_START, /* nothing yet: be ready */
    COMPOSE_LOOK,  /* the candidates */
    COMPOSE_TAKE,  /* the text of one candidate, and the letters it leaves over */
    COMPOSE_ALL,   /* the likeliest text of all letters */
    COMPOSE_READ,  /* the characters that look like the ink, likeliest first */
};

#define COMPOSED_TEXT_MAX 255
struct composing_answer {
    uint32_t serial;                      /* of the question */
    char text[COMPOSED_TEXT_MAX + 1];     /* TAKE, ALL */
    char rest[COMPOSING_LETTERS_MAX + 1]; /* TAKE, ALL: letters that did not become text */
    int n;                                /* LOOK, READ */
    uint16_t at[CANDIDATES_MAX];
    char candidates[COMPOSING_TEXT_MAX];
};

static inline const char *composing_candidate(const struct composing *c, int i)
{
    return c->text + c->at[i];
}

#endif
