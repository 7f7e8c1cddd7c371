/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands behind the guide: law, codes, what the form asks, questions.
 */
#include <stddef.h>

#include "base/text.h"
#include "ui/screens/item.h"
#include "ui/widgets/words.h"

#define GAP 20

static const struct type body = {TYPE_BODY, WEIGHT_REGULAR, TOKEN_INK, ALIGN_LEFT, false};

static const char *law_words(struct scene *s, const struct view *v, const struct item_law *l)
{
    const char *article = l->article ? l->article : "";

    return l->note && *l->note ? SAY_WITH(item_law_note, l->law, article, l->note)
                               : SAY_WITH(item_law_line, l->law, article);
}

static int law(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    return at.y + scene_text(s, at.x, at.y, at.w, body, law_words(s, v, &v->item.item->laws[i]));
}

#define CODES 7

struct codes {
    const char *label[CODES], *value[CODES];
    int n, column;
};

static struct codes list_codes(struct scene *s, const struct view *v)
{
    const struct item *item = v->item.item;
    const char *const all[CODES][2] = {
        {SAY(item_code_task), item->task_code},    {SAY(item_code_catalog), item->catalog_code},
        {SAY(item_type), item->task_type_name},    {SAY(item_sub_items), item->sub_items},
        {SAY(item_dept), item->dept_name},         {SAY(item_where), item->transact_addr},
        {SAY(item_supervise), item->supervise_way}};
    struct codes c = {.n = 0};

    for (int i = 0; i < CODES; i++)
        if (all[i][1] && *all[i][1]) {
            c.label[c.n] = all[i][0];
            c.value[c.n++] = all[i][1];
        }
    c.column = pair_column(s, c.label, c.n);
    return c;
}

static int code(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct codes *c = ctx;

    return at.y + pair_draw(s, at.x, at.y, at.w, &(struct pair){NULL, c->label[i], c->value[i], c->column, false, false});
}

/* "手机号码、领证方式": the labels of one group. */
static const char *labels(struct scene *s, const struct view *v, int group)
{
    const struct form *f = &v->item.item->form;
    const char *all = "";

    for (size_t i = 0; i < f->n_fields; i++) {
        const char *const parts[] = {all, *all ? SAY(item_separator) : "", f->fields[i].label};
        char out[600];

        if (f->fields[i].group != group)
            continue;
        text_fill(out, sizeof out, "{0}{1}{2}", parts, 3);
        all = scene_keep(s, out);
    }
    return all;
}

static int content(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const char *words = SAY_WITH(item_form_line, v->item.item->form.groups[i].title, labels(s, v, i));

    return at.y + scene_text(s, at.x, at.y, at.w, body, words);
}

static int question(struct scene *s, const struct view *v, struct box area, int y, const struct item_question *q)
{
    struct card c = card_open(s, area.x, y, area.w, &CARD_PLAIN);
    int at = c.in.y;

    at += scene_text(s, c.in.x, at, c.in.w, TYPE(BODY, BOLD, INK), SAY_WITH(item_question, q->q)) + 4;
    at += scene_text(s, c.in.x, at, c.in.w, body, q->a);
    return card_close(s, &c, at);
}

int item_details(struct scene *s, const struct view *v, struct leaves *l)
{
    const struct item *item = v->item.item;
    const struct codes c = list_codes(s, v);
    const struct leaves_card laws = {.head = SAY(item_law), .n = (int)item->n_laws, .row = law, .gap = 8};
    const struct leaves_card codes = {.head = SAY(item_codes), .n = c.n, .row = code, .ctx = &c, .gap = 8};
    const struct leaves_card contents = {.head = SAY(item_form), .n = (int)item->form.n_groups, .row = content, .gap = 8};
    int y = l->area.y;

    if (item->sample)
        y = hint(s, l->area.x, y, l->area.w, "info", SAY(item_sample)) + 12;
    leaves_break(s, l, y);
    if (item->n_laws)
        y = leaves_card(s, v, l, y, &laws) + GAP;
    leaves_break(s, l, y);
    y = leaves_card(s, v, l, y, &codes) + GAP;
    leaves_break(s, l, y);
    if (item->form.n_fields)
        y = leaves_card(s, v, l, y, &contents) + GAP;
    for (size_t i = 0; i < item->n_questions; i++) {
        leaves_break(s, l, y);
        y = question(s, v, l->area, y, &item->questions[i]) + GAP;
    }
    return y - GAP;
}
