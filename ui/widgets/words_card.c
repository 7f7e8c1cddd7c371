/* SPDX-License-Identifier: Apache-2.0
 *
 * See words_card.h. Its rows are the lines of the text.
 */
#include "ui/widgets/words_card.h"

#include <stddef.h>

#define ICON 56
#define TEXT_X (ICON + 20)

static const struct {
    enum token fill, ink;
} kinds[] = {[BANNER_OK] = {TOKEN_OK_TINT, TOKEN_OK},
             [BANNER_WARN] = {TOKEN_WARN_TINT, TOKEN_WARN},
             [BANNER_BAD] = {TOKEN_BAD_TINT, TOKEN_BAD},
             [BANNER_INFO] = {TOKEN_PRIMARY_TINT, TOKEN_PRIMARY}};

struct lines {
    const struct words_card *c;
    struct type type;
    struct wrap_line at[WRAP_LINES_MAX];
    int n;
};

static int top(struct scene *s, const struct view *v, struct box in, const void *ctx)
{
    const struct words_card *c = ((const struct lines *)ctx)->c;
    enum token ink = kinds[c->kind].ink;
    struct type t = type_coloured(TYPE(BODY, BOLD, INK), c->plain ? TOKEN_INK : ink);
    int h = scene_height(s, in.w - TEXT_X, t, c->head), row = h > ICON ? h : ICON;

    scene_icon(s, in.x, in.y + (row - ICON) / 2, ICON, c->icon, ink);
    scene_text(s, in.x + TEXT_X, in.y + (row - h) / 2, in.w - TEXT_X, t, c->head);
    return in.y + row + (*c->text ? 4 : 0);
}

/* The voice reads the whole, once. */
static int line(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct lines *l = ctx;
    const char *text = scene_keep_n(s, l->c->text + l->at[i].from, l->at[i].to - l->at[i].from);
    int h = scene_draw(s, at.x + TEXT_X, at.y, at.w - TEXT_X, l->type, text);

    if (i == 0)
        scene_node(s, NODE_TEXT, "words", (struct box){at.x + TEXT_X, at.y, at.w - TEXT_X, h}, l->c->text)->secret = true;
    return at.y + h;
}

int words_card(struct scene *s, const struct view *v, struct leaves *l, int y, const struct words_card *c)
{
    const struct card_style style = {32, 24, 20, c->plain ? TOKEN_SURFACE : kinds[c->kind].fill, !c->plain};
    struct lines lines = {.c = c, .type = type_secret(TYPE(BODY, REGULAR, INK))};
    const struct span all = {c->text, lines.type.weight, lines.type.colour};
    int w = l->area.w - 2 * style.pad_x - TEXT_X;

    lines.n = *c->text ? wrap(&s->env.metrics, &all, 1, type_px(lines.type.role, s->env.size), w, lines.at) : 0;
    return leaves_card(
        s, v, l, y,
        &(struct leaves_card){.head = c->head, .top = top, .n = lines.n, .row = line, .ctx = &lines, .style = &style});
}
