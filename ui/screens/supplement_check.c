/* SPDX-License-Identifier: Apache-2.0
 *
 * What is to be added, once more and whole, and the one button that hands it in.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/notice.h"
#include "ui/screens/screens.h"
#include "ui/widgets/card.h"
#include "ui/widgets/case_words.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/hand_in.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/words.h"
#include "ui/widgets/words_card.h"

#define GAP 20

static int body(struct scene *s, const struct view *v, struct leaves *l)
{
    const struct my_case *c = v->cases.one;
    const struct words_card words = {BANNER_INFO, true, "edit", SAY(supplement_words_head), v->cases.words};
    int y = l->area.y;

    y += scene_text(s, l->area.x, y, l->area.w, TYPE(LEAD, BOLD, INK), words_own(s, v, c->item_name));
    y += case_place(s, v, l->area.x, y, l->area.w, c, true) + GAP;
    leaves_break(s, l, y);
    y = words_card(s, v, l, y, &words) + GAP;
    leaves_break(s, l, y);
    return hint(s, l->area.x, y, l->area.w, "lock", SAY_WITH(supplement_sealed, words_own(s, v, c->dept_name)));
}

void build_SUPPLEMENT_CHECK(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    const struct hand_in row = hand_in_take(s, v, &page, SAY(supplement_submit), v->cases.sending);
    const struct head head = {SAY(supplement_check_title), NULL, TYPE(TITLE_1, BOLD, INK), 16, true, 0};

    frame_head(s, v, &page, &head, NULL);
    int y = notice_card(s, v, page.x, page.y, page.w, GAP);
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    leaves_end(s, v, &l, body(s, v, &l));
    hand_in_draw(s, &row);
    frame_dock(s, v);
}
