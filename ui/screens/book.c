/* SPDX-License-Identifier: Apache-2.0
 *
 * Book: a day, an hour, and the choice once more in words above the button. Full ones keep their place and say so.
 */
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/booking.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fit.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 16
#define PAD 20
#define NOON (12 * 60)

/* --- a cell: two lines in a frame --- */

struct cell {
    const char *id, *first, *second, *words;
    bool off, chosen;
    struct node_action action;
};

/* As many as leave every word whole. */
static int columns(const struct scene *s, struct box area, const struct cell *list, int n)
{
    int most = s->env.size < SIZE_LARGER ? 3 : 2;

    for (int i = 0; i < n && most > 1; i++) {
        int w = box_column((struct box){area.x, 0, area.w, 0}, most, GAP, 0).w - 2 * PAD;

        if (!fit_words(s, w, TYPE(LEAD, BOLD, INK), list[i].first) ||
            !fit_words(s, w, TYPE(BODY, REGULAR, INK), list[i].second)) {
            most--;
            i = -1;
        }
    }
    return most;
}

static int cell_height(const struct scene *s, int w, const struct cell *c)
{
    return 2 * PAD + scene_height(s, w - 2 * PAD, TYPE(LEAD, BOLD, INK), c->first) +
           scene_height(s, w - 2 * PAD, TYPE(BODY, REGULAR, INK), c->second);
}

static void draw_cell(struct scene *s, struct box b, const struct cell *c)
{
    bool down = scene_pressed(s, c->id);
    struct type first = TYPE(LEAD, BOLD, INK), second = TYPE(BODY, REGULAR, INK);
    enum token fill = down ? TOKEN_SUNK : c->off ? TOKEN_PAPER : c->chosen ? TOKEN_PRIMARY_TINT : TOKEN_SURFACE;
    int x = b.x + PAD, y = b.y + PAD, w = b.w - 2 * PAD;

    first.colour = second.colour = c->off ? TOKEN_OFF : c->chosen ? TOKEN_PRIMARY : TOKEN_INK;
    scene_frame(s, b, 16, fill, c->off ? TOKEN_LINE : c->chosen ? TOKEN_PRIMARY : TOKEN_EDGE, c->chosen ? 6 : 2);
    y += scene_draw(s, x, y, w, first, c->first);
    scene_draw(s, x, y, w, second, c->second);
    struct node *n = scene_target(s, NODE_RADIO, c->id, b, c->words, c->action);
    n->enabled = !c->off;
    n->checked = c->chosen;
}

/* Rows of cells; returns the y below. */
static int grid(struct scene *s, struct leaves *l, struct box area, const struct cell *list, int n)
{
    int per_row = columns(s, area, list, n), y = area.y;

    for (int i = 0; i < n; i += per_row) {
        int high = 0, w = box_column((struct box){area.x, 0, area.w, 0}, per_row, GAP, 0).w;

        for (int k = i; k < n && k < i + per_row; k++)
            high = cell_height(s, w, &list[k]) > high ? cell_height(s, w, &list[k]) : high;
        if (i)
            leaves_break(s, l, y);
        for (int k = i; k < n && k < i + per_row; k++)
            draw_cell(s, box_column((struct box){area.x, y, area.w, high}, per_row, GAP, k - i), &list[k]);
        y += high + GAP;
    }
    return y;
}

/* --- days and hours --- */

static int left_of(const struct appointment_day *d)
{
    int left = 0;

    for (int i = 0; i < d->n; i++)
        left += d->hours[i].left;
    return left;
}

static const char *month_day(struct scene *s, const struct view *v, struct date d)
{
    return SAY_WITH(ui_date, str_month(v->settings.language, d.month), words_number(s, d.day));
}

static struct cell day_cell(struct scene *s, const struct view *v, int i)
{
    const struct appointment_day *d = &v->booking.known->days[i];
    struct date date = date_of_days(d->day);
    const char *weekday = words_weekday(v, date), *day = month_day(s, v, date);
    int left = left_of(d);
    char id[24];

    snprintf(id, sizeof id, "day.%d", i);
    return (struct cell){.id = scene_keep(s, id),
                         .first = day,
                         .second = left ? SAY_WITH(book_day_left, weekday, words_number(s, left))
                                        : SAY_WITH(book_day_full, weekday),
                         .words = left ? SAY_WITH(book_day_words, day, weekday, words_number(s, left))
                                       : SAY_WITH(book_day_full_words, day, weekday),
                         .chosen = i == v->booking.day,
                         .action = DO(BOOK_DAY, i, 0)};
}

static struct cell hour_cell(struct scene *s, const struct view *v, int i)
{
    const struct appointment_hour *h = &v->booking.known->days[v->booking.day].hours[i];
    const char *time = words_time(s, h->from);
    char id[24];

