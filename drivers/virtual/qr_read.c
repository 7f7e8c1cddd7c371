/* SPDX-License-Identifier: Apache-2.0
 *
 * Finder, format, mask, zigzag, blocks, segments: the standard's clauses 6 and 7 backwards.
 */
#include "drivers/virtual/qr_read.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define VERSION_MAX 16
#define SIZE_MAX_ (17 + 4 * VERSION_MAX)
#define CODEWORDS_MAX 733
#define BLOCKS_MAX 18
#define TEXT_CAP 1024

/* Table 9: codewords in all; then error-correcting ones a block and blocks, by level L M Q H. */
static const short codewords[VERSION_MAX + 1] = {0,   26,  44,  70,  100, 134, 172, 196, 242,
                                                 292, 346, 404, 466, 532, 581, 655, 733};
static const uint8_t correcting[4][VERSION_MAX + 1] = {{0, 7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24},
                                                       {0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28},
                                                       {0, 13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24},
                                                       {0, 17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30}};
static const uint8_t blocks[4][VERSION_MAX + 1] = {{0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6},
                                                   {0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10},
                                                   {0, 1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17},
                                                   {0, 1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16}};
/* Annex E: middle of the alignment patterns. */
static const uint8_t alignment[VERSION_MAX + 1][4] = {
    {0},         {0},         {6, 18},         {6, 22},         {6, 26},        {6, 30},
    {6, 34},     {6, 22, 38}, {6, 24, 42},     {6, 26, 46},     {6, 28, 50},    {6, 30, 54},
    {6, 32, 58}, {6, 34, 62}, {6, 26, 46, 66}, {6, 26, 48, 70}, {6, 26, 50, 74}};

struct picture {
    const uint8_t *rows;
    int width, height, stride;
};
struct code {
    int size, version, level, mask;
    uint8_t dark[SIZE_MAX_][SIZE_MAX_];
    uint8_t data[CODEWORDS_MAX]; /* in order, without correction */
    int n_data, bit;
};

static bool black(const struct picture *p, int x, int y)
{
    return x >= 0 && y >= 0 && x < p->width && y < p->height && (p->rows[y * p->stride + x / 8] & (0x80 >> (x & 7)));
}

static bool finder_at(const struct picture *p, int x, int y, int m)
{
    for (int j = 0; j < 7; j++)
        for (int i = 0; i < 7; i++) {
            bool ring = i == 0 || i == 6 || j == 0 || j == 6, eye = i > 1 && i < 5 && j > 1 && j < 5;

            if (black(p, x + i * m + m / 2, y + j * m + m / 2) != (ring || eye))
                return false;
        }
    return true;
}

/* The three finders tell the size; the timing row between them must alternate. */
static int size_at(const struct picture *p, int x, int y, int m)
{
    for (int size = 21; size <= SIZE_MAX_; size += 4) {
        bool timing = finder_at(p, x + (size - 7) * m, y, m) && finder_at(p, x, y + (size - 7) * m, m);

        for (int i = 8; timing && i < size - 8; i++)
            timing = black(p, x + i * m + m / 2, y + 6 * m + m / 2) == (i % 2 == 0);
        if (timing)
            return size;
    }
    return 0;
}

static void sample(const struct picture *p, int x, int y, int m, struct code *c)
{
    for (int j = 0; j < c->size; j++)
        for (int i = 0; i < c->size; i++)
            c->dark[j][i] = black(p, x + i * m + m / 2, y + j * m + m / 2);
}

/* Clause 7.9: five bits, ten of BCH, all masked with 101010000010010. */
static unsigned format_word(unsigned five)
{
    unsigned rest = five << 10;

    for (int i = 14; i >= 10; i--)
        if (rest & (1u << i))
            rest ^= 0x537u << (i - 10);
    return (five << 10 | rest) ^ 0x5412;
}

static bool read_format(struct code *c)
{
    static const uint8_t at[15][2] = {{8, 0}, {8, 1}, {8, 2}, {8, 3}, {8, 4}, {8, 5}, {8, 7}, {8, 8},
                                      {7, 8}, {5, 8}, {4, 8}, {3, 8}, {2, 8}, {1, 8}, {0, 8}};
    static const int level[4] = {1, 0, 3, 2}; /* 00 M, 01 L, 10 H, 11 Q */
    unsigned word = 0;

    for (int i = 0; i < 15; i++)
        word = word << 1 | c->dark[at[i][0]][at[i][1]];
    for (unsigned five = 0; five < 32; five++)
        if (format_word(five) == word) {
            c->level = level[five >> 3];
            c->mask = (int)(five & 7);
            return true;
        }
    return false;
}

static bool in_alignment(const struct code *c, int x, int y)
{
    const uint8_t *at = alignment[c->version];

    for (int i = 0; i < 4 && at[i]; i++)
        for (int j = 0; j < 4 && at[j]; j++) {
            bool finder = (at[i] == 6 && at[j] == 6) || (at[i] == 6 && at[j] == c->size - 7) ||
                          (at[i] == c->size - 7 && at[j] == 6);

            if (!finder && x >= at[i] - 2 && x <= at[i] + 2 && y >= at[j] - 2 && y <= at[j] + 2)
                return true;
        }
    return false;
}

static bool reserved(const struct code *c, int x, int y)
{
    int n = c->size;

    if (x == 6 || y == 6 || (x < 9 && y < 9) || (x < 9 && y >= n - 8) || (x >= n - 8 && y < 9))
        return true;
    if (c->version >= 7 && ((x < 6 && y >= n - 11) || (y < 6 && x >= n - 11)))
        return true;
    return in_alignment(c, x, y);
}

