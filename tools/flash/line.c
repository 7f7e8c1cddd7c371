/* SPDX-License-Identifier: Apache-2.0
 *
 * --line: a hundred in a morning. Whatever is plugged in and loses nothing is written; what holds files is left alone. One
 * that was written with this image already is not written again, so that a stick put back only says its name.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/flash/flash.h"
#include "tools/flash/record.h"
#include "tools/flash/term.h"
#include "tools/flash/verdict.h"

#define STEP_MS 200
#define LOG_LINES 5

static const int widths[] = {4, 7, 16, 14, 44, -8, -12, 0};

/* One sitting; the page and its events reach it by run.ctx. */
struct line {
    struct flash *f;
    char since[6];
    char log[LOG_LINES][WORDS_MAX];
    size_t n_log;
    bool closing; /* no new ones */
};

static void minute_text(int64_t ms, char out[CLOCK_RFC3339_LEN + 1], size_t len)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(ms, at);
    snprintf(out, CLOCK_RFC3339_LEN + 1, "%.*s", (int)len, at + 11);
}

static void note(struct line *l, const struct stick *k, const char *what)
{
    char at[CLOCK_RFC3339_LEN + 1], name[WORDS_MAX], text[WORDS_MAX];

    minute_text(clock_wall_ms(), at, 8);
    say(text, WORD_line_log, at, k->medium.port, stick_name(k, name), what);
    if (!term_is_screen()) {
        term_say(text);
        return;
    }
    if (l->n_log == LOG_LINES)
        memmove(l->log, l->log + 1, sizeof l->log[0] * --l->n_log);
    text_copy(l->log[l->n_log++], WORDS_MAX, text);
}

static void tell(struct run *r, struct stick *k)
{
    struct line *l = r->ctx;
    char what[2 * WORDS_MAX], why[WORDS_MAX];

    if (k->state == STICK_OUT) {
        note(l, k, word(WORD_write_out));
    } else if (k->state == STICK_GOOD || k->state == STICK_BAD) {
        snprintf(what, sizeof what, "%s  %s", word(k->state == STICK_GOOD ? WORD_write_good : WORD_write_bad),
                 stick_verdict(r, k, why));
        note(l, k, what);
    }
    if (k->state == STICK_BAD && k->sheet) /* the next stick gets it */
        k->sheet->used = false;
}

/* Written with this very image, this morning or before. */
static bool is_done(const struct flash *f, const struct stick *k)
{
    return k->content.holds == HOLDS_OURS && !memcmp(k->content.label.image, f->im.id, SHA256_LEN);
}

static void begin(struct line *l, struct stick *k)
{
    struct sheet *sheet = l->f->sheets.n ? sheets_next(&l->f->sheets) : NULL;
    char text[WORDS_MAX], size[SIZE_TEXT_MAX];

    if (l->f->sheets.n && !sheet)
        return;
    if (sheet)
        sheet->used = true;
    k->sheet = sheet;
    note(l, k, say(text, WORD_line_begun, k->medium.model, size_text(k->medium.size, size), medium_last_four(&k->medium)));
    run_start(&l->f->run, k);
}

static void begin_new(struct line *l)
{
    struct sticks *s = &l->f->sticks;

    for (size_t i = 0; i < s->media.n && !l->closing; i++) {
        struct stick *k = stick_at(s, i);
        if (k && k->state == STICK_IDLE && stick_is_free(s, k) && !is_done(l->f, k))
            begin(l, k);
    }
}

/* --- the page ---------------------------------------------------------------------------------------------------------- */

static void put_quiet(const struct line *l, const struct stick *k, struct buf *page)
{
    char text[WORDS_MAX], why[WORDS_MAX];

    if (is_done(l->f, k)) {
        term_cell(page, widths[3], word(WORD_line_already));
        term_line(page, *k->content.unit ? say(text, WORD_line_already_who, k->content.unit) : word(WORD_line_already_same));
        return;
    }
    term_cell(page, widths[3], word(WORD_line_left_alone));
    stick_why(&l->f->sticks, k, why);
    bool by_hand = stick_may(&l->f->sticks, k) && !stick_is_free(&l->f->sticks, k);
    term_line(page, by_hand ? say(text, WORD_line_left_files, why) : why);
}

static void put_ended(const struct line *l, const struct stick *k, struct buf *page)
{
    char text[WORDS_MAX], why[WORDS_MAX];

    term_cell(page, widths[3], word(k->state == STICK_GOOD ? WORD_verdict_good : WORD_verdict_not));
    if (k->state == STICK_GOOD) {
        term_line(page, k->sheet ? say(text, WORD_line_pull, k->sheet->unit) : word(WORD_line_pull_plain));
        return;
    }
    snprintf(text, sizeof text, "%s  %.300s", word(WORD_line_pull_bad), stick_verdict(&l->f->run, k, why));
    term_line(page, text);
}

