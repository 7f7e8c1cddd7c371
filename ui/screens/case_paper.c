/* SPDX-License-Identifier: Apache-2.0
 *
 * What was added is written down; or a paper of a case is printed. The number first, then how it stands with the paper.
 */
#include <stddef.h>

#include "ui/screens/paper_card.h"
#include "ui/screens/screens.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 20
#define QR_SIDE 300

static struct verdict verdict_of(struct scene *s, const struct view *v)
{
    const struct my_case *c = v->cases.one;

    if (v->done.paper == DONE_SUPPLEMENT)
        return (struct verdict){"check", SAY(paper_supplement),
                                SAY_WITH(paper_supplement_second, words_own(s, v, c->dept_name)), true, false};
    if (v->done.paper == DONE_DECISION)
        return (struct verdict){"certificate", c->decided ? SAY(paper_decision) : SAY(paper_refusal),
                                SAY(paper_decision_second), false, false};
    return (struct verdict){"receipt", SAY(paper_receipt), SAY(paper_receipt_second), false, false};
}

void build_CASE_PAPER(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct actions row = paper_actions(s, v, &page, SAY(paper_back));
    const struct verdict what = verdict_of(s, v);
    const char *below = v->done.paper != DONE_SUPPLEMENT ? NULL : v->done.sent ? SAY(paper_sent) : SAY(paper_kept);
    int y = verdict(s, page.x, page.y + 28, page.w, &what) + 28;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = number_card(s, v, page.x, y, page.w, SAY(done_number), v->done.number, v->done.qr, below, QR_SIDE) + GAP;
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, paper_card(s, v, page, y));
    actions_draw(s, &row);
    frame_dock(s, v);
}
