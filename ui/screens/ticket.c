/* SPDX-License-Identifier: Apache-2.0
 *
 * The ticket: the number, as large as it can be, before the paper.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/ticket.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/words.h"

int ticket_card(struct scene *s, const struct view *v, int x, int y, int w)
{
    struct card c = card_open(s, x, y, w, &(struct card_style){40, 36, 24, TOKEN_SURFACE, false});
    struct type number = TYPE(TICKET, BOLD, INK), lead = TYPE(LEAD, REGULAR, INK_2);
    int at = c.in.y, h;

    at += scene_text(s, c.in.x, at, c.in.w, lead, v->ticket.queue);
    h = scene_draw(s, c.in.x, at, c.in.w + 40, number, v->ticket.number);
    scene_node(s, NODE_TEXT, "number", (struct box){c.in.x, at, c.in.w, h}, v->ticket.number);
    at += h + 16;
    if (v->ticket.place[0]) {
        hairline(s, c.in.x, at, c.in.w);
        at += 26;
        at += scene_text(s, c.in.x, at, c.in.w, TYPE(BODY, REGULAR, INK_2), SAY(ticket_place));
        at += scene_text(s, c.in.x, at, c.in.w, TYPE(TITLE_2, BOLD, INK), v->ticket.place);
    }
    return card_close(s, &c, at);
}

static const char *title(const struct view *v)
{
    switch (v->ticket.print) {
    case PRINT_RUNNING:
        return SAY(ticket_printing);
    case PRINT_SLOW:
        return SAY(ticket_slow);
    case PRINT_DONE:
        return SAY(ticket_done);
    case PRINT_IDLE:
    case PRINT_NOT:
    case PRINT_UNKNOWN:
        break;
    }
    return SAY(ticket_kept);
}

static void beside(struct scene *s, const struct view *v, struct box b)
{
    struct type head = TYPE(TITLE_2, BOLD, INK), body = TYPE(BODY, REGULAR, INK), small = TYPE(SMALL, REGULAR, INK_2);
    const char *where = SAY(ticket_where), *call = SAY(ticket_call), *lost = SAY(ticket_lost);
    int h = scene_height(s, b.w, head, where) + 20 + scene_height(s, b.w, body, call) + 20 +
            scene_height(s, b.w, small, lost);
    int y = b.y + (b.h - h) / 2;

    y += scene_text(s, b.x, y, b.w, head, where) + 20;
    y += scene_text(s, b.x, y, b.w, body, call) + 20;
    scene_text(s, b.x, y, b.w, small, lost);
}

void build_TICKET(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), row = frame_actions(&page);
    bool busy = v->ticket.print == PRINT_RUNNING || v->ticket.print == PRINT_SLOW;
    int y = page.y + 32;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_1, BOLD, INK), title(v)) + 28;
    y = ticket_card(s, v, page.x, y, page.w) + 24;
    beside(s, v, picture_card(s, (struct box){page.x, y, page.w, box_bottom(page) - y}, "ticket"));
    button(s, box_column(row, 2, 24, 0),
           &(struct button){
               .kind = BUTTON_SECOND, .id = "no-paper", .label = SAY(ticket_no_paper), .action = DO(NO_PAPER, 0, 0)});
    button(s, box_column(row, 2, 24, 1),
           &(struct button){.kind = busy ? BUTTON_SECOND : BUTTON_MAIN,
                            .id = "took",
                            .label = busy ? SAY(ticket_wait) : SAY(ticket_took),
                            .off = busy,
                            .action = DO(TOOK_PAPER, 0, 0)});
    frame_dock(s, v);
}
