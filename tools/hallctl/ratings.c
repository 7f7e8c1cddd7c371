/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl ratings: how residents rated, counted by item and score. Anonymous ratings appear as counts only; case numbers
 * stand where the resident wanted to be called back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "tools/hall/store/projection.h"
#include "tools/hallctl/hallctl.h"

#define ROW_MAX 65536
#define NUMBERS_MAX 32 /* in one row; more are counted */

static const char usage[] = "hallctl ratings --data DIR [--json]\n"
                            "Counts the ratings by office, item, question set and score (5 very satisfied … 1 very\n"
                            "dissatisfied), with the case numbers of those who asked to be called back. Set 1 is asked at\n"
                            "the end of a visit; set 2 of a case that is over, and each case counts once.\n";

struct count {
    int office, set, score, n, n_named;
    char item[RECORD_TEXT_MAX];
    char numbers[NUMBERS_MAX][RECORD_TEXT_MAX];
};
struct counts {
    struct count *list;
    size_t n;
};

static int order(const void *a, const void *b)
{
    const struct count *x = a, *y = b;
    int by = x->office - y->office;

    by = by ? by : strcmp(x->item, y->item);
    by = by ? by : x->set - y->set;
    return by ? by : y->score - x->score;
}

static struct count *find(struct counts *c, const struct count *key)
{
    for (size_t i = 0; i < c->n; i++)
        if (!order(&c->list[i], key))
            return &c->list[i];
    struct count *more = realloc(c->list, (c->n + 1) * sizeof *more);
    if (!more)
        return NULL;
    c->list = more;
    c->list[c->n] = *key;
    return &c->list[c->n++];
}

static int add(void *ctx, const struct projection_rating *r)
{
    struct counts *c = ctx;
    struct count key = {.office = r->office, .set = r->set, .score = r->score};

    text_copy(key.item, sizeof key.item, r->item);
    struct count *row = find(c, &key);
    if (!row)
        return -ERR_NOMEM;
    row->n++;
    if (r->number[0] && row->n_named++ < NUMBERS_MAX)
        text_copy(row->numbers[row->n_named - 1], RECORD_TEXT_MAX, r->number);
    return 0;
}

/* Its number only keeps it from counting twice: nobody asked to be called back. */
static int add_case(void *ctx, const struct projection_rating *r)
{
    struct projection_rating one = *r;

    one.number = "";
    return add(ctx, &one);
}

static void put_json(struct buf *out, const struct count *c)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "office", c->office);
    jsonw_str(&w, "item", c->item);
    jsonw_int(&w, "set", c->set);
    jsonw_int(&w, "score", c->score);
    jsonw_int(&w, "count", c->n);
    jsonw_int(&w, "named", c->n_named);
    jsonw_arr(&w, "numbers");
    for (int i = 0; i < c->n_named && i < NUMBERS_MAX; i++)
        jsonw_str(&w, NULL, c->numbers[i]);
    jsonw_end(&w);
    jsonw_end(&w);
}

static void put_line(struct buf *out, const struct count *c)
{
    buf_addf(out, "%04d  %-32s  %s score %d  %6d ratings", c->office, c->item, c->set == 2 ? "case " : "visit", c->score,
             c->n);
    for (int i = 0; i < c->n_named && i < NUMBERS_MAX; i++)
        buf_addf(out, "%s %s", i ? "" : "  call back:", c->numbers[i]);
}

static int each_count(struct store *s, struct hallctl_list *l, struct err *e)
{
    struct counts c = {0};
    int rc = projection_each_rating(s, add, &c, e);
    if (rc >= 0)
        rc = projection_each_case_rating(s, add_case, &c, e);

    if (rc >= 0 && c.n)
        qsort(c.list, c.n, sizeof *c.list, order);
    for (size_t i = 0; rc >= 0 && i < c.n; i++) {
        struct buf row;
        buf_init(&row, ROW_MAX);
        (l->json ? put_json : put_line)(&row, &c.list[i]);
        hallctl_row(l, &row);
    }
    free(c.list);
    return rc;
}

int hallctl_ratings(int argc, char **argv)
{
    return hallctl_listing("hallctl ratings", argc, argv, usage, each_count);
}
