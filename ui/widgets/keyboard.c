/* SPDX-License-Identifier: Apache-2.0
 *
 * See keyboard.h. Keys are cells of a grid, or of rows of letters shifted by half a key.
 */
#include "ui/widgets/keyboard.h"

#include <stdio.h>
#include <string.h>

#include "session/intent.h"
#include "ui/widgets/button.h"
#include "ui/widgets/words.h"

#define KEY_HEIGHT 96
#define KEY_GAP 10
#define PAD_TOP 16
#define PAD_BOTTOM 20
#define PAD_SIDE 24
#define RADIUS 14

static int rows_of(enum keyboard_kind kind)
{
    return kind == KEYBOARD_NONE ? 0 : kind == KEYBOARD_LATIN ? 5 : 4;
}

int keyboard_height(enum keyboard_kind kind)
{
    int rows = rows_of(kind);

    return rows ? 2 + PAD_TOP + rows * KEY_HEIGHT + (rows - 1) * KEY_GAP + PAD_BOTTOM : 0;
}

enum key_kind { KEY_CHARACTER, KEY_FUNCTION, KEY_GO };
struct key {
    const char *id, *label, *icon;
    enum key_kind kind;
    struct node_action action;
};

static void key(struct scene *s, struct box b, const struct key *k)
{
    static const struct {
        enum token fill, ink;
    } looks[] = {{TOKEN_SURFACE, TOKEN_INK}, {TOKEN_KEY_FUNCTION, TOKEN_INK}, {TOKEN_PRIMARY, TOKEN_ON_PRIMARY}};
    struct type t = k->kind == KEY_CHARACTER  ? TYPE(TILE, MEDIUM, INK)
                    : k->kind == KEY_FUNCTION ? TYPE(BODY, MEDIUM, INK)
                                              : TYPE(LABEL, BOLD, ON_PRIMARY);

    if (k->kind == KEY_CHARACTER && strlen(k->label) > 2)
        t = TYPE(BODY, MEDIUM, INK); /* 空格 */
    if (s->env.contrast) {
        scene_frame(s, b, RADIUS, looks[k->kind].fill, TOKEN_EDGE, 3);
    } else {
        scene_veil(s, (struct box){b.x, b.y + 2, b.w, b.h}, RADIUS, TOKEN_INK, 46);
        scene_rect(s, b, RADIUS, looks[k->kind].fill);
    }
    if (k->icon) {
        struct box i = box_centre(b, 48, 48);

        scene_icon(s, i.x, i.y, 48, k->icon, looks[k->kind].ink);
    } else {
        scene_line_in(s, b, type_aligned(type_coloured(t, looks[k->kind].ink), ALIGN_CENTRE), k->label);
    }
    scene_target(s, NODE_KEY, k->id, b, k->label, k->action);
}

static void character(struct scene *s, struct box b, char c, const char *label)
{
    char text[2] = {c, '\0'}, id[16];

    snprintf(id, sizeof id, "key.%s", c == ' ' ? "space" : text);
    key(s, b, &(struct key){id, label ? label : text, NULL, KEY_CHARACTER, DO(KEY, c, 0)});
}

static void backspace(struct scene *s, const struct view *v, struct box b)
{
    key(s, b, &(struct key){"key.backspace", SAY(key_backspace), "backspace", KEY_FUNCTION, DO(BACKSPACE, 0, 0)});
}

static void done(struct scene *s, const struct view *v, struct box b)
{
    key(s, b, &(struct key){"key.done", SAY(key_done), NULL, KEY_GO, DO(WRITTEN, 0, 0)});
}

/* A cell of the grid, `w` × `h` cells large. */
static struct box cell(struct box grid, int columns, int rows, int x, int y, int w, int h)
{
    int cw = (grid.w - (columns - 1) * KEY_GAP) / columns, ch = (grid.h - (rows - 1) * KEY_GAP) / rows;

    return (struct box){grid.x + x * (cw + KEY_GAP), grid.y + y * (ch + KEY_GAP), w * cw + (w - 1) * KEY_GAP,
                        h * ch + (h - 1) * KEY_GAP};
}

static void pad(struct scene *s, const struct view *v, struct box grid, char extra)
{
    for (int i = 0; i < 9; i++)
        character(s, cell(grid, 4, 4, i % 3, i / 3, 1, 1), (char)('1' + i), NULL);
    key(s, cell(grid, 4, 4, 0, 3, 1, 1), &(struct key){"key.clear", SAY(key_clear), NULL, KEY_FUNCTION, DO(CLEAR, 0, 0)});
    character(s, cell(grid, 4, 4, 1, 3, extra ? 1 : 2, 1), '0', NULL);
    if (extra)
        character(s, cell(grid, 4, 4, 2, 3, 1, 1), extra, NULL);
    backspace(s, v, cell(grid, 4, 4, 3, 0, 1, 2));
    done(s, v, cell(grid, 4, 4, 3, 2, 1, 2));
}

/* A row of characters, each one unit of `unit` px, from x on; returns the x behind it. */
static int letters(struct scene *s, int x, int y, int unit, const char *row)
{
    for (const char *p = row; *p; p++, x += unit + KEY_GAP) {
        char c = s->env.shift && *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;

        character(s, (struct box){x, y, unit, KEY_HEIGHT}, c, NULL);
    }
    return x;
}

static void latin(struct scene *s, const struct view *v, struct box grid)
{
    int unit = (grid.w - 9 * KEY_GAP) / 10, step = KEY_HEIGHT + KEY_GAP, y = grid.y, right = box_right(grid);
    int half = (unit + KEY_GAP) / 2, x;

    letters(s, grid.x, y, unit, "1234567890");
    letters(s, grid.x, y += step, unit, "qwertyuiop");
    letters(s, grid.x + half, y += step, unit, "asdfghjkl");
    y += step;
    key(s, (struct box){grid.x, y, unit + half, KEY_HEIGHT},
        &(struct key){
            "key.shift", s->env.shift ? SAY(key_small) : SAY(key_capital), NULL, KEY_FUNCTION, {NODE_DO_SHIFT, 0, 0}});
    x = letters(s, grid.x + unit + half + KEY_GAP, y, unit, "zxcvbnm");
    backspace(s, v, (struct box){x, y, right - x, KEY_HEIGHT});
    x = letters(s, grid.x, y += step, unit, "-./");
    character(s, (struct box){x, y, 4 * unit + 3 * KEY_GAP, KEY_HEIGHT}, ' ', SAY(key_space));
    x += 4 * (unit + KEY_GAP);
    done(s, v, (struct box){x, y, right - x, KEY_HEIGHT});
}

void keyboard(struct scene *s, const struct view *v, int bottom, enum keyboard_kind kind)
{
    int h = keyboard_height(kind);
    struct box bed = {0, bottom - h, s->env.screen.w, h};
    struct box grid = {bed.x + PAD_SIDE, bed.y + 2 + PAD_TOP, bed.w - 2 * PAD_SIDE, h - 2 - PAD_TOP - PAD_BOTTOM};

    if (!h)
        return;
    scene_rect(s, bed, 0, TOKEN_SUNK);
    scene_rect(s, (struct box){0, bed.y, bed.w, 2}, 0, TOKEN_LINE);
    if (kind == KEYBOARD_LATIN)
        latin(s, v, grid);
    else
        pad(s, v, grid, kind == KEYBOARD_DIGITS_X ? 'X' : kind == KEYBOARD_MONEY ? '.' : '\0');
}
