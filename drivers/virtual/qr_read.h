/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads QR codes (ISO/IEC 18004, versions 1 to 16) back from a picture that was never on paper: upright, every module a
 * square of whole dots, so nothing has to be corrected.
 */
#ifndef DRIVERS_VIRTUAL_QR_READ_H
#define DRIVERS_VIRTUAL_QR_READ_H

#include <stdint.h>

/* Calls fn for each code found. `text` is borrowed for the call. Numeric, alphanumeric and byte segments; NUL reads as
 * U+2400. */
void qr_read(const uint8_t *rows, int width, int height, int stride, void (*fn)(void *ctx, const char *text), void *ctx);

#endif