static void put_going(const struct line *l, const struct stick *k, struct buf *page)
{
    const struct image *im = &l->f->im;
    char text[WORDS_MAX], number[SIZE_TEXT_MAX];
    int left = write_job_left(&k->job, im);
    struct buf bar;

    term_cell(page, widths[3],
              word(k->state == STICK_OUT                ? WORD_write_out
                   : k->job.now.phase == WRITER_MEASURE ? WORD_write_measure
                   : k->job.now.phase == WRITER_WRITE   ? WORD_write_write
                                                        : WORD_write_check));
    buf_init(&bar, WORDS_MAX);
    term_bar(&bar, 40, write_job_written(&k->job, im), write_job_checked(&k->job, im));
    term_cell(page, widths[4], buf_str(&bar));
    buf_finish(&bar);
    snprintf(number, sizeof number, "%d %%", write_job_percent(&k->job, im));
    term_cell(page, widths[5], number);
    snprintf(number, sizeof number, "%.1f MB/s", write_job_rate(&k->job) / 1e6);
    term_cell(page, widths[6], write_job_rate(&k->job) > 0 && k->state == STICK_WRITING ? number : "");
    term_line(page, left >= 0 && k->state == STICK_WRITING ? say(text, WORD_write_left, time_text(left, number)) : "");
}

static void put_row(const struct line *l, const struct stick *k, int number, struct buf *page)
{
    char text[WORDS_MAX], name[WORDS_MAX], cell[WORDS_MAX];

    snprintf(cell, sizeof cell, "{b|%d}", number);
    term_cell(page, widths[0], cell);
    term_cell(page, widths[1], say(text, WORD_ask_port, k->medium.port));
    term_cell(page, widths[2], run_has(k) ? stick_name(k, name) : "");
    if (k->state == STICK_IDLE)
        put_quiet(l, k, page);
    else if (k->state == STICK_GOOD || k->state == STICK_BAD)
        put_ended(l, k, page);
    else
        put_going(l, k, page);
    term_line(page, "");
}

static void put_head(const struct line *l, struct buf *page)
{
    const struct image_manifest *m = &l->f->im.manifest;
    char text[WORDS_MAX], now[CLOCK_RFC3339_LEN + 1];
    struct buf head;

    minute_text(clock_wall_ms(), now, 5);
    term_line(page, say(text, WORD_line_title, m->version, m->arch, l->since, now));
    term_line(page, "");
    buf_init(&head, WORDS_MAX);
    term_cell(&head, widths[0], "");
    term_cell(&head, widths[1], word(WORD_line_head_port));
    term_cell(&head, widths[2], word(WORD_line_head_unit));
    term_cell(&head, widths[3], "");
    buf_adds(&head, word(WORD_line_head_signs));
    buf_addf(page, "{d|%s}\n", buf_str(&head));
    buf_finish(&head);
}

static void put_sum(const struct line *l, struct buf *page)
{
    char text[WORDS_MAX], a[SIZE_TEXT_MAX], b[SIZE_TEXT_MAX];
    struct sheets *sheets = &l->f->sheets;
    const char *space = words_chinese() ? "" : " ";

    count_text(run_count(&l->f->run, STICK_GOOD), a);
    count_text(run_count(&l->f->run, STICK_BAD), b);
    buf_adds(page, say(text, WORD_line_sum, a, b));
    if (sheets->n && sheets_next(sheets))
        buf_addf(page, "%s%s", space,
                 say(text, WORD_line_sheets, count_text(sheets_left(sheets), a), sheets_next(sheets)->unit));
    else if (sheets->n)
        buf_addf(page, "%s%s", space, word(WORD_line_no_sheet));
    buf_adds(page, "\n\n");
    term_line(page, word(WORD_line_rule_1));
    term_line(page, word(WORD_line_rule_2));
    term_line(page, "");
    for (size_t i = 0; i < l->n_log; i++)
        term_line(page, l->log[i]);
}

static void show(const struct line *l)
{
    struct sticks *s = &l->f->sticks;
    struct buf page;
    int number = 0;

    if (!term_is_screen())
        return;
    term_begin(&page);
    put_head(l, &page);
    for (size_t i = 0; i < s->media.n; i++) {
        const struct stick *k = stick_at(s, i);
        if (k && *k->medium.port) /* what is inside is nobody's business here */
            put_row(l, k, ++number, &page);
    }
    for (size_t i = 0; i < s->n; i++)
        if (s->list[i].state == STICK_OUT && !s->list[i].there)
            put_row(l, &s->list[i], ++number, &page);
    put_sum(l, &page);
    term_show(&page);
}

static void close_line(struct line *l)
{
    l->closing = true;
    for (size_t i = 0; i < l->f->sticks.n; i++)
        run_give_up(&l->f->run, &l->f->sticks.list[i]); /* nobody plugs it back in now */
    l->f->run.wait_for_return = false;
}

int flash_line(struct flash *f)
{
    struct line l = {.f = f};
    char now[CLOCK_RFC3339_LEN + 1];

    f->run.wait_for_return = true;
    f->run.event = tell;
    f->run.ctx = &l;
    minute_text(clock_wall_ms(), now, 5);
    text_copy(l.since, sizeof l.since, now);
    while (!l.closing || run_active(&f->run)) {
        run_step(&f->run, l.closing ? STEP_MS : 0);
        begin_new(&l);
        show(&l);
        int key = l.closing ? TERM_NOTHING : term_key(STEP_MS);
        if (key == 'q' || key == 'Q' || key == TERM_INTERRUPT || key == TERM_END)
            close_line(&l);
    }
    term_say(word(WORD_line_ended));
    return run_count(&f->run, STICK_GOOD) + run_count(&f->run, STICK_BAD) ? page_verdict(f) : EXIT_GOOD;
}
