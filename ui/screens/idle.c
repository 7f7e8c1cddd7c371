/* SPDX-License-Identifier: Apache-2.0
 *
 * Idle: the whole screen above the dock is one target. It says what works at this minute; nothing moves but the clock.
 */
#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/card.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/queue_times.h"
#include "ui/widgets/words.h"

#define ROW 92
#define ROWS_MAX 5
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
           : hour < 9  ? SAY(idle_morning)
           : hour < 12 ? SAY(idle_forenoon)
           : hour < 13 ? SAY(idle_noon)
           : hour < 18 ? SAY(idle_afternoon)
                       : SAY(idle_evening);
}

static void clock_block(struct scene *s, const struct view *v)
{
    struct type day = type_aligned(TYPE(IDLE_DAY, MEDIUM, ON_NIGHT_2), ALIGN_RIGHT);
    struct date d = date_of_ms(v->now_ms);
    const char *now = words_time(s, v->now_ms);
    int left = FRAME_MARGIN, right = s->env.screen.w - FRAME_MARGIN - 8, y = FRAME_HEADER + 56;
    int x = left + scene_width(s, TYPE(IDLE_CLOCK, BOLD, ON_NIGHT), now) + 24;
    const char *full = SAY_WITH(ui_date_year, words_number(s, d.year), str_month(v->settings.language, d.month),
                                words_number(s, d.day));

    scene_text(s, left, FRAME_HEADER + 4, x - left, TYPE(IDLE_CLOCK, BOLD, ON_NIGHT), now);
    y += scene_text(s, x, y, right - x, day, full) + 4;
    scene_text(s, x, y, right - x, day, SAY_WITH(idle_weekday, words_weekday(v, d), greeting(v)));
}

/* The lamp fills the night between clock and sheet. */
static void lamp(struct scene *s, const struct view *v, int cy, int room)
{
    static const struct {
        int r;
        enum token fill;
    } discs[] = {{500, TOKEN_NIGHT_2}, {430, TOKEN_NIGHT_3}, {366, TOKEN_GLOW}, {334, TOKEN_GLOW_LIGHT}};
    struct type call = type_aligned(TYPE(IDLE_CALL, BOLD, ON_GLOW), ALIGN_CENTRE);
    struct type other = type_aligned(TYPE(IDLE_OTHER, MEDIUM, GLOW_INK), ALIGN_CENTRE);
    int most = 2 * discs[2].r, part = room - 24 < most ? room - 24 : most;
    int cx = s->env.screen.w / 2, icon = part > 560 ? 152 : 0, y = cy - (icon + 2 * 96 + 72) / 2;

    for (int i = 0; i < 4; i++) {
        int r = discs[i].r * part / most;

        scene_rect(s, (struct box){cx - r, cy - r, 2 * r, 2 * r}, r, discs[i].fill);
    }
    if (icon)
        scene_icon(s, cx - 64, y - 8, 128, "touch", TOKEN_ON_GLOW);
    y += icon;
    scene_draw(s, cx - 300, y, 600, call, SAY(idle_call_1));
    scene_draw(s, cx - 300, y + 96, 600, call, SAY(idle_call_2));
    scene_draw(s, cx - 300, y + 2 * 96 + 8, 600, other, SAY(idle_call_other));
}

/* What is said of a queue is what its hours say; where there are none, nothing of when. */
static struct row queue_row(struct scene *s, const struct view *v)
{
    const struct queues_sum sum = queues_sum(v);
    struct row r = {"ok", SAY(idle_queue), SAY(idle_queue_now), TOKEN_OK};

    if (!sum.gives) {
        r.icon = "clock";
        r.state = sum.from ? SAY_WITH(queue_from, queue_when(s, v, sum.from, true)) : SAY(idle_queue_off);
        r.colour = TOKEN_WARN;
    } else if (!condition_prints(v->health.printer[DEVICE_TICKET])) {
        r.icon = "info";
        r.state = SAY(idle_ticket_on_screen);
        r.colour = TOKEN_WARN;
    } else if (sum.unsure) {
        r.state = SAY(idle_queue_unsure);
    } else if (sum.gives < v->queue.n_queues) {
        r.state = SAY(idle_queue_some);
    } else if (!sum.timed) {
        r.state = SAY(idle_queue_plain);
    }
    return r;
}

