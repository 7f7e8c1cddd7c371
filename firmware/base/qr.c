/* SPDX-License-Identifier: Apache-2.0
 *
 * From libqrencode's flags per module to plain dark and light.
 */
#include "base/qr.h"

#include <errno.h>
#include <qrencode.h>

/* Takes the code. */
static int take(QRcode *code, struct qr *ret, struct err *e)
{
    if (!code && errno == ERANGE)
        return err_set(e, ERR_TOOLONG, "the text is too long for a QR code");
    if (!code)
        return err_errno(e, "make a QR code");
    int width = code->width;
    if (width > QR_MODULES_MAX) {
        QRcode_free(code);
        return err_set(e, ERR_TOOLONG, "the QR code would have %d modules a side, at most %d fit", width, QR_MODULES_MAX);
    }
    ret->size = width;
    for (size_t i = 0; i < (size_t)width * (size_t)width; i++)
        ret->dark[i] = code->data[i] & 1;
    QRcode_free(code);
    return 0;
}

int qr_encode(const char *text, struct qr *ret, struct err *e)
{
    return take(QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1), ret, e);
}

int qr_encode_bytes(const void *data, size_t n, struct qr *ret, struct err *e)
{
    return take(QRcode_encodeData((int)n, data, 0, QR_ECLEVEL_M), ret, e);
}
