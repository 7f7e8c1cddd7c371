/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/cards: the reminders and cards of the office's cases now, counted anew, by the rules of rules/card.def: the worst
 * first, then the oldest. No card is stored, and none can be removed.
 *
 * GET /api/overdue?language=en: the page that publishes what is past a limit.
 *
 *   {"at","counts":{"red":0,…},"rows":[{…a case's row…,"level","rule","since","late":days,"step","owner"}],"cut":false}
 */
#include <stdlib.h>
#include <string.h>

#include "tools/hall/cases/case_json.h"
#include "tools/hall/cases/overdue_page.h"
#include "tools/hall/staff/case_view.h"
#include "tools/hall/store/store_case_row.h"

#define ROWS_MAX 500
#define ROW_BYTES 4096

struct row {
    int64_t key;
    struct buf json;
};
struct gathering {
    struct ask *ask;
    struct store *store;
    struct row *rows;
    size_t n;
    int counts[CARD_LEVELS];
    bool cut;
    struct err *e;
    int rc;
};

static void put_row(struct gathering *g, const struct case_view *v, const struct card *c, const char *name)
{
    struct date today = date_of_ms(g->ask->now);
    const struct deadline *d = c->deadline;
    struct jsonw w;

    if (g->n == ROWS_MAX) {
        g->cut = true;
        return;
    }
    struct row *row = &g->rows[g->n++];
    row->key = ((int64_t)(CARD_LEVELS - c->level) << 32) + date_to_days(c->since);
    buf_init(&row->json, ROW_BYTES);
    jsonw_init(&w, &row->json);
    jsonw_obj(&w, NULL);
    case_view_put(g->ask, &w, v, name);
    jsonw_str(&w, "level", card_level_word(c->level));
    jsonw_str(&w, "rule", c->rule);
    jsonw_str(&w, "kind", deadline_word(d->kind));
    case_json_day(&w, "since", c->since);
    case_json_day(&w, "last", d->due);
    jsonw_int(&w, "late", date_compare(today, d->due) > 0 ? date_to_days(today) - date_to_days(d->due) : 0);
    jsonw_str(&w, "step", d->limit.step);
    jsonw_str(&w, "owner", d->limit.post);
    jsonw_end(&w);
}

static int gather(void *ctx, const struct case_row *r)
{
    struct gathering *g = ctx;
    const struct workday_calendar *calendar = g->ask->published.calendar;
    struct card cards[DEADLINES];
    struct case_view v;

    g->rc = case_view_read(g->ask, g->store, r->office, r->number, NULL, NULL, &v, g->e);
    if (g->rc < 0)
        return 1;
    int n = card_list(&v.state, calendar, &v.all, date_of_ms(g->ask->now), cards);
    for (int i = 0; i < n; i++) {
        g->counts[cards[i].level]++;
        put_row(g, &v, &cards[i], r->name);
    }
    return 0;
}

static int by_key(const void *a, const void *b)
{
    const struct row *one = a, *other = b;

    return (one->key > other->key) - (one->key < other->key);
}

static void answer(struct gathering *g)
{
    struct ask *a = g->ask;
    char at[CLOCK_RFC3339_LEN + 1];

    qsort(g->rows, g->n, sizeof *g->rows, by_key);
    clock_format_rfc3339(a->now, at);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    jsonw_obj(&a->w, "counts");
    for (enum card_level l = 0; l < CARD_LEVELS; l++)
        jsonw_int(&a->w, card_level_word(l), g->counts[l]);
    jsonw_end(&a->w);
    jsonw_bool(&a->w, "cut", g->cut);
    jsonw_arr(&a->w, "rows");
    for (size_t i = 0; i < g->n; i++)
        jsonw_raw(&a->w, NULL, buf_str(&g->rows[i].json), g->rows[i].json.len);
    jsonw_end(&a->w);
}

static int cards_read(struct ask *a, struct store *s, struct err *e)
{
    struct gathering g = {.ask = a, .store = s, .e = e, .rows = calloc(ROWS_MAX, sizeof *g.rows)};
    int rc = g.rows ? case_each_due(s, a->me.office, date_to_days(date_of_ms(a->now)), gather, &g, e)
                    : err_set(e, ERR_NOMEM, "cards");

    if (rc == 0)
        rc = g.rc;
    if (rc == 0)
        answer(&g);
    for (size_t i = 0; i < g.n; i++)
        buf_finish(&g.rows[i].json);
    free(g.rows);
    return rc;
}

const struct api api_cards = {.read = cards_read};

/* --- what is published --- */

static void overdue_take(struct ask *a, const void *body, size_t len)
{
    exchange_word(a->exchange, "language", a->list.stage, sizeof a->list.stage);
}

static int overdue_read(struct ask *a, struct store *s, struct err *e)
{
    enum language language = LANGUAGE_ZH_CN;
    int cases = 0;

    language_by_tag(a->list.stage, &language);
    int rc = overdue_page(s, &a->published, a->me.office, language, date_of_ms(a->now), &a->file, &cases, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    a->type = "text/html; charset=utf-8";
    return 0;
}

static void overdue_ended(struct ask *a)
{
    if (a->type)
        exchange_set(a->exchange, "Content-Disposition", "attachment; filename=\"overdue.html\"");
}

const struct api api_overdue = {.take = overdue_take, .read = overdue_read, .ended = overdue_ended};
