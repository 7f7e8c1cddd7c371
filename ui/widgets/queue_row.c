/* SPDX-License-Identifier: Apache-2.0
 *
 * See queue_row.h.
 */
#include "ui/widgets/queue_row.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#define RADIUS 24
#define PLATE 96
#define SIDE 32
#define LEFT (SIDE + PLATE + 28)
#define PAD 24
#define GAP 24 /* between the two parts */
#define WAY_GAP 16

/* --- words --- */

const char *queue_name(struct scene *s, const struct view *v, const struct queue *q)
{
    return words_either(s, v, q->name, q->name_en);
}

const char *queue_about(struct scene *s, const struct view *v, const struct queue *q)
{
    return words_either(s, v, q->about, q->about_en);
}

const char *queue_place(struct scene *s, const struct view *v, const struct queue *q)
{
    return words_either(s, v, q->place, q->place_en);
}

const char *queue_people(struct scene *s, const struct view *v, int waiting)
{
    return waiting < 0 ? NULL : SAY_WITH(queue_people, words_number(s, waiting));
}

const char *queue_minutes(struct scene *s, const struct view *v, int waiting, int minutes)
{
    if (minutes > 0)
        return SAY_WITH(queue_minutes, words_number(s, minutes));
    if (minutes == 0)
        return SAY(queue_at_once);
    return waiting < 0 ? SAY(queue_unknown) : waiting ? SAY(queue_no_time) : SAY(queue_nobody);
}

/* --- the card --- */

/* No numbers for now. */
static bool off(const struct queue_row *r)
{
    return r->state && !r->newer;
}

static const struct type name_type = {TYPE_TILE, WEIGHT_BOLD, TOKEN_INK, ALIGN_LEFT, false};
static const struct type note_type = {TYPE_SMALL, WEIGHT_REGULAR, TOKEN_INK_2, ALIGN_LEFT, false};

static const struct type told_type = {TYPE_BODY, WEIGHT_REGULAR, TOKEN_INK, ALIGN_LEFT, false};

static int wider(const struct scene *s, int w, struct type t, const char *text)
{
    int here = text ? scene_width(s, t, text) : 0;

    return here > w ? here : w;
}

static int side_width(const struct scene *s, const struct queue_row *r)
{
    if (r->state)
        return chip_width(s, r->state);
    return wider(s, wider(s, 0, name_type, r->fact), note_type, r->note);
}

static int text_height(const struct scene *s, int w, struct type t, const char *text)
{
    return text && *text ? scene_height(s, w, t, text) : 0;
}

struct parts {
    int left_w, left_h, side_w, side_h;
    bool below; /* the side stands under the left part */
};

static struct parts measure(const struct scene *s, int w, const struct queue_row *r)
{
    struct parts p = {.side_w = side_width(s, r)};
    int all = w - LEFT - SIDE, line = scene_line(s, note_type);

    p.below = all - p.side_w - GAP < 420 || s->env.size >= 2;
    p.left_w = p.below ? all : all - p.side_w - GAP;
    p.left_h = text_height(s, p.left_w, name_type, r->name) + text_height(s, p.left_w, note_type, r->about) +
               text_height(s, p.left_w, note_type, r->place) + text_height(s, p.left_w, note_type, r->hours);
    if (r->state)
        p.side_h = line + 12 > CHIP_HEIGHT ? line + 12 : CHIP_HEIGHT;
    else if (p.below)
        p.side_h = r->fact ? scene_line(s, name_type) : line;
    else
        p.side_h = (r->fact ? scene_line(s, name_type) : 0) + line;
    return p;
}

static int head_height(const struct scene *s, int w, const struct queue_row *r)
{
    struct parts p = measure(s, w, r);
    int h = p.below ? p.left_h + 8 + p.side_h : p.left_h > p.side_h ? p.left_h : p.side_h;

    return 2 * PAD + (h > PLATE ? h : PLATE);
}

/* Side by side while every label has room, else one below the other. */
static struct box way_box(const struct scene *s, struct box b, const struct queue_row *r, int i)
{
    struct box column = box_column(b, r->n_ways, WAY_GAP, i);
    bool stacked = false;
    int high = BUTTON_HEIGHT;

    for (int k = 0; k < r->n_ways; k++)
        stacked |= button_width(s, &r->ways[k]) > column.w;
    for (int k = 0; k < r->n_ways; k++) {
        int h = button_height(s, stacked ? b.w : column.w, &r->ways[k]);

        high = h > high ? h : high;
    }
    if (stacked)
        return (struct box){b.x, b.y + i * (high + WAY_GAP), b.w, high};
    column.h = high;
    return column;
}

static int told_height(const struct scene *s, int w, const struct queue_row *r)
{
    struct box in = {0, 0, w - 2 * SIDE, 0};
    int h = 0;

    for (int i = 0; r->told[i]; i++)
        h += scene_height(s, in.w, told_type, r->told[i]);
    if (r->n_ways)
        h += WAY_GAP + box_bottom(way_box(s, in, r, r->n_ways - 1));
    return h + PAD;
}

int queue_row_height(const struct scene *s, int w, const struct queue_row *r)
{
    return head_height(s, w, r) + (r->told[0] ? told_height(s, w, r) : 0);
}

