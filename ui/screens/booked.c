/* SPDX-License-Identifier: Apache-2.0
 *
 * It is booked: day, hour, place, number and code, before the paper.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/booking.h"
#include "ui/screens/paper_card.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 20

static struct actions actions(const struct scene *s, const struct view *v, struct box *page)
{
    bool busy = paper_running(v), done = v->done.print == PRINT_DONE;
    const struct button finish = {.kind = busy ? BUTTON_SECOND : BUTTON_MAIN,
                                  .id = "finish",
                                  .label = busy ? SAY(done_wait) : SAY(common_close),
                                  .off = busy,
                                  .action = done ? DO(TOOK_PAPER, 0, 0) : DO(NOTED, 0, 0)};
    const struct button none = {
        .kind = BUTTON_SECOND, .id = "no-paper", .label = SAY(done_no_paper), .action = DO(NO_PAPER, 0, 0)};
    const struct button again = {
        .kind = BUTTON_SECOND, .id = "print-again", .label = SAY(done_print_again), .action = DO(PRINT, 0, 0)};
    const struct button list[] = {slip_gone(v->done.slip) ? again : none, finish};

    return done ? actions_take(s, page, list, NULL, 2) : actions_take(s, page, list + 1, NULL, 1);
}

void build_BOOKED(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct actions row = actions(s, v, &page);
    const struct verdict what = {"check", SAY(booked_title), SAY(booked_second), true, false};
    int y = verdict(s, page.x, page.y + 28, page.w, &what) + 28;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = booking_card(s, v, page.x, y, page.w, false) + GAP;
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, paper_card(s, v, page, y));
    actions_draw(s, &row);
    frame_dock(s, v);
}
