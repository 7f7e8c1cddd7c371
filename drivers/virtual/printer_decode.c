/* SPDX-License-Identifier: Apache-2.0
 *
 * The command parser: one command, one character or a few raster rows at a time, so that paper can run out between any two.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/virtual/printer_length.h"
#include "drivers/virtual/printer_parts.h"

#define RASTER_STEP 8 /* rows burnt at a time */

void printer_decoder_init(struct virtual_printer *p)
{
    buf_init(&p->decoder.argument, PRINTER_ARGUMENT_MAX);
    buf_init(&p->decoder.graphics, PRINTER_ARGUMENT_MAX);
    printer_decoder_reset(p);
}

void printer_decoder_finish(struct virtual_printer *p)
{
    buf_finish(&p->decoder.argument);
    buf_finish(&p->decoder.graphics);
}

void printer_decoder_reset(struct virtual_printer *p)
{
    struct decoder *d = &p->decoder;
    struct buf argument = d->argument, graphics = d->graphics;

    memset(d, 0, sizeof *d);
    d->argument = argument;
    d->graphics = graphics;
    buf_reset(&d->argument);
    buf_reset(&d->graphics);
    d->chinese = d->chinese_next = !p->profile->chinese_off && p->profile->chinese != CHINESE_NONE;
    d->style.wide = d->style.high = d->chinese_wide = d->chinese_high = 1;
    d->pitch = PRINTER_PITCH;
    d->qr_module = 3;
    d->code_height = 162;
    d->code_module = 3;
    sheet_drop_line(&p->sheet);
    sheet_area(&p->sheet, 0, p->sheet.width);
    p->automatic_mask = 0;
}

/* --- commands with data --- */

static void begin_collect(struct decoder *d, size_t need, bool keep)
{
    d->state = DECODE_COLLECT;
    d->need = need;
    d->have = 0;
    d->keep = keep && need <= PRINTER_ARGUMENT_MAX;
    buf_reset(&d->argument);
}

static int collect(struct virtual_printer *p, const uint8_t *data, int len, int *ret_dots)
{
    struct decoder *d = &p->decoder;
    size_t n = d->need - d->have < (size_t)len ? d->need - d->have : (size_t)len;

    if (d->keep)
        buf_add(&d->argument, data, n);
    d->have += n;
    if (d->have < d->need)
        return (int)n;
    d->state = DECODE_COMMANDS;
    if (d->keep)
        *ret_dots += printer_collected(p, d->argument.data, d->argument.len);
    return (int)n;
}

/* FS q and ESC & carry several pieces, each with a head of its own. */
static int begin_piece(struct decoder *d, const uint8_t *c, int len)
{
    size_t n;

    if (d->piece_rows) { /* ESC &: columns of so many bytes */
        n = (size_t)c[0] * (size_t)d->piece_rows + 1;
    } else if (len < 4) {
        return 0;
    } else {
        n = 4 + (size_t)(c[0] | c[1] << 8) * (size_t)(c[2] | c[3] << 8) * 8;
    }
    d->pieces--;
    begin_collect(d, n, false);
    return 1;
}

static int begin_pieces(struct decoder *d, const uint8_t *c, int len)
{
    bool characters = c[0] == ESC;

    if (len < (characters ? 5 : 3))
        return 0;
    d->pieces = characters ? (c[4] >= c[3] ? c[4] - c[3] + 1 : 0) : c[2];
    d->piece_rows = characters ? c[2] : 0;
    if (characters && !c[2])
        d->pieces = 0;
    return characters ? 5 : 3;
}

/* --- images --- */

/* Burns one row as soon as it is whole; a row wider than the paper is cut off. */
static int raster(struct virtual_printer *p, const uint8_t *data, int len, int *ret_dots)
{
    struct decoder *d = &p->decoder;
    int used = 0;

    for (int rows = 0; rows < RASTER_STEP && d->raster_rows && used < len;) {
        if (d->raster_x < SHEET_STRIDE)
            d->raster_row[d->raster_x] = data[used];
        else
            p->sheet.clipped |= data[used] != 0;
        used++;
        if (++d->raster_x < d->raster_width)
            continue;
        *ret_dots += sheet_image_row(&p->sheet, d->raster_row, d->raster_width * 8, d->raster_scale_x, d->raster_scale_y,
                                     d->style.align);
        d->raster_x = 0;
        d->raster_rows--;
        rows++;
    }
    if (!d->raster_rows)
        d->state = DECODE_COMMANDS;
    return used;
}

