/* SPDX-License-Identifier: Apache-2.0
 *
 * QR codes that the printer draws itself.
 */
#include <string.h>

#include "base/qr.h"
#include "drivers/virtual/sheet.h"

int sheet_qr_size(const uint8_t *data, size_t n, int module)
{
    struct qr qr;

    return qr_encode_bytes(data, n, &qr, NULL) < 0 ? 0 : qr.size * module;
}

static void keep_text(struct sheet *s, const uint8_t *data, size_t n)
{
    struct buf text;

    buf_init(&text, 3 * n + 1);
    for (size_t i = 0; i < n; i++)
        if (data[i])
            buf_addc(&text, data[i]);
        else
            buf_adds(&text, "\u2400");
    sheet_add_qr(s, buf_str(&text));
    buf_finish(&text);
}

int sheet_qr(struct sheet *s, const uint8_t *data, size_t n, int module, int align)
{
    struct qr qr;
    uint8_t row[SHEET_STRIDE];

    if (qr_encode_bytes(data, n, &qr, NULL) < 0)
        return 0;
    for (int y = 0; y < qr.size; y++) {
        memset(row, 0, sizeof row);
        for (int x = 0; x < qr.size && x / 8 < SHEET_STRIDE; x++)
            if (qr.dark[y * qr.size + x])
                row[x / 8] |= (uint8_t)(0x80 >> (x & 7));
        sheet_image_row(s, row, qr.size, module, module, align);
    }
    keep_text(s, data, n);
    return qr.size * module;
}
