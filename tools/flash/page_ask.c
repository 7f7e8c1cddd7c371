/* SPDX-License-Identifier: Apache-2.0
 *
 * The second page: what destroys asks for something that differs each time. Files are named and the serial number's last
 * four are typed; then the sticks are counted and the count is typed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tools/flash/flash.h"
#include "tools/flash/term.h"

#define ANSWER_MAX 32

static void put_names(const struct fat_tally *t, enum fat_kind kind, struct buf *page)
{
    char names[3 * FAT_NAME_MAX] = "", text[WORDS_MAX], n[SIZE_TEXT_MAX];
    size_t len = 0;

    if (!t->files[kind])
        return;
    for (uint64_t i = 0; i < t->files[kind] && i < FAT_NAMES_KEPT; i++)
        len += (size_t)snprintf(names + len, sizeof names - len, "%s%s", i ? "  " : "", t->names[kind][i]);
    if (t->files[kind] > FAT_NAMES_KEPT)
        snprintf(names + len, sizeof names - len, "  ...");
    enum word id = kind == FAT_PICTURE ? WORD_ask_pictures : WORD_ask_others;
    term_line(page, say(text, id, names, count_text(t->files[kind], n)));
}

static const char *moment(const struct fat_tally *t, char out[WORDS_MAX])
{
    int64_t days = date_to_days(date_of_ms(clock_wall_ms())) - date_to_days(t->day);
    char day[DATE_LEN + 1], minute[SIZE_TEXT_MAX];

    date_format(t->day, day);
    snprintf(minute, sizeof minute, "%02d:%02d", t->minute / 60, t->minute % 60);
    return say(out, days == 0 ? WORD_moment_today : days == 1 ? WORD_moment_yesterday : WORD_moment_day, minute, day);
}

static void put_what(const struct stick *k, const char *letter, struct buf *page)
{
    const struct fat_tally *t = &k->content.tally;
    char text[WORDS_MAX], n[SIZE_TEXT_MAX], size[SIZE_TEXT_MAX], when[WORDS_MAX];

    if (k->content.holds != HOLDS_FILES) {
        term_line(page,
                  say(text, WORD_ask_other, letter, *k->content.what ? k->content.what : word(WORD_ask_other_unknown)));
        return;
    }
    count_text(content_files(&k->content), n);
    size_text(t->bytes, size);
    if (t->day.year)
        term_line(page, say(text, WORD_ask_files, letter, n, size, moment(t, when)));
    else
        term_line(page, say(text, WORD_ask_files_undated, letter, n, size));
    put_names(t, FAT_PICTURE, page);
    put_names(t, FAT_OTHER, page);
}

/* false: the person left. Another answer than the four leaves the stick out. */
static bool ask_four(struct stick *k)
{
    char letter[2] = {k->medium.letter, 0}, answer[ANSWER_MAX], text[WORDS_MAX];
    struct buf page;

    term_begin(&page);
    put_what(k, letter, &page);
    term_line(&page, "");
    term_line(&page, say(text, WORD_ask_gone_1, letter));
    term_line(&page, say(text, WORD_ask_gone_2, letter));
    term_line(&page, "");
    term_show(&page);
    pid_t lamp = lamp_start(&k->medium);
    bool here = term_ask(answer, sizeof answer);
    lamp_end(&lamp);
    k->chosen = here && *answer && !strcasecmp(answer, medium_last_four(&k->medium));
    if (here && *answer && !k->chosen)
        term_say(say(text, WORD_ask_four_wrong, letter));
    return here;
}

static int widest(struct flash *f)
{
    char text[WORDS_MAX];
    int width = 0;

    for (size_t i = 0; i < f->sticks.n; i++)
        if (f->sticks.list[i].chosen) {
            int w = term_width(stick_why(&f->sticks, &f->sticks.list[i], text));
            width = w > width ? w : width;
        }
    return width;
}

static void put_chosen(struct flash *f, struct buf *page)
{
    char text[WORDS_MAX], letter[8], size[SIZE_TEXT_MAX], port[WORDS_MAX];
    int width = widest(f);

    for (size_t i = 0; i < f->sticks.media.n; i++) {
        struct stick *k = stick_at(&f->sticks, i);
        if (!k || !k->chosen)
            continue;
        snprintf(letter, sizeof letter, "  %c", k->medium.letter);
        term_cell(page, 5, letter);
        term_cell(page, words_chinese() ? 6 : 5, say(port, WORD_ask_port, k->medium.port));
        term_cell(page, 17, k->medium.model);
        term_cell(page, -9, size_text(k->medium.size, size));
        term_cell(page, width + 2, stick_why(&f->sticks, k, text));
        if (k->sheet)
            buf_adds(page, say(text, WORD_ask_becomes, k->sheet->unit));
        buf_addc(page, '\n');
    }
}

static size_t count(const struct flash *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->sticks.n; i++)
        n += f->sticks.list[i].chosen;
    return n;
}

static bool ask_count(struct flash *f)
{
    char n[SIZE_TEXT_MAX], answer[ANSWER_MAX], text[WORDS_MAX];
    struct buf page;

    flash_assign(f);
    snprintf(n, sizeof n, "%zu", count(f));
    term_begin(&page);
    term_line(&page, say(text, WORD_ask_title, n));
    term_line(&page, "");
    put_chosen(f, &page);
    term_line(&page, "");
    term_line(&page, word(WORD_ask_count));
    term_line(&page, "");
    term_show(&page);
    if (!term_ask(answer, sizeof answer))
        return false;
    if (strcmp(answer, n))
        term_say(say(text, WORD_ask_wrong, n));
    return !strcmp(answer, n);
}

bool page_ask(struct flash *f)
{
    for (size_t i = 0; i < f->sticks.media.n; i++) {
        struct stick *k = stick_at(&f->sticks, i);
        if (k && k->chosen && !k->named_twice && !stick_is_free(&f->sticks, k) && !ask_four(k))
            return false;
    }
    return count(f) > 0 && ask_count(f);
}
