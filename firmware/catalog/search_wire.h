/* SPDX-License-Identifier: Apache-2.0
 *
 * The packed search table of a catalogue, as bytes. hallctl writes it (tools/hallctl/catalog_search.c), the terminal reads
 * it whole and uses it in place. Little-endian; every part begins at a multiple of four:
 *
 *   u32 magic, n_items, n_units, n_syllables, n of names, n of English
 *   syllables  8 bytes each: letters without tone, filled up with NUL ("lv" for lü; some have a second spelling, "lu")
 *   units      struct search_unit. A character and how it is read there: 长 in 长沙 and in 校长 are two units
 *   flags      a byte an item: SEARCH_HERE, SEARCH_PERSON, SEARCH_COMPANY
 *   twice, names and English: ends (u32 an item: behind its last unit), ids (u16 a unit), plane (a byte a unit, then 64 NUL)
 *
 * Items lie in the order of popularity. Those of the first text have their name, then their everyday names, each ended by
 * unit 0. The plane says which letters the readings of a unit begin with (search_groups); a scan of it finds where to look.
 */
#ifndef CATALOG_SEARCH_WIRE_H
#define CATALOG_SEARCH_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define SEARCH_MAGIC 0x31534254u /* "TBS1" */
#define SEARCH_READINGS 7
#define SEARCH_SYLLABLES_MAX 2000
#define SEARCH_ITEMS_MAX 1000000
#define SEARCH_PAD 64

enum { SEARCH_HERE = 1, SEARCH_PERSON = 2, SEARCH_COMPANY = 4 }; /* flags of an item */
enum { SEARCH_INNER = 1, SEARCH_IN_NAMES = 2 };                  /* of a unit: inside a Latin word; used in names */
enum { SEARCH_NAMES, SEARCH_ENGLISH, SEARCH_TEXTS };

struct search_unit {
    uint32_t cp;
    uint8_t flags, n;
    uint16_t syllables[SEARCH_READINGS]; /* the reading that holds here first, then every other one */
};
struct search_text {
    const uint32_t *ends;
    const uint16_t *ids;
    const uint8_t *plane; /* SEARCH_PAD NUL follow */
    uint32_t n;
};
struct search_table {
    uint32_t n_items, n_units, n_syllables;
    const char (*syllables)[8];
    const struct search_unit *units;
    const uint8_t *flags;
    struct search_text text[SEARCH_TEXTS];
};

/* A letter as a bit; 0: it is none, as the NUL behind them, or what is read where a mapped table was cut short. */
static inline uint32_t search_letter(char c)
{
    return c >= 'a' && c <= 'z' ? 1u << (c - 'a') : 0;
}

/* Borrows `data`, which lies at a multiple of four. Whatever passes can be searched without leaving it. -ERR_INVALID. */
int search_table_decode(const void *data, size_t len, struct search_table *ret, struct err *e);
/* The same, but the texts are where they should be and no more is known of them: whoever uses `ends` or `ids` checks what
 * stands there (search_index.h), so that a mapped table need not be read in. */
int search_table_borrow(const void *data, size_t len, struct search_table *ret, struct err *e);

#endif
