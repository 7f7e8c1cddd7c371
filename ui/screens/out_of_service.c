/* SPDX-License-Identifier: Apache-2.0
 *
 * Out of service: why, where else, that what was handed in is safe, and the guides for whoever is here already.
 */
#include <stddef.h>

#include "base/clock.h"
#include "ui/screens/outage.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/queue_times.h"
#include "ui/widgets/words.h"

#define PLACE 132

const char *outage_short(const struct view *v, enum outage_reason r)
{
    switch (r) {
    case OUTAGE_SUPPLIES:
        return SAY(outage_supplies);
    case OUTAGE_POWER:
        return SAY(outage_power);
    case OUTAGE_CLOSED:
        return SAY(outage_closed);
    case OUTAGE_MOVE:
        return SAY(outage_move);
    case OUTAGE_REPAIR:
    case OUTAGE_REASONS:
        break;
    }
    return SAY(outage_repair);
}

static const char *sentence(const struct view *v, enum outage_reason r)
{
    switch (r) {
    case OUTAGE_SUPPLIES:
        return SAY(outage_supplies_says);
    case OUTAGE_POWER:
        return SAY(outage_power_says);
    case OUTAGE_CLOSED:
        return SAY(outage_closed_says);
    case OUTAGE_MOVE:
        return SAY(outage_move_says);
    case OUTAGE_REPAIR:
    case OUTAGE_REASONS:
        break;
    }
    return SAY(outage_repair_says);
}

const char *outage_clause(const struct view *v)
{
    switch (v->out_reason) {
    case OUT_STAFF:
        return sentence(v, v->out.reason);
    case OUT_JOURNAL:
        return SAY(reading_journal);
    case OUT_STORAGE:
    case OUT_CATALOGUE:
    case OUT_CATALOGUE_CUT:
    case OUT_STARTING:
        break;
    }
    return SAY(reading_storage);
}

/* "22:58", with what tells the day when it is not today. */
static const char *moment(struct scene *s, const struct view *v, int64_t ms)
{
    struct date d = date_of_ms(ms);
    int64_t days = date_to_days(d) - date_to_days(date_of_ms(v->now_ms));

    if (days == 0)
        return SAY_WITH(outage_today, words_time(s, ms));
    if (days == 1)
        return SAY_WITH(outage_tomorrow, words_time(s, ms));
    return SAY_WITH(outage_day, words_number(s, d.month), words_number(s, d.day), words_time(s, ms));
}

const char *outage_until(struct scene *s, const struct view *v, int64_t until_ms)
{
    return until_ms ? moment(s, v, until_ms) : SAY(outage_unknown);
}

/* Why, since when, and until when: a time that has passed is not promised any more. */
static const char *outage(struct scene *s, const struct view *v)
{
    const char *until = !v->out.until_ms              ? SAY(outage_until_unknown)
                        : v->out.until_ms < v->now_ms ? SAY_WITH(outage_until_over, moment(s, v, v->out.until_ms))
                                                      : SAY_WITH(outage_until, moment(s, v, v->out.until_ms));

    return SAY_WITH(outage_says, moment(s, v, v->out.since_ms), sentence(v, v->out.reason), until);
}

static const char *reason(struct scene *s, const struct view *v)
{
    switch (v->out_reason) {
    case OUT_JOURNAL:
        return SAY(out_journal);
    case OUT_STORAGE:
        return SAY(out_storage);
    case OUT_CATALOGUE:
        return SAY(out_catalogue);
    case OUT_CATALOGUE_CUT:
        return SAY(out_catalogue_cut);
    case OUT_STAFF:
        return outage(s, v);
    case OUT_STARTING:
        break;
    }
    return SAY(out_starting);
}

static int place(struct scene *s, struct box row, const char *icon, const char *name, const char *note)
{
    struct type big = TYPE(LEAD, BOLD, INK), small = TYPE(BODY, REGULAR, INK_2);
    int x = row.x + 56 + 24, w = row.w - 80, h = scene_height(s, w, big, name) + scene_height(s, w, small, note);
    int high = h + 30 > PLACE ? h + 30 : PLACE, y = row.y + (high - h) / 2;

    scene_icon(s, row.x, row.y + (high - 56) / 2, 56, icon, TOKEN_PRIMARY);
    y += scene_text(s, x, y, w, big, name);
    scene_text(s, x, y, w, small, note);
    return row.y + high;
}

