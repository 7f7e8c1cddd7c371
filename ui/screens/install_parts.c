/* SPDX-License-Identifier: Apache-2.0
 *
 * See install.h.
 */
#include <stdio.h>

#include "ui/screens/install.h"

#define ICON 48
#define NUMBER 56

const char *install_name(const struct view *v)
{
    const struct install_facts *f = &v->install.facts;

    return !f->sheet ? "" : *f->device ? f->device : f->terminal;
}

const char *install_this(const struct view *v)
{
    const struct install_facts *f = &v->install.facts;

    return *f->note.name ? f->note.name : f->note.terminal;
}

const char *install_size(struct scene *s, uint64_t bytes)
{
    char out[24];

    snprintf(out, sizeof out, "%d GB", (int)((bytes + 500000000) / 1000000000));
    return scene_keep(s, out);
}

int install_big(struct scene *s, int x, int y, int w, enum token colour, const char *text)
{
    struct type t = type_coloured(TYPE(BIG_NAME, BOLD, INK), colour);

    if (scene_width(s, t, text) > w)
        t = type_coloured(TYPE(DISPLAY, BOLD, INK), colour);
    if (scene_width(s, t, text) > w)
        t = type_coloured(TYPE(TITLE_2, BOLD, INK), colour);
    scene_node(s, NODE_TITLE, "", (struct box){x, y, w, 1}, text);
    return y + scene_draw(s, x, y, w, t, text);
}

int install_row(struct scene *s, struct box at, const struct install_row *r)
{
    struct type name = TYPE(LABEL, BOLD, INK), note = TYPE(SMALL, REGULAR, INK_2);
    int wide = chip_width(s, r->chip), x = at.x + ICON + 24, y = at.y + 16;
    bool below = at.w - ICON - 48 - wide < at.w / 2; /* large type: the chip stands below */
    int w = at.w - ICON - 24 - (below ? 0 : wide + 24);

    scene_icon(s, at.x, y, ICON, r->icon, r->good ? TOKEN_OK : TOKEN_PRIMARY);
    y += scene_text(s, x, y, w, name, r->name);
    y += scene_text(s, x, y, w, note, r->note);
    if (below)
        y += 8;
    chip(s, below ? x : at.x + at.w - wide, below ? y : at.y + (y - at.y + 16 - chip_height(s)) / 2, 0, r->kind,
         r->chip_icon, r->chip);
    return y + (below ? chip_height(s) : 0) + 16;
}

static int step_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const char *const *steps = ctx;
    struct type t = TYPE(BODY, REGULAR, INK), number = type_aligned(TYPE(STEP, BOLD, ON_PRIMARY), ALIGN_CENTRE);
    struct box b = {at.x, at.y + 16, NUMBER, NUMBER};
    int w = at.w - NUMBER - 24, h = scene_height(s, w, t, steps[i]), high = h > NUMBER ? h : NUMBER;

    scene_rect(s, b, NUMBER / 2, TOKEN_PRIMARY);
    scene_line_in(s, b, number, words_number(s, i + 1));
    scene_text(s, at.x + NUMBER + 24, b.y + (high - h) / 2, w, t, steps[i]);
    return b.y + high + 16;
}

int install_steps(struct scene *s, const struct view *v, struct leaves *l, int y, const char *const *steps, int n)
{
    return leaves_card(s, v, l, y, &(struct leaves_card){.n = n, .row = step_row, .ctx = steps, .lines = true});
}

int install_reminder(struct scene *s, const struct view *v, int x, int y, int w)
{
    if (!v->install.remind)
        return y;
    return banner(s, x, y, w, BANNER_WARN, "usb", SAY(install_remind), SAY(install_remind_rest)) + 24;
}
