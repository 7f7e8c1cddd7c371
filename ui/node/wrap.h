/* SPDX-License-Identifier: Apache-2.0
 *
 * Breaks a paragraph into lines as Chinese is set: anywhere between characters, but never inside a number, a date or a
 * Latin word, never with a closing mark at the head of a line or an opening one at its end, and rather behind a comma.
 */
#ifndef UI_NODE_WRAP_H
#define UI_NODE_WRAP_H

#include <stddef.h>

#include "ui/node/style.h"

/* A stretch of a paragraph in one style. */
struct span {
    const char *text;
    enum weight weight;
    enum token colour;
};

#define WRAP_SPANS_MAX 4
#define WRAP_LINES_MAX 40

/* A line is the bytes [from, to) of the spans put end to end; width in px. */
struct wrap_line {
    size_t from, to;
    int width;
};

/* Width in px of one line of text. */
int text_width(const struct metrics *m, enum weight w, int px, const char *text, size_t len);

/* Fills lines (at most WRAP_LINES_MAX) and returns how many; the last one then holds the rest, however long. */
int wrap(const struct metrics *m, const struct span *spans, size_t n, int px, int width, struct wrap_line *ret);

#endif
