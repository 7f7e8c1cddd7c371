/* SPDX-License-Identifier: Apache-2.0
 *
 * A new roll, step by step: the picture of this step, what the printer's sensors see at this moment, and below it all steps
 * with when they were done. What is wrong stands first.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/roll.h"
#include "ui/screens/screens.h"
#include "ui/screens/staff_words.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/steps.h"

#define GAP 20
#define ICON 48
#define ART_W 560
#define ART_H 448

static const struct paper_change *change(const struct view *v)
{
    return &v->staff.change;
}

static const char *millimetres(struct scene *s, const struct view *v)
{
    int dots = v->staff.facts.roll[change(v)->role].dots;

    return dots ? words_number(s, dots / 8) : NULL;
}

/* --- what is wrong --- */

struct wrong {
    const char *what, *then;
};

static struct wrong wrong(struct scene *s, const struct view *v)
{
    const char *mm = millimetres(s, v);

    switch (change(v)->trouble) {
    case CHANGE_EMPTY:
        return (struct wrong){SAY(change_empty), SAY(change_empty_do)};
    case CHANGE_CANNOT:
        return (struct wrong){SAY_WITH(change_cannot, condition_printer(v, v->health.printer[change(v)->role])),
                              SAY(change_cannot_do)};
    case CHANGE_NOTHING:
        return (struct wrong){SAY(change_nothing), SAY(change_nothing_do)};
    case CHANGE_BLANK:
        return (struct wrong){SAY(change_blank), SAY(change_blank_do)};
    case CHANGE_MISREAD:
        return (struct wrong){SAY(change_misread), SAY(change_misread_do)};
    case CHANGE_NARROW:
        return (struct wrong){SAY(change_narrow), mm ? SAY_WITH(change_narrow_do, mm) : SAY(change_narrow_do_plain)};
    case CHANGE_FINE:
    case CHANGE_TROUBLES:
        break;
    }
    return (struct wrong){NULL, NULL};
}

/* Where there is room for what nobody touches, the words stand there. */
static int troubles(struct scene *s, const struct view *v, struct leaves *l, struct box tells, int y)
{
    struct wrong w = wrong(s, v);

    if (v->staff.trouble == STAFF_UNRECORDED) {
        y = banner(s, l->area.x, y, l->area.w, BANNER_WARN, "storage", SAY(change_unrecorded), SAY(change_unrecorded_do)) +
            GAP;
        leaves_break(s, l, y);
    }
    if (w.what && tells.h >= banner_height(s, tells.w, w.what, w.then)) {
        banner(s, tells.x, tells.y, tells.w, BANNER_WARN, "alert", w.what, w.then);
    } else if (w.what) {
        y = banner(s, l->area.x, y, l->area.w, BANNER_WARN, "alert", w.what, w.then) + GAP;
        leaves_break(s, l, y);
    }
    return y;
}

/* --- this step --- */

static const char *const pictures[CHANGE_STEPS] = {"roll-open", "roll-take", "roll-put", "roll-shut", "roll-try"};

/* Three words at the right of the picture, at the heights of what they name; where they fit. */
static void call_outs(struct scene *s, const struct view *v, struct box art, int room)
{
    const char *const words[] = {SAY(change_label_pull), SAY(change_label_through), SAY(change_label_under)};
    static const int heights[] = {100, 238, 356}; /* of ART_H, and from where a line leads there */
    static const int from[] = {364, 420, 330};
    struct type t = TYPE(BODY, MEDIUM, INK);

    for (int i = 0; i < 3; i++)
        if (scene_width(s, t, words[i]) > room - 12)
            return;
    for (int i = 0; i < 3; i++) {
        int y = art.y + heights[i];

        scene_rect(s, (struct box){art.x + from[i], y, art.w - from[i] - 12, 3}, 0, TOKEN_INK);
        scene_draw(s, box_right(art), y - scene_line(s, t) / 2, room, t, words[i]);
    }
}

static void picture(struct scene *s, const struct view *v, struct box b)
{
    struct box art = {b.x + (b.w - ART_W) / 2, b.y, ART_W, b.h};
    enum change_step step = change(v)->step;

    scene_rect(s, b, 24, TOKEN_SUNK);
    if (step == CHANGE_PUT)
        art.x = b.x + 24;
    scene_picture(s, art, 0, pictures[step]);
    if (step == CHANGE_PUT && b.h == ART_H)
        call_outs(s, v, art, box_right(b) - box_right(art) - 24);
}

struct words {
    const char *title, *how;
};

