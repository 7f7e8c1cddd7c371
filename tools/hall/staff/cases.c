/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/cases?order=due|number&stage=STAGE&mine=1&after=PLACE: a page of the office's cases, and the place after it. The
 * place is what the answer before named: day and number of its last row.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/staff/case_view.h"
#include "tools/hall/store/store_case_row.h"

#define PAGE_ROWS 13 /* a screen of 1366 × 768 */

struct listing {
    struct ask *ask;
    struct store *store;
    int n;
    char after[64];
    struct err *e;
    int rc;
};

static void take(struct ask *a, const void *body, size_t len)
{
    char order[8];

    exchange_word(a->exchange, "order", order, sizeof order);
    a->list.all = strcmp(order, "number") == 0;
    a->list.mine = exchange_number(a->exchange, "mine") == 1;
    exchange_word(a->exchange, "stage", a->list.stage, sizeof a->list.stage);
    exchange_word(a->exchange, "after", a->list.after, sizeof a->list.after);
}

static int put_row(void *ctx, const struct case_row *r)
{
    struct listing *l = ctx;
    struct case_view v;

    if (l->n == PAGE_ROWS) { /* there is one more */
        l->n++;
        return 1;
    }
    l->rc = case_view_read(l->ask, l->store, r->office, r->number, NULL, NULL, &v, l->e);
    if (l->rc < 0)
        return 1;
    l->n++;
    snprintf(l->after, sizeof l->after, "%" PRId64 ",%s", r->due, r->number);
    jsonw_obj(&l->ask->w, NULL);
    case_view_put(l->ask, &l->ask->w, &v, r->name);
    jsonw_end(&l->ask->w);
    return 0;
}

/* "20458,1103…"; false: it is none. */
static bool take_place(const char *after, struct case_page *page)
{
    const char *comma = strchr(after, ',');

    page->number = "";
    if (!after[0])
        return true;
    if (!comma || comma == after || comma - after > 9 || strspn(after, "0123456789") != (size_t)(comma - after))
        return false;
    page->due = strtoll(after, NULL, 10);
    page->number = comma + 1;
    return strlen(page->number) == CASE_NUMBER_LEN;
}

static int cases_read(struct ask *a, struct store *s, struct err *e)
{
    struct listing l = {.ask = a, .store = s, .e = e};
    struct case_page page = {.by_due = !a->list.all, .stage = CASE_STAGES, .limit = PAGE_ROWS + 1};
    char at[CLOCK_RFC3339_LEN + 1];

    page.staff = a->list.mine ? a->me.name : NULL;
    if (!take_place(a->list.after, &page) || (a->list.stage[0] && !case_stage_by_word(a->list.stage, &page.stage))) {
        ask_refuse(a, 400, "unreadable");
        return 0;
    }
    clock_format_rfc3339(a->now, at);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    jsonw_arr(&a->w, "rows");
    int rc = case_each_page(s, a->me.office, &page, put_row, &l, e);
    jsonw_end(&a->w);
    if (l.n > PAGE_ROWS)
        jsonw_str(&a->w, "after", l.after);
    else
        jsonw_null(&a->w, "after");
    return rc < 0 ? rc : l.rc;
}

const struct api api_cases = {.take = take, .read = cases_read};
