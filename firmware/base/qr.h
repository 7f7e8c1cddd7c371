/* SPDX-License-Identifier: Apache-2.0
 *
 * QR codes (ISO/IEC 18004), level M. libqrencode does the work; this file is its only user.
 */
#ifndef BASE_QR_H
#define BASE_QR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"

#define QR_MODULES_MAX 81 /* version 16: 450 bytes at level M, an enrolment sheet with its place */

struct qr {
    int size;                                      /* modules a side, without quiet zone */
    uint8_t dark[QR_MODULES_MAX * QR_MODULES_MAX]; /* row by row, 0 or 1 */
};

/* -ERR_TOOLONG when `text` does not fit. */
int qr_encode(const char *text, struct qr *ret, struct err *e);
/* Any bytes, NULs too; at least one. */
int qr_encode_bytes(const void *data, size_t n, struct qr *ret, struct err *e);

#endif
