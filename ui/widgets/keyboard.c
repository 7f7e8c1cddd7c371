/* SPDX-License-Identifier: Apache-2.0
 *
 * See keyboard.h: the bed, the single key, and the number pads. The pages with letters are in keyboard_pages.c.
 */
#include "ui/widgets/keyboard.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/keyboard_key.h"
#include "ui/widgets/words.h"

#define RADIUS 14
#define ICON 48
#define PAD_KEY_TALL 136 /* of the number pad from 特大 on */

static bool keyboard_has_pages(const struct view *v)
{
    return v->keys.kind == KEYBOARD_CHINESE || v->keys.kind == KEYBOARD_SEARCH;
}

/* Room for a row of candidates: always when Chinese is typed, so that nothing jumps; in the search only for strokes. Beside
 * the box they stand elsewhere. */
static bool keyboard_has_candidates(const struct view *v)
{
    if (v->keys.page == KEYS_WRITING)
        return false;
    return v->keys.kind == KEYBOARD_CHINESE || (v->keys.kind == KEYBOARD_SEARCH && v->keys.page == KEYS_STROKES);
}

static bool is_pad(const struct view *v)
{
    return !keyboard_has_pages(v) && v->keys.kind != KEYBOARD_LATIN;
}

static bool is_written(const struct view *v)
{
    return keyboard_has_pages(v) && v->keys.page == KEYS_WRITING;
}

bool keyboard_crowds(const struct view *v)
{
    return v->settings.low_reach && is_written(v);
}

static int rows_high(const struct scene *s, const struct view *v)
{
    if (is_written(v))
        return keyboard_writing_height(s, v);
    int rows = v->keys.kind == KEYBOARD_LATIN ? 5 : 4, high = is_pad(v) && s->env.size >= 2 ? PAD_KEY_TALL : KEY_HEIGHT;

    return rows * high + (rows - 1) * KEY_GAP;
}

static int top_of(const struct view *v)
{
    if (is_written(v))
        return BED_TOP;
    return keyboard_has_candidates(v) ? BED_TOP + CANDIDATE_HEIGHT + KEY_GAP : BED_TOP + KEY_GAP;
}

int keyboard_height(const struct scene *s, const struct view *v)
{
    return v->keys.kind == KEYBOARD_NONE ? 0 : 2 + top_of(v) + rows_high(s, v) + BED_BOTTOM;
}

/* The largest role that lets the label stand on one line: words of another language may be longer. */
static struct type label_type(const struct scene *s, const struct key *k, int room)
{
    static const enum type_role smaller[] = {TYPE_LABEL, TYPE_BODY, TYPE_SMALL, TYPE_NOTE};
    struct type t = k->kind == KEY_CHARACTER   ? TYPE(TILE, MEDIUM, INK)
                    : k->kind == KEY_CANDIDATE ? type_secret(TYPE(TILE, MEDIUM, INK))
                    : k->kind == KEY_GO        ? TYPE(LABEL, BOLD, INK)
                                               : TYPE(BODY, MEDIUM, INK);

    if (k->kind == KEY_CANDIDATE)
        return t;
    for (size_t i = 0; i < sizeof smaller / sizeof *smaller && scene_width(s, t, k->label) > room; i++)
        if (type_px(smaller[i], s->env.size) < type_px(t.role, s->env.size))
            t.role = smaller[i];
    return t;
}

static void ground(struct scene *s, struct box b, enum token fill, bool pale)
{
    if (pale) { /* without a foot; in high contrast its edge is as faint as its letter */
        scene_frame(s, b, RADIUS, TOKEN_KEY_PALE, s->env.contrast ? TOKEN_OFF : TOKEN_KEY_PALE, 3);
    } else if (s->env.contrast) {
        scene_frame(s, b, RADIUS, fill, TOKEN_EDGE, 3);
    } else {
        scene_veil(s, (struct box){b.x, b.y + 2, b.w, b.h}, RADIUS, TOKEN_INK, 46);
        scene_rect(s, b, RADIUS, fill);
    }
}

/* Icon and label as one group; the icon gives way where both do not fit. */
static void face(struct scene *s, struct box b, const struct key *k, enum token ink)
{
    struct box in = box_inset(b, 8, 0);
    int icon = k->icon ? ICON : 0, wide = 0;
    struct type t = {0};

    if (!k->icon_only) {
        t = label_type(s, k, in.w);
        wide = scene_width(s, t, k->label);
        if (icon && icon + 10 + wide > in.w)
            icon = 0;
    }
    int x = in.x + (in.w - icon - (icon && wide ? 10 : 0) - wide) / 2;

    if (icon)
        scene_icon(s, x, b.y + (b.h - ICON) / 2, ICON, k->icon, ink);
    if (wide)
        scene_line_in(s, (struct box){icon ? x + icon + 10 : in.x, b.y, icon ? wide : in.w, b.h},
                      type_aligned(type_coloured(t, ink), ALIGN_CENTRE), k->label);
}

