/* SPDX-License-Identifier: Apache-2.0
 *
 * The ticket: the number, as large as it can be, before the paper; how many are ahead, how long, and where to go.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/ticket.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/queue_row.h"
#include "ui/widgets/steps.h"
#include "ui/widgets/words.h"

#define QR_SIDE 288
#define PAPER_LEAST 260
#define FACTS_MAX 3

struct fact {
    const char *label, *value;
};

static int facts_of(struct scene *s, const struct view *v, struct fact out[FACTS_MAX])
{
    const char *place = queue_place(s, v, &v->ticket.queue);
    int n = 0;

    if (v->ticket.booked_ms)
        out[n++] = (struct fact){SAY(ticket_booked), words_time(s, v->ticket.booked_ms)};
    else if (v->ticket.ahead < 0)
        out[n++] = (struct fact){SAY(ticket_ahead), SAY(ticket_unknown)};
    if (v->ticket.booked_ms) {
        out[n++] = (struct fact){SAY(ticket_about), SAY(ticket_booked_note)};
    } else if (v->ticket.ahead >= 0) {
        out[n++] = (struct fact){SAY(ticket_ahead), queue_people(s, v, v->ticket.ahead)};
        out[n++] = (struct fact){SAY(ticket_about), v->ticket.minutes > 0
                                                        ? SAY_WITH(ticket_minutes, words_number(s, v->ticket.minutes))
                                                    : v->ticket.minutes == 0 ? SAY(queue_at_once)
                                                                             : SAY(ticket_no_time)};
    }
    if (*place)
        out[n++] = (struct fact){SAY(ticket_place), place};
    return n;
}

/* Its height; drawn unless `draw` is false. */
static int fact(struct scene *s, int x, int y, int w, const struct fact *f, bool draw)
{
    struct type label = TYPE(BODY, REGULAR, INK_2), value = TYPE(TITLE_2, BOLD, INK);
    int h = scene_height(s, w, label, f->label);

    /* a place of many words takes a smaller size rather than three lines */
    if (scene_height(s, w, value, f->value) > scene_line(s, value))
        value.role = TYPE_LABEL;
    if (draw) {
        scene_text(s, x, y, w, label, f->label);
        scene_text(s, x, y + h, w, value, f->value);
    }
    return h + scene_height(s, w, value, f->value);
}

static int facts_beside(struct scene *s, struct box b, const struct fact *f, int n)
{
    int high = 0;

    for (int i = 0; i < n; i++) {
        struct box c = box_column(b, n, 0, i);
        int x = i ? c.x + 32 : c.x, w = box_right(c) - x - 16, h = fact(s, x, b.y, w, &f[i], true);

        high = h > high ? h : high;
    }
    for (int i = 1; i < n; i++)
        scene_rect(s, (struct box){box_column(b, n, 0, i).x, b.y, 2, high}, 0, TOKEN_LINE);
    return b.y + high;
}

static int facts_below(struct scene *s, struct box b, const struct fact *f, int n)
{
    int y = b.y;

    for (int i = 0; i < n; i++) {
        const struct pair p = {.label = f[i].label, .value = f[i].value, .column = b.w * 2 / 5, .strong = true};
        y += pair_draw(s, b.x, y, b.w, &p) + (i + 1 < n ? 8 : 0);
    }
    return y;
}

static int facts_stacked(struct scene *s, struct box b, const struct fact *f, int n)
{
    if (s->env.size >= 2 || n > 2)
        return facts_below(s, b, f, n);
    for (int i = 0; i < n; i++)
        b.y += fact(s, b.x, b.y, b.w, &f[i], true) + (i + 1 < n ? 20 : 0);
    return b.y;
}

/* What stands under the number; the code beside it where the number left no room for it. */
static int ticket_foot(struct scene *s, const struct view *v, struct box b, bool code)
{
    struct fact facts[FACTS_MAX];
    int n = facts_of(s, v, facts), y = b.y + 16, end;

    if (!n && !code)
        return b.y;
    hairline(s, b.x, y, b.w);
    b.y = y + 24;
    if (!code)
        return (s->env.size < 2 ? facts_beside : facts_below)(s, b, facts, n);
    qr_block(s, (struct box){box_right(b) - QR_SIDE, b.y, QR_SIDE, QR_SIDE}, v->ticket.qr);
    b.w -= QR_SIDE + 24;
    end = facts_stacked(s, b, facts, n);
    return end > b.y + QR_SIDE ? end : b.y + QR_SIDE;
}

int ticket_card(struct scene *s, const struct view *v, int x, int y, int w)
{
    struct card c = card_open(s, x, y, w, &(struct card_style){40, 36, 24, TOKEN_SURFACE, false});
    struct type number = TYPE(TICKET, BOLD, INK), lead = TYPE(LEAD, REGULAR, INK_2);
    int room = c.in.w - QR_SIDE - 24, at = c.in.y, h;
    bool wide = scene_width(s, number, v->ticket.number) > room; /* the long number of an own series */

    at += scene_text(s, c.in.x, at, wide ? c.in.w : room, lead, queue_name(s, v, &v->ticket.queue));
    h = scene_draw(s, c.in.x, at, c.in.w, number, v->ticket.number);
    scene_node(s, NODE_TEXT, "number", (struct box){c.in.x, at, wide ? c.in.w : room, h}, v->ticket.number);
    at += h;
    if (!wide) {
        qr_block(s, (struct box){c.in.x + c.in.w - QR_SIDE, c.in.y + 8, QR_SIDE, QR_SIDE}, v->ticket.qr);
        at = at < c.in.y + 8 + QR_SIDE ? c.in.y + 8 + QR_SIDE : at;
    }
    return card_close(s, &c, ticket_foot(s, v, (struct box){c.in.x, at, c.in.w, 0}, wide));
}

