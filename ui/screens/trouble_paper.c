/* SPDX-License-Identifier: Apache-2.0
 *
 * The receipt did not come out. The case is safe: that is what the eye meets first after the title.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/button.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

static bool held(const struct view *v)
{
    return v->done.print == PRINT_RUNNING || v->done.print == PRINT_SLOW;
}

static const char *safe_words(struct scene *s, const struct view *v)
{
    const char *until = trouble_until(s, v);
    const char *kept = v->done.sent ? SAY(trouble_safe_sent)
                                    : SAY_WITH(trouble_safe_kept, v->item.item ? v->item.item->dept_name : "");
    const char *const parts[] = {kept, until ? until : ""};
    char out[400];

    text_fill(out, sizeof out, until ? "{0}\n{1}" : "{0}", parts, 2);
    return scene_keep(s, out);
}

static void actions(struct scene *s, const struct view *v, struct box row)
{
    bool ready = condition_prints(v->health.receipt) && !held(v);
    struct button print = {.kind = ready ? BUTTON_MAIN : BUTTON_SECOND,
                           .id = "print",
                           .label = ready ? SAY(trouble_print) : SAY(trouble_wait_print),
                           .off = !ready,
                           .action = DO(PRINT, 0, 0)};
    struct button noted = {
        .kind = ready ? BUTTON_SECOND : BUTTON_MAIN, .id = "noted", .label = SAY(trouble_noted), .action = DO(NOTED, 0, 0)};
    int narrow = 340;
    struct box left = {row.x, row.y, narrow, row.h}, right = {row.x + narrow + 24, row.y, row.w - narrow - 24, row.h};

    button(s, left, ready ? &noted : &print);
    button(s, right, ready ? &print : &noted);
}

void build_TROUBLE_PAPER(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), row = frame_actions(&page);
    int y = page.y + 32, foot = trouble_foot(s, v, &page);
    const struct advice rows[] = {{"mobile", SAY(trouble_phone), SAY(trouble_phone_do)},
                                  {"edit", SAY(trouble_no_phone), SAY(trouble_no_phone_do)},
                                  {"receipt", SAY(trouble_want_paper), SAY(trouble_want_paper_do)}};

    y = verdict(s, page.x, y, page.w,
                &(struct verdict){"paper-out", held(v) ? SAY(trouble_paper_held) : SAY(trouble_paper),
                                  condition_trouble(s, v, v->done.why), false, true}) +
        32;
    y = safe_card(s, page.x, y, page.w, SAY(trouble_safe), safe_words(s, v)) + 24;
    y = number_card(s, v, page.x, y, page.w, SAY(done_number), v->done.number, v->done.qr, NULL, 340);
    trouble_advice(s, v, page.x, y, page.w, rows, 3);
    trouble_foot_draw(s, v, foot);
    actions(s, v, row);
    frame_dock(s, v);
}
