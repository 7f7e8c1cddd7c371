/* SPDX-License-Identifier: Apache-2.0
 *
 * See card.h.
 */
#include "ui/widgets/card.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

static int background(struct scene *s, struct box b, const struct card_style *t)
{
    if (!t->flat)
        scene_shadow(s, b, t->radius);
    if (s->env.contrast)
        scene_frame(s, b, t->radius, t->fill, TOKEN_EDGE, 4);
    else
        scene_rect(s, b, t->radius, t->fill);
    return scene_mark(s);
}

struct card card_open(struct scene *s, int x, int y, int w, const struct card_style *t)
{
    int mark = scene_mark(s);
    int until = background(s, (struct box){x, y, w, 0}, t);

    return (struct card){{x + t->pad_x, y + t->pad_y, w - 2 * t->pad_x, 0}, mark, until, t->pad_y};
}

int card_close(struct scene *s, const struct card *c, int y)
{
    scene_set_bottom(s, c->mark, c->until, y + c->pad);
    return y + c->pad;
}

void card_box(struct scene *s, struct box b, const struct card_style *t)
{
    background(s, b, t);
}

void hairline(struct scene *s, int x, int y, int w)
{
    scene_rect(s, (struct box){x, y, w, 2}, 0, TOKEN_LINE);
}

static const struct {
    enum token fill, ink, icon;
} chips[] = {{TOKEN_OK_TINT, TOKEN_OK, TOKEN_OK},
             {TOKEN_WARN_TINT, TOKEN_WARN, TOKEN_WARN},
             {TOKEN_BAD_TINT, TOKEN_BAD, TOKEN_BAD},
             {TOKEN_SUNK, TOKEN_INK_2, TOKEN_INK_2},
             {TOKEN_SURFACE, TOKEN_INK_2, TOKEN_PRIMARY}};

int chip_width(const struct scene *s, const char *text)
{
    return 14 + 32 + 8 + scene_width(s, TYPE(SMALL, MEDIUM, INK), text) + 18;
}

int chip_height(const struct scene *s)
{
    int line = scene_line(s, TYPE(SMALL, MEDIUM, INK));

    return line + 12 > CHIP_HEIGHT ? line + 12 : CHIP_HEIGHT;
}

int chip(struct scene *s, int x, int y, int least, enum chip_kind kind, const char *icon, const char *text)
{
    struct type t = type_coloured(TYPE(SMALL, MEDIUM, INK), chips[kind].ink);
    int w = chip_width(s, text);
    struct box b = {x, y, w < least ? least : w, chip_height(s)};

    if (s->env.contrast)
        scene_frame(s, b, 12, chips[kind].fill, chips[kind].ink, 3);
    else if (kind == CHIP_MARK)
        scene_frame(s, b, 12, TOKEN_SURFACE, TOKEN_LINE, 2);
    else
        scene_rect(s, b, 12, chips[kind].fill);
    scene_icon(s, b.x + 14, b.y + (b.h - 32) / 2, 32, icon, chips[kind].icon);
    scene_line_in(s, (struct box){b.x + 54, b.y, b.w - 54, b.h}, t, text);
    scene_node(s, NODE_TEXT, "", b, text);
    return b.w;
}

void plate(struct scene *s, struct box b, int radius, enum token fill, const char *icon, int size, enum token colour)
{
    struct box i = box_centre(b, size, size);

    scene_rect(s, b, radius, fill);
    scene_icon(s, i.x, i.y, size, icon, colour);
}

#define COLUMN_LEAST 176
#define COLUMN_MOST 400

int pair_column(const struct scene *s, const char *const *labels, int n)
{
    int column = COLUMN_LEAST;

    for (int i = 0; i < n; i++) {
        int wide = scene_width(s, TYPE(BODY, REGULAR, INK_2), labels[i]) + 28;

        column = wide > column ? wide : column;
    }
    return column < COLUMN_MOST ? column : COLUMN_MOST;
}

bool pair_below(const struct scene *s, int room, struct type value, const char *text)
{
    for (const char *p = text; *p; p++)
        if (*p == ' ' || (unsigned char)*p >= 0x80)
            return false;
    return scene_width(s, value, text) > room;
}

int pair_draw(struct scene *s, int x, int y, int w, const struct pair *p)
{
    struct type label = TYPE(BODY, REGULAR, INK_2), value = p->strong ? TYPE(BODY, BOLD, INK) : TYPE(BODY, REGULAR, INK);
    bool below = pair_below(s, w - p->column, value, p->value);
    int left = scene_draw(s, x, y, below ? w : p->column - 16, label, p->label);
    int right;

    value.secret = p->secret;
    if (below)
        right = left + scene_draw(s, x, y + left, w, value, p->value);
    else
        right = scene_draw(s, x + p->column, y, w - p->column, value, p->value);
    if (right < left)
        right = left;
    struct node *n = scene_node(s, NODE_TEXT, p->id ? p->id : "", (struct box){x, y, w, right}, p->label);

    n->value = scene_keep(s, p->value);
    return right;
}

