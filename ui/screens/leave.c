/* SPDX-License-Identifier: Apache-2.0
 *
 * 结束 after something was typed: asked once, on a page of its own, with the safe answer as the main one; what would be
 * gone, and what stays.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

/* What would be given up, and how far it has come; nothing of what was typed. */
static int errand(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){32, 32, 24, TOKEN_SURFACE, false});
    struct type name = TYPE(TITLE_2, BOLD, INK), note = TYPE(BODY, REGULAR, INK_2);
    int x = c.in.x + 96 + 28, w = c.in.w - 124, at = c.in.y;
    int steps = v->form.pages + 1, step = v->timeout.below == SCREEN_REVIEW ? steps : v->form.page + 1;

    at += scene_text(s, x, at, w, name, v->item.item->task_name);
    at += scene_text(s, x, at, w, note, SAY_WITH(leave_at, words_number(s, step), words_number(s, steps)));
    plate(s, (struct box){c.in.x, c.in.y + (at - c.in.y - 96) / 2, 96, 96}, 24, TOKEN_PRIMARY_TINT, "apply", 60,
          TOKEN_PRIMARY);
    return card_close(s, &c, at);
}

void build_LEAVE(struct scene *s, const struct view *v)
{
    const struct button list[] = {
        {.kind = BUTTON_DANGER, .id = "leave", .label = SAY(leave_go), .action = DO(END_YES, 0, 0)},
        {.kind = BUTTON_MAIN, .id = "stay", .label = SAY(leave_stay), .action = DO(END_NO, 0, 0)}};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, NULL, 2);
    int y = page.y + 32;

    y = verdict(s, page.x, y, page.w, &(struct verdict){"exit", SAY(leave_title), SAY(leave_second), false, true}) + 32;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    if (v->item.item && v->values) /* else something is being added to a case */
        y = errand(s, v, page, y) + 32;
    leaves_break(s, &l, y);
    const struct advice rows[] = {{"erase", SAY(leave_gone), SAY(leave_gone_what)},
                                  {"shield", SAY(leave_kept), SAY(leave_kept_what)},
                                  {"undo", SAY(leave_next), SAY(leave_next_what)}};

    leaves_end(s, v, &l, advice_card(s, v, &l, y, rows, 3));
    actions_draw(s, &row);
    frame_dock(s, v);
}
