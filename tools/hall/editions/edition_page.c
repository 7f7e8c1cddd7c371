/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_page.h.
 */
#include "tools/hall/editions/edition_page.h"

#include <stdio.h>

#include "base/text.h"
#include "tools/hall/editions/edition_words.h"
#include "tools/hall/papers/html.h"

/* Black on white; a table is not parted from its heading. */
static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\">"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><style>\n"
    "@page{size:A4;margin:18mm}*{box-sizing:border-box}"
    "body{font:11pt/1.6 \"Noto Sans CJK SC\",sans-serif;color:#000;max-width:180mm;margin:8mm auto}"
    "h1{font-size:18pt}h2{font-size:13pt;margin:6mm 0 2mm;break-after:avoid}p{margin:0 0 2mm}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:.2mm solid #000;padding:1.2mm 2mm;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}tr{break-inside:avoid}.s{margin-top:16mm}\n</style>";

struct page {
    struct buf rows;
    bool table; /* is open */
};

static void end_table(struct page *p)
{
    if (p->table)
        buf_adds(&p->rows, "</table>\n");
    p->table = false;
}

static void put_item(void *ctx, const struct edition_diff_item *i)
{
    struct page *p = ctx;

    end_table(p);
    buf_adds(&p->rows, "<h2>");
    html_text(&p->rows, edition_diff_about(i->kind));
    buf_adds(&p->rows, "：");
    html_text(&p->rows, i->name);
    buf_adds(&p->rows, "</h2>\n");
    buf_adds(&p->rows, "<p>");
    html_text(&p->rows, i->code);
    buf_adds(&p->rows, *i->dept ? "　" : "");
    html_text(&p->rows, i->dept);
    buf_adds(&p->rows, "</p>\n");
}

static void put_field(void *ctx, const char *where, const char *before, const char *after)
{
    struct page *p = ctx;

    if (!p->table) {
        buf_adds(&p->rows, "<table><tr>");
        html_cell(&p->rows, "th", edition_word(EDITION_WORD_page_field));
        html_cell(&p->rows, "th", edition_word(EDITION_WORD_page_before));
        html_cell(&p->rows, "th", edition_word(EDITION_WORD_page_after));
        buf_adds(&p->rows, "</tr>\n");
    }
    p->table = true;
    buf_adds(&p->rows, "<tr>");
    html_cell(&p->rows, "td", where);
    html_cell(&p->rows, "td", *before ? before : edition_word(EDITION_WORD_left_out));
    html_cell(&p->rows, "td", *after ? after : edition_word(EDITION_WORD_left_out));
    buf_adds(&p->rows, "</tr>\n");
}

static void put_filled(struct buf *out, const char *tag, enum edition_word w, const int *numbers, size_t n)
{
    char text[3][16], line[200];
    const char *args[3];

    for (size_t i = 0; i < n; i++) {
        snprintf(text[i], sizeof text[i], "%d", numbers[i]);
        args[i] = text[i];
    }
    text_fill(line, sizeof line, edition_word(w), args, n);
    html_cell(out, tag, line);
}

int edition_page(struct catalog *from, struct catalog *now, struct buf *out, struct err *e)
{
    static const struct edition_diff_to to = {put_item, put_field};
    const int versions[] = {catalog_version(from), catalog_version(now)};
    int counts[EDITION_DIFF_KINDS] = {0};
    struct page p = {.table = false};

    buf_init(&p.rows, EDITION_PAGE_MAX);
    int rc = edition_diff(from, now, &to, &p, counts, e);
    end_table(&p);
    buf_adds(out, head);
    put_filled(out, "title", EDITION_WORD_page_title, versions, 2);
    buf_adds(out, "</head>\n<body>\n");
    put_filled(out, "h1", EDITION_WORD_page_title, versions, 2);
    if (counts[0] + counts[1] + counts[2])
        put_filled(out, "p", EDITION_WORD_page_counts, counts, 3);
    else
        html_cell(out, "p", edition_word(EDITION_WORD_page_same));
    buf_adds(out, buf_str(&p.rows));
    buf_adds(out, "<p class=\"s\">");
    html_text(out, edition_word(EDITION_WORD_page_signed));
    buf_adds(out, "</p>\n</body>\n</html>\n");
    if (rc == 0 && (!buf_ok(&p.rows) || !buf_ok(out)))
        rc = err_set(e, ERR_TOOLONG, "the page of the difference");
    buf_finish(&p.rows);
    return rc;
}
