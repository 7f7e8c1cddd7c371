/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the bar codes share: sheet_bars.c (EAN, UPC, Code 39, ITF, Codabar, Code 93, and how bars get on paper),
 * sheet_code128.c (Code 128, GS1-128). Nobody else includes it.
 */
#ifndef DRIVERS_VIRTUAL_SHEET_BARS_H
#define DRIVERS_VIRTUAL_SHEET_BARS_H

#include "drivers/virtual/sheet.h"

#define BARS_MAX 2560 /* elements: the longest code of 255 characters has fewer than ten for each */

struct bars {
    int module;
    int dots[BARS_MAX]; /* bar and space in turn */
    int n, width;
    struct buf hri; /* what people read */
};

void bars_modules(struct bars *b, const char *widths); /* "211": so many modules each */
/* Of digits that are followed by it: EAN, UPC, GS1. */
uint8_t bars_check_digit(const uint8_t *digits, size_t n);

/* sheet_code128.c; false: no such data. Epson's forms: {A {B {C choose the set, {{ is a brace; GS1's FNC1 in front, its
 * brackets and spaces and the check digit * are for people; the printer chooses the set itself. */
bool code128(struct bars *b, const uint8_t *data, size_t n);
bool gs1_128(struct bars *b, const uint8_t *data, size_t n);
bool code128_auto(struct bars *b, const uint8_t *data, size_t n);

#endif
