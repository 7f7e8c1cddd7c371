/* SPDX-License-Identifier: Apache-2.0
 *
 * ESC/POS commands as bytes (Epson's command reference; the subset that Chinese printers share). Each function appends one
 * whole command to `out`, whose errors stick. Printers recognise real-time commands everywhere, also inside images: nothing
 * here writes 10 04, 10 05 or 10 14 unless it is meant.
 */
#ifndef DRIVERS_PRINTER_ESCPOS_WIRE_H
#define DRIVERS_PRINTER_ESCPOS_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "drivers/printer/gb18030.h"

enum escpos_align { ESCPOS_LEFT, ESCPOS_CENTER, ESCPOS_RIGHT };
#define ESCPOS_BAND_ROWS_MAX 256

void escpos_init(struct buf *out); /* ESC @: also ends automatic status */
/* ESC t, FS &: before the first line, it takes effect from the next one. */
void escpos_chinese(struct buf *out, int code_page);
void escpos_pitch(struct buf *out, int dots);            /* ESC 3: from line to line */
void escpos_bold(struct buf *out, bool on);              /* ESC E */
void escpos_align(struct buf *out, enum escpos_align a); /* ESC a: only at the start of a line */
/* 1..8 times as wide and high: GS ! for both kinds of characters; `separate`: also ESC ! and FS !, for printers that size
 * Chinese only by the latter (1 and 2 there). */
void escpos_size(struct buf *out, int scale, bool separate);
/* UTF-8 to ASCII and two-byte codes. -ERR_INVALID, and nothing is appended, when a character has no code in `range`. */
int escpos_text(struct buf *out, const char *text, size_t len, enum gb_range range);
#define ESCPOS_USER_CODES 94 /* FEA1..FEFE: two-byte codes for characters of our own */
uint16_t escpos_user_code(int slot);
/* FS 2: what stands for the code from now on, 24 columns of three bytes, top first. Only between lines. */
void escpos_define(struct buf *out, uint16_t code, const uint8_t columns[72]);
void escpos_line(struct buf *out);           /* LF: prints the line */
void escpos_feed(struct buf *out, int dots); /* ESC J, as often as needed */
/* GS v 0: n rows (1..ESCPOS_BAND_ROWS_MAX) of `width` bytes, MSB left, 1 = black, row i at rows + i * stride. A dot is
 * added where the bytes would read as a real-time command. */
void escpos_raster(struct buf *out, const uint8_t *rows, int width, int stride, int n);
/* ESC * 33: an image of 24 dots' height inside a text line, `columns` of three bytes, top first. */
void escpos_column_image(struct buf *out, const uint8_t *image, int columns);
/* GS ( k: model 2, correction M, modules of 1..16 dots. The quiet zone is the caller's. -ERR_INVALID, and nothing is
 * appended, for a text that is not printable ASCII, too long, or of a length that would read as a real-time command. */
#define ESCPOS_QR_MAX 2000
int escpos_qr(struct buf *out, const char *text, size_t len, int module);
/* GS e of CUSTOM's presenters; both cut first. Presents `steps` of it; takes it back. */
void escpos_present(struct buf *out, int steps);
void escpos_retract(struct buf *out);
/* GS V 66 / 65: feeds to the cutter and `dots` more, then cuts. */
void escpos_cut(struct buf *out, bool full, int dots);
void escpos_cut_here(struct buf *out); /* partially, without feeding */
/* GS ( H function 48: the printer answers 37 22 d1 d2 d3 d4 00 when what stands before it is printed. */
void escpos_marker_process_id(struct buf *out, const char id[4]);
void escpos_marker_paper(struct buf *out);      /* GS r 1: answered after what stands before it is printed */
void escpos_automatic_status(struct buf *out);  /* GS a: cover, paper and errors, at once and at every change */
void escpos_ask_id(struct buf *out, int n);     /* GS I: 65 firmware, 66 maker, 67 model, 68 serial number */
void escpos_ask_status(struct buf *out, int n); /* DLE EOT n, real-time */
void escpos_clear_buffers(struct buf *out);     /* DLE DC4 8, real-time: receive and print buffers */
void escpos_recover_cleared(struct buf *out);   /* DLE ENQ 2, real-time: after an error, buffers cleared */

#endif
