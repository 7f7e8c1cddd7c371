/* SPDX-License-Identifier: Apache-2.0
 *
 * See code_box.h. Two rows of digits, two or three in each.
 */
#include "base/code_box.h"

#define DIGIT_W 4
#define DIGIT_H 7
#define PX_PER_DOT 20 /* so two rows of digits have room in the frame */

/* Hexadecimal digits, 4 dots wide and 7 high: a row in each digit of the constant. */
static const uint32_t digits[16] = {0x6999996, 0x2622227, 0x691248F, 0x6916196, 0x26AAF22, 0xF8E1196, 0x688E996, 0xF112244,
                                    0x6996996, 0x6997116, 0x699F999, 0xE99E99E, 0x6988896, 0xE99999E, 0xF88E88F, 0xF88E888};

struct pen {
    void (*fill)(void *ctx, int x, int y, int width, int height);
    void *ctx;
    int dot;
};

static void digit(const struct pen *p, unsigned value, int x, int y)
{
    for (int j = 0; j < DIGIT_H; j++)
        for (int i = 0; i < DIGIT_W; i++)
            if (digits[value] >> ((DIGIT_H - 1 - j) * DIGIT_W + DIGIT_W - 1 - i) & 1)
                p->fill(p->ctx, x + i * p->dot, y + j * p->dot, p->dot, p->dot);
}

static void frame(const struct pen *p, int width, int px)
{
    int high = px - 2 * p->dot;

    p->fill(p->ctx, 0, p->dot, width, p->dot);
    p->fill(p->ctx, 0, high, width, p->dot);
    p->fill(p->ctx, 0, p->dot, p->dot, high);
    p->fill(p->ctx, width - p->dot, p->dot, p->dot, high);
}

void code_box(uint32_t cp, int width, int px, void (*fill)(void *ctx, int x, int y, int width, int height), void *ctx)
{
    struct pen p = {fill, ctx, px < PX_PER_DOT ? 1 : px / PX_PER_DOT};
    int per_row = cp > 0xFFFF ? 3 : 2, step = DIGIT_W + 1;
    int left = (width - (per_row * step - 1) * p.dot) / 2, top = px / 2 - (DIGIT_H + 1) * p.dot;

    frame(&p, width, px);
    for (int i = 0; i < 2 * per_row; i++)
        digit(&p, cp >> (2 * per_row - 1 - i) * 4 & 0xF, left + i % per_row * step * p.dot,
              top + i / per_row * (DIGIT_H + 2) * p.dot);
}
