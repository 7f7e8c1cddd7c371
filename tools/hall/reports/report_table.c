/* SPDX-License-Identifier: Apache-2.0
 *
 * See report_table.h.
 */
#include "tools/hall/reports/report_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "tools/hall/reports/csv.h"
#include "tools/hall/reports/report_words.h"

static const struct {
    const char *word;
    enum report_word name;
} bys[REPORT_BYS] = {[REPORT_BY_ALL] = {"all", REPORT_WORD_total},
                     [REPORT_BY_DEPARTMENT] = {"department", REPORT_WORD_by_department},
                     [REPORT_BY_ITEM] = {"item", REPORT_WORD_by_item},
                     [REPORT_BY_SITE] = {"site", REPORT_WORD_by_site},
                     [REPORT_BY_MONTH] = {"month", REPORT_WORD_by_month}};

bool report_by_by_word(const char *word, enum report_by *ret)
{
    for (enum report_by by = 0; by < REPORT_BYS; by++) {
        if (strcmp(word, bys[by].word) == 0) {
            *ret = by;
            return true;
        }
    }
    return false;
}

const char *report_by_name(enum report_by by)
{
    return report_word(bys[by].name);
}

/* Can it be told by that group? Terminals serve every department and item. */
static bool applies(enum report_figure f, enum report_by by)
{
    return report_figure_of(f) != REPORT_TERMINALS || (by != REPORT_BY_DEPARTMENT && by != REPORT_BY_ITEM);
}

/* --- rows --- */

void report_table_init(struct report_table *t, const struct report_period *p, enum report_by by)
{
    *t = (struct report_table){.period = *p, .by = by};
    text_copy(t->total.key, sizeof t->total.key, "all");
    text_copy(t->total.name, sizeof t->total.name, report_word(REPORT_WORD_total));
}

void report_table_finish(struct report_table *t)
{
    free(t->rows);
    *t = (struct report_table){0};
}

/* Where the key is, or belongs. */
static size_t place(const struct report_table *t, const char *key)
{
    size_t from = 0, to = t->n_rows;

    while (from < to) {
        size_t middle = from + (to - from) / 2;

        if (strcmp(t->rows[middle].key, key) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

struct report_row *report_table_row(struct report_table *t, const char *key, const char *name)
{
    char cut[REPORT_KEY_MAX + 1];

    text_copy(cut, sizeof cut, key);
    size_t at = place(t, cut);
    if (at < t->n_rows && strcmp(t->rows[at].key, cut) == 0)
        return &t->rows[at];
    if (t->n_rows == t->cap) {
        size_t cap = t->cap ? 2 * t->cap : 16;
        void *more = cap > REPORT_ROWS_MAX ? NULL : realloc(t->rows, cap * sizeof *t->rows);

        if (!more)
            return NULL;
        t->rows = more;
        t->cap = cap;
    }
    memmove(&t->rows[at + 1], &t->rows[at], (t->n_rows - at) * sizeof *t->rows);
    t->n_rows++;
    t->rows[at] = (struct report_row){0};
    text_copy(t->rows[at].key, sizeof t->rows[at].key, cut);
    text_copy(t->rows[at].name, sizeof t->rows[at].name, name);
    return &t->rows[at];
}

void report_row_add(struct report_row *r, const int64_t n[REPORT_FIGURES])
{
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++)
        r->n[f] += n[f];
}

static int by_received(const void *a, const void *b)
{
    const struct report_row *x = a, *y = b;

    if (x->n[REPORT_received] != y->n[REPORT_received])
        return x->n[REPORT_received] > y->n[REPORT_received] ? -1 : 1;
    return strcmp(x->key, y->key);
}

void report_table_order(struct report_table *t)
{
    if (t->by != REPORT_BY_MONTH && t->n_rows)
        qsort(t->rows, t->n_rows, sizeof *t->rows, by_received);
}

/* --- what it is --- */

void report_table_heading(const struct report_table *t, struct buf *out)
{
    const struct report_period *p = &t->period;
    char words[REPORT_TITLE_MAX], from[DATE_LEN + 1], to[DATE_LEN + 1], due[DATE_LEN + 1], line[300];

    report_period_words(p, words);
    date_format(p->from, from);
    date_format(p->to, to);
    date_format(report_period_due(p), due);
    text_fill(line, sizeof line, report_word(REPORT_WORD_heading), (const char *const[]){words, from, to, due}, 4);
    buf_addf(out, "%s\n", line);
    if (date_compare(p->until, p->to) >= 0)
        return;
    date_format(p->until, to);
    text_fill(line, sizeof line, report_word(REPORT_WORD_as_of), (const char *const[]){to}, 1);
    buf_addf(out, "%s\n", line);
}

/* A name, filled up with blanks to so many columns. */
static void put_padded(struct buf *out, const char *text, int columns)
{
    const char *end = text + strlen(text);

    buf_adds(out, text);
    for (const char *p = text; p < end;)
        columns -= text_is_wide((uint32_t)utf8_next(&p, end)) ? 2 : 1;
    while (columns-- > 0)
        buf_addc(out, ' ');
}

static void put_text_row(const struct report_table *t, const struct report_row *r, enum report_by by, struct buf *out)
{
    buf_addf(out, "\n%s%s%s\n", r->name, by == REPORT_BY_ITEM ? "  " : "", by == REPORT_BY_ITEM ? r->key : "");
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++) {
        char number[REPORT_NUMBER_MAX], share[REPORT_NUMBER_MAX], words[200];
        enum report_figure base = report_figure_base(f);

        if (!applies(f, by))
            continue;
        report_number_words(f, r->n[f], number);
        buf_adds(out, "  ");
        put_padded(out, report_figure_name(f), 16);
        if (base != f && report_share(r->n[f], r->n[base], share)) {
            char of[REPORT_NUMBER_MAX];

            report_number_words(base, r->n[base], of);
            text_fill(words, sizeof words, report_word(REPORT_WORD_share),
                      (const char *const[]){share, report_figure_name(base), of}, 3);
            put_padded(out, number, 12);
            buf_adds(out, words);
        } else {
            buf_adds(out, number);
        }
        buf_addc(out, '\n');
    }
}

void report_table_text(const struct report_table *t, struct buf *out)
{
    report_table_heading(t, out);
    put_text_row(t, &t->total, REPORT_BY_ALL, out);
    for (size_t i = 0; i < t->n_rows; i++)
        put_text_row(t, &t->rows[i], t->by, out);
}

static void put_csv_row(const struct report_row *r, enum report_by by, struct buf *out)
{
    char number[24];

    csv_text(out, r->key, true);
    csv_text(out, r->name, false);
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++) {
        snprintf(number, sizeof number, "%" PRId64, r->n[f]);
        csv_text(out, applies(f, by) ? number : "", false);
    }
    csv_end(out);
}

