/* SPDX-License-Identifier: Apache-2.0
 *
 * One case on one page: what is to be done, every step with its day and how that is counted, the papers, whom to ask, and
 * the number as a phone takes it along.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "model/receipt.h"
#include "session/intent.h"
#include "ui/screens/asking.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/case_words.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"
#include "ui/widgets/words_card.h"

#define GAP 20
#define DOT 36
#define BAR 8
#define STEP_X (DOT + 32)
#define STEP_GAP 24
#define ROW_ICON 48
#define ROW_LEAST 96
#define QR_SIDE 300

/* --- what is to be done --- */

static struct words_card now_card(struct scene *s, const struct view *v, const struct my_case *c)
{
    const char *sentence = case_sentence(s, v, c);
    bool asked = case_waits(v, c), over = c->stage == MY_CASE_DECIDED || c->stage == MY_CASE_DELIVERED;

    if (asked)
        return (struct words_card){BANNER_WARN, false, "doc-later", sentence, c->missing};
    if (c->stage == MY_CASE_REFUSED)
        return (struct words_card){BANNER_BAD, false, "stop", SAY(case_refused), c->words};
    if (over && !c->granted)
        return (struct words_card){BANNER_BAD, false, "stop", SAY(case_denied), c->words};
    if (over)
        return (struct words_card){BANNER_OK, false, "ok", SAY(case_granted), c->words};
    return (struct words_card){BANNER_INFO, false, "info", sentence, ""};
}

/* --- the steps --- */

/* Name and day beside each other, or one below the other; then how the day is counted. */
static int step_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct my_case *c = ctx;
    const struct my_case_step *step = &c->steps[i];
    struct type name = TYPE(BODY, BOLD, INK), day = TYPE(BODY, REGULAR, INK), why = type_secret(TYPE(SMALL, REGULAR, INK_2));
    const char *words = case_step_name(v, step), *when = case_step_day(s, v, c, step, true);
    int x = at.x + STEP_X, w = at.w - STEP_X, side = scene_width(s, day, when) + 2, line = scene_line(s, name);
    bool beside = scene_width(s, name, words) + 24 + side <= w, now = i == case_now(c);
    int y = at.y + scene_text(s, x, at.y, w, name, words);

    if (*when && beside)
        scene_text(s, x + w - side, at.y, side, day, when);
    else if (*when)
        y += scene_text(s, x, y, w, day, when);
    if (step->why[0])
        y += scene_text(s, x, y, w, why, words_own(s, v, step->why));
    if (i + 1 < c->n_steps) { /* down to the next one, which may stand on another page */
        y += STEP_GAP;
        scene_rect(s, (struct box){at.x + (DOT - BAR) / 2, at.y + (line + DOT) / 2, BAR, y - at.y - DOT}, 0,
                   step->done ? TOKEN_PRIMARY : TOKEN_LINE);
    }
    case_dot(s, (struct box){at.x, at.y + (line - DOT) / 2, DOT, DOT}, step->done, now);
    return y;
}

/* --- papers, and whom to ask --- */

struct row {
    const char *id, *icon, *label, *note;
    struct node_action action;
};
struct rows {
    struct row list[5];
    int n;
};

static bool prints(const struct view *v)
{
    return condition_prints(v->health.printer[DEVICE_RECEIPT]);
}

static const char *decision_words(const struct view *v, const struct my_case *c)
{
    return c->decided ? SAY(case_print_decision) : SAY(case_print_refusal);
}

/* Once: then it says so. */
static struct row rating_row(const struct view *v, const struct my_case *c)
{
    bool rated = strcmp(v->rating.rated, c->number) == 0;

    return rated ? (struct row){NULL, "face-5", SAY(case_rated), NULL, {0}}
                 : (struct row){"rate", "face-5", SAY(case_rate), NULL, DO(RATE_CASE, 0, 0)};
}

/* It did not come out when it was handed in here, and it can now. */
static bool receipt_due(const struct view *v)
{
    return v->cases.here.unprinted && prints(v);
}

static struct rows rows_of(struct scene *s, const struct view *v, const struct my_case *c)
{
    const char *printer = prints(v) ? NULL : SAY_WITH(case_printer, condition_printer(v, v->health.printer[DEVICE_RECEIPT]));
    struct rows r = {.n = 0};

