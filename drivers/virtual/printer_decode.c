/* SPDX-License-Identifier: Apache-2.0
 *
 * The command parser: one command, one character or a few raster rows at a time, so that paper can run out between any two.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/virtual/printer_parts.h"

enum { DLE = 0x10, LF = 0x0A, CR = 0x0D, ESC = 0x1B, FS = 0x1C, GS = 0x1D };
#define PITCH 30             /* default: 1/6 inch is 33.9 dots at 203 dpi; Epson's 30 */
#define RASTER_STEP 8        /* rows burnt at a time */
#define RASTER_WIDTH_MAX 512 /* bytes; a wider one is swallowed */
#define BAR_CODE_MAX 256

void printer_decoder_reset(struct virtual_printer *p)
{
    struct decoder *d = &p->decoder;

    memset(d, 0, sizeof *d);
    d->chinese = d->chinese_next = true; /* Chinese models start so */
    d->style.wide = d->style.high = d->chinese_wide = d->chinese_high = 1;
    d->pitch = PITCH;
    d->lead = -1;
    d->qr_module = 3;
    sheet_drop_line(&p->sheet);
    p->automatic_mask = 0;
}

/* --- characters --- */

static int print_line(struct virtual_printer *p, int pitch)
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
        moved = print_line(p, d->pitch);
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

static int text_byte(struct virtual_printer *p, uint8_t b)
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

