/* SPDX-License-Identifier: Apache-2.0
 *
 * 我的办件: a card for each case, those that wait for the person first. Each says where it stands and that nothing, or what,
 * is to be done; a touch opens it.
 */
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"
#include "session/intent.h"
#include "ui/screens/asking.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/case_words.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 20
#define PAD_X 32
#define PAD_Y 26
#define DOT 32
#define BAR 8
#define CHEVRON 40
#define MILESTONES 4

/* --- the line of a case: what has been, what is now, what comes --- */

/* The four that every case has; returns the height, 0 without any. */
static int line(struct scene *s, const struct view *v, int x, int y, int w, const struct my_case *c)
{
    static const enum my_case_step_kind kinds[MILESTONES] = {MY_STEP_HANDED_IN, MY_STEP_ACCEPT, MY_STEP_EXAMINE,
                                                             MY_STEP_DECIDE};
    struct type t = TYPE(SMALL, REGULAR, INK);
    const struct my_case_step *steps[MILESTONES];
    int n = 0, tallest = 0;

    for (int i = 0; i < MILESTONES; i++)
        if (case_step(c, kinds[i]))
            steps[n++] = case_step(c, kinds[i]);
    for (int i = 0; i < n; i++) {
        struct box col = box_column((struct box){x, y, w, DOT}, MILESTONES, 12, i);
        bool now = !steps[i]->done && (!i || steps[i - 1]->done);
        int at = y + DOT + 8;

        if (i + 1 < n)
            scene_rect(s, (struct box){col.x + DOT, y + (DOT - BAR) / 2, col.w + 12 - DOT, BAR}, 0,
                       steps[i + 1]->done || (steps[i]->done && !steps[i + 1]->done) ? TOKEN_PRIMARY : TOKEN_LINE);
        case_dot(s, (struct box){col.x, y, DOT, DOT}, steps[i]->done, now);
        at += scene_text(s, col.x, at, col.w, t, case_step_name(v, steps[i]));
        const char *day = case_step_day(s, v, c, steps[i], false);

        if (*day)
            at += scene_text(s, col.x, at, col.w, t, day);
        tallest = at - y > tallest ? at - y : tallest;
    }
    return tallest;
}

/* --- the card --- */

static bool open_case(const struct my_case *c)
{
    return c->stage != MY_CASE_REFUSED && c->stage != MY_CASE_DELIVERED && c->stage != MY_CASE_WITHDRAWN &&
           c->stage != MY_CASE_DECIDED;
}

/* Name and state beside each other, or one below the other. */
static int head(struct scene *s, const struct view *v, struct box in, const struct my_case *c)
{
    const struct case_state state = case_state(v, c);
    struct type name = utf8_count(c->item_name) <= 20 ? TYPE(LEAD, BOLD, INK) : TYPE(BODY, BOLD, INK);
    const char *text = words_own(s, v, c->item_name);
    int side = chip_width(s, state.words), room = in.w - side - 24;
    bool beside = scene_width(s, name, text) <= room;
    int y = in.y, h = scene_text(s, in.x, y, beside ? room : in.w, name, text);

    if (beside) {
        chip(s, in.x + in.w - side, y + (h - chip_height(s)) / 2, 0, state.kind, state.icon, state.words);
    } else {
        chip(s, in.x, y + h + 4, 0, state.kind, state.icon, state.words);
        h += 4 + chip_height(s) + 8;
    }
    return y + h;
}

/* The longest names in the largest letters fill a page: then the state says enough where nothing is to be done. */
static bool crowded(const struct view *v, const struct my_case *c)
{
    return v->settings.size >= SIZE_LARGER && utf8_count(c->item_name) > 20;
}

/* Draws what stands in the card; returns the y below. */
static int content(struct scene *s, const struct view *v, struct box in, const struct my_case *c)
{
    bool waits = case_waits(v, c);
    struct type say = TYPE(BODY, REGULAR, INK), see = TYPE(BODY, BOLD, PRIMARY);
    int y = head(s, v, in, c), room = in.w - CHEVRON - 16;

    y += case_place(s, v, in.x, y, in.w, c, v->settings.size < SIZE_LARGER) + 12;
    if (open_case(c) && !waits && v->settings.size == SIZE_STANDARD)
        y += line(s, v, in.x, y + 8, in.w, c) + 20;
    if (waits || !crowded(v, c))
        y += scene_text(s, in.x, y, waits ? in.w : room, say, case_sentence(s, v, c));
    if (waits)
        y += 12 + scene_text(s, in.x, y + 12, room, see, c->can_supplement ? SAY(cases_see_how) : SAY(cases_see_where));
    scene_icon(s, in.x + in.w - CHEVRON, y - scene_line(s, say) + (scene_line(s, say) - CHEVRON) / 2, CHEVRON,
               "chevron-right", TOKEN_PRIMARY);
    return y;
}

