/* SPDX-License-Identifier: Apache-2.0
 *
 * The ticket certainly did not come out. The number is void unless the resident keeps it: that is asked, once.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/ticket.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

static struct actions actions(const struct scene *s, const struct view *v, struct box *page)
{
    bool ready = condition_prints(v->health.printer[DEVICE_TICKET]);
    const struct button ask[] = {
        {.kind = BUTTON_SECOND, .id = "void", .label = SAY(tticket_void), .action = DO(VOID_NUMBER, 0, 0)},
        {.kind = BUTTON_MAIN, .id = "keep", .label = SAY(tticket_keep), .action = DO(KEEP_NUMBER, 0, 0)}};
    const struct button kept[] = {
        {.kind = BUTTON_SECOND,
         .id = "print",
         .label = ready ? SAY(trouble_print) : SAY(trouble_wait_print),
         .off = !ready,
         .action = DO(PRINT, 0, 0)},
        {.kind = BUTTON_MAIN, .id = "noted", .label = SAY(ticket_noted), .action = DO(NOTED, 0, 0)}};

    return actions_take(s, page, v->ticket.kept ? kept : ask, NULL, 2);
}

void build_TROUBLE_TICKET(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct actions row = actions(s, v, &page);
    struct box foot = trouble_foot(s, v, &page);
    int y = verdict(
                s, page.x, page.y + 32, page.w,
                &(struct verdict){"paper-out", SAY(tticket_title), condition_trouble(s, v, v->ticket.why), false, true}) +
            32;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = ticket_card(s, v, page.x, y, page.w) + 24;
    leaves_break(s, &l, y);
    y = ticket_hours(s, v, page.x, y, page.w);
    leaves_break(s, &l, y);
    y = v->ticket.kept ? safe_card(s, page.x, y, page.w, SAY(tticket_kept), SAY(tticket_kept_note))
                       : trouble_question(s, page.x, y, page.w, SAY(tticket_question), SAY(tticket_ask));
    leaves_end(s, v, &l, y);
    trouble_foot_draw(s, v, foot);
    actions_draw(s, &row);
    frame_dock(s, v);
}