int ticket_hours(struct scene *s, const struct view *v, int x, int y, int w)
{
    char spans[80];

    if (!v->ticket.hours.n)
        return y;
    opening_hours_text(&v->ticket.hours, "\u2013", SAY(ui_hours_and), spans, sizeof spans);
    return hint(s, x, y, w, "clock",
                v->ticket.hours_today ? SAY_WITH(ticket_hours_today, scene_keep(s, spans))
                                      : SAY_WITH(ticket_hours_working, scene_keep(s, spans))) +
           16;
}

static const char *title(const struct view *v)
{
    switch (v->ticket.print) {
    case PRINT_RUNNING:
        return SAY(ticket_printing);
    case PRINT_SLOW:
        return SAY(ticket_slow);
    case PRINT_DONE:
        return v->ticket.slip == SLIP_OUT     ? SAY(slip_out)
               : v->ticket.slip == SLIP_TAKEN ? SAY(slip_taken)
               : v->ticket.slip == SLIP_BACK  ? SAY(slip_back)
                                              : SAY(ticket_done);
    case PRINT_IDLE:
    case PRINT_NOT:
    case PRINT_UNKNOWN:
        break;
    }
    return SAY(ticket_kept);
}

static bool drawn_back(const struct view *v)
{
    return v->ticket.print == PRINT_DONE && v->ticket.slip == SLIP_BACK;
}

/* Drawn, or only measured; returns the height. */
static int beside(struct scene *s, const struct view *v, struct box b, bool draw)
{
    struct type head = TYPE(TITLE_2, BOLD, INK), body = TYPE(BODY, REGULAR, INK), small = TYPE(SMALL, REGULAR, INK_2);
    bool taken = v->ticket.print == PRINT_DONE && v->ticket.slip == SLIP_TAKEN;
    const char *where = taken ? SAY(ticket_keep) : drawn_back(v) ? SAY(ticket_kept) : SAY(ticket_where);
    const char *lost = drawn_back(v) ? SAY(tticket_kept_note) : SAY(ticket_lost);
    const char *call = v->ticket.queue.recall > 0 && s->env.size < 2
                           ? SAY_WITH(ticket_call_recall, words_number(s, v->ticket.queue.recall))
                           : SAY(ticket_call);
    int gap = s->env.size < 2 ? 20 : 8;
    int h = scene_height(s, b.w, head, where) + gap + scene_height(s, b.w, body, call) +
            (taken ? 0 : gap + scene_height(s, b.w, small, lost));
    int y = b.y + (b.h - h) / 2;

    if (!draw)
        return h;
    y += scene_text(s, b.x, y, b.w, head, where) + gap;
    y += scene_text(s, b.x, y, b.w, body, call) + gap;
    if (!taken)
        scene_text(s, b.x, y, b.w, small, lost);
    return h;
}

/* The picture of paper at the slot stays while that is so and the words find room beside it. Returns the y below. */
static int paper(struct scene *s, const struct view *v, struct box page, int y)
{
    struct box b = {page.x, y, page.w, box_bottom(page) - y};
    bool gone = v->ticket.print == PRINT_DONE && slip_gone(v->ticket.slip);

    if (!gone && b.h >= PAPER_LEAST && beside(s, v, (struct box){0, 0, page.w - 440 - 64, 0}, false) + 32 <= b.h) {
        beside(s, v, picture_card(s, b, "ticket"), true);
        return box_bottom(b);
    }
    struct card c = card_open(s, page.x, y, page.w, &CARD_PLAIN);

    c.in.h = beside(s, v, c.in, false);
    beside(s, v, c.in, true);
    return card_close(s, &c, box_bottom(c.in));
}

void build_TICKET(struct scene *s, const struct view *v)
{
    bool busy = v->ticket.print == PRINT_RUNNING || v->ticket.print == PRINT_SLOW;
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "no-paper", .label = SAY(ticket_no_paper), .action = DO(NO_PAPER, 0, 0)},
        {.kind = busy ? BUTTON_SECOND : BUTTON_MAIN,
         .id = "took",
         .label = busy            ? SAY(ticket_wait)
                  : drawn_back(v) ? SAY(common_close)
                                  : SAY(ticket_took),
         .off = busy,
         .action = DO(TOOK_PAPER, 0, 0)}};
    struct box page = frame_paper(s, v);
    bool gone = v->ticket.print == PRINT_DONE && slip_gone(v->ticket.slip);
    struct actions row = gone ? actions_take(s, &page, list + 1, NULL, 1) : actions_take(s, &page, list, NULL, 2);
    int y = page.y + 32;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_1, BOLD, INK), title(v)) + 28;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = ticket_card(s, v, page.x, y, page.w) + 24;
    leaves_break(s, &l, y);
    y = ticket_hours(s, v, page.x, y, page.w);
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, paper(s, v, page, y));
    actions_draw(s, &row);
    frame_dock(s, v);
}
