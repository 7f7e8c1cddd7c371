/* SPDX-License-Identifier: Apache-2.0
 *
 * What the virtual printer does for each command once printer_decode.c has it whole.
 */
#include <string.h>

#include "drivers/virtual/printer_parts.h"

enum { ESC = 0x1B, GS = 0x1D };

/* --- characters --- */

int printer_line(struct virtual_printer *p, int pitch)
{
    struct decoder *d = &p->decoder;

    d->chinese = d->chinese_next; /* FS & counts from the next line */
    return sheet_print_line(&p->sheet, pitch, &d->style);
}

static int character(struct virtual_printer *p, uint32_t cp)
{
    struct decoder *d = &p->decoder;
    struct sheet_style style = d->style;
    int moved = 0;

    if (cp >= 0x80) {
        style.wide = d->chinese_wide;
        style.high = d->chinese_high;
    }
    if (p->sheet.line_x + sheet_char_width(cp, &style) > p->sheet.width)
        moved = printer_line(p, d->pitch);
    sheet_char(&p->sheet, cp, &style);
    return moved;
}

/* Two bytes by the C library's GB 18030; a pair it does not know prints as a box. */
static uint32_t code_point(struct virtual_printer *p, int lead, uint8_t second)
{
    char in[2] = {(char)lead, (char)second}, *from = in, *to;
    uint32_t cp = 0;
    size_t in_left = 2, out_left = sizeof cp;

    to = (char *)&cp;
    iconv(p->chinese, NULL, NULL, NULL, NULL);
    if (iconv(p->chinese, &from, &in_left, &to, &out_left) == (size_t)-1 || in_left || out_left)
        return 0xFFFD;
    return cp;
}

int printer_text(struct virtual_printer *p, uint8_t b)
{
    struct decoder *d = &p->decoder;

    if (d->lead >= 0) {
        uint32_t cp = code_point(p, d->lead, b);

        d->lead = -1;
        return character(p, cp);
    }
    if (d->chinese && b >= 0x81 && b <= 0xFE) {
        d->lead = b;
        return 0;
    }
    if (b >= 0x20)
        return character(p, b < 0x7F ? b : 0xFFFD);
    return 0;
}

/* --- commands of fixed length --- */

static void size_gs(struct virtual_printer *p, uint8_t n)
{
    struct decoder *d = &p->decoder;

    d->style.wide = (n >> 4 & 7) + 1;
    d->style.high = (n & 7) + 1;
    if (p->profile->separate_size)
        return;
    d->chinese_wide = d->style.wide;
    d->chinese_high = d->style.high;
}

int printer_esc(struct virtual_printer *p, const uint8_t *c)
{
    struct decoder *d = &p->decoder;

    switch (c[1]) {
    case '@':
        printer_decoder_reset(p);
        break;
    case '!':
        d->style.bold = c[2] & 0x08;
        d->style.high = c[2] & 0x10 ? 2 : 1;
        d->style.wide = c[2] & 0x20 ? 2 : 1;
        d->style.underline = c[2] & 0x80;
        break;
    case '-':
        d->style.underline = c[2] & 1 || c[2] == 2;
        break;
    case '2':
        d->pitch = PRINTER_PITCH;
        break;
    case '3':
        d->pitch = c[2];
        break;
    case 'E':
    case 'G':
        d->style.bold = c[2] & 1;
        break;
    case 'a':
        if (!p->sheet.line_x)
            d->style.align = c[2] % 0x30 > 2 ? 0 : c[2] % 0x30;
        break;
    case '$':
        sheet_move_to(&p->sheet, c[2] | c[3] << 8);
        break;
    case 'J':
        return printer_line(p, c[2]);
    case 'd': {
        int moved = 0;

        for (int i = 0; i < c[2]; i++)
            moved += printer_line(p, d->pitch);
        return moved;
    }
    case 'i':
    case 'm':
        printer_cut(p);
        break;
    default:
        break;
    }
    return 0;
}

void printer_fs(struct virtual_printer *p, const uint8_t *c)
{
    struct decoder *d = &p->decoder;

    switch (c[1]) {
    case '&':
        d->chinese_next = true;
        break;
    case '.':
        d->chinese_next = false;
        break;
    case '!':
        d->chinese_wide = c[2] & 0x04 ? 2 : 1;
        d->chinese_high = c[2] & 0x08 ? 2 : 1;
        break;
    case 'W':
        d->chinese_wide = d->chinese_high = c[2] & 1 ? 2 : 1;
        break;
    default:
        break;
    }
    if (!p->sheet.line_x)
        d->chinese = d->chinese_next;
}

static void gs_id(struct virtual_printer *p, uint8_t n)
{
    char block[64];
    const char *text = n == 66 ? p->profile->maker : n == 67 ? p->profile->model : NULL;
    size_t len;

    if (!text)
        return;
    len = strlen(text) < sizeof block - 2 ? strlen(text) : sizeof block - 2;
    block[0] = 0x5F;
    memcpy(block + 1, text, len);
    block[len + 1] = 0;
    printer_reply(p, block, (int)len + 2);
}

int printer_gs(struct virtual_printer *p, const uint8_t *c)
{
    uint8_t paper = printer_paper_byte(p);
    int moved = 0;

    switch (c[1]) {
    case '!':
        size_gs(p, c[2]);
        break;
    case 'V':
        if (c[2] == 65 || c[2] == 66) {
            moved = c[3];
            sheet_feed(&p->sheet, c[3]);
        }
        printer_cut(p);
        break;
    case 'a':
        if (p->profile->automatic_status) {
            p->automatic_mask = c[2];
            printer_automatic(p, true);
        }
        break;
    case 'r':
        if (c[2] == 1 || c[2] == 49)
            printer_reply(p, &paper, 1);
        break;
    case 'I':
        gs_id(p, c[2]);
        break;
    default:
        break;
    }
    return moved;
}

/* --- commands with data --- */

static void qr_command(struct virtual_printer *p, const uint8_t *a, size_t n, int *ret_dots)
{
    struct decoder *d = &p->decoder;

    if (!p->profile->native_qr || n < 3 || a[0] != 49)
        return;
    if (a[1] == 67) {
        d->qr_module = a[2] >= 1 && a[2] <= 16 ? a[2] : 3;
    } else if (a[1] == 80) {
        memcpy(d->qr, a + 3, n - 3);
        d->qr[n - 3] = '\0';
    } else if (a[1] == 81 && d->qr[0]) {
        int before = p->sheet.height;

        sheet_qr(&p->sheet, d->qr, d->qr_module, &d->style);
        *ret_dots += p->sheet.height - before;
    }
}

static void process_id(struct virtual_printer *p, const uint8_t *a, size_t n)
{
    uint8_t reply[7] = {0x37, 0x22};

    if (!p->profile->process_id || n != 6 || a[0] != 48 || a[1] != 48)
        return;
    memcpy(reply + 2, a + 2, 4);
    printer_reply(p, reply, sizeof reply);
}

/* The collected command: its bytes from the first one on. */
int printer_collected(struct virtual_printer *p)
{
    const uint8_t *a = p->decoder.argument;
    size_t n = p->decoder.have;
    int dots = 0;

    if (a[0] == GS && a[1] == '(' && a[2] == 'k')
        qr_command(p, a + 5, n - 5, &dots);
    else if (a[0] == GS && a[1] == '(' && a[2] == 'H')
        process_id(p, a + 5, n - 5);
    else if (a[0] == ESC && a[1] == '*' && (a[2] == 32 || a[2] == 33))
        sheet_columns(&p->sheet, a + 5, (int)(n - 5) / 3);
    return dots;
}
