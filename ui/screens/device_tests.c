/* SPDX-License-Identifier: Apache-2.0
 *
 * Each device with what it has done and how it is, and a button that tests it. What is asked stands first; the glass is
 * tested on a page of its own, with a target in each corner and one in the middle.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/roll.h"
#include "ui/screens/screens.h"
#include "ui/screens/staff_words.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"

#define GAP 20
#define ICON 48
#define SPOT 128

static bool prints(enum trial_part p)
{
    return p == TRIAL_RECEIPT || p == TRIAL_TICKET;
}

static const char *name_of(const struct view *v, enum trial_part p)
{
    switch (p) {
    case TRIAL_RECEIPT:
        return SAY(staff_receipt);
    case TRIAL_TICKET:
        return SAY(staff_ticket);
    case TRIAL_READER:
        return SAY(staff_reader);
    case TRIAL_TOUCH:
        return SAY(tests_touch);
    case TRIAL_SOUND:
    case TRIAL_PARTS:
        break;
    }
    return SAY(tests_sound);
}

/* --- what a row says --- */

/* How it is by itself; "": it cannot say. */
static const char *state_of(const struct view *v, enum trial_part p)
{
    if (prints(p))
        return v->health.printer[p] == PRINTER_READY ? SAY(staff_good) : condition_printer(v, v->health.printer[p]);
    if (p == TRIAL_READER)
        return v->health.reader == READER_READY    ? SAY(staff_good)
               : v->health.reader == READER_ABSENT ? SAY(ui_printer_absent)
                                                   : SAY(ui_printer_fault);
    return "";
}

static bool works(const struct view *v, enum trial_part p)
{
    return v->staff.trial.of[p].result != TRIAL_BAD && (!prints(p) || condition_prints(v->health.printer[p])) &&
           (p != TRIAL_READER || v->health.reader == READER_READY);
}

/* What it has done since it is counted. */
static const char *done_of(struct scene *s, const struct view *v, enum trial_part p)
{
    const struct staff_facts *f = &v->staff.facts;

    if (p == TRIAL_TOUCH)
        return SAY(tests_touch_how);
    if (p == TRIAL_SOUND)
        return v->voice == VOICE_NONE ? SAY(tests_no_sound) : SAY(tests_sound_how);
    if (p == TRIAL_READER)
        return f->cards_since ? SAY_WITH(tests_reader_n, words_number(s, (long)f->cards), staff_words_day(s, f->cards_since))
                              : SAY(tests_none_yet);
    return f->roll[p].since ? SAY_WITH(tests_printer_n, words_number(s, f->roll[p].metres), words_number(s, f->roll[p].cuts),
                                       staff_words_day(s, f->roll[p].since))
                            : SAY(tests_none_yet);
}

static const char *result_of(struct scene *s, const struct view *v, enum trial_part p)
{
    const struct device_trial *t = &v->staff.trial;

    if (t->part == p && t->running)
        return SAY(tests_prints);
    if (t->of[p].result == TRIAL_UNTRIED)
        return state_of(v, p);
    return t->of[p].result == TRIAL_GOOD ? SAY_WITH(tests_good, words_time(s, t->of[p].at))
                                         : SAY_WITH(tests_bad, words_time(s, t->of[p].at));
}

static int part_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    static const enum trial_part order[] = {TRIAL_READER, TRIAL_RECEIPT, TRIAL_TICKET, TRIAL_TOUCH, TRIAL_SOUND};
    static const char *const icons[] = {"reader", "receipt", "queue", "touch", "speaker"};
    enum trial_part p = order[i];
    bool mine = v->staff.trial.part == p, mute = p == TRIAL_SOUND && v->voice == VOICE_NONE;
    const char *const tries[] = {SAY(tests_try_reader), SAY(tests_try_receipt), SAY(tests_try_ticket), SAY(tests_try_touch),
                                 SAY(tests_try_sound)};
    char id[24];
    const char *name = name_of(v, p), *done = done_of(s, v, p), *result = result_of(s, v, p);

    snprintf(id, sizeof id, "test-%s", icons[i]);
    const struct button b = {.kind = BUTTON_SMALL,
                             .id = id,
                             .label = mine ? SAY(tests_stop) : tries[i],
                             .action = mine ? DO(TRIAL_STOP, 0, 0) : DO(STAFF_TEST, (int)p, 0)};
    struct type bold = TYPE(BODY, MEDIUM, INK), small = TYPE(SMALL, REGULAR, INK_2), said = TYPE(SMALL, BOLD, INK);
    int wide = mute ? 0 : button_width(s, &b), x = at.x + ICON + 20, room = at.x + at.w - x - (wide ? wide + 20 : 0);
    int button_high = mute ? 0 : button_height(s, wide, &b);
    int high = scene_height(s, room, bold, name) + scene_height(s, room, small, done) +
               (*result ? scene_height(s, room, said, result) : 0) + 28;

    high = high > button_high + 20 ? high : button_high + 20;
    scene_icon(s, at.x, at.y + (high - ICON) / 2, ICON, icons[i], works(v, p) ? TOKEN_OK : TOKEN_WARN);
    int y = at.y + 14 + scene_draw(s, x, at.y + 14, room, bold, name);
    y += scene_draw(s, x, y, room, small, done);
    if (*result)
        scene_draw(s, x, y, room, said, result);
    scene_node(s, NODE_STATUS, "", (struct box){at.x, at.y, x + room - at.x, high}, name)->value = scene_keep(
        s, SAY_WITH(staff_state_note, done, result));
    if (!mute)
        button(s, (struct box){at.x + at.w - wide, at.y + (high - button_high) / 2, wide, button_high}, &b);
    return at.y + high;
}

