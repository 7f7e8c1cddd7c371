/* SPDX-License-Identifier: Apache-2.0
 *
 * See frame.h. Header and dock keep their size at every size of type.
 */
#include "ui/widgets/frame.h"
#include "ui/widgets/fit.h"

#include <stdio.h>

#include "session/intent.h"
#include "ui/widgets/words.h"

#define MARK 56
#define HEADER_CLOCK 360
#define LARGE_CLOCK 200
#define DOCK_BUTTON 104
#define DOCK_ICON 44

/* The card pages and the form say it themselves, with more room. */
static bool says_card_itself(const struct view *v)
{
    return (v->screen == SCREEN_CARD_WAITING && v->card.lies) || v->screen == SCREEN_CARD_READING ||
           v->screen == SCREEN_CARD_REMOVE || v->screen == SCREEN_TROUBLE_CARD || v->screen == SCREEN_FORM ||
           v->screen == SCREEN_REVIEW;
}

/* A card left on the reader: on every page, in the place that tells, without moving anything. */
static void header_card(struct scene *s, const struct view *v)
{
    struct type first = TYPE(HEAD_NAME, BOLD, ON_GLOW), rest = TYPE(HEAD_NOTE, MEDIUM, ON_GLOW);
    struct box b = {0, 0, s->env.screen.w - FRAME_MARGIN - HEADER_CLOCK - 12, FRAME_HEADER - 2};
    int x = FRAME_MARGIN + MARK + 16, w = b.w - x, y = (FRAME_HEADER - 2 - 74) / 2;

    scene_rect(s, b, 0, TOKEN_GLOW);
    scene_icon(s, FRAME_MARGIN, (FRAME_HEADER - MARK) / 2, MARK, "idcard", TOKEN_ON_GLOW);
    scene_draw(s, x, y, w, first, SAY(card_left));
    scene_draw(s, x, y + 40, w, rest, SAY(card_left_where));
    scene_node(s, NODE_STATUS, CARD_NOTICE, b, SAY_WITH(card_left_said, SAY(card_left), SAY(card_left_where)));
}

/* In high contrast the mark has the colours of everything else: teal on black is hardly seen. */
static void mark(struct scene *s, bool night)
{
    scene_picture(s, (struct box){FRAME_MARGIN, (FRAME_HEADER - MARK) / 2, MARK, MARK}, 0,
                  s->env.contrast ? "mark-contrast"
                  : night         ? "mark-night"
                                  : "mark");
}

/* There is no place yet, and no clock that could be trusted. */
static void header_install(struct scene *s, const struct view *v, int x, int y, int w, bool night)
{
    struct type name = TYPE(HEAD_NAME, BOLD, INK), note = TYPE(HEAD_NOTE, REGULAR, INK_2);

    mark(s, night);
    scene_draw(s, x, y, w, night ? type_coloured(name, TOKEN_ON_NIGHT) : name, SAY(install_header));
    scene_draw(s, x, y + 40, w, night ? type_coloured(note, TOKEN_ON_NIGHT_2) : note,
               !*v->install.facts.version ? SAY(install_header_looking)
               : v->install.stick         ? SAY(install_header_stick)
                                          : SAY(install_header_out));
}

/* From 特大 on the header grows too, and keeps to what a resident needs: whose machine it is, and the time. */
static bool large_header(const struct view *v)
{
    return v->settings.size >= SIZE_LARGER && !v->install.on && !v->first.on && !v->staff.on;
}

/* The largest that stands on one line. */
static void header_name(struct scene *s, int x, int w, const char *zone, bool night)
{
    struct type t = type_coloured(TYPE(BODY, BOLD, INK), night ? TOKEN_ON_NIGHT : TOKEN_INK);

    if (scene_width(s, t, zone) > w)
        t.role = TYPE_NOTE;
    if (scene_width(s, t, zone) > w)
        t.role = TYPE_HEAD_NAME;
    scene_draw(s, x, (FRAME_HEADER - 2 - scene_line(s, t)) / 2, w, t, zone);
}

