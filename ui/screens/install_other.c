/* SPDX-License-Identifier: Apache-2.0
 *
 * The stick is for another terminal than this machine says it is: no button here touches it.
 */
#include <stddef.h>

#include "ui/screens/install.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"

static int side(struct scene *s, struct box b, const char *label, const char *name, const char *note)
{
    struct card c = card_open(s, b.x, b.y, b.w, &CARD_PLAIN);
    struct type small = TYPE(BODY, REGULAR, INK_2);
    int at = c.in.y;

    at += scene_text(s, c.in.x, at, c.in.w, small, label);
    at += scene_text(s, c.in.x, at, c.in.w, TYPE(TITLE_2, BOLD, INK), name);
    if (*note)
        at += scene_text(s, c.in.x, at, c.in.w, TYPE(SMALL, REGULAR, INK_2), note);
    return card_close(s, &c, at);
}

static int names(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct install_facts *f = &v->install.facts;
    int columns = v->settings.size < SIZE_LARGER ? 2 : 1;
    struct box a = box_column((struct box){page.x, y, page.w, 0}, columns, 24, 0), b = a;
    int end = side(s, a, SAY(install_other_this), install_this(v), f->note.version);

    if (columns == 2)
        b = box_column((struct box){page.x, y, page.w, 0}, 2, 24, 1);
    else
        b.y = end + 24;
    int other = side(s, b, SAY(install_other_stick), install_name(v), f->spot);
    return other > end ? other : end;
}

void build_INSTALL_OTHER(struct scene *s, const struct view *v)
{
    const struct install_facts *f = &v->install.facts;
    const char *this = install_this(v), *name = install_name(v);
    const struct button list[] = {{.kind = BUTTON_MAIN,
                                   .id = "leave",
                                   .icon = "undo",
                                   .label = SAY_WITH(install_other_go, this),
                                   .action = DO(CLOSE, 0, 0)}};
    const char *const steps[] = {SAY_WITH(install_other_1, this), SAY_WITH(install_other_2, name, this)};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, NULL, 1);
    int y = page.y + 32;

    y = verdict(s, page.x, y, page.w,
                &(struct verdict){"usb", SAY(install_other_title), SAY(install_other_second), false, true}) +
        24;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = install_reminder(s, v, page.x, y, page.w);
    leaves_break(s, &l, y);

    y = names(s, v, page, y) + 24;
    leaves_break(s, &l, y);
    y = banner(s, page.x, y, page.w, f->note.unsent ? BANNER_WARN : BANNER_OK, "shield",
               f->note.unsent ? SAY_WITH(install_other_unsent, this, words_number(s, f->note.unsent))
                              : SAY_WITH(install_other_sent, this),
               SAY(install_other_untouched)) +
        24;
    leaves_break(s, &l, y);
    y = install_steps(s, v, &l, y, steps, 2) + 16;
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, hint(s, page.x, y, page.w, "info", SAY(install_other_note)));
    actions_draw(s, &row);
    frame_dock(s, v);
}
