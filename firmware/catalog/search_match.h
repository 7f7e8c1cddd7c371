/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a query fits the characters from some place on: a small automaton whose states are "the first i characters of the
 * query are used up". For search.c only.
 *
 * A character uses up: itself; the first letter of a reading (zh, ch, sh too); a whole reading; at the end of the query the
 * beginning of one. Forgiving, it uses up a whole reading or, at the end, the beginning of one, and one mistake is allowed.
 */
#ifndef CATALOG_SEARCH_MATCH_H
#define CATALOG_SEARCH_MATCH_H

#include "catalog/search.h"
#include "catalog/search_scan.h"
#include "catalog/search_wire.h"

/* Bit i: i characters of the query are used up. What a path of characters has cost so far is its layer. */
struct match_state {
    uint32_t clean; /* by the readings that hold there */
    uint32_t other; /* by another reading; forgiving: after a mistake */
    uint32_t owed;  /* forgiving: character i comes first, then it goes on at i + 2 (swapped across two readings) */
};

/* What one syllable does in state i; [n_syllables] */
struct match_step {
    uint32_t use;     /* states it leads to */
    uint32_t mistake; /* forgiving: states it leads to by one mistake */
    uint32_t swap;    /* forgiving: owed states it leads to */
    uint32_t repay;   /* forgiving: from the owed state i */
    uint32_t letters; /* that could be typed next */
    uint32_t mistake_letters;
};

struct matcher {
    const struct search_table *table;
    int n;
    bool forgiving;
    uint32_t query[SEARCH_QUERY_MAX]; /* folded; letters are matched by readings, the rest by themselves */
    uint32_t chars;                   /* states whose next character is none of a-z */
    struct match_step *steps;         /* [i * n_syllables + syllable], i from 0 to n */
    struct scan_way ways[SCAN_WAYS];  /* what a place where it can fit looks like in the plane */
    int n_ways;
};

/* Takes the query, folded; more than SEARCH_QUERY_MAX are left out. */
void matcher_query(struct matcher *m, const char *text);
/* Makes the tables. -ERR_NOMEM. */
int matcher_begin(struct matcher *m, const struct search_table *t, bool forgiving, struct err *e);
void matcher_end(struct matcher *m); /* wipes and frees the tables; the query stays */

/* One unit on. *letters gains what could be typed next. */
struct match_state matcher_step(const struct matcher *m, struct match_state s, const struct search_unit *u,
                                uint32_t *letters);
static inline bool matcher_empty(struct match_state s)
{
    return !(s.clean | s.other | s.owed);
}

#endif