static int case_card(struct scene *s, const struct view *v, int x, int y, int w, int i)
{
    const struct my_case *c = &v->cases.known->list[i];
    struct box in = {x + PAD_X, y + PAD_Y, w - 2 * PAD_X, 0}, b = {x, y, w, 0};
    const struct scene_place before = scene_place(s);
    bool waits = case_waits(v, c), down;
    char id[24];

    b.h = content(s, v, in, c) + PAD_Y - y;
    scene_take_back(s, before);
    snprintf(id, sizeof id, "case.%d", i);
    down = scene_pressed(s, id);
    card_box(s, b, &(struct card_style){0, 0, 24, down ? TOKEN_SUNK : TOKEN_SURFACE, down});
    if (waits)
        scene_frame(s, b, 24, down ? TOKEN_SUNK : TOKEN_SURFACE, TOKEN_PRIMARY, s->env.contrast ? 8 : 6);
    content(s, v, in, c);
    struct node *n = scene_target(
        s, NODE_BUTTON, id, b, SAY_WITH(cases_card, words_own(s, v, c->item_name), case_number_words(s, c)), DO(CASE, i, 0));

    n->words = SAY_WITH(cases_card_words, words_own(s, v, c->item_name), case_state(v, c).words, case_sentence(s, v, c));
    return box_bottom(b);
}

/* --- the page --- */

static int waiting(const struct view *v)
{
    int n = 0;

    for (int i = 0; i < v->cases.known->n; i++)
        n += case_waits(v, &v->cases.known->list[i]);
    return n;
}

static void list(struct scene *s, const struct view *v, struct box page)
{
    const struct my_cases *known = v->cases.known;
    struct leaves l = leaves_begin(s, page);
    int y = page.y;

    for (int turn = 0; turn < 2; turn++)
        for (int i = 0; i < known->n; i++) {
            if (case_waits(v, &known->list[i]) != (turn == 0))
                continue;
            leaves_break(s, &l, y);
            y = case_card(s, v, page.x, y, page.w, i) + GAP;
        }
    if (known->more) {
        leaves_break(s, &l, y);
        y = hint(s, page.x, y, page.w, "info", SAY_WITH(cases_more, words_number(s, known->n))) + GAP;
    }
    leaves_end(s, v, &l, y - GAP);
}

/* Nobody has handed anything in with this card: what that may mean. */
static void none(struct scene *s, const struct view *v, struct box page)
{
    const struct advice rows[] = {{"keypad", SAY(refused_number), SAY(cases_none_number)},
                                  {"idcard", SAY(cases_none_other), SAY(cases_none_other_do)},
                                  {"phone", SAY(refused_call), SAY_WITH(refused_call_do, v->place->hotline)}};
    struct leaves l = leaves_begin(s, page);

    leaves_end(s, v, &l, advice_card(s, v, &l, page.y, rows, 3));
}

void build_CASES(struct scene *s, const struct view *v)
{
    if (asking_page(s, v))
        return;
    const struct button number = {
        .kind = BUTTON_SECOND, .id = "by-number", .label = SAY(cases_by_number), .action = DO(CASE_BY_NUMBER, 0, 0)};
    const struct my_cases *known = v->cases.known;
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, &number, NULL, known->n ? 0 : 1);
    const char *at = words_time(s, known->at);
    int waits = waiting(v);
    const struct head head = {waits      ? SAY_WITH(cases_title_waits, words_number(s, waits))
                              : known->n ? SAY_WITH(cases_title, words_number(s, known->n))
                                         : SAY(cases_none),
                              waits && known->n > 1 ? SAY_WITH(cases_as_of_waits, at) : SAY_WITH(cases_as_of, at),
                              TYPE(TITLE_1, BOLD, INK),
                              20,
                              true,
                              0};

    frame_head(s, v, &page, &head, NULL);
    if (!known->n)
        none(s, v, page);
    else
        list(s, v, (struct box){page.x, page.y, page.w, page.h - 20});
    if (!known->n)
        actions_draw(s, &row);
    frame_dock(s, v);
}
