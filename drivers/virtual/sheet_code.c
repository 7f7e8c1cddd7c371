/* SPDX-License-Identifier: Apache-2.0
 *
 * QR codes that the printer draws itself.
 */
#include <string.h>

#include "base/qr.h"
#include "drivers/virtual/sheet.h"

int sheet_qr_size(const char *text, int module)
{
    struct qr qr;

    return qr_encode(text, &qr, NULL) < 0 ? 0 : qr.size * module;
}

int sheet_qr(struct sheet *s, const char *text, int module, int align)
{
    struct qr qr;
    uint8_t row[SHEET_STRIDE];

    if (qr_encode(text, &qr, NULL) < 0)
        return 0;
    for (int y = 0; y < qr.size; y++) {
        memset(row, 0, sizeof row);
        for (int x = 0; x < qr.size && x / 8 < SHEET_STRIDE; x++)
            if (qr.dark[y * qr.size + x])
                row[x / 8] |= (uint8_t)(0x80 >> (x & 7));
        sheet_image_row(s, row, qr.size, module, module, align);
    }
    sheet_add_qr(s, text);
    return qr.size * module;
}