static void begin_raster(struct virtual_printer *p, const uint8_t *c, int *ret_dots)
{
    struct decoder *d = &p->decoder;

    if (p->sheet.line_x)
        *ret_dots += printer_line(p, d->pitch);
    d->raster_width = c[4] | c[5] << 8;
    d->raster_rows = c[6] | c[7] << 8;
    d->raster_x = 0;
    d->raster_scale_x = c[3] & 1 ? 2 : 1;
    d->raster_scale_y = c[3] & 2 ? 2 : 1;
    if (p->profile->raster_rows && d->raster_rows > p->profile->raster_rows)
        p->unknown++; /* its rows are taken for text */
    else if (d->raster_width && d->raster_rows)
        d->state = DECODE_RASTER;
}

/* --- which command --- */

/* Is this a cut? The one command that a fault can be armed for. */
static bool is_cut(const uint8_t *c)
{
    return (c[0] == GS && c[1] == 'V') || (c[0] == ESC && (c[1] == 'i' || c[1] == 'm'));
}

static void obey(struct virtual_printer *p, const uint8_t *c, int *ret_dots)
{
    if (c[0] == GS && c[1] == 'v')
        begin_raster(p, c, ret_dots);
    else if (c[0] == GS)
        *ret_dots += printer_gs(p, c);
    else if (c[0] == ESC)
        *ret_dots += printer_esc(p, c);
    else
        printer_fs(p, c);
}

static int command(struct virtual_printer *p, const uint8_t *c, int len, int *ret_dots)
{
    struct command_length l;

    if (len < 2)
        return 0;
    if (is_cut(c) && p->at_cut != FAULT_NONE) {
        printer_fail(p, p->at_cut);
        p->at_cut = FAULT_NONE;
        return 0;
    }
    if ((c[0] == FS && c[1] == 'q') || (c[0] == ESC && c[1] == '&'))
        return begin_pieces(&p->decoder, c, len);
    if (p->profile->qr == QR_AS_TEXT && len >= 3 && c[0] == GS && c[1] == '(' && c[2] == 'k')
        return 2;
    l = command_length(c, len);
    if (!l.known) {
        p->unknown++;
        return (int)l.n;
    }
    if (l.n == LENGTH_MORE || (!l.data && l.n > (size_t)len))
        return 0;
    if (l.data) {
        begin_collect(&p->decoder, l.n, true);
        return collect(p, c, len, ret_dots);
    }
    obey(p, c, ret_dots);
    return (int)l.n;
}

/* Until ESC = selects it again, nothing but that and what is obeyed on arrival is for this printer. */
static int skip(struct virtual_printer *p, const uint8_t *data, int len)
{
    if (data[0] == DLE)
        return printer_dle(p, data, len);
    if (data[0] != ESC || (len > 1 && data[1] != '='))
        return 1;
    if (len < 3)
        return 0;
    if (data[2] >= 1 && data[2] <= 3)
        p->decoder.deselected = data[2] == 2;
    return 3;
}

int printer_decode(struct virtual_printer *p, const uint8_t *data, int len, int *ret_dots)
{
    struct decoder *d = &p->decoder;

    *ret_dots = 0;
    if (p->profile->language) {
        p->unknown += len;
        return len;
    }
    if (d->deselected)
        return skip(p, data, len);
    if (d->state == DECODE_RASTER)
        return raster(p, data, len, ret_dots);
    if (d->state == DECODE_COMMANDS && d->pieces && !begin_piece(d, data, len))
        return 0;
    if (d->state == DECODE_COLLECT)
        return collect(p, data, len, ret_dots);
    if (!d->n_code && data[0] == DLE)
        return printer_dle(p, data, len);
    if (!d->n_code && (data[0] == ESC || data[0] == FS || data[0] == GS))
        return command(p, data, len, ret_dots);
    *ret_dots = printer_text(p, data[0]);
    return 1;
}
