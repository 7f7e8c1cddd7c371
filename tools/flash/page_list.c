/* SPDX-License-Identifier: Apache-2.0
 *
 * The first page: what is attached, what is on it, which are to be written.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "tools/flash/flash.h"
#include "tools/flash/term.h"

#define LOOK_MS 1000
/* Typical of USB sticks, to say beforehand about how long it takes. */
#define WRITE_RATE 18e6
#define READ_RATE 31e6

struct page {
    struct flash *f;
    pid_t lamp;
    char lamp_of; /* letter; 0: none flickers */
};

static void put_title(struct page *p, struct buf *page)
{
    const struct image *im = &p->f->im;
    char line[WORDS_MAX], size[SIZE_TEXT_MAX], seconds[SIZE_TEXT_MAX];
    double used = (double)im->map->used;

    int s = (int)(used / WRITE_RATE + used / READ_RATE);
    snprintf(seconds, sizeof seconds, "%d", s < 5 ? 5 : (s + 4) / 5 * 5);
    term_line(page,
              say(line, WORD_list_title, im->manifest.version, im->manifest.arch, size_text(im->map->used, size), seconds));
    term_line(page, "");
}

static void put_row(const struct sticks *s, const struct stick *k, struct buf *page)
{
    bool may = stick_may(s, k), dim = !may;
    char text[WORDS_MAX], letter[16], size[SIZE_TEXT_MAX], model[MEDIUM_TEXT_MAX + 8], bytes[SIZE_TEXT_MAX + 8];

    snprintf(letter, sizeof letter, dim ? "{d|%c}" : "{b|%c}", k->medium.letter ? k->medium.letter : ' ');
    snprintf(model, sizeof model, dim ? "{d|%s}" : "%s", k->medium.model);
    snprintf(bytes, sizeof bytes, dim ? "{d|%s}" : "%s", size_text(k->medium.size, size));
    term_cell(page, 4, !may ? " -" : k->chosen ? "[x]" : "[ ]");
    term_cell(page, 3, letter);
    term_cell(page, 7, *k->medium.port ? k->medium.port : word(WORD_list_inside));
    term_cell(page, 17, model);
    term_cell(page, -9, bytes);
    term_line(page, stick_why(s, k, text));
}

static void put_table(struct sticks *s, struct buf *page)
{
    struct buf head;

    buf_init(&head, WORDS_MAX);
    term_cell(&head, 7, "");
    term_cell(&head, 7, word(WORD_list_port));
    term_cell(&head, 17, word(WORD_list_model));
    term_cell(&head, -9, word(WORD_list_size));
    buf_adds(&head, word(WORD_list_holds));
    buf_addf(page, "{d|%s}\n", buf_str(&head));
    buf_finish(&head);
    for (size_t i = 0; i < s->media.n; i++)
        if (stick_at(s, i))
            put_row(s, stick_at(s, i), page);
    term_line(page, "");
}

/* The chosen ones' letters, and of those the ones that hold something. */
static size_t letters(struct sticks *s, bool only_full, char out[2 * MEDIA_MAX + 1])
{
    size_t n = 0, len = 0;

    for (size_t i = 0; i < s->media.n; i++) {
        const struct stick *k = stick_at(s, i);
        if (!k || !k->chosen || (only_full && stick_is_free(s, k)))
            continue;
        if (n++)
            out[len++] = ' ';
        out[len++] = k->medium.letter;
    }
    out[len] = 0;
    return n;
}

static void put_sheets(struct flash *f, size_t chosen, struct buf *line)
{
    char names[WORDS_MAX] = "", text[WORDS_MAX], n[SIZE_TEXT_MAX];
    size_t len = 0;

    for (size_t i = 0; i < f->sheets.n && i < 8 && len < sizeof names - TERMINAL_ID_MAX - 8; i++)
        len += (size_t)snprintf(names + len, sizeof names - len, "%s%s", i ? " " : "", f->sheets.list[i].unit);
    if (f->sheets.n > 8)
        snprintf(names + len, sizeof names - len, " ...");
    enum word id = f->sheets.n == chosen ? WORD_list_sheets_match : WORD_list_sheets_differ;
    buf_adds(line, say(text, id, count_text(f->sheets.n, n), names));
}

