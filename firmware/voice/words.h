/* SPDX-License-Identifier: Apache-2.0
 *
 * What a voice is given: lines, each of one language, "zh ni3 hao3, qing3 kan4." or "en one two". Chinese is letters and the
 * figure of the tone (voice/pinyin.h); of signs there are only "," and "." and "?", which are pauses.
 *
 * Two syllables are written down late, because what follows changes them (Hanyu Pinyin Cixue Jiben Guize GB/T 16159-2012
 * writes the plain tone; speech does not): 一 is yi2 before a fourth tone, yi4 before any other, and 不 is bu2 before a
 * fourth tone. Two third tones in a row are the engine's to change.
 */
#ifndef VOICE_WORDS_H
#define VOICE_WORDS_H

#include <stdbool.h>

#include "base/buf.h"
#include "model/strings.h"

struct words {
    struct buf *out; /* borrowed */
    bool open;       /* a line is begun, in language `in` */
    enum language in;
    char late[4]; /* "yi" or "bu", not written yet; "" */
    bool pause;   /* the last that was written is one */
};

void words_begin(struct words *w, struct buf *out);
/* One word of English, or one syllable. */
void words_add(struct words *w, enum language in, const char *word);
/* Words with spaces between. */
void words_add_all(struct words *w, enum language in, const char *words);
/* 一 or 不 that bends with what follows. */
void words_add_bending(struct words *w, const char *syllable);
/* `sign`: , . or ?; of several in a row the first stays. Nothing before the first word. */
void words_pause(struct words *w, char sign);
void words_end(struct words *w);

#endif
