/* SPDX-License-Identifier: Apache-2.0
 *
 * See proof.h.
 */
#include "ui/widgets/proof.h"

#include <stddef.h>
#include <string.h>

#include "ui/widgets/card.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/words.h"

#define GROUP_GAP 28
#define HEAD 112
#define PANEL 440
#define PROOF_GAP 24

void qr_block(struct scene *s, struct box b, const char *text)
{
    scene_frame(s, b, 20, TOKEN_WHITE, TOKEN_LINE, 2);
    scene_qr(s, box_inset(b, 2, 2), text);
    scene_node(s, NODE_TEXT, "qr", b, "")->value = scene_keep(s, text);
}

/* A number people copy stands in its groups, 4 3 6 5 1. A group is never broken, and the check digit, which would be missed
 * alone on a line, stays with the group before it. Returns the height. */
static int number_groups(struct scene *s, int x, int y, int w, const char *number, bool draw)
{
    static const int groups[] = {4, 3, 6, 5, 1}, before_check = 3;
    struct type t = TYPE(TITLE_1, BOLD, INK);
    int from = y, at = x;

    for (size_t i = 0, done = 0; i < 5 && done < strlen(number); done += (size_t)groups[i++]) {
        const char *part = scene_keep_n(s, number + done, (size_t)groups[i]);
        int wide = scene_width(s, t, part), with = i == before_check ? GROUP_GAP + scene_width(s, t, "0") : 0;

        if (at > x && at + wide + with > x + w) {
            at = x;
            y += scene_line(s, t);
        }
        if (draw)
            scene_draw(s, at, y, wide + 2, t, part);
        at += wide + GROUP_GAP;
    }
    return y + scene_line(s, t) - from;
}

static int number_node(struct scene *s, const struct view *v, struct box b, const char *number)
{
    char spaced[24];

    case_number_group(number, spaced);
    scene_node(s, NODE_TEXT, "number", b, spaced)->words = SAY_WITH(done_number_words, spaced);
    return b.h;
}

int number_card(struct scene *s, const struct view *v, int x, int y, int w, const char *label, const char *number,
                const char *qr, const char *below, int side)
{
    struct card c = card_open(s, x, y, w, &(struct card_style){36, 32, 24, TOKEN_SURFACE, false});
    struct type small = TYPE(BODY, REGULAR, INK_2);
    int room = c.in.w - side - 36, groups = number_groups(s, 0, 0, room, number, false);
    int high = scene_height(s, room, small, label) + groups;
    int aside = below ? 12 + scene_height(s, room, small, below) : 0;
    bool under = below && high + aside > side + 100; /* then what else is said has the whole width */
    int inner = high + (under ? 0 : aside) > side ? high + (under ? 0 : aside) : side;
    int at = c.in.y + (inner - high - (under ? 0 : aside)) / 2;

    at += scene_text(s, c.in.x, at, room, small, label);
    number_groups(s, c.in.x, at, room, number, true);
    at += number_node(s, v, (struct box){c.in.x, at, room, groups}, number);
    if (below && !under)
        scene_text(s, c.in.x, at + 12, room, small, below);
    qr_block(s, (struct box){c.in.x + c.in.w - side, c.in.y + (inner - side) / 2, side, side}, qr);
    if (under)
        inner += 12 + scene_text(s, c.in.x, c.in.y + inner + 12, c.in.w, small, below);
    return card_close(s, &c, c.in.y + inner);
}

int verdict(struct scene *s, int x, int y, int w, const struct verdict *d)
{
    struct type title = TYPE(TITLE_1, BOLD, INK);
    struct type second = d->lead ? TYPE(LEAD, REGULAR, INK) : TYPE(BODY, REGULAR, INK);
    int left = x + HEAD + 28, room = w - HEAD - 28;
    int high = scene_height(s, room, title, d->title) + (d->second ? scene_height(s, room, second, d->second) : 0);
    int inner = high > HEAD ? high : HEAD, at = y + (inner - high) / 2;
    struct box head = {x, y + (inner - HEAD) / 2, HEAD, HEAD};

    if (d->good)
        plate(s, head, HEAD / 2, TOKEN_OK, "check-bold", 72, s->env.contrast ? TOKEN_BLACK : TOKEN_WHITE);
    else
        plate(s, head, 28, TOKEN_GLOW, d->icon, 72, TOKEN_ON_GLOW);
    at += scene_title(s, left, at, room, title, d->title);
    if (d->second)
        scene_text(s, left, at, room, second, d->second);
    return y + inner;
}

