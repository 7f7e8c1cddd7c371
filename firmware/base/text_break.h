/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a line of Chinese may end: the one rule of screen and paper (GB/T 15834-2011, 5.1, on marks at line ends). Hanzi
 * part anywhere; words, figures and dates do not; a closing mark stays with what it closes, an opening one with what it
 * opens; the signs that join (— ～ · /) begin no line. It is not Unicode's line breaking, which would part "5 个". Spaces
 * and line breaks are the caller's.
 */
#ifndef BASE_TEXT_BREAK_H
#define BASE_TEXT_BREAK_H

#include <stdbool.h>
#include <stdint.h>

/* May a line end between the two, neither of them a blank? */
bool text_may_part(uint32_t before, uint32_t after);
/* Must not begin a line; so —— and ……, one mark of two signs each, are never parted. */
bool text_closes(uint32_t cp);
/* Must not end one. */
bool text_opens(uint32_t cp);
/* Behind it a line ends well. */
bool text_ends_clause(uint32_t cp);

#endif
