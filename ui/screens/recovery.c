/* SPDX-License-Identifier: Apache-2.0
 *
 * After a restart in the middle of a visit: it was handed in, with number and paper; a queue number was taken; a paper of a
 * case of before was being printed; or nothing was.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/members.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define QR_SIDE 340
#define TICKET_QR_SIDE 288

/* How it stands with the paper of what was handed in. Where the last one was another's, that is no longer told. */
static const char *paper_words(const struct view *v)
{
    if (v->recovery.paper)
        return SAY(trouble_safe_case_note);
    switch (v->recovery.print) {
    case PRINT_DONE:
        return SAY(recovery_paper_done);
    case PRINT_NOT:
        return SAY(recovery_paper_not);
    case PRINT_RUNNING:
    case PRINT_SLOW:
    case PRINT_UNKNOWN:
        return SAY(recovery_paper_unknown);
    case PRINT_IDLE:
        break;
    }
    return SAY(recovery_paper_none);
}

static int number(struct scene *s, const struct view *v, int x, int y, int w)
{
    const char *label = v->recovery.spoken  ? SAY(recovery_spoken_number)
                        : v->recovery.parts ? SAY(bundle_number_photo)
                                            : SAY(done_number_photo);

    return number_card(s, v, x, y, w, label, v->recovery.number, v->recovery.qr, NULL, QR_SIDE);
}

static int handed_in(struct scene *s, const struct view *v, struct box page, int y, struct leaves *l)
{
    const struct advice rows[] = {{"mobile", SAY(trouble_phone), SAY(trouble_phone_do)},
                                  {"edit", SAY(trouble_no_phone), SAY(trouble_no_phone_do)}};
    const struct advice spoken[] = {{"phone", SAY(recovery_spoken_ask), SAY_WITH(recovery_spoken_ask_do, v->place->hotline)},
                                    {"receipt", SAY(recovery_spoken_code), SAY(recovery_spoken_code_do)}};

    y = proof(s, v, l, y,
              &(struct proof){.safe = v->recovery.supplement ? SAY(trouble_safe_supplement)
                                      : v->recovery.spoken   ? SAY(recovery_spoken_safe)
                                                             : SAY(trouble_safe),
                              .note = paper_words(v),
                              .card = number});
    if (v->recovery.parts) {
        leaves_break(s, l, y + 24);
        y = members_recovered(s, v, l, y + 24);
    }
    return trouble_advice(s, v, l, y, v->recovery.spoken ? spoken : rows, 2);
}

/* --- a paper of a case of before --- */

static const char *case_paper_title(const struct view *v)
{
    return v->recovery.print == PRINT_DONE  ? SAY(recovery_case_done)
           : v->recovery.print == PRINT_NOT ? SAY(trouble_case_paper)
                                            : SAY(recovery_case_unknown);
}

static int case_paper(struct scene *s, const struct view *v, struct box page, int y, struct leaves *l)
{
    const struct advice rows[] = {{"slot", SAY(recovery_case_look), SAY(recovery_case_look_do)},
                                  {"receipt", SAY(recovery_case_again), SAY(recovery_case_again_do)}};
    int out = v->recovery.print == PRINT_NOT ? 1 : 0; /* then there is nothing to look for at the slot */

    y = proof(s, v, l, y, &(struct proof){.safe = SAY(trouble_safe_case), .note = NULL, .card = number});
    return trouble_advice(s, v, l, y, rows + out, 2 - out);
}

/* --- a queue number --- */

static const char *ticket_words(const struct view *v)
{
    switch (v->recovery.print) {
    case PRINT_DONE:
        return SAY(recovery_ticket_done);
    case PRINT_NOT:
    case PRINT_IDLE:
        return SAY(recovery_ticket_not);
    case PRINT_RUNNING:
    case PRINT_SLOW:
    case PRINT_UNKNOWN:
        break;
    }
    return SAY(recovery_ticket_unknown);
}

/* The code beside the number, or below the long one of an own series. */
static int ticket_number(struct scene *s, const struct view *v, int x, int y, int w)
{
    struct type label = TYPE(BODY, REGULAR, INK_2), number = TYPE(TICKET, BOLD, INK);
    struct card c = card_open(s, x, y, w, &CARD_PLAIN);
    int room = c.in.w - TICKET_QR_SIDE - 24, at = c.in.y;
    bool wide = scene_width(s, number, v->recovery.ticket) > room;

    at += scene_text(s, c.in.x, at, wide ? c.in.w : room, label, SAY(recovery_ticket_number));
    int h = scene_draw(s, c.in.x, at, c.in.w, number, v->recovery.ticket);

    scene_node(s, NODE_TEXT, "number", (struct box){c.in.x, at, wide ? c.in.w : room, h}, v->recovery.ticket);
    at += h;
    int code = wide ? at + 16 : c.in.y;

    qr_block(s, (struct box){box_right(c.in) - TICKET_QR_SIDE, code, TICKET_QR_SIDE, TICKET_QR_SIDE}, v->recovery.ticket_qr);
    return card_close(s, &c, at > code + TICKET_QR_SIDE ? at : code + TICKET_QR_SIDE);
}

static int ticket(struct scene *s, const struct view *v, int y, struct leaves *l)
{
    return proof(s, v, l, y,
                 &(struct proof){.safe = SAY(recovery_ticket_safe), .note = ticket_words(v), .card = ticket_number});
}

void build_RECOVERY(struct scene *s, const struct view *v)
{
    const struct button close = {
        .kind = BUTTON_MAIN, .id = "close", .label = SAY(recovery_close), .action = DO(CLOSE, 0, 0)};
    const struct verdict in = {"check",
                               v->recovery.supplement ? SAY(recovery_supplement_title)
                               : v->recovery.spoken   ? SAY(recovery_spoken_title)
                                                      : SAY(recovery_in_title),
                               SAY(recovery_in_second), true, true};
    const struct verdict queued = {"check", SAY(recovery_ticket_title), SAY(recovery_in_second), true, true};
    const struct verdict printed = {"receipt", case_paper_title(v), SAY(recovery_out_second), false, true};
    const struct verdict out = {"power", SAY(recovery_out_title), SAY(recovery_out_second), false, true};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, &close, NULL, 1);
    int y = verdict(s, page.x, page.y + 32, page.w,
                    v->recovery.handed_in   ? &in
                    : v->recovery.paper     ? &printed
                    : v->recovery.ticket[0] ? &queued
                                            : &out) +
            32;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    if (v->recovery.handed_in)
        y = handed_in(s, v, page, y, &l);
    else if (v->recovery.paper)
        y = case_paper(s, v, page, y, &l);
    else if (v->recovery.ticket[0])
        y = ticket(s, v, y, &l);
    else
        y = safe_card(s, page.x, y, page.w, SAY(recovery_out_safe), SAY(recovery_out_note));
    if ((v->recovery.handed_in || v->recovery.paper) && v->recovery.ticket[0]) {
        leaves_break(s, &l, y + 24);
        y = hint(s, page.x, y + 24, page.w, "queue", SAY_WITH(recovery_ticket_also, v->recovery.ticket));
    }
    leaves_break(s, &l, y + 32);
    leaves_end(s, v, &l, hint(s, page.x, y + 32, page.w, "clock", SAY(recovery_hint)));
    actions_draw(s, &row);
    frame_dock(s, v);
}
