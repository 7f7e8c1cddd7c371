/* SPDX-License-Identifier: Apache-2.0
 *
 * See trouble.h.
 */
#include "ui/screens/trouble.h"

#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/card.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

#define FOOT 88
#define PICTURE_LEAST 360

int trouble_foot(struct scene *s, const struct view *v, struct box *page)
{
    page->h -= FOOT;
    return box_bottom(*page);
}

void trouble_foot_draw(struct scene *s, const struct view *v, int y)
{
    struct type t = TYPE(BODY, REGULAR, INK_2);
    struct button more = {
        .kind = BUTTON_SMALL, .id = "more-time", .label = SAY(trouble_more), .icon = "clock", .action = DO(MORE_TIME, 0, 0)};
    int w = s->env.screen.w - 2 * FRAME_MARGIN, x = FRAME_MARGIN;
    struct box b = {x + w - button_width(s, &more), y, button_width(s, &more), BUTTON_LEAST};
    const char *text = v->done.expired ? SAY(trouble_expired) : SAY_WITH(trouble_call, v->place->hotline);

    scene_icon(s, x, y + (FOOT - 40) / 2, 40, v->done.expired ? "clock" : "phone", TOKEN_INK_2);
    scene_text(s, x + 56, y + (FOOT - scene_line(s, t)) / 2, w - 56 - (v->done.expired ? b.w + 24 : 0), t, text);
    if (v->done.expired)
        button(s, b, &more);
}

int trouble_question(struct scene *s, int x, int y, int w, const char *question, const char *what)
{
    struct card c = card_open(s, x, y, w, &(struct card_style){36, 32, 24, TOKEN_SURFACE, false});
    int at = c.in.y;

    at += scene_text(s, c.in.x, at, c.in.w, TYPE(TITLE_2, BOLD, INK), question) + 8;
    at += scene_text(s, c.in.x, at, c.in.w, TYPE(BODY, REGULAR, INK), what);
    return card_close(s, &c, at);
}

int trouble_advice(struct scene *s, const struct view *v, int x, int y, int w, const struct advice *rows, int n)
{
    y += 36;
    y += scene_text(s, x, y, w, TYPE(LEAD, BOLD, INK), SAY(trouble_do)) + 12;
    return advice_card(s, x, y, w, rows, n);
}

void trouble_page(struct scene *s, const struct view *v, const struct trouble *t)
{
    struct box page = frame_paper(s, v), row = frame_actions(&page);
    int y = page.y + 32;

    y = verdict(s, page.x, y, page.w, &(struct verdict){t->icon, t->title, t->second, false, true}) + 32;
    y = t->not_safe ? banner(s, page.x, y, page.w, BANNER_WARN, "info", t->safe, t->safe_note)
                    : safe_card(s, page.x, y, page.w, t->safe, t->safe_note);
    y = trouble_advice(s, v, page.x, y, page.w, t->rows, t->n) + 24;
    if (t->picture && box_bottom(page) - y >= PICTURE_LEAST)
        card_picture(s, (struct box){page.x, y, page.w, box_bottom(page) - y}, t->picture);
    if (t->button)
        button(s, row, &(struct button){.kind = BUTTON_MAIN, .id = "retry", .label = t->button, .action = DO(RETRY, 0, 0)});
    frame_dock(s, v);
}

const char *trouble_until(struct scene *s, const struct view *v)
{
    if (!v->done.promised.year)
        return NULL;
    const char *day = words_date_inline(s, v, v->done.promised);

    return v->done.provisional ? SAY_WITH(trouble_until_provisional, day) : SAY_WITH(trouble_until, day);
}
