/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers as words, by rules of our own: of 306, 1000000, −2 and 0.5 the engine's Mandarin says something else (reference:
 * 306 sounds like 三百六, a telephone number is one number). Chinese as GB/T 15835-2011 reads figures: 万 and 亿 in steps of
 * four digits, 零 once for any gap, 十 to 十九 without 一, 两 before 千, 万 and 亿.
 */
#ifndef VOICE_AMOUNT_H
#define VOICE_AMOUNT_H

#include <stddef.h>

#include "voice/words.h"

#define AMOUNT_DIGITS_MAX 15 /* longer ones are codes, and said digit by digit */

/* `digits`: len figures, no signs. Leading noughts are passed over. `bends`: a last 一 bends with the measure that follows.
 */
void amount_cardinal(struct words *w, enum language in, const char *digits, size_t len, bool bends);
/* One by one. `code`: 1 is said yao1, as in numbers of telephones, rooms and cards. */
void amount_digits(struct words *w, enum language in, const char *digits, size_t len, bool code);

#endif
