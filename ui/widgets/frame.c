/* SPDX-License-Identifier: Apache-2.0
 *
 * See frame.h. Header and dock keep their size at every size of type.
 */
#include "ui/widgets/frame.h"

#include <stdio.h>

#include "session/intent.h"
#include "ui/widgets/words.h"

#define MARK 56
#define DOCK_BUTTON 104
#define DOCK_ICON 44

static void header_place(struct scene *s, const struct view *v, bool night)
{
    struct type name = TYPE(HEAD_NAME, BOLD, INK), place = TYPE(HEAD_NOTE, REGULAR, INK_2);
    int x = FRAME_MARGIN + MARK + 16, y = (FRAME_HEADER - 2 - 74) / 2, w = s->env.screen.w * 6 / 10;
    const char *where = SAY_WITH(ui_place, v->place->spot, v->place->device);

    scene_picture(s, (struct box){FRAME_MARGIN, (FRAME_HEADER - MARK) / 2, MARK, MARK}, 0, night ? "mark-night" : "mark");
    scene_draw(s, x, y, w, night ? type_coloured(name, TOKEN_ON_NIGHT) : name, v->place->zone);
    scene_draw(s, x, y + 40, w, night ? type_coloured(place, TOKEN_ON_NIGHT_2) : place, where);
}

static void header_clock(struct scene *s, const struct view *v, bool night)
{
    struct type time = TYPE(HEAD_TIME, BOLD, INK), date = TYPE(HEAD_NOTE, REGULAR, INK_2);
    int w = 360, x = s->env.screen.w - FRAME_MARGIN - w, y = (FRAME_HEADER - 2 - 76) / 2;

    time = type_aligned(night ? type_coloured(time, TOKEN_ON_NIGHT) : time, ALIGN_RIGHT);
    date = type_aligned(night ? type_coloured(date, TOKEN_ON_NIGHT_2) : date, ALIGN_RIGHT);
    scene_draw(s, x, y, w, time, words_time(s, v->now_ms));
    scene_draw(s, x, y + 42, w, date, words_date(s, v, date_of_ms(v->now_ms)));
}

struct box frame_paper(struct scene *s, const struct view *v)
{
    struct box all = s->env.screen, head = {0, 0, all.w, FRAME_HEADER};

    scene_rect(s, all, 0, TOKEN_PAPER);
    scene_rect(s, head, 0, TOKEN_SURFACE);
    scene_rect(s, (struct box){0, FRAME_HEADER - 2, all.w, 2}, 0, TOKEN_LINE);
    header_place(s, v, false);
    header_clock(s, v, false);
    return (struct box){FRAME_MARGIN, FRAME_HEADER, all.w - 2 * FRAME_MARGIN, all.h - FRAME_HEADER - FRAME_DOCK};
}

struct box frame_paper_whole(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);

    page.h += FRAME_DOCK;
    return page;
}

struct box frame_night(struct scene *s, const struct view *v, bool clock)
{
    struct box all = s->env.screen;

    scene_rect(s, all, 0, TOKEN_PRIMARY_DEEP);
    header_place(s, v, true);
    if (clock)
        header_clock(s, v, true);
    return (struct box){FRAME_MARGIN, FRAME_HEADER, all.w - 2 * FRAME_MARGIN, all.h - FRAME_HEADER};
}

struct box frame_actions(struct box *page)
{
    page->h -= FRAME_ACTIONS;
    return (struct box){page->x, box_bottom(*page) + 24, page->w, FRAME_ACTIONS - 48};
}

static int dock_button(struct scene *s, int x, int y, const char *id, const char *icon, const char *label, int intent)
{
    struct type t = TYPE(BODY, MEDIUM, INK);
    struct box b = {x, y, 18 + DOCK_ICON + 12 + scene_width(s, t, label) + 22, DOCK_BUTTON};

    scene_frame(s, b, 16, scene_pressed(s, id) ? TOKEN_SUNK : TOKEN_SURFACE, TOKEN_EDGE, s->env.contrast ? 4 : 2);
    scene_icon(s, b.x + 20, b.y + (b.h - DOCK_ICON) / 2, DOCK_ICON, icon, TOKEN_INK);
    scene_line_in(s, (struct box){b.x + 76, b.y, b.w - 76, b.h}, t, label);
    scene_target(s, NODE_BUTTON, id, b, label, (struct node_action){intent, 0, 0});
    return box_right(b) + 12;
}

void frame_dock(struct scene *s, const struct view *v)
{
    struct box all = s->env.screen, dock = {0, all.h - FRAME_DOCK, all.w, FRAME_DOCK};
    int x = FRAME_MARGIN, y = dock.y + 2 + (FRAME_DOCK - 2 - DOCK_BUTTON) / 2;

    scene_rect(s, dock, 0, TOKEN_SURFACE);
    scene_rect(s, (struct box){0, dock.y, all.w, 2}, 0, TOKEN_LINE);
    x = dock_button(s, x, y, "end", "exit", SAY(ui_end), INTENT_END);
    if (v->can_back)
        dock_button(s, x, y, "back", "back", SAY(ui_back), INTENT_BACK);
}
