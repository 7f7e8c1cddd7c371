/* SPDX-License-Identifier: Apache-2.0
 *
 * The logs: what is in them and what never is, who took them, and what became of the press.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/words.h"

#define GAP 20
#define ICON 44

struct side {
    const char *icon, *head, *text;
    enum token colour;
};

static int side(struct scene *s, const struct view *v, struct leaves *l, int y, const struct side *e)
{
    struct type head = type_coloured(TYPE(LABEL, BOLD, INK), e->colour), text = TYPE(BODY, REGULAR, INK);

    leaves_break(s, l, y);
    struct card c = card_open(s, l->area.x, y, l->area.w, &CARD_PLAIN);
    int at = c.in.y, x = c.in.x + ICON + 16;

    scene_icon(s, c.in.x, at + (scene_line(s, head) - ICON) / 2, ICON, e->icon, e->colour);
    at += scene_text(s, x, at, c.in.w - ICON - 16, head, e->head) + 6;
    at += scene_text(s, c.in.x, at, c.in.w, text, e->text);
    return card_close(s, &c, at) + GAP;
}

/* What became of it. */
static int outcome(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    const struct logs_facts *f = &v->staff.facts.logs;
    enum banner_kind kind = BANNER_WARN;
    const char *icon = "usb", *first = NULL, *rest = NULL;

    switch (f->state) {
    case LOGS_NOTHING:
        kind = BANNER_INFO;
        first = SAY(logs_put_in);
        rest = SAY(logs_put_in_do);
        break;
    case LOGS_WORKING:
        kind = BANNER_INFO;
        icon = "wait";
        first = SAY(logs_working);
        rest = SAY(logs_working_do);
        break;
    case LOGS_DONE:
        kind = BANNER_OK;
        icon = "ok";
        first = SAY_WITH(logs_done, words_number(s, f->kb));
        rest = SAY_WITH(logs_done_do, f->file);
        break;
    case LOGS_NO_STICK:
        first = SAY(logs_no_stick);
        rest = SAY(logs_no_stick_do);
        break;
    case LOGS_FULL:
        first = SAY(logs_full);
        rest = SAY(logs_full_do);
        break;
    case LOGS_BROKEN:
        icon = "alert";
        first = SAY(logs_broken);
        rest = SAY(logs_broken_do);
        break;
    case LOGS_NOBODY:
        icon = "alert";
        first = SAY(logs_nobody);
        rest = SAY(logs_nobody_do);
        break;
    }
    leaves_break(s, l, y);
    return banner(s, l->area.x, y, l->area.w, kind, icon, first, rest) + GAP;
}

void build_LOGS(struct scene *s, const struct view *v)
{
    bool working = v->staff.facts.logs.state == LOGS_WORKING;
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "back", .icon = "back", .label = SAY(ui_back), .action = DO(BACK, 0, 0)},
        {.kind = working ? BUTTON_SECOND : BUTTON_MAIN,
         .id = "logs-stick",
         .icon = "usb",
         .label = SAY(logs_stick),
         .off = working,
         .action = DO(STAFF_LOGS_STICK, 0, 0)}};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, (const int[]){1, 2}, 2);
    int y = page.y + 24;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_2, BOLD, INK), SAY(logs_title)) + 4;
    struct box in = {page.x, y, page.w, box_bottom(page) - y};
    struct leaves pages = leaves_begin(s, in);

    leaves_break(s, &pages, y);
    y += scene_text(s, page.x, y, page.w, TYPE(BODY, REGULAR, INK_2), SAY(logs_note)) + GAP;
    y = outcome(s, v, &pages, y);
    y = side(s, v, &pages, y, &(struct side){"ok", SAY(logs_in), SAY(logs_in_list), TOKEN_OK});
    y = side(s, v, &pages, y, &(struct side){"hidden", SAY(logs_never), SAY(logs_never_list), TOKEN_BAD});
    y = side(s, v, &pages, y,
             &(struct side){"info", SAY(logs_limits), SAY_WITH(logs_limits_list, v->staff.badge.id), TOKEN_INK});
    leaves_end(s, v, &pages, y);
    actions_draw(s, &row);
    frame_dock(s, v);
}