static void header_place(struct scene *s, const struct view *v, bool night)
{
    if (v->card.remind && !says_card_itself(v)) {
        header_card(s, v);
        return;
    }
    struct type name = TYPE(HEAD_NAME, BOLD, INK), place = TYPE(HEAD_NOTE, REGULAR, INK_2);
    int x = FRAME_MARGIN + MARK + 16, y = (FRAME_HEADER - 2 - 74) / 2, w = s->env.screen.w * 6 / 10;
    const struct place *p = v->place;

    if (v->install.on) {
        header_install(s, v, x, y, w, night);
        return;
    }
    const char *device = words_either(s, v, p->device, p->device_en), *zone = words_either(s, v, p->zone, p->zone_en);
    const char *where = SAY_WITH(ui_place, words_either(s, v, p->spot, p->spot_en), device);

    if (v->staff.on) { /* staff pages carry the badge */
        zone = SAY_WITH(staff_header, device);
        where = v->staff.in ? SAY_WITH(staff_header_in, v->staff.badge.id) : SAY_WITH(staff_header_pin, v->staff.badge.id);
    }
    if (v->first.on) { /* the terminal has no place yet, but a name and a system */
        const struct first_facts *f = &v->first.facts;
        const char slot[] = {f->machine.slot == 'b' ? 'B' : f->machine.slot == 'a' ? 'A' : '-', '\0'};

        zone = f->terminal[0] ? SAY_WITH(first_header, f->terminal) : SAY(first_header_nobody);
        where = f->machine.imaged ? SAY_WITH(first_system, f->machine.version, slot) : SAY(first_by_hand);
    }
    mark(s, night);
    if (large_header(v)) { /* one line says it: which machine this is may be skipped */
        header_name(s, x, s->env.screen.w - FRAME_MARGIN - LARGE_CLOCK - 12 - x, zone, night);
        return;
    }
    scene_draw(s, x, y, w, night ? type_coloured(name, TOKEN_ON_NIGHT) : name, zone);
    scene_draw(s, x, y + 40, w, night ? type_coloured(place, TOKEN_ON_NIGHT_2) : place, where);
}

static void header_clock(struct scene *s, const struct view *v, bool night)
{
    struct type time = TYPE(HEAD_TIME, BOLD, INK), date = TYPE(HEAD_NOTE, REGULAR, INK_2);
    int w = HEADER_CLOCK, x = s->env.screen.w - FRAME_MARGIN - w, y = (FRAME_HEADER - 2 - 76) / 2;

    time = type_aligned(night ? type_coloured(time, TOKEN_ON_NIGHT) : time, ALIGN_RIGHT);
    date = type_aligned(night ? type_coloured(date, TOKEN_ON_NIGHT_2) : date, ALIGN_RIGHT);
    if (large_header(v)) {
        time.role = TYPE_LARGE_TIME;
        scene_draw(s, x, (FRAME_HEADER - 2 - scene_line(s, time)) / 2, w, time, words_time(s, v->now_ms));
        return;
    }
    scene_draw(s, x, y, w, time, v->install.on ? v->install.facts.version : words_time(s, v->now_ms));
    scene_draw(s, x, y + 42, w, date, v->install.on ? v->install.facts.arch : words_date(s, v, date_of_ms(v->now_ms)));
}

struct box frame_paper(struct scene *s, const struct view *v)
{
    struct box all = s->env.screen, head = {0, 0, all.w, FRAME_HEADER};

    scene_rect(s, all, 0, TOKEN_PAPER);
    scene_rect(s, head, 0, TOKEN_SURFACE);
    scene_rect(s, (struct box){0, FRAME_HEADER - (s->env.contrast ? 4 : 2), all.w, s->env.contrast ? 4 : 2}, 0, TOKEN_LINE);
    header_place(s, v, false);
    header_clock(s, v, false);
    return (struct box){FRAME_MARGIN, FRAME_HEADER, all.w - 2 * FRAME_MARGIN, all.h - FRAME_HEADER - FRAME_DOCK};
}

struct box frame_night(struct scene *s, const struct view *v, bool clock, bool dock)
{
    struct box all = s->env.screen;

    scene_rect(s, all, 0, TOKEN_PRIMARY_DEEP);
    header_place(s, v, true);
    if (clock)
        header_clock(s, v, true);
    return (struct box){FRAME_MARGIN, FRAME_HEADER, all.w - 2 * FRAME_MARGIN,
                        all.h - FRAME_HEADER - (dock ? FRAME_DOCK : 0)};
}

/* --- the head of a page --- */

