/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_scan.h.
 */
#include "catalog/search_scan.h"

#include <string.h>

void scan_begin(struct scan *c, const struct search_text *x, const uint8_t group[3])
{
    c->text = x;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 16; k++) {
            c->group[i][k] = group[i];
            c->asked[i][k] = group[i] == 0xff ? 0 : 0xff;
        }
}

static scan_block load(const uint8_t *p)
{
    scan_block b;

    memcpy(&b, p, sizeof b);
    return b;
}

/* Bit i: byte i is not zero. Bytes are 0 or 0xff. */
static uint64_t bits_of(uint64_t bytes)
{
    return (bytes & 0x8040201008040201u) * 0x0101010101010101u >> 56;
}

/* The 16 places from p on. */
static uint64_t sixteen(const struct scan *c, const uint8_t *p)
{
    scan_block miss = (scan_block)((load(p) & c->group[0]) == 0) & c->asked[0];
    uint64_t half[2];

    miss |= (scan_block)((load(p + 1) & c->group[1]) == 0) & c->asked[1];
    miss |= (scan_block)((load(p + 2) & c->group[2]) == 0) & c->asked[2];
    miss = ~miss;
    memcpy(half, &miss, sizeof half);
    return half[0] | half[1] ? bits_of(half[0]) | bits_of(half[1]) << 8 : 0;
}

uint64_t scan_word(const struct scan *c, uint32_t at)
{
    uint32_t left = c->text->n - at;
    uint64_t places = 0;

    for (uint32_t i = 0; i < 64 && i < left; i += 16)
        places |= sixteen(c, c->text->plane + at + i) << i;
    return left < 64 ? places & ((1ull << left) - 1) : places;
}
