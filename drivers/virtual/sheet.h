/* SPDX-License-Identifier: Apache-2.0
 *
 * The paper of the virtual printer: a line buffer that is filled character by character and printed, rows that are burnt
 * at once, and what can be read from the whole: picture, text, QR contents. sheet.c: rows; sheet_line.c: the line buffer;
 * sheet_code.c: QR codes; sheet_bars.c, sheet_code128.c: bar codes.
 */
#ifndef DRIVERS_VIRTUAL_SHEET_H
#define DRIVERS_VIRTUAL_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "drivers/virtual/printer.h"

#define SHEET_ROWS_MAX 16384
#define SHEET_LINE_ROWS 192 /* a character of 24 dots eight times as high */
#define SHEET_WIDTH_MAX 832
#define SHEET_STRIDE (SHEET_WIDTH_MAX / 8)
#define SHEET_QR_MAX 8
#define SHEET_CELL 24        /* dots of a Chinese character, either way */
#define SHEET_HEAD_MARGIN 24 /* white above the first line: the head stands before the cutter */

struct sheet {
    int width;
    int margin, area; /* where printing begins, how wide it may be (GS L, GS W) */
    bool clipped;     /* something black would have stood beside the head */
    int height;       /* rows moved since the last cut, margin included */
    struct buf rows;  /* `width / 8` bytes each */
    struct buf text;
    char *qr[SHEET_QR_MAX];
    int n_qr;
    uint8_t line[SHEET_LINE_ROWS][SHEET_STRIDE]; /* what stands in the line buffer; its last row is the base line */
    int line_x, line_height;
    bool last_line_has_text; /* of what moved last */
    struct buf line_text;
};

enum { SHEET_LEFT, SHEET_CENTRE, SHEET_RIGHT };
struct sheet_style {
    int cell_width, cell_height; /* dots of the font */
    int wide, high;              /* times */
    int before, after;           /* dots beside a character */
    bool bold, underline, reverse;
    int align;
};

void sheet_init(struct sheet *s, int width);
void sheet_finish(struct sheet *s);
/* After a cut: an empty sheet; what stands in the line buffer goes too. */
void sheet_reset(struct sheet *s);
void sheet_area(struct sheet *s, int margin, int width); /* brought within the paper */
void sheet_feed(struct sheet *s, int rows);
/* Burns one row of `n` bytes, starting at dot x. */
void sheet_row(struct sheet *s, const uint8_t *row, int n, int x);
/* Burns one row of an image, enlarged; returns the rows moved. */
int sheet_image_row(struct sheet *s, const uint8_t *row, int dots, int scale_x, int scale_y, int align);
/* The last rows were burnt where there was no paper any more. A line that lost half of itself is not read as text. */
void sheet_lose(struct sheet *s, int rows);
bool sheet_empty(const struct sheet *s);
/* Hands the paper out, QR codes in the picture read. */
void sheet_give(struct sheet *s, const struct buf *bytes, bool cut, virtual_paper_fn *fn, void *ctx);
/* Dots to the left of something so wide. */
int sheet_left(const struct sheet *s, int width, int align);
void sheet_add_qr(struct sheet *s, const char *text); /* once each */

/* --- the line buffer --- */

void sheet_drop_line(struct sheet *s);
/* Is there room for one more character? An empty line always has. */
bool sheet_fits(const struct sheet *s, const struct sheet_style *style);
void sheet_char(struct sheet *s, uint32_t cp, const struct sheet_style *style);
/* 24 columns of 3 bytes, top first: a glyph that was sent. It reads as U+FFFC. */
void sheet_glyph(struct sheet *s, const uint8_t *columns, const struct sheet_style *style);
/* An image of n columns of `bytes` bytes, top first, each dot so wide and high. */
void sheet_columns(struct sheet *s, const uint8_t *image, int n, int bytes, int wide, int high);
/* Moves the place of the next character; a gap reads as spaces. */
void sheet_move_to(struct sheet *s, int x);
/* Prints the line buffer and feeds to `pitch`; returns the rows moved. */
int sheet_print_line(struct sheet *s, int pitch, int align);

/* --- codes drawn by the printer itself; each returns the rows moved --- */

int sheet_qr(struct sheet *s, const uint8_t *data, size_t n, int module, int align); /* reads as text, NUL as U+2400 */
int sheet_qr_size(const uint8_t *data, size_t n, int module); /* dots a side; 0: it holds no such data */
struct sheet_code {
    int module, height; /* dots */
    int text;           /* 0 none, 1 above, 2 below, 3 both */
    int align;
};
enum sheet_bar_code { /* in the order of GS k's m = 65 … */
                      SHEET_UPC_A,
                      SHEET_UPC_E,
                      SHEET_JAN13,
                      SHEET_JAN8,
                      SHEET_CODE39,
                      SHEET_ITF,
                      SHEET_CODABAR,
                      SHEET_CODE93,
                      SHEET_CODE128,
                      SHEET_GS1_128,
                      SHEET_CODE128_AUTO = 14,
};
/* Nothing is printed for what the code cannot hold, or the paper. False: it draws no code of that kind. */
bool sheet_bars(struct sheet *s, int kind, const uint8_t *data, size_t n, const struct sheet_code *how, int *ret_moved);

#endif
