/* SPDX-License-Identifier: Apache-2.0
 *
 * What goes on paper, as a value that knows no printer: lines of text with size and alignment, two-column rows, rules, a
 * frame, a QR code, a band, a cut. drivers/printer renders it for a profile. The text may be personal: a struct paper
 * comes from paper_create() (secret memory) and is wiped by paper_destroy().
 */
#ifndef MODEL_PAPER_H
#define MODEL_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum paper_op {
    PAPER_TEXT,  /* a paragraph, wrapped */
    PAPER_ROW,   /* label and value; continuation lines stand under the value */
    PAPER_RULE,  /* across the paper; `dashed` */
    PAPER_FRAME, /* begins (on) or ends (off) a box around what stands between */
    PAPER_BAND,  /* white text on black, e.g. 补打 */
    PAPER_QR,
    PAPER_SPACE, /* `dots` of white */
    PAPER_MARK,  /* a line `dots` wide on any printer, with `text` and a bar at its end: model/width_ruler.h */
    PAPER_CUT,
};
enum paper_size { PAPER_NORMAL, PAPER_TITLE, PAPER_DOUBLE, PAPER_HUGE }; /* 24, 48 bold raster, 48, 96 raster */
enum paper_align { PAPER_LEFT, PAPER_CENTER, PAPER_RIGHT };

struct paper_block {
    enum paper_op op;
    enum paper_size size;
    enum paper_align align;
    bool bold, dashed, on;
    bool label_bold;   /* PAPER_ROW: the label alone is bold */
    int dots;          /* PAPER_SPACE, PAPER_MARK; PAPER_ROW: width of the label column in columns, less on a narrow paper */
    const char *text;  /* owned by the paper */
    const char *value; /* PAPER_ROW */
};

#define PAPER_BLOCKS_MAX 96
#define PAPER_TEXT_MAX 8192

struct paper {
    struct paper_block blocks[PAPER_BLOCKS_MAX];
    size_t n_blocks;
    char pool[PAPER_TEXT_MAX];
    size_t used;
    bool failed; /* something did not fit: paper_ok() */
};

struct paper *paper_create(void);
void paper_destroy(struct paper *p); /* wipes; takes NULL */
bool paper_ok(const struct paper *p);
void paper_text(struct paper *p, enum paper_size size, enum paper_align align, bool bold, const char *text);
void paper_row(struct paper *p, int label_columns, const char *label, const char *value, bool bold);
/* A row whose label alone is bold: a remark that begins with the word that matters. */
void paper_note(struct paper *p, int label_columns, const char *label, const char *value);
void paper_rule(struct paper *p, bool dashed);
void paper_frame(struct paper *p, bool on);
void paper_band(struct paper *p, const char *text);
void paper_qr(struct paper *p, const char *text);
void paper_space(struct paper *p, int dots);
void paper_mark(struct paper *p, int dots, const char *text);
void paper_cut(struct paper *p);

/* How wide text stands on the grid of printers, where a Chinese character takes two columns: ASCII, other Latin letters and
 * half-width forms take one; accents that combine, variation selectors and other signs that only steer take none. */
int paper_columns_of(uint32_t cp);
int paper_columns(const char *text, size_t len);

#endif
