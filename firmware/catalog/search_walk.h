/* SPDX-License-Identifier: Apache-2.0
 *
 * The automaton of search_match.h, walked fast: what a set of states becomes by a unit is worked out when it first occurs
 * and remembered, so that a step is one look into a row. The letters that could come next hang on the steps that occur, so
 * they are learnt on the way. With the first key most places are decided by one unit: those are told apart without a branch.
 * For search.c only.
 */
#ifndef CATALOG_SEARCH_WALK_H
#define CATALOG_SEARCH_WALK_H

#include "catalog/search_match.h"

/* A walk that has ended: what it has found. At the end of the query nothing leads on, and all that the unit behind says is
 * which letters could come next. Higher numbers are sets of states. */
enum walk_end {
    WALK_UNKNOWN,
    WALK_NOTHING,
    WALK_OTHER_READING,
    WALK_HOLDS,
    WALK_OTHER_READING_AT_END,
    WALK_HOLDS_AT_END,
    WALK_START
};

struct walk_set {
    struct match_state state;
    enum walk_end best; /* so far */
};

/* What the first unit of a place says: bits of a byte of `first`. */
enum { FIRST_HOLDS = 1, FIRST_OTHER_READING = 2, FIRST_LEADS_ON = 4 /* or not known yet */ };

struct walk {
    const struct matcher *m;
    struct walk_set *sets;
    uint8_t *rows;  /* [set * n_units + unit]: the set that follows; WALK_UNKNOWN: not worked out yet */
    uint8_t *first; /* [unit]: what row WALK_START says, in short */
    uint8_t *after; /* [unit]: 1: it stands behind a query's end */
    int n, room;
    uint32_t letters; /* that could be typed next, of the steps worked out so far */
};

/* Of 64 places (a bit each), those where the query fits. */
struct walk_hits {
    uint64_t holds, other_reading;
};

/* Borrows the matcher, which has begun. -ERR_NOMEM. */
int walk_begin(struct walk *w, const struct matcher *m, struct err *e);
void walk_end(struct walk *w); /* wipes and frees */
/* Tells `places` from `ids` on apart. A text ends with unit 0, which leads nowhere. */
struct walk_hits walk_word(struct walk *w, const uint16_t *ids, uint64_t places);
/* When all places have been looked at: the letters that could be typed next. */
uint32_t walk_letters(const struct walk *w);

#endif
