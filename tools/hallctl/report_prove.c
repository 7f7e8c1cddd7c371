/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl report prove: what a figure stands on, one by one: of a case its events and the days they come to, of a rating its
 * record, of a terminal what it told. The numbers add up to the figure.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/reports/report_words.h"
#include "tools/hallctl/report_figures.h"

#define LINE_MAX_ (64 * 1024)

struct proving {
    const struct report_options *options;
    const struct published *published;
    struct hallctl_list list;
    int64_t sum;
    int n;
    bool skips; /* what stands up to --after, which is to come yet */
};

static const char *told_word(enum report_told t)
{
    static const char *const words[] = {
        [REPORT_PAUSED] = "out", [REPORT_RESUMED] = "in", [REPORT_SHUT_DOWN] = "shutdown", [REPORT_STARTED] = "start"};
    return words[t];
}

static void put_day(struct jsonw *w, const char *key, struct date d)
{
    char text[DATE_LEN + 1];

    date_format(d, text);
    jsonw_str(w, key, text);
}

static void put_at(struct jsonw *w, const char *key, int64_t at)
{
    char text[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(at, text);
    jsonw_str(w, key, text);
}

/* --- a case --- */

static void put_dues(const struct deadlines *all, struct jsonw *w)
{
    for (int i = 0; i < all->n; i++) {
        const struct deadline *d = &all->list[i];

        if (d->limit.day >= 0 && (d->kind == DEADLINE_PROMISE || d->kind == DEADLINE_STATUTORY))
            put_day(w, deadline_word(d->kind), d->due);
    }
}

static void case_json(const struct report_proof *p, const struct deadlines *all, struct jsonw *w)
{
    jsonw_str(w, "number", p->file->number);
    jsonw_str(w, "item", p->file->item);
    put_at(w, "applied", p->file->applied);
    put_dues(all, w);
    jsonw_arr(w, "events");
    for (int i = 0; i < p->n_events; i++) {
        jsonw_obj(w, NULL);
        jsonw_int(w, "seq", p->events[i].seq);
        jsonw_str(w, "event", case_event_word(p->events[i].kind));
        put_at(w, "at", p->events[i].at);
        jsonw_end(w);
    }
    jsonw_end(w);
    jsonw_hex(w, "chain", p->file->hash, sizeof p->file->hash);
}

static void case_line(const struct report_proof *p, const struct deadlines *all, struct buf *out)
{
    char day[DATE_LEN + 1], words[200];

    date_format(date_of_ms(p->file->applied), day);
    buf_addf(out, "%s  %s", p->file->number, day);
    for (int i = 0; i < p->n_events; i++) {
        date_format(date_of_ms(p->events[i].at), day);
        buf_addf(out, "  %" PRId64 " %s %s", p->events[i].seq, case_event_word(p->events[i].kind), day);
    }
    for (int i = 0; i < all->n; i++) {
        const struct deadline *d = &all->list[i];
        bool promise = d->kind == DEADLINE_PROMISE;

        if (d->limit.day < 0 || (!promise && d->kind != DEADLINE_STATUTORY))
            continue;
        date_format(d->due, day);
        text_fill(words, sizeof words,
                  report_word(promise ? REPORT_WORD_proof_due_promise : REPORT_WORD_proof_due_statutory),
                  (const char *const[]){day}, 1);
        buf_addf(out, "  %s", words);
    }
}

/* --- the others --- */

static void other_json(const struct report_proof *p, struct jsonw *w)
{
    jsonw_str(w, "terminal", p->rating ? p->rating->terminal : p->terminal);
    if (p->rating) {
        jsonw_hex(w, "record", p->rating->id, sizeof p->rating->id);
        put_at(w, "at", p->rating->at);
        jsonw_str(w, "item", p->rating->item);
        jsonw_int(w, "score", p->rating->score);
    } else if (p->told) {
        jsonw_hex(w, "record", p->told->id, sizeof p->told->id);
        put_at(w, "at", p->told->at);
        jsonw_str(w, "told", told_word(p->told->what));
    }
}

static void other_line(const struct report_proof *p, struct buf *out)
{
    char at[CLOCK_RFC3339_LEN + 1], id[33];

    if (p->rating) {
        clock_format_rfc3339(p->rating->at, at);
        hex_encode(p->rating->id, sizeof p->rating->id, id);
        buf_addf(out, "%s  %s  %s  %s  score %d", id, at, p->rating->terminal, p->rating->item, p->rating->score);
    } else if (p->told) {
        clock_format_rfc3339(p->told->at, at);
        hex_encode(p->told->id, sizeof p->told->id, id);
        buf_addf(out, "%s  %s  %s  %s", id, at, p->terminal, told_word(p->told->what));
    } else {
        buf_addf(out, "%s", p->terminal);
    }
}

static bool is_asked(const struct proving *v, const struct report_proof *p)
{
    enum report_of of = report_figure_of(v->options->figure), is = p->file     ? REPORT_CASES
                                                                   : p->rating ? REPORT_RATINGS
                                                                               : REPORT_TERMINALS;
    return of == is && (p->adds[v->options->figure] || p->told);
}

/* By what --after names a row: the number of a case, else the record, else the terminal. */
static void key_of(const struct report_proof *p, char out[RECORD_TEXT_MAX + 1])
{
    const uint8_t *record = p->rating ? p->rating->id : p->told ? p->told->id : NULL;

    if (record)
        hex_encode(record, 16, out);
    else
        text_copy(out, RECORD_TEXT_MAX + 1, p->file ? p->file->number : p->terminal);
}

/* It stands before the place from which on rows are wanted. */
static bool is_skipped(struct proving *v, const struct report_proof *p)
{
    char key[RECORD_TEXT_MAX + 1];
    bool skipped = v->skips;

    key_of(p, key);
    if (skipped && strcmp(key, v->options->after) == 0)
        v->skips = false;
    return skipped;
}

static int prove_one(void *ctx, const struct report_proof *p)
{
    struct proving *v = ctx;
    int64_t adds = p->adds[v->options->figure];
    struct deadlines all = {.n = 0};
    struct buf out;
    struct jsonw w;

    if (!is_asked(v, p) || is_skipped(v, p))
        return 0;
    v->sum += adds;
    v->n += adds != 0;
    if (p->file)
        deadline_fold(p->state, v->published->calendar, v->options->period_n.until, &all);
    buf_init(&out, LINE_MAX_);
    if (v->list.json) {
        jsonw_init(&w, &out);
        jsonw_obj(&w, NULL);
        jsonw_int(&w, "adds", adds);
        if (p->file)
            case_json(p, &all, &w);
        else
            other_json(p, &w);
        jsonw_end(&w);
    } else {
        if (!p->told)
            buf_addf(&out, "%6" PRId64 "  ", adds);
        if (p->file)
            case_line(p, &all, &out);
        else
            other_line(p, &out);
    }
    hallctl_row(&v->list, &out);
    return v->options->limit_n && v->list.n >= v->options->limit_n;
}

static void say_sum(const struct proving *v)
{
    char number[REPORT_NUMBER_MAX], period[REPORT_TITLE_MAX], n[12], words[300];

    report_number_words(v->options->figure, v->sum, number);
    report_period_words(&v->options->period_n, period);
    snprintf(n, sizeof n, "%d", v->n);
    text_fill(words, sizeof words, report_word(REPORT_WORD_proof),
              (const char *const[]){report_figure_name(v->options->figure), period, number, n}, 4);
    puts(words);
    puts(report_figure_define(v->options->figure));
}

int report_prove(struct store *s, const struct published *p, const struct report_options *o)
{
    struct report_table t;
    struct proving v = {.options = o, .published = p, .list.json = o->json};
    struct err e = {0};
    bool of_cases = report_figure_of(o->figure) == REPORT_CASES;
    const struct report_wish wish = {.table = &t,
                                     .department = o->department,
                                     .item = o->item,
                                     .site = o->site,
                                     .office = o->office_n,
                                     .after = of_cases ? o->after : NULL,
                                     .now = clock_wall_ms(),
                                     .proof = prove_one,
                                     .ctx = &v};

    v.skips = o->after && !of_cases; /* cases begin there */
    report_table_init(&t, &o->period_n, REPORT_BY_ALL);
    if (o->json)
        fputs("[", stdout);
    int rc = report_count(s, p, &wish, &e);
    report_table_finish(&t);
    if (rc < 0)
        return hallctl_fail(&e);
    if (o->json)
        fputs("\n]\n", stdout);
    else if (!o->after && !o->limit_n)
        say_sum(&v);
    return EXIT_OK;
}
