/* SPDX-License-Identifier: Apache-2.0
 *
 * The printer did not answer, or it said printed and the resident sees no paper: ask, with the slot lit, and never print
 * twice unasked.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/card.h"
#include "ui/screens/screens.h"
#include "ui/screens/ticket.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

#define PICTURE_MOST 620
#define PICTURE_LEAST 360
#define QR_SIDE 264

static void picture(struct scene *s, struct box b, const char *name)
{
    card_box(s, b, &(struct card_style){0, 0, 24, TOKEN_PANEL, false});
    scene_picture(s, b, 24, name);
}

static void actions(struct scene *s, const struct view *v, struct box row)
{
    button(s, box_column(row, 2, 24, 0),
           &(struct button){.kind = BUTTON_SECOND, .id = "print", .label = SAY(unknown_again), .action = DO(PRINT, 0, 0)});
    button(s, box_column(row, 2, 24, 1),
           &(struct button){.kind = BUTTON_MAIN, .id = "took", .label = SAY(unknown_took), .action = DO(TOOK_PAPER, 0, 0)});
}

void build_TROUBLE_UNKNOWN(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), row = frame_actions(&page);
    int y = page.y + 32, foot = trouble_foot(s, v, &page), mark;
    bool ticket = v->ticket.number[0], printed = (ticket ? v->ticket.print : v->done.print) == PRINT_DONE;
    const char *second = printed ? SAY(unknown_printed) : SAY(unknown_second);

    y = verdict(s, page.x, y, page.w, &(struct verdict){"printer", SAY(unknown_title), second, false, true}) + 28;
    mark = y;
    y += PICTURE_MOST + 24;
    /* what stands below is laid out first: the picture takes what it leaves */
    int ops = s->n_ops, nodes = s->n_nodes;
    size_t used = s->used;

    for (int pass = 0; pass < 2; pass++) {
        y = safe_card(s, page.x, y, page.w, ticket ? SAY(unknown_ticket_safe) : SAY(unknown_safe),
                      ticket ? NULL : trouble_until(s, v)) +
            24;
        y = ticket ? ticket_card(s, v, page.x, y, page.w)
                   : number_card(s, v, page.x, y, page.w, SAY(done_number_photo), v->done.number, v->done.qr, NULL, QR_SIDE);
        if (pass == 0) {
            int high = PICTURE_MOST - (y - box_bottom(page));

            high = high > PICTURE_MOST ? PICTURE_MOST : high < PICTURE_LEAST ? PICTURE_LEAST : high;
            s->n_ops = ops;
            s->n_nodes = nodes;
            s->used = used;
            picture(s, (struct box){page.x, mark, page.w, high}, ticket ? "ticket-wide" : "receipt-wide");
            y = mark + high + 24;
        }
    }
    trouble_foot_draw(s, v, foot);
    actions(s, v, row);
    frame_dock(s, v);
}
