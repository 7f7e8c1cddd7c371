/* SPDX-License-Identifier: Apache-2.0
 *
 * See paper_card.h.
 */
#include "ui/screens/paper_card.h"

#include <stddef.h>

#include "session/intent.h"
#include "ui/widgets/card.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/words.h"

#define PAPER_LEAST 260

bool paper_running(const struct view *v)
{
    return v->done.print == PRINT_RUNNING || v->done.print == PRINT_SLOW;
}

struct actions paper_actions(const struct scene *s, const struct view *v, struct box *page, const char *leave)
{
    bool busy = paper_running(v), done = v->done.print == PRINT_DONE;
    const struct button finish = {.kind = busy ? BUTTON_SECOND : BUTTON_MAIN,
                                  .id = "finish",
                                  .label = busy ? SAY(done_wait) : leave,
                                  .off = busy,
                                  .action = done ? DO(TOOK_PAPER, 0, 0) : DO(NOTED, 0, 0)};
    const struct button none = {
        .kind = BUTTON_SECOND, .id = "no-paper", .label = SAY(done_no_paper), .action = DO(NO_PAPER, 0, 0)};
    const struct button again = {
        .kind = BUTTON_SECOND, .id = "print-again", .label = SAY(done_print_again), .action = DO(PRINT, 0, 0)};
    const struct button list[] = {slip_gone(v->done.slip) ? again : none, finish};

    return done ? actions_take(s, page, list, NULL, 2) : actions_take(s, page, list + 1, NULL, 1);
}

static const char *printing_words(const struct view *v)
{
    switch (v->done.paper) {
    case DONE_SUPPLEMENT:
        return SAY(paper_supplement_printing);
    case DONE_DECISION:
        return SAY(paper_decision_printing);
    case DONE_APPOINTMENT:
        return SAY(booked_printing);
    case DONE_APPLICATION:
    case DONE_RECEIPT:
    case DONE_SPOKEN:
    case DONE_PAPERS:
        break;
    }
    return SAY(done_printing);
}

static const char *printed_words(const struct view *v)
{
    if (v->done.paper == DONE_APPLICATION || v->done.paper == DONE_RECEIPT)
        return v->done.copy > 1 ? SAY(done_printed_again) : SAY(done_printed);
    if (v->done.paper == DONE_APPOINTMENT)
        return SAY(booked_printed);
    return v->done.paper == DONE_SUPPLEMENT ? SAY(paper_supplement_printed) : SAY(paper_decision_printed);
}

static const char *over_words(const struct view *v)
{
    return v->done.print != PRINT_DONE  ? SAY(done_on_screen)
           : v->done.slip == SLIP_OUT   ? SAY(slip_out)
           : v->done.slip == SLIP_TAKEN ? SAY(slip_taken)
           : v->done.slip == SLIP_BACK  ? SAY(slip_back)
                                        : printed_words(v);
}

/* Drawn, or only measured; returns the height. */
static int print_running(struct scene *s, const struct view *v, struct box b, bool draw)
{
    struct type head = TYPE(TITLE_2, BOLD, INK), body = TYPE(BODY, REGULAR, INK);
    bool slow = v->done.print == PRINT_SLOW;
    const char *title = slow ? SAY(done_slow) : printing_words(v),
               *note = slow ? SAY(done_slow_note) : SAY(done_printing_time);
    int h = scene_height(s, b.w, head, title) + 16 + 16 + 16 + scene_height(s, b.w, body, note), y = b.y + (b.h - h) / 2;

    if (!draw)
        return h;
    y += scene_text(s, b.x, y, b.w, head, title) + 16;
    bar(s, b.x, y, b.w, 16, v->done.progress);
    scene_text(s, b.x, y + 32, b.w, body, note);
    return h;
}

/* What to do about the paper; of one that was taken or drawn back it would be wrong to say where it is. */
static const char *slip_note(const struct view *v)
{
    if (v->done.print != PRINT_DONE)
        return SAY(done_on_screen_note);
    return v->done.slip == SLIP_TAKEN  ? SAY(slip_taken_note)
           : v->done.slip == SLIP_BACK ? SAY(slip_back_note)
                                       : SAY(done_take);
}

static int print_over(struct scene *s, const struct view *v, struct box b, bool draw)
{
    struct type head = TYPE(TITLE_2, BOLD, INK), body = TYPE(BODY, REGULAR, INK), small = TYPE(SMALL, REGULAR, INK_2);
    bool done = v->done.print == PRINT_DONE, waits = done && !slip_gone(v->done.slip);
    const char *title = over_words(v);
    const char *note = slip_note(v), *foot = SAY(done_no_paper_note);
    int room = b.w - 80, head_h = scene_height(s, room, head, title), icon_h = head_h > 64 ? head_h : 64;
    int h = icon_h + 16 + scene_height(s, b.w, body, note) + (waits ? 16 + scene_height(s, b.w, small, foot) : 0);
    int y = b.y + (b.h - h) / 2;

    if (!draw)
        return h;
    bool back = done && v->done.slip == SLIP_BACK; /* nobody has it: nothing to tick off */

    scene_icon(s, b.x, y + (icon_h - 64) / 2, 64, done && !back ? "ok" : "info", done && !back ? TOKEN_OK : TOKEN_PRIMARY);
    scene_text(s, b.x + 80, y + (icon_h - head_h) / 2, room, head, title);
    y += icon_h + 16;
    y += scene_text(s, b.x, y, b.w, body, note) + 16;
    if (waits)
        scene_text(s, b.x, y, b.w, small, foot);
    return h;
}

static int paper(struct scene *s, const struct view *v, struct box b, bool draw)
{
    return paper_running(v) ? print_running(s, v, b, draw) : print_over(s, v, b, draw);
}

/* The picture of paper at the slot stays while that is so and the words find room beside it; else they have the card to
 * themselves. Returns the y below. */
int paper_card(struct scene *s, const struct view *v, struct box page, int y)
{
    struct box b = {page.x, y, page.w, box_bottom(page) - y};
    bool gone = v->done.print == PRINT_DONE && slip_gone(v->done.slip);
    bool beside = !gone && paper(s, v, (struct box){0, 0, page.w - 440 - 64, 0}, false) + 48 <= b.h && b.h >= PAPER_LEAST;

    if (beside) {
        paper(s, v, picture_card(s, b, "receipt"), true);
        return box_bottom(b);
    }
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);

    c.in.h = paper(s, v, c.in, false);
    paper(s, v, c.in, true);
    return card_close(s, &c, box_bottom(c.in));
}
