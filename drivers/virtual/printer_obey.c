/* SPDX-License-Identifier: Apache-2.0
 *
 * What the virtual printer does for each short command once printer_decode.c has it whole. What leaves no trace on paper
 * (beeps, drawers, page mode's areas) is only stepped over.
 */
#include <string.h>

#include "drivers/virtual/printer_parts.h"

int printer_line(struct virtual_printer *p, int pitch)
{
    struct decoder *d = &p->decoder;

    d->chinese = d->chinese_next;
    return sheet_print_line(&p->sheet, pitch, d->style.align);
}

static int lines(struct virtual_printer *p, int n)
{
    int moved = 0;

    for (int i = 0; i < n; i++)
        moved += printer_line(p, p->decoder.pitch);
    return moved;
}

static void print_mode(struct decoder *d, uint8_t n)
{
    d->font_b = n & 0x01;
    d->style.bold = n & 0x08;
    d->style.high = n & 0x10 ? 2 : 1;
    d->style.wide = n & 0x20 ? 2 : 1;
    d->style.underline = n & 0x80;
}

/* Numbers may come as such or as digits. */
static uint8_t number(uint8_t n)
{
    return n >= '0' && n <= '9' ? n - '0' : n;
}

static void code_page(struct virtual_printer *p, uint8_t n)
{
    struct decoder *d = &p->decoder;

    d->page = n;
    if (p->profile->chinese_page)
        d->chinese = d->chinese_next = n == p->profile->chinese_page;
}

static void style_esc(struct virtual_printer *p, const uint8_t *c)
{
    struct decoder *d = &p->decoder;

    switch (c[1]) {
    case '!':
        print_mode(d, c[2]);
        break;
    case '-':
        d->style.underline = number(c[2]) == 1 || number(c[2]) == 2;
        break;
    case 'E':
    case 'G':
        d->style.bold = c[2] & 1;
        break;
    case 'M':
        d->font_b = number(c[2]) == 1;
        break;
    case ' ':
        d->style.after = c[2];
        break;
    case 'a':
        if (!p->sheet.line_x)
            d->style.align = number(c[2]) > 2 ? 0 : number(c[2]);
        break;
    case 't':
        code_page(p, c[2]);
        break;
    default:
        break;
    }
}

int printer_esc(struct virtual_printer *p, const uint8_t *c)
{
    struct decoder *d = &p->decoder;

    switch (c[1]) {
    case '@':
        printer_decoder_reset(p);
        break;
    case '2':
        d->pitch = PRINTER_PITCH;
        break;
    case '3':
        d->pitch = c[2];
        break;
    case '$':
        sheet_move_to(&p->sheet, c[2] | c[3] << 8);
        break;
    case '\\':
        sheet_move_to(&p->sheet, p->sheet.line_x + (int16_t)(uint16_t)(c[2] | c[3] << 8));
        break;
    case 'J':
        return printer_line(p, c[2]);
    case 'd':
        return lines(p, c[2]);
    case 'v': {
        uint8_t paper = printer_paper_byte(p);

        printer_reply(p, &paper, 1);
        break;
    }
    case 'i':
    case 'm':
        if (!p->sheet.line_x)
            printer_cut(p);
        break;
    case 'R':
        d->country = c[2];
        break;
    case '=':
        d->deselected = c[2] == 2; /* 1 the printer, 2 a display on the same line, 3 both */
        break;
    default:
        style_esc(p, c);
        break;
    }
    return 0;
}

static void chinese_mode(struct virtual_printer *p, bool on)
{
    struct decoder *d = &p->decoder;

    if (p->profile->chinese == CHINESE_NONE)
        return;
    d->chinese_next = on;
    if (!p->profile->next_line || !p->sheet.line_x)
        d->chinese = on;
}

void printer_fs(struct virtual_printer *p, const uint8_t *c)
{
    struct decoder *d = &p->decoder;

    switch (c[1]) {
    case '&':
    case '.':
        chinese_mode(p, c[1] == '&');
        break;
    case '!':
        d->chinese_wide = c[2] & 0x04 ? 2 : 1;
        d->chinese_high = c[2] & 0x08 ? 2 : 1;
        d->chinese_underline = c[2] & 0x80;
        break;
    case '-':
        d->chinese_underline = number(c[2]) == 1 || number(c[2]) == 2;
        break;
    case 'S':
        d->chinese_before = c[2];
        d->chinese_after = c[3];
        break;
    case 'W':
        d->chinese_wide = d->chinese_high = c[2] & 1 ? 2 : 1;
        break;
    case '?':
        if (c[2] == 0xFE && c[3] >= 0xA1 && c[3] < 0xA1 + GLYPHS_MAX)
            d->glyphs[c[3] - 0xA1].defined = false;
        break;
    default:
        break;
    }
}

/* --- GS --- */

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

static void gs_id(struct virtual_printer *p, uint8_t n)
{
    const struct virtual_printer_profile *f = p->profile;
    const char *text = n == 65 ? f->firmware : n == 66 ? f->maker : n == 67 ? f->model : n == 68 ? f->serial : NULL;
    char block[64] = {0x5F};
    size_t len;

    if (!f->firmware || !text)
        return;
    len = strlen(text) < sizeof block - 2 ? strlen(text) : sizeof block - 2;
    memcpy(block + 1, text, len);
    printer_reply(p, block, (int)len + 2);
}

/* Only at the beginning of a line; in it the command is stepped over. 65, 66 feed to the cutter and n more; 97, 98 too, on
 * the newer ones; 103, 104 feed to the start of the next piece. */
static int cut(struct virtual_printer *p, const uint8_t *c)
{
    int moved = c[2] >= 65 ? c[3] : 0;

    if (p->sheet.line_x)
        return 0;
    sheet_feed(&p->sheet, moved);
    printer_cut(p);
    return moved;
}

static void answer(struct virtual_printer *p, uint8_t n)
{
    uint8_t b = number(n) == 1 ? printer_paper_byte(p) : 0;

    if (number(n) == 1 || number(n) == 2)
        printer_reply(p, &b, 1);
}

int printer_gs(struct virtual_printer *p, const uint8_t *c)
{
    struct decoder *d = &p->decoder;

    switch (c[1]) {
    case '!':
        size_gs(p, c[2]);
        break;
    case 'B':
        d->style.reverse = c[2] & 1;
        break;
    case 'H':
        d->code_text = number(c[2]) & 3;
        break;
    case 'h':
        d->code_height = c[2] ? c[2] : 1;
        break;
    case 'w':
        d->code_module = c[2] >= 1 && c[2] <= 6 ? c[2] : 3;
        break;
    case 'L':
        sheet_area(&p->sheet, c[2] | c[3] << 8, p->sheet.area);
        break;
    case 'W':
        sheet_area(&p->sheet, p->sheet.margin, c[2] | c[3] << 8);
        break;
    case 'V':
        return cut(p, c);
    case 'a':
        if (p->profile->automatic_status) {
            p->automatic_mask = c[2];
            printer_automatic(p, true);
        }
        break;
    case 'r':
        answer(p, c[2]);
        break;
    case 'I':
        gs_id(p, c[2]);
        break;
    case 'e':
        printer_present(p, (const uint8_t[3]){c[2], c[2] == 3 || c[2] == 32 ? c[3] : 0, c[2] == 32 ? c[4] : 0});
        break;
    default:
        break;
    }
    return 0;
}