/* --- what is asked --- */

static const char *four(struct scene *s, int number)
{
    char text[12];

    return scene_keep(s, test_number_digits(number, text));
}

static struct button answer(enum button_kind kind, const char *id, const char *label, int a)
{
    return (struct button){.kind = kind, .id = id, .label = label, .action = DO(TRIAL_SAYS, a, 0)};
}

static int question(struct scene *s, const struct view *v, struct leaves *l, struct box tells, int y)
{
    const struct device_trial *t = &v->staff.trial;
    struct roll_question q = {.n = 2};

    if (t->part == TRIAL_READER) {
        q = (struct roll_question){
            .what = SAY(first_lay_card), .note = t->again ? SAY(tests_card_again) : SAY(first_lay_card_note), .n = 1};
        q.list[0] = answer(BUTTON_DANGER, "says-bad", SAY(tests_bad_reader), TRIAL_SAYS_BAD);
    } else if (t->part == TRIAL_SOUND) {
        q.what = SAY(tests_heard);
        q.note = SAY(tests_heard_note);
        q.list[0] = answer(BUTTON_CHOICE, "says-good", SAY(tests_heard_yes), TRIAL_SAYS_GOOD);
        q.list[1] = answer(BUTTON_DANGER, "says-bad", SAY(tests_heard_no), TRIAL_SAYS_BAD);
    } else {
        q = (struct roll_question){.what = SAY_WITH(first_which, name_of(v, t->part)),
                                   .note = t->again ? SAY(first_which_again) : SAY(first_which_note),
                                   .n = 3};
        q.list[0] = answer(BUTTON_CHOICE, "number-0", four(s, t->number.offered[0]), 0);
        q.list[1] = answer(BUTTON_CHOICE, "number-1", four(s, t->number.offered[1]), 1);
        q.list[2] = answer(BUTTON_DANGER, "says-bad", SAY(first_none_came), TRIAL_SAYS_BAD);
    }
    return roll_question(s, l, tells, y, &q);
}

/* --- the glass --- */

static void glass(struct scene *s, const struct view *v, struct box page)
{
    const struct device_trial *t = &v->staff.trial;
    struct box in = {page.x, v->settings.low_reach && page.y < FRAME_LOW ? FRAME_LOW : page.y + GAP, page.w, 0};
    int left = 0, y;

    in.h = box_bottom(page) - in.y;
    for (int i = 0; i < TRIAL_SPOTS; i++) {
        int column = i == 4 ? 1 : i % 2 * 2, line = i == 4 ? 1 : i / 2 * 2;
        struct box b = {in.x + (in.w - SPOT) * column / 2, in.y + (in.h - SPOT) * line / 2, SPOT, SPOT};
        bool touched = t->spots >> i & 1;
        char id[16], digit[4];

        snprintf(id, sizeof id, "spot-%d", i);
        snprintf(digit, sizeof digit, "%d", i + 1);
        button(s, b,
               &(struct button){.kind = BUTTON_CHOICE,
                                .id = id,
                                .label = scene_keep(s, digit),
                                .chosen = touched,
                                .action = DO(TRIAL_SPOT, i, 0)});
        left += !touched;
    }
    int x = in.x + SPOT + GAP, w = in.w - 2 * (SPOT + GAP);
    y = in.y;
    y += scene_title(s, x, y, w, type_aligned(TYPE(TITLE_2, BOLD, INK), ALIGN_CENTRE), SAY(tests_spots));
    scene_text(s, x, y, w, type_aligned(TYPE(BODY, REGULAR, INK), ALIGN_CENTRE),
               SAY_WITH(tests_spots_note, words_number(s, left)));
}

static void build_glass(struct scene *s, const struct view *v)
{
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "stop", .label = SAY(tests_stop), .action = DO(TRIAL_STOP, 0, 0)},
        {.kind = BUTTON_DANGER,
         .id = "says-bad",
         .label = SAY(tests_spots_no),
         .action = DO(TRIAL_SAYS, TRIAL_SAYS_BAD, 0)}};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, NULL, 2);

    glass(s, v, page);
    actions_draw(s, &row);
    frame_dock(s, v);
}

void build_DEVICE_TESTS(struct scene *s, const struct view *v)
{
    static const struct card_style slim = {28, 4, 24, TOKEN_SURFACE, false};
    const struct device_trial *t = &v->staff.trial;
    const struct button back = {
        .kind = BUTTON_SECOND, .id = "back", .icon = "back", .label = SAY(ui_back), .action = DO(BACK, 0, 0)};

    if (t->part == TRIAL_TOUCH) {
        build_glass(s, v);
        return;
    }
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, &back, NULL, 1);
    int y = page.y + 24;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_2, BOLD, INK), SAY(tests_title)) + 4;
    y += scene_text(s, page.x, y, page.w, TYPE(BODY, REGULAR, INK_2), SAY(tests_note)) + GAP;
    struct box tells = {0, 0, 0, 0};
    if (v->settings.low_reach && y < FRAME_LOW) {
        tells = (struct box){page.x, y, page.w, FRAME_LOW - y};
        y = FRAME_LOW;
    }
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    leaves_break(s, &l, y);
    if (t->part != TRIAL_PARTS && !t->running) {
        y = question(s, v, &l, tells, y) + GAP;
        leaves_break(s, &l, y);
    }
    y = leaves_card(s, v, &l, y, &(struct leaves_card){.n = TRIAL_PARTS, .row = part_row, .lines = true, .style = &slim});
    leaves_end(s, v, &l, y);
    actions_draw(s, &row);
    frame_dock(s, v);
}
