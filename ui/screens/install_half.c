/* SPDX-License-Identifier: Apache-2.0
 *
 * This very installation was interrupted on a disk that had nothing to lose: it goes on by itself.
 */
#include <stddef.h>

#include "ui/screens/install.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"

void build_INSTALL_HALF(struct scene *s, const struct view *v)
{
    static const int share[] = {1, 1};
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "off", .icon = "power", .label = SAY(install_half_off), .action = DO(END, 0, 0)},
        {.kind = BUTTON_MAIN, .id = "go", .label = SAY(install_half_now), .action = DO(START, 0, 0)}};
    const char *const steps[] = {SAY(install_half_1), SAY(install_half_2), SAY(install_half_3)};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, share, 2);
    int y = page.y + 32;

    y = verdict(s, page.x, y, page.w,
                &(struct verdict){"usb", SAY(install_half_title),
                                  SAY_WITH(install_half_second, words_number(s, v->install.seconds)), false, true}) +
        24;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = safe_card(s, page.x, y, page.w, SAY(install_half_safe), SAY(install_half_safe_note)) + 24;
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, install_steps(s, v, &l, y, steps, 3));
    actions_draw(s, &row);
    frame_dock(s, v);
}