struct where {
    const char *icon, *name, *note;
};

/* Of a counter that is closed now: until when. */
static struct where where(struct scene *s, const struct view *v, bool window, const char *name, const char *note)
{
    const char *from = window ? queue_windows_from(s, v) : NULL;

    return (struct where){window ? "hall" : "terminal", name, from ? SAY_WITH(out_window_from, note, from) : note};
}

/* The nearest first, but what can be used now before what opens later; where the catalogue names none, what there is
 * everywhere. Returns how many. */
static int list_places(struct scene *s, const struct view *v, struct where rows[VIEW_PLACES_MAX])
{
    bool closed = queue_windows_from(s, v) != NULL;
    int n = 0;

    for (int later = 0; later <= closed; later++)
        for (int i = 0; i < v->n_places; i++) {
            const struct view_place *p = &v->places[i];

            if (!closed || p->window == later)
                rows[n++] = where(s, v, p->window, words_either(s, v, p->name, p->name_en),
                                  words_either(s, v, p->note, p->note_en));
        }
    if (n)
        return n;
    rows[0] = where(s, v, false, SAY(out_terminal), SAY(out_terminal_do));
    rows[1] = where(s, v, true, SAY(out_window), SAY(out_window_do));
    return 2;
}

int places_card(struct scene *s, const struct view *v, struct box page, int y, const char *title, int most)
{
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){36, 28, 32, TOKEN_SURFACE, true});
    struct where rows[VIEW_PLACES_MAX + 1];
    int n = list_places(s, v, rows), at = c.in.y;

    n = n < most ? n : most;
    rows[n++] = (struct where){"phone", SAY(out_call), SAY_WITH(out_call_do, v->place->hotline)};
    at += scene_text(s, c.in.x, at, c.in.w, TYPE(TITLE_2, BOLD, INK), title) + 4;
    for (int i = 0; i < n; i++) {
        if (i)
            hairline(s, c.in.x, at, c.in.w);
        at = place(s, (struct box){c.in.x, at, c.in.w, 0}, rows[i].icon, rows[i].name, rows[i].note);
    }
    return card_close(s, &c, at - 8);
}

/* Below the reason; the guides are offered where there is a catalogue. Returns the y below. */
static int content(struct scene *s, const struct view *v, struct box page, int y, int most)
{
    const struct button guides = {
        .kind = BUTTON_NIGHT, .id = "guides", .label = SAY(out_guides), .icon = "guide", .action = DO(GUIDES, 0, 0)};

    y = places_card(s, v, page, y, SAY(out_go), most) + 24;
    if (v->out_reason == OUT_JOURNAL) /* what the hall has not told of yet may be among what was lost */
        y = safe_card(s, page.x, y, page.w, SAY(out_journal_safe), SAY_WITH(out_journal_safe_note, v->place->hotline));
    else
        y = safe_card(s, page.x, y, page.w, SAY(out_safe), SAY(out_safe_note));
    if (!v->health.catalogue)
        return y;
    struct box b = {page.x, y + 24, page.w, button_height(s, page.w, &guides)};

    button(s, b, &guides);
    return box_bottom(b);
}

/* There is no second page on this ground: large words leave room for fewer places. */
void build_OUT_OF_SERVICE(struct scene *s, const struct view *v)
{
    struct box page = frame_night(s, v, true, true);
    struct type title = TYPE(DISPLAY, BOLD, ON_NIGHT);
    bool large = v->settings.size >= SIZE_LARGER; /* then the words need the icon's room */
    int y = page.y + (large ? 32 : 72), most = VIEW_PLACES_MAX;

    if (!large) {
        plate(s, (struct box){page.x, y, 128, 128}, 32, TOKEN_GLOW, "tools", 88, TOKEN_ON_GLOW);
        y += 128 + 32;
    }
    y += scene_title(s, page.x, y, page.w, title, SAY(out_title)) + 12;
    y += scene_text(s, page.x, y, page.w, TYPE(LEAD, REGULAR, ON_NIGHT_2), reason(s, v)) + (large ? 32 : 56);
    struct scene_place before = scene_place(s);

    while (content(s, v, page, y, most) > box_bottom(page) - 24 && most > 1) {
        scene_take_back(s, before);
        most--;
    }
    frame_dock(s, v);
}
