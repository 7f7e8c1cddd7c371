/* SPDX-License-Identifier: Apache-2.0
 *
 * The paper of the virtual printer: a line buffer that is filled character by character and printed, rows that are burnt
 * at once, and what can be read from the whole: picture, text, QR contents.
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
#define SHEET_HEAD_MARGIN 24 /* white above the first line: the head stands before the cutter */

struct sheet {
    int width;
    int height;      /* rows moved since the last cut, margin included */
    struct buf rows; /* `width / 8` bytes each */
    struct buf text;
    char *qr[SHEET_QR_MAX];
    int n_qr;
    uint8_t line[SHEET_LINE_ROWS][SHEET_STRIDE]; /* what stands in the line buffer; its last row is the base line */
    int line_x, line_height;
    struct buf line_text;
};

struct sheet_style {
    int wide, high; /* times */
    bool bold, underline;
    int align; /* 0 left, 1 centre, 2 right */
};

void sheet_init(struct sheet *s, int width);
void sheet_finish(struct sheet *s);
/* After a cut: an empty sheet; what stands in the line buffer goes too. */
void sheet_reset(struct sheet *s);
void sheet_drop_line(struct sheet *s);
/* Width of the character with this style, in dots. */
int sheet_char_width(uint32_t cp, const struct sheet_style *style);
/* Puts it into the line buffer; the caller has checked that it fits. */
void sheet_char(struct sheet *s, uint32_t cp, const struct sheet_style *style);
/* An image of n columns, 24 dots high (3 bytes a column, top first), into the line buffer. */
void sheet_columns(struct sheet *s, const uint8_t *image, int n);
/* Moves the place of the next character (ESC $). */
void sheet_move_to(struct sheet *s, int x);
/* Prints the line buffer and feeds to `pitch`; returns the rows moved. */
int sheet_print_line(struct sheet *s, int pitch, const struct sheet_style *style);
void sheet_feed(struct sheet *s, int rows);
/* Burns one row of `n` bytes, starting at dot x. */
void sheet_row(struct sheet *s, const uint8_t *row, int n, int x);
/* A QR code printed by the printer's own command. */
void sheet_qr(struct sheet *s, const char *text, int module, const struct sheet_style *style);
bool sheet_empty(const struct sheet *s);
/* Hands the paper out, QR codes in the picture read. */
void sheet_give(struct sheet *s, const struct buf *bytes, bool cut, virtual_paper_fn *fn, void *ctx);

#endif
