/* SPDX-License-Identifier: Apache-2.0
 *
 * A sentence of a page as a voice says it: pure, from the text alone. Numbers become words by what they are (field notes of
 * what the engine makes of them: voice/amount.h):
 *
 *   2026-11-26, 2026年11月26日   years digit by digit, months and days as numbers
 *   14:30, 9:05                  十四点三十分, 九点零五分; 9:00-17:00 with 到 between
 *   12.50 元, ¥12.50             十二元五角
 *   50%, −3, 0.5, 1,234          百分之五十, 负三, 零点五, one number
 *   1103 003 261119 00027 8      groups of seven digits and more, and single ones of five and more without a measure behind
 * them: digit by digit, a pause between groups, 1 as yao1 (EN 301 549 5.1.3; a caller writes them down) A025, A03-001
 * letters by name, figures digit by digit 110101********1234           what is masked: 星号, once for each run 2 份 两
 * before a measure
 *
 * Chinese is read by words (voice/pinyin.h), places and family names first (voice/named.h): a family name is looked for
 * where only a name can stand: behind 姓名 and before 您好, 先生, 女士. What nobody knows how to read is said as 生僻字. On
 * a page in English Chinese stays Chinese, and the figures in it too.
 */
#ifndef VOICE_SPOKEN_H
#define VOICE_SPOKEN_H

#include "base/buf.h"
#include "base/err.h"
#include "model/strings.h"

/* Adds lines as words.h describes them. `page`: the language of the page. Ill-formed bytes are passed over. 0, or
 * -ERR_TOOLONG: more than `out` may hold. */
int spoken_words(enum language page, const char *text, struct buf *out);

#endif
