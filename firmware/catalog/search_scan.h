/* SPDX-License-Identifier: Apache-2.0
 *
 * The scan over a text's plane, 16 characters at a time: places where a match can begin. For search.c only.
 */
#ifndef CATALOG_SEARCH_SCAN_H
#define CATALOG_SEARCH_SCAN_H

#include "catalog/search_wire.h"

typedef uint8_t scan_block __attribute__((vector_size(16)));

/* Finds places whose unit, and the two behind it, are of the groups asked for. */
struct scan {
    const struct search_text *text;
    scan_block group[3], asked[3]; /* asked: zero where anything may stand, also the end of a name */
};

/* Borrows the text. */
void scan_begin(struct scan *c, const struct search_text *x, const uint8_t group[3]);
/* The 64 places from `at` on, a bit each; at: less than the text's n. */
uint64_t scan_word(const struct scan *c, uint32_t at);

#endif
