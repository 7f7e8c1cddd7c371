/* SPDX-License-Identifier: Apache-2.0
 *
 * See tile.h.
 */
#include "ui/widgets/tile.h"

#include <stddef.h>

#include "base/text.h"

#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#define RADIUS 28
#define PLATE 96

static void body(struct scene *s, struct box b, int radius, const struct tile *t)
{
    bool down = scene_pressed(s, t->id);
    enum token fill = t->state || down ? TOKEN_SUNK : t->warm ? TOKEN_GLOW_TINT : TOKEN_SURFACE;

    if (t->primary) {
        if (!down)
            scene_shadow(s, b, radius);
        scene_rect(s, b, radius, down ? TOKEN_PRIMARY_DEEP : TOKEN_PRIMARY);
        return;
    }
    card_box(s, b, &(struct card_style){0, 0, radius, fill, t->state || down});
}

static void node(struct scene *s, struct box b, const struct tile *t)
{
    struct node *n = scene_target(s, NODE_BUTTON, t->id, b, t->name, t->action);
    const char *note = t->state ? t->state : t->note;

    if (note) {
        const char *words[] = {t->name, note};
        char all[700];

        text_fill(all, sizeof all, "{0}，{1}", words, 2);
        for (char *p = all; *p; p++)
            if (*p == '\n')
                *p = ' ';
        n->words = scene_keep(s, all);
        n->value = scene_keep(s, note);
    }
}

static void lamp(struct scene *s, struct box b)
{
    const struct {
        int r;
        enum token fill;
    } discs[] = {{200, TOKEN_HERO_2}, {140, TOKEN_HERO_3}, {84, TOKEN_GLOW}};
    /* drawn for a tile 264 high; a taller one has a larger lamp */
    int part = b.h > 264 ? 264 + (b.h - 264) / 2 : 264;
    int x = box_right(b) - 130 * part / 264, y = b.y + b.h * 17 / 26;

    if (s->env.contrast)
        return;
    for (int i = 0; i < 3; i++) {
        int r = discs[i].r * part / 264;

        scene_disc_in(s, (struct box){x - r, y - r, 2 * r, 2 * r}, b, RADIUS, discs[i].fill);
    }
}

void tile_main(struct scene *s, struct box b, const struct tile *t)
{
    bool down = scene_pressed(s, t->id);
    struct type name = TYPE(TITLE_1, BOLD, ON_PRIMARY), note = TYPE(LABEL, REGULAR, ON_PRIMARY_2);
    int x = b.x + 40 + 128 + 32, w = b.w - (x - b.x) - 320;
    int high = scene_line(s, name) + scene_height(s, w, note, t->note), y = b.y + (b.h - high) / 2;
    struct box plate_box = {b.x + 40, b.y + (b.h - 128) / 2, 128, 128};

    if (!down)
        scene_shadow(s, b, RADIUS);
    scene_rect(s, b, RADIUS, down ? TOKEN_PRIMARY_DEEP : TOKEN_PRIMARY);
    lamp(s, b);
    if (!s->env.contrast)
        scene_veil(s, plate_box, 32, TOKEN_WHITE, 36);
    plate(s, plate_box, 32, TOKEN_NONE, t->icon, 80, TOKEN_ON_PRIMARY);
    scene_draw(s, x, y, w, name, t->name);
    scene_draw(s, x, y + scene_line(s, name), w, note, t->note);
    node(s, b, t);
}

/* Name, then note or the state chip; returns the height. */
static int texts(struct scene *s, int x, int y, int w, const struct tile *t, struct type name, struct type note, bool draw)
{
    int h = scene_height(s, w, name, t->name);

    if (t->state)
        name.colour = TOKEN_INK_2;
    if (t->warm)
        note.colour = TOKEN_INK;
    if (t->primary) {
        name.colour = TOKEN_ON_PRIMARY;
        note.colour = TOKEN_ON_PRIMARY_2;
    }
    if (draw)
        scene_draw(s, x, y, w, name, t->name);
    if (t->note) {
        if (draw)
            scene_draw(s, x, y + h, w, note, t->note);
        h += scene_height(s, w, note, t->note);
    }
    if (t->state && !t->side) {
        if (draw)
            chip(s, x, y + h + 8, 0, CHIP_WARN, "stop", t->state);
        h += 8 + chip_height(s);
    }
    return h;
}

