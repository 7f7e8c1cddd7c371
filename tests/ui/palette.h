/* SPDX-License-Identifier: Apache-2.0
 *
 * A picture in 32 colours, a third of the bytes: enough for people to look at, and hashes do the comparing. A page has few
 * colours and many shades between them at the edges of letters, so the most frequent ones that lie apart serve for all.
 */
#ifndef TESTS_UI_PALETTE_H
#define TESTS_UI_PALETTE_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PALETTE_COLOURS 32
#define PALETTE_APART 20 /* of a colour taken to those already there, over three channels */
#define PALETTE_SLOTS 65536

struct palette_shade {
    uint32_t rgb, count; /* count 0: free */
    int index;
};

struct palette {
    uint32_t colours[PALETTE_COLOURS];
    int n;
    struct palette_shade shades[PALETTE_SLOTS]; /* open addressing */
};

static struct palette_shade *palette_shade(struct palette *p, uint32_t rgb)
{
    uint32_t i = (rgb * 2654435761u) >> 16;

    while (p->shades[i].count && p->shades[i].rgb != rgb)
        i = (i + 1) % PALETTE_SLOTS;
    p->shades[i].rgb = rgb;
    return &p->shades[i];
}

static int palette_distance(uint32_t a, uint32_t b)
{
    int d = 0;

    for (int shift = 0; shift < 24; shift += 8)
        d += abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
    return d;
}

static int palette_nearest(const struct palette *p, uint32_t rgb)
{
    int best = -1;

    for (int i = 0; i < p->n; i++)
        if (best < 0 || palette_distance(rgb, p->colours[i]) < palette_distance(rgb, p->colours[best]))
            best = i;
    return best;
}

static int palette_by_count(const void *a, const void *b)
{
    const struct palette_shade *const *x = a, *const *y = b;

    return (*x)->count != (*y)->count ? ((*x)->count < (*y)->count ? 1 : -1) : (*x)->rgb > (*y)->rgb ? 1 : -1;
}

/* out: n indices into p->colours. A page has some thousand shades; more than the slots never. */
static void palette_reduce(struct palette *p, const uint32_t *px, size_t n, uint8_t *out)
{
    static const struct palette_shade *order[PALETTE_SLOTS];
    size_t shades = 0;

    memset(p, 0, sizeof *p);
    for (size_t i = 0; i < n; i++)
        palette_shade(p, px[i])->count++;
    for (size_t i = 0; i < PALETTE_SLOTS; i++)
        if (p->shades[i].count)
            order[shades++] = &p->shades[i];
    qsort(order, shades, sizeof *order, palette_by_count);
    for (size_t i = 0; i < shades && p->n < PALETTE_COLOURS; i++) {
        int near = palette_nearest(p, order[i]->rgb);

        if (near < 0 || palette_distance(order[i]->rgb, p->colours[near]) >= PALETTE_APART)
            p->colours[p->n++] = order[i]->rgb;
    }
    for (size_t i = 0; i < PALETTE_SLOTS; i++)
        if (p->shades[i].count)
            p->shades[i].index = palette_nearest(p, p->shades[i].rgb);
    for (size_t i = 0; i < n; i++)
        out[i] = (uint8_t)palette_shade(p, px[i])->index;
}

#endif