    if (receipt_due(v))
        printer = SAY(case_receipt_due);

    r.list[r.n++] = (struct row){"print-receipt", "receipt", SAY(case_print_receipt), printer,
                                 DO(CASE_PAPER, DONE_RECEIPT, 0)};
    if (c->stage == MY_CASE_DELIVERED && c->item[0])
        r.list[r.n++] = rating_row(v, c);
    if (c->phone[0])
        r.list[r.n++] = (struct row){NULL, "phone", SAY(case_ask), c->phone, {0}};
    return r;
}

/* The note at the right, or below. */
static int link_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct row *r = &((const struct rows *)ctx)->list[i];
    struct type label = TYPE(BODY, REGULAR, INK), note = TYPE(BODY, REGULAR, INK_2);
    int x = at.x + ROW_ICON + 20, w = at.w - (x - at.x) - (r->id ? ROW_ICON + 12 : 0);
    int side = r->note ? scene_width(s, note, r->note) + 2 : 0;
    bool beside = scene_width(s, label, r->label) + 24 + side <= w;
    int h = scene_height(s, w, label, r->label), below = r->note && !beside ? scene_height(s, w, note, r->note) : 0;
    int high = h + below + 24 > ROW_LEAST ? h + below + 24 : ROW_LEAST, y = at.y + (high - h - below) / 2;

    if (r->id && scene_pressed(s, r->id))
        scene_rect(s, (struct box){at.x - 16, at.y, at.w + 32, high}, 16, TOKEN_SUNK);
    scene_icon(s, at.x, at.y + (high - ROW_ICON) / 2, ROW_ICON, r->icon, TOKEN_PRIMARY);
    scene_draw(s, x, y, w, label, r->label);
    if (r->note)
        scene_draw(s, beside ? x + w - side : x, beside ? y : y + h, beside ? side : w, note, r->note);
    if (r->id) {
        scene_icon(s, at.x + at.w - ROW_ICON, at.y + (high - ROW_ICON) / 2, ROW_ICON, "chevron-right", TOKEN_EDGE);
        scene_target(s, NODE_BUTTON, r->id, (struct box){at.x, at.y, at.w, high}, r->label, r->action);
    } else {
        scene_node(s, NODE_TEXT, "", (struct box){at.x, at.y, at.w, high}, r->label);
    }
    s->nodes[s->n_nodes - 1].value = r->note;
    return at.y + high;
}

/* --- who opened it --- */

static int opening_lines(const struct my_case *c)
{
    return c->n_opened + (c->openings > c->n_opened);
}

/* Who and when, beside each other or one below the other; then what for. Behind the newest, how many there are besides. */
static int opening_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const struct my_case *c = ctx;
    struct type body = TYPE(BODY, REGULAR, INK), note = type_secret(TYPE(SMALL, REGULAR, INK_2));

    if (i == c->n_opened)
        return at.y + scene_text(s, at.x, at.y, at.w, TYPE(SMALL, REGULAR, INK_2),
                                 SAY_WITH(case_openings_more, words_number(s, c->openings - c->n_opened)));
    const struct my_case_opened *o = &c->opened[i];
    const char *who = o->who[0] ? SAY_WITH(case_opened_by, words_own(s, v, o->post), o->who) : SAY(case_opened_machine);
    const char *when = case_day_and_time(s, v, o->at);
    int side = scene_width(s, body, when) + 2, y = at.y;
    bool beside = scene_width(s, body, who) + 24 + side <= at.w;

    y += scene_text(s, at.x, y, beside ? at.w - side : at.w, body, who);
    if (beside)
        scene_text(s, at.x + at.w - side, at.y, side, body, when);
    else
        y += scene_text(s, at.x, y, at.w, body, when);
    return o->who[0] && o->why[0] ? y + scene_text(s, at.x, y, at.w, note, o->why) : y;
}

/* --- the page --- */

/* Up to 16 characters title-1, up to 40 title-2, above that lead. */
static struct type title_type(const char *name)
{
    size_t n = utf8_count(name);

