/* SPDX-License-Identifier: Apache-2.0
 *
 * Sticks named on the command line: by serial number, and those that hold something twice. What this computer uses is never
 * written, however often it is named.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/flash/flash.h"
#include "tools/flash/term.h"

int flash_refuse_with(int code, enum word id, const char *const *args, size_t n)
{
    char text[WORDS_MAX];

    if (words_chinese())
        term_complain(word_fill(text, id, args, n));
    text_fill(text, sizeof text, word_in_english(id), args, n);
    term_complain(text);
    return code;
}

static bool said_again(const struct flash *f, const char *serial)
{
    for (int i = 0; i < f->n_erase; i++)
        if (!strcmp(f->erase[i], serial))
            return true;
    return false;
}

static int refuse_bar(const struct medium *md)
{
    char size[SIZE_TEXT_MAX];

    switch (md->bar) {
    case MEDIUM_SYSTEM:
        return flash_refuse(EXIT_REFUSED, WORD_refuse_system, md->serial, md->model, size_text(md->size, size), md->where);
    case MEDIUM_IN_USE:
        return flash_refuse(EXIT_REFUSED, WORD_refuse_in_use, md->serial, md->where);
    case MEDIUM_SAME_SERIAL:
        return flash_refuse(EXIT_REFUSED, WORD_refuse_same, md->serial);
    case MEDIUM_LOCKED:
    case MEDIUM_NO_SERIAL: /* nobody can name it */
    case MEDIUM_INSIDE:
    case MEDIUM_FREE:
        break;
    }
    return flash_refuse(EXIT_REFUSED, WORD_refuse_locked, md->serial);
}

static int refuse_once(const struct flash *f, const struct stick *k)
{
    char size[SIZE_TEXT_MAX], why[WORDS_MAX];
    const struct medium *md = &k->medium;

    if (md->bar == MEDIUM_INSIDE)
        flash_refuse(EXIT_REFUSED, WORD_refuse_inside, md->serial, md->model, size_text(md->size, size));
    else
        flash_refuse(EXIT_REFUSED, WORD_refuse_files, md->serial, stick_why(&f->sticks, k, why));
    term_complain(say(why, WORD_refuse_twice, md->serial));
    return EXIT_REFUSED;
}

static bool is_kernel_name(const struct flash *f, const char *serial)
{
    if (strchr(serial, '/'))
        return true;
    for (size_t i = 0; i < f->sticks.media.n; i++)
        if (!strcmp(f->sticks.media.list[i].name, serial))
            return !media_find(&f->sticks.media, serial);
    return false;
}

int flash_named(struct flash *f, const char *serial, struct stick **ret)
{
    struct stick *k = stick_by_serial(&f->sticks, serial);
    char size[SIZE_TEXT_MAX];

    if (!k && is_kernel_name(f, serial)) {
        const char *slash = strrchr(serial, '/');
        flash_refuse(EXIT_USAGE, WORD_refuse_name, slash ? slash + 1 : serial);
        term_complain(word(WORD_refuse_name_do));
        return EXIT_USAGE;
    }
    if (!k)
        return flash_refuse(EXIT_NO_MEDIUM, WORD_refuse_absent, serial);
    if (k->medium.bar > MEDIUM_INSIDE)
        return refuse_bar(&k->medium);
    if (f->sticks.image && k->medium.size < writer_needs(&f->im))
        return flash_refuse(EXIT_REFUSED, WORD_refuse_small, serial, size_text(writer_needs(&f->im), size));
    if (k->content.holds == HOLDS_UNREAD)
        return flash_refuse(EXIT_REFUSED, WORD_refuse_unread, serial);
    k->named_twice = said_again(f, serial);
    if (!k->named_twice && (k->medium.bar == MEDIUM_INSIDE || !content_is_free(&k->content)))
        return refuse_once(f, k);
    *ret = k;
    return EXIT_GOOD;
}