void report_table_csv(const struct report_table *t, struct buf *out)
{
    buf_adds(out, "\xef\xbb\xbf");
    csv_text(out, "key", true);
    csv_text(out, report_by_name(t->by), false);
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++) {
        char name[100];
        snprintf(name, sizeof name, "%s %s%s", report_figure_name(f), report_figure_word(f),
                 report_figure_unit(f) == REPORT_MINUTES ? " (min)" : "");
        csv_text(out, name, false);
    }
    csv_end(out);
    for (size_t i = 0; i < t->n_rows; i++)
        put_csv_row(&t->rows[i], t->by, out);
    put_csv_row(&t->total, REPORT_BY_ALL, out);
}

static void put_json_row(struct jsonw *w, const char *key, const struct report_row *r, enum report_by by)
{
    jsonw_obj(w, key);
    jsonw_str(w, "key", r->key);
    jsonw_str(w, "name", r->name);
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++)
        if (applies(f, by))
            jsonw_int(w, report_figure_word(f), r->n[f]);
    jsonw_end(w);
}

/* What each is counted in, and of which it is a share: itself, of none. */
static void put_figures(struct jsonw *w)
{
    static const char *const units[] = {[REPORT_COUNT] = "count", [REPORT_DAYS] = "days", [REPORT_MINUTES] = "minutes"};

    jsonw_arr(w, "figures");
    for (enum report_figure f = 0; f < REPORT_FIGURES; f++) {
        jsonw_obj(w, NULL);
        jsonw_str(w, "figure", report_figure_word(f));
        jsonw_str(w, "unit", units[report_figure_unit(f)]);
        jsonw_str(w, "of", report_figure_word(report_figure_base(f)));
        jsonw_end(w);
    }
    jsonw_end(w);
}

void report_table_json(const struct report_table *t, const char *chart, struct buf *out)
{
    struct jsonw w;
    char day[DATE_LEN + 1];

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    date_format(t->period.from, day);
    jsonw_str(&w, "from", day);
    date_format(t->period.to, day);
    jsonw_str(&w, "to", day);
    date_format(t->period.until, day);
    jsonw_str(&w, "until", day);
    date_format(report_period_due(&t->period), day);
    jsonw_str(&w, "due", day);
    jsonw_str(&w, "by", bys[t->by].word);
    put_figures(&w);
    put_json_row(&w, "total", &t->total, REPORT_BY_ALL);
    jsonw_arr(&w, "rows");
    for (size_t i = 0; i < t->n_rows; i++)
        put_json_row(&w, NULL, &t->rows[i], t->by);
    jsonw_end(&w);
    if (chart)
        jsonw_str(&w, "chart", chart);
    jsonw_end(&w);
}
