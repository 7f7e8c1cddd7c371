/* SPDX-License-Identifier: Apache-2.0
 *
 * See green_page.h.
 */
#include "tools/hall/papers/green_page.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/papers/case_paper.h"
#include "tools/hall/papers/case_paper_words.h"
#include "tools/hall/papers/html.h"

/* Printed black on white too; the code is 34 mm, half a millimetre a module. */
static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><style>\n"
    "@page{size:A4;margin:20mm}*{box-sizing:border-box;margin:0}"
    "body{font:9pt/1.4 \"Noto Sans CJK SC\",sans-serif;color:#000}"
    ".c{width:85.6mm;height:54mm;border:.3mm dashed #000;border-radius:3mm;padding:3mm 4mm;display:flex;"
    "flex-direction:column;justify-content:space-between}"
    "h1{font-size:13pt;border-left:2.5mm solid #0A7D32;padding-left:2mm}.m{display:flex;justify-content:space-between;"
    "align-items:center}.k{font-size:20pt;font-weight:700}svg{width:34mm;height:34mm}\n</style>";

static const enum case_paper_word kinds[GREEN_KINDS] = {
#define GREEN_KIND(name, word, words) [GREEN_##name] = PAPER_WORD_##words,
#include "model/green_kind.def"
#undef GREEN_KIND
};

static void put(struct buf *out, const char *before, const char *text, const char *behind)
{
    buf_adds(out, before);
    html_text(out, text);
    buf_adds(out, behind);
}

static void put_filled(struct buf *out, enum case_paper_word word, const char *arg)
{
    char text[200];

    text_fill(text, sizeof text, case_paper_word(word), &arg, 1);
    put(out, "<p>", text, "</p>\n");
}

int green_page(const struct green_card *c, const char *holder, const char *code, struct buf *out, struct err *e)
{
    char name[24], office[8], day[PAPER_DAY_MAX];
    struct qr q;
    int rc = qr_encode_bytes(code, strlen(code), &q, e);

    if (rc < 0)
        return rc;
    snprintf(office, sizeof office, "%04d", c->office % 10000);
    snprintf(name, sizeof name, "%s-%s", office, c->serial);
    buf_adds(out, head);
    put(out, "<title>", case_paper_word(PAPER_WORD_green_title), "</title></head>\n<body>\n<div class=\"c\">\n");
    put(out, "<h1>", case_paper_word(PAPER_WORD_green_title), "</h1>\n<div class=\"m\"><div>\n");
    put(out, "<p class=\"k\">", case_paper_word(kinds[c->kind]), "</p>\n");
    if (*holder)
        put_filled(out, PAPER_WORD_green_holder, holder);
    put_filled(out, PAPER_WORD_green_serial, name);
    put_filled(out, PAPER_WORD_green_until, case_paper_day(c->until, day));
    put_filled(out, PAPER_WORD_green_office, office);
    buf_adds(out, "</div>");
    html_qr(out, &q);
    put(out, "</div>\n<p>", case_paper_word(PAPER_WORD_green_how), "</p>\n</div>\n</body>\n</html>\n");
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "the page of the card");
}