void keyboard_key(struct scene *s, const struct view *v, struct box b, const struct key *k)
{
    static const enum token fills[] = {TOKEN_SURFACE, TOKEN_KEY_FUNCTION, TOKEN_PRIMARY, TOKEN_SURFACE, TOKEN_SURFACE};
    bool lit = k->first || k->kind == KEY_GO || (v->keys.open_text && scene_pressed(s, k->id));
    bool pale = k->pale && !lit;
    enum token ink = pale || k->dead ? TOKEN_OFF : lit ? TOKEN_ON_PRIMARY : TOKEN_INK;

    if (!k->dead)
        ground(s, b, lit ? TOKEN_PRIMARY : fills[k->kind], pale);
    face(s, b, k, ink);
    struct node *n = scene_target(s, NODE_KEY, k->id, b, k->label, k->action);

    n->enabled = !k->dead && !k->stale;
}

void keyboard_character(struct scene *s, const struct view *v, struct box b, const char *text)
{
    char id[16];
    const char *at = text;
    int32_t cp = utf8_next(&at, text + strlen(text));
    bool letter = cp >= 'a' && cp <= 'z';

    snprintf(id, sizeof id, "key.%s", cp == ' ' ? "space" : text);
    keyboard_key(s, v, b,
                 &(struct key){.id = id,
                               .label = cp == ' ' ? SAY(key_space) : text,
                               .kind = cp == ' ' ? KEY_SPACE : KEY_CHARACTER,
                               .pale = letter && v->keys.greyed >> (cp - 'a') & 1,
                               .action = DO(KEY, cp, 0)});
}

void keyboard_backspace(struct scene *s, const struct view *v, struct box b)
{
    keyboard_key(s, v, b,
                 &(struct key){.id = "key.backspace",
                               .label = SAY(key_backspace),
                               .icon = "backspace",
                               .icon_only = true,
                               .kind = KEY_FUNCTION,
                               .action = DO(BACKSPACE, 0, 0)});
}

void keyboard_done(struct scene *s, const struct view *v, struct box b)
{
    keyboard_key(s, v, b,
                 &(struct key){.id = "key.done",
                               .label = v->keys.kind == KEYBOARD_SEARCH ? SAY(key_close) : SAY(key_done),
                               .kind = KEY_GO,
                               .action = DO(WRITTEN, 0, 0)});
}

/* A cell of the grid, `w` × `h` cells large. */
static struct box cell(struct box grid, int columns, int rows, int x, int y, int w, int h)
{
    int cw = (grid.w - (columns - 1) * KEY_GAP) / columns, ch = (grid.h - (rows - 1) * KEY_GAP) / rows;

    return (struct box){grid.x + x * (cw + KEY_GAP), grid.y + y * (ch + KEY_GAP), w * cw + (w - 1) * KEY_GAP,
                        h * ch + (h - 1) * KEY_GAP};
}

static void digit(struct scene *s, const struct view *v, struct box b, char c)
{
    keyboard_character(s, v, b, (char[]){c, '\0'});
}

/* Where the page has a button of its own for going on, the pad has none: two would be one too many. */
static void pad(struct scene *s, const struct view *v, struct box grid, char extra)
{
    const struct key clear = {.id = "key.clear", .label = SAY(key_clear), .kind = KEY_FUNCTION, .action = DO(CLEAR, 0, 0)};
    bool done = v->screen == SCREEN_FORM; /* which has more than one field */

    for (int i = 0; i < 9; i++)
        digit(s, v, cell(grid, 4, 4, i % 3, i / 3, 1, 1), (char)('1' + i));
    keyboard_key(s, v, done ? cell(grid, 4, 4, 0, 3, 1, 1) : cell(grid, 4, 4, 3, 2, 1, 2), &clear);
    digit(s, v, done ? cell(grid, 4, 4, 1, 3, extra ? 1 : 2, 1) : cell(grid, 4, 4, 0, 3, 3, 1), '0');
    if (extra)
        digit(s, v, cell(grid, 4, 4, 2, 3, 1, 1), extra);
    keyboard_backspace(s, v, cell(grid, 4, 4, 3, 0, 1, 2));
    if (done)
        keyboard_done(s, v, cell(grid, 4, 4, 3, 2, 1, 2));
}

void keyboard(struct scene *s, const struct view *v, int bottom)
{
    int h = keyboard_height(s, v);
    struct box bed = {0, bottom - h, s->env.screen.w, h};
    struct box rows = {bed.x + BED_SIDE, bottom - BED_BOTTOM - rows_high(s, v), bed.w - 2 * BED_SIDE, rows_high(s, v)};

    if (!h)
        return;
    scene_rect(s, bed, 0, TOKEN_SUNK);
    scene_rect(s, (struct box){0, bed.y, bed.w, 2}, 0, TOKEN_LINE);
    if (keyboard_has_candidates(v))
        keyboard_candidates(s, v, (struct box){rows.x, bed.y + 2 + BED_TOP, rows.w, CANDIDATE_HEIGHT});
    if (is_pad(v))
        pad(s, v, rows, v->keys.kind == KEYBOARD_DIGITS_X ? 'X' : v->keys.kind == KEYBOARD_MONEY ? '.' : '\0');
    else if (is_written(v))
        keyboard_writing(s, v, rows);
    else
        keyboard_page(s, v, rows);
}
