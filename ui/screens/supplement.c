/* SPDX-License-Identifier: Apache-2.0
 *
 * What is missing, all of it, in the agency's words; what of it can be added here, and where the rest is brought.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/case_words.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"
#include "ui/widgets/words_card.h"

#define GAP 20

/* A state chip, and beside or below it what it means. Returns the y below. */
static int group(struct scene *s, int x, int y, int w, enum chip_kind kind, const char *icon, const char *what,
                 const char *note)
{
    struct type t = TYPE(SMALL, REGULAR, INK_2);
    int side = chip(s, x, y, 0, kind, icon, what) + 20, line = chip_height(s);

    if (scene_width(s, t, note) <= w - side) {
        scene_text(s, x + side, y + (line - scene_line(s, t)) / 2, w - side, t, note);
        return y + line + 14;
    }
    return y + line + 8 + scene_text(s, x, y + line + 8, w, t, note) + 14;
}

/* Where papers go: the item's window, where this terminal's catalogue knows it. */
static struct advice window(struct scene *s, const struct view *v)
{
    const struct item *item = v->cases.item;
    bool known = item && item->transact_addr && *item->transact_addr;

    return (struct advice){"hall", SAY(supplement_window),
                           known ? item->transact_addr
                                 : SAY_WITH(supplement_window_of, words_own(s, v, v->cases.one->dept_name))};
}

static int body(struct scene *s, const struct view *v, struct leaves *l)
{
    const struct my_case *c = v->cases.one;
    const struct words_card missing = {BANNER_WARN, false, "doc-later", SAY(supplement_missing), c->missing};
    const struct advice here[] = {{"edit", SAY(supplement_words), SAY(supplement_words_do)}};
    const struct advice there[] = {window(s, v), {"phone", SAY(supplement_ask), c->phone[0] ? c->phone : v->place->hotline}};
    const struct my_case_step *step = case_step(c, MY_STEP_SUPPLIED);
    int x = l->area.x, w = l->area.w, y = words_card(s, v, l, l->area.y, &missing) + GAP;

    leaves_break(s, l, y);
    y = group(s, x, y, w, CHIP_OK, "ok", SAY(supplement_here),
              SAY_WITH(supplement_here_note, words_own(s, v, c->dept_name)));
    y = advice_card(s, v, l, y, here, 1) + GAP + 8;
    leaves_break(s, l, y);
    y = group(s, x, y, w, CHIP_WARN, "nearby", SAY(supplement_not_here), SAY(supplement_not_here_note));
    y = advice_card(s, v, l, y, there, 2) + GAP;
    leaves_break(s, l, y);
    return hint(s, x, y, w, "clock",
                step && !step->done && step->day.year ? SAY_WITH(supplement_until, words_date_inline(s, v, step->day))
                                                      : SAY(supplement_no_limit));
}

void build_SUPPLEMENT(struct scene *s, const struct view *v)
{
    static const int share[] = {254, 722};
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "previous", .label = SAY(form_previous), .icon = "back", .action = DO(PREVIOUS, 0, 0)},
        {.kind = BUTTON_MAIN, .id = "write", .label = SAY(supplement_write), .action = DO(SUPPLEMENT, 0, 0)}};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, share, 2);
    const struct head head = {SAY(supplement_title), NULL, TYPE(TITLE_1, BOLD, INK), 16, true, 0};

    frame_head(s, v, &page, &head, NULL);
    struct leaves l = leaves_begin(s, page);

    leaves_end(s, v, &l, body(s, v, &l));
    actions_draw(s, &row);
    frame_dock(s, v);
}
