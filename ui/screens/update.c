/* SPDX-License-Identifier: Apache-2.0
 *
 * The system is being updated: until about when, that nothing is lost, and where else. Said in both languages, for nobody
 * can choose one here.
 */
#include <stddef.h>

#include "ui/screens/outage.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define MINUTE_MS 60000

/* Minutes until it is back, and when; over its time it promises nothing. */
static const char *back(struct scene *s, const struct view *v)
{
    int64_t at = v->update.began_ms + UPDATE_USUAL_MS, left = (at - v->now_ms + MINUTE_MS - 1) / MINUTE_MS;

    if (left < 1)
        return SAY(update_slow);
    return SAY_WITH(update_back, words_number(s, (int)left), words_time(s, at));
}

static int done_percent(const struct view *v)
{
    int64_t gone = v->now_ms - v->update.began_ms;

    return gone < 0 ? 0 : gone > UPDATE_USUAL_MS ? 96 : (int)(96 * gone / UPDATE_USUAL_MS);
}

/* On this ground the lamp's colour fills it. */
static void progress(struct scene *s, struct box b, int percent)
{
    int full = b.w * percent / 100;

    scene_rect(s, b, b.h / 2, TOKEN_PRIMARY);
    scene_rect(s, (struct box){b.x, b.y, full < b.h ? b.h : full, b.h}, b.h / 2, TOKEN_GLOW);
}

static int content(struct scene *s, const struct view *v, struct box page, int y, int most)
{
    y = safe_card(s, page.x, y, page.w, SAY(update_safe), SAY(update_safe_note)) + 24;
    return places_card(s, v, page, y, SAY(update_go), most);
}

/* At the foot; the y above. What has passed is not promised in any language, and the largest words leave no room. */
static int other_language(struct scene *s, const struct view *v, struct box page)
{
    const int64_t at = v->update.began_ms + UPDATE_USUAL_MS;
    const char *first = at > v->now_ms ? SAY_WITH(update_other, words_time(s, at)) : NULL;
    struct type big = TYPE(BODY, BOLD, ON_NIGHT), small = TYPE(BODY, REGULAR, ON_NIGHT_2);

    if (v->settings.size == SIZE_LARGEST)
        return box_bottom(page);
    int high = (first ? scene_height(s, page.w, big, first) : 0) + scene_height(s, page.w, small, SAY(update_other_safe));
    int y = box_bottom(page) - 40 - high, line = y - 32;

    hairline(s, page.x, line, page.w);
    if (first)
        y += scene_text(s, page.x, y, page.w, big, first);
    scene_text(s, page.x, y, page.w, small, SAY(update_other_safe));
    return line;
}

void build_UPDATE(struct scene *s, const struct view *v)
{
    struct box page = frame_night(s, v, true, false);
    bool large = v->settings.size >= SIZE_LARGER;
    int y = page.y + (large ? 32 : 56), most = VIEW_PLACES_MAX, floor;

    if (!large) {
        plate(s, (struct box){page.x, y, 128, 128}, 32, TOKEN_GLOW, "sync", 88, TOKEN_ON_GLOW);
        y += 128 + 40;
    }
    y += scene_title(s, page.x, y, page.w, TYPE(DISPLAY, BOLD, ON_NIGHT), SAY(update_title)) + 12;
    y += scene_text(s, page.x, y, page.w, TYPE(TITLE_1, BOLD, ON_NIGHT), back(s, v)) + 28;
    progress(s, (struct box){page.x, y, page.w, 24}, done_percent(v));
    y += 24 + 20;
    y += scene_text(s, page.x, y, page.w, TYPE(LEAD, REGULAR, ON_NIGHT_2),
                    v->update.restarting ? SAY(update_restarting) : SAY(update_installing)) +
         36;
    floor = other_language(s, v, page);
    struct scene_place before = scene_place(s);

    while (content(s, v, page, y, most) > floor - 24 && most > 1) {
        scene_take_back(s, before);
        most--;
    }
}