static void left(struct scene *s, int x, int y, int w, const struct queue_row *r)
{
    struct type name = type_coloured(name_type, off(r) ? TOKEN_INK_2 : TOKEN_INK);
    struct type note = type_coloured(note_type, r->priority && !off(r) ? TOKEN_INK : TOKEN_INK_2);

    y += scene_draw(s, x, y, w, name, r->name);
    if (r->about && *r->about)
        y += scene_draw(s, x, y, w, note, r->about);
    if (r->place && *r->place)
        y += scene_draw(s, x, y, w, note, r->place);
    if (r->hours)
        scene_draw(s, x, y, w, note, r->hours);
}

/* At the right end, one below the other. */
static void side(struct scene *s, struct box b, const struct queue_row *r, const struct parts *p)
{
    struct type note = type_aligned(type_coloured(note_type, r->priority ? TOKEN_INK : TOKEN_INK_2), ALIGN_RIGHT);
    int x = box_right(b) - SIDE - p->side_w, y = b.y + (b.h - p->side_h) / 2;

    if (r->state) {
        chip(s, x, y, 0, CHIP_WARN, r->state_icon, r->state);
        return;
    }
    if (r->fact)
        y += scene_draw(s, x, y, p->side_w, type_aligned(name_type, ALIGN_RIGHT), r->fact);
    if (r->note)
        scene_draw(s, x, y, p->side_w, note, r->note);
}

/* In one line below the rest. */
static void side_below(struct scene *s, int x, int y, const struct queue_row *r, const struct parts *p)
{
    if (r->state) {
        chip(s, x, y, 0, CHIP_WARN, r->state_icon, r->state);
        return;
    }
    int w = r->fact ? scene_width(s, name_type, r->fact) : 0;

    if (r->fact)
        scene_draw(s, x, y, w + 2, name_type, r->fact);
    if (r->note)
        scene_draw(s, x + w + (w ? 24 : 0), y + (p->side_h - scene_line(s, note_type)) / 2, p->left_w - w - (w ? 24 : 0),
                   note_type, r->note);
}

static void add_after(char *all, size_t cap, const char *between, const char *text)
{
    size_t used = strlen(all);

    if (text && *text)
        snprintf(all + used, cap - used, "%s%s", used ? between : "", text);
}

static void add(char *all, size_t cap, const char *text)
{
    add_after(all, cap, "，", text);
}

/* Read aloud in full; tests find the facts in `value`. */
static void node(struct scene *s, struct box b, const struct queue_row *r)
{
    struct node *n = scene_target(s, NODE_BUTTON, r->id, b, r->name, r->action);
    char value[1200] = "", words[1400] = "";

    add(value, sizeof value, r->about);
    add(value, sizeof value, r->place);
    add(value, sizeof value, r->hours);
    add(value, sizeof value, r->state ? r->state : r->fact);
    if (!r->state)
        add(value, sizeof value, r->note);
    for (int i = 0; r->told[i]; i++)
        add_after(value, sizeof value, i ? "\n" : "，", r->told[i]);
    add(words, sizeof words, r->name);
    add(words, sizeof words, value);
    n->value = scene_keep(s, value);
    n->words = scene_keep(s, words);
}

/* Below the head: why, and what can be done now. */
static void told(struct scene *s, struct box b, const struct queue_row *r)
{
    struct box in = {b.x + SIDE, b.y, b.w - 2 * SIDE, 0};

    for (int i = 0; r->told[i]; i++)
        in.y += scene_draw(s, in.x, in.y, in.w, told_type, r->told[i]);
    in.y += WAY_GAP;
    for (int i = 0; i < r->n_ways; i++)
        button(s, way_box(s, in, r, i), &r->ways[i]);
}

void queue_row(struct scene *s, struct box b, const struct queue_row *r)
{
    struct parts p = measure(s, b.w, r);
    struct box card = b;
    bool down = scene_pressed(s, r->id);
    enum token fill = off(r) || down ? TOKEN_SUNK : r->priority ? TOKEN_PRIMARY_TINT : TOKEN_SURFACE;
    enum token under = off(r) ? TOKEN_PAPER : r->priority ? TOKEN_PRIMARY : TOKEN_PRIMARY_TINT;
    int inner = p.below ? p.left_h + 8 + p.side_h : p.left_h;

    if (r->told[0])
        b.h -= told_height(s, b.w, r);
    int y = b.y + (b.h - inner) / 2, x = b.x + LEFT;

    card_box(s, card, &(struct card_style){0, 0, RADIUS, fill, off(r) || down});
    if (r->told[0] || (r->priority && !off(r)))
        scene_frame(s, card, RADIUS, fill, r->told[0] ? TOKEN_EDGE : TOKEN_PRIMARY, r->told[0] ? 6 : 3);
    plate(s, (struct box){b.x + SIDE, b.y + (b.h - PLATE) / 2, PLATE, PLATE}, 24, under, r->icon, 60,
          off(r)        ? TOKEN_INK_2
          : r->priority ? TOKEN_ON_PRIMARY
                        : TOKEN_PRIMARY);
    left(s, x, y, p.left_w, r);
    if (p.below)
        side_below(s, x, y + p.left_h + 8, r, &p);
    else
        side(s, b, r, &p);
    node(s, b, r);
    if (r->told[0])
        told(s, (struct box){b.x, box_bottom(b), b.w, 0}, r);
}
