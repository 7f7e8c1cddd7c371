/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_box.h. What is looked for is a resident's: its picture is never kept.
 */
#include "ui/widgets/search_box.h"

#include <stdio.h>

#include "base/secret.h"
#include "ui/widgets/button.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/words.h"

#define RADIUS 24
#define ICON 56
#define TEXT_X 103
#define CARET_HIGH 56

static void placeholder(struct scene *s, const struct view *v, struct box b)
{
    struct type t = TYPE(LABEL, REGULAR, INK_2);
    const char *text = SAY(search_hint);

    /* the words give way, the field keeps its height */
    if (scene_width(s, t, text) > b.w)
        t = TYPE(BODY, REGULAR, INK_2);
    if (scene_width(s, t, text) > b.w)
        text = SAY(search_hint_short);
    scene_line_in(s, b, t, text);
}

static struct box frame(struct scene *s, struct box b, bool active, const char *id)
{
    int thin = s->env.contrast ? 4 : 3;

    scene_frame(s, b, RADIUS, scene_pressed(s, id) ? TOKEN_SUNK : TOKEN_SURFACE, active ? TOKEN_PRIMARY : TOKEN_EDGE,
                active ? 6 : thin);
    scene_icon(s, b.x + 32, b.y + (b.h - ICON) / 2, ICON, "search", TOKEN_PRIMARY);
    return (struct box){b.x + TEXT_X, b.y, b.w - TEXT_X - 24, b.h};
}

void search_box_closed(struct scene *s, const struct view *v, struct box b)
{
    placeholder(s, v, frame(s, b, false, "search"));
    struct node *n = scene_target(s, NODE_FIELD, "search", b, SAY(search_field), DO(SEARCH, 0, 0));

    n->words = SAY(search_hint);
}

/* What does not fit shows its end, where one types. */
static const char *tail(const struct scene *s, struct type t, const char *text, int room)
{
    while (*text && scene_width(s, t, text) > room)
        do
            text++;
        while ((*text & 0xc0) == 0x80);
    return text;
}

static void typed(struct scene *s, const struct view *v, struct box in, bool active)
{
    struct type t = type_secret(TYPE(LEAD, REGULAR, INK));
    char both[400];

    snprintf(both, sizeof both, "%s%s", v->search.text, keyboard_composed(s, v));
    const char *whole = scene_keep(s, both), *shown;

    secret_wipe(both, sizeof both);
    shown = tail(s, t, whole, in.w - 12);

    scene_line_in(s, in, t, shown);
    if (active && s->env.caret)
        scene_rect(s, (struct box){in.x + scene_width(s, t, shown) + 6, in.y + (in.h - CARET_HIGH) / 2, 4, CARET_HIGH}, 0,
                   TOKEN_PRIMARY);
}

/* Returns how much of the width it took. */
static int found(struct scene *s, const struct view *v, struct box b)
{
    struct type t = type_aligned(TYPE(BODY, REGULAR, INK_2), ALIGN_RIGHT);
    const char *text = SAY_WITH(search_found, words_number(s, v->search.total[FOUND_ALL]));
    int w = scene_width(s, t, text) + 4;

    scene_text(s, box_right(b) - w, b.y + (b.h - scene_line(s, t)) / 2, w, t, text);
    return w + 24;
}

void search_box(struct scene *s, const struct view *v, struct box b)
{
    bool active = v->keys.kind == KEYBOARD_SEARCH, empty = !v->search.text[0] && !keyboard_composed(s, v)[0];
    struct box in = frame(s, b, active, "search"), field = b;

    if (!empty) {
        struct box clear = {box_right(b) - 104, b.y + 12, 88, 88};

        field.w -= 116;
        in.w = clear.x - 12 - in.x;
        in.w -= found(s, v, in);
        scene_icon(s, clear.x + 20, clear.y + 20, 48, "close", TOKEN_INK);
        scene_target(s, NODE_BUTTON, "search.clear", clear, SAY(search_clear), DO(CLEAR, 0, 0));
    }
    if (empty)
        placeholder(s, v, active ? (struct box){in.x + 24, in.y, in.w - 24, in.h} : in);
    if (active || !empty)
        typed(s, v, in, active);
    struct node *n = scene_target(s, NODE_FIELD, "search", field, SAY(search_field), DO(SEARCH, 0, 0));

    n->value = scene_keep(s, v->search.text);
    n->typed = active ? n->value : NULL;
    n->focused = active;
    n->secret = true;
}