static void put_sum(struct flash *f, struct buf *page)
{
    char all[2 * MEDIA_MAX + 1], full[2 * MEDIA_MAX + 1], n[SIZE_TEXT_MAX], text[WORDS_MAX];
    size_t chosen = letters(&f->sticks, false, all), with_files = letters(&f->sticks, true, full);

    if (chosen == 0)
        buf_adds(page, word(WORD_list_chosen_none));
    else if (with_files)
        buf_adds(page, say(text, WORD_list_chosen_files, count_text(chosen, n), all, full));
    else
        buf_adds(page, say(text, WORD_list_chosen, count_text(chosen, n), all));
    if (f->sheets.n) {
        buf_adds(page, words_chinese() ? "" : " ");
        put_sheets(f, chosen, page);
    }
    buf_addc(page, '\n');
    term_line(page, word(WORD_list_why_not));
    term_line(page, "");
}

static bool any_may(struct sticks *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (stick_may(s, &s->list[i]))
            return true;
    return false;
}

static void show(struct page *p)
{
    char text[WORDS_MAX], letter[2] = {p->lamp_of, 0};
    struct buf page;

    term_begin(&page);
    put_title(p, &page);
    put_table(&p->f->sticks, &page);
    if (any_may(&p->f->sticks))
        put_sum(p->f, &page);
    else
        buf_addf(&page, "%s\n\n", word(WORD_list_none));
    term_line(&page, word(WORD_list_keys_1));
    term_line(&page, word(WORD_list_keys_2));
    term_line(&page, "");
    if (p->lamp_of)
        term_line(&page, say(text, WORD_list_lamp, letter));
    buf_adds(&page, "{h|> }");
    term_show(&page);
}

static void toggle(struct page *p, char letter)
{
    struct stick *k = stick_by_letter(&p->f->sticks, letter);

    if (k && stick_may(&p->f->sticks, k))
        k->chosen = !k->chosen;
}

static void flicker(struct page *p)
{
    int key = term_key(-1);
    struct stick *k = key > 0 ? stick_by_letter(&p->f->sticks, (char)key) : NULL;

    if (!k || k->medium.bar > MEDIUM_LOCKED)
        return;
    p->lamp = lamp_start(&k->medium);
    p->lamp_of = p->lamp ? k->medium.letter : 0;
}

/* 1: go on, 0: left, -1: neither yet. */
static int press(struct page *p, int key)
{
    char all[2 * MEDIA_MAX + 1];

    if (key == TERM_NOTHING)
        return -1;
    if (p->lamp_of) { /* whatever key: it only stops the lamp */
        lamp_end(&p->lamp);
        p->lamp_of = 0;
        key = key == TERM_END ? key : 0;
    }
    if (key == 'q' || key == 'Q' || key == TERM_END || key == TERM_INTERRUPT)
        return 0;
    if (key == TERM_ENTER)
        return letters(&p->f->sticks, false, all) ? 1 : -1;
    if (key == '?')
        flicker(p);
    else if (isalpha(key))
        toggle(p, (char)key);
    return -1;
}

/* What went away is chosen no more. */
static void look(struct flash *f)
{
    sticks_look(&f->sticks, NULL);
    for (size_t i = 0; i < f->sticks.n; i++)
        f->sticks.list[i].chosen &= stick_may(&f->sticks, &f->sticks.list[i]);
}

bool page_list(struct flash *f)
{
    struct page p = {.f = f};
    int next = -1;

    for (show(&p); next < 0;) {
        int key = term_key(LOOK_MS);
        next = press(&p, key);
        if (key == TERM_NOTHING)
            look(f);
        if (next < 0 && term_is_screen())
            show(&p);
    }
    lamp_end(&p.lamp);
    return next == 1;
}