static int rows_of(struct scene *s, const struct view *v, struct row *r)
{
    bool reader = v->health.reader == READER_READY, paper = condition_prints(v->health.printer[DEVICE_RECEIPT]);
    bool key = !v->health.no_applications;
    int n = 0;

    if (v->notice.until_ms > v->now_ms)
        r[n++] = (struct row){"info", SAY(idle_notice), scene_keep(s, words_either(s, v, v->notice.zh, v->notice.en)),
                              TOKEN_PRIMARY};
    r[n++] = (struct row){reader && key ? "ok" : "stop", SAY(idle_apply),
                          !key                     ? SAY(idle_key_over)
                          : !reader                ? SAY(idle_reader_off)
                          : view_items_here(v) > 0 ? SAY_WITH(idle_items, words_number(s, view_items_here(v)))
                                                   : SAY(idle_always),
                          reader && key ? TOKEN_OK : TOKEN_BAD};
    if (v->queue.n_queues > 0)
        r[n++] = queue_row(s, v);
    r[n++] = (struct row){paper ? "ok" : "paper-out", SAY(idle_paper),
                          !paper ? SAY_WITH(idle_on_screen, condition_printer(v, v->health.printer[DEVICE_RECEIPT]))
                          : v->health.printer[DEVICE_RECEIPT] == PRINTER_LOW ? SAY(ui_printer_low)
                                                                             : SAY(idle_paper_good),
                          paper ? TOKEN_OK : TOKEN_WARN};
    r[n++] = (struct row){v->health.hall ? "ok" : "storage", SAY(idle_hall),
                          v->health.hall ? SAY(idle_hall_good) : SAY(idle_hall_off),
                          v->health.hall ? TOKEN_OK : TOKEN_PRIMARY};
    return n;
}

/* What and how on one line, or where that is too long on two. */
static bool row_beside(struct scene *s, int w, const struct row *r)
{
    return scene_width(s, TYPE(BODY, BOLD, INK), r->what) + 24 + scene_width(s, TYPE(BODY, MEDIUM, INK), r->state) <= w - 76;
}

static int row_height(struct scene *s, int w, const struct row *r)
{
    struct type t = TYPE(BODY, MEDIUM, INK);
    int h = row_beside(s, w, r) ? scene_line(s, t) : scene_line(s, t) + scene_height(s, w - 76, t, r->state);

    return h + 24 > ROW ? h + 24 : ROW;
}

static void draw_row(struct scene *s, struct box b, const struct row *r)
{
    bool fine = r->colour == TOKEN_OK || r->colour == TOKEN_PRIMARY;
    struct type state = fine ? TYPE(BODY, REGULAR, INK) : type_coloured(TYPE(BODY, MEDIUM, INK), r->colour);

    scene_icon(s, b.x, b.y + (b.h - 52) / 2, 52, r->icon, r->colour);
    struct box in = {b.x + 76, b.y, b.w - 76, b.h};
    int line = scene_line(s, state), h = line + scene_height(s, in.w, state, r->state), y = b.y + (b.h - h) / 2;

    if (row_beside(s, b.w, r)) {
        scene_line_in(s, in, TYPE(BODY, BOLD, INK), r->what);
        scene_line_in(s, in, type_aligned(state, ALIGN_RIGHT), r->state);
    } else {
        scene_draw(s, in.x, y, in.w, TYPE(BODY, BOLD, INK), r->what);
        scene_draw(s, in.x, y + line, in.w, state, r->state);
    }
    scene_node(s, NODE_STATUS, "", b, r->what)->value = scene_keep(s, r->state);
}

static int sheet_height(struct scene *s, const struct row *rows, int n, int w)
{
    int h = SHEET_TOP + scene_line(s, TYPE(TITLE_2, BOLD, INK)) + 12 + SHEET_BOTTOM;

    for (int i = 0; i < n; i++)
        h += row_height(s, w, &rows[i]) + (i + 1 < n ? 2 : 0);
    return h;
}

static void sheet(struct scene *s, const struct view *v, struct box b, const struct row *rows, int n)
{
    int x = FRAME_MARGIN, w = b.w - 2 * FRAME_MARGIN, y = b.y + SHEET_TOP;

    scene_rect(s, (struct box){b.x, b.y, b.w, b.h + 60}, 40, TOKEN_PAPER); /* round above only */
    y += scene_text(s, x, y, w, TYPE(TITLE_2, BOLD, INK), SAY(idle_what)) + 12;
    for (int i = 0; i < n; i++) {
        struct box row = {x, y, w, row_height(s, w, &rows[i])};

        draw_row(s, row, &rows[i]);
        y = box_bottom(row);
        if (i + 1 < n)
            hairline(s, x, y, w);
        y += 2;
    }
}

void build_IDLE(struct scene *s, const struct view *v)
{
    struct row rows[ROWS_MAX];
    int n = rows_of(s, v, rows), clock_end = FRAME_HEADER + 224;
    int high = sheet_height(s, rows, n, s->env.screen.w - 2 * FRAME_MARGIN);
    struct box all = s->env.screen, b = {0, all.h - FRAME_DOCK - high, all.w, high};

    frame_night(s, v, false, true);
    lamp(s, v, clock_end + (b.y - clock_end) / 2 + 40, b.y - clock_end);
    clock_block(s, v);
    sheet(s, v, b, rows, n);
    all.h -= FRAME_DOCK;
    scene_target(s, NODE_BUTTON, "start", all, SAY(idle_start), (struct node_action){INTENT_START, 0, 0});
    frame_dock(s, v);
}
