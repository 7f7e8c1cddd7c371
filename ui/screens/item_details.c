/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands behind the guide: law, codes, what the form asks, questions.
 */
#include <stddef.h>

#include "base/text.h"
#include "ui/screens/item.h"
#include "ui/widgets/words.h"

#define GAP 20
#define KEY_COLUMN 176

static const struct type body = {TYPE_BODY, WEIGHT_REGULAR, TOKEN_INK, ALIGN_LEFT, false};

static int title(struct scene *s, const struct view *v, struct box area, int y)
{
    const struct item *item = v->item.item;
    size_t n = utf8_count(item->task_name);

    y += scene_title(s, area.x, y, area.w, n <= 20 ? TYPE(TITLE_2, BOLD, INK) : TYPE(LEAD, BOLD, INK), item->task_name) + 12;
    if (item->sample)
        y = hint(s, area.x, y, area.w, "info", SAY(item_sample)) + 12;
    return y;
}

static const char *law_words(struct scene *s, const struct view *v, const struct item_law *l)
{
    const char *article = l->article ? l->article : "";

    return l->note && *l->note ? SAY_WITH(item_law_note, l->law, article, l->note)
                               : SAY_WITH(item_law_line, l->law, article);
}

static int laws(struct scene *s, const struct view *v, struct box area, int y)
{
    const struct item *item = v->item.item;
    struct card c = card_open(s, area.x, y, area.w, &CARD_PLAIN);
    int at = item_heading(s, &c, SAY(item_law), NULL) + 8;

    for (size_t i = 0; i < item->n_laws; i++)
        at += scene_text(s, c.in.x, at, c.in.w, body, law_words(s, v, &item->laws[i])) + 8;
    return card_close(s, &c, at - 8);
}

static int codes(struct scene *s, const struct view *v, struct box area, int y)
{
    const struct item *item = v->item.item;
    const struct {
        const char *label, *value;
    } rows[] = {{SAY(item_code_task), item->task_code},    {SAY(item_code_catalog), item->catalog_code},
                {SAY(item_type), item->task_type_name},    {SAY(item_sub_items), item->sub_items},
                {SAY(item_dept), item->dept_name},         {SAY(item_where), item->transact_addr},
                {SAY(item_supervise), item->supervise_way}};
    struct card c = card_open(s, area.x, y, area.w, &CARD_PLAIN);
    int at = item_heading(s, &c, SAY(item_codes), NULL) + 8;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].value && *rows[i].value)
            at += pair_draw(s, c.in.x, at, c.in.w,
                            &(struct pair){NULL, rows[i].label, rows[i].value, KEY_COLUMN, false, false}) +
                  8;
    return card_close(s, &c, at - 8);
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

static int contents(struct scene *s, const struct view *v, struct box area, int y)
{
    const struct form *f = &v->item.item->form;
    struct card c = card_open(s, area.x, y, area.w, &CARD_PLAIN);
    int at = item_heading(s, &c, SAY(item_form), NULL) + 8;

    for (size_t i = 0; i < f->n_groups; i++)
        at += scene_text(s, c.in.x, at, c.in.w, body, SAY_WITH(item_form_line, f->groups[i].title, labels(s, v, (int)i))) +
              8;
    return card_close(s, &c, at - 8);
}

static int question(struct scene *s, const struct view *v, struct box area, int y, const struct item_question *q)
{
    struct card c = card_open(s, area.x, y, area.w, &CARD_PLAIN);
    int at = c.in.y;

    at += scene_text(s, c.in.x, at, c.in.w, TYPE(BODY, BOLD, INK), SAY_WITH(item_question, q->q)) + 4;
    at += scene_text(s, c.in.x, at, c.in.w, body, q->a);
    return card_close(s, &c, at);
}

int item_details(struct scene *s, const struct view *v, struct box area, int wanted)
{
    const struct item *item = v->item.item;
    int top = title(s, v, area, area.y); /* on every page */

    area.h -= top - area.y;
    area.y = top;
    struct flow f = flow_begin(s, area, wanted);

    if (item->n_laws)
        while (!flow_done(s, &f, laws(s, v, area, flow_block(s, &f)), GAP))
            ;
    while (!flow_done(s, &f, codes(s, v, area, flow_block(s, &f)), GAP))
        ;
    if (item->form.n_fields)
        while (!flow_done(s, &f, contents(s, v, area, flow_block(s, &f)), GAP))
            ;
    for (size_t i = 0; i < item->n_questions; i++)
        while (!flow_done(s, &f, question(s, v, area, flow_block(s, &f), &item->questions[i]), GAP))
            ;
    return f.page + 1;
}
