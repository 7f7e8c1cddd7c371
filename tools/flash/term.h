/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal a technician sits at. Texts carry styles: {b|bold} {d|dim} {k|good} {x|bad} {h|here: ink on amber}; where
 * there are no colours (NO_COLOR, no terminal) only the words remain. Columns are counted as a terminal shows them: an
 * ideograph is two. What is not for it (escapes, control characters) never reaches it, wherever a text came from.
 */
#ifndef FLASH_TERM_H
#define FLASH_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { TERM_NOTHING = -1, TERM_END = -2, TERM_ENTER = '\n', TERM_INTERRUPT = 3, TERM_RUBOUT = 127 };

/* Keys are read one by one from now on, without echo, and interrupts are keys; put back at exit. Reading and showing work
 * without a terminal too: pages are printed once each, keys come as they are piped. */
void term_open(void);
/* Both ends are a terminal: pages stay in place. */
bool term_is_screen(void);
/* The next key, TERM_NOTHING when none came within timeout_ms, TERM_END at the end of input. Bytes above ASCII are passed
 * over. */
int term_key(int timeout_ms);
/* A line behind "> ", with rubout; ends with Enter. false: end of input, or interrupted. */
bool term_ask(char *out, size_t cap);

/* Columns it takes, styles not counted. */
int term_width(const char *text);
/* Appends text and as many spaces as make `width` columns; a negative width: the spaces come first. Longer text is cut at
 * width - 1 columns and a space; 0: no padding, no cut. */
void term_cell(struct buf *line, int width, const char *text);
/* "[====####....]" of n signs. `written`, `checked`: shares, 0 to 1. */
void term_bar(struct buf *line, int n, double written, double checked);

/* A page: lines of text one after the other, then shown at once in place of the one before. */
void term_begin(struct buf *page);
void term_line(struct buf *page, const char *text);
/* Shows it and forgets it. A screen that is too low loses the middle of nothing: it shows the first lines. */
void term_show(struct buf *page);
/* One line at once, to stdout; or to stderr. */
void term_say(const char *text);
void term_complain(const char *text);

#endif
