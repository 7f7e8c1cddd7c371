/* SPDX-License-Identifier: Apache-2.0
 *
 * The result card and the four marks (四办). Names of items are long: the card grows, the name is never cut.
 */
#include <stddef.h>

#include "base/text.h"
#include "ui/widgets/card.h"
#include "ui/widgets/tile.h"
#include "ui/widgets/words.h"

#define PAD_X 28
#define PAD_Y 32
#define SHORT_NAME 20 /* characters; longer ones are set smaller and send the state chip down */

static bool short_name(const struct item_row *row)
{
    return utf8_count(row->name) <= SHORT_NAME;
}

static struct type name_type(const struct item_row *row)
{
    return short_name(row) ? TYPE(RESULT, MEDIUM, INK) : TYPE(LABEL, MEDIUM, INK);
}

/* Room for the chip, at the widest of its texts. */
static int name_width(int w, const struct item_row *row)
{
    return w - 2 * PAD_X - (short_name(row) ? 220 : 0);
}

int result_height(const struct scene *s, int w, const struct item_row *row, bool brief)
{
    int h = 2 * PAD_Y + scene_height(s, name_width(w, row), name_type(row), row->name) + 8 +
            type_line(TYPE_SMALL, s->env.size);

    return brief && short_name(row) ? h : h + 16 + CHIP_HEIGHT;
}

int marks_draw(struct scene *s, const struct view *v, int x, int y, struct marks m)
{
    const struct {
        bool has;
        const char *icon, *text;
    } all[] = {{m.on_the_spot, "instant", SAY(ui_mark_on_the_spot)},
               {m.online, "online", SAY(ui_mark_online)},
               {m.nearby, "nearby", SAY(ui_mark_nearby)},
               {m.one_visit, "once", SAY(ui_mark_one_visit)}};

    for (int i = 0; i < 4; i++)
        if (all[i].has)
            x += chip(s, x, y, 0, CHIP_MARK, all[i].icon, all[i].text) + 12;
    return x;
}

static int state_chip(struct scene *s, const struct view *v, int x, int y, const struct item_row *row, bool right)
{
    const char *text = row->terminal ? SAY(ui_here) : SAY(ui_at_window);

    if (right)
        x -= chip_width(s, text);
    return chip(s, x, y, 0, row->terminal ? CHIP_OK : CHIP_WARN, row->terminal ? "ok" : "nearby", text);
}

static const char *result_days(struct scene *s, const struct view *v, const struct item_row *row)
{
    if (row->promise_day <= 0)
        return SAY(ui_done_at_once);
    return SAY_WITH(ui_done_in, words_days(s, v, row->promise_day, row->promise_unit));
}

/* Department, days, fee; returns them as words for the voice. */
static const char *facts(struct scene *s, const struct view *v, int x, int y, const struct item_row *row)
{
    struct type small = TYPE(SMALL, REGULAR, INK_2), strong = TYPE(SMALL, BOLD, INK);
    const char *days = result_days(s, v, row), *fee = words_fee(s, v, row->fee_cent);
    int gap = 28;

    scene_draw(s, x, y, 500, small, row->dept_name);
    x += scene_width(s, small, row->dept_name) + gap;
    scene_draw(s, x, y, 400, strong, days);
    x += scene_width(s, strong, days) + gap;
    scene_draw(s, x, y, 300, small, fee);
    return SAY_WITH(ui_result_words, row->name, row->terminal ? SAY(ui_here) : SAY(ui_at_window), days, fee);
}

void result_card(struct scene *s, const struct view *v, struct box b, const struct item_row *row, bool brief, const char *id,
                 struct node_action action)
{
    bool down = scene_pressed(s, id);
    int x = b.x + PAD_X, y = b.y + PAD_Y;

    card_box(s, b, &(struct card_style){0, 0, 24, down ? TOKEN_SUNK : TOKEN_SURFACE, down});
    y += scene_draw(s, x, y, name_width(b.w, row), name_type(row), row->name) + 8;
    const char *words = facts(s, v, x, y, row);

    y += type_line(TYPE_SMALL, s->env.size) + 16;
    if (short_name(row))
        state_chip(s, v, box_right(b) - PAD_X, b.y + PAD_Y + 2, row, true);
    else
        x += state_chip(s, v, x, y, row, false) + 12;
    if (!brief)
        marks_draw(s, v, x, y, (struct marks){row->on_the_spot, row->online, row->nearby, row->one_visit});
    struct node *n = scene_target(s, NODE_BUTTON, id, b, row->name, action);

    n->words = words;
    n->value = scene_keep(s, row->terminal ? SAY(ui_here) : SAY(ui_at_window));
}