static struct words words(struct scene *s, const struct view *v)
{
    const char *mm = millimetres(s, v);

    switch (change(v)->step) {
    case CHANGE_OPEN:
        return (struct words){SAY(change_open), SAY(change_open_how)};
    case CHANGE_TAKE:
        return (struct words){SAY(change_take), SAY(change_take_how)};
    case CHANGE_PUT:
        return (struct words){SAY(change_put), mm ? SAY_WITH(change_put_how, mm) : SAY(change_put_how_plain)};
    case CHANGE_SHUT:
        return (struct words){SAY(change_shut), SAY(change_shut_how)};
    case CHANGE_TRY:
    case CHANGE_DONE:
        break;
    }
    return (struct words){SAY(change_try),
                          change(v)->trouble == CHANGE_CANNOT ? SAY(change_cannot_how) : SAY(change_try_how)};
}

/* --- what the sensors see --- */

struct seen {
    const char *icon, *what;
    enum token colour;
};

static int seen_card(struct scene *s, struct box b, const struct seen *e, const char *note)
{
    struct type what = TYPE(BODY, BOLD, INK), small = TYPE(SMALL, REGULAR, INK_2);
    int x = b.x + 24 + ICON + 16, w = b.x + b.w - 24 - x;
    int high = scene_height(s, w, what, e->what) + scene_height(s, w, small, note) + 36;

    if (b.h) {
        card_box(s, b, &(struct card_style){0, 0, 24, TOKEN_SURFACE, false});
        scene_icon(s, b.x + 24, b.y + (b.h - ICON) / 2, ICON, e->icon, e->colour);
        int y = b.y + 18 + scene_draw(s, x, b.y + 18, w, what, e->what);
        scene_draw(s, x, y, w, small, note);
        scene_node(s, NODE_STATUS, "", b, e->what)->value = note;
    }
    return high;
}

static int sensors(struct scene *s, const struct view *v, struct box page, int y)
{
    const struct printer_senses *p = &v->health.senses[change(v)->role];
    const char *note = p->told ? SAY(change_seen_note) : SAY(change_seen_silent_note);
    struct seen cover = {"ok", p->open ? SAY(change_seen_open) : SAY(change_seen_shut), TOKEN_OK};
    struct seen paper = {p->out || p->low ? "wait" : "ok",
                         p->out   ? SAY(change_seen_no_paper)
                         : p->low ? SAY(change_seen_low)
                                  : SAY(change_seen_paper),
                         p->out || p->low ? TOKEN_WARN : TOKEN_OK};
    struct box row = {page.x, y, page.w, 0};
    int n = p->told ? 2 : 1, high = 0;

    if (!p->told)
        cover = (struct seen){"alert", SAY(change_seen_silent), TOKEN_WARN};
    for (int i = 0; i < n; i++) {
        struct box b = box_column(row, n, GAP, i);
        int h = seen_card(s, (struct box){b.x, b.y, b.w, 0}, i ? &paper : &cover, note);
        high = h > high ? h : high;
    }
    row.h = high;
    for (int i = 0; i < n; i++)
        seen_card(s, box_column(row, n, GAP, i), i ? &paper : &cover, note);
    return y + high;
}

/* --- all steps --- */

static int step_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const char *const names[CHANGE_STEPS] = {SAY(change_step_open), SAY(change_step_take), SAY(change_step_put),
                                             SAY(change_step_shut), SAY(change_step_try)};
    const struct paper_change *c = change(v);
    bool done = i < (int)c->step, now = i == (int)c->step;
    struct type t = now ? TYPE(BODY, BOLD, INK) : TYPE(BODY, REGULAR, INK), note = TYPE(SMALL, REGULAR, INK_2);
    const char *when = done && c->at[i] ? words_time(s, c->at[i]) : "";
    const char *value = i == CHANGE_TAKE && c->old_papers && done
                            ? SAY_WITH(change_old, words_number(s, c->old_papers), words_number(s, c->old_mm / 1000))
                            : when;
    int side = scene_width(s, note, value) + 2, room = at.w - ICON - 16 - (*value ? side + 16 : 0);
    int high = scene_height(s, room, t, names[i]) + 24;

    scene_icon(s, at.x, at.y + (high - 40) / 2, 40,
               done  ? "check"
               : now ? "next"
                     : "clock",
               done  ? TOKEN_OK
               : now ? TOKEN_PRIMARY
                     : TOKEN_INK_2);
    scene_draw(s, at.x + ICON + 16, at.y + 12, room, t, names[i]);
    if (*value)
        scene_draw(s, at.x + at.w - side, at.y + (high - scene_line(s, note)) / 2, side, note, value);
    scene_node(s, NODE_STATUS, "", (struct box){at.x, at.y, at.w, high}, names[i])->value = value;
    return at.y + high;
}

