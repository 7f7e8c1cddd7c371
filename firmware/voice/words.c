/* SPDX-License-Identifier: Apache-2.0
 *
 * See words.h.
 */
#include "voice/words.h"

#include <string.h>

#define WORD_MAX 64

static const char *tag(enum language in)
{
    return in == LANGUAGE_EN ? "en" : "zh";
}

static void write_word(struct words *w, enum language in, const char *word)
{
    if (w->open && w->in != in)
        buf_adds(w->out, "\n");
    if (!w->open || w->in != in)
        buf_adds(w->out, tag(in));
    w->open = true;
    w->in = in;
    buf_addf(w->out, " %s", word);
    w->pause = false;
}

/* `tone` of what follows; 0: nothing does. */
static void write_late(struct words *w, char tone)
{
    char syllable[8] = {w->late[0], w->late[1]};

    if (!w->late[0])
        return;
    if (w->late[0] == 'y')
        syllable[2] = tone == '4' ? '2' : tone >= '1' && tone <= '3' ? '4' : '1';
    else
        syllable[2] = tone == '4' ? '2' : '4';
    w->late[0] = '\0';
    write_word(w, LANGUAGE_ZH_CN, syllable);
}

void words_begin(struct words *w, struct buf *out)
{
    *w = (struct words){.out = out};
}

void words_add(struct words *w, enum language in, const char *word)
{
    size_t n = strlen(word);

    if (!n)
        return;
    write_late(w, in == LANGUAGE_ZH_CN ? word[n - 1] : 0);
    write_word(w, in, word);
}

void words_add_all(struct words *w, enum language in, const char *words)
{
    char word[WORD_MAX];

    while (*words) {
        size_t n = strcspn(words, " ");

        if (n < sizeof word) {
            memcpy(word, words, n);
            word[n] = '\0';
            words_add(w, in, word);
        }
        words += n + (words[n] == ' ');
    }
}

void words_add_bending(struct words *w, const char *syllable)
{
    /* 一 before 一 and 不 before 不 are not bent; 一不 is */
    write_late(w, syllable[0] == 'b' ? '4' : '1');
    w->late[0] = syllable[0];
    w->late[1] = syllable[1];
    w->late[2] = '\0';
}

void words_pause(struct words *w, char sign)
{
    write_late(w, 0);
    if (!w->open || w->pause)
        return;
    buf_addc(w->out, (uint8_t)sign);
    w->pause = true;
}

void words_end(struct words *w)
{
    write_late(w, 0);
    if (w->open)
        buf_addc(w->out, '\n');
    w->open = false;
}
