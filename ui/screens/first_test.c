/* SPDX-License-Identifier: Apache-2.0
 *
 * First boot: each device is tested by somebody who looks. What is asked stands on top, on the lamp's ground; below it how
 * far everything is.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/first.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/words.h"

#define ICON 48
#define CHOICES 3
#define GAP 16

/* --- the question --- */

struct question {
    const char *what, *note;
    struct button list[CHOICES];
    int n;
};

static struct button choice(enum button_kind kind, const char *id, const char *label, int a)
{
    return (struct button){.kind = kind, .id = id, .label = label, .action = DO(FIRST_SAYS, a, 0)};
}

static const char *four(struct scene *s, int number)
{
    char text[16];

    snprintf(text, sizeof text, "%04d", number);
    return scene_keep(s, text);
}

static struct question question(struct scene *s, const struct view *v)
{
    const struct first *f = &v->first;
    struct question q = {.n = 0};

    switch (f->ask) {
    case FIRST_ASK_NUMBER:
        q.what = SAY_WITH(first_which, first_part_name(v, f->testing));
        q.note = f->again ? SAY(first_which_again) : SAY(first_which_note);
        q.list[q.n++] = choice(BUTTON_CHOICE, "number-0", four(s, f->number.offered[0]), 0);
        q.list[q.n++] = choice(BUTTON_CHOICE, "number-1", four(s, f->number.offered[1]), 1);
        q.list[q.n++] = choice(BUTTON_DANGER, "first-none", SAY(first_none_came), 2);
        break;
    case FIRST_ASK_CARD:
        q.what = SAY(first_lay_card);
        q.note = f->again ? SAY(first_lay_card_again) : SAY(first_lay_card_note);
        q.list[q.n++] = (struct button){
            .kind = BUTTON_SECOND, .id = "first-no-card", .label = SAY(first_no_card), .action = DO(FIRST_NO_CARD, 0, 0)};
        break;
    case FIRST_ASK_SLIP:
        q.what = SAY(first_slip_came);
        q.note = SAY(first_slip_came_note);
        q.list[q.n++] = choice(BUTTON_CHOICE, "first-0", SAY(first_slip_yes), 0);
        q.list[q.n++] = choice(BUTTON_DANGER, "first-none", SAY(first_none_came), 2);
        break;
    case FIRST_ASK_NOTHING:
        break;
    }
    return q;
}

/* Side by side where each label stands on one line, else one below the other. */
static int choices(struct scene *s, struct box row, const struct question *q)
{
    int columns = q->n, high = BUTTON_HEIGHT;

    for (int i = 0; i < q->n; i++)
        if (button_width(s, &q->list[i]) > (row.w - (q->n - 1) * GAP) / q->n)
            columns = 1;
    for (int i = 0; i < q->n; i++) {
        int h = button_height(s, (row.w - (columns - 1) * GAP) / columns, &q->list[i]);
        high = h > high ? h : high;
    }
    for (int i = 0; i < q->n; i++) {
        struct box b = {row.x, row.y + i / columns * (high + GAP), row.w, high};
        button(s, box_column(b, columns, GAP, i % columns), &q->list[i]);
    }
    return row.y + (q->n / columns - 1) * (high + GAP) + high;
}

static int ask(struct scene *s, const struct view *v, struct box page, int y)
{
    struct question q = question(s, v);
    struct card c = card_open(s, page.x, y, page.w, &(struct card_style){28, 24, 24, TOKEN_GLOW_TINT, true});
    int at = c.in.y;

    at += scene_text(s, c.in.x, at, c.in.w, TYPE(LABEL, BOLD, INK), q.what) + 4;
    at += scene_text(s, c.in.x, at, c.in.w, TYPE(SMALL, REGULAR, INK), q.note) + 20;
    at = choices(s, (struct box){c.in.x, at, c.in.w, 0}, &q);
    return card_close(s, &c, at);
}

/* --- how far everything is --- */

struct part {
    enum first_part part;
    const char *note, *state, *icon;
    enum chip_kind chip;
};

