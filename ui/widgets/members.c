/* SPDX-License-Identifier: Apache-2.0
 *
 * See members.h.
 */
#include "ui/widgets/members.h"

#include <stdio.h>

#include "model/number.h"
#include "ui/widgets/words.h"

static const struct card_style style = {32, 20, 24, TOKEN_SURFACE, false};

/* Groups stay whole: the line breaks between them alone. */
static int number(struct scene *s, const struct view *v, struct box at, int i, const char *bundle)
{
    char digits[CASE_NUMBER_LEN + 1], spaced[24], id[20];

    if (!case_number_part(bundle, i + 1, digits))
        return 0;
    case_number_group(digits, spaced);
    snprintf(id, sizeof id, "number.%d", i + 1);
    int h = scene_draw(s, at.x, at.y, at.w, TYPE(TITLE_2, BOLD, INK), spaced);

    scene_node(s, NODE_TEXT, id, (struct box){at.x, at.y, at.w, h}, spaced)->words = SAY_WITH(done_number_words, spaced);
    return h;
}

static const char *days(struct scene *s, const struct view *v, int i)
{
    const struct item *m = v->item.item->joined[i];
    const struct item_limit *p = &m->promise;
    struct date by = v->done.parts[i];

    if (p->day <= 0)
        return SAY_WITH(bundle_at_once, m->dept_name);
    if (v->done.n_parts && by.year)
        return SAY_WITH(bundle_until, m->dept_name, words_date_inline(s, v, by));
    return SAY_WITH(bundle_days, m->dept_name, words_days(s, v, p->day, p->unit));
}

static int row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    int y = at.y + 12;

    y += scene_text(s, at.x, y, at.w, TYPE(LABEL, BOLD, INK), v->item.item->joined[i]->task_name);
    if (v->done.n_parts)
        y += number(s, v, (struct box){at.x, y, at.w, 0}, i, v->done.number);
    else if (halts_code(&v->halts, v->item.item->joined[i]->task_code))
        y += scene_text(s, at.x, y, at.w, TYPE(BODY, BOLD, BAD), SAY(ui_halted));
    y += scene_text(s, at.x, y, at.w, TYPE(BODY, REGULAR, INK_2), days(s, v, i));
    return y + 12;
}

int members_card(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    int n = (int)v->item.item->n_joined;
    const char *head = v->done.n_parts ? NULL : SAY_WITH(bundle_members, words_number(s, n));

    return leaves_card(s, v, l, y, &(struct leaves_card){.head = head, .n = n, .row = row, .lines = true, .style = &style});
}

static int recovered_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    int y = at.y + 12;

    y += scene_text(s, at.x, y, at.w, TYPE(BODY, REGULAR, INK_2), SAY_WITH(bundle_part, words_number(s, i + 1)));
    return y + number(s, v, (struct box){at.x, y, at.w, 0}, i, v->recovery.number) + 12;
}

int members_recovered(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    return leaves_card(s, v, l, y,
                       &(struct leaves_card){.n = v->recovery.parts, .row = recovered_row, .lines = true, .style = &style});
}
