/* SPDX-License-Identifier: Apache-2.0
 *
 * See paper.h.
 */
#include "tools/flash/paper.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "tools/flash/record.h"
#include "tools/flash/verdict.h"

#define HASH_DIGITS 64

static const char style[] =
    "@page{size:A4;margin:14mm 16mm}*{margin:0;padding:0;box-sizing:border-box}"
    "body{font:13pt/1.45 'Noto Sans CJK SC',sans-serif;color:#000}b,.m{font-weight:700}.m{font-family:'Noto Sans Mono CJK "
    "SC',"
    "monospace}header{border-bottom:2px solid #000;padding-bottom:6px}header "
    "span{float:right}h1{font-size:32pt;margin-top:14px}"
    "table{border-collapse:collapse;width:100%;margin:20px 0}td,th{border-bottom:1px solid #000;padding:9px "
    "6px;text-align:left}"
    "th,td:nth-child(-n+4){white-space:nowrap}th{border-bottom-width:2px;font-size:12pt}.u{font-size:16pt;font-weight:700}."
    "y{background:#000;color:#FFF}"
    ".y,.n{border:2px solid #000;border-radius:5px;padding:3px 8px;white-space:nowrap;font-weight:700}"
    ".b{border:2px solid #000;border-radius:8px;padding:10px 14px;margin-top:14px}.l{font-size:15pt}";

/* Without styles, and safe between tags. */
static void put_text(struct buf *out, const char *text)
{
    for (bool inside = false; *text; text++) {
        if (text[0] == '{' && text[1] && text[2] == '|') {
            inside = true;
            text += 2;
        } else if (*text == '}' && inside) {
            inside = false;
        } else if (strchr("<>&\"", *text)) {
            buf_addf(out, "&#%d;", *text);
        } else {
            buf_addc(out, (uint8_t)*text);
        }
    }
}

static void put_tag(struct buf *out, const char *tag, const char *class, const char *text)
{
    buf_addf(out, "<%s%s%s>", tag, *class ? " class=" : "", class);
    put_text(out, text);
    buf_addf(out, "</%s>", tag);
}

static const char *member(const struct json *o, const char *key)
{
    const char *s = json_str(json_member(o, key));

    return s ? s : "";
}

static void put_row(struct buf *out, const struct json *stick, uint64_t used)
{
    char text[WORDS_MAX], size[SIZE_TEXT_MAX];
    struct verdict v = verdict_get(stick);

    v.used = used;
    buf_adds(out, "<tr>");
    put_tag(out, "td", "m", member(stick, "letter"));
    put_tag(out, "td", "", say(text, WORD_ask_port, member(stick, "port")));
    buf_adds(out, "<td>");
    snprintf(text, sizeof text, "%.63s %s", member(stick, "model"), size_text(v.size, size));
    put_text(out, text);
    buf_adds(out, "<br>");
    put_tag(out, "span", "m", member(stick, "serial"));
    buf_adds(out, "</td>");
    put_tag(out, "td", "u", member(stick, "unit"));
    buf_adds(out, "<td>");
    put_tag(out, "span", v.good ? "y" : "n", word(v.good ? WORD_verdict_good : WORD_verdict_not));
    buf_adds(out, "</td>");
    put_tag(out, "td", "", verdict_why(&v, text));
    buf_addf(out, "<td>%s</td></tr>\n", v.good ? "&#9633;" : "");
}

static void put_table(struct buf *out, const struct json *doc)
{
    static const enum word heads[] = {WORD_sheet_port,   WORD_sheet_stick, WORD_sheet_unit,
                                      WORD_sheet_result, WORD_sheet_why,   WORD_sheet_label};
    const struct json *sticks = json_member(doc, "sticks");

    buf_adds(out, "<table><tr><th></th>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        put_tag(out, "th", "", word(heads[i]));
    buf_adds(out, "</tr>\n");
    for (size_t i = 0; i < json_len(sticks); i++)
        put_row(out, json_at(sticks, i), (uint64_t)json_int(json_member(doc, "used")));
    buf_adds(out, "</table>\n");
}

static void put_head(struct buf *out, const struct json *doc, const char *code)
{
    char at[CLOCK_RFC3339_LEN + 1], text[WORDS_MAX], moment[20], all[SIZE_TEXT_MAX], good[SIZE_TEXT_MAX], bad[SIZE_TEXT_MAX];
    const struct json *sticks = json_member(doc, "sticks");
    size_t n = 0;

    for (size_t i = 0; i < json_len(sticks); i++)
        n += json_bool(json_member(json_at(sticks, i), "good"));
    clock_format_rfc3339(json_int(json_member(doc, "at")), at);
    snprintf(moment, sizeof moment, "%.10s %.5s", at, at + 11);
    buf_addf(out, "<!doctype html><html lang=%s><meta charset=utf-8><title>flash %s</title><style>%s</style><body><header>",
             words_chinese() ? "zh-CN" : "en", code, style);
    put_tag(out, "b", "", word(WORD_sheet_title));
    put_tag(out, "span", "", moment);
    buf_adds(out, "</header>\n");
    count_text(json_len(sticks), all);
    put_tag(out, "h1", "", say(text, WORD_sheet_sum, all, count_text(n, good)));
    if (n < json_len(sticks))
        put_tag(out, "p", "", say(text, WORD_sheet_bad, count_text(json_len(sticks) - n, bad)));
}

/* In groups of four, to be compared by eye. */
static void put_hash(struct buf *out, const char *hex)
{
    char text[HASH_DIGITS + HASH_DIGITS / 4 + 1];
    size_t n = 0;

    for (size_t i = 0; i < HASH_DIGITS && hex[i]; i++) {
        if (i && i % 4 == 0)
            text[n++] = ' ';
        text[n++] = hex[i];
    }
    text[n] = 0;
    put_tag(out, "p", "m", text);
}

static void put_foot(struct buf *out, const struct json *doc, const char *code)
{
    char text[RECORD_LINE_MAX];

    buf_adds(out, "<div class=b>");
    put_tag(out, "p", "", word(WORD_sheet_copy));
    snprintf(text, sizeof text, "%.8000s %s", member(doc, "line"), code);
    put_tag(out, "p", "'m l'", text);
    buf_adds(out, "</div>\n<div class=b>");
    snprintf(text, sizeof text, "%s %.31s %.31s", word(WORD_sheet_image), member(doc, "version"), member(doc, "arch"));
    put_tag(out, "b", "", text);
    put_hash(out, member(doc, "image"));
    put_tag(out, "p", "", word(WORD_sheet_hash));
    buf_adds(out, "</div>\n<div class=b>");
    put_tag(out, "b", "", word(WORD_sheet_how));
    put_tag(out, "p", "", word(WORD_sheet_how_text));
    buf_adds(out, "</div>\n");
}

int paper_decode(const void *data, size_t len, const char *code, struct buf *out, struct err *e)
{
    struct json *doc = NULL;

    int rc = json_parse(data, len, RECORD_FILE_MAX, &doc, e);
    if (rc == 0 && json_is_obj(doc)) {
        put_head(out, doc, code);
        put_table(out, doc);
        put_foot(out, doc, code);
    } else if (rc == 0) {
        rc = err_set(e, ERR_INVALID, "it is no record");
    }
    json_free(doc);
    return rc == 0 && !buf_ok(out) ? err_set(e, ERR_TOOLONG, "the sheet") : rc;
}
