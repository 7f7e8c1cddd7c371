/* SPDX-License-Identifier: Apache-2.0
 *
 * The first page of a stick that installs itself, on a machine where nothing is lost: what this machine becomes, the words
 * of the sheet, what it is like, and one button. Before anything is known it says that it looks.
 */
#include "ui/screens/install.h"

#include <stddef.h>

#include "model/sheet_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"

static int words(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    struct type head = TYPE(BODY, BOLD, INK), t = type_aligned(TYPE(LEAD, BOLD, INK), ALIGN_CENTRE);
    const char *list[SHEET_WORDS];
    int at = c.in.y, columns = SHEET_WORDS;

    sheet_words(v->install.facts.words, v->settings.language, list);
    for (int i = 0; i < SHEET_WORDS; i++)
        if (scene_width(s, t, list[i]) > box_column(c.in, SHEET_WORDS, 16, 0).w - 16)
            columns = 2;
    at += scene_text(s, c.in.x, at, c.in.w, head, SAY(install_words)) + 16;
    for (int i = 0; i < SHEET_WORDS; i++) {
        int high = scene_line(s, t) + 24;
        struct box b = box_column((struct box){c.in.x, at + i / columns * (high + 16), c.in.w, high}, columns, 16,
                                  i % columns);

        scene_frame(s, b, 16, TOKEN_SUNK, s->env.contrast ? TOKEN_EDGE : TOKEN_SUNK, 3);
        scene_line_in(s, b, t, list[i]);
        scene_node(s, NODE_TEXT, "", b, list[i]);
    }
    return card_close(s, &c, at + SHEET_WORDS / columns * (scene_line(s, t) + 40) - 16);
}

static int machine(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct install_facts *f = &v->install.facts;
    const struct install_row rows[] = {{"storage", SAY(install_empty),
                                        SAY_WITH(install_empty_note, install_size(s, f->disk)), true, CHIP_OK, "ok",
                                        SAY(install_safe)},
                                       {"lock", SAY(install_chip), f->chip ? SAY(install_chip_yes) : SAY(install_chip_no),
                                        f->chip, f->chip ? CHIP_OK : CHIP_PLAIN, f->chip ? "ok" : "info",
                                        f->chip ? SAY(install_chip_good) : SAY(install_chip_none)}};
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);
    int at = c.in.y - 12;

    for (int i = 0; i < 2; i++) {
        if (i)
            hairline(s, c.in.x, at, c.in.w);
        at = install_row(s, (struct box){c.in.x, at, c.in.w, 0}, &rows[i]);
    }
    return card_close(s, &c, at - 12);
}

static void looking(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    int y = page.y + 48;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_1, BOLD, INK), SAY(install_looking)) + 8;
    scene_text(s, page.x, y, page.w, TYPE(LEAD, REGULAR, INK_2), SAY(install_looking_note));
    frame_dock(s, v);
}

static struct actions main_buttons(struct scene *s, const struct view *v, struct box *page)
{
    static const int share[] = {1, 2};
    const struct install_facts *f = &v->install.facts;
    const struct button list[] = {{.kind = BUTTON_SECOND, .id = "off", .label = SAY(install_off), .action = DO(END, 0, 0)},
                                  {.kind = BUTTON_MAIN,
                                   .id = "go",
                                   .label = f->sheet ? SAY_WITH(install_go, install_name(v)) : SAY(install_go_nameless),
                                   .action = DO(START, 0, 0)}};

    return actions_take(s, page, list, share, 2);
}

void build_INSTALL(struct scene *s, const struct view *v)
{
    const struct install_facts *f = &v->install.facts;

    if (!*f->version) {
        looking(s, v);
        return;
    }
    struct box page = frame_paper(s, v);
    struct actions row = main_buttons(s, v, &page);
    int y = page.y + 24;

    y += scene_text(s, page.x, y, page.w, TYPE(LEAD, REGULAR, INK_2), SAY(install_becomes));
    y = install_big(s, page.x, y, page.w, TOKEN_INK, f->sheet ? install_name(v) : SAY(install_nameless));
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});
    y += scene_text(s, page.x, y, page.w, TYPE(LEAD, REGULAR, INK), f->sheet ? f->spot : SAY(install_nameless_note));
    if (f->sheet) {
        leaves_break(s, &l, y + 24);
        y = words(s, v, page, y + 24);
    }
    leaves_break(s, &l, y + 24);
    y = machine(s, v, page, y + 24);
    leaves_break(s, &l, y + 24);
    y = banner(s, page.x, y + 24, page.w, BANNER_INFO, "usb", SAY(install_once), NULL);
    leaves_break(s, &l, y + 16);
    y = hint(s, page.x, y + 16, page.w, "info", SAY(install_dead));
    leaves_end(s, v, &l, y);
    actions_draw(s, &row);
    frame_dock(s, v);
}
