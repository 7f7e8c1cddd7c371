/* SPDX-License-Identifier: Apache-2.0
 *
 * See decisions_page.h.
 */
#include "tools/hall/cases/decisions_page.h"

#include <stdio.h>
#include <string.h>

#include "tools/hall/papers/html.h"
#include "tools/hall/store/store_case_row.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)
#define SHOWN 4 /* digits in front and at the end: whoever knows the number finds it, nobody else can ask by it */

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

static void mask(const char *number, char out[CASE_NUMBER_LEN + 1])
{
    snprintf(out, CASE_NUMBER_LEN + 1, "%s", number);
    memset(out + SHOWN, '*', CASE_NUMBER_LEN - 2 * SHOWN);
}

static bool is_published(const struct item *item)
{
    static const char *const types[] = {
#define DECISION_TYPE(type) type,
#include "tools/hall/rules/decision_type.def"
#undef DECISION_TYPE
    };

    for (size_t i = 0; item && item->task_type && i < sizeof types / sizeof *types; i++)
        if (strcmp(item->task_type, types[i]) == 0)
            return true;
    return false;
}

struct line {
    struct page *page;
    const struct case_file *file;
};

/* As the applicant saw the item; one that no catalogue has any more is not published, for nobody can say what it is. */
static void put_line(void *ctx, const struct item *item)
{
    const struct line *l = ctx;
    struct page *p = l->page;
    const struct case_state *s = &l->file->state;
    char number[CASE_NUMBER_LEN + 1], day[DATE_LEN + 1], days[24];
    enum str_id result = s->result == CASE_GRANTED ? STR_decisions_granted : STR_decisions_denied;

    if (!is_published(item))
        return;
    mask(l->file->number, number);
    date_format(s->decided, day);
    snprintf(days, sizeof days, "%lld", (long long)(date_to_days(s->decided) - date_to_days(s->applied)));
    buf_adds(&p->rows, "<tr>");
    html_cell(&p->rows, "td", number);
    html_cell(&p->rows, "td", item_in(item, p->language)->task_name);
    html_cell(&p->rows, "td", str(p->language, result));
    html_cell(&p->rows, "td", day);
    html_cell(&p->rows, "td", days);
    buf_adds(&p->rows, "</tr>\n");
    p->cases++;
}

static int put_case(void *ctx, const struct case_row *r)
{
    struct page *p = ctx;
    struct case_file f;
    struct line line = {p, &f};

    if (r->stage != CASE_DECIDED && r->stage != CASE_DELIVERED)
        return 0;
    p->rc = case_file_read(p->store, r->office, r->number, NULL, NULL, &f, p->e);
    if (p->rc < 0)
        return 1;
    if (!case_day(f.state.decided) || date_to_days(p->today) - date_to_days(f.state.decided) >= DECISIONS_DAYS)
        return 0;
    published_item(p->published, f.item, f.state.limits.item_version, put_line, &line);
    return 0;
}

static void put_page(const struct page *p, struct buf *out)
{
    static const enum str_id columns[] = {STR_decisions_number, STR_decisions_item, STR_decisions_result, STR_decisions_day,
                                          STR_decisions_took};
    char day[DATE_LEN + 1], days[12], n[12], words[300];
    enum language l = p->language;

    date_format(p->today, day);
    snprintf(days, sizeof days, "%d", DECISIONS_DAYS);
    snprintf(n, sizeof n, "%d", p->cases);
    buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">", language_tag(l));
    html_cell(out, "title", str(l, STR_decisions_title));
    buf_adds(out, "</head>\n<body>\n");
    html_cell(out, "h1", str(l, STR_decisions_title));
    html_cell(out, "p", str_fill(words, sizeof words, l, STR_decisions_as_of, STR_ARGS(day, days, n)));
    buf_adds(out, "\n<table>\n<tr>");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_cell(out, "th", str(l, columns[i]));
    buf_adds(out, "</tr>\n");
    buf_add(out, p->rows.data, p->rows.len);
    buf_adds(out, "</table>\n</body>\n</html>\n");
}

int decisions_page(struct store *s, const struct published *p, int office, enum language language, struct date today,
                   struct buf *out, int *ret_cases, struct err *e)
{
    struct page page = {.store = s, .published = p, .language = language, .today = today, .e = e};
    int64_t since = (date_to_days(today) - DECISIONS_DAYS) * DAY_MS;

    buf_init(&page.rows, DECISIONS_PAGE_MAX);
    int rc = case_each_acted(s, office, since, put_case, &page, e);
    if (rc == 0)
        rc = page.rc;
    if (rc == 0)
        put_page(&page, out);
    if (rc == 0 && !(buf_ok(&page.rows) && buf_ok(out)))
        rc = err_set(e, ERR_TOOLONG, "the page of what was decided");
    buf_finish(&page.rows);
    *ret_cases = page.cases;
    return rc;
}
