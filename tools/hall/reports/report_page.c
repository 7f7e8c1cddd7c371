/* SPDX-License-Identifier: Apache-2.0
 *
 * See report_page.h.
 */
#include "tools/hall/reports/report_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/papers/html.h"
#include "tools/hall/reports/chart.h"
#include "tools/hall/reports/report_words.h"

static const char style[] = "@page{size:A4;margin:15mm}body{font:10.5pt/1.4 \"Noto Sans CJK SC\",sans-serif;max-width:180mm;"
                            "margin:auto}h1{text-align:center;font-size:16pt}table{border-collapse:collapse;width:100%;"
                            "margin:4mm 0}th,td{border:.2mm solid;padding:.6mm 1.5mm;text-align:left}td.n{text-align:right;"
                            "white-space:nowrap}tr{break-inside:avoid}svg{max-width:100%;height:auto;break-inside:avoid}"
                            ".s{margin-top:8mm}";
/* Of each group; all are in the table of the whole. */
static const enum report_figure columns[] = {REPORT_received,   REPORT_finished, REPORT_on_time,  REPORT_same_day,
                                             REPORT_days_saved, REPORT_overdue,  REPORT_satisfied};
#define N_COLUMNS (sizeof columns / sizeof *columns)

static void put(struct buf *out, const char *before, const char *text, const char *behind)
{
    buf_adds(out, before);
    html_text(out, text);
    buf_adds(out, behind);
}

/* "98.4%" of its base, or what says that there is none. */
static void share_words(const struct report_row *r, enum report_figure f, char out[REPORT_NUMBER_MAX + 2])
{
    enum report_figure base = report_figure_base(f);
    char share[REPORT_NUMBER_MAX];

    text_copy(out, REPORT_NUMBER_MAX + 2, report_word(REPORT_WORD_share_none));
    if (base != f && report_share(r->n[f], r->n[base], share)) {
        text_copy(out, REPORT_NUMBER_MAX, share);
        strcat(out, "%");
    }
}

static void put_whole(const struct report_table *t, struct buf *out)
{
    static const enum report_word heads[] = {REPORT_WORD_column_figure, REPORT_WORD_column_number, REPORT_WORD_column_share,
                                             REPORT_WORD_column_define};

    buf_adds(out, "<table>\n<tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        put(out, "<th>", report_word(heads[i]), "</th>");
    buf_adds(out, "</tr>\n");
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++) {
        char number[REPORT_NUMBER_MAX], share[REPORT_NUMBER_MAX + 2];

        report_number_words(f, t->total.n[f], number);
        share_words(&t->total, f, share);
        put(out, "<tr><td>", report_figure_name(f), "</td>");
        put(out, "<td class=\"n\">", number, "</td>");
        put(out, "<td class=\"n\">", report_figure_base(f) == f ? "" : share, "</td>");
        put(out, "<td>", report_figure_define(f), "</td></tr>\n");
    }
    buf_adds(out, "</table>\n");
}

static void put_groups(const struct report_table *t, struct buf *out)
{
    put(out, "<table>\n<tr><th>", report_by_name(t->by), "</th>");
    for (size_t i = 0; i < N_COLUMNS; i++)
        put(out, "<th>", report_figure_name(columns[i]), "</th>");
    buf_adds(out, "</tr>\n");
    for (size_t i = 0; i < t->n_rows; i++) {
        put(out, "<tr><td>", t->rows[i].name, "</td>");
        for (size_t c = 0; c < N_COLUMNS; c++) {
            char number[REPORT_NUMBER_MAX], share[REPORT_NUMBER_MAX + 2];

            report_number_words(columns[c], t->rows[i].n[columns[c]], number);
            share_words(&t->rows[i], columns[c], share);
            put(out, "<td class=\"n\">", number, "");
            if (report_figure_base(columns[c]) != columns[c])
                put(out, "<br>", share, "");
            buf_adds(out, "</td>");
        }
        buf_adds(out, "</tr>\n");
    }
    buf_adds(out, "</table>\n");
}

static void put_heading(const struct report_table *t, struct buf *out)
{
    struct buf lines;

    buf_init(&lines, 2000);
    report_table_heading(t, &lines);
    for (char *line = (char *)lines.data, *end; line && *line; line = end + 1) {
        end = strchr(line, '\n');
        *end = '\0';
        put(out, "<p>", line, "</p>\n");
    }
    buf_finish(&lines);
}

void report_page(const struct report_table *t, const char *command, struct buf *out)
{
    char hint[300];

    put(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>", report_word(REPORT_WORD_title),
        "</title><style>");
    buf_addf(out, "%s</style></head>\n<body>\n", style);
    put(out, "<h1>", report_word(REPORT_WORD_title), "</h1>\n");
    put_heading(t, out);
    put_whole(t, out);
    if (t->n_rows) {
        report_chart(t, REPORT_received, out);
        report_chart(t, REPORT_on_time, out);
        put_groups(t, out);
    }
    text_fill(hint, sizeof hint, report_word(REPORT_WORD_prove_hint), (const char *const[]){command}, 1);
    put(out, "<p>", hint, "</p>\n");
    put(out, "<p class=\"s\">", report_word(REPORT_WORD_sign), "</p>\n</body>\n</html>\n");
}

/* --- charts --- */

static struct chart_point point_of(const struct report_row *r, enum report_figure f, char words[REPORT_NUMBER_MAX])
{
    enum report_figure base = report_figure_base(f);
    struct chart_point p = {.label = r->name, .words = words};

    if (base == f) {
        report_number_words(f, r->n[f], words);
        p.value = (double)r->n[f];
    } else if (report_share(r->n[f], r->n[base], words)) {
        p.value = atof(words);
        strcat(words, "%");
    } else {
        text_copy(words, REPORT_NUMBER_MAX, report_word(REPORT_WORD_share_none));
        p.value = -1;
    }
    return p;
}

void report_chart(const struct report_table *t, enum report_figure f, struct buf *out)
{
    struct chart_point points[CHART_POINTS_MAX];
    char words[CHART_POINTS_MAX][REPORT_NUMBER_MAX], period[REPORT_TITLE_MAX], title[300];
    enum report_figure base = report_figure_base(f);
    int n = 0;

    for (size_t i = 0; i < t->n_rows && n < CHART_POINTS_MAX; i++, n++)
        points[n] = point_of(&t->rows[i], f, words[n]);
    if (n == 0)
        points[n++] = point_of(&t->total, f, words[0]);
    report_period_words(&t->period, period);
    text_fill(title, sizeof title, report_word(base == f ? REPORT_WORD_chart : REPORT_WORD_chart_share),
              (const char *const[]){report_figure_name(f), period, report_figure_name(base)}, 3);
    if (t->by == REPORT_BY_MONTH)
        chart_line(out, title, points, n);
    else
        chart_bars(out, title, points, n);
}
