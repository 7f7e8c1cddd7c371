/* SPDX-License-Identifier: Apache-2.0
 *
 * The words that are added: a sheet to write on, whose end stays in sight, and the keyboard. What is asked for stands above
 * it while there is room.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "model/supplement.h"
#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/words.h"

#define GAP 16
#define PAD 28
#define SHEET_LEAST 150
#define CARET_WIDTH 4

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
static void lines(struct scene *s, const struct view *v, struct box in, bool focus)
{
    const struct span spans[] = {{v->cases.words, WEIGHT_REGULAR, TOKEN_INK},
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

static void sheet(struct scene *s, const struct view *v, struct box b)
{
    bool focus = v->keys.kind != KEYBOARD_NONE, wrong = v->cases.words_missing, empty = !v->cases.words[0];
    struct box in = box_inset(b, PAD, PAD - 8);

    scene_frame(s, b, 16, scene_pressed(s, "words") ? TOKEN_SUNK : TOKEN_SURFACE,
                wrong   ? TOKEN_BAD
                : focus ? TOKEN_PRIMARY
                        : TOKEN_EDGE,
                wrong || focus ? 6 : 3);
    if (empty && !focus)
        scene_draw(s, in.x, in.y, in.w, type_coloured(ink, TOKEN_INK_2), SAY(form_placeholder));
    else
        lines(s, v, in, focus);
    struct node *n = scene_target(s, NODE_FIELD, "words", b, SAY(supplement_field), DO(FOCUS, 0, 0));

    n->value = scene_keep(s, v->cases.words);
    n->focused = focus;
}

/* How much room is left for words, or that there are none. */
static const char *left_words(struct scene *s, const struct view *v)
{
    return SAY_WITH(supplement_left, words_number(s, SUPPLEMENT_CHARACTERS_MAX - (long)utf8_count(v->cases.words)));
}

static int below(struct scene *s, const struct view *v, struct box page, int y, bool draw)
{
    bool wrong = v->cases.words_missing;
    struct type t = wrong ? TYPE(BODY, MEDIUM, BAD) : TYPE(SMALL, REGULAR, INK_2);
    const char *text = wrong ? SAY(supplement_empty) : left_words(s, v);
    int x = page.x + (wrong ? 52 : 0), w = page.w - (x - page.x);

    if (!draw)
        return scene_height(s, w, t, text);
    if (wrong)
        scene_icon(s, page.x, y + 3, 40, "alert", TOKEN_BAD);
    return scene_text(s, x, y, w, t, text);
}

/* What is missing stands above the sheet where it leaves the sheet enough. */
static int asked(struct scene *s, const struct view *v, struct box page, int y)
{
    struct type t = type_secret(TYPE(BODY, REGULAR, INK_2));
    const char *text = SAY_WITH(supplement_asked, v->cases.one->missing);
    int h = scene_height(s, page.w, t, text);

    if (y + h + GAP + SHEET_LEAST * 2 > box_bottom(page))
        return y;
    return y + scene_text(s, page.x, y, page.w, t, text) + GAP;
}

void build_SUPPLEMENT_WRITE(struct scene *s, const struct view *v)
{
    static const int share[] = {10, 16};
    struct box page = frame_paper(s, v), tells;
    int keys = keyboard_height(s, v), bottom = box_bottom(page);
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "previous", .label = SAY(form_previous), .icon = "back", .action = DO(PREVIOUS, 0, 0)},
        {.kind = BUTTON_MAIN, .id = "next", .label = SAY(form_next), .low = keys > 0, .action = DO(NEXT, 0, 0)}};
    const struct head head = {SAY(supplement_write_title), NULL, TYPE(TITLE_2, BOLD, INK), 8, true, 0};

    page.h -= keys;
    struct actions row = actions_take(s, &page, list, share, 2);

    frame_head(s, v, &page, &head, &tells);
    if (tells.h > 0)
        asked(s, v, tells, tells.y);
    int y = tells.h > 0 ? page.y : asked(s, v, page, page.y), foot = below(s, v, page, 0, false);

    sheet(s, v, (struct box){page.x, y, page.w, box_bottom(page) - y - foot - 8});
    below(s, v, page, box_bottom(page) - foot, true);
    actions_draw(s, &row);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