int safe_card(struct scene *s, int x, int y, int w, const char *first, const char *second)
{
    struct card c = card_open(s, x, y, w, &(struct card_style){32, 28, 24, TOKEN_OK_TINT, true});
    struct type head = TYPE(LEAD, BOLD, OK), plain = TYPE(BODY, REGULAR, INK);
    int left = c.in.x + 72 + 28, room = c.in.w - 100;
    int high = scene_height(s, room, head, first) + (second ? scene_height(s, room, plain, second) : 0);
    int inner = high > 72 ? high : 72, at = c.in.y + (inner - high) / 2;

    scene_icon(s, c.in.x, c.in.y + (high > 140 ? 0 : (inner - 72) / 2), 72, "shield", TOKEN_OK);
    at += scene_text(s, left, at, room, head, first);
    if (second)
        scene_text(s, left, at, room, plain, second);
    return card_close(s, &c, c.in.y + inner);
}

int proof(struct scene *s, const struct view *v, struct leaves *l, int y, const struct proof *what)
{
    int x = l->area.x, w = l->area.w;
    int most = box_bottom(l->area) - (what->last ? 0 : pager_height(s, v, w, LEAVES_MAX));
    const struct scene_place before = scene_place(s);
    const char *const notes[] = {what->note, NULL};

    for (int i = 0; i < 2; i++) {
        int end = what->card(s, v, x, safe_card(s, x, y, w, what->safe, notes[i]) + PROOF_GAP, w);

        if (end <= most)
            return end;
        scene_take_back(s, before);
    }
    y = what->card(s, v, x, y, w) + PROOF_GAP;
    leaves_break(s, l, y);
    return safe_card(s, x, y, w, what->safe, what->note);
}

struct box picture_card(struct scene *s, struct box b, const char *picture)
{
    int edge = s->env.contrast ? 4 : 0; /* the border stays whole */
    struct box panel = {b.x + edge, b.y + edge, PANEL - edge, b.h - 2 * edge};

    card_box(s, b, &(struct card_style){0, 0, 24, TOKEN_SURFACE, false});
    scene_rect(s, panel, 24 - edge, TOKEN_PANEL);
    scene_rect(s, (struct box){box_right(panel) - 24, panel.y, 24, panel.h}, 0, TOKEN_PANEL);
    scene_picture_left(s, panel, 24 - edge, picture);
    return (struct box){b.x + PANEL + 32, b.y, b.w - PANEL - 64, b.h};
}

static int advice_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct advice *a = (const struct advice *)ctx + i;
    const struct span spans[] = {{a->first, WEIGHT_BOLD, TOKEN_INK}, {a->rest, WEIGHT_REGULAR, TOKEN_INK}};
    struct wrap_line lines[WRAP_LINES_MAX];
    struct type t = TYPE(BODY, REGULAR, INK);
    int left = at.x + 56 + 20, room = at.w - 76;
    int high = wrap(&s->env.metrics, spans, 2, type_px(t.role, s->env.size), room, lines) * scene_line(s, t);
    int row = high + 40 < 112 ? 112 : high + 40;

    scene_icon(s, at.x, at.y + (row - 56) / 2, 56, a->icon, TOKEN_PRIMARY);
    scene_spans(s, left, at.y + (row - high) / 2, room, t, spans, 2);
    return at.y + row;
}

int advice_card(struct scene *s, const struct view *v, struct leaves *l, int y, const struct advice *rows, int n)
{
    static const struct card_style style = {32, 12, 24, TOKEN_SURFACE, false};

    return leaves_card(s, v, l, y,
                       &(struct leaves_card){.n = n, .row = advice_row, .ctx = rows, .lines = true, .style = &style});
}
