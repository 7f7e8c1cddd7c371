/* SPDX-License-Identifier: Apache-2.0
 *
 * What is read otherwise than by its characters one by one, and not in their sound alone: places and words of the counter
 * (六安, 重庆), short words with another tone (只能, 钥匙), family names (曾, 单). Places and names are those of the Chinese
 * keyboard (assets/ime/readings.txt, assets/ime/surnames.txt, with their sources); they have no tones, which come from the
 * readings of each character (voice/pinyin.h). Words with their tones are pinyin/tones.tsv.
 */
#ifndef VOICE_NAMED_H
#define VOICE_NAMED_H

#include <stddef.h>

#define NAMED_READING_MAX 64

/* The longest place or word at the head of `text`: its bytes, and its reading, syllables with spaces between. 0: none. */
size_t named_word(const char *text, const char *end, char ret[NAMED_READING_MAX]);
/* The same for a family name whose reading is not that of its characters. */
size_t named_family(const char *text, const char *end, char ret[NAMED_READING_MAX]);

#endif
