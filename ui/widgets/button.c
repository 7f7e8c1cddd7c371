/* SPDX-License-Identifier: Apache-2.0
 *
 * See button.h; the look's table of kinds and states.
 */
#include "ui/widgets/button.h"

#include <stddef.h>

#define ICON 44
#define ICON_SMALL 40
#define ICON_GAP 16
#define RADIUS 16

static bool small(const struct button *w)
{
    return w->kind == BUTTON_SMALL || w->kind == BUTTON_QUIET || w->kind == BUTTON_MAIN_SMALL;
}

static int padding(const struct button *w)
{
    return small(w) ? 28 : w->kind == BUTTON_CHOICE || w->kind == BUTTON_BLACK ? 20 : 40;
}

static struct type label_type(const struct button *w)
{
    struct type t = TYPE(LABEL, MEDIUM, INK);

    switch (w->kind) {
    case BUTTON_MAIN:
        t = TYPE(LEAD, BOLD, ON_PRIMARY);
        break;
    case BUTTON_URGE:
        t = TYPE(URGE, BOLD, ON_PRIMARY);
        break;
    case BUTTON_QUIET:
        t = TYPE(BODY, MEDIUM, PRIMARY);
        break;
    case BUTTON_DANGER:
        t.colour = TOKEN_BAD;
        break;
    case BUTTON_SMALL:
        t = TYPE(BODY, MEDIUM, INK);
        break;
    case BUTTON_CHOICE:
        if (w->chosen)
            t = TYPE(LABEL, BOLD, PRIMARY);
        break;
    case BUTTON_MAIN_SMALL:
        t = TYPE(LABEL, MEDIUM, ON_PRIMARY);
        break;
    case BUTTON_NIGHT:
        t.colour = TOKEN_ON_NIGHT;
        break;
    case BUTTON_BLACK:
        t.colour = TOKEN_WHITE;
        break;
    case BUTTON_SECOND:
        break;
    }
    if (w->off)
        t.colour = TOKEN_OFF;
    return t;
}

static void background(struct scene *s, struct box b, const struct button *w)
{
    bool down = scene_pressed(s, w->id),
         main = w->kind == BUTTON_MAIN || w->kind == BUTTON_URGE || w->kind == BUTTON_MAIN_SMALL;
    int thin = s->env.contrast ? 4 : 3;

    if (w->off) {
        scene_frame(s, b, RADIUS, TOKEN_NONE, TOKEN_LINE, thin);
    } else if (main) {
        if (!down)
            scene_shadow(s, b, RADIUS);
        scene_rect(s, b, RADIUS, down ? TOKEN_PRIMARY_DEEP : TOKEN_PRIMARY);
    } else if (w->kind == BUTTON_BLACK) {
        scene_rect(s, b, RADIUS, down ? TOKEN_INK : TOKEN_BLACK);
    } else if (w->kind == BUTTON_NIGHT) {
        scene_frame(s, b, RADIUS, down ? TOKEN_NIGHT_2 : TOKEN_NONE, TOKEN_ON_NIGHT, thin);
    } else if (w->kind == BUTTON_QUIET) {
        if (down)
            scene_rect(s, b, RADIUS, TOKEN_SUNK);
    } else if (w->chosen) {
        scene_frame(s, b, RADIUS, down ? TOKEN_SUNK : TOKEN_PRIMARY_TINT, TOKEN_PRIMARY, s->env.contrast ? 8 : 6);
    } else if (w->kind == BUTTON_DANGER) {
        scene_frame(s, b, RADIUS, down ? TOKEN_BAD_TINT : TOKEN_SURFACE, TOKEN_BAD, thin);
    } else {
        scene_frame(s, b, RADIUS, down ? TOKEN_SUNK : TOKEN_SURFACE, TOKEN_EDGE, thin);
    }
}

static const char *icon_of(const struct button *w)
{
    return w->chosen ? "ok" : w->icon;
}

static int icon_space(const struct button *w)
{
    return !icon_of(w) ? 0 : (small(w) ? ICON_SMALL : ICON) + (small(w) ? 12 : ICON_GAP);
}

static const struct type note_type = {TYPE_BODY, WEIGHT_REGULAR, TOKEN_ON_PRIMARY, ALIGN_LEFT, false};

/* Whether the note stands behind the label; else below it. */
static bool note_beside(const struct scene *s, int width, const struct button *w)
{
    return w->note && icon_space(w) + scene_width(s, label_type(w), w->label) + 16 + scene_width(s, note_type, w->note) <=
                          width - 2 * padding(w);
}

static void two_lines(struct scene *s, struct box b, const struct button *w)
{
    struct type t = type_aligned(label_type(w), ALIGN_CENTRE), note = type_aligned(note_type, ALIGN_CENTRE);
    struct box in = box_inset(b, padding(w), 0);
    int high = scene_height(s, in.w, t, w->label), y = b.y + (b.h - high - scene_height(s, in.w, note, w->note)) / 2;

    scene_draw(s, in.x, y, in.w, t, w->label);
    scene_draw(s, in.x, y + high, in.w, note, w->note);
}

/* Icon, label and note in the middle, as one group. */
static void content(struct scene *s, struct box b, const struct button *w)
{
    struct type t = label_type(w);
    int icon = icon_space(w), room = b.w - 2 * padding(w) - icon;
    int wide = scene_width(s, t, w->label), more = w->note ? 16 + scene_width(s, note_type, w->note) : 0;
    int size = small(w) ? ICON_SMALL : ICON;

    if (w->note && !note_beside(s, b.w, w)) {
        two_lines(s, b, w);
        return;
    }

    if (wide > room)
        wide = room;
    int x = b.x + (b.w - icon - wide - more) / 2;

    if (icon)
        scene_icon(s, x, b.y + (b.h - size) / 2, size, icon_of(w), t.colour);
    scene_line_in(s, (struct box){x + icon, b.y, wide, b.h}, type_aligned(t, ALIGN_CENTRE), w->label);
    if (w->note)
        scene_line_in(s, (struct box){x + icon + wide + 16, b.y, more, b.h}, note_type, w->note);
}

void button(struct scene *s, struct box b, const struct button *w)
{
    background(s, b, w);
    content(s, b, w);
    struct node *n = scene_target(s, w->role ? w->role : NODE_BUTTON, w->id, b, w->label, w->action);

    n->enabled = !w->off;
    n->checked = w->chosen;
    if (w->words)
        n->words = scene_keep(s, w->words);
}

int button_height(const struct scene *s, int width, const struct button *w)
{
    struct button widest = *w;

    if (w->kind == BUTTON_CHOICE)
        widest.chosen = true;
    int h = scene_height(s, width - 2 * padding(w) - icon_space(&widest), label_type(&widest), w->label) +
            (small(w) ? 24 : 56);

    if (w->note && !note_beside(s, width, w))
        h += scene_height(s, width - 2 * padding(w), note_type, w->note);
    int least = small(w)                            ? BUTTON_LEAST
                : w->kind == BUTTON_MAIN && !w->low ? BUTTON_HEIGHT_MAIN
                : w->kind == BUTTON_URGE            ? BUTTON_HEIGHT_URGE
                                                    : BUTTON_HEIGHT;

    return h < least ? least : h;
}

int button_width(const struct scene *s, const struct button *w)
{
    return 2 * padding(w) + icon_space(w) + scene_width(s, label_type(w), w->label) + 2;
}