    snprintf(id, sizeof id, "hour.%d", i);
    return (struct cell){.id = scene_keep(s, id),
                         .first = time,
                         .second = h->left ? SAY_WITH(book_left, words_number(s, h->left)) : SAY(book_full),
                         .words = h->left ? SAY_WITH(book_hour_words, time, words_number(s, h->left))
                                          : SAY_WITH(book_hour_full_words, time),
                         .off = !h->left,
                         .chosen = i == v->booking.hour,
                         .action = DO(BOOK_HOUR, i, 0)};
}

static int heading(struct scene *s, struct box area, const char *words)
{
    return area.y + 8 + scene_text(s, area.x, area.y + 8, area.w, TYPE(LEAD, BOLD, INK), words) + 12;
}

/* Mornings and afternoons under their own heads. */
static int half_day(struct scene *s, const struct view *v, struct leaves *l, struct box area, bool afternoon)
{
    const struct appointment_day *d = &v->booking.known->days[v->booking.day];
    const char *day = month_day(s, v, date_of_days(d->day));
    struct cell list[APPOINTMENT_HOURS_MAX];
    int n = 0;

    for (int i = 0; i < d->n; i++)
        if ((clock_minute_of_day(d->hours[i].from) >= NOON) == afternoon)
            list[n++] = hour_cell(s, v, i);
    if (!n)
        return area.y;
    leaves_break(s, l, area.y);
    area.y = heading(s, area, afternoon ? SAY_WITH(book_afternoon, day) : SAY_WITH(book_morning, day));
    return grid(s, l, area, list, n);
}

static int body(struct scene *s, const struct view *v, struct leaves *l)
{
    struct cell list[APPOINTMENT_DAYS_MAX];
    struct box area = l->area;

    area.y = booking_refused(s, v, area.x, area.y, area.w);
    if (area.y > l->area.y)
        leaves_break(s, l, area.y);
    area.y = heading(s, area, SAY(book_day));
    for (int i = 0; i < v->booking.known->n_days; i++)
        list[i] = day_cell(s, v, i);
    area.y = grid(s, l, area, list, v->booking.known->n_days);
    area.y = half_day(s, v, l, area, false);
    return half_day(s, v, l, area, true);
}

/* --- the page --- */

static const struct appointment_hour *chosen(const struct view *v)
{
    const struct my_appointments *m = v->booking.known;

    return v->booking.hour < 0 || v->booking.day >= m->n_days ? NULL : &m->days[v->booking.day].hours[v->booking.hour];
}

/* The choice in words, above the button: taken off the page's lower end. */
static void choice(struct scene *s, const struct view *v, struct box *page)
{
    const struct appointment_hour *h = chosen(v);
    const char *first = h ? booking_when(s, v, h->from) : SAY(book_choose),
               *rest = h ? SAY_WITH(book_chosen_rest, words_time(s, h->until)) : NULL;
    int high = banner_height(s, page->w, first, rest);

    page->h -= high + 12;
    banner(s, page->x, box_bottom(*page) + 12, page->w, BANNER_INFO, "appointment", first, rest);
}

static void none(struct scene *s, const struct view *v, struct box page)
{
    const struct advice rows[] = {{"clock", SAY(booking_again), SAY(book_none_do)},
                                  {"phone", SAY(booking_call), SAY_WITH(booking_call_do, v->place->hotline)}};
    struct leaves l = leaves_begin(s, page);
    int y = booking_refused(s, v, page.x, page.y, page.w);

    leaves_end(s, v, &l, advice_card(s, v, &l, y, rows, 2));
}

void build_BOOK(struct scene *s, const struct view *v)
{
    if (booking_page(s, v))
        return;
    bool moves = v->booking.moving[0] != '\0', some = v->booking.known->n_days > 0;
    const struct button go = {.kind = BUTTON_MAIN,
                              .id = "book",
                              .label = moves ? SAY(book_go_move) : SAY(book_go),
                              .off = !chosen(v),
                              .action = DO(BOOK, 0, 0)};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, &go, NULL, some ? 1 : 0);
    const struct head head = {!some   ? SAY(book_none)
                              : moves ? SAY(book_title_move)
                                      : SAY(book_title),
                              booking_where(s, v, v->queue.queues[v->booking.queue].queue.id),
                              TYPE(TITLE_1, BOLD, INK),
                              12,
                              true,
                              0};

    frame_head(s, v, &page, &head, NULL);
    if (some) {
        choice(s, v, &page);
        struct leaves l = leaves_begin(s, page);
        leaves_end(s, v, &l, body(s, v, &l));
        actions_draw(s, &row);
    } else {
        none(s, v, page);
    }
    frame_dock(s, v);
}
