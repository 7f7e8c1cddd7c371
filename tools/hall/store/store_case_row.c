/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of cases.
 */
#include "tools/hall/store/store_case_row.h"

#include <string.h>

#include "base/text.h"

#define PAGE_ROWS 500

static int each_row(struct sql_rows *r, case_row_fn *fn, void *ctx, struct err *e)
{
    int rc;
    while ((rc = sql_next(r, e)) == 1) {
        const struct case_row row = {.office = (int)sql_int(r, 0),
                                     .number = sql_text(r, 1),
                                     .item = sql_text(r, 2),
                                     .staff = sql_text(r, 3),
                                     .post = sql_text(r, 4),
                                     .stage = (enum case_stage)sql_int(r, 5),
                                     .version = sql_int(r, 6),
                                     .applied = sql_int(r, 7),
                                     .due = sql_int(r, 8),
                                     .name = sql_text(r, 9)};
        if (fn(ctx, &row))
            return 0;
    }
    return rc;
}

#define ROW_COLUMNS                                                                                                         \
    "SELECT office, number, item, staff, post, stage, version, applied, due, (SELECT o.name FROM case_opened o"             \
    " WHERE o.office = cases.office AND o.number = cases.number) FROM cases WHERE office=$1 "

/* Each question has words of its own, for a planner that knows no table's size yet goes by the words alone, and a condition
 * that may always be true makes it look elsewhere than in the order that is asked for. */
static int select_page(struct store *s, struct sql_rows **r, int office, const struct case_page *page, struct err *e)
{
    struct sql *d = store_sql(s);
    int64_t stage = (int64_t)page->stage, any = page->stage == CASE_STAGES, all = page->staff ? 0 : 1, in = office;
    const char *staff = page->staff ? page->staff : "", *number = page->number;
    int64_t from = page->due > 0 ? page->due : 1; /* 0: nothing is due. Said beside, SQLite would begin there each time */

    if (page->by_due && any && all)
        return sql_select(d, r, e, ROW_COLUMNS "AND (due, number) > ($2,$3) ORDER BY due, number LIMIT $4", "iiti", in, from,
                          number, page->limit);
    if (page->by_due)
        return sql_select(d, r, e,
                          ROW_COLUMNS "AND (due, number) > ($2,$3) AND ($4 = 1 OR stage=$5) AND ($6 = 1 OR staff=$7)"
                                      " ORDER BY due, number LIMIT $8",
                          "iitiiiti", in, from, number, any, stage, all, staff, page->limit);
    if (any && all)
        return sql_select(d, r, e, ROW_COLUMNS "AND number > $2 ORDER BY number LIMIT $3", "iti", in, number, page->limit);
    if (all)
        return sql_select(d, r, e, ROW_COLUMNS "AND stage=$2 AND number > $3 ORDER BY number LIMIT $4", "iiti", in, stage,
                          number, page->limit);
    if (any)
        return sql_select(d, r, e, ROW_COLUMNS "AND staff=$2 AND number > $3 ORDER BY number LIMIT $4", "itti", in, staff,
                          number, page->limit);
    return sql_select(d, r, e, ROW_COLUMNS "AND staff=$2 AND stage=$3 AND number > $4 ORDER BY number LIMIT $5", "ititi", in,
                      staff, stage, number, page->limit);
}

int case_each_page(struct store *s, int office, const struct case_page *page, case_row_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = select_page(s, &r, office, page, e);

    if (rc == 0)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "list the cases");
}

/* Pages, one after the other, which a callback may end. */
struct pages {
    case_row_fn *fn;
    void *ctx;
    int64_t until; /* the last due day */
    struct case_place last;
    int64_t rows;
    bool stopped;
};

static int row_of_page(void *ctx, const struct case_row *row)
{
    struct pages *p = ctx;

    p->stopped = row->due > p->until || p->fn(p->ctx, row) != 0;
    p->rows++;
    p->last.due = row->due;
    text_copy(p->last.number, sizeof p->last.number, row->number);
    return p->stopped;
}

static int each_page(struct store *s, int office, struct case_page page, int64_t until, case_row_fn *fn, void *ctx,
                     struct err *e)
{
    struct pages p = {.fn = fn, .ctx = ctx, .until = until};
    int rc;

    page.number = p.last.number;
    page.limit = PAGE_ROWS;
    do {
        p.rows = 0;
        page.due = p.last.due;
        rc = case_each_page(s, office, &page, row_of_page, &p, e);
    } while (rc == 0 && !p.stopped && p.rows == PAGE_ROWS);
    return rc;
}

int case_each_stage(struct store *s, int office, enum case_stage stage, case_row_fn *fn, void *ctx, struct err *e)
{
    return each_page(s, office, (struct case_page){.stage = stage}, INT64_MAX, fn, ctx, e);
}

int case_each_due(struct store *s, int office, int64_t day, case_row_fn *fn, void *ctx, struct err *e)
{
    return each_page(s, office, (struct case_page){.by_due = true, .stage = CASE_STAGES}, day, fn, ctx, e);
}

int case_each_with(struct store *s, int office, const char *staff, enum case_stage stage, int64_t limit, case_row_fn *fn,
                   void *ctx, struct err *e)
{
    const struct case_page page = {.number = "", .stage = stage, .staff = staff, .limit = limit};

    return case_each_page(s, office, &page, fn, ctx, e);
}

int case_each_of_bundle(struct store *s, int office, const char *bundle, case_row_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        ROW_COLUMNS "AND number IN (SELECT b.number FROM case_bundle b WHERE b.office=$2 AND b.bundle=$3)"
                                    " ORDER BY number",
                        "iit", (int64_t)office, (int64_t)office, bundle);
    if (rc == 0)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "list the cases of a bundle");
}

int case_each_acted(struct store *s, int office, int64_t since, case_row_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        ROW_COLUMNS "AND number IN (SELECT v.number FROM case_event v WHERE v.office=$2 AND v.at >= $3)"
                                    " ORDER BY number",
                        "iii", (int64_t)office, (int64_t)office, since);
    if (rc == 0)
        rc = each_row(r, fn, ctx, e);
    sql_done(r);
    return err_wrap(e, rc, "list the cases");
}
