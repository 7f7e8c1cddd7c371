/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/board?office=N: what the hall's public display shows, without signing in: numbers, windows and how long one
 * waits; nobody's name. It is read once a second for each office, however many displays ask.
 *
 *   {"at","windows":[{"number","ticket":"A 032","state"}] (the newest call first),"next":["A 033",…],"queues":[…]}
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/staff/board.h"
#include "tools/hall/staff/queue_view.h"
#include "tools/hall/store/terminal.h"

#define OFFICES_MAX 32 /* kept; the oldest makes room */
#define KEPT_MS 1000
#define NEXT_MAX 4
#define WINDOWS_MAX 64
#define BYTES_MAX 65536

struct board_kept {
    struct {
        int office;
        int64_t at; /* monotonic ms; 0: none */
        struct buf json;
    } list[OFFICES_MAX];
};

struct board_kept *board_create(void)
{
    struct board_kept *b = calloc(1, sizeof *b);

    for (int i = 0; b && i < OFFICES_MAX; i++)
        buf_init(&b->list[i].json, BYTES_MAX);
    return b;
}

void board_destroy(struct board_kept *b)
{
    for (int i = 0; b && i < OFFICES_MAX; i++)
        buf_finish(&b->list[i].json);
    free(b);
}

/* The office's place, or the oldest. */
static int place_of(const struct board_kept *b, int office)
{
    int oldest = 0;

    for (int i = 0; i < OFFICES_MAX; i++) {
        if (b->list[i].at && b->list[i].office == office)
            return i;
        if (b->list[i].at < b->list[oldest].at)
            oldest = i;
    }
    return oldest;
}

static void take(struct ask *a, const void *body, size_t len)
{
    const struct board_kept *b = a->desk->boards;
    int64_t office = exchange_number(a->exchange, "office");

    if (office < 0 || office > 9999) {
        ask_refuse(a, 404, "no-office");
        return;
    }
    a->office = (int)office;
    int i = place_of(b, a->office);
    if (!b->list[i].at || b->list[i].office != a->office || clock_mono_ms() - b->list[i].at >= KEPT_MS)
        return;
    ask_answer(a, 200);
    a->type = "application/json";
    buf_add(&a->file, b->list[i].json.data, b->list[i].json.len);
}

/* --- reading it --- */

struct shown {
    struct call_window list[WINDOWS_MAX];
    int n;
};

static int keep_window(void *ctx, const struct call_window *w)
{
    struct shown *all = ctx;

    if (w->ticket.number[0] && all->n < WINDOWS_MAX)
        all->list[all->n++] = *w;
    return 0;
}

static int by_call(const void *a, const void *b)
{
    const struct call_window *one = a, *other = b;

    return (one->ticket.called < other->ticket.called) - (one->ticket.called > other->ticket.called);
}

static int put_windows(struct ask *a, struct store *s, int64_t day, struct err *e)
{
    struct shown *all = calloc(1, sizeof *all);
    int rc = all ? call_each_window(s, a->office, day, keep_window, all, e) : err_set(e, ERR_NOMEM, "the board");

    if (rc == 0)
        qsort(all->list, (size_t)all->n, sizeof *all->list, by_call);
    jsonw_arr(&a->w, "windows");
    for (int i = 0; rc == 0 && i < all->n; i++) {
        jsonw_obj(&a->w, NULL);
        jsonw_int(&a->w, "number", all->list[i].number);
        jsonw_str(&a->w, "ticket", all->list[i].ticket.number);
        jsonw_str(&a->w, "state", queue_state_word(all->list[i].ticket.state));
        jsonw_end(&a->w);
    }
    jsonw_end(&a->w);
    free(all);
    return rc;
}

struct next {
    struct ask *ask;
    int n;
    bool stands; /* a terminal in this office */
};

static int put_next(void *ctx, const struct queue_ticket *t)
{
    struct next *next = ctx;

    jsonw_str(&next->ask->w, NULL, t->number);
    return ++next->n == NEXT_MAX;
}

static int see_office(void *ctx, const struct terminal *t)
{
    struct next *next = ctx;

    next->stands |= t->office == next->ask->office;
    return 0;
}

static int board_read(struct ask *a, struct store *s, struct err *e)
{
    int64_t day = date_to_days(date_of_ms(a->now));
    struct next next = {.ask = a};
    char at[CLOCK_RFC3339_LEN + 1];
    int rc = terminal_each(s, see_office, &next, e);

    if (rc < 0)
        return rc;
    if (!next.stands) {
        ask_refuse(a, 404, "no-office");
        return 0;
    }
    clock_format_rfc3339(a->now, at);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    rc = put_windows(a, s, day, e);
    jsonw_arr(&a->w, "next");
    if (rc == 0)
        rc = queue_view_each_waiting(s, a->office, day, NULL, put_next, &next, e);
    jsonw_end(&a->w);
    return rc == 0 ? queue_view_put_queues(&a->w, s, a->office, a->now, e) : rc;
}

static void ended(struct ask *a)
{
    int i = place_of(a->desk->boards, a->office);

    if (a->status != 200 || a->type)
        return;
    buf_reset(&a->desk->boards->list[i].json);
    buf_add(&a->desk->boards->list[i].json, a->out.data, a->out.len);
    buf_adds(&a->desk->boards->list[i].json, "}"); /* the answer is closed behind this */
    a->desk->boards->list[i].office = a->office;
    a->desk->boards->list[i].at = buf_ok(&a->desk->boards->list[i].json) ? clock_mono_ms() : 0;
}

const struct api api_board = {.take = take, .read = board_read, .ended = ended, .watches = true};