static const struct {
    enum token fill, ink;
} banners[] = {{TOKEN_OK_TINT, TOKEN_OK},
               {TOKEN_WARN_TINT, TOKEN_WARN},
               {TOKEN_BAD_TINT, TOKEN_BAD},
               {TOKEN_PRIMARY_TINT, TOKEN_PRIMARY}};

#define BANNER_TEXT_X (28 + 56 + 20)

/* First clause in the state's colour, then the rest, never without a pause between them, for it is read aloud, too. */
struct clauses {
    struct span spans[3];
    size_t n;
};

/* Chinese or Latin, by its first letter: U+4E00 to U+9FFF begin with E4 to E9. */
static bool is_chinese(const char *text)
{
    while (*text && !isalpha((unsigned char)*text) && (unsigned char)*text < 0xe4)
        text++;
    return *text && !isalpha((unsigned char)*text);
}

static const char *pause_between(const char *first, const char *rest)
{
    static const char *const ends[] = {"。", "，", "：", "；", "！", "？", "…"};
    size_t len = strlen(first);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (len >= strlen(ends[i]) && strcmp(first + len - strlen(ends[i]), ends[i]) == 0)
            return "";
    if (len == 0 || first[len - 1] == ' ')
        return "";
    if (strchr(".,:;!?", first[len - 1]))
        return " ";
    return is_chinese(rest) ? "，" : ". ";
}

static struct clauses clauses_of(const char *first, const char *rest, enum token colour)
{
    struct clauses c = {{{first, WEIGHT_BOLD, colour},
                         {rest ? pause_between(first, rest) : "", WEIGHT_REGULAR, TOKEN_INK},
                         {rest ? rest : "", WEIGHT_REGULAR, TOKEN_INK}},
                        rest ? 3 : 1};

    return c;
}

int banner_height(const struct scene *s, int w, const char *first, const char *rest)
{
    struct clauses c = clauses_of(first, rest, TOKEN_INK);
    struct wrap_line lines[WRAP_LINES_MAX];
    struct type t = TYPE(BODY, REGULAR, INK);
    int n = wrap(&s->env.metrics, c.spans, c.n, type_px(t.role, s->env.size), w - BANNER_TEXT_X - 28, lines);
    int h = n * scene_line(s, t);

    return 48 + (h > 56 ? h : 56);
}

int banner(struct scene *s, int x, int y, int w, enum banner_kind kind, const char *icon, const char *first,
           const char *rest)
{
    struct clauses c = clauses_of(first, rest, banners[kind].ink);
    struct box b = {x, y, w, banner_height(s, w, first, rest)};
    struct type t = TYPE(BODY, REGULAR, INK);

    if (s->env.contrast)
        scene_frame(s, b, 20, banners[kind].fill, banners[kind].ink, 4);
    else
        scene_rect(s, b, 20, banners[kind].fill);
    scene_icon(s, x + 28, y + (b.h - 56) / 2, 56, icon, banners[kind].ink);
    /* one line stands in the middle of the icon's height */
    int lines = (b.h - 48) / scene_line(s, t), top = y + (b.h - lines * scene_line(s, t)) / 2;

    scene_spans(s, x + BANNER_TEXT_X, top, w - BANNER_TEXT_X - 28, t, c.spans, c.n);
    s->nodes[s->n_nodes - 1].role = NODE_STATUS;
    return box_bottom(b);
}

int hint(struct scene *s, int x, int y, int w, const char *icon, const char *text)
{
    struct type t = TYPE(BODY, REGULAR, INK);
    int h = scene_height(s, w - 76, t, text), high = h > 56 ? h : 56;

    scene_icon(s, x, y + (high - 56) / 2, 56, icon, TOKEN_PRIMARY);
    scene_text(s, x + 76, y + (high - h) / 2, w - 76, t, text);
    return y + high;
}

void check_box(struct scene *s, int x, int y, bool on, bool wrong)
{
    struct box b = {x, y, CHECK_BOX, CHECK_BOX};

    if (!on) {
        scene_frame(s, b, 14, TOKEN_WHITE, wrong ? TOKEN_BAD : TOKEN_EDGE, wrong ? 6 : 3);
        return;
    }
    scene_rect(s, b, 14, TOKEN_PRIMARY);
    scene_icon(s, b.x + 8, b.y + 8, 48, "check-bold", TOKEN_ON_PRIMARY);
}
