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
    if (!w->sets || !w->rows) {
        walk_end(w);
        return err_set(e, ERR_NOMEM, "search");
    }
    forget_sets(w);
    return 0;
}

void walk_end(struct walk *w)
{
    if (w->n)
        forget_sets(w);
    free(w->sets);
    free(w->rows);
    *w = (struct walk){0};
}

static bool same(const struct walk_set *a, const struct walk_set *b)
{
    return a->best == b->best && a->state.clean == b->state.clean && a->state.other == b->state.other &&
           a->state.owed == b->state.owed;
}

/* The number of a set; 0: there is no room for it. */
static int number(struct walk *w, const struct walk_set *set)
{
    int i = WALK_START + 1;

    if (matcher_empty(set->state))
        return set->best;
    while (i < w->n && !same(&w->sets[i], set))
        i++;
    if (i == w->room)
        return 0;
    if (i == w->n)
        w->sets[w->n++] = *set;
    return i;
}

uint8_t walk_learn(struct walk *w, uint8_t set, uint16_t unit)
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
    } else { /* a query of many ways: begin again with this one */
        forget_sets(w);
        i = number(w, &next);
    }
    return (uint8_t)i;
}
