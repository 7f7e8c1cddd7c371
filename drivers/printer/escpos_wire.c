/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing else in this folder writes command bytes.
 */
#include "drivers/printer/escpos_wire.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"

enum { DLE = 0x10, EOT = 0x04, ENQ = 0x05, DC4 = 0x14, ESC = 0x1B, FS = 0x1C, GS = 0x1D };

#define ADD(out, ...) buf_add(out, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

void escpos_init(struct buf *out)
{
    ADD(out, ESC, '@');
}

void escpos_chinese(struct buf *out, int code_page)
{
    ADD(out, ESC, 't', (uint8_t)code_page, FS, '&');
}

void escpos_pitch(struct buf *out, int dots)
{
    ADD(out, ESC, '3', (uint8_t)dots);
}

void escpos_bold(struct buf *out, bool on)
{
    ADD(out, ESC, 'E', on);
}

void escpos_align(struct buf *out, enum escpos_align a)
{
    ADD(out, ESC, 'a', (uint8_t)a);
}

void escpos_size(struct buf *out, int scale, bool separate)
{
    uint8_t by = (uint8_t)(scale - 1);

    if (separate) {
        bool twice = scale > 1;

        ADD(out, ESC, '!', twice ? 0x30 : 0x00);
        ADD(out, FS, '!', twice ? 0x0C : 0x00);
        if (scale <= 2)
            return;
    }
    ADD(out, GS, '!', (uint8_t)(by << 4 | by));
}

static bool printable(uint32_t cp)
{
    return cp >= 0x20 && cp < 0x7F;
}

int escpos_text(struct buf *out, const char *text, size_t len, enum gb_range range)
{
    const char *end = text + len;

    for (const char *p = text; p < end;) {
        int32_t cp = utf8_next(&p, end);

        if (cp < 0 || (!printable((uint32_t)cp) && !gb18030_code((uint32_t)cp, range)))
            return -ERR_INVALID;
    }
    for (const char *p = text; p < end;) {
        uint32_t cp = (uint32_t)utf8_next(&p, end);

        if (printable(cp))
            buf_addc(out, (uint8_t)cp);
        else
            buf_add_be16(out, gb18030_code(cp, range));
    }
    return 0;
}

void escpos_line(struct buf *out)
{
    buf_addc(out, '\n');
}

void escpos_feed(struct buf *out, int dots)
{
    for (; dots > 0; dots -= 255)
        ADD(out, ESC, 'J', (uint8_t)(dots < 255 ? dots : 255));
}

/* The second byte of a real-time command after DLE. */
static bool real_time(uint8_t b)
{
    return b == EOT || b == ENQ || b == DC4;
}

/* Appends an image byte. DLE before it cannot be changed any more, so this one gets a dot beside one it has. */
static uint8_t add_image(struct buf *out, uint8_t before, uint8_t b)
{
    if (before == DLE && real_time(b))
        b |= 0x08;
    buf_addc(out, b);
    return b;
}

void escpos_raster(struct buf *out, const uint8_t *rows, int width, int stride, int n)
{
    uint8_t before = 0;

    ADD(out, GS, 'v', '0', 0, (uint8_t)width, (uint8_t)(width >> 8), (uint8_t)n, (uint8_t)(n >> 8));
    for (int y = 0; y < n; y++)
        for (int x = 0; x < width; x++)
            before = add_image(out, before, rows[y * stride + x]);
}

void escpos_column_image(struct buf *out, const uint8_t *image, int columns)
{
    uint8_t before = 0;

    ADD(out, ESC, '*', 33, (uint8_t)columns, (uint8_t)(columns >> 8));
    for (int i = 0; i < columns * 3; i++)
        before = add_image(out, before, image[i]);
}

uint16_t escpos_user_code(int slot)
{
    return (uint16_t)(0xFEA1 + slot);
}

void escpos_define(struct buf *out, uint16_t code, const uint8_t columns[72])
{
    uint8_t before = 0;

    ADD(out, FS, '2', (uint8_t)(code >> 8), (uint8_t)code);
    for (int i = 0; i < 72; i++)
        before = add_image(out, before, columns[i]);
}

int escpos_qr(struct buf *out, const char *text, size_t len, int module)
{
    uint16_t n = (uint16_t)(len + 3);

    if (!len || len > ESCPOS_QR_MAX || ((n & 0xFF) == DLE && real_time((uint8_t)(n >> 8))))
        return -ERR_INVALID;
    for (size_t i = 0; i < len; i++)
        if (!printable((uint8_t)text[i]))
            return -ERR_INVALID;
    ADD(out, GS, '(', 'k', 4, 0, 49, 65, 50, 0);
    ADD(out, GS, '(', 'k', 3, 0, 49, 67, (uint8_t)module);
    ADD(out, GS, '(', 'k', 3, 0, 49, 69, 49);
    ADD(out, GS, '(', 'k', (uint8_t)n, (uint8_t)(n >> 8), 49, 80, 48);
    buf_add(out, text, len);
    ADD(out, GS, '(', 'k', 3, 0, 49, 81, 48);
    return 0;
}

void escpos_present(struct buf *out, int steps)
{
    ADD(out, GS, 'e', 3, (uint8_t)steps);
}

void escpos_retract(struct buf *out)
{
    ADD(out, GS, 'e', 2);
}

void escpos_cut(struct buf *out, bool full, int dots)
{
    ADD(out, GS, 'V', full ? 65 : 66, (uint8_t)dots);
}

void escpos_cut_here(struct buf *out)
{
    ADD(out, GS, 'V', 1);
}

void escpos_marker_process_id(struct buf *out, const char id[4])
{
    ADD(out, GS, '(', 'H', 6, 0, 48, 48);
    buf_add(out, id, 4);
}

void escpos_marker_paper(struct buf *out)
{
    ADD(out, GS, 'r', 1);
}

void escpos_automatic_status(struct buf *out)
{
    ADD(out, GS, 'a', 0x0E);
}

void escpos_ask_id(struct buf *out, int n)
{
    ADD(out, GS, 'I', (uint8_t)n);
}

void escpos_ask_status(struct buf *out, int n)
{
    ADD(out, DLE, EOT, (uint8_t)n);
}

void escpos_clear_buffers(struct buf *out)
{
    ADD(out, DLE, DC4, 8, 1, 3, 20, 1, 6, 2, 8);
}

void escpos_recover_cleared(struct buf *out)
{
    ADD(out, DLE, ENQ, 2);
}