/* The lamp at the right, when no text comes near it. */
static void upper_lamp(struct scene *s, struct box upper, bool free)
{
    static const struct {
        int r;
        enum token fill;
    } discs[] = {{390, TOKEN_NIGHT_2}, {290, TOKEN_NIGHT_3}, {190, TOKEN_GLOW}};
    int x = box_right(upper) - 230, y = upper.y + 380;

    for (int i = 0; i < (free ? 3 : 2) && !s->env.contrast; i++)
        scene_disc_in(s, (struct box){x - discs[i].r, y - discs[i].r, 2 * discs[i].r, 2 * discs[i].r}, upper, 0,
                      discs[i].fill);
}

static void head_low(struct scene *s, struct box *page, const struct head *h, struct box *tells)
{
    int top = FRAME_LOW + 8 - h->above, end = top - 24;
    struct box upper = {0, FRAME_HEADER, s->env.screen.w, end - FRAME_HEADER};
    struct type title = TYPE(DISPLAY, BOLD, ON_NIGHT), note = TYPE(LEAD, REGULAR, ON_NIGHT_2);
    int y = upper.y + 40, bottom = box_bottom(*page);
    int room = page->w * 58 / 100; /* left of the lamp, and so that a greeting before a comma fills a line */

    if (!fit_words(s, room, title, h->title) || fit_ends_alone(s, room, title, h->title) ||
        scene_height(s, room, title, h->title) > 3 * scene_line(s, title)) {
        title = type_coloured(h->type, TOKEN_ON_NIGHT);
        room = page->w;
    }
    if (scene_height(s, room, title, h->title) > end - y - 160) /* the longest names, at the largest size */
        title = TYPE(LABEL, BOLD, ON_NIGHT);
    int high = scene_height(s, room, title, h->title), beside = room;
    if (h->note && high + scene_height(s, beside, note, h->note) > end - y - 28)
        beside = page->w; /* then there is no lamp */
    if (h->note && high + scene_height(s, beside, note, h->note) > end - y - 28)
        note = TYPE(SMALL, REGULAR, ON_NIGHT_2);
    high += h->note ? scene_height(s, room, note, h->note) : 0;

    scene_rect(s, upper, 0, TOKEN_PRIMARY_DEEP);
    if (s->env.contrast)
        scene_rect(s, (struct box){0, end - 4, upper.w, 4}, 0, TOKEN_LINE);
    upper_lamp(s, upper, h->lamp && room < page->w && high < 400);
    y += scene_title(s, page->x, y, room, title, h->title) + 8;
    if (h->note)
        y += scene_text(s, page->x, y, beside, note, h->note);
    if (tells)
        *tells = (struct box){page->x, y + 24, page->w, end - 28 - y - 24};
    page->y = top;
    page->h = bottom - page->y;
}

void frame_head(struct scene *s, const struct view *v, struct box *page, const struct head *h, struct box *tells)
{
    struct type note = type_aligned(TYPE(BODY, MEDIUM, INK), ALIGN_RIGHT);
    int wide = h->note ? scene_width(s, note, h->note) : 0, bottom = box_bottom(*page), y = page->y + 32, high;

    if (tells)
        *tells = (struct box){0, 0, 0, 0};
    if (v->settings.low_reach) {
        head_low(s, page, h, tells);
        return;
    }
    bool beside = h->note && scene_height(s, page->w - wide - 24, h->type, h->title) == scene_line(s, h->type);

    high = scene_title(s, page->x, y, beside ? page->w - wide - 24 : page->w, h->type, h->title);
    if (beside)
        scene_text(s, box_right(*page) - wide - 2, y + high - scene_line(s, note) - 8, wide + 2, note, h->note);
    else if (h->note)
        high += scene_text(s, page->x, y + high, page->w, type_aligned(note, ALIGN_LEFT), h->note);
    page->y = y + high + h->gap;
    page->h = bottom - page->y;
}

/* --- the dock --- */

#define DOCK_GAP 12
#define DOCK_MAX 5
#define DOCK_AIR_LEAST 20 /* around icon and label, together */
#define DOCK_AIR 52

struct dock_button {
    const char *id, *icon, *label;
    struct node_action action;
    bool settings; /* those at the right */
};

/* Those that a touch leads to, one after the other: who looks for theirs sees it. `brief`: the next alone. */
static const char *language_names(struct scene *s, const struct view *v, bool brief)
{
    enum language here = v->settings.language, next = language_next(here);

    if (brief)
        return language_name(here, next);
    return SAY_WITH(ui_language, language_name(here, next), language_name(here, language_next(next)));
}