static int esc_command(struct virtual_printer *p, const uint8_t *c)
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
        d->pitch = PITCH;
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
        return print_line(p, c[2]);
    case 'd': {
        int moved = 0;

        for (int i = 0; i < c[2]; i++)
            moved += print_line(p, d->pitch);
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

static void fs_command(struct virtual_printer *p, const uint8_t *c)
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

static int gs_command(struct virtual_printer *p, const uint8_t *c)
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
static int collected(struct virtual_printer *p)
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

static int collect(struct virtual_printer *p, const uint8_t *data, int len, int *ret_dots)
{
    struct decoder *d = &p->decoder;
    size_t n = d->need - d->have < (size_t)len ? d->need - d->have : (size_t)len;

    if (d->keep)
        memcpy(d->argument + d->have, data, n);
    d->have += n;
    if (d->have == d->need) {
        d->state = DECODE_COMMANDS;
        if (d->keep)
            *ret_dots += collected(p);
    }
    return (int)n;
}

/* Returns 0: nothing is used up yet, the caller goes on with collect(). */
static int begin_collect(struct virtual_printer *p, size_t need)
{
    p->decoder.state = DECODE_COLLECT;
    p->decoder.need = need;
    p->decoder.have = 0;
    p->decoder.keep = need < PRINTER_ARGUMENT_MAX;
    return 0;
}

static int raster(struct virtual_printer *p, const uint8_t *data, int len, int *ret_dots)
{
    struct decoder *d = &p->decoder;
    int used = 0, left = 0, wide = d->raster_width * 8;

    if (d->style.align)
        left = wide < p->sheet.width ? (p->sheet.width - wide) / (d->style.align == 1 ? 2 : 1) : 0;
    for (int i = 0; i < RASTER_STEP && d->raster_rows && len - used >= d->raster_width; i++) {
        for (int k = 0; k < d->raster_scale_y; k++)
            sheet_row(&p->sheet, data + used, d->raster_width < SHEET_STRIDE ? d->raster_width : SHEET_STRIDE, left);
        *ret_dots += d->raster_scale_y;
        used += d->raster_width;
        d->raster_rows--;
    }
    if (!d->raster_rows)
        d->state = DECODE_COMMANDS;
    return used;
}

static int begin_raster(struct virtual_printer *p, const uint8_t *c, int *ret_dots)
{
    struct decoder *d = &p->decoder;

    d->raster_width = c[4] | c[5] << 8;
    d->raster_rows = c[6] | c[7] << 8;
    d->raster_scale_y = c[3] % 48 & 2 ? 2 : 1;
    if (p->sheet.line_x)
        *ret_dots += print_line(p, d->pitch);
    if (d->raster_width > RASTER_WIDTH_MAX)
        return begin_collect(p, 8u + (size_t)d->raster_width * (size_t)d->raster_rows);
    if (d->raster_width && d->raster_rows)
        d->state = DECODE_RASTER;
    return 8;
}

/* --- which command, how long --- */

/* Bytes after the first two, for commands of fixed length; an unknown one has none. */
static bool one_of(uint8_t c, const char *set)
{
    return c && strchr(set, c);
}

static int esc_arguments(uint8_t c)
{
    if (c == 'p')
        return 3;
    if (one_of(c, "$\\c"))
        return 2;
    return one_of(c, "! %-3=?EGJMRSTVadrtu{") ? 1 : 0;
}

static int fs_arguments(uint8_t c)
{
    if (c == 'S')
        return 2;
    if (c == '2')
        return 74; /* code and a glyph of 72 bytes */
    return one_of(c, "!-W") ? 1 : 0;
}

static int gs_arguments(const uint8_t *c, int len)
{
    if (one_of(c[1], "LWP$\\"))
        return 2;
    if (c[1] == 'V')
        return len < 3 ? 1 : c[2] == 65 || c[2] == 66 ? 2 : 1;
    return one_of(c[1], "!/BEHITabfhrw") ? 1 : 0;
}

/* DLE commands were obeyed when they arrived; here they are only stepped over. */
static int dle_length(const uint8_t *c, int len)
{
    if (len < 2)
        return 0;
    if (c[1] == 0x04 || c[1] == 0x05)
        return 3;
    if (c[1] != 0x14)
        return 1;
    if (len < 3)
        return 0;
    return c[2] == 8 ? 10 : c[2] == 7 ? 4 : 5;
}

static int whole(int need, int len)
{
    return need > 0 && len >= need ? need : 0;
}

/* GS k: a bar code ends with NUL (m 0-6) or tells its length. */
static int bar_code(const uint8_t *c, int len)
{
    if (len < 4)
        return 0;
    if (c[2] >= 65)
        return whole(4 + c[3], len);
    for (int i = 3; i < len; i++)
        if (!c[i])
            return i + 1;
    return len > BAR_CODE_MAX ? 3 : 0;
}

static int gs(struct virtual_printer *p, const uint8_t *c, int len, int *ret_dots)
{
    int n;

    if (c[1] == '(')
        return len < 5 ? 0 : begin_collect(p, 5u + (size_t)(c[3] | c[4] << 8));
    if (c[1] == '8' && len >= 3 && c[2] == 'L')
        return len < 7 ? 0
                       : begin_collect(p, 7u + ((size_t)c[3] | (size_t)c[4] << 8 | (size_t)c[5] << 16 | (size_t)c[6] << 24));
    if (c[1] == 'v')
        return len < 8 ? 0 : begin_raster(p, c, ret_dots);
    if (c[1] == 'k')
        return bar_code(c, len);
    n = whole(2 + gs_arguments(c, len), len);
    if (n)
        *ret_dots += gs_command(p, c);
    return n;
}

static int esc(struct virtual_printer *p, const uint8_t *c, int len, int *ret_dots)
{
    int n;

    if (c[1] == '*') {
        int columns;

        if (len < 5)
            return 0;
        columns = c[3] | c[4] << 8;
        begin_collect(p, 5u + (size_t)columns * (c[2] == 32 || c[2] == 33 ? 3 : 1));
        return 0;
    }
    n = whole(2 + esc_arguments(c[1]), len);
    if (n)
        *ret_dots += esc_command(p, c);
    return n;
}

/* Is this a cut? The one command that paper can be armed to run out at. */
static bool is_cut(const uint8_t *c, int len)
{
    return len >= 2 && ((c[0] == GS && c[1] == 'V') || (c[0] == ESC && (c[1] == 'i' || c[1] == 'm')));
}

static int command(struct virtual_printer *p, const uint8_t *c, int len, int *ret_dots)
{
    int n = 0;

    if (c[0] == DLE)
        return whole(dle_length(c, len), len);
    if (len < 2)
        return 0;
    if (is_cut(c, len) && p->paper_out_at_cut) {
        p->paper_out_at_cut = false;
        p->paper_out = true;
        printer_automatic(p, false);
        return 0;
    }
    if (c[0] == GS)
        return gs(p, c, len, ret_dots);
    if (c[0] == ESC)
        return esc(p, c, len, ret_dots);
    n = whole(2 + fs_arguments(c[1]), len);
    if (n)
        fs_command(p, c);
    return n;
}

int printer_decode(struct virtual_printer *p, const uint8_t *data, int len, int *ret_dots)
{
    struct decoder *d = &p->decoder;
    int n;

    *ret_dots = 0;
    if (d->state == DECODE_RASTER)
        return raster(p, data, len, ret_dots);
    if (d->state == DECODE_COLLECT)
        return collect(p, data, len, ret_dots);
    if (d->lead < 0 && (data[0] == ESC || data[0] == FS || data[0] == GS || data[0] == DLE)) {
        n = command(p, data, len, ret_dots);
        if (n == 0 && d->state == DECODE_COLLECT)
            n = collect(p, data, len, ret_dots);
        return n;
    }
    if (d->lead < 0 && data[0] == LF)
        *ret_dots = print_line(p, d->pitch);
    else
        *ret_dots = text_byte(p, data[0]);
    return 1;
}
