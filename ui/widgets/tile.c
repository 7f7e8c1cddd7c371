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
        h += 8 + CHIP_HEIGHT;
    }
    return h;
}

static void tile_plate(struct scene *s, struct box b, const struct tile *t)
{
    enum token fill = t->state ? TOKEN_PAPER : t->warm ? TOKEN_GLOW : TOKEN_PRIMARY_TINT;

    plate(s, b, 24, fill, t->icon, 60, t->state ? TOKEN_INK_2 : t->warm ? TOKEN_ON_GLOW : TOKEN_PRIMARY);
}

void tile_wide(struct scene *s, struct box b, const struct tile *t)
{
    struct type name = TYPE(TILE, BOLD, INK), note = TYPE(SMALL, REGULAR, INK_2), side = TYPE(BODY, REGULAR, INK_2);
    int x = b.x + 32 + PLATE + 28, right = 32;

    body(s, b, RADIUS, t);
    tile_plate(s, (struct box){b.x + 32, b.y + (b.h - PLATE) / 2, PLATE, PLATE}, t);
    if (t->side && t->state) {
        int w = chip_width(s, t->state);

        chip(s, box_right(b) - 32 - w, b.y + (b.h - CHIP_HEIGHT) / 2, 0, CHIP_WARN, "stop", t->state);
        right += w + 16;
    } else if (t->side) {
        int w = scene_width(s, side, t->side);

        scene_line_in(s, (struct box){box_right(b) - 32 - 48 - 12 - w, b.y, w, b.h}, side, t->side);
        scene_icon(s, box_right(b) - 32 - 48, b.y + (b.h - 48) / 2, 48, "chevron-right", TOKEN_EDGE);
        right += w + 48 + 28;
    }
    int w = b.w - (x - b.x) - right, h = texts(s, x, 0, w, t, name, note, false);

    texts(s, x, b.y + (b.h - h) / 2, w, t, name, note, true);
    node(s, b, t);
}

void tile_tall(struct scene *s, struct box b, const struct tile *t)
{
    struct type name = TYPE(LEAD, BOLD, INK), note = TYPE(SMALL, REGULAR, INK_2);
    const struct box at = {b.x + 28, b.y + 28, 96, 96};

    body(s, b, 24, t);
    plate(s, at, 24, TOKEN_PRIMARY_TINT, t->icon, 60, TOKEN_PRIMARY);
    texts(s, b.x + 28, box_bottom(at) + 14, b.w - 56, t, name, note, true);
    node(s, b, t);
}

void tile_row(struct scene *s, struct box b, const struct tile *t)
{
    struct type name = TYPE(LABEL, MEDIUM, INK), note = TYPE(SMALL, REGULAR, INK_2);
    int x = b.x + 24 + 56 + 20, w = b.w - (x - b.x) - 24;
    int h = texts(s, x, 0, w, t, name, note, false);

    body(s, b, 16, t);
    scene_icon(s, b.x + 24, b.y + (b.h - 56) / 2, 56, t->icon, TOKEN_PRIMARY);
    texts(s, x, b.y + (b.h - h) / 2, w, t, name, note, true);
    node(s, b, t);
}
