/* SPDX-License-Identifier: Apache-2.0
 *
 * The disk holds something of others': what it is, that it would be gone, and digits to be typed that are others each time.
 */
#include <stddef.h>

#include "ui/screens/install.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/keyboard.h"

#define CELL 96
#define CELL_GAP 16
#define DIGITS 4

static void cells(struct scene *s, const struct view *v, int x, int y)
{
    const struct install_facts *f = &v->install.facts;
    struct type t = type_aligned(TYPE(TITLE_2, BOLD, INK), ALIGN_CENTRE);

    for (int i = 0; i < DIGITS; i++) {
        struct box b = {x + i * (CELL + CELL_GAP), y, CELL, CELL};
        bool now = i == v->install.typed;

        scene_frame(s, b, 16, TOKEN_SURFACE, now ? TOKEN_PRIMARY : TOKEN_EDGE, now ? 6 : 3);
        if (i < v->install.typed) /* it is right so far, or it would have been refused */
            scene_line_in(s, b, t, scene_keep_n(s, &f->ask[i], 1));
    }
    scene_node(s, NODE_STATUS, "digits", (struct box){x, y, DIGITS * (CELL + CELL_GAP) - CELL_GAP, CELL},
               SAY(install_foreign_typed))
        ->value = words_number(s, v->install.typed);
}

static const char *what(struct scene *s, const struct view *v)
{
    const struct install_facts *f = &v->install.facts;

    return f->files   ? SAY_WITH(install_foreign_files, words_number(s, (long)f->files))
           : *f->what ? SAY_WITH(install_foreign_what, f->what)
                      : SAY(install_foreign_unknown);
}

static struct actions buttons(struct scene *s, const struct view *v, struct box *page)
{
    static const int share[] = {1, 2};
    bool all = v->install.typed == DIGITS;
    const struct button list[] = {
        {.kind = BUTTON_MAIN, .id = "off", .label = SAY(install_off), .action = DO(END, 0, 0)},
        {.kind = BUTTON_DANGER,
         .id = "go",
         .off = !all,
         .label = v->install.facts.sheet ? SAY_WITH(install_foreign_go, install_name(v)) : SAY(install_foreign_go_nameless),
         .action = DO(START, 0, 0)}};

    return actions_take(s, page, list, share, 2);
}

void build_INSTALL_FOREIGN(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    int keys = keyboard_height(s, v), y = page.y + 32, bottom = box_bottom(page);
    bool tight = v->settings.size >= SIZE_LARGER || v->settings.low_reach;

    page.h -= keys;
    struct actions row = buttons(s, v, &page);
    y += scene_title(s, page.x, y, page.w, tight ? TYPE(TITLE_2, BOLD, INK) : TYPE(TITLE_1, BOLD, INK),
                     SAY(install_foreign_title)) +
         4;
    if (v->install.wrong)
        y = banner(s, page.x, y + 8, page.w, BANNER_WARN, "alert", SAY(install_foreign_wrong),
                   tight ? NULL : SAY(install_foreign_wrong_do)) +
            24;
    else
        y += scene_text(s, page.x, y, page.w, tight ? TYPE(BODY, REGULAR, INK_2) : TYPE(LEAD, REGULAR, INK_2), what(s, v)) +
             24;
    y += scene_text(s, page.x, y, page.w, TYPE(BODY, BOLD, INK), SAY_WITH(install_foreign_type, v->install.facts.ask)) + 12;
    cells(s, v, page.x, y);
    actions_draw(s, &row);
    keyboard(s, v, bottom);
    frame_dock(s, v);
}
