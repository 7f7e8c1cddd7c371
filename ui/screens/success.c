/* SPDX-License-Identifier: Apache-2.0
 *
 * Handed in: the number before the paper. It says what this is (收件) and what it is not; one leaves when the paper is out.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/paper_card.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/members.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 20
#define QR_SIDE 300
#define PAPER_LARGE 440 /* of the card with the picture, with large text */

static const char *receipt_words(struct scene *s, const struct view *v)
{
    const struct item *item = v->item.item;

    if (v->done.n_parts)
        return v->done.accepted.year ? SAY_WITH(bundle_receipt_by, words_date_inline(s, v, v->done.accepted))
                                     : SAY(bundle_receipt);
    if (v->done.accepted.year)
        return SAY_WITH(done_receipt_by, words_date_inline(s, v, v->done.accepted), item->dept_name);
    return SAY_WITH(done_receipt, item->dept_name);
}

static const char *counting(struct scene *s, const struct view *v)
{
    const struct item_limit *l = &v->item.item->promise;
    const char *days = words_days(s, v, l->day, l->unit);

    if (v->done.provisional)
        return v->done.provisional_year ? SAY_WITH(done_provisional_why, words_number(s, v->done.provisional_year))
                                        : SAY(done_provisional_clock);
    return l->unit == DAY_WORKING ? SAY_WITH(done_counting_work, days) : SAY_WITH(done_counting, days);
}

static int date_card(struct scene *s, const struct view *v, int x, int y, int w)
{
    struct card c = card_open(s, x, y, w, &(struct card_style){32, 28, 24, TOKEN_SURFACE, false});
    struct type small = TYPE(BODY, REGULAR, INK_2), big = TYPE(TITLE_2, BOLD, INK);
    int left = c.in.x + 96 + 28, room = c.in.w - 124, at = c.in.y;
    int line = v->done.provisional ? chip_height(s) + 4 : scene_line(s, small);
    const char *label = SAY(done_until);

    scene_text(s, left, at + (line - scene_line(s, small)) / 2, room, small, label);
    if (v->done.provisional)
        chip(s, left + scene_width(s, small, label) + 16, at, 0, CHIP_WARN, "clock", SAY(done_provisional));
    at += line;
    if (v->item.item->promise.day <= 0) {
        at += scene_text(s, left, at, room, big, SAY(done_at_once));
    } else {
        at += scene_text(s, left, at, room, big, words_date(s, v, v->done.promised));
        at += scene_text(s, left, at, room, small, counting(s, v));
    }
    plate(s, (struct box){c.in.x, c.in.y + (at - c.in.y - 96) / 2, 96, 96}, 24, TOKEN_PRIMARY_TINT, "appointment", 60,
          TOKEN_PRIMARY);
    return card_close(s, &c, at);
}

static struct actions actions(const struct scene *s, const struct view *v, struct box *page)
{
    bool busy = paper_running(v), done = v->done.print == PRINT_DONE;
    const struct button finish = {.kind = busy ? BUTTON_SECOND : BUTTON_MAIN, /* an off button has the quieter type */
                                  .id = "finish",
                                  .label = busy ? SAY(done_wait) : SAY(done_finish),
                                  .off = busy,
                                  .action = done ? DO(TOOK_PAPER, 0, 0) : DO(NOTED, 0, 0)};
    const struct button another = {
        .kind = BUTTON_SECOND, .id = "another", .label = SAY(done_another), .action = DO(ANOTHER, 0, 0)};
    const struct button none = {
        .kind = BUTTON_SECOND, .id = "no-paper", .label = SAY(done_no_paper), .action = DO(NO_PAPER, 0, 0)};
    const struct button again = {
        .kind = BUTTON_SECOND, .id = "print-again", .label = SAY(done_print_again), .action = DO(PRINT, 0, 0)};
    const struct button list[] = {slip_gone(v->done.slip) ? again : none, another, finish};

    return done ? actions_take(s, page, list, NULL, 3) : actions_take(s, page, list + 1, NULL, 2);
}

void build_SUCCESS(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct actions row = actions(s, v, &page);
    bool large = v->settings.size >= SIZE_LARGER; /* then what it is comes last */
    const char *what = receipt_words(s, v);
    int y = page.y + 28;

    const char *done = v->done.n_parts ? SAY_WITH(bundle_title, words_number(s, v->done.n_parts)) : SAY(done_title);

    y = verdict(s, page.x, y, page.w, &(struct verdict){"check", done, large ? NULL : what, true, false}) + 28;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = number_card(s, v, page.x, y, page.w, v->done.n_parts ? SAY(bundle_number) : SAY(done_number), v->done.number,
                    v->done.qr, v->done.sent ? SAY(done_sent) : SAY(done_kept), QR_SIDE) +
        GAP;
    leaves_break(s, &l, y);
    if (large) { /* where the paper comes out is wanted now; by when, and what this is, can be read after */
        y = paper_card(s, v, (struct box){page.x, page.y, page.w, y + PAPER_LARGE - page.y}, y) + GAP;
        leaves_break(s, &l, y);
    }
    if (v->done.n_parts)
        y = members_card(s, v, &l, y) + GAP;
    else if (v->done.promised.year || v->item.item->promise.day <= 0)
        y = date_card(s, v, page.x, y, page.w) + GAP;
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, large ? hint(s, page.x, y, page.w, "info", what) : paper_card(s, v, page, y));
    actions_draw(s, &row);
    frame_dock(s, v);
}
