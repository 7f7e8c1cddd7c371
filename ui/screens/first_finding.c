/* SPDX-License-Identifier: Apache-2.0
 *
 * First boot: the devices are looked for. Night ground: nobody's hand is wanted yet.
 */
#include <stddef.h>

#include "ui/screens/first.h"
#include "ui/screens/screens.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

#define ICON 48

struct line {
    enum first_part part;
    const char *words;
    bool found;
};

static struct line printer_line(const struct view *v, enum first_part p)
{
    enum printer_health h = p == FIRST_TICKET ? v->health.printer[DEVICE_TICKET] : v->health.printer[DEVICE_RECEIPT];
    struct line l = {p, SAY(first_seeking), true};

    if (h == PRINTER_READY)
        l.words = SAY(first_found_paper);
    else if (h == PRINTER_LOW)
        l.words = SAY(first_found_low);
    else if (h != PRINTER_ABSENT)
        l.words = condition_printer(v, h);
    l.found = condition_prints(h);
    return l;
}

/* Words that do not fit beside the name stand below it. */
static int row(struct scene *s, const struct view *v, struct box in, int y, const struct line *l)
{
    struct type name = TYPE(LABEL, REGULAR, ON_NIGHT), words = type_aligned(TYPE(BODY, REGULAR, ON_NIGHT_2), ALIGN_RIGHT);
    const char *icon = l->part == FIRST_HALL && !l->found ? "network-off" : l->found ? "ok" : "search", *said;
    int left = in.x + ICON + 24, room = in.w - ICON - 24, wide = scene_width(s, words, l->words) + 2;
    bool below = scene_width(s, name, first_part_name(v, l->part)) + 24 + wide > room;
    int high = scene_line(s, name) + (below ? scene_height(s, room, words, l->words) : 0) + 40;

    said = first_part_name(v, l->part);
    scene_icon(s, in.x, y + (high - ICON) / 2, ICON, icon, l->found ? TOKEN_ON_NIGHT_2 : TOKEN_GLOW);
    scene_draw(s, left, y + 20, room, name, said);
    if (below)
        scene_draw(s, left, y + 20 + scene_line(s, name), room, type_aligned(words, ALIGN_LEFT), l->words);
    else
        scene_draw(s, box_right(in) - wide, y + 20 + (scene_line(s, name) - scene_line(s, words)) / 2, wide, words,
                   l->words);
    scene_node(s, NODE_STATUS, "", (struct box){in.x, y, in.w, high}, said)->value = scene_keep(s, l->words);
    return y + high;
}

static int rows(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct line reader = {FIRST_READER, v->health.reader == READER_READY ? SAY(first_found) : SAY(first_seeking),
                                v->health.reader == READER_READY};
    const struct line list[] = {reader,
                                printer_line(v, FIRST_RECEIPT),
                                printer_line(v, FIRST_TICKET),
                                {FIRST_STORAGE, first_disk_words(s, v), true},
                                {FIRST_HALL, first_hall_words(v), v->first.facts.hall >= FIRST_HALL_CATALOGUE}};
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){32, 8, 24, TOKEN_NIGHT_2, true});
    int at = c.in.y;

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (i)
            scene_rect(s, (struct box){c.in.x, at, c.in.w, 2}, 0, TOKEN_NIGHT_3);
        at = row(s, v, c.in, at, &list[i]);
    }
    return card_close(s, &c, at);
}

/* The way to the open door, where one is on it. */
static void way(struct scene *s, const struct view *v, struct box page, int y)
{
    const char *const steps[] = {SAY(first_step_find), SAY(first_step_hall), SAY(first_step_test), SAY(first_step_slip)};
    int x = page.x;

    for (int i = 0; i < 4; i++) {
        struct type t = i ? TYPE(NOTE, REGULAR, ON_NIGHT_2) : TYPE(NOTE, BOLD, ON_NIGHT);
        int wide = scene_width(s, t, steps[i]) + 2;

        scene_text(s, x, y, wide, t, steps[i]);
        x += wide + 20;
        if (i < 3) {
            scene_icon(s, x, y + (scene_line(s, t) - 32) / 2, 32, "next", TOKEN_ON_NIGHT_2);
            x += 32 + 20;
        }
    }
}

void build_FIRST_FINDING(struct scene *s, const struct view *v)
{
    struct box page = frame_night(s, v, true, true);
    struct type name = TYPE(NAME, BOLD, ON_NIGHT), note = TYPE(LEAD, REGULAR, ON_NIGHT_2);
    bool large = v->settings.size >= SIZE_LARGER; /* then the words need its room */
    int y = page.y + (large ? 16 : 40);

    if (large || scene_width(s, name, v->first.facts.terminal) > page.w)
        name = TYPE(TITLE_1, BOLD, ON_NIGHT);
    y += scene_title(s, page.x, y, page.w, name, v->first.facts.terminal) + 8;
    y += scene_text(s, page.x, y, page.w, TYPE(TITLE_2, BOLD, ON_NIGHT), SAY(first_finding)) + 4;
    if (!large)
        y += scene_text(s, page.x, y, page.w, note, SAY(first_finding_note));
    y = rows(s, v, page, y + (large ? 16 : 36)) + (large ? 16 : 28);
    scene_text(s, page.x, y, page.w, large ? TYPE(SMALL, REGULAR, ON_NIGHT_2) : note, SAY(first_finding_hall));
    way(s, v, page, box_bottom(page) - 24 - scene_line(s, TYPE(NOTE, REGULAR, ON_NIGHT_2)));
    frame_dock(s, v);
}
