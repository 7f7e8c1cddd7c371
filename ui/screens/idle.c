/* SPDX-License-Identifier: Apache-2.0
 *
 * Idle: the whole screen above the dock is one target. It says what works at this minute; nothing moves but the clock.
 */
#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/words.h"

#define ROW 92
#define ROWS_MAX 4
#define SHEET_TOP 36
#define SHEET_BOTTOM 44

struct row {
    const char *icon, *what, *state;
    enum token colour; /* of the icon; of the state too, when it is not fine */
};

static const char *greeting(const struct view *v)
{
    int hour = clock_minute_of_day(v->now_ms) / 60;

    return hour < 5    ? SAY(idle_night)
           : hour < 11 ? SAY(idle_morning)
           : hour < 13 ? SAY(idle_noon)
           : hour < 18 ? SAY(idle_afternoon)
                       : SAY(idle_evening);
}

static void clock_block(struct scene *s, const struct view *v)
{
    struct type day = type_aligned(TYPE(LEAD, MEDIUM, ON_NIGHT_2), ALIGN_RIGHT);
    struct date d = date_of_ms(v->now_ms);
    int x = 540, w = s->env.screen.w - FRAME_MARGIN - 8 - x, y = FRAME_HEADER + 56;
    const char *full = SAY_WITH(ui_date_year, words_number(s, d.year), str_month(v->settings.language, d.month),
                                words_number(s, d.day));

    scene_text(s, FRAME_MARGIN, FRAME_HEADER + 4, 560, TYPE(IDLE_CLOCK, BOLD, ON_NIGHT), words_time(s, v->now_ms));
    y += scene_text(s, x, y, w, day, full) + 4;
    scene_text(s, x, y, w, day, SAY_WITH(idle_weekday, words_weekday(v, d), greeting(v)));
}

static void lamp(struct scene *s, const struct view *v, int cy)
{
    static const struct {
        int r;
        enum token fill;
    } discs[] = {{500, TOKEN_NIGHT_2}, {430, TOKEN_NIGHT_3}, {366, TOKEN_GLOW}, {334, TOKEN_GLOW_LIGHT}};
    struct type call = type_aligned(TYPE(IDLE_CALL, BOLD, ON_GLOW), ALIGN_CENTRE);
    struct type other = type_aligned(TYPE(IDLE_OTHER, MEDIUM, GLOW_INK), ALIGN_CENTRE);
    int cx = s->env.screen.w / 2, y = cy - (128 + 24 + 2 * 96 + 64) / 2 - 8;

    for (int i = 0; i < 4; i++)
        scene_rect(s, (struct box){cx - discs[i].r, cy - discs[i].r, 2 * discs[i].r, 2 * discs[i].r}, discs[i].r,
                   discs[i].fill);
    scene_icon(s, cx - 64, y, 128, "touch", TOKEN_ON_GLOW);
    scene_draw(s, cx - 300, y + 152, 600, call, SAY(idle_call_1));
    scene_draw(s, cx - 300, y + 152 + 96, 600, call, SAY(idle_call_2));
    scene_draw(s, cx - 300, y + 152 + 2 * 96 + 8, 600, other, SAY(idle_call_other));
}

static int rows_of(struct scene *s, const struct view *v, struct row *r)
{
    bool reader = v->health.reader == READER_READY, paper = condition_prints(v->health.receipt);
    bool ticket = condition_prints(v->health.ticket);
    int n = 0;

    r[n++] = (struct row){reader ? "ok" : "stop", SAY(idle_apply),
                          !reader            ? SAY(idle_reader_off)
                          : v->home.here > 0 ? SAY_WITH(idle_items, words_number(s, v->home.here))
                                             : SAY(idle_always),
                          reader ? TOKEN_OK : TOKEN_BAD};
    if (v->queue.n_queues > 0)
        r[n++] = (struct row){ticket ? "ok" : "info", SAY(idle_queue),
                              ticket ? SAY(idle_any_time) : SAY(idle_ticket_on_screen), ticket ? TOKEN_OK : TOKEN_WARN};
    r[n++] = (struct row){paper ? "ok" : "paper-out", SAY(idle_paper),
                          !paper ? SAY_WITH(idle_on_screen, condition_printer(v, v->health.receipt))
                          : v->health.receipt == PRINTER_LOW ? SAY(ui_printer_low)
                                                             : SAY(idle_paper_good),
                          paper ? TOKEN_OK : TOKEN_WARN};
    r[n++] = (struct row){v->health.hall ? "ok" : "storage", SAY(idle_hall),
                          v->health.hall ? SAY(idle_hall_good) : SAY(idle_hall_off),
                          v->health.hall ? TOKEN_OK : TOKEN_PRIMARY};
    return n;
}

static void draw_row(struct scene *s, struct box b, const struct row *r)
{
    bool fine = r->colour == TOKEN_OK || r->colour == TOKEN_PRIMARY;
    struct type state = fine ? TYPE(BODY, REGULAR, INK) : type_coloured(TYPE(BODY, MEDIUM, INK), r->colour);

    scene_icon(s, b.x, b.y + (b.h - 52) / 2, 52, r->icon, r->colour);
    scene_line_in(s, (struct box){b.x + 76, b.y, 300, b.h}, TYPE(BODY, BOLD, INK), r->what);
    scene_line_in(s, (struct box){b.x + 376, b.y, b.w - 376, b.h}, type_aligned(state, ALIGN_RIGHT), r->state);
    scene_node(s, NODE_STATUS, "", b, r->what)->value = scene_keep(s, r->state);
}

static int sheet(struct scene *s, const struct view *v)
{
    struct row rows[ROWS_MAX];
    int n = rows_of(s, v, rows), head = scene_line(s, TYPE(TITLE_2, BOLD, INK)) + 12;
    int h = SHEET_TOP + head + n * (ROW + 2) - 2 + SHEET_BOTTOM;
    struct box b = {0, s->env.screen.h - FRAME_DOCK - h, s->env.screen.w, h};
    int x = FRAME_MARGIN, w = b.w - 2 * FRAME_MARGIN, y = b.y + SHEET_TOP;

    scene_rect(s, (struct box){b.x, b.y, b.w, b.h + 60}, 40, TOKEN_PAPER); /* round above only */
    scene_text(s, x, y, w, TYPE(TITLE_2, BOLD, INK), SAY(idle_what));
    y += head;
    for (int i = 0; i < n; i++) {
        draw_row(s, (struct box){x, y, w, ROW}, &rows[i]);
        y += ROW;
        if (i + 1 < n)
            hairline(s, x, y, w);
        y += 2;
    }
    return b.y;
}

void build_IDLE(struct scene *s, const struct view *v)
{
    struct row rows[ROWS_MAX];
    int n = rows_of(s, v, rows), clock_end = FRAME_HEADER + 224;
    int top = s->env.screen.h - FRAME_DOCK -
              (SHEET_TOP + scene_line(s, TYPE(TITLE_2, BOLD, INK)) + 10 + n * (ROW + 2) + SHEET_BOTTOM);

    frame_night(s, v, false, true);
    clock_block(s, v);
    lamp(s, v, clock_end + (top - clock_end) / 2 + 40);
    sheet(s, v);
    struct box all = s->env.screen;

    all.h -= FRAME_DOCK + 2; /* the dock's buttons lie as far below as any two targets */
    scene_target(s, NODE_BUTTON, "start", all, SAY(idle_start), (struct node_action){INTENT_START, 0, 0});
    frame_dock(s, v);
}
