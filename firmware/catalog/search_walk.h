/* SPDX-License-Identifier: Apache-2.0
 *
 * The automaton of search_match.h, walked fast: what a set of states becomes by a unit is worked out when it first occurs
 * and remembered, so that a step is one look into a row. The letters that could come next hang on the steps that occur, so
 * they are learnt on the way. For search.c only.
 */
#ifndef CATALOG_SEARCH_WALK_H
#define CATALOG_SEARCH_WALK_H

#include "catalog/search_match.h"

/* A walk that has ended: what it has found. Higher numbers are sets of states. */
enum walk_end { WALK_UNKNOWN, WALK_NOTHING, WALK_OTHER_READING, WALK_HOLDS, WALK_START };

struct walk_set {
    struct match_state state;
    enum walk_end best; /* so far */
};

struct walk {
    const struct matcher *m;
    struct walk_set *sets;
    uint8_t *rows; /* [set * n_units + unit]: the set that follows; WALK_UNKNOWN: not worked out yet */
    int n, room;
    uint32_t letters; /* that could be typed next, of all steps so far */
};

/* Borrows the matcher, which has begun. -ERR_NOMEM. */
int walk_begin(struct walk *w, const struct matcher *m, struct err *e);
void walk_end(struct walk *w); /* wipes and frees */

/* Works out one step. */
uint8_t walk_learn(struct walk *w, uint8_t set, uint16_t unit);

/* Of places from `ids` on (a bit each), those whose first unit leads on, as far as is known. Most do not, and a processor
 * that has to guess which would often guess wrong: so there is no branch. */
static inline uint64_t walk_begins(const struct walk *w, const uint16_t *ids, uint64_t places)
{
    const uint8_t *row = w->rows + WALK_START * (size_t)w->m->table->n_units;
    uint64_t begin = 0;

    for (; places; places &= places - 1) {
        int i = __builtin_ctzll(places);

        begin |= (uint64_t)(row[ids[i]] != WALK_NOTHING) << i;
    }
    return begin;
}

/* How the query fits the units from `ids` on. A text ends with unit 0, which leads nowhere. */
static inline enum walk_end walk_from(struct walk *w, const uint16_t *ids)
{
    size_t n_units = w->m->table->n_units;
    uint8_t set = WALK_START, next;

    do {
        next = w->rows[set * n_units + *ids];
        set = next ? next : walk_learn(w, set, *ids);
        ids++;
    } while (set > WALK_HOLDS);
    return (enum walk_end)set;
}

#endif
