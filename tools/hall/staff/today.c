/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/today: what waits for me, and what nobody has taken in yet where I may: the overdue first, then by last day.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/hall/staff/case_view.h"
#include "tools/hall/store/store_case_row.h"

#define ROWS_MAX 200 /* more is told as "cut": nobody does them in a day */
#define ROW_BYTES 4096

struct row {
    int64_t key; /* their order */
    enum case_group group;
    struct buf json;
};
struct gathering {
    struct ask *ask;
    struct store *store;
    struct row *rows;
    size_t n;
    bool cut;
    struct err *e;
    int rc;
};

static int64_t key_of(const struct case_view *v)
{
    int64_t due = v->next ? date_to_days(v->next->due) : 100000;

    return (v->group == GROUP_WAITING ? INT64_C(1) << 40 : 0) + due * CASE_GROUPS + (int64_t)v->group;
}

static int gather(void *ctx, const struct case_row *r)
{
    struct gathering *g = ctx;
    struct case_view v;
    struct jsonw w;

    if (g->n == ROWS_MAX) {
        g->cut = true;
        return 1;
    }
    g->rc = case_view_read(g->ask, g->store, r->office, r->number, NULL, NULL, &v, g->e);
    if (g->rc < 0)
        return 1;
    struct row *row = &g->rows[g->n++];
    *row = (struct row){.key = key_of(&v), .group = v.group};
    buf_init(&row->json, ROW_BYTES);
    jsonw_init(&w, &row->json);
    jsonw_obj(&w, NULL);
    case_view_put(g->ask, &w, &v, r->name);
    jsonw_end(&w);
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
    char at[CLOCK_RFC3339_LEN + 1], day[DATE_LEN + 1];
    int counts[CASE_GROUPS] = {0};

    qsort(g->rows, g->n, sizeof *g->rows, by_key);
    for (size_t i = 0; i < g->n; i++)
        counts[g->rows[i].group]++;
    clock_format_rfc3339(a->now, at);
    date_format(date_of_ms(a->now), day);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    jsonw_str(&a->w, "today", day);
    jsonw_obj(&a->w, "counts");
    for (enum case_group c = 0; c < CASE_GROUPS; c++)
        jsonw_int(&a->w, case_group_word(c), counts[c]);
    jsonw_end(&a->w);
    jsonw_bool(&a->w, "cut", g->cut);
    jsonw_arr(&a->w, "rows");
    for (size_t i = 0; i < g->n; i++)
        jsonw_raw(&a->w, NULL, buf_str(&g->rows[i].json), g->rows[i].json.len);
    jsonw_end(&a->w);
}

static int gather_stage(struct gathering *g, const char *staff, enum case_stage stage)
{
    int rc = case_each_with(g->store, g->ask->me.office, staff, stage, ROWS_MAX + 1, gather, g, g->e);

    return rc < 0 ? rc : g->rc;
}

static int today_read(struct ask *a, struct store *s, struct err *e)
{
    struct gathering g = {.ask = a, .store = s, .e = e, .rows = calloc(ROWS_MAX, sizeof *g.rows)};
    int rc = g.rows ? 0 : err_set(e, ERR_NOMEM, "today");

    for (enum case_stage stage = 0; rc == 0 && stage < CASE_STAGES; stage++)
        if (stage != CASE_NEW && case_stage_open(stage))
            rc = gather_stage(&g, a->me.name, stage);
    if (rc == 0 && role_may(a->me.role, CASE_EVENT_RECEIVE))
        rc = gather_stage(&g, "", CASE_NEW);
    if (rc == 0)
        answer(&g);
    for (size_t i = 0; i < g.n; i++)
        buf_finish(&g.rows[i].json);
    free(g.rows);
    return rc;
}

const struct api api_today = {.read = today_read};
