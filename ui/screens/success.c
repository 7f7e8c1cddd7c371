/* SPDX-License-Identifier: Apache-2.0
 *
 * Handed in: the number before the paper. It says what this is (收件) and what it is not; one leaves when the paper is out.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/words.h"

#define GAP 20
#define QR_SIDE 300

static bool printing(const struct view *v)
{
    return v->done.print == PRINT_RUNNING || v->done.print == PRINT_SLOW;
}

static const char *receipt_words(struct scene *s, const struct view *v)
{
    const struct item *item = v->item.item;

    if (item->n_steps && item->steps[0].limit.day > 0)
        return SAY_WITH(done_receipt_days, words_days(s, v, item->steps[0].limit.day, item->steps[0].limit.unit),
                        item->dept_name);
    return SAY_WITH(done_receipt, item->dept_name);
}

static const char *counting(struct scene *s, const struct view *v)
{
    const struct item_limit *l = &v->item.item->promise;
    const char *days = words_days(s, v, l->day, l->unit);

    if (v->done.provisional)
        return SAY(done_provisional_why);
    return l->unit == DAY_WORKING ? SAY_WITH(done_counting_work, days) : SAY_WITH(done_counting, days);
}

static int date_card(struct scene *s, const struct view *v, int x, int y, int w)
{
    struct card c = card_open(s, x, y, w, &(struct card_style){32, 28, 24, TOKEN_SURFACE, false});
    struct type small = TYPE(BODY, REGULAR, INK_2), big = TYPE(TITLE_2, BOLD, INK);
    int left = c.in.x + 96 + 28, room = c.in.w - 124, at = c.in.y;
    int line = v->done.provisional ? CHIP_HEIGHT + 4 : scene_line(s, small);
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

static void print_running(struct scene *s, const struct view *v, struct box b)
{
    struct type head = TYPE(TITLE_2, BOLD, INK), body = TYPE(BODY, REGULAR, INK);
    bool slow = v->done.print == PRINT_SLOW;
    const char *title = slow ? SAY(done_slow) : SAY(done_printing),
               *note = slow ? SAY(done_slow_note) : SAY(done_printing_time);
    int h = scene_height(s, b.w, head, title) + 16 + 16 + 16 + scene_height(s, b.w, body, note), y = b.y + (b.h - h) / 2;

    y += scene_text(s, b.x, y, b.w, head, title) + 16;
    bar(s, b.x, y, b.w, 16, v->done.progress);
    scene_text(s, b.x, y + 32, b.w, body, note);
}

static void print_over(struct scene *s, const struct view *v, struct box b)
{
    struct type head = TYPE(TITLE_2, BOLD, INK), body = TYPE(BODY, REGULAR, INK), small = TYPE(SMALL, REGULAR, INK_2);
    bool done = v->done.print == PRINT_DONE;
    const char *title = !done ? SAY(done_on_screen) : v->done.copy > 1 ? SAY(done_printed_again) : SAY(done_printed);
    const char *note = done ? SAY(done_take) : SAY(done_on_screen_note), *foot = SAY(done_no_paper_note);
    int room = b.w - 80, head_h = scene_height(s, room, head, title), icon_h = head_h > 64 ? head_h : 64;
    int h = icon_h + 16 + scene_height(s, b.w, body, note) + (done ? 16 + scene_height(s, b.w, small, foot) : 0);
    int y = b.y + (b.h - h) / 2;

    scene_icon(s, b.x, y + (icon_h - 64) / 2, 64, done ? "ok" : "info", done ? TOKEN_OK : TOKEN_PRIMARY);
    scene_text(s, b.x + 80, y + (icon_h - head_h) / 2, room, head, title);
    y += icon_h + 16;
    y += scene_text(s, b.x, y, b.w, body, note) + 16;
    if (done)
        scene_text(s, b.x, y, b.w, small, foot);
}

static void actions(struct scene *s, const struct view *v, struct box row)
{
    bool busy = printing(v), done = v->done.print == PRINT_DONE;
    struct button finish = {.kind = BUTTON_MAIN,
                            .id = "finish",
                            .label = busy ? SAY(done_wait) : SAY(done_finish),
                            .off = busy,
                            .action = done ? DO(TOOK_PAPER, 0, 0) : DO(NOTED, 0, 0)};
    struct button another = {
        .kind = BUTTON_SECOND, .id = "another", .label = SAY(done_another), .action = DO(ANOTHER, 0, 0)};
    struct button none = {
        .kind = BUTTON_SECOND, .id = "no-paper", .label = SAY(done_no_paper), .action = DO(NO_PAPER, 0, 0)};

    if (busy)
        finish.kind = BUTTON_SECOND; /* an off button has the quieter type */
    for (int i = 0; i < 3 && done; i++)
        button(s, box_column(row, 3, 24, i), i == 0 ? &none : i == 1 ? &another : &finish);
    for (int i = 0; i < 2 && !done; i++)
        button(s, box_column(row, 2, 24, i), i == 0 ? &another : &finish);
}

void build_SUCCESS(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), row = frame_actions(&page);
    int y = page.y + 28;

    y = verdict(s, page.x, y, page.w, &(struct verdict){"check", SAY(done_title), receipt_words(s, v), true, false}) + 28;
    y = number_card(s, v, page.x, y, page.w, SAY(done_number), v->done.number, v->done.qr,
                    v->done.sent ? SAY(done_sent) : SAY(done_kept), QR_SIDE) +
        GAP;
    if (v->done.promised.year || v->item.item->promise.day <= 0)
        y = date_card(s, v, page.x, y, page.w) + GAP;
    struct box beside = picture_card(s, (struct box){page.x, y, page.w, box_bottom(page) - y}, "receipt");

    if (printing(v))
        print_running(s, v, beside);
    else
        print_over(s, v, beside);
    actions(s, v, row);
    frame_dock(s, v);
}
