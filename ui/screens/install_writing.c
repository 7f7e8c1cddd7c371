/* SPDX-License-Identifier: Apache-2.0
 *
 * It is being installed: nobody's hand is wanted, so the ground is night. Which name, how far, what comes, and that neither
 * a power cut nor a knocked-out stick does harm.
 */
#include <stdio.h>

#include "ui/screens/install.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"

#define BAR 24
#define ICON 48
#define PARTS 4

static const char *left(struct scene *s, const struct view *v)
{
    int seconds = v->install.now.left_s;

    if (seconds < 0)
        return SAY(install_writing);
    if (seconds < 60)
        return SAY_WITH(install_writing_left, SAY_WITH(install_seconds, words_number(s, seconds)));
    return SAY_WITH(install_writing_left,
                    SAY_WITH(install_minutes, words_number(s, seconds / 60), words_number(s, seconds % 60)));
}

static int bar(struct scene *s, const struct view *v, struct box page, int y)
{
    struct type t = TYPE(BODY, REGULAR, ON_NIGHT_2);
    int percent = v->install.now.percent > 0 ? v->install.now.percent : 0, w = page.w * percent / 100;
    const char *rate = v->install.now.mb_s
                           ? SAY_WITH(install_rate, words_number(s, v->install.now.mb_s), words_number(s, percent))
                           : SAY_WITH(install_percent, words_number(s, percent));
    const char *amount = SAY_WITH(install_amount, words_number(s, (long)(v->install.now.done / 1000000)),
                                  words_number(s, (long)(v->install.now.bytes / 1000000)));

    scene_frame(s, (struct box){page.x, y, page.w, BAR}, BAR / 2, TOKEN_NIGHT_3,
                s->env.contrast ? TOKEN_EDGE : TOKEN_NIGHT_3, 2);
    if (w >= BAR)
        scene_rect(s, (struct box){page.x, y, w, BAR}, BAR / 2, TOKEN_GLOW);
    scene_node(s, NODE_STATUS, "progress", (struct box){page.x, y, page.w, BAR}, SAY(install_writing))->value = words_number(
        s, percent);
    y += BAR + 12;
    scene_text(s, page.x, y, page.w / 2, t, amount);
    return y + scene_text(s, page.x + page.w / 2, y, page.w / 2, type_aligned(t, ALIGN_RIGHT), rate);
}

static int part(struct scene *s, const struct view *v, struct box in, int i, int y)
{
    static const char *const icons[PARTS] = {"search", "down", "search", "slot"};
    bool now = i == v->install.now.part, done = i < v->install.now.part;
    const char *const names[PARTS] = {done ? SAY(install_measured) : SAY(install_measure), SAY(install_write),
                                      SAY(install_check), SAY(install_last)};
    struct type t = now ? TYPE(BODY, BOLD, ON_NIGHT) : TYPE(BODY, REGULAR, ON_NIGHT_2);
    int h = scene_height(s, in.w - ICON - 24, t, names[i]), high = h > ICON ? h : ICON;

    scene_icon(s, in.x, y + 14 + (high - ICON) / 2, ICON, done ? "ok" : icons[i], now ? TOKEN_GLOW : TOKEN_ON_NIGHT_2);
    scene_text(s, in.x + ICON + 24, y + 14 + (high - h) / 2, in.w - ICON - 24, t, names[i]);
    return y + high + 28;
}

static int parts(struct scene *s, const struct view *v, struct box page, int y)
{
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){32, 8, 24, TOKEN_NIGHT_2, true});
    int at = c.in.y;

    for (int i = 0; i < PARTS; i++)
        at = part(s, v, c.in, i, at);
    return card_close(s, &c, at);
}

void build_INSTALL_WRITING(struct scene *s, const struct view *v)
{
    struct box page = frame_night(s, v, true, false);
    struct type lead = TYPE(LEAD, REGULAR, ON_NIGHT_2);
    const char *end = v->install.stick ? SAY(install_writing_end) : SAY(install_out_note);
    int y = page.y + 24, foot = box_bottom(page) - 40 - scene_height(s, page.w, lead, end);

    y = install_big(s, page.x, y, page.w, TOKEN_ON_NIGHT, v->install.facts.sheet ? install_name(v) : SAY(install_nameless)) +
        8;
    y += scene_text(s, page.x, y, page.w, TYPE(TITLE_2, BOLD, ON_NIGHT), left(s, v));
    y += scene_text(s, page.x, y, page.w, lead, SAY(install_writing_note)) + 32;
    y = bar(s, v, page, y) + 32;
    y = parts(s, v, page, y) + 24;
    struct scene_place before = scene_place(s);
    if (banner(s, page.x, y, page.w, BANNER_OK, "shield", SAY(install_cut), SAY(install_cut_note)) > foot - 16) {
        scene_take_back(s, before); /* the largest type: the sentence itself is enough */
        banner(s, page.x, y, page.w, BANNER_OK, "shield", SAY(install_cut), NULL);
    }
    scene_text(s, page.x, foot, page.w, lead, end);
}
