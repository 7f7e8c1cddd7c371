/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands with data: native QR and bar codes, graphics, user-defined glyphs, the process ID, switches.
 */
#include <stdio.h>
#include <string.h>

#include "drivers/virtual/printer_parts.h"

static size_t le16(const uint8_t *p)
{
    return (size_t)(p[0] | p[1] << 8);
}

static void keep_qr(struct decoder *d, const uint8_t *text, size_t n)
{
    d->n_qr = n < sizeof d->qr ? n : sizeof d->qr;
    memcpy(d->qr, text, d->n_qr);
}

/* Function 82: how wide and high the stored symbol would be, in dots, as digits; 31: it would not fit. */
static void tell_qr_size(struct virtual_printer *p)
{
    const struct decoder *d = &p->decoder;
    int dots = d->n_qr ? sheet_qr_size(d->qr, d->n_qr, d->qr_module) : 0;
    char block[40];
    int n = snprintf(block, sizeof block,
                     "\x37\x36%d\x1F%d\x1F"
                     "1\x1F%c",
                     dots, dots, dots && dots <= p->sheet.area ? '0' : '1');

    printer_reply(p, block, n + 1);
}

/* GS ( k for cn 49, from cn on. */
static int qr_command(struct virtual_printer *p, const uint8_t *a, size_t n)
{
    struct decoder *d = &p->decoder;

    if (p->profile->qr != QR_OWN || n < 3 || a[0] != 49)
        return 0;
    if (a[1] == 67)
        d->qr_module = a[2] >= 1 && a[2] <= 16 ? a[2] : 3;
    else if (a[1] == 80)
        keep_qr(d, a + 3, n - 3);
    else if (a[1] == 81 && d->n_qr)
        return sheet_qr(&p->sheet, d->qr, d->n_qr, d->qr_module, d->style.align);
    else if (a[1] == 82)
        tell_qr_size(p);
    return 0;
}

/* GS ( H function 48. */
static void process_id(struct virtual_printer *p, const uint8_t *a, size_t n)
{
    uint8_t reply[7] = {0x37, 0x22};

    if (!p->profile->process_id || n != 6 || a[0] != 48 || a[1] != 48)
        return;
    memcpy(reply + 2, a + 2, 4);
    printer_reply(p, reply, sizeof reply);
}

/* GS ( D: pairs of what and whether. */
static void real_time_switch(struct virtual_printer *p, const uint8_t *a, size_t n)
{
    if (!p->profile->switches_real_time || !n || a[0] != 20)
        return;
    for (size_t i = 1; i + 1 < n; i += 2) {
        if (a[i] == 1)
            p->no_dc4 = !(a[i + 1] & 1);
        else if (a[i] == 2)
            p->no_eot = !(a[i + 1] & 1);
    }
}

/* GS ( L and GS 8 L from m on: 112 stores m fn a bx by c xL xH yL yH and rows, 50 prints them. */
static int graphics(struct virtual_printer *p, const uint8_t *a, size_t n)
{
    struct decoder *d = &p->decoder;
    int moved = 0;

    if (!p->profile->graphics || n < 2 || a[0] != 48)
        return 0;
    if (a[1] == 112 && n >= 10) {
        d->graphics_width = (int)le16(a + 6);
        d->graphics_rows = (int)le16(a + 8);
        d->graphics_scale_x = a[3] == 2 ? 2 : 1;
        d->graphics_scale_y = a[4] == 2 ? 2 : 1;
        buf_reset(&d->graphics);
        buf_add(&d->graphics, a + 10, n - 10);
    } else if (a[1] == 50 || a[1] == 2) {
        size_t bytes = ((size_t)d->graphics_width + 7) / 8;

        for (int y = 0; y < d->graphics_rows && (size_t)(y + 1) * bytes <= d->graphics.len; y++)
            moved += sheet_image_row(&p->sheet, d->graphics.data + (size_t)y * bytes, d->graphics_width, d->graphics_scale_x,
                                     d->graphics_scale_y, d->style.align);
        d->graphics_rows = 0;
        buf_reset(&d->graphics);
    }
    return moved;
}

/* ESC * m: 0 and 1 are 8 dots high and coarse, 32 and 33 are 24; the even ones have half the dots across. */
static void columns(struct virtual_printer *p, const uint8_t *a, size_t n)
{
    bool fine = a[2] == 32 || a[2] == 33;

    if (fine || a[2] == 0 || a[2] == 1)
        sheet_columns(&p->sheet, a + 5, (int)(n - 5) / (fine ? 3 : 1), fine ? 3 : 1, a[2] & 1 ? 1 : 2, fine ? 1 : 3);
}

static void glyph(struct virtual_printer *p, const uint8_t *a)
{
    struct glyph_cell *g;

    if (!p->profile->user_glyphs || a[2] != 0xFE || a[3] < 0xA1 || a[3] >= 0xA1 + GLYPHS_MAX)
        return;
    g = &p->decoder.glyphs[a[3] - 0xA1];
    g->defined = true;
    memcpy(g->columns, a + 4, sizeof g->columns);
}

static void tabs(struct decoder *d, const uint8_t *a, size_t n)
{
    d->n_tabs = 0;
    for (size_t i = 2; i < n && a[i] && d->n_tabs < TABS_MAX; i++)
        d->tabs[d->n_tabs++] = a[i];
}

/* --- bar codes --- */

/* "M,A,text" under GS k with a kind of its own. */
static int bar_code_qr(struct virtual_printer *p, const uint8_t *a, size_t n)
{
    struct decoder *d = &p->decoder;

    if (n < 5 || !a[0] || !strchr("LMQH", a[0]) || a[1] != ',' || a[3] != ',')
        return 0;
    keep_qr(d, a + 4, n - 4);
    return sheet_qr(&p->sheet, d->qr, d->n_qr, d->qr_module, d->style.align);
}

static int bar_code(struct virtual_printer *p, const uint8_t *a, size_t n)
{
    struct decoder *d = &p->decoder;
    bool counted = a[2] >= 65;
    int moved = 0;
    const uint8_t *text = a + (counted ? 4 : 3);
    size_t len = n - 4; /* the other form ends with NUL */

    if (a[2] > 79 && p->profile->qr == QR_BAR_CODE)
        return bar_code_qr(p, text, len);
    if (!sheet_bars(&p->sheet,
                    counted     ? a[2] - 65
                    : a[2] <= 6 ? a[2]
                                : -1,
                    text, len, &(struct sheet_code){d->code_module, d->code_height, d->code_text, d->style.align}, &moved))
        p->unknown++;
    return moved;
}

int printer_collected(struct virtual_printer *p, const uint8_t *a, size_t n)
{
    if (a[0] == GS && a[1] == '(' && a[2] == 'k')
        return qr_command(p, a + 5, n - 5);
    if (a[0] == GS && a[1] == '(' && a[2] == 'L')
        return graphics(p, a + 5, n - 5);
    if (a[0] == GS && a[1] == '8')
        return graphics(p, a + 7, n - 7);
    if (a[0] == GS && a[1] == 'k')
        return bar_code(p, a, n);
    if (a[0] == GS && a[1] == '(' && a[2] == 'H')
        process_id(p, a + 5, n - 5);
    else if (a[0] == GS && a[1] == '(' && a[2] == 'D')
        real_time_switch(p, a + 5, n - 5);
    else if (a[0] == ESC && a[1] == '*')
        columns(p, a, n);
    else if (a[0] == ESC && a[1] == 'D')
        tabs(&p->decoder, a, n);
    else if (a[0] == FS && a[1] == '2')
        glyph(p, a);
    return 0;
}
