/* SPDX-License-Identifier: Apache-2.0
 *
 * The way to the hall, step by step: what it comes to, with what to do, and below it what was found at each step. Words of a
 * stranger's certificate stand here and nowhere else; they are bounded and of harmless characters (model/uplink_report.h).
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/staff_words.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"

#define GAP 20
#define ICON 44

/* What it comes to. Below it the rows do not say again what to do about the step it names. */
static int verdict(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    const struct uplink_report *r = &v->staff.facts.uplink;
    enum uplink_step at = uplink_report_breaks(r);
    enum banner_kind kind = BANNER_BAD;
    const char *icon = "alert", *first = NULL, *rest = NULL;

    switch (r->state) {
    case UPLINK_UNTESTED:
    case UPLINK_TESTING:
        kind = BANNER_INFO;
        icon = "wait";
        first = SAY_WITH(network_testing, uplink_step_name(uplink_report_turn(r), v->settings.language));
        rest = SAY(network_testing_do);
        break;
    case UPLINK_NOBODY:
        first = SAY(network_nobody);
        rest = SAY(network_nobody_do);
        break;
    case UPLINK_BROKE_OFF:
        first = SAY(network_broke_off);
        rest = SAY(network_broke_off_do);
        break;
    case UPLINK_TESTED:
        if (at < UPLINK_STEPS) {
            kind = uplink_report_through(r) ? BANNER_WARN : BANNER_BAD;
            first = uplink_report_through(r) ? SAY(network_through_but)
                                             : SAY_WITH(network_stops, uplink_step_name(at, v->settings.language));
            rest = SAY_WITH(network_said, staff_words_found(s, v, &r->of[at]),
                            uplink_found_remedy(&r->of[at], v->settings.language));
        } else {
            kind = BANNER_OK;
            icon = "ok";
            first = SAY(network_through);
        }
        break;
    }
    leaves_break(s, l, y);
    return banner(s, l->area.x, y, l->area.w, kind, icon, first, rest) + GAP;
}

struct mark {
    const char *icon;
    enum token colour;
};

static struct mark mark_of(const struct view *v, enum uplink_step step)
{
    const struct uplink_report *r = &v->staff.facts.uplink;

    switch (uplink_grade(r->of[step].finding)) {
    case UPLINK_IS_GOOD:
        return (struct mark){"ok", TOKEN_OK};
    case UPLINK_IS_PLAIN:
        return (struct mark){"info", TOKEN_INK_2};
    case UPLINK_IS_BAD:
        return (struct mark){"alert", TOKEN_BAD};
    case UPLINK_IS_OPEN:
        break;
    }
    return (struct mark){r->state == UPLINK_TESTING ? "wait" : "stop", TOKEN_INK_2};
}

/* "Testing" of the one whose turn it is. */
static const char *says(struct scene *s, const struct view *v, enum uplink_step step)
{
    const struct uplink_report *r = &v->staff.facts.uplink;

    return r->state == UPLINK_TESTING && step == uplink_report_turn(r) ? SAY(network_turn)
                                                                       : staff_words_found(s, v, &r->of[step]);
}

static int step_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct uplink_report *r = ctx;
    enum uplink_step step = (enum uplink_step)i;
    struct type name = TYPE(BODY, BOLD, INK), small = TYPE(SMALL, REGULAR, INK), dim = TYPE(SMALL, REGULAR, INK_2);
    struct mark m = mark_of(v, step);
    bool more = uplink_grade(r->of[i].finding) == UPLINK_IS_BAD && step != uplink_report_breaks(r);
    const char *remedy = more ? uplink_found_remedy(&r->of[i], v->settings.language) : "";
    const char *title = uplink_step_name(step, v->settings.language), *text = says(s, v, step);
    bool open = uplink_grade(r->of[i].finding) == UPLINK_IS_OPEN;
    int x = at.x + ICON + 20, w = at.w - ICON - 20, y = at.y;

    scene_icon(s, at.x, y + 4, ICON, m.icon, m.colour);
    y += scene_draw(s, x, y, w, name, title);
    y += scene_draw(s, x, y, w, open ? dim : small, text);
    if (*remedy)
        y += scene_draw(s, x, y + 4, w, small, remedy) + 4;
    scene_node(s, NODE_STATUS, "", (struct box){at.x, at.y, at.w, y - at.y}, title)->value = scene_keep(
        s, *remedy ? SAY_WITH(network_said, text, remedy) : text);
    return y;
}

void build_NETWORK(struct scene *s, const struct view *v)
{
    const struct uplink_report *r = &v->staff.facts.uplink;
    bool testing = r->state == UPLINK_TESTING;
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "back", .icon = "back", .label = SAY(ui_back), .action = DO(BACK, 0, 0)},
        {.kind = testing ? BUTTON_SECOND : BUTTON_MAIN,
         .id = "line-test",
         .icon = "network",
         .label = SAY(network_again),
         .off = testing,
         .action = DO(STAFF_LINE_TEST, 0, 0)}};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, (const int[]){1, 2}, 2);
    int y = page.y + 24;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_2, BOLD, INK), SAY(network_title)) + 12;
    struct leaves pages = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    pages.fill = true;
    y = verdict(s, v, &pages, y);
    leaves_break(s, &pages, y);
    y = leaves_card(
        s, v, &pages, y,
        &(struct leaves_card){.n = UPLINK_STEPS, .row = step_row, .ctx = r, .lines = true, .gap = 20, .style = &CARD_PLAIN});
    leaves_end(s, v, &pages, y);
    actions_draw(s, &row);
    frame_dock(s, v);
}
