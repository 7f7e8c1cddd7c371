/* SPDX-License-Identifier: Apache-2.0
 *
 * The scan over a text's plane, 16 characters at a time: places where a match can begin. For search.c only.
 */
#ifndef CATALOG_SEARCH_SCAN_H
#define CATALOG_SEARCH_SCAN_H

#include "catalog/search_wire.h"

typedef uint8_t scan_block __attribute__((vector_size(16)));

/* What a place and the two behind it must be: a group each; 0xff: anything, also the end of a name. */
struct scan_way {
    uint8_t group[3];
};
#define SCAN_WAYS 3

/* Finds places that fit one of the ways. */
struct scan {
    const struct search_text *text;
    scan_block group[SCAN_WAYS][3], asked[SCAN_WAYS][3]; /* asked: zero where anything may stand */
    int n;
};

/* Borrows the text. n: up to SCAN_WAYS. */
void scan_begin(struct scan *c, const struct search_text *x, const struct scan_way *ways, int n);
/* The 64 places from `at` on, a bit each; at: a multiple of 64, less than the text's n. */
uint64_t scan_word(const struct scan *c, uint32_t at);
/* Those of them that are the first of a name. */
uint64_t scan_names(const struct search_text *x, uint32_t at);

#endif