/* --- what is asked --- */

static struct button answer(enum button_kind kind, const char *id, const char *label, int a)
{
    return (struct button){.kind = kind, .id = id, .label = label, .action = DO(CHANGE_SAYS, a, 0)};
}

static const char *four(struct scene *s, int number)
{
    char text[12];

    return scene_keep(s, test_number_digits(number, text));
}

static int question(struct scene *s, const struct view *v, struct leaves *l, struct box tells, int y)
{
    const struct paper_change *c = change(v);
    const struct roll_question number = {
        .what = SAY(change_ask_number),
        .note = SAY(change_ask_number_note),
        .list = {answer(BUTTON_CHOICE, "number-0", four(s, c->number.offered[0]), 0),
                 answer(BUTTON_CHOICE, "number-1", four(s, c->number.offered[1]), 1),
                 answer(BUTTON_DANGER, "says-blank", SAY(change_says_blank), CHANGE_SAYS_BLANK),
                 answer(BUTTON_DANGER, "says-nothing", SAY(first_none_came), CHANGE_SAYS_NOTHING)},
        .n = 4};
    const struct roll_question edges = {
        .what = SAY(change_ask_edges),
        .note = SAY(change_ask_edges_note),
        .list = {answer(BUTTON_CHOICE, "edges-good", SAY(change_edges_good), CHANGE_EDGES_GOOD),
                 answer(BUTTON_DANGER, "edges-narrow", SAY(change_edges_narrow), CHANGE_EDGES_NARROW),
                 answer(BUTTON_DANGER, "edges-uncut", SAY(change_edges_uncut), CHANGE_EDGES_UNCUT)},
        .n = 3};

    return roll_question(s, l, tells, y, c->ask == CHANGE_ASK_NUMBER ? &number : &edges);
}

/* --- done --- */

struct figure {
    const char *label, *value, *note;
};

static int figure_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct figure *f = (const struct figure *)ctx + i;
    struct type label = TYPE(BODY, REGULAR, INK_2), value = TYPE(BODY, BOLD, INK), note = TYPE(SMALL, REGULAR, INK_2);
    int y = at.y + 12;

    y += scene_draw(s, at.x, y, at.w, label, f->label);
    y += scene_draw(s, at.x, y, at.w, value, f->value);
    if (f->note)
        y += scene_draw(s, at.x, y, at.w, note, f->note);
    scene_node(s, NODE_STATUS, "", (struct box){at.x, at.y, at.w, y + 12 - at.y}, f->label)->value = f->value;
    return y + 12;
}

static int done(struct scene *s, const struct view *v, struct leaves *l, int y)
{
    const struct paper_change *c = change(v);
    const struct staff_facts *f = &v->staff.facts;
    int whole = f->roll[c->role].whole_mm / 1000;
    const struct figure list[] = {
        {SAY(change_done_old), SAY_WITH(change_old, words_number(s, c->old_papers), words_number(s, c->old_mm / 1000)),
         NULL},
        {SAY(change_done_new), whole ? SAY_WITH(change_done_whole, words_number(s, whole)) : SAY(change_done_length), NULL},
        {SAY(change_done_unprinted),
         f->unprinted ? SAY_WITH(change_done_unprinted_n, words_number(s, f->unprinted)) : SAY(change_done_none),
         f->unprinted ? SAY(change_done_unprinted_note) : NULL}};

    y = banner(s, l->area.x, y, l->area.w, v->out.on ? BANNER_WARN : BANNER_OK, v->out.on ? "stop" : "ok",
               v->out.on ? SAY(change_done_out) : SAY(change_done_service), NULL) +
        GAP;
    leaves_break(s, l, y);
    if (c->uncut) {
        y = banner(s, l->area.x, y, l->area.w, BANNER_WARN, "alert", SAY(change_uncut), SAY(change_uncut_do)) + GAP;
        leaves_break(s, l, y);
    }
    return leaves_card(s, v, l, y, &(struct leaves_card){.n = 3, .row = figure_row, .ctx = list, .lines = true});
}

/* --- the page --- */

