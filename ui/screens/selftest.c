/* SPDX-License-Identifier: Apache-2.0
 *
 * A technician tests printers or reader: what goes on, and that a touch is enough to be served.
 */
#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

void build_SELFTEST(struct scene *s, const struct view *v)
{
    const struct button start = {
        .kind = BUTTON_NIGHT, .id = "start", .label = SAY(selftest_start), .icon = "touch", .action = DO(START, 0, 0)};
    struct box page = frame_night(s, v, true, true);
    bool large = v->settings.size >= SIZE_LARGER; /* then the words need the icon's room */
    int y = page.y + (large ? 32 : 72), high = button_height(s, page.w, &start);

    if (!large) {
        plate(s, (struct box){page.x, y, 128, 128}, 32, TOKEN_GLOW, "tools", 88, TOKEN_ON_GLOW);
        y += 128 + 32;
    }
    y += scene_title(s, page.x, y, page.w, TYPE(DISPLAY, BOLD, ON_NIGHT), SAY(selftest_title)) + 12;
    y += scene_text(s, page.x, y, page.w, TYPE(LEAD, REGULAR, ON_NIGHT_2),
                    v->testing_card ? SAY(selftest_card) : SAY(selftest_print));
    scene_text(s, page.x, y + 24, page.w, TYPE(LEAD, REGULAR, ON_NIGHT_2), SAY(selftest_way));
    button(s, (struct box){page.x, box_bottom(page) - 24 - high, page.w, high}, &start);
    frame_dock(s, v);
}
