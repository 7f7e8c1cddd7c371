/* SPDX-License-Identifier: Apache-2.0
 *
 * What search compares: the characters of a name or of a query without what people leave out (spaces, brackets, marks),
 * Latin letters small, full-width forms as their narrow ones. hallctl builds the table with it, the terminal asks with it.
 */
#ifndef CATALOG_SEARCH_TEXT_H
#define CATALOG_SEARCH_TEXT_H

#include <stdbool.h>
#include <stdint.h>

/* 0: left out. */
uint32_t search_fold(uint32_t cp);
static inline bool search_is_letter(uint32_t folded)
{
    return folded >= 'a' && folded <= 'z';
}
/* The bits that the letters of the bit mask `letters` (bit 0: a) have in a table's plane. */
uint8_t search_groups(uint32_t letters);

#endif
