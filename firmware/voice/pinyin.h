/* SPDX-License-Identifier: Apache-2.0
 *
 * How Chinese is read: the reading that holds in a word, and every reading a character has. Data and their sources:
 * firmware/voice/pinyin/README.md. Readings are letters and the figure of the tone ("lv4" for lǜ, 5 for the light tone).
 */
#ifndef VOICE_PINYIN_H
#define VOICE_PINYIN_H

#include <stdbool.h>
#include <stdint.h>

#define PINYIN_SYLLABLE 8

/* Walks through a text, the longest known word first. */
struct pinyin_walk {
    const char *at, *end;
    const char *word; /* readings of the rest of the word under way */
    int left;         /* characters of it */
};
struct pinyin_char {
    uint32_t cp;
    char here[PINYIN_SYLLABLE]; /* how it is read here; "" where no reading is known */
    const char *all;            /* every reading, with spaces between; "" */
};
void pinyin_begin(struct pinyin_walk *w, const char *text);
/* false at the end. */
bool pinyin_next(struct pinyin_walk *w, struct pinyin_char *ret);

#endif
