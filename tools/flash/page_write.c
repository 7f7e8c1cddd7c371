/* SPDX-License-Identifier: Apache-2.0
 *
 * The third page: how it goes, and which stick wants the person's hand.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tools/flash/flash.h"
#include "tools/flash/record.h"
#include "tools/flash/term.h"
#include "tools/flash/verdict.h"

#define STEP_MS 100
#define SHOW_US 250000
#define SLOW 0.7     /* of the others' rate */
#define SLOW_AFTER 8 /* seconds */

static enum word phase_word(const struct stick *k)
{
    switch (k->state) {
    case STICK_OUT:
        return WORD_write_out;
    case STICK_GOOD:
        return WORD_write_good;
    case STICK_BAD:
        return k->job.now.fault == WRITER_FAKE ? WORD_write_fake : WORD_write_bad;
    case STICK_IDLE:
    case STICK_WRITING:
        break;
    }
    return k->job.now.phase == WRITER_MEASURE ? WORD_write_measure
           : k->job.now.phase == WRITER_WRITE ? WORD_write_write
                                              : WORD_write_check;
}

/* Widths as the two languages need them. */
static const int widths[2][8] = {{3, 14, 5, 7, 21, -7, -12, 0}, {3, 9, 6, 8, 24, -7, -12, 0}};

static int name_width(const struct flash *f)
{
    int width = 0;

    for (size_t i = 0; i < f->sticks.n; i++)
        if (f->sticks.list[i].sheet) {
            int w = term_width(f->sticks.list[i].sheet->unit) + 2;
            width = w > width ? w : width;
        }
    return width;
}

static void put_numbers(const struct flash *f, const struct stick *k, struct buf *page)
{
    const int *w = widths[words_chinese()];
    char text[WORDS_MAX], number[SIZE_TEXT_MAX];
    int left = write_job_left(&k->job, &f->im);

    snprintf(number, sizeof number, "%d %%", write_job_percent(&k->job, &f->im));
    term_cell(page, w[5], number);
    snprintf(number, sizeof number, "%.1f MB/s", write_job_rate(&k->job) / 1e6);
    term_cell(page, w[6], write_job_rate(&k->job) > 0 ? number : "");
    if (left >= 0)
        buf_adds(page, say(text, WORD_write_left, time_text(left, number)));
}

static void put_row(const struct flash *f, const struct stick *k, struct buf *page)
{
    const int *w = widths[words_chinese()];
    bool trouble = k->state == STICK_OUT || k->state == STICK_BAD;
    char text[WORDS_MAX], cell[WORDS_MAX];
    struct buf bar;

    snprintf(cell, sizeof cell, trouble ? "{x|%c}" : "{b|%c}", k->medium.letter);
    term_cell(page, w[0], cell);
    if (name_width(f)) {
        snprintf(cell, sizeof cell, "{b|%s}", k->sheet ? k->sheet->unit : "");
        term_cell(page, name_width(f), k->sheet ? cell : "");
    }
    term_cell(page, w[2], say(text, WORD_ask_port, k->medium.port));
    snprintf(cell, sizeof cell, trouble ? "{x|%s}" : "%s", word(phase_word(k)));
    term_cell(page, w[3], cell);
    buf_init(&bar, WORDS_MAX);
    term_bar(&bar, words_chinese() ? 20 : 17, write_job_written(&k->job, &f->im), write_job_checked(&k->job, &f->im));
    term_cell(page, w[4], buf_str(&bar));
    buf_finish(&bar);
    if (trouble)
        term_cell(page, w[5], word(WORD_write_halted));
    else
        put_numbers(f, k, page);
    buf_addc(page, '\n');
}

static void put_trouble(struct flash *f, const struct stick *k, struct buf *page)
{
    char text[WORDS_MAX], why[WORDS_MAX], a[SIZE_TEXT_MAX], b[SIZE_TEXT_MAX],
        letter[2] = {(char)tolower(k->medium.letter), 0};

    if (k->state == STICK_OUT) {
        snprintf(a, sizeof a, "%d", (int)(100 * write_job_written(&k->job, &f->im)));
        term_line(page, say(text, WORD_out_why, a));
        term_line(page, say(text, WORD_out_do, letter));
    } else if (k->state == STICK_BAD && k->job.now.fault == WRITER_FAKE) {
        term_line(page, say(text, WORD_fake_why, size_text(k->medium.size, a), size_text(k->job.now.real, b)));
        term_line(page, say(text, WORD_fake_do, medium_last_four(&k->medium)));
    } else if (k->state == STICK_BAD) {
        snprintf(text, sizeof text, "   %.400s", stick_verdict(&f->run, k, why));
        term_line(page, text);
    }
}

