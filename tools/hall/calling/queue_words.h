/* SPDX-License-Identifier: Apache-2.0
 *
 * What a hall's board shows and its voice says: assets/strings/hall/zh-CN/queue.tsv, "id<TAB>text" lines as in
 * model/strings.h.
 */
#ifndef HALL_QUEUE_WORDS_H
#define HALL_QUEUE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum queue_word {
#define STR(id) QUEUE_WORD_##id,
#include "queue_word_ids.inc"
#undef STR
    QUEUE_WORD_COUNT,
};

/* Never NULL. Static. */
const char *queue_word(enum queue_word id);
/* Why a queue is paused: what residents read, NULL for a word that is none. All the words: with blanks between. */
const char *queue_words_reason(const char *word);
const char *queue_words_reasons(void);

/* What is said for a call, "请 A 零三二 号到三号窗口": the digits of a number one by one, as it is compared with a paper; a
 * window as the number it is. In characters, for engines read figures each in its own way. `number` as on the paper. */
#define QUEUE_WORDS_CALL_MAX 200
void queue_words_call(const char *number, int window, bool again, char out[QUEUE_WORDS_CALL_MAX]);

#endif
