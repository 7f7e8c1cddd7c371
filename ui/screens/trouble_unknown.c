/* SPDX-License-Identifier: Apache-2.0
 *
 * The printer did not answer, or it said printed and the resident sees no paper: ask, with the slot lit, and never print
 * twice unasked.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/booking.h"
#include "ui/screens/card.h"
#include "ui/screens/screens.h"
#include "ui/screens/ticket.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/words.h"

#define PICTURE_MOST 620
#define PICTURE_LEAST 360
#define QR_SIDE 288

static void picture(struct scene *s, struct box b, const char *name)
{
    card_box(s, b, &(struct card_style){0, 0, 24, TOKEN_PANEL, false});
    scene_picture(s, b, 24, name);
}

static struct actions actions(const struct scene *s, const struct view *v, struct box *page)
{
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "print", .label = SAY(unknown_again), .action = DO(PRINT, 0, 0)},
        {.kind = BUTTON_MAIN, .id = "took", .label = SAY(unknown_took), .action = DO(TOOK_PAPER, 0, 0)}};

    return actions_take(s, page, list, NULL, 2);
}

static int number(struct scene *s, const struct view *v, int x, int y, int w)
{
    if (v->done.paper == DONE_APPOINTMENT)
        return booking_card(s, v, x, y, w, true);
    return number_card(s, v, x, y, w, SAY(done_number_photo), v->done.number, v->done.qr, NULL, QR_SIDE);
}

static const char *unknown_safe(const struct view *v)
{
    return v->done.paper == DONE_APPLICATION ? SAY(unknown_safe) : trouble_safe_words(v);
}

static int kept(struct scene *s, const struct view *v, struct leaves *l, int y, bool last)
{
    const struct proof ticket = {SAY(unknown_ticket_safe), NULL, ticket_card, last},
                       done = {unknown_safe(v), trouble_until(s, v), number, last};

    return proof(s, v, l, y, v->ticket.number[0] ? &ticket : &done);
}

/* The question's second sentence above it, or where the number would leave the page for that, behind. */
static int asked(struct scene *s, const struct view *v, struct leaves *l, int y, const char *second)
{
    const struct scene_place before = scene_place(s);
    int below = hint(s, l->area.x, y, l->area.w, "info", second) + 24;
    int end = (v->ticket.number[0] ? ticket_card : number)(s, v, l->area.x, below, l->area.w);

    scene_take_back(s, before);
    if (end <= box_bottom(l->area) - pager_height(s, v, l->area.w, LEAVES_MAX))
        return kept(s, v, l, hint(s, l->area.x, y, l->area.w, "info", second) + 24, true);
    y = kept(s, v, l, y, false) + 24;
    leaves_break(s, l, y);
    return hint(s, l->area.x, y, l->area.w, "info", second);
}

/* Where the printer could say what stopped it, that is told. */
static const char *reason(struct scene *s, const struct view *v, bool ticket, bool printed)
{
    enum printer_health why = ticket ? v->ticket.why : PRINTER_READY;

    if (printed)
        return SAY(unknown_printed);
    return why == PRINTER_NO_PAPER ? SAY_WITH(unknown_stopped, SAY(trouble_no_paper))
           : why == PRINTER_OPEN   ? SAY_WITH(unknown_stopped, SAY(trouble_open))
                                   : SAY(unknown_second);
}

void build_TROUBLE_UNKNOWN(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct actions row = actions(s, v, &page);
    struct box foot = trouble_foot(s, v, &page);
    bool ticket = v->ticket.number[0], printed = (ticket ? v->ticket.print : v->done.print) == PRINT_DONE;
    const char *second = reason(s, v, ticket, printed);
    int y = page.y + 32;

    bool large = v->settings.size >= SIZE_LARGER; /* then the question stands alone above */

    y = verdict(s, page.x, y, page.w, &(struct verdict){"printer", SAY(unknown_title), large ? NULL : second, false, true}) +
        28;

    /* what stands below is laid out first: the picture takes what it leaves */
    struct scene_place before = scene_place(s);
    struct leaves below = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});
    int high = box_bottom(page) - kept(s, v, &below, y, true) - 24;

    scene_take_back(s, before);
    high = high > PICTURE_MOST ? PICTURE_MOST : high;
    if (high >= PICTURE_LEAST && !large) {
        picture(s, (struct box){page.x, y, page.w, high}, ticket ? "ticket-wide" : "receipt-wide");
        y += high + 24;
    }
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    leaves_end(s, v, &l, large ? asked(s, v, &l, y, second) : kept(s, v, &l, y, true));
    trouble_foot_draw(s, v, foot);
    actions_draw(s, &row);
    frame_dock(s, v);
}
