/* SPDX-License-Identifier: Apache-2.0
 *
 * What was added is written down; or a paper of a case is printed. The number first, then how it stands with the paper.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/paper_card.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
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
        return (struct verdict){"check", SAY(paper_supplement), SAY_WITH(paper_supplement_second, c->dept_name), true,
                                false};
    if (v->done.paper == DONE_DECISION)
        return (struct verdict){"certificate", c->decided ? SAY(paper_decision) : SAY(paper_refusal),
                                SAY(paper_decision_second), false, false};
    return (struct verdict){"receipt", SAY(paper_receipt), SAY(paper_receipt_second), false, false};
}

static struct actions actions(const struct scene *s, const struct view *v, struct box *page)
{
    bool busy = paper_running(v), done = v->done.print == PRINT_DONE;
    const struct button finish = {.kind = busy ? BUTTON_SECOND : BUTTON_MAIN,
                                  .id = "finish",
                                  .label = busy ? SAY(done_wait) : SAY(paper_back),
                                  .off = busy,
                                  .action = done ? DO(TOOK_PAPER, 0, 0) : DO(NOTED, 0, 0)};
    const struct button none = {
        .kind = BUTTON_SECOND, .id = "no-paper", .label = SAY(done_no_paper), .action = DO(NO_PAPER, 0, 0)};
    const struct button again = {
        .kind = BUTTON_SECOND, .id = "print-again", .label = SAY(done_print_again), .action = DO(PRINT, 0, 0)};
    const struct button list[] = {slip_gone(v->done.slip) ? again : none, finish};

    return done ? actions_take(s, page, list, NULL, 2) : actions_take(s, page, list + 1, NULL, 1);
}

void build_CASE_PAPER(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct actions row = actions(s, v, &page);
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
