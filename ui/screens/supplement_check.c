/* SPDX-License-Identifier: Apache-2.0
 *
 * What is to be added, once more and whole, and the one button that hands it in. Where it takes several pages the button
 * stands on the last: nobody hands in what was not in sight.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/notice.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/case_words.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/words.h"
#include "ui/widgets/words_card.h"

#define GAP 20

static struct actions actions(struct scene *s, const struct view *v, struct box *page, bool more)
{
    static const int share[] = {252, 724};
    bool busy = v->cases.sending;
    const struct button back = {.kind = BUTTON_SECOND,
                                .id = "previous",
                                .label = SAY(form_previous),
                                .icon = "back",
                                .off = busy,
                                .action = DO(PREVIOUS, 0, 0)};
    const struct button submit = {.kind = BUTTON_MAIN,
                                  .id = "submit",
                                  .label = busy ? SAY(review_submitting) : SAY(supplement_submit),
                                  .off = busy,
                                  .action = DO(SUBMIT, 0, 0)};
    const struct button next = {
        .kind = BUTTON_MAIN, .id = "more", .label = SAY(review_more), .action = {NODE_DO_PAGE, s->env.page + 1, 0}};
    const struct button list[] = {back, more ? next : submit};

    return actions_take(s, page, list, share, 2);
}

static int body(struct scene *s, const struct view *v, struct leaves *l)
{
    const struct my_case *c = v->cases.one;
    const struct words_card words = {BANNER_INFO, true, "edit", SAY(supplement_words_head), v->cases.words};
    int y = l->area.y;

    y += scene_text(s, l->area.x, y, l->area.w, TYPE(LEAD, BOLD, INK), c->item_name);
    y += case_place(s, l->area.x, y, l->area.w, c, true) + GAP;
    leaves_break(s, l, y);
    y = words_card(s, v, l, y, &words) + GAP;
    leaves_break(s, l, y);
    return hint(s, l->area.x, y, l->area.w, "lock", SAY_WITH(supplement_sealed, c->dept_name));
}

void build_SUPPLEMENT_CHECK(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), under[2] = {page, page};
    const struct actions rows[2] = {actions(s, v, &under[0], false), actions(s, v, &under[1], true)};
    const struct head head = {SAY(supplement_check_title), NULL, TYPE(TITLE_1, BOLD, INK), 16, true, 0};

    page.h = under[0].h < under[1].h ? under[0].h : under[1].h; /* what stands on a page does not hang on its button */
    frame_head(s, v, &page, &head, NULL);
    int y = notice_card(s, v, page.x, page.y, page.w, GAP);
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    leaves_end(s, v, &l, body(s, v, &l));
    actions_draw(s, &rows[s->env.page + 1 < s->own_pages]);
    frame_dock(s, v);
}
