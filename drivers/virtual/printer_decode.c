/* SPDX-License-Identifier: Apache-2.0
 *
 * The command parser: one command, one character or a few raster rows at a time, so that paper can run out between any two.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/virtual/printer_parts.h"

enum { DLE = 0x10, LF = 0x0A, CR = 0x0D, ESC = 0x1B, FS = 0x1C, GS = 0x1D };
#define RASTER_STEP 8        /* rows burnt at a time */
#define RASTER_WIDTH_MAX 512 /* bytes; a wider one is swallowed */
#define BAR_CODE_MAX 256

void printer_decoder_reset(struct virtual_printer *p)
{
    struct decoder *d = &p->decoder;

    memset(d, 0, sizeof *d);
    d->chinese = d->chinese_next = true; /* Chinese models start so */
    d->style.wide = d->style.high = d->chinese_wide = d->chinese_high = 1;
    d->pitch = PRINTER_PITCH;
    d->lead = -1;
    d->qr_module = 3;
    sheet_drop_line(&p->sheet);
    p->automatic_mask = 0;
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
            *ret_dots += printer_collected(p);
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
        *ret_dots += printer_line(p, d->pitch);
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
        *ret_dots += printer_gs(p, c);
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
        *ret_dots += printer_esc(p, c);
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
        printer_fs(p, c);
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
        *ret_dots = printer_line(p, d->pitch);
    else
        *ret_dots = printer_text(p, data[0]);
    return 1;
}