static bool masked(int mask, int x, int y)
{
    switch (mask) {
    case 0:
        return (y + x) % 2 == 0;
    case 1:
        return y % 2 == 0;
    case 2:
        return x % 3 == 0;
    case 3:
        return (y + x) % 3 == 0;
    case 4:
        return (y / 2 + x / 3) % 2 == 0;
    case 5:
        return y * x % 2 + y * x % 3 == 0;
    case 6:
        return (y * x % 2 + y * x % 3) % 2 == 0;
    default:
        return ((y + x) % 2 + y * x % 3) % 2 == 0;
    }
}

/* Two columns at a time from the right, up and down in turn, past the timing column. */
static void read_bits(const struct code *c, uint8_t *out)
{
    int n = 0, total = codewords[c->version] * 8;
    bool up = true;

    memset(out, 0, CODEWORDS_MAX);
    for (int right = c->size - 1; right > 0; right -= 2, up = !up) {
        if (right == 6)
            right--;
        for (int i = 0; i < c->size; i++)
            for (int k = 0; k < 2; k++) {
                int x = right - k, y = up ? c->size - 1 - i : i;

                if (reserved(c, x, y) || n >= total)
                    continue;
                if (c->dark[y][x] ^ masked(c->mask, x, y))
                    out[n / 8] |= (uint8_t)(0x80 >> (n & 7));
                n++;
            }
    }
}

/* Codewords stand interleaved over the blocks; the short blocks come first. */
static void sort_blocks(struct code *c, const uint8_t *raw)
{
    int nb = blocks[c->level][c->version], total = codewords[c->version];
    int shorter = nb - total % nb, data = total / nb - correcting[c->level][c->version];
    int at = 0, starts[BLOCKS_MAX];

    for (int b = 0; b < nb; b++)
        starts[b] = b * data + (b > shorter ? b - shorter : 0);
    for (int i = 0; i <= data; i++)
        for (int b = 0; b < nb; b++)
            if (i < data || b >= shorter)
                c->data[starts[b] + i] = raw[at++];
    c->n_data = at;
}

static unsigned bits(struct code *c, int n)
{
    unsigned v = 0;

    for (; n > 0; n--, c->bit++)
        v = v << 1 | (c->bit < c->n_data * 8 ? c->data[c->bit / 8] >> (7 - c->bit % 8) & 1u : 0u);
    return v;
}

static size_t numeric(struct code *c, unsigned n, char *out, size_t len)
{
    for (; n && len + 4 < TEXT_CAP; n -= n < 3 ? n : 3) {
        int digits = n < 3 ? (int)n : 3;

        len += (size_t)snprintf(out + len, 12, "%0*u", digits, bits(c, digits == 3 ? 10 : digits == 2 ? 7 : 4));
    }
    return len;
}

static size_t alphanumeric(struct code *c, unsigned n, char *out, size_t len)
{
    static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    for (; n && len + 3 < TEXT_CAP; n -= n < 2 ? n : 2) {
        unsigned v = bits(c, n > 1 ? 11 : 6);

        if (n > 1)
            out[len++] = set[v / 45 % 45];
        out[len++] = set[v % 45];
    }
    return len;
}

/* NUL reads as U+2400. */
static size_t byte(unsigned b, char *out, size_t len)
{
    if (b) {
        out[len++] = (char)b;
    } else {
        memcpy(out + len, "\u2400", 3);
        len += 3;
    }
    return len;
}

static void segments(struct code *c, char out[TEXT_CAP])
{
    size_t len = 0;
    bool wide = c->version >= 10;

    while (c->bit + 4 <= c->n_data * 8 && len + 4 < TEXT_CAP) {
        unsigned mode = bits(c, 4);

        if (mode == 1) {
            len = numeric(c, bits(c, wide ? 12 : 10), out, len);
        } else if (mode == 2) {
            len = alphanumeric(c, bits(c, wide ? 11 : 9), out, len);
        } else if (mode == 4) {
            for (unsigned n = bits(c, wide ? 16 : 8); n && len + 4 < TEXT_CAP && c->bit < c->n_data * 8; n--)
                len = byte(bits(c, 8), out, len);
        } else {
            break;
        }
    }
    out[len] = '\0';
}

static bool decode(const struct picture *p, int x, int y, int m, char out[TEXT_CAP])
{
    struct code c = {.size = size_at(p, x, y, m)};
    uint8_t raw[CODEWORDS_MAX];

    if (!c.size)
        return false;
    c.version = (c.size - 17) / 4;
    sample(p, x, y, m, &c);
    if (!read_format(&c))
        return false;
    read_bits(&c, raw);
    sort_blocks(&c, raw);
    segments(&c, out);
    return true;
}

/* Of eight dots: the black ones with white at their left and above. A code begins with one. */
static uint8_t corners(const struct picture *p, int at, int y)
{
    const uint8_t *row = p->rows + y * p->stride + at;
    uint8_t above = y ? row[-p->stride] : 0, left = (uint8_t)(row[0] >> 1 | (at ? row[-1] << 7 : 0));

    return row[0] & (uint8_t)~left & (uint8_t)~above;
}

void qr_read(const uint8_t *rows, int width, int height, int stride, void (*fn)(void *ctx, const char *text), void *ctx)
{
    struct picture p = {rows, width, height, stride};
    char text[TEXT_CAP];

    for (int y = 0; y + 21 <= height; y++)
        for (int at = 0; at < stride; at++)
            for (uint8_t bits = corners(&p, at, y); bits; bits &= (uint8_t)(bits - 1)) {
                int x = at * 8 + 7 - __builtin_ctz(bits), run = 0;

                while (black(&p, x + run, y))
                    run++;
                if (run >= 14 && run % 7 == 0 && finder_at(&p, x, y, run / 7) && decode(&p, x, y, run / 7, text))
                    fn(ctx, text);
            }
}
