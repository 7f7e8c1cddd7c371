/* SPDX-License-Identifier: Apache-2.0
 *
 * See trouble.h.
 */
#include "ui/screens/trouble.h"

#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/card.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/words.h"

#define FOOT 88
#define PICTURE_LEAST 360
#define ICON 40

static struct button more_time(const struct view *v)
{
    return (struct button){
        .kind = BUTTON_SMALL, .id = "more-time", .label = SAY(trouble_more), .icon = "clock", .action = DO(MORE_TIME, 0, 0)};
}

static const char *foot_words(struct scene *s, const struct view *v)
{
    return v->done.expired ? SAY(trouble_expired) : SAY_WITH(trouble_call, v->place->hotline);
}

static int foot_room(struct scene *s, const struct view *v, int w)
{
    struct button more = more_time(v);

    return w - ICON - 16 - (v->done.expired ? button_width(s, &more) + 24 : 0);
}

struct box trouble_foot(struct scene *s, const struct view *v, struct box *page)
{
    int h = scene_height(s, foot_room(s, v, page->w), TYPE(BODY, REGULAR, INK_2), foot_words(s, v));

    h = h > FOOT ? h : FOOT;
    page->h -= h;
    return (struct box){page->x, box_bottom(*page), page->w, h};
}

void trouble_foot_draw(struct scene *s, const struct view *v, struct box b)
{
    struct type t = TYPE(BODY, REGULAR, INK_2);
    struct button more = more_time(v);
    const char *text = foot_words(s, v);
    int room = foot_room(s, v, b.w), w = button_width(s, &more), high = button_height(s, w, &more);

    scene_icon(s, b.x, b.y + (b.h - ICON) / 2, ICON, v->done.expired ? "clock" : "phone", TOKEN_INK_2);
    scene_text(s, b.x + ICON + 16, b.y + (b.h - scene_height(s, room, t, text)) / 2, room, t, text);
    if (v->done.expired)
        button(s, (struct box){box_right(b) - w, b.y + (b.h - high) / 2, w, high}, &more);
}

int trouble_question(struct scene *s, int x, int y, int w, const char *question, const char *what)
{
    struct card c = card_open(s, x, y, w, &(struct card_style){36, 32, 24, TOKEN_SURFACE, false});
    int at = c.in.y;

    at += scene_text(s, c.in.x, at, c.in.w, TYPE(TITLE_2, BOLD, INK), question) + 8;
    at += scene_text(s, c.in.x, at, c.in.w, TYPE(BODY, REGULAR, INK), what);
    return card_close(s, &c, at);
}

int trouble_advice(struct scene *s, const struct view *v, struct leaves *l, int y, const struct advice *rows, int n)
{
    y += 36;
    leaves_break(s, l, y);
    y += scene_text(s, l->area.x, y, l->area.w, TYPE(LEAD, BOLD, INK), SAY(trouble_do)) + 12;
    return advice_card(s, v, l, y, rows, n);
}

void trouble_page(struct scene *s, const struct view *v, const struct trouble *t)
{
    const struct button retry = {.kind = BUTTON_MAIN, .id = "retry", .label = t->button, .action = DO(RETRY, 0, 0)};
    struct box page = frame_paper(s, v);
    struct button list[2];
    int n = 0;

    if (t->other)
        list[n++] = *t->other;
    if (t->button)
        list[n++] = retry;
    struct actions row = actions_take(s, &page, list, NULL, n);
    int y = verdict(s, page.x, page.y + 32, page.w, &(struct verdict){t->icon, t->title, t->second, false, true}) + 32;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = t->not_safe ? banner(s, page.x, y, page.w, BANNER_WARN, "info", t->safe, t->safe_note)
                    : safe_card(s, page.x, y, page.w, t->safe, t->safe_note);
    y = trouble_advice(s, v, &l, y, t->rows, t->n);
    y = leaves_end(s, v, &l, y) + 24;
    if (t->picture && s->own_pages == 1 && box_bottom(page) - y >= PICTURE_LEAST)
        card_picture(s, (struct box){page.x, y, page.w, box_bottom(page) - y}, t->picture);
    actions_draw(s, &row);
    frame_dock(s, v);
}

const char *trouble_safe_words(const struct view *v)
{
    return v->done.paper == DONE_APPLICATION   ? SAY(trouble_safe)
           : v->done.paper == DONE_SUPPLEMENT  ? SAY(trouble_safe_supplement)
           : v->done.paper == DONE_APPOINTMENT ? SAY(booked_safe)
                                               : SAY(trouble_safe_case);
}

const char *trouble_until(struct scene *s, const struct view *v)
{
    if (!v->done.promised.year)
        return NULL;
    const char *day = words_date_inline(s, v, v->done.promised);

    if (!v->done.provisional)
        return SAY_WITH(trouble_until, day);
    return v->done.provisional_year ? SAY_WITH(trouble_until_provisional, day, words_number(s, v->done.provisional_year))
                                    : SAY_WITH(trouble_until_clock, day);
}