static void tile_plate(struct scene *s, struct box b, const struct tile *t)
{
    if (t->primary) {
        if (!s->env.contrast)
            scene_veil(s, b, 24, TOKEN_WHITE, 36);
        plate(s, b, 24, TOKEN_NONE, t->icon, 60, TOKEN_ON_PRIMARY);
        return;
    }
    enum token fill = t->state ? TOKEN_PAPER : t->warm ? TOKEN_GLOW : TOKEN_PRIMARY_TINT;

    plate(s, b, 24, fill, t->icon, 60, t->state ? TOKEN_INK_2 : t->warm ? TOKEN_ON_GLOW : TOKEN_PRIMARY);
}

#define WIDE_TEXT (32 + PLATE + 28)
#define ROW_TEXT (24 + 56 + 20)

static const struct type wide_name = {TYPE_TILE, WEIGHT_BOLD, TOKEN_INK, ALIGN_LEFT, false};
static const struct type tall_name = {TYPE_LEAD, WEIGHT_BOLD, TOKEN_INK, ALIGN_LEFT, false};
static const struct type row_name = {TYPE_LABEL, WEIGHT_MEDIUM, TOKEN_INK, ALIGN_LEFT, false};
static const struct type note_type = {TYPE_SMALL, WEIGHT_REGULAR, TOKEN_INK_2, ALIGN_LEFT, false};
static const struct type side_type = {TYPE_BODY, WEIGHT_REGULAR, TOKEN_INK_2, ALIGN_LEFT, false};

/* What the right end takes of a wide tile. */
static int side_width(struct scene *s, const struct tile *t)
{
    if (t->side && t->state)
        return 32 + chip_width(s, t->state) + 16;
    return t->side ? 32 + scene_width(s, side_type, t->side) + 48 + 28 : 32;
}

static void side(struct scene *s, struct box b, const struct tile *t)
{
    int w = t->state ? chip_width(s, t->state) : scene_width(s, side_type, t->side);

    if (t->state) {
        chip(s, box_right(b) - 32 - w, b.y + (b.h - chip_height(s)) / 2, 0, CHIP_WARN, "stop", t->state);
        return;
    }
    scene_line_in(s, (struct box){box_right(b) - 32 - 48 - 12 - w, b.y, w + 2, b.h}, side_type, t->side);
    scene_icon(s, box_right(b) - 32 - 48, b.y + (b.h - 48) / 2, 48, "chevron-right", TOKEN_EDGE);
}

int tile_wide_height(struct scene *s, int w, const struct tile *t)
{
    int h = texts(s, 0, 0, w - WIDE_TEXT - side_width(s, t), t, wide_name, note_type, false) + 48;

    return h > PLATE + 48 ? h : PLATE + 48;
}

void tile_wide(struct scene *s, struct box b, const struct tile *t)
{
    int x = b.x + WIDE_TEXT, w = b.w - WIDE_TEXT - side_width(s, t), h = texts(s, x, 0, w, t, wide_name, note_type, false);

    body(s, b, RADIUS, t);
    tile_plate(s, (struct box){b.x + 32, b.y + (b.h - PLATE) / 2, PLATE, PLATE}, t);
    if (t->side)
        side(s, b, t);
    texts(s, x, b.y + (b.h - h) / 2, w, t, wide_name, note_type, true);
    node(s, b, t);
}

int tile_tall_height(struct scene *s, int w, const struct tile *t)
{
    return 28 + PLATE + 14 + texts(s, 0, 0, w - 56, t, tall_name, note_type, false) + 24;
}

void tile_tall(struct scene *s, struct box b, const struct tile *t)
{
    const struct box at = {b.x + 28, b.y + 28, PLATE, PLATE};

    body(s, b, 24, t);
    plate(s, at, 24, TOKEN_PRIMARY_TINT, t->icon, 60, TOKEN_PRIMARY);
    texts(s, b.x + 28, box_bottom(at) + 14, b.w - 56, t, tall_name, note_type, true);
    node(s, b, t);
}

int tile_row_height(struct scene *s, int w, const struct tile *t)
{
    int h = texts(s, 0, 0, w - ROW_TEXT - 24, t, row_name, note_type, false) + 32;

    return h > 96 ? h : 96;
}

void tile_row(struct scene *s, struct box b, const struct tile *t)
{
    int x = b.x + ROW_TEXT, w = b.w - ROW_TEXT - 24, h = texts(s, x, 0, w, t, row_name, note_type, false);

    body(s, b, 16, t);
    scene_icon(s, b.x + 24, b.y + (b.h - 56) / 2, 56, t->icon, TOKEN_PRIMARY);
    texts(s, x, b.y + (b.h - h) / 2, w, t, row_name, note_type, true);
    node(s, b, t);
}
