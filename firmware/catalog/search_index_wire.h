/* SPDX-License-Identifier: Apache-2.0
 *
 * The search index of a catalogue, as bytes. A terminal makes it of the packed table (search_index_make.h) when it takes a
 * catalogue over, and uses it in place, mapped: nothing of it is read in but what a query comes by. Little-endian, every
 * part begins at a multiple of eight:
 *
 *   struct index_head
 *   twice, names and English:  nodes, entries, heavies, lists (u32 an item), answers
 *   sets of items              a bit an item, found_words() words each
 *
 * An entry is a place in the text where a match can begin: item << 12 | INDEX_BEGINS | place in the item's text. The nodes
 * are a tree of what stands from such places on: under the root a node for each unit that one begins with, under that one
 * for each unit that follows, and so on. A node's entries lie side by side, those of its children one child after the other.
 * Where few entries are left, or where they part into too many, there are no children, and the text says how each goes on.
 *
 * A node with many entries has them as a set too (`heavy`), and what a query of one or two letters finds stands ready where
 * it is much (`answers`): otherwise the time of the first keys would grow with the number of items.
 */
#ifndef CATALOG_SEARCH_INDEX_WIRE_H
#define CATALOG_SEARCH_INDEX_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "catalog/search_wire.h"

#define INDEX_MAGIC 0x31495354u /* "TSI1" */
#define INDEX_BEGINS 0x800u     /* in an entry: it is the first place of a name */
#define INDEX_PLACE 0x7ffu
#define INDEX_ITEM_SHIFT 12
#define INDEX_DEPTH_MAX 30 /* units: a query has no more characters */
#define INDEX_NONE 0       /* a set, a heavy: numbered from 1 */

struct index_node {
    uint32_t first, n; /* entries */
    uint32_t children; /* the first of them; they come behind the node itself */
    uint32_t heavy;
    uint16_t unit, n_children;
};
struct index_heavy {
    uint32_t set;
    uint32_t begins;   /* those of them that are the first of a name: a set when there are as many as make a node heavy, */
    uint32_t n_begins; /* else from lists[begins] on */
};
/* What a query of up to two letters finds. */
struct index_answer {
    char query[4];
    uint32_t letters; /* bit 0 = a: typed next, it finds something */
    uint32_t begins, holds, other_reading;
};

struct index_sizes {
    uint32_t n_nodes, n_entries, n_heavies, n_lists, n_answers;
};
struct index_head {
    uint32_t magic, n_items, n_sets, heavy_least; /* entries that make a node heavy */
    struct index_sizes size[SEARCH_TEXTS];
    uint32_t nothing[2];
};

struct index_text {
    struct index_sizes size;
    const struct index_node *nodes;
    const uint32_t *entries;
    const struct index_heavy *heavies;
    const uint32_t *lists;
    const struct index_answer *answers;
};
struct search_index {
    uint32_t n_items, n_sets, heavy_least;
    struct index_text text[SEARCH_TEXTS];
    const uint64_t *sets;
};

/* Borrows `data`, which lies at a multiple of eight. Its parts are where they should be; what stands in them is not looked
 * at and must be wherever it is used. -ERR_INVALID. */
int search_index_decode(const void *data, size_t len, struct search_index *ret, struct err *e);
/* A set of the index; NULL: there is none of this number. */
const uint64_t *search_index_set(const struct search_index *x, uint32_t set);

#endif