static int list_actions(const struct view *v, struct button out[2])
{
    const char *const by_hand[] = {SAY(change_by_hand_open), SAY(change_by_hand_take), SAY(change_by_hand_put),
                                   SAY(change_by_hand_shut)};
    const struct paper_change *c = change(v);
    bool over = c->step == CHANGE_DONE;
    int n = 0;

    out[n++] = (struct button){.kind = over ? BUTTON_MAIN : BUTTON_SECOND,
                               .id = "over",
                               .label = over ? SAY(change_back) : SAY(change_no),
                               .action = DO(CHANGE_OVER, 0, 0)};
    if (c->step < CHANGE_TRY)
        out[n++] = (struct button){
            .kind = BUTTON_SECOND, .id = "by-hand", .label = by_hand[c->step], .action = DO(CHANGE_STEP, 0, 0)};
    else if (!over && c->trouble == CHANGE_CANNOT && !c->running)
        out[n++] = (struct button){
            .kind = BUTTON_MAIN, .id = "again", .label = SAY(change_again), .action = DO(CHANGE_AGAIN, 0, 0)};
    return n;
}

static int body(struct scene *s, const struct view *v, struct leaves *l, struct box tells, int y)
{
    static const struct card_style slim = {28, 8, 24, TOKEN_SURFACE, false};
    const struct paper_change *c = change(v);
    struct words w = words(s, v);
    bool wrong = c->trouble != CHANGE_FINE;

    leaves_break(s, l, y);
    y = troubles(s, v, l, c->ask ? (struct box){0, 0, 0, 0} : tells, y);
    if (c->step == CHANGE_DONE)
        return done(s, v, l, y);
    if (c->ask) {
        y = question(s, v, l, tells, y) + GAP;
    } else {
        if (tells.h && !wrong) {
            picture(s, v, tells);
        } else if (!tells.h) {
            picture(s, v, (struct box){l->area.x, y, l->area.w, ART_H});
            y += ART_H + GAP;
            leaves_break(s, l, y);
        }
        y += scene_text(s, l->area.x, y, l->area.w, TYPE(TITLE_2, BOLD, INK), w.title) + 4;
        y += scene_text(s, l->area.x, y, l->area.w, TYPE(BODY, REGULAR, INK), w.how) + GAP;
    }
    leaves_break(s, l, y);
    y = sensors(s, v, l->area, y) + GAP;
    leaves_break(s, l, y);
    return leaves_card(s, v, l, y, &(struct leaves_card){.n = CHANGE_STEPS, .row = step_row, .lines = true, .style = &slim});
}

/* Two printers: whose roll is it? */
static void build_which(struct scene *s, const struct view *v)
{
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "over", .label = SAY(change_no), .action = DO(CHANGE_OVER, 0, 0)}};
    struct roll_question q = {.what = SAY(change_which), .note = SAY(change_which_note), .n = 2};
    struct box page = frame_paper(s, v), tells = {0, 0, 0, 0};
    struct actions row = actions_take(s, &page, list, NULL, 1);
    const struct head head = {SAY(staff_paper), NULL, TYPE(TITLE_2, BOLD, INK), 12, false, 0};

    q.list[0] = answer(BUTTON_CHOICE, "printer-receipt", SAY(staff_receipt), DEVICE_RECEIPT);
    q.list[1] = answer(BUTTON_CHOICE, "printer-ticket", SAY(staff_ticket), DEVICE_TICKET);
    frame_head(s, v, &page, &head, &tells);
    struct leaves l = leaves_begin(s, page);
    leaves_break(s, &l, page.y);
    leaves_end(s, v, &l, roll_question(s, &l, tells, page.y, &q));
    actions_draw(s, &row);
    frame_dock(s, v);
}

void build_PAPER_CHANGE(struct scene *s, const struct view *v)
{
    const struct paper_change *c = change(v);

    if (c->role >= PRINTER_ROLES) {
        build_which(s, v);
        return;
    }
    int step = c->step == CHANGE_DONE ? CHANGE_STEPS : (int)c->step + 1;
    const char *title = c->step == CHANGE_DONE     ? SAY(change_done_title)
                        : c->role == DEVICE_TICKET ? SAY(change_title_ticket)
                                                   : SAY(change_title_receipt);
    struct box page = frame_paper(s, v), tells = {0, 0, 0, 0};
    struct button list[2];
    int n = list_actions(v, list);
    struct actions row = actions_take(s, &page, list, n == 2 ? (const int[]){2, 3} : NULL, n);

    stepper(s, v, &page, title, step, CHANGE_STEPS, 0, &tells);
    struct leaves l = leaves_begin(s, (struct box){page.x, page.y + GAP, page.w, page.h - GAP});
    leaves_end(s, v, &l, body(s, v, &l, tells, page.y + GAP));
    actions_draw(s, &row);
    frame_dock(s, v);
}
