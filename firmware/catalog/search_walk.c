/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_walk.h.
 */
#include "catalog/search_walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

#define SETS_MAX 255
#define SETS_LEAST 16
#define ROWS_MAX 500000 /* bytes */

static void forget_sets(struct walk *w)
{
    secret_wipe(w->sets, (size_t)w->n * sizeof *w->sets);
    secret_wipe(w->rows, (size_t)w->n * w->m->table->n_units);
    memset(w->first, FIRST_LEADS_ON, w->m->table->n_units);
    w->n = WALK_START + 1;
    w->sets[WALK_START] = (struct walk_set){.state.clean = 1, .best = WALK_NOTHING};
}

int walk_begin(struct walk *w, const struct matcher *m, struct err *e)
{
    size_t n_units = m->table->n_units, room = ROWS_MAX / n_units;

    room = room > SETS_MAX ? SETS_MAX : room < SETS_LEAST ? SETS_LEAST : room;
    *w = (struct walk){.m = m, .room = (int)room};
    w->sets = calloc(room, sizeof *w->sets);
    w->rows = calloc(room, n_units);
    w->first = calloc(2, n_units);
    if (!w->sets || !w->rows || !w->first) {
        walk_end(w);
        return err_set(e, ERR_NOMEM, "search");
    }
    w->after = w->first + n_units;
    forget_sets(w);
    return 0;
}

void walk_end(struct walk *w)
{
    if (w->n) {
        forget_sets(w);
        secret_wipe(w->after, w->m->table->n_units);
    }
    free(w->sets);
    free(w->rows);
    free(w->first);
    *w = (struct walk){0};
}

static bool same(const struct walk_set *a, const struct walk_set *b)
{
    return a->best == b->best && a->state.clean == b->state.clean && a->state.other == b->state.other &&
           a->state.owed == b->state.owed;
}

/* Only the state behind the last key is left, from which no step leads on. */
static bool at_end(const struct walk *w, struct match_state s)
{
    return (s.clean | s.other) == 1u << w->m->n && !s.owed;
}

/* The number of a set; 0: there is no room for it. */
static int number(struct walk *w, const struct walk_set *set)
{
    int i = WALK_START + 1;

    if (matcher_empty(set->state))
        return set->best;
    if (at_end(w, set->state))
        return set->best == WALK_HOLDS ? WALK_HOLDS_AT_END : WALK_OTHER_READING_AT_END;
    while (i < w->n && !same(&w->sets[i], set))
        i++;
    if (i == w->room)
        return 0;
    if (i == w->n)
        w->sets[w->n++] = *set;
    return i;
}

static uint8_t first_of(int set)
{
    return set == WALK_NOTHING                ? 0
           : set == WALK_HOLDS_AT_END         ? FIRST_HOLDS
           : set == WALK_OTHER_READING_AT_END ? FIRST_OTHER_READING
                                              : FIRST_LEADS_ON;
}

/* Works out one step. */
static uint8_t learn(struct walk *w, uint8_t set, uint16_t unit)
{
    const struct search_unit *u = &w->m->table->units[unit];
    struct walk_set next = w->sets[set];
    uint32_t done = 1u << w->m->n;
    int i;

    if (set == WALK_START && u->flags & SEARCH_INNER)
        next.state = (struct match_state){0};
    else
        next.state = matcher_step(w->m, next.state, u, &w->letters);
    if (next.state.clean & done)
        next.best = WALK_HOLDS;
    else if (next.state.other & done && next.best == WALK_NOTHING)
        next.best = WALK_OTHER_READING;
    i = number(w, &next);
    if (i) {
        w->rows[(size_t)set * w->m->table->n_units + unit] = (uint8_t)i;
        if (set == WALK_START)
            w->first[unit] = first_of(i);
    } else { /* a query of many ways: begin again with this one */
        forget_sets(w);
        i = number(w, &next);
    }
    return (uint8_t)i;
}

/* How the query fits the units from `ids` on. */
static enum walk_end from(struct walk *w, const uint16_t *ids)
{
    size_t n_units = w->m->table->n_units;
    uint8_t set = WALK_START, next;

    do {
        next = w->rows[set * n_units + *ids];
        set = next ? next : learn(w, set, *ids);
        ids++;
    } while (set > WALK_START);
    if (set < WALK_OTHER_READING_AT_END)
        return (enum walk_end)set;
    w->after[*ids] = 1;
    return set == WALK_HOLDS_AT_END ? WALK_HOLDS : WALK_OTHER_READING;
}

struct walk_hits walk_word(struct walk *w, const uint16_t *ids, uint64_t places)
{
    struct walk_hits hits = {0, 0};
    uint64_t on = 0;

    for (; places; places &= places - 1) {
        int i = __builtin_ctzll(places);
        uint64_t says = w->first[ids[i]];

        hits.holds |= (says & 1) << i;
        hits.other_reading |= (says >> 1 & 1) << i;
        on |= (says >> 2) << i;
    }
    for (uint64_t ends = hits.holds | hits.other_reading; ends; ends &= ends - 1)
        w->after[ids[__builtin_ctzll(ends) + 1]] = 1;
    for (; on; on &= on - 1) {
        int i = __builtin_ctzll(on);
        enum walk_end end = from(w, ids + i);

        hits.holds |= (uint64_t)(end == WALK_HOLDS) << i;
        hits.other_reading |= (uint64_t)(end == WALK_OTHER_READING) << i;
    }
    return hits;
}

uint32_t walk_letters(const struct walk *w)
{
    const struct match_state end = {.clean = 1u << w->m->n};
    uint32_t letters = w->letters;

    for (uint32_t u = 1; u < w->m->table->n_units; u++)
        if (w->after[u])
            matcher_step(w->m, end, &w->m->table->units[u], &letters);
    return letters;
}
