/* SPDX-License-Identifier: Apache-2.0
 *
 * The page for writing by hand: a box for one character, beside it what it may be. Nothing becomes text but by a touch on
 * a candidate.
 */
#include <stdio.h>

#include "ui/widgets/button.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/keyboard_key.h"
#include "ui/widgets/words.h"

#define BOX_WIDTH 716
#define BOX_HEIGHT 526
#define BOX_HEIGHT_LOW 480 /* from 特大 on and at low reach, where the question above needs the room */
#define BOX_GAP 16
#define CANDIDATE_COLUMNS 2
#define CANDIDATE_ROWS 5
#define INK 13
#define DASH 18
#define DASH_GAP 12
#define DASH_MARGIN 24

static int box_height(const struct scene *s, const struct view *v)
{
    return s->env.size >= 2 || v->settings.low_reach ? BOX_HEIGHT_LOW : BOX_HEIGHT;
}

int keyboard_writing_height(const struct scene *s, const struct view *v)
{
    return WRITING_HEAD + box_height(s, v) + 2 * (KEY_GAP + KEY_HEIGHT);
}

/* From x, y on in one direction, centred upon the length. */
static void dashes(struct scene *s, int x, int y, int length, bool down)
{
    int n = (length + DASH_GAP) / (DASH + DASH_GAP), from = (length - n * (DASH + DASH_GAP) + DASH_GAP) / 2;

    for (int i = 0; i < n; i++) {
        int at = from + i * (DASH + DASH_GAP);

        scene_rect(s, down ? (struct box){x - 1, y + at, 3, DASH} : (struct box){x + at, y - 1, DASH, 3}, 0, TOKEN_LINE);
    }
}

static void paper(struct scene *s, const struct view *v, struct box b)
{
    const struct composing *c = v->keys.composing;

    scene_frame(s, b, 16, TOKEN_WHITE, TOKEN_EDGE, 3);
    dashes(s, b.x + b.w / 2, b.y + DASH_MARGIN, b.h - 2 * DASH_MARGIN, true);
    dashes(s, b.x + DASH_MARGIN, b.y + b.h / 2, b.w - 2 * DASH_MARGIN, false);
    if (c) {
        scene_clip(s, box_inset(b, 3, 3));
        scene_ink(s, b, &c->ink, ink_character, INK, TOKEN_BLACK);
        scene_clip(s, (struct box){0, 0, 0, 0});
    }
    scene_pad(s, "writing", b, ink_character, SAY(key_writing_box));
}

static void offered(struct scene *s, const struct view *v, struct box area)
{
    const struct composing *c = v->keys.composing;

    for (int i = 0; c && i < c->n && i < CANDIDATE_COLUMNS * CANDIDATE_ROWS; i++) {
        int h = (area.h - (CANDIDATE_ROWS - 1) * KEY_GAP) / CANDIDATE_ROWS, row = i / CANDIDATE_COLUMNS;
        int y = row == CANDIDATE_ROWS - 1 ? box_bottom(area) - h : area.y + row * (h + KEY_GAP);

        keyboard_candidate(
            s, v, box_column((struct box){area.x, y, area.w, h}, CANDIDATE_COLUMNS, KEY_GAP, i % CANDIDATE_COLUMNS), i);
    }
}

/* The larger role in which it stands on the line; where none lets it, `few` words do. */
static void line_in(struct scene *s, struct box b, const char *id, const char *words, const char *few)
{
    static const enum type_role roles[] = {TYPE_BODY, TYPE_SMALL, TYPE_NOTE};
    struct type t = TYPE(NOTE, REGULAR, INK_2);
    const char *text = few;

    for (size_t i = 2 * sizeof roles / sizeof *roles; i-- > 0;) {
        const char *one = i >= sizeof roles / sizeof *roles ? few : words;
        const struct type in = {roles[i % (sizeof roles / sizeof *roles)], WEIGHT_REGULAR, TOKEN_INK_2, ALIGN_LEFT, false};

        if (scene_width(s, in, one) <= b.w && scene_line(s, in) <= b.h) {
            t = in;
            text = one;
        }
    }
    scene_line_in(s, b, t, text);
    scene_node(s, NODE_STATUS, id, b, text);
}

static void word_key(struct scene *s, const struct view *v, struct box b, const char *id, const char *label,
                     const char *icon, enum intent_kind does)
{
    keyboard_key(s, v, b,
                 &(struct key){.id = id, .label = label, .icon = icon, .kind = KEY_FUNCTION, .action = {(int)does, 0, 0}});
}

/* 撤一笔 and 重写 are about the box, 删前一个字 about what is text already. */
static void mend(struct scene *s, const struct view *v, struct box row)
{
    int x = row.x;

    word_key(s, v, (struct box){x, row.y, 248, row.h}, "key.undo", SAY(key_undo), "undo", INTENT_PEN_UNDO);
    x += 248 + KEY_GAP;
    word_key(s, v, (struct box){x, row.y, 174, row.h}, "key.again", SAY(key_again), NULL, INTENT_PEN_AGAIN);
    x += 174 + KEY_GAP;
    for (int i = 0; i < 2; i++, x += 124 + KEY_GAP)
        keyboard_character(s, v, (struct box){x, row.y, 124, row.h}, i ? "。" : "，");
    word_key(s, v, (struct box){x, row.y, box_right(row) - x, row.h}, "key.backspace", SAY(key_backspace_character),
             "backspace", INTENT_BACKSPACE);
}

void keyboard_writing(struct scene *s, const struct view *v, struct box rows)
{
    const struct composing *c = v->keys.composing;
    struct box b = {rows.x, rows.y + WRITING_HEAD, BOX_WIDTH, box_height(s, v)};
    int right = box_right(b) + BOX_GAP, room = box_right(rows) - right;

    line_in(s, (struct box){rows.x, rows.y, BOX_WIDTH, WRITING_HEAD}, "key.hint",
            c && c->n ? SAY(key_hint_writing_none) : SAY(key_hint_writing),
            c && c->n ? SAY(key_hint_writing_none_short) : SAY(key_hint_writing_short));
    if (c && c->n)
        line_in(s, (struct box){right, rows.y, room, WRITING_HEAD}, "key.which", SAY(key_which), SAY(key_which_short));
    paper(s, v, b);
    offered(s, v, (struct box){right, b.y, room, b.h});
    mend(s, v, (struct box){rows.x, box_bottom(b) + KEY_GAP, rows.w, KEY_HEIGHT});
    keyboard_last_row(s, v, (struct box){rows.x, box_bottom(rows) - KEY_HEIGHT, rows.w, KEY_HEIGHT});
}
