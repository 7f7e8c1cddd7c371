/* SPDX-License-Identifier: Apache-2.0
 *
 * What was said is written down: the code, as large as it can stand, whatever becomes of the paper; until when it is
 * answered; and how it is with the paper.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/paper_card.h"
#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 20
#define GROUP 6
#define GROUP_GAP 28

static bool prints(const struct view *v)
{
    return condition_prints(v->health.printer[DEVICE_RECEIPT]);
}

/* No paper keeps nobody: the code stands here. */
static struct actions actions(const struct scene *s, const struct view *v, struct box *page)
{
    bool busy = paper_running(v);
    const struct button finish = {.kind = BUTTON_MAIN,
                                  .id = "finish",
                                  .label = v->done.print == PRINT_DONE ? SAY(speak_took) : SAY(speak_noted),
                                  .action = v->done.print == PRINT_DONE ? DO(TOOK_PAPER, 0, 0) : DO(NOTED, 0, 0)};
    const struct button again = {.kind = BUTTON_SECOND,
                                 .id = "print-again",
                                 .label = v->done.print == PRINT_NOT ? SAY(speak_print) : SAY(done_print_again),
                                 .action = DO(PRINT, 0, 0)};
    const struct button list[] = {again, finish};
    bool may = !busy && prints(v);

    return may ? actions_take(s, page, list, NULL, 2) : actions_take(s, page, list + 1, NULL, 1);
}

static const char *until(struct scene *s, const struct view *v)
{
    const char *day = words_date_inline(s, v, v->done.promised);

    if (!v->done.promised.year)
        return SAY(speak_until_unknown);
    return v->done.provisional ? SAY_WITH(speak_until_provisional, day) : SAY_WITH(speak_until, day);
}

/* Three groups of six, none of them ever broken: so they are copied without losing the place. Returns the height. */
static int groups(struct scene *s, int x, int y, int w, const char *given)
{
    struct type t = type_secret(TYPE(DISPLAY, BOLD, INK));
    int at = x, from = y;

    for (int i = 0; i < SPEAK_CODE_LEN; i += GROUP) {
        const char *part = scene_keep_n(s, given + i, GROUP);
        int wide = scene_width(s, t, part);

        if (at > x && at + wide > x + w) {
            at = x;
            y += scene_line(s, t);
        }
        scene_draw(s, at, y, wide + 2, t, part);
        at += wide + GROUP_GAP;
    }
    return y + scene_line(s, t) - from;
}

static int code_card(struct scene *s, const struct view *v, int x, int y, int w)
{
    struct card c = card_open(s, x, y, w, &CARD_PLAIN);
    int at = c.in.y + scene_text(s, c.in.x, c.in.y, c.in.w, TYPE(BODY, REGULAR, INK_2), SAY(speak_code));
    int h = groups(s, c.in.x, at, c.in.w, v->speak.given);
    char grouped[24];

    speak_code_group(v->speak.given, grouped);
    scene_node(s, NODE_TEXT, "code", (struct box){c.in.x, at, c.in.w, h}, grouped)->secret = true;
    at += h + 8;
    at += scene_text(s, c.in.x, at, c.in.w, TYPE(BODY, BOLD, INK),
                     v->speak.named || v->speak.phone ? SAY(speak_code_left) : SAY(speak_code_alone));
    return card_close(s, &c, at);
}

/* What came of the paper where that is no ordinary end. Returns the y below. */
static int paper(struct scene *s, const struct view *v, struct box page, int y)
{
    if (v->done.print == PRINT_NOT)
        return banner(s, page.x, y, page.w, BANNER_WARN, "paper-out", SAY(speak_not_printed), SAY(speak_write_down));
    if (v->done.print == PRINT_UNKNOWN)
        return banner(s, page.x, y, page.w, BANNER_WARN, "paper-out", SAY(speak_paper_unknown), SAY(speak_write_down));
    return paper_card(s, v, page, y);
}

void build_SPEAK_CODE(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct actions row = actions(s, v, &page);
    const struct verdict what = {"check", SAY(speak_taken), until(s, v), true, false};
    int y = verdict(s, page.x, page.y + 28, page.w, &what) + 28;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = code_card(s, v, page.x, y, page.w) + GAP;
    leaves_break(s, &l, y);
    y = hint(s, page.x, y, page.w, "search", SAY(speak_how_to_read)) + GAP;
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, paper(s, v, page, y));
    actions_draw(s, &row);
    frame_dock(s, v);
}
