/* SPDX-License-Identifier: Apache-2.0
 *
 * --give-back: a stick that was an installer becomes an ordinary empty one again, of its full size. Asked for as writing is.
 */
#include <stdio.h>
#include <strings.h>

#include "tools/flash/fat_make.h"
#include "tools/flash/flash.h"
#include "tools/flash/measure.h"
#include "tools/flash/term.h"

#define ANSWER_MAX 32

static bool agreed(struct flash *f, const struct stick *k)
{
    char answer[ANSWER_MAX], text[WORDS_MAX], letter[2] = {k->medium.letter, 0};

    if (f->yes)
        return true;
    term_say(word(WORD_back_title));
    term_say(stick_why(&f->sticks, k, text));
    term_say(say(text, WORD_back_four, letter));
    pid_t lamp = lamp_start(&k->medium);
    bool here = term_ask(answer, sizeof answer);
    lamp_end(&lamp);
    return here && *answer && !strcasecmp(answer, medium_last_four(&k->medium));
}

static void quiet(void *ctx, int percent)
{
}

/* 0, or an error; *ret_real below the medium's size: it is a fake. */
static int give_back(const struct medium *md, uint64_t *ret_real, struct err *e)
{
    struct disk *d = NULL;

    int rc = disk_open(md, true, &d, e);
    if (rc == 0)
        rc = measure_medium(d, md->size, ret_real, quiet, NULL, e);
    if (rc == 0 && *ret_real == md->size)
        rc = fat_make(d, md->size, e);
    disk_close(d);
    return rc;
}

int flash_give_back(struct flash *f)
{
    char text[WORDS_MAX], size[SIZE_TEXT_MAX];
    struct err e = {0};
    struct stick *k;
    uint64_t real;

    if (f->n_to != 1)
        return flash_refuse(EXIT_USAGE, WORD_back_one, "");
    int code = flash_named(f, f->to[0], &k);
    if (code != EXIT_GOOD)
        return code;
    if (!f->yes && !term_is_screen())
        return flash_refuse(EXIT_USAGE, WORD_refuse_yes, "");
    if (!agreed(f, k)) {
        term_say(word(WORD_left_nothing));
        return EXIT_STOPPED;
    }
    int rc = give_back(&k->medium, &real, &e);
    if (rc < 0) {
        term_say(say(text, WORD_back_failed, e.text));
        return EXIT_SOME_BAD;
    }
    if (real < k->medium.size) {
        term_say(say(text, WORD_back_fake, size_text(real, size)));
        return EXIT_SOME_BAD;
    }
    term_say(say(text, WORD_back_done, k->medium.serial, size_text(k->medium.size, size)));
    return EXIT_GOOD;
}
