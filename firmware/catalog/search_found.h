/* SPDX-License-Identifier: Apache-2.0
 *
 * Which items were found, and how well each fits: a set of items for each kind of fit, a bit an item. An item may be in
 * several; the best counts. For search*.c only.
 */
#ifndef CATALOG_SEARCH_FOUND_H
#define CATALOG_SEARCH_FOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How well an item fits, better and better. */
enum fit { FIT_NOT, FIT_FORGIVEN, FIT_OTHER_READING, FIT_HOLDS, FIT_BEGINS, FITS };

struct found {
    uint32_t n_items, words;
    unsigned used;       /* 1 << fit: something was noted so since it was cleared */
    uint64_t *set[FITS]; /* set[FIT_NOT] says nothing: it takes what is to be left out without a branch */
    uint64_t *memory;
};

/* Of a set of so many items; an even number. */
static inline uint32_t found_words(uint32_t n_items)
{
    return (n_items / 128 + 1) * 2;
}

/* Finds nothing yet. false: out of memory. */
bool found_begin(struct found *f, uint32_t n_items);
void found_end(struct found *f);   /* wipes and frees; takes one that was never begun */
void found_clear(struct found *f); /* nothing is found; as good as wiped */
void found_all(struct found *f, enum fit fit);
/* As if nothing had fitted so. */
void found_drop(struct found *f, enum fit fit);

static inline void found_note(struct found *f, uint32_t item, enum fit fit)
{
    f->used |= 1u << fit;
    f->set[fit][item / 64] |= 1ull << item % 64;
}
/* Every item of the set `items` fits so. */
void found_note_set(struct found *f, const uint64_t *items, enum fit fit);
enum fit found_fit(const struct found *f, uint32_t item);
/* How many were found that are in each of the n sets; NULL: all. */
#define FOUND_SETS_MAX 4
void found_count(const struct found *f, const uint64_t *const *among, int n, uint32_t *ret);

/* What a page is asked of: items that fit so and no better. */
struct found_pass {
    enum fit fit;
    const uint64_t *among; /* of these; NULL: all */
    const uint64_t *here;  /* and of these, or, with not_here, of all others; NULL: all */
    bool not_here;
};
/* Puts them into rows[taken..n) but for the first *skip, which falls by those that were left out. Returns how many rows
 * there are now. */
int found_rows(const struct found *f, const struct found_pass *pass, int *skip, uint32_t *rows, int taken, int n);

#endif
