/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8 and UTF-16LE (Unicode 15, sections 3.9 and 3.10). Ill-formed input is refused, never repaired in silence.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes one code point at *p (end exclusive), moves *p behind it. -1 when ill-formed (overlong, surrogate, > 10FFFF,
 * cut short); *p then moves by one byte. */
int32_t utf8_next(const char **p, const char *end);
bool utf8_valid(const char *s, size_t len);
/* Code points in a well-formed string. */
size_t utf8_count(const char *s);
/* Writes 1..4 bytes, returns how many; 0 for surrogates and above 10FFFF. */
size_t utf8_put(uint32_t cp, char out[4]);
/* Bytes of the longest prefix with at most n code points. */
size_t utf8_prefix(const char *s, size_t n);

/* UTF-16LE bytes -> UTF-8 with NUL. -ERR_INVALID: odd length, lone surrogate, U+0000; -ERR_TOOLONG: out too small. */
int utf16le_to_utf8(const uint8_t *in, size_t len, char *out, size_t cap);
/* UTF-8 -> UTF-16LE; *ret_len bytes. -ERR_INVALID, -ERR_TOOLONG. */
int utf8_to_utf16le(const char *in, uint8_t *out, size_t cap, size_t *ret_len);

/* Fills {0}, {1}, … of `format` from args (n of them), and {0|day|days} with the first word when args[0] is "1", else the
 * second. The result is cut at a whole code point when cap is too small. */
void text_fill(char *out, size_t cap, const char *format, const char *const *args, size_t n);

/* Copies, cut at a whole code point; always terminates. Returns false when something was cut. */
bool text_copy(char *out, size_t cap, const char *s);

/* Does one of the ranges, in any order, hold the code point? */
struct text_range {
    uint32_t first, last;
};
bool text_in(uint32_t cp, const struct text_range *ranges, size_t n);
/* Ideographs, kana, full-width forms and CJK punctuation: two columns on paper, breakable everywhere. */
bool text_is_wide(uint32_t cp);
/* Accents that combine, variation selectors, and the signs that only steer (joiners, directions, soft hyphens, byte order
 * marks): nothing of their own stands on the line. */
bool text_has_no_width(uint32_t cp);
/* Those that show nothing at all, whatever stands before them: Unicode's default ignorable code points without the variation
 * selectors, which choose how a character of a name is written, and the marks of interlinear annotation. */
bool text_is_invisible(uint32_t cp);
/* Well-formed, something to read and not only blanks, in one line: no line ends and no other control characters. */
bool text_is_line(const char *s);
/* The same without anything invisible, which could turn the order of what stands beside it or hide in it: for what people
 * and sources write, when it comes in. What was taken in before is read by text_is_line(). */
bool text_is_plain_line(const char *s);
/* Moves *s behind blanks and what nobody sees, and gives how many bytes there are up to those at its end; 0: nothing else.
 */
size_t text_trim(const char **s);

#endif
