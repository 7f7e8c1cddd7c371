/* SPDX-License-Identifier: Apache-2.0
 *
 * First boot: the terminal does not know which one it is. What is missing, and what to do; it looks all the time.
 */
#include "ui/screens/first.h"
#include "ui/screens/screens.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

void build_FIRST_NO_SHEET(struct scene *s, const struct view *v)
{
    bool later = v->first.facts.sheet == FIRST_SHEET_LATER, bad = v->first.facts.sheet == FIRST_SHEET_BAD;
    const char *rows[] = {SAY(first_none_1), SAY(first_none_2), bad ? SAY(first_bad_3) : SAY(first_none_3)};
    const char *kept[] = {SAY(first_later_1), SAY(first_later_2)};
    const struct verdict head = {.icon = "alert",
                                 .title = later ? SAY(first_later_title)
                                          : bad ? SAY(first_bad_title)
                                                : SAY(first_none_title),
                                 .second = later ? SAY(first_later_second)
                                           : bad ? SAY(first_bad_second)
                                                 : SAY(first_none_second),
                                 .lead = true};
    struct box page = frame_paper(s, v);
    int y = verdict(s, page.x, page.y + 32, page.w, &head) + 32;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = later ? first_steps(s, v, &l, y, kept, 2) : first_steps(s, v, &l, y, rows, 3);
    leaves_break(s, &l, y);
    y = first_goes_on(s, v, page.x, y + 24, page.w);
    leaves_end(s, v, &l, y);
    frame_dock(s, v);
}