static struct part part_of(struct scene *s, const struct view *v, enum first_part p)
{
    const struct first *f = &v->first;
    bool printer = p == FIRST_RECEIPT || p == FIRST_TICKET;
    struct part t = {p, SAY(first_note_next), SAY(first_waits), "wait", CHIP_PLAIN};

    switch (f->part[p]) {
    case FIRST_GOOD:
        t = (struct part){p, p == FIRST_TOUCH ? SAY(first_note_touch) : SAY(first_note_read), SAY(first_good), "ok",
                          CHIP_OK};
        if (printer)
            t.note = SAY_WITH(first_note_seen, four(s, f->seen[p]));
        break;
    case FIRST_UNSEEN:
        t = (struct part){p, SAY(first_note_unseen), SAY(first_unseen), "alert", CHIP_WARN};
        break;
    case FIRST_LEFT_OUT:
        t = (struct part){p, SAY(first_note_left_out), SAY(first_left_out), "alert", CHIP_WARN};
        break;
    case FIRST_UNTESTED:
    case FIRST_BAD:
        if (p == FIRST_TOUCH)
            t.note = SAY(first_note_touch_wait);
        else if (p == f->testing && (f->ask || f->running) && !f->slip)
            t.note = printer ? SAY(first_note_prints) : SAY(first_note_next), t.state = SAY(first_testing);
        break;
    }
    if (p == FIRST_HALL) {
        t.note = first_hall_words(v);
        t.state = f->part[p] == FIRST_GOOD ? SAY(first_good) : SAY(first_waits);
    }
    if (p == FIRST_STORAGE)
        t.note = first_disk_words(s, v);
    return t;
}

static int part_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    static const enum first_part order[] = {FIRST_RECEIPT, FIRST_TICKET, FIRST_READER,
                                            FIRST_TOUCH,   FIRST_HALL,   FIRST_STORAGE};
    struct part t = part_of(s, v, order[i]);
    struct type name = TYPE(BODY, MEDIUM, INK), note = TYPE(SMALL, REGULAR, INK_2);
    int wide = chip_width(s, t.state), left = at.x + ICON + 24, room = at.w - ICON - 24 - wide - 24;
    const char *called = first_part_name(v, t.part);
    int high = scene_height(s, room, name, called) + scene_height(s, room, note, t.note), row = high + 28;

    scene_icon(s, at.x, at.y + (row - ICON) / 2, ICON, first_part_icon(t.part), t.chip == CHIP_OK ? TOKEN_OK : TOKEN_INK_2);
    int y = at.y + 14 + scene_draw(s, left, at.y + 14, room, name, called);
    scene_draw(s, left, y, room, note, t.note);
    chip(s, at.x + at.w - wide, at.y + (row - chip_height(s)) / 2, wide, t.chip, t.icon, t.state);
    scene_node(s, NODE_STATUS, "", (struct box){at.x, at.y, at.w, row}, called)->value = scene_keep(
        s, SAY_WITH(staff_state_note, t.state, t.note));
    return at.y + row;
}

static const char *title(const struct view *v)
{
    const struct first *f = &v->first;

    if (f->ask)
        return f->ask == FIRST_ASK_CARD ? SAY(first_test_card_asks) : SAY(first_test_asks);
    return f->slip || f->over ? SAY(first_test_slip) : SAY(first_test_runs);
}

void build_FIRST_TEST(struct scene *s, const struct view *v)
{
    static const struct card_style style = {28, 4, 24, TOKEN_SURFACE, false};
    struct box page = frame_paper(s, v), tells;
    bool last = v->first.slip || v->first.over;

    stepper(s, v, &page, title(v), last ? 4 : 3, 4, 0, &tells);
    struct leaves l = leaves_begin(s, (struct box){page.x, page.y + 20, page.w, page.h - 20});
    int y = page.y + 20;

    if (v->first.ask) {
        y = ask(s, v, page, y) + 20;
        leaves_break(s, &l, y);
    }
    y = leaves_card(s, v, &l, y, &(struct leaves_card){.n = FIRST_PARTS, .row = part_row, .lines = true, .style = &style});
    leaves_break(s, &l, y);
    y = hint(s, page.x, y + 20, page.w, "info", SAY(first_stays));
    leaves_end(s, v, &l, y);
    frame_dock(s, v);
}
