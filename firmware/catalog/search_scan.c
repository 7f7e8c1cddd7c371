/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_scan.h.
 */
#include "catalog/search_scan.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

void scan_begin(struct scan *c, const struct search_text *x, const struct scan_way *ways, int n)
{
    c->text = x;
    c->n = n;
    for (int way = 0; way < n; way++)
        for (int i = 0; i < 3; i++) {
            memset(&c->group[way][i], ways[way].group[i], sizeof(scan_block));
            memset(&c->asked[way][i], ways[way].group[i] == 0xff ? 0 : 0xff, sizeof(scan_block));
        }
}

static scan_block load(const uint8_t *p)
{
    scan_block b;

    memcpy(&b, p, sizeof b);
    return b;
}

/* Bit i: byte i is not zero. Bytes are 0 or 0xff. */
static uint64_t bits_of(scan_block b)
{
#ifdef __SSE2__
    return (uint64_t)_mm_movemask_epi8((__m128i)b);
#else
    uint64_t half[2];

    memcpy(half, &b, sizeof half);
    for (int i = 0; i < 2; i++)
        half[i] = (half[i] & 0x8040201008040201u) * 0x0101010101010101u >> 56;
    return half[0] | half[1] << 8;
#endif
}

/* The 16 places from p on. */
static uint64_t sixteen(const struct scan *c, const uint8_t *p)
{
    const scan_block here[3] = {load(p), load(p + 1), load(p + 2)};
    uint64_t fits = 0;

    for (int way = 0; way < c->n; way++) {
        scan_block miss = (scan_block)((here[0] & c->group[way][0]) == 0) & c->asked[way][0];

        miss |= (scan_block)((here[1] & c->group[way][1]) == 0) & c->asked[way][1];
        miss |= (scan_block)((here[2] & c->group[way][2]) == 0) & c->asked[way][2];
        fits |= bits_of(~miss);
    }
    return fits;
}

uint64_t scan_word(const struct scan *c, uint32_t at)
{
    uint32_t left = c->text->n - at;
    uint64_t places = 0;

    for (uint32_t i = 0; i < 64 && i < left; i += 16)
        places |= sixteen(c, c->text->plane + at + i) << i;
    return left < 64 ? places & ((1ull << left) - 1) : places;
}

uint64_t scan_names(const struct search_text *x, uint32_t at)
{
    uint64_t ends = 0;

    for (uint32_t i = 0; i < 64; i += 16)
        ends |= bits_of((scan_block)(load(x->plane + at + i) == 0)) << i;
    return ends << 1 | (at == 0 || !x->plane[at - 1]);
}
