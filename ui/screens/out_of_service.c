/* SPDX-License-Identifier: Apache-2.0
 *
 * Out of service: why, where else, and that what was handed in is safe.
 */
#include <stddef.h>

#include "ui/screens/screens.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define PLACE 132

static const char *reason(const struct view *v)
{
    switch (v->out_reason) {
    case OUT_STORAGE:
        return SAY(out_storage);
    case OUT_CATALOGUE:
        return SAY(out_catalogue);
    case OUT_STARTING:
        break;
    }
    return SAY(out_starting);
}

static int place(struct scene *s, struct box row, const char *icon, const char *name, const char *note)
{
    struct type big = TYPE(LEAD, BOLD, INK), small = TYPE(BODY, REGULAR, INK_2);
    int x = row.x + 56 + 24, w = row.w - 80, h = scene_height(s, w, big, name) + scene_height(s, w, small, note);
    int high = h + 30 > PLACE ? h + 30 : PLACE, y = row.y + (high - h) / 2;

    scene_icon(s, row.x, row.y + (high - 56) / 2, 56, icon, TOKEN_PRIMARY);
    y += scene_text(s, x, y, w, big, name);
    scene_text(s, x, y, w, small, note);
    return row.y + high;
}

static int places(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){36, 28, 32, TOKEN_SURFACE, true});
    const struct {
        const char *icon, *name, *note;
    } rows[] = {{"terminal", SAY(out_terminal), SAY(out_terminal_do)},
                {"hall", SAY(out_window), SAY(out_window_do)},
                {"phone", SAY(out_call), SAY_WITH(out_call_do, v->place->hotline)}};
    int at = c.in.y;

    at += scene_text(s, c.in.x, at, c.in.w, TYPE(TITLE_2, BOLD, INK), SAY(out_go)) + 4;
    for (int i = 0; i < 3; i++) {
        if (i)
            hairline(s, c.in.x, at, c.in.w);
        at = place(s, (struct box){c.in.x, at, c.in.w, 0}, rows[i].icon, rows[i].name, rows[i].note);
    }
    return card_close(s, &c, at - 8);
}

void build_OUT_OF_SERVICE(struct scene *s, const struct view *v)
{
    struct box page = frame_night(s, v, true, true);
    struct type title = TYPE(DISPLAY, BOLD, ON_NIGHT);
    bool large = v->settings.size >= SIZE_LARGER; /* then the words need the icon's room */
    int y = page.y + (large ? 32 : 72);

    if (!large) {
        plate(s, (struct box){page.x, y, 128, 128}, 32, TOKEN_GLOW, "tools", 88, TOKEN_ON_GLOW);
        y += 128 + 32;
    }
    y += scene_title(s, page.x, y, page.w, title, SAY(out_title)) + 12;
    y += scene_text(s, page.x, y, page.w, TYPE(LEAD, REGULAR, ON_NIGHT_2), reason(v)) + (large ? 32 : 56);
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - 24 - y});

    y = places(s, v, page, y) + 24;
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, safe_card(s, page.x, y, page.w, SAY(out_safe), SAY(out_safe_note)));
    frame_dock(s, v);
}
