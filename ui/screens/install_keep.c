/* SPDX-License-Identifier: Apache-2.0
 *
 * The machine has a system of ours: its records stay, whatever is not delivered, and whoever wants to let the old system
 * deliver them first takes the stick out. There is no button here that erases anything.
 */
#include <stddef.h>

#include "ui/screens/install.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"

static const char *title(struct scene *s, const struct view *v)
{
    const struct install_facts *f = &v->install.facts;

    return !f->note.known   ? SAY(install_keep_title_unknown)
           : f->note.unsent ? SAY_WITH(install_keep_title, words_number(s, f->note.unsent))
                            : SAY(install_keep_title_none);
}

/* There is a count to be named. */
static bool counted(const struct view *v)
{
    return v->install.facts.note.known && v->install.facts.note.unsent > 0;
}

static int who(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct install_facts *f = &v->install.facts;
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    const char *labels[] = {SAY(install_this), SAY(install_stick)};
    int column = pair_column(s, labels, 2), at = c.in.y;

    at += pair_draw(s, c.in.x, at, c.in.w,
                    &(struct pair){"this", labels[0],
                                   *f->note.terminal ? SAY_WITH(install_this_value, install_this(v), f->note.version)
                                   : f->note.known   ? SAY(install_this_never)
                                                     : SAY(install_this_unknown),
                                   column, false, true}) +
          8;
    at += pair_draw(
        s, c.in.x, at, c.in.w,
        &(struct pair){"stick", labels[1],
                       SAY_WITH(install_stick_value, f->sheet ? install_name(v) : SAY(install_nameless), f->version), column,
                       false, true});
    return card_close(s, &c, at);
}

static int what(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct install_row rows[] = {
        {"slot", SAY_WITH(install_system, v->install.facts.version), SAY(install_system_note), false, CHIP_MARK, "sync",
         SAY(install_change)},
        {"storage", SAY(install_records), SAY(install_records_kept), true, CHIP_OK, "shield", SAY(install_records_note)}};
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    int at = c.in.y - 12;

    for (int i = 0; i < 2; i++) {
        if (i)
            hairline(s, c.in.x, at, c.in.w);
        at = install_row(s, (struct box){c.in.x, at, c.in.w, 0}, &rows[i]);
    }
    return card_close(s, &c, at - 12);
}

void build_INSTALL_KEEP(struct scene *s, const struct view *v)
{
    const char *count = words_number(s, v->install.facts.note.unsent);
    const struct button go[] = {{.kind = BUTTON_MAIN,
                                 .id = "go",
                                 .icon = "shield",
                                 .label = counted(v) ? SAY_WITH(install_keep_go_n, count) : SAY(install_keep_go),
                                 .action = DO(START, 0, 0)}},
                        leave[] = {{.kind = BUTTON_SECOND,
                                    .id = "leave",
                                    .icon = "back",
                                    .label = SAY(install_keep_leave),
                                    .action = DO(CLOSE, 0, 0)}};
    struct box page = frame_paper(s, v);
    struct actions below = actions_take(s, &page, go, NULL, 1), above = actions_take(s, &page, leave, NULL, 1);
    int y = page.y + 32;

    y = verdict(s, page.x, y, page.w, &(struct verdict){"cases", title(s, v), SAY(install_keep_second), false, true}) + 24;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = install_reminder(s, v, page.x, y, page.w);
    leaves_break(s, &l, y);

    y = safe_card(s, page.x, y, page.w, counted(v) ? SAY_WITH(install_kept_n, count) : SAY(install_kept),
                  SAY(install_kept_note));
    leaves_break(s, &l, y + 24);
    y = who(s, v, page, y + 24);
    leaves_break(s, &l, y + 24);
    leaves_end(s, v, &l, what(s, v, page, y + 24));
    actions_draw(s, &above);
    actions_draw(s, &below);
    frame_dock(s, v);
}