static int dock_list(struct scene *s, const struct view *v, bool brief, struct dock_button list[DOCK_MAX])
{
    int n = 0;

    if (v->visit)
        list[n++] = (struct dock_button){"end", "exit", SAY(ui_end), {INTENT_END, 0, 0}, false};
    if (v->staff.on)
        list[n++] = (struct dock_button){"end", "exit", SAY(staff_end), {INTENT_END, 0, 0}, false};
    if (v->can_back)
        list[n++] = (struct dock_button){"back", "back", SAY(ui_back), {INTENT_BACK, 0, 0}, false};
    list[n++] = (struct dock_button){"language", "language", language_names(s, v, brief), {INTENT_LANGUAGE, 0, 0}, true};
    list[n++] = (struct dock_button){"text-size",
                                     "text-size",
                                     v->settings.size == SIZE_STANDARD ? SAY(ui_larger) : SAY(ui_text_size),
                                     {INTENT_TEXT_SIZE, -1, 0},
                                     true};
    list[n++] = (struct dock_button){"access", "accessibility", SAY(ui_access), {INTENT_ACCESSIBILITY, 0, 0}, true};
    return n;
}

static void dock_draw(struct scene *s, struct box b, const struct dock_button *d)
{
    struct type t = TYPE(DOCK, MEDIUM, INK);
    int wide = DOCK_ICON + 12 + scene_width(s, t, d->label), x = b.x + (b.w - wide) / 2;
    enum token rest = d->settings ? TOKEN_SUNK : TOKEN_SURFACE;
    bool down = scene_pressed(s, d->id), edged = s->env.contrast || !d->settings;

    scene_frame(s, b, 16, down ? TOKEN_KEY_FUNCTION : rest, edged ? TOKEN_EDGE : rest, s->env.contrast ? 3 : 2);
    scene_icon(s, x, b.y + (b.h - DOCK_ICON) / 2, DOCK_ICON, d->icon, TOKEN_INK);
    scene_line_in(s, (struct box){x + DOCK_ICON + 12, b.y, wide, b.h}, t, d->label);
    scene_target(s, NODE_BUTTON, d->id, b, d->label, d->action);
}

/* All buttons have as much air as all of them can have; less than DOCK_AIR_LEAST: there is no room for these. */
static int dock_air(struct scene *s, const struct dock_button *list, int n, int room)
{
    int used = (n - 1) * DOCK_GAP;

    for (int i = 0; i < n; i++)
        used += DOCK_ICON + 12 + scene_width(s, TYPE(DOCK, MEDIUM, INK), list[i].label);
    int air = (room - used) / n;

    return air > DOCK_AIR ? DOCK_AIR : air;
}

void frame_dock(struct scene *s, const struct view *v)
{
    struct box all = s->env.screen, dock = {0, all.h - FRAME_DOCK, all.w, FRAME_DOCK};
    struct dock_button list[DOCK_MAX];
    int n = dock_list(s, v, false, list), room = all.w - 2 * FRAME_MARGIN, right = all.w - FRAME_MARGIN;
    int air = dock_air(s, list, n, room);
    struct box at[DOCK_MAX] = {{FRAME_MARGIN, dock.y + 2 + (FRAME_DOCK - 2 - DOCK_BUTTON) / 2, 0, DOCK_BUTTON}};

    if (air < DOCK_AIR_LEAST) { /* large letters beside 返回 and 结束 */
        n = dock_list(s, v, true, list);
        air = dock_air(s, list, n, room);
        air = air < DOCK_AIR_LEAST ? DOCK_AIR_LEAST : air;
    }
    scene_rect(s, dock, 0, TOKEN_SURFACE);
    scene_rect(s, (struct box){0, dock.y, all.w, s->env.contrast ? 4 : 2}, 0, TOKEN_LINE);
    for (int i = 0; i < n; i++) {
        at[i] = (struct box){i ? box_right(at[i - 1]) + DOCK_GAP : FRAME_MARGIN, at[0].y,
                             air + DOCK_ICON + 12 + scene_width(s, TYPE(DOCK, MEDIUM, INK), list[i].label), DOCK_BUTTON};
    }
    for (int i = 0, shift = right - box_right(at[n - 1]); i < n; i++) {
        at[i].x += list[i].settings ? shift : 0;
        dock_draw(s, at[i], &list[i]);
    }
}