    return n <= 16 ? TYPE(TITLE_1, BOLD, INK) : n <= 40 ? TYPE(TITLE_2, BOLD, INK) : TYPE(LEAD, BOLD, INK);
}

/* In English where this terminal's catalogue has the item; the department and the number tell a clerk which it is. */
static const char *name(struct scene *s, const struct view *v, const struct my_case *c)
{
    return v->settings.language == LANGUAGE_EN && v->cases.item ? v->cases.item->task_name : words_own(s, v, c->item_name);
}

static int main_actions(const struct scene *s, const struct view *v, const struct my_case *c, struct button *out)
{
    if (c->stage == MY_CASE_ASKED && c->can_supplement && case_waits(v, c) && !v->health.no_applications)
        *out = (struct button){.kind = BUTTON_MAIN,
                               .id = "supplement",
                               .label = v->cases.by_number ? SAY(case_supplement_card) : SAY(case_supplement),
                               .action = DO(SUPPLEMENT, 0, 0)};
    else if (c->paper_code[0])
        *out = (struct button){.kind = BUTTON_MAIN,
                               .id = "print-decision",
                               .label = decision_words(v, c),
                               .action = DO(CASE_PAPER, DONE_DECISION, 0)};
    else
        return 0;
    return 1;
}

/* What is photographed or scanned here is at hand when the agency is rung up. */
static int take_along(struct scene *s, const struct view *v, int x, int y, int w, const struct my_case *c)
{
    char qr[80];

    receipt_qr_text(c->number, v->place->terminal, qr);
    return number_card(s, v, x, y, w, SAY(done_number_photo), c->number, qr,
                       v->settings.size < SIZE_LARGER ? SAY(case_take_along) : NULL, QR_SIDE);
}

static int body(struct scene *s, const struct view *v, struct leaves *l, const struct my_case *c)
{
    static const struct card_style slim = {32, 12, 24, TOKEN_SURFACE, false};
    const struct words_card now = now_card(s, v, c);
    const struct rows rows = rows_of(s, v, c);
    int y = l->area.y;

    y += case_place(s, v, l->area.x, y, l->area.w, c, true) + 16;
    leaves_break(s, l, y);
    y = words_card(s, v, l, y, &now) + GAP;
    leaves_break(s, l, y);
    if (c->n_steps > 0) {
        y = leaves_card(s, v, l, y, &(struct leaves_card){.n = c->n_steps, .row = step_row, .ctx = c}) + GAP;
        leaves_break(s, l, y);
    }
    y = leaves_card(
            s, v, l, y,
            &(struct leaves_card){.n = rows.n, .row = link_row, .ctx = &rows, .lines = true, .gap = 16, .style = &slim}) +
        GAP;
    leaves_break(s, l, y);
    y = take_along(s, v, l->area.x, y, l->area.w, c) + GAP;
    leaves_break(s, l, y);
    if (c->openings > 0) {
        y = leaves_card(s, v, l, y,
                        &(struct leaves_card){.head = SAY_WITH(case_openings, words_number(s, c->openings)),
                                              .note = SAY(case_openings_note),
                                              .n = opening_lines(c),
                                              .row = opening_row,
                                              .ctx = c,
                                              .lines = true,
                                              .gap = 16}) +
            GAP;
        leaves_break(s, l, y);
    }
    return hint(s, l->area.x, y, l->area.w, "clock", SAY_WITH(case_as_of, words_time(s, v->cases.known->at)));
}

void build_CASE(struct scene *s, const struct view *v)
{
    if (asking_page(s, v) || !v->cases.one)
        return;
    const struct my_case *c = v->cases.one;
    struct button action;
    struct box page = frame_paper(s, v);
    int n = main_actions(s, v, c, &action);
    struct actions row = actions_take(s, &page, &action, NULL, n);
    const struct head head = {name(s, v, c), NULL, title_type(name(s, v, c)), 4, true, 0};

    if (!n)
        page.h += 28;
    frame_head(s, v, &page, &head, NULL);
    struct leaves l = leaves_begin(s, page);

    l.fill = v->settings.size >= SIZE_LARGER; /* else a page ends where there is room for half of the steps */
    leaves_end(s, v, &l, body(s, v, &l, c));
    if (n)
        actions_draw(s, &row);
    frame_dock(s, v);
}
