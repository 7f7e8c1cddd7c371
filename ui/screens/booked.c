/* SPDX-License-Identifier: Apache-2.0
 *
 * It is booked: day, hour, place, number and code, before the paper.
 */
#include "ui/screens/booking.h"
#include "ui/screens/paper_card.h"
#include "ui/screens/screens.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 20

void build_BOOKED(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct actions row = paper_actions(s, v, &page, SAY(common_close));
    const struct verdict what = {"check", SAY(booked_title), SAY(booked_second), true, false};
    int y = verdict(s, page.x, page.y + 28, page.w, &what) + 28;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = booking_card(s, v, page.x, y, page.w, false) + GAP;
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, paper_card(s, v, page, y));
    actions_draw(s, &row);
    frame_dock(s, v);
}
