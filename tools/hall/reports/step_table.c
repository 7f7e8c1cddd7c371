/* SPDX-License-Identifier: Apache-2.0
 *
 * See step_table.h.
 */
#include "tools/hall/reports/step_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "tools/hall/reports/csv.h"
#include "tools/hall/reports/report_words.h"

void step_table_init(struct step_table *t, const struct report_period *p)
{
    *t = (struct step_table){.period = *p};
}

void step_table_finish(struct step_table *t)
{
    free(t->rows);
    *t = (struct step_table){0};
}

static struct step_row *find(const struct step_table *t, const char *item, const struct step_use *u)
{
    for (size_t i = 0; i < t->n_rows; i++) {
        struct step_row *r = &t->rows[i];

        if (r->kind == u->kind && r->unit == u->limit.unit && strcmp(r->item, item) == 0 &&
            strcmp(r->step, u->limit.step) == 0 && strcmp(r->post, u->limit.post) == 0)
            return r;
    }
    return NULL;
}

static struct step_row *new_row(struct step_table *t)
{
    if (t->n_rows == t->cap) {
        size_t cap = t->cap ? 2 * t->cap : 64;
        void *more = cap > STEP_ROWS_MAX ? NULL : realloc(t->rows, cap * sizeof *t->rows);

        if (!more)
            return NULL;
        t->rows = more;
        t->cap = cap;
    }
    t->rows[t->n_rows] = (struct step_row){0};
    return &t->rows[t->n_rows++];
}

int step_table_add(struct step_table *t, const char *item, const char *name, const struct step_use *u)
{
    struct step_row *r = find(t, item, u);

    if (!r) {
        r = new_row(t);
        if (!r)
            return -ERR_NOMEM;
        r->kind = u->kind;
        r->unit = u->limit.unit;
        text_copy(r->item, sizeof r->item, item);
        text_copy(r->name, sizeof r->name, name);
        text_copy(r->step, sizeof r->step, u->limit.step);
        text_copy(r->post, sizeof r->post, u->limit.post);
    }
    r->cases++;
    r->late += u->late;
    r->used += u->used;
    r->limit += u->limit.day;
    r->longest = u->used > r->longest ? u->used : r->longest;
    return 0;
}

/* One that was to be done at once, and took days, is slower than any share. */
static double share(const struct step_row *r)
{
    return r->limit ? (double)r->used / (double)r->limit : r->used ? 1e9 : 0;
}

static int by_share(const void *a, const void *b)
{
    const struct step_row *x = a, *y = b;
    double one = share(x), other = share(y);

    if (one != other)
        return one > other ? -1 : 1;
    int order = strcmp(x->item, y->item);
    return order ? order : (int)x->kind - (int)y->kind;
}

void step_table_order(struct step_table *t)
{
    if (t->n_rows)
        qsort(t->rows, t->n_rows, sizeof *t->rows, by_share);
}

/* --- what it is --- */

static const char *unit_word(const struct step_row *r)
{
    return report_word(r->unit == DAY_WORKING ? REPORT_WORD_steps_working : REPORT_WORD_steps_calendar);
}

static void share_words(const struct step_row *r, char out[REPORT_NUMBER_MAX + 2])
{
    if (report_share(r->used, r->limit, out))
        strcat(out, "%");
    else
        text_copy(out, REPORT_NUMBER_MAX, report_word(REPORT_WORD_share_none));
}

void step_table_text(const struct step_table *t, struct buf *out)
{
    char period[REPORT_TITLE_MAX], line[800];

    report_period_words(&t->period, period);
    text_fill(line, sizeof line, report_word(REPORT_WORD_steps_heading), (const char *const[]){period}, 1);
    buf_addf(out, "%s\n", line);
    for (size_t i = 0; i < t->n_rows; i++) {
        const struct step_row *r = &t->rows[i];
        char numbers[5][24], percent[REPORT_NUMBER_MAX + 2];

        snprintf(numbers[0], sizeof numbers[0], "%" PRId64, r->cases);
        snprintf(numbers[1], sizeof numbers[1], "%" PRId64, r->used);
        snprintf(numbers[2], sizeof numbers[2], "%" PRId64, r->limit);
        snprintf(numbers[3], sizeof numbers[3], "%d", r->longest);
        snprintf(numbers[4], sizeof numbers[4], "%" PRId64, r->late);
        share_words(r, percent);
        text_fill(line, sizeof line, report_word(REPORT_WORD_steps_row),
                  (const char *const[]){percent, r->name, r->step, r->post, numbers[0], numbers[1], numbers[2], numbers[3],
                                        numbers[4]},
                  9);
        buf_addf(out, "%s  %s %s\n", line, r->item, deadline_word(r->kind));
    }
}

void step_table_csv(const struct step_table *t, struct buf *out)
{
    static const enum report_word heads[] = {REPORT_WORD_steps_item,  REPORT_WORD_steps_name,  REPORT_WORD_steps_step,
                                             REPORT_WORD_steps_post,  REPORT_WORD_steps_cases, REPORT_WORD_steps_used,
                                             REPORT_WORD_steps_limit, REPORT_WORD_steps_unit,  REPORT_WORD_steps_longest,
                                             REPORT_WORD_steps_late};

    buf_adds(out, "\xef\xbb\xbf");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        csv_text(out, report_word(heads[i]), i == 0);
    csv_end(out);
    for (size_t i = 0; i < t->n_rows; i++) {
        const struct step_row *r = &t->rows[i];
        char line[120];

        csv_text(out, r->item, true);
        csv_text(out, r->name, false);
        csv_text(out, r->step, false);
        csv_text(out, r->post, false);
        snprintf(line, sizeof line, "%" PRId64, r->cases);
        csv_text(out, line, false);
        snprintf(line, sizeof line, "%" PRId64, r->used);
        csv_text(out, line, false);
        snprintf(line, sizeof line, "%" PRId64, r->limit);
        csv_text(out, line, false);
        csv_text(out, unit_word(r), false);
        snprintf(line, sizeof line, "%d", r->longest);
        csv_text(out, line, false);
        snprintf(line, sizeof line, "%" PRId64, r->late);
        csv_text(out, line, false);
        csv_end(out);
    }
}

static void put_day(struct jsonw *w, const char *key, struct date d)
{
    char day[DATE_LEN + 1];

    date_format(d, day);
    jsonw_str(w, key, day);
}

void step_table_json(const struct step_table *t, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    put_day(&w, "from", t->period.from);
    put_day(&w, "to", t->period.to);
    put_day(&w, "until", t->period.until);
    jsonw_arr(&w, "rows");
    for (size_t i = 0; i < t->n_rows; i++) {
        const struct step_row *r = &t->rows[i];

        jsonw_obj(&w, NULL);
        jsonw_str(&w, "item", r->item);
        jsonw_str(&w, "name", r->name);
        jsonw_str(&w, "kind", deadline_word(r->kind));
        jsonw_str(&w, "step", r->step);
        jsonw_str(&w, "post", r->post);
        jsonw_str(&w, "unit", r->unit == DAY_WORKING ? "working" : "calendar");
        jsonw_int(&w, "cases", r->cases);
        jsonw_int(&w, "late", r->late);
        jsonw_int(&w, "used", r->used);
        jsonw_int(&w, "limit", r->limit);
        jsonw_int(&w, "longest", r->longest);
        jsonw_end(&w);
    }
    jsonw_end(&w);
    jsonw_end(&w);
}
