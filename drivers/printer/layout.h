/* SPDX-License-Identifier: Apache-2.0
 *
 * A paper as the lines of one printer: what goes by its own font as text, what goes as a picture (titles, bands, rules, QR
 * codes, lines with characters its font lacks and cannot be taught), what is white. Pure but for the fonts. Holds what the
 * paper holds, so it is wiped when it is freed.
 */
#ifndef DRIVERS_PRINTER_LAYOUT_H
#define DRIVERS_PRINTER_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "drivers/printer/glyph.h"
#include "drivers/printer/profile.h"
#include "model/paper.h"

#define LAYOUT_LINES_MAX 320
#define LAYOUT_TEXT_MAX (32 * 1024)
#define LAYOUT_PICTURES_MAX (512 * 1024)
#define LAYOUT_COLUMN 12 /* dots of an ASCII character; a Chinese one takes two */
#define LAYOUT_CELL 24   /* height of both */
#define LAYOUT_PITCH 32  /* from line to line */
#define LAYOUT_RUNS_MAX 2
#define LAYOUT_TAUGHT_MAX 94  /* characters a printer can be taught at a time: FEA1..FEFE */
#define LAYOUT_GLYPHS_MAX 320 /* of a paper */

enum layout_kind { LAYOUT_TEXT, LAYOUT_PICTURE, LAYOUT_QR, LAYOUT_SPACE, LAYOUT_CUT };

struct layout_run { /* part of a text line: `len` bytes of UTF-8 at `at` in texts */
    size_t at, len;
    bool bold;
};
struct layout_line {
    enum layout_kind kind;
    int dots;    /* height on paper */
    bool framed; /* text: the frame's sides stand at both ends; pictures have them drawn in */
    enum paper_align align;
    int scale; /* of characters; of a QR code: dots of a module */
    struct layout_run runs[LAYOUT_RUNS_MAX];
    int n_runs;
    size_t at; /* picture: first byte in pictures; dots rows */
    int stride;
};
struct layout_glyph { /* a character the printer must be taught: 24 columns of three bytes, top first */
    uint32_t cp;
    uint8_t columns[LAYOUT_CELL * 3];
};
struct layout {
    struct layout_line lines[LAYOUT_LINES_MAX];
    int n;
    struct buf texts, pictures, glyphs; /* glyphs: struct layout_glyph, each character once */
    int dots;                           /* length of the paper */
    int wide;                           /* dots across that it needs */
};

/* `g` may be NULL: titles then go as enlarged text, and characters the printer lacks as 〓. -ERR_TOOLONG when it does not
 * fit, -ERR_INVALID for a QR text that cannot be encoded. */
int layout_create(const struct paper *paper, const struct profile *p, struct glyphs *g, struct layout **ret, struct err *e);
void layout_destroy(struct layout *l); /* takes NULL */

/* Borrowed; not NUL-terminated. */
static inline const char *layout_run_text(const struct layout *l, const struct layout_run *run)
{
    return buf_str(&l->texts) + run->at;
}
/* NULL: not among those to be taught. */
const struct layout_glyph *layout_glyph(const struct layout *l, uint32_t cp);

/* Bytes of the next line of `text` within `columns`, and in *ret_skip what to leave out before the line after it (a space, a
 * line break). Never cuts a character or takes an accent from its letter; words of Latin letters stay whole when they fit a
 * line; no line begins with a closing mark. */
size_t layout_wrap(const char *text, int columns, size_t *ret_skip);

#endif