/* Its rate against the best of the others in the same phase. */
static bool is_slow(const struct flash *f, const struct stick *k)
{
    double best = 0, mine = write_job_rate(&k->job);

    for (size_t i = 0; i < f->sticks.n; i++) {
        const struct stick *o = &f->sticks.list[i];
        if (o != k && o->state == STICK_WRITING && o->job.now.phase == k->job.now.phase && write_job_rate(&o->job) > best)
            best = write_job_rate(&o->job);
    }
    return k->state == STICK_WRITING && mine > 0 && mine < SLOW * best && run_seconds(&f->run) > SLOW_AFTER;
}

static void put_title(const struct flash *f, bool asked, struct buf *page)
{
    char text[WORDS_MAX], n[SIZE_TEXT_MAX], left[SIZE_TEXT_MAX], so_far[SIZE_TEXT_MAX], bad[SIZE_TEXT_MAX];
    size_t trouble = run_count(&f->run, STICK_OUT) + run_count(&f->run, STICK_BAD);
    size_t all = trouble + run_count(&f->run, STICK_WRITING) + run_count(&f->run, STICK_GOOD);
    int seconds = run_left(&f->run);

    if (asked) {
        term_line(page, word(WORD_write_stop_ask));
        return;
    }
    snprintf(n, sizeof n, "%zu", all);
    snprintf(bad, sizeof bad, "%zu", trouble);
    time_text(seconds, left);
    time_text(run_seconds(&f->run), so_far);
    say(text,
        seconds < 0 ? WORD_write_title_early
        : trouble   ? WORD_write_title_trouble
                    : WORD_write_title,
        n, left, so_far, bad);
    term_cell(page, 80 - term_width(word(WORD_write_stop_key)) - 2, text);
    term_line(page, word(WORD_write_stop_key));
}

static void put_foot(const struct flash *f, struct buf *page)
{
    if (run_count(&f->run, STICK_OUT) + run_count(&f->run, STICK_BAD)) {
        term_line(page, "");
        term_line(page, word(WORD_write_others));
        return;
    }
    term_line(page, word(WORD_write_signs));
    term_line(page, "");
    term_line(page, word(WORD_write_leave));
    term_line(page, "");
    term_line(page, word(WORD_write_first));
    term_line(page, word(WORD_write_first_2));
    term_line(page, word(WORD_write_first_3));
}

static void show(struct flash *f, bool asked)
{
    char text[WORDS_MAX], letter[2] = "";
    struct buf page;

    term_begin(&page);
    put_title(f, asked, &page);
    term_line(&page, "");
    for (size_t i = 0; i < f->sticks.n; i++) {
        const struct stick *k = &f->sticks.list[i];
        if (!run_has(k))
            continue;
        put_row(f, k, &page);
        put_trouble(f, k, &page);
        letter[0] = k->medium.letter;
        if (is_slow(f, k))
            term_line(&page, say(text, WORD_write_slow, letter, k->medium.port));
        term_line(&page, "");
    }
    put_foot(f, &page);
    term_show(&page);
}

/* Without a screen: one line whenever something is another. */
static void tell(struct run *r, struct stick *k)
{
    char line[WORDS_MAX], name[WORDS_MAX], why[WORDS_MAX];

    if (term_is_screen())
        return;
    bool over = k->state == STICK_BAD || k->state == STICK_GOOD;
    snprintf(line, sizeof line, "%.80s  %.40s  %.300s", stick_name(k, name), word(phase_word(k)),
             over ? stick_verdict(r, k, why) : "");
    term_say(line);
}

static void press(struct flash *f, int key, bool *asked)
{
    struct stick *k;
    bool stop = key == 'q' || key == 'Q' || key == TERM_INTERRUPT;

    if (key == TERM_NOTHING || key == TERM_END)
        return;
    if (stop && *asked)
        run_stop(&f->run);
    *asked = stop && !*asked;
    k = isalpha(key) && !stop ? stick_by_letter(&f->sticks, (char)key) : NULL;
    if (k)
        run_give_up(&f->run, k);
}

void page_write(struct flash *f)
{
    int64_t shown = 0;
    bool asked = false;

    f->run.wait_for_return = term_is_screen();
    f->run.event = tell;
    for (size_t i = 0; i < f->sticks.media.n; i++)
        if (stick_at(&f->sticks, i) && stick_at(&f->sticks, i)->chosen)
            run_start(&f->run, stick_at(&f->sticks, i));
    while (run_active(&f->run)) {
        run_step(&f->run, STEP_MS);
        press(f, term_is_screen() ? term_key(0) : TERM_NOTHING, &asked);
        if (!term_is_screen() || clock_measure_us() - shown < SHOW_US)
            continue;
        show(f, asked);
        shown = clock_measure_us();
    }
}
