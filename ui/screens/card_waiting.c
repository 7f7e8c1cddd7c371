/* SPDX-License-Identifier: Apache-2.0
 *
 * Card: put it on. The picture of the terminal shows where, large. One that lies there already, from before, is lifted
 * first; and whoever sees nothing happen is told that lifting helps.
 */
#include "session/intent.h"
#include "ui/screens/card.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/words.h"

struct box card_head(struct scene *s, const struct view *v, const char *title, const char *second, int step)
{
    struct box page = frame_paper(s, v);
    int y = page.y + 32;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_1, BOLD, INK), title) + 4;
    y += scene_text(s, page.x, y, page.w, TYPE(LEAD, REGULAR, INK_2), second) + 28;
    if (step >= 0)
        y = card_steps(s, v, page.x, y, page.w, step) + 28;
    return (struct box){page.x, y, page.w, box_bottom(page) - 40 - y};
}

void card_picture(struct scene *s, struct box b, const char *name)
{
    card_box(s, b, &(struct card_style){0, 0, 24, TOKEN_SURFACE, false});
    scene_picture(s, b, 24, name);
}

/* From its place on the picture (assets/rules.mk) it goes up by ARROW_WAY and back, and stands still at its place. */
#define PICTURE_W 1000
#define PICTURE_H 1378
#define ARROW_WAY 20

static void arrow(struct scene *s, struct box b)
{
    struct box picture = box_centre(b, PICTURE_W, PICTURE_H);
    int up = s->env.raised ? ARROW_WAY : 0;

    scene_clip(s, b);
    scene_picture(s, (struct box){picture.x + 704, picture.y + 650 - up, 118, 148}, 0, "arrow");
    scene_clip(s, (struct box){0, 0, 0, 0});
}

struct box card_foot(struct scene *s, struct box rest, const char *icon, const char *text)
{
    struct type t = TYPE(BODY, REGULAR, INK);
    int h = scene_height(s, rest.w - 76, t, text);

    h = h > 56 ? h : 56;
    hint(s, rest.x, box_bottom(rest) - h, rest.w, icon, text);
    rest.h -= h + 28;
    return rest;
}

/* Whose cases are asked for may have their number alone. */
static struct box without_card(struct scene *s, const struct view *v, struct box rest)
{
    const struct button number = {.kind = BUTTON_SECOND,
                                  .id = "by-number",
                                  .label = SAY(card_by_number),
                                  .icon = "keypad",
                                  .action = DO(CASE_BY_NUMBER, 0, 0)};
    int high = button_height(s, rest.w, &number);

    rest.h -= high + 28;
    button(s, (struct box){rest.x, box_bottom(rest) + 28, rest.w, high}, &number);
    return rest;
}

void build_CARD_WAITING(struct scene *s, const struct view *v)
{
    bool lies = v->card.lies, again = v->card.slow && !lies;
    struct box rest = card_head(s, v,
                                lies              ? SAY(card_lies)
                                : v->card.cases   ? SAY(card_cases)
                                : v->card.booking ? SAY(card_booking)
                                                  : SAY(card_place),
                                lies ? SAY(card_lies_then) : SAY(card_place_where), 0);

    if (v->card.cases)
        rest = without_card(s, v, rest);
    rest = again ? card_foot(s, rest, "info", SAY(card_place_again))
                 : card_foot(s, rest, "hidden",
                             v->card.cases     ? SAY(card_cases_why)
                             : v->card.booking ? SAY(card_booking_why)
                                               : SAY(card_place_why));
    card_picture(s, rest, lies ? "lift" : "card");
    if (!lies)
        arrow(s, rest);
    frame_dock(s, v);
}
