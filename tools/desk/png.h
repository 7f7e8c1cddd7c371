/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures of paper as PNG files. The only user of libpng in the desk.
 */
#ifndef DESK_PNG_H
#define DESK_PNG_H

#include <stdint.h>

#include "base/err.h"

/* One bit a dot, MSB left, 1 = black; `stride` bytes a row. A picture without rows is written as one white row. */
int png_write_bits(const char *path, const uint8_t *rows, int width, int height, int stride, struct err *e);

#endif
