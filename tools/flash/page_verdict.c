/* SPDX-License-Identifier: Apache-2.0
 *
 * The last page: what became of each, the line to be written down, and out they go, one by one, so that no label gets onto
 * another stick.
 */
#include <stdio.h>
#include <string.h>

#include "tools/flash/flash.h"
#include "tools/flash/record.h"
#include "tools/flash/term.h"
#include "tools/flash/verdict.h"

#define LOOK_MS 500
#define ROWS_MAX 9 /* of good ones: more would push the line to be written down off the screen */

struct page {
    struct flash *f;
    struct flash_record record;
    struct err lost; /* why the record was not kept; code 0: it was */
    int64_t seconds;
};

static void put_title(struct page *p, struct buf *page)
{
    size_t good = run_count(&p->f->run, STICK_GOOD), bad = run_count(&p->f->run, STICK_BAD);
    char text[WORDS_MAX], a[SIZE_TEXT_MAX], g[SIZE_TEXT_MAX], b[SIZE_TEXT_MAX], t[SIZE_TEXT_MAX];

    snprintf(a, sizeof a, "%zu", good + bad);
    snprintf(g, sizeof g, "%zu", good);
    snprintf(b, sizeof b, "%zu", bad);
    enum word id = p->f->run.stopped ? WORD_verdict_stopped : bad ? WORD_verdict_title : WORD_verdict_title_good;
    term_line(page, say(text, id, a, g, b, time_text(p->seconds, t)));
    term_line(page, "");
}

static void put_row(struct page *p, const struct stick *k, struct buf *page)
{
    char text[WORDS_MAX], letter[8];
    int names = 0;

    for (size_t i = 0; i < p->f->sticks.n; i++)
        if (p->f->sticks.list[i].sheet && term_width(p->f->sticks.list[i].sheet->unit) + 3 > names)
            names = term_width(p->f->sticks.list[i].sheet->unit) + 3;
    snprintf(letter, sizeof letter, "{b|%c}", k->medium.letter);
    term_cell(page, 4, "");
    term_cell(page, 9, word(k->state == STICK_GOOD ? WORD_verdict_good : WORD_verdict_not));
    term_cell(page, 4, letter);
    term_cell(page, words_chinese() ? 7 : 5, say(text, WORD_ask_port, k->medium.port));
    if (names)
        term_cell(page, names, k->sheet ? k->sheet->unit : "");
    term_line(page, stick_verdict(&p->f->run, k, text));
}

static void put_rows(struct page *p, enum stick_state state, struct buf *page)
{
    for (size_t i = 0; i < p->f->sticks.n; i++)
        if (p->f->sticks.list[i].state == state)
            put_row(p, &p->f->sticks.list[i], page);
}

static bool has_good(const struct page *p, const struct sheet *sheet)
{
    for (size_t i = 0; i < p->f->sticks.n; i++)
        if (p->f->sticks.list[i].sheet == sheet && p->f->sticks.list[i].state == STICK_GOOD)
            return true;
    return false;
}

/* Terminals whose stick came to nothing. */
static void put_without(struct page *p, struct buf *page)
{
    char text[WORDS_MAX];

    for (size_t i = 0; i < p->f->sticks.n; i++) {
        const struct sheet *sheet = p->f->sticks.list[i].sheet;
        if (p->f->sticks.list[i].state != STICK_BAD || !sheet || has_good(p, sheet))
            continue;
        term_line(page, say(text, WORD_verdict_without, sheet->unit));
        term_line(page, "");
    }
}

static void put_record(struct page *p, struct buf *page)
{
    char text[WORDS_MAX];

    term_line(page, word(WORD_verdict_copy));
    term_line(page, "");
    buf_addf(page, "{b|%s}\n\n", p->record.line);
    if (p->lost.code)
        term_line(page, say(text, WORD_record_lost, p->lost.text));
    else
        term_line(page, say(text, WORD_verdict_print, p->record.code));
}

/* `next`: the good one whose lamp flickers, or NULL. */
static void show(struct page *p, const struct stick *next)
{
    char text[WORDS_MAX], name[WORDS_MAX];
    struct buf page;

    term_begin(&page);
    put_title(p, &page);
    if (run_count(&p->f->run, STICK_GOOD) <= ROWS_MAX)
        put_rows(p, STICK_GOOD, &page);
    put_rows(p, STICK_BAD, &page);
    term_line(&page, "");
    if (next) {
        term_line(&page, say(text, next->sheet ? WORD_verdict_pull : WORD_verdict_pull_letter, stick_name(next, name)));
        term_line(&page, word(WORD_verdict_next));
        term_line(&page, "");
    }
    put_without(p, &page);
    put_record(p, &page);
    term_show(&page);
}

/* false: the person waits no longer. */
static bool wait_out(struct page *p, struct stick *k)
{
    pid_t lamp = lamp_start(&k->medium);
    int key = TERM_NOTHING;

    show(p, k);
    while (k->there && key != 'q' && key != 'Q' && key != TERM_INTERRUPT && key != TERM_END) {
        key = term_key(LOOK_MS);
        sticks_look(&p->f->sticks, NULL);
    }
    lamp_end(&lamp);
    return !k->there;
}

int page_verdict(struct flash *f)
{
    struct page p = {.f = f, .seconds = run_seconds(&f->run)};
    bool waits = term_is_screen();

    if (record_make(&f->run, f->state, &p.record, &p.lost) == 0)
        p.lost.code = 0;
    for (size_t i = 0; waits && i < f->sticks.n; i++)
        if (f->sticks.list[i].state == STICK_GOOD)
            waits = wait_out(&p, &f->sticks.list[i]);
    show(&p, NULL);
    return flash_exit(f);
}
