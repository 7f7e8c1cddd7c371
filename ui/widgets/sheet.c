/* SPDX-License-Identifier: Apache-2.0
 *
 * See sheet.h.
 */
#include "ui/widgets/sheet.h"

#include <string.h>

#include "session/intent.h"
#include "ui/widgets/button.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/words.h"

#define PAD 28
#define CARET_WIDTH 4
#define BOX_GAP 12
#define DIGIT_GAP 6
#define DIGIT_PAD 14
#define CARET 56

/* --- the sheet --- */

static const struct type ink = {TYPE_LEAD, WEIGHT_REGULAR, TOKEN_INK, ALIGN_LEFT, true};

/* The part of the two spans that stands on one line. */
static void line(struct scene *s, struct box at, const struct span spans[2], const struct wrap_line *l)
{
    size_t first = strlen(spans[0].text), from = l->from < first ? l->from : first, to = l->to < first ? l->to : first;
    size_t from_2 = l->from > first ? l->from - first : 0, to_2 = l->to > first ? l->to - first : 0;
    const struct span part[] = {{scene_keep_n(s, spans[0].text + from, to - from), spans[0].weight, spans[0].colour},
                                {scene_keep_n(s, spans[1].text + from_2, to_2 - from_2), spans[1].weight, spans[1].colour}};

    scene_draw_spans(s, at.x, at.y, at.w, ink, part, 2);
}

/* All lines, or as many of the last ones as there is room for; the caret behind them. */
static void lines(struct scene *s, const struct view *v, struct box in, const char *text, bool focus)
{
    const struct span spans[] = {{text, WEIGHT_REGULAR, TOKEN_INK},
                                 {focus ? keyboard_composed(s, v) : "", WEIGHT_REGULAR, TOKEN_PRIMARY}};
    struct wrap_line at[WRAP_LINES_MAX];
    int high = scene_line(s, ink), room = in.h / high, w = in.w - 2 * CARET_WIDTH;
    int n = wrap(&s->env.metrics, spans, 2, type_px(ink.role, s->env.size), w, at), first = n > room ? n - room : 0;

    for (int i = first; i < n; i++)
        line(s, (struct box){in.x, in.y + (i - first) * high, in.w, high}, spans, &at[i]);
    if (focus && s->env.caret)
        scene_rect(s, (struct box){in.x + at[n - 1].width + 4, in.y + (n - 1 - first) * high + 4, CARET_WIDTH, high - 8}, 0,
                   TOKEN_PRIMARY);
}

void sheet(struct scene *s, const struct view *v, struct box b, const struct sheet *what)
{
    bool focus = v->keys.kind != KEYBOARD_NONE, wrong = what->wrong, empty = !what->text[0];
    struct box in = box_inset(b, PAD, PAD - 8);

    scene_frame(s, b, 16, scene_pressed(s, "words") ? TOKEN_SUNK : TOKEN_SURFACE,
                wrong   ? TOKEN_BAD
                : focus ? TOKEN_PRIMARY
                        : TOKEN_EDGE,
                wrong || focus ? 6 : 3);
    if (empty && !focus)
        scene_draw(s, in.x, in.y, in.w, type_coloured(ink, TOKEN_INK_2), SAY(form_placeholder));
    else
        lines(s, v, in, what->text, focus);
    struct node *n = scene_target(s, NODE_FIELD, "words", b, what->label, DO(FOCUS, 0, 0));

    n->value = scene_keep(s, what->text);
    n->typed = focus ? n->value : NULL;
    n->focused = focus;
    n->secret = true;
}

/* --- digits in boxes --- */

/* As large as 19 of them can stand in a row. */
static struct type digit_type(const struct scene *s)
{
    return s->env.size == SIZE_STANDARD ? TYPE(TITLE_1, BOLD, INK)
           : s->env.size == SIZE_LARGE  ? TYPE(TITLE_2, BOLD, INK)
                                        : TYPE(LEAD, BOLD, INK);
}

static int digit_width(const struct scene *s)
{
    return scene_width(s, digit_type(s), "0") + DIGIT_GAP;
}

/* One group of the number: the digits typed of it, the caret where the next one goes. */
static void group(struct scene *s, struct box b, const char *digits, int from, int n)
{
    struct type t = type_secret(digit_type(s));
    int typed = (int)strlen(digits), wide = digit_width(s);
    bool now = typed >= from && typed < from + n;

    scene_frame(s, b, 16, TOKEN_SURFACE, now ? TOKEN_PRIMARY : TOKEN_EDGE, now ? 6 : s->env.contrast ? 4 : 3);
    for (int i = from; i < from + n && i < typed; i++)
        scene_line_in(s, (struct box){b.x + DIGIT_PAD + (i - from) * wide, b.y, wide, b.h}, t,
                      scene_keep_n(s, digits + i, 1));
    if (now && s->env.caret)
        scene_rect(s, (struct box){b.x + DIGIT_PAD + (typed - from) * wide, b.y + (b.h - CARET) / 2, 4, CARET}, 0,
                   TOKEN_PRIMARY);
}

int digit_boxes(struct scene *s, int x, int y, const char *digits, const int *groups, int n)
{
    int from = 0, wide = digit_width(s);

    for (int i = 0; i < n; from += groups[i++]) {
        struct box b = {x, y, groups[i] * wide + 2 * DIGIT_PAD - DIGIT_GAP, DIGIT_BOX};

        group(s, b, digits, from, groups[i]);
        x = box_right(b) + BOX_GAP;
    }
    return y + DIGIT_BOX;
}
