/* SPDX-License-Identifier: Apache-2.0
 *
 * Installed and read back: a disc in the lamp's colour that is seen from across the hall, until the stick is out.
 */
#include <stddef.h>

#include "ui/screens/install.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"

#define DISC 820

void build_INSTALL_DONE(struct scene *s, const struct view *v)
{
    struct box page = frame_night(s, v, true, false);
    struct type title = type_aligned(TYPE(DISPLAY, BOLD, ON_NIGHT), ALIGN_CENTRE);
    struct type lead = type_aligned(TYPE(LEAD, REGULAR, ON_NIGHT_2), ALIGN_CENTRE);
    bool sheet = v->install.facts.sheet, in = v->install.stick;
    const char *name = in ? SAY(install_done) : SAY(install_done_out);
    const char *note = in ? SAY(install_done_note) : SAY_WITH(install_done_out_note, words_number(s, v->install.seconds));
    const char *first = sheet ? SAY_WITH(install_done_only, install_name(v)) : SAY(install_done_any);
    const char *rest = sheet ? SAY(install_done_only_note) : SAY(install_done_any_note);
    int below = banner_height(s, page.w, first, rest), bottom = box_bottom(page) - 40 - below;
    int words = scene_height(s, page.w, title, name) + 12 + scene_height(s, page.w, lead, note);
    int room = bottom - 48 - words - page.y - 48, side = room < DISC ? room : DISC;
    struct box disc = box_centre((struct box){page.x, page.y + 24, page.w, side}, side, side);
    int y = box_bottom(disc) + 24;

    scene_rect(s, disc, side / 2, TOKEN_GLOW);
    if (in && !s->env.contrast)
        scene_picture(s, disc, side / 2, "stick-out");
    y += scene_title(s, page.x, y, page.w, title, name) + 12;
    scene_text(s, page.x, y, page.w, lead, note);
    banner(s, page.x, bottom, page.w, BANNER_INFO, "usb", first, rest);
}
