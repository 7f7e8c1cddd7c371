/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_paper_html.h.
 */
#include "tools/hall/papers/case_paper_html.h"

#include <string.h>

#include "tools/hall/papers/case_paper_words.h"
#include "tools/hall/papers/html.h"

static const char head[] = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><style>\n"
                           "@page{size:A4;margin:24mm}body{font:11.5pt/1.5 \"Noto Sans CJK SC\",sans-serif;max-width:162mm;"
                           "margin:auto}h1{text-align:center}dl{display:grid;grid-template-columns:30mm 1fr;margin:0}"
                           "dt,dd{margin:0;padding:1mm 0;border-top:.2mm solid}dt{font-weight:bold}.s{text-align:right}"
                           "p{margin:0 0 2mm}footer{display:flex;gap:6mm;align-items:center}svg{width:46mm}\n"
                           "</style>";

static void put(struct buf *out, const char *before, const char *text, const char *behind)
{
    buf_adds(out, before);
    html_text(out, text);
    buf_adds(out, behind);
}

static void put_block(struct buf *out, const struct case_paper *p, int i)
{
    static const char *const tags[][2] = {[PAPER_TITLE] = {"<h1>", "</h1>\n"},
                                          [PAPER_TO] = {"<p>", "</p>\n"},
                                          [PAPER_TEXT] = {"<p>", "</p>\n"},
                                          [PAPER_ROW] = {"<dd>", "</dd>\n"},
                                          [PAPER_SIGN] = {"<p class=\"s\">", "</p>\n"}};
    enum case_paper_part part = p->blocks[i].part;
    bool row = part == PAPER_ROW;

    if (row && (i == 0 || p->blocks[i - 1].part != PAPER_ROW))
        buf_adds(out, "<dl>\n");
    if (row)
        put(out, "<dt>", case_paper_label(p, i), "</dt>");
    put(out, tags[part][0], case_paper_text(p, i), tags[part][1]);
    if (row && (i + 1 == p->n || p->blocks[i + 1].part != PAPER_ROW))
        buf_adds(out, "</dl>\n");
}

int case_paper_html(const struct case_paper *p, const char *code, struct buf *out, struct err *e)
{
    char check[PAPER_CHECK_TEXT];
    struct qr q;
    int rc = qr_encode_bytes(code, strlen(code), &q, e); /* as in case_paper_pdf.c */

    if (rc < 0)
        return rc;
    buf_adds(out, head);
    put(out, "<title>", case_paper_title(p->kind), "</title></head>\n<body>\n");
    for (int i = 0; i < p->n; i++)
        put_block(out, p, i);
    case_paper_check_text(p->check, check);
    buf_adds(out, "<footer>");
    html_qr(out, &q);
    put(out, "<div><b>", case_paper_word(PAPER_WORD_row_check), " ");
    put(out, "", check, "</b><br>");
    put(out, "", case_paper_word(PAPER_WORD_scan), "</div></footer>\n</body>\n</html>\n");
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "the page of the paper");
}
