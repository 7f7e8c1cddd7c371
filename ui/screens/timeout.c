/* SPDX-License-Identifier: Apache-2.0
 *
 * Time-out: covers the page, since the next person may already stand there. The big button is more time.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

#define FULL_SECONDS 45
#define DISC 500
#define RING 428
#define DISC_LEAST 330

/* With large text below, the disc is as large as what is left. */
static void countdown(struct scene *s, const struct view *v, struct box room)
{
    int side = room.h - 16 < DISC ? room.h - 16 : DISC, rim = side * RING / DISC;
    struct box disc = box_centre(room, side, side), ring = box_centre(room, rim, rim);
    struct type big = type_aligned(TYPE(COUNT_DOWN, BOLD, ON_NIGHT), ALIGN_CENTRE);
    struct type small = type_aligned(TYPE(COUNT_UNIT, REGULAR, ON_NIGHT_2), ALIGN_CENTRE);
    int high = scene_line(s, big) - 24 + scene_line(s, small), y = disc.y + (disc.h - high) / 2 - 8;

    if (side < DISC_LEAST)
        return; /* the sheet says the seconds too */
    scene_rect(s, disc, side / 2, TOKEN_NIGHT_3);
    scene_ring(s, ring, 36, TOKEN_PRIMARY_DEEP, 1000);
    scene_ring(s, ring, 36, TOKEN_GLOW, v->timeout.seconds * 1000 / FULL_SECONDS);
    y += scene_draw(s, disc.x, y, disc.w, big, words_number(s, v->timeout.seconds)) - 24;
    scene_draw(s, disc.x, y, disc.w, small, SAY(timeout_seconds));
}

static int sheet(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){48, 48, 32, TOKEN_SURFACE, true});
    bool typed = !v->timeout.nothing_typed;
    const char *seconds = words_number(s, v->timeout.seconds);
    const struct button more = {.kind = BUTTON_URGE,
                                .id = "more-time",
                                .label = typed ? SAY(timeout_more_typed) : SAY(timeout_more),
                                .action = DO(MORE_TIME, 0, 0)};
    const struct button leave = {.kind = BUTTON_SECOND,
                                 .id = "leave",
                                 .label = typed ? SAY(timeout_leave_typed) : SAY(timeout_leave),
                                 .action = DO(END_YES, 0, 0)};
    int at = c.in.y, more_h = button_height(s, c.in.w, &more), leave_h = button_height(s, c.in.w, &leave);

    at += scene_title(s, c.in.x, at, c.in.w, TYPE(TITLE_1, BOLD, INK), SAY(timeout_title)) + 8;
    at += scene_text(s, c.in.x, at, c.in.w, TYPE(LEAD, REGULAR, INK),
                     typed ? SAY_WITH(timeout_typed, seconds) : SAY_WITH(timeout_plain, seconds)) +
          40;
    button(s, (struct box){c.in.x, at, c.in.w, more_h}, &more);
    at += more_h + 24;
    button(s, (struct box){c.in.x, at, c.in.w, leave_h}, &leave);
    return card_close(s, &c, at + leave_h);
}

void build_TIMEOUT(struct scene *s, const struct view *v)
{
    struct box page = frame_night(s, v, true, false);
    struct scene_place before = scene_place(s);
    int bottom = box_bottom(page) - 64;
    int high = sheet(s, v, page, 0);

    /* its height is known now: the sheet stands at the lower end, within everybody's reach */
    scene_take_back(s, before);
    countdown(s, v, (struct box){page.x, page.y, page.w, bottom - high - page.y});
    sheet(s, v, page, bottom - high);
}
