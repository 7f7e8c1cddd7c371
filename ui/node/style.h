/* SPDX-License-Identifier: Apache-2.0
 *
 * The words pages are styled with: colour tokens, type roles, weights. Values of colours are known to ui/draw alone.
 */
#ifndef UI_NODE_STYLE_H
#define UI_NODE_STYLE_H

#include <stdbool.h>
#include <stdint.h>

enum token {
    TOKEN_NONE, /* nothing is drawn */
#define TOKEN(name, normal, contrast) TOKEN_##name,
#include "tokens.def"
#undef TOKEN
    TOKEN_COUNT,
};

enum type_role {
#define TYPE_ROLE(name, ...) TYPE_##name,
#include "type.def"
#undef TYPE_ROLE
    TYPE_COUNT,
};
#define TYPE_SIZES 4

enum weight { WEIGHT_REGULAR, WEIGHT_MEDIUM, WEIGHT_BOLD, WEIGHT_COUNT };
enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

/* How a text is set. `secret`: its picture is never kept. */
struct type {
    enum type_role role;
    enum weight weight;
    enum token colour;
    enum align align;
    bool secret;
};
#define TYPE(role, weight, colour) ((struct type){TYPE_##role, WEIGHT_##weight, TOKEN_##colour, ALIGN_LEFT, false})
static inline struct type type_aligned(struct type t, enum align a)
{
    t.align = a;
    return t;
}
static inline struct type type_secret(struct type t)
{
    t.secret = true;
    return t;
}
static inline struct type type_coloured(struct type t, enum token c)
{
    t.colour = c;
    return t;
}

/* `size`: 0 标准 … 3 最大. */
int type_px(enum type_role role, int size);
int type_line(enum type_role role, int size);

/* Quotation marks are as wide as a character in Chinese and narrow in English, under the same codes. Narrow ones are told to
 * the font with this bit. */
#define LATIN_FORM 0x200000u
static inline uint32_t latin_form(uint32_t cp)
{
    return cp == 0x2018 || cp == 0x2019 || cp == 0x201C || cp == 0x201D ? cp | LATIN_FORM : cp;
}

/* Widths, asked of the font. 1/64 px. */
struct metrics {
    int (*advance)(void *ctx, enum weight w, int px, uint32_t cp);
    void *ctx;
    bool latin; /* the page is in a language of Latin letters */
};

#endif
