/* SPDX-License-Identifier: Apache-2.0
 *
 * See overdue_page.h.
 */
#include "tools/hall/cases/overdue_page.h"

#include <stdio.h>

#include "tools/hall/cases/case_json.h"
#include "tools/hall/papers/html.h"
#include "tools/hall/rules/deadline_words.h"
#include "tools/hall/store/store_case.h"

struct page {
    struct store *store;
    const struct published *published;
    enum language language;
    struct date today;
    struct buf rows;
    int cases;
    struct err *e;
    int rc;
};

/* As the catalogue of today calls it; its code where it is not there any more. */
static void put_item(struct page *p, const char *code)
{
    struct catalog *c = p->published->catalog;
    const struct item *item = c ? catalog_item(c, code, NULL) : NULL;

    html_cell(&p->rows, "td", item ? item_in(item, p->language)->task_name : code);
    if (c)
        catalog_release_items(c);
}

static void put_limit(struct page *p, const struct case_file *f, const struct deadline *d)
{
    char words[DEADLINE_WORDS_MAX], who[2 * CASE_NAME_MAX + 8], number[24];

    case_number_group(f->number, number);
    buf_adds(&p->rows, "<tr>");
    html_cell(&p->rows, "td", number);
    put_item(p, f->item);
    snprintf(who, sizeof who, "%s %s", d->limit.step, d->limit.post);
    html_cell(&p->rows, "td", who);
    html_cell(&p->rows, "td", deadline_name(d->kind, p->language));
    html_cell(&p->rows, "td", deadline_sentence(d, p->today, p->language, words));
    buf_adds(&p->rows, "</tr>\n");
}

/* Only what stands: a day that may still move is no reason to blame anybody. */
static int put_case(void *ctx, const struct case_file *f)
{
    struct page *p = ctx;
    struct deadlines all;
    int late = 0;
    struct case_state state = case_state_of(f);

    deadline_fold(&state, p->published->calendar, p->today, &all);
    for (int i = 0; i < all.n; i++) {
        const struct deadline *d = &all.list[i];

        if (case_day(d->done) || d->provisional || !deadline_is_late(d, p->today))
            continue;
        put_limit(p, f, d);
        late = 1;
    }
    p->cases += late;
    return 0;
}

static void put_page(const struct page *p, struct buf *out)
{
    static const enum str_id columns[] = {STR_overdue_number, STR_overdue_item, STR_overdue_who, STR_overdue_limit,
                                          STR_overdue_why};
    char day[DATE_LEN + 1], n[12], words[200];
    enum language l = p->language;

    date_format(p->today, day);
    snprintf(n, sizeof n, "%d", p->cases);
    buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">", language_tag(l));
    html_cell(out, "title", str(l, STR_overdue_title));
    buf_adds(out, "</head>\n<body>\n");
    html_cell(out, "h1", str(l, STR_overdue_title));
    html_cell(out, "p", str_fill(words, sizeof words, l, STR_overdue_as_of, STR_ARGS(day, n)));
    buf_adds(out, "\n<table>\n<tr>");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_cell(out, "th", str(l, columns[i]));
    buf_adds(out, "</tr>\n");
    buf_add(out, p->rows.data, p->rows.len);
    buf_adds(out, "</table>\n</body>\n</html>\n");
}

int overdue_page(struct store *s, const struct published *p, int office, enum language language, struct date today,
                 struct buf *out, int *ret_cases, struct err *e)
{
    struct page page = {.store = s, .published = p, .language = language, .today = today, .e = e};

    buf_init(&page.rows, OVERDUE_PAGE_MAX);
    struct case_place at = {0};
    int rc;

    do
        rc = case_due_page(s, office, date_to_days(today), &at, put_case, &page, e);
    while (rc > 0);
    if (rc == 0)
        put_page(&page, out);
    if (rc == 0 && !(buf_ok(&page.rows) && buf_ok(out)))
        rc = err_set(e, ERR_TOOLONG, "the page of what is overdue");
    buf_finish(&page.rows);
    *ret_cases = page.cases;
    return rc;
}
