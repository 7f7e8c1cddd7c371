/* SPDX-License-Identifier: Apache-2.0
 *
 * The ticket certainly did not come out. The number is void unless the resident keeps it: that is asked, once.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/ticket.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/button.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

static void ask(struct scene *s, const struct view *v, struct box row)
{
    button(
        s, box_column(row, 2, 24, 0),
        &(struct button){.kind = BUTTON_SECOND, .id = "void", .label = SAY(tticket_void), .action = DO(VOID_NUMBER, 0, 0)});
    button(s, box_column(row, 2, 24, 1),
           &(struct button){.kind = BUTTON_MAIN, .id = "keep", .label = SAY(tticket_keep), .action = DO(KEEP_NUMBER, 0, 0)});
}

static void kept(struct scene *s, const struct view *v, struct box row)
{
    bool ready = condition_prints(v->health.ticket);

    button(s, box_column(row, 2, 24, 0),
           &(struct button){.kind = BUTTON_SECOND,
                            .id = "print",
                            .label = ready ? SAY(trouble_print) : SAY(trouble_wait_print),
                            .off = !ready,
                            .action = DO(PRINT, 0, 0)});
    button(s, box_column(row, 2, 24, 1),
           &(struct button){.kind = BUTTON_MAIN, .id = "noted", .label = SAY(ticket_noted), .action = DO(NOTED, 0, 0)});
}

void build_TROUBLE_TICKET(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), row = frame_actions(&page);
    int y = page.y + 32, foot = trouble_foot(s, v, &page);

    y = verdict(s, page.x, y, page.w,
                &(struct verdict){"paper-out", SAY(tticket_title), condition_trouble(s, v, v->ticket.why), false, true}) +
        32;
    y = ticket_card(s, v, page.x, y, page.w) + 24;
    if (v->ticket.kept) {
        safe_card(s, page.x, y, page.w, SAY(tticket_kept), SAY(tticket_kept_note));
        trouble_foot_draw(s, v, foot);
        kept(s, v, row);
    } else {
        trouble_question(s, page.x, y, page.w, SAY(tticket_question), SAY(tticket_ask));
        trouble_foot_draw(s, v, foot);
        ask(s, v, row);
    }
    frame_dock(s, v);
}
