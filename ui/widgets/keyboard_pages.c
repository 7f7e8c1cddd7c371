/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages of keys with letters, signs and strokes. Letters stand where every keyboard has them; what changes the page stands
 * at the lower left, and a page that cannot be had has no key.
 */
#include <string.h>

#include "base/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/keyboard_key.h"
#include "ui/widgets/words.h"

#define STEP (KEY_HEIGHT + KEY_GAP)
#define WIDE_COLUMNS 10

/* Rows of ten keys of one width; the rest of a pixel lies at the left. */
struct grid {
    struct box rows;
    int x, unit;
};

static struct grid grid_of(struct box rows)
{
    struct grid g = {.rows = rows, .unit = (rows.w - (WIDE_COLUMNS - 1) * KEY_GAP) / WIDE_COLUMNS};

    g.x = rows.x + (rows.w - WIDE_COLUMNS * g.unit - (WIDE_COLUMNS - 1) * KEY_GAP) / 2;
    return g;
}

static int half(const struct grid *g)
{
    return (g->unit + KEY_GAP) / 2;
}

/* A row of characters from x on; returns the x behind it. */
static int characters(struct scene *s, const struct view *v, const struct grid *g, int x, int y, const char *row)
{
    const char *end = row + strlen(row);

    while (row < end) {
        const char *at = row;
        char text[8] = "";

        utf8_next(&row, end);
        memcpy(text, at, (size_t)(row - at));
        if (s->env.shift && *text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
        keyboard_character(s, v, (struct box){x, y, g->unit, KEY_HEIGHT}, text);
        x += g->unit + KEY_GAP;
    }
    return x;
}

static const char *page_label(const struct view *v, enum keys_page p)
{
    switch (p) {
    case KEYS_LETTERS:
        return SAY(key_page_letters);
    case KEYS_CAPITALS:
        return SAY(key_page_capitals);
    case KEYS_SYMBOLS:
        return SAY(key_page_symbols);
    case KEYS_STROKES:
        return SAY(key_page_strokes);
    case KEYS_WRITING:
        return SAY(key_page_writing);
    case KEYS_PAGE_COUNT:
        break;
    }
    return "";
}

static bool has(const struct view *v, enum keys_page p)
{
    return v->keys.pages >> p & 1;
}

/* The key that leads to page p; on that page itself back to the letters. */
static void page_key(struct scene *s, const struct view *v, struct box b, enum keys_page p)
{
    static const char *const ids[] = {"key.page.letters", "key.page.capitals", "key.page.symbols", "key.page.strokes",
                                      "key.page.writing"};
    enum keys_page to = p == v->keys.page ? KEYS_LETTERS : p;

    keyboard_key(s, v, b,
                 &(struct key){.id = ids[to],
                               .label = page_label(v, to),
                               .icon = to == KEYS_STROKES   ? "strokes"
                                       : to == KEYS_WRITING ? "handwriting"
                                                            : NULL,
                               .kind = KEY_FUNCTION,
                               .action = DO(KEYS, (int)to, 0)});
}

/* The row of the third finger: a page key (or nothing), seven characters, backspace. */
static void third_row(struct scene *s, const struct view *v, const struct grid *g, const char *row)
{
    int y = g->rows.y + 2 * STEP, side = g->x + g->unit + half(g) - g->rows.x, right = box_right(g->rows), x;
    enum keys_page p = has(v, KEYS_CAPITALS) ? KEYS_CAPITALS : KEYS_SYMBOLS;

    if (has(v, p))
        page_key(s, v, (struct box){g->rows.x, y, side, KEY_HEIGHT}, p);
    x = characters(s, v, g, g->rows.x + side + KEY_GAP, y, row);
    keyboard_backspace(s, v, (struct box){x, y, right - x, KEY_HEIGHT});
}

/* The row of the thumb. */
void keyboard_last_row(struct scene *s, const struct view *v, struct box row)
{
    static const enum keys_page by_character[] = {KEYS_WRITING, KEYS_STROKES};
    bool symbols = has(v, KEYS_SYMBOLS) && (has(v, KEYS_CAPITALS) || v->keys.page == KEYS_WRITING);
    int x = row.x, done = 220;

    if (symbols) {
        page_key(s, v, (struct box){x, row.y, 147, row.h}, KEYS_SYMBOLS);
        x += 147 + KEY_GAP;
    }
    for (int i = 0; i < 2; i++)
        if (has(v, by_character[i])) {
            page_key(s, v, (struct box){x, row.y, 175, row.h}, by_character[i]);
            x += 175 + KEY_GAP;
        }
    keyboard_character(s, v, (struct box){x, row.y, box_right(row) - done - KEY_GAP - x, row.h}, " ");
    keyboard_done(s, v, (struct box){box_right(row) - done, row.y, done, row.h});
}

static void last_row(struct scene *s, const struct view *v, const struct grid *g)
{
    keyboard_last_row(s, v, (struct box){g->rows.x, g->rows.y + 3 * STEP, g->rows.w, KEY_HEIGHT});
}

static void letters(struct scene *s, const struct view *v, const struct grid *g, const char *const rows[3])
{
    characters(s, v, g, g->x, g->rows.y, rows[0]);
    characters(s, v, g, g->x + half(g), g->rows.y + STEP, rows[1]);
    third_row(s, v, g, rows[2]);
    last_row(s, v, g);
}

static void symbols(struct scene *s, const struct view *v, const struct grid *g)
{
    characters(s, v, g, g->x, g->rows.y, "1234567890");
    characters(s, v, g, g->x, g->rows.y + STEP, SAY(key_signs));
    third_row(s, v, g, SAY(key_signs_more));
    last_row(s, v, g);
}

/* Five strokes and backspace, each key as high as one and a half. */
static void strokes(struct scene *s, const struct view *v, const struct grid *g)
{
    static const char codes[] = "hspnz";
    static const char *const ids[] = {"key.h", "key.s", "key.p", "key.n", "key.z"};
    const char *const labels[] = {SAY(key_stroke_h), SAY(key_stroke_s), SAY(key_stroke_p), SAY(key_stroke_n),
                                  SAY(key_stroke_z)};
    int high = (2 * STEP + KEY_HEIGHT - KEY_GAP) / 2;

    for (int i = 0; i < 6; i++) {
        struct box row = {g->rows.x, g->rows.y + i / 3 * (high + KEY_GAP), g->rows.w, high};
        struct box b = box_column(row, 3, KEY_GAP, i % 3);

        if (i == 5)
            keyboard_backspace(s, v, b);
        else
            keyboard_key(
                s, v, b,
                &(struct key){.id = ids[i], .label = labels[i], .kind = KEY_CHARACTER, .action = DO(KEY, codes[i], 0)});
    }
    last_row(s, v, g);
}

/* Latin letters with digits above them, for fields that take nothing else. */
static void latin(struct scene *s, const struct view *v, const struct grid *g)
{
    int y = g->rows.y, right = box_right(g->rows), side = g->x + g->unit + half(g) - g->rows.x, x;

    characters(s, v, g, g->x, y, "1234567890");
    characters(s, v, g, g->x, y += STEP, "qwertyuiop");
    characters(s, v, g, g->x + half(g), y += STEP, "asdfghjkl");
    y += STEP;
    keyboard_key(s, v, (struct box){g->rows.x, y, side, KEY_HEIGHT},
                 &(struct key){.id = "key.shift",
                               .label = s->env.shift ? SAY(key_small) : SAY(key_capital),
                               .kind = KEY_FUNCTION,
                               .action = {NODE_DO_SHIFT, 0, 0}});
    x = characters(s, v, g, g->rows.x + side + KEY_GAP, y, "zxcvbnm");
    keyboard_backspace(s, v, (struct box){x, y, right - x, KEY_HEIGHT});
    x = characters(s, v, g, g->x, y += STEP, "-./");
    keyboard_character(s, v, (struct box){x, y, 4 * g->unit + 3 * KEY_GAP, KEY_HEIGHT}, " ");
    x += 4 * (g->unit + KEY_GAP);
    keyboard_done(s, v, (struct box){x, y, right - x, KEY_HEIGHT});
}

void keyboard_page(struct scene *s, const struct view *v, struct box rows)
{
    static const char *const small[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    static const char *const capital[] = {"QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"};
    const struct grid g = grid_of(rows);

    if (v->keys.kind == KEYBOARD_LATIN)
        latin(s, v, &g);
    else if (v->keys.page == KEYS_STROKES)
        strokes(s, v, &g);
    else if (v->keys.page == KEYS_SYMBOLS)
        symbols(s, v, &g);
    else
        letters(s, v, &g, v->keys.page == KEYS_CAPITALS ? capital : small);
}
