/* SPDX-License-Identifier: Apache-2.0
 *
 * Why an item was found: where in its name what was typed stands, or else by which of its everyday names.
 */
#include <string.h>

#include "base/text.h"
#include "catalog/search_inside.h"
#include "catalog/search_text.h"

/* The byte behind the n-th character of `name` that counts. */
static size_t bytes_of(const char *name, uint32_t n, bool before)
{
    const char *p = name, *end = name + strlen(name), *at;

    while (p < end) {
        int32_t cp;

        at = p;
        cp = utf8_next(&p, end);
        if (cp < 0 || !search_fold((uint32_t)cp))
            continue;
        if (before ? !n-- : !--n)
            return (size_t)((before ? at : p) - name);
    }
    return (size_t)(end - name);
}

/* FIT_HOLDS, FIT_OTHER_READING or FIT_NOT from `at` on. *end: behind the match. */
static enum fit match_at(const struct matcher *m, const struct search_text *x, uint32_t at, uint32_t *ret_end)
{
    struct match_state s = {.clean = !(m->table->units[x->ids[at]].flags & SEARCH_INNER)};
    uint32_t done = 1u << m->n, letters = 0;
    enum fit fit = FIT_NOT;

    while (!matcher_empty(s)) {
        s = matcher_step(m, s, &m->table->units[x->ids[at++]], &letters);
        if (fit != FIT_HOLDS && s.clean & done) {
            fit = FIT_HOLDS;
            *ret_end = at;
        } else if (fit == FIT_NOT && s.other & done) {
            fit = FIT_OTHER_READING;
            *ret_end = at;
        }
    }
    return fit;
}

/* The best place in the name that begins at `begin`: [*from, *to), counted from there. */
static enum fit place_in(const struct search *s, uint32_t begin, uint32_t *from, uint32_t *to)
{
    const struct search_text *x = &s->table.text[SEARCH_NAMES];
    enum fit best = FIT_NOT;

    for (uint32_t at = begin; x->ids[at]; at++) {
        uint32_t end = 0;
        enum fit fit = match_at(&s->matcher, x, at, &end);

        if (fit <= best)
            continue;
        best = fit;
        *from = at - begin;
        *to = end - begin;
    }
    return best;
}

static uint32_t first_name(const struct search *s, uint32_t row)
{
    return row ? s->table.text[SEARCH_NAMES].ends[row - 1] : 0;
}

/* The row can be looked at by the last query, in the way in which it was found. */
static bool begin(struct search *s, uint32_t row)
{
    if (row >= s->table.n_items || !s->matcher.n)
        return false;
    s->damaged |= s->indexed && !search_index_row_good(&s->table, SEARCH_NAMES, row);
    return !s->damaged && matcher_begin(&s->matcher, &s->table, found_fit(&s->found, row) == FIT_FORGIVEN, NULL) == 0;
}

bool search_place(struct search *s, uint32_t row, const char *name, size_t *ret_from, size_t *ret_to)
{
    uint32_t from, to;
    bool found = false;

    if (begin(s, row))
        found = place_in(s, first_name(s, row), &from, &to) != FIT_NOT;
    matcher_end(&s->matcher);
    if (found) {
        *ret_from = bytes_of(name, from, true);
        *ret_to = bytes_of(name, to, false);
    }
    return found;
}

/* --- by which other name --- */

static uint32_t name_end(const struct search_text *x, uint32_t at)
{
    while (x->ids[at])
        at++;
    return at;
}

/* The everyday names stand behind the name, each ended by unit 0. Returns where the best of them begins; 0: none fits. */
static uint32_t other_name(const struct search *s, uint32_t row)
{
    const struct search_text *x = &s->table.text[SEARCH_NAMES];
    uint32_t at = name_end(x, first_name(s, row)) + 1, end = x->ends[row], best_at = 0, from, to;
    enum fit best = FIT_NOT;

    for (; at < end; at = name_end(x, at) + 1) {
        enum fit fit = place_in(s, at, &from, &to);

        if (fit <= best)
            continue;
        best = fit;
        best_at = at;
    }
    return best_at;
}

static void spell(const struct search *s, uint32_t at, char *out, size_t cap)
{
    const struct search_text *x = &s->table.text[SEARCH_NAMES];
    size_t len = 0;
    char utf8[4];

    for (; x->ids[at]; at++) {
        size_t n = utf8_put(s->table.units[x->ids[at]].cp, utf8);

        if (len + n >= cap)
            break;
        memcpy(out + len, utf8, n);
        len += n;
    }
    out[len] = '\0';
}

bool search_also(struct search *s, uint32_t row, char *out, size_t cap)
{
    uint32_t at = 0, from, to;

    out[0] = '\0';
    if (begin(s, row) && place_in(s, first_name(s, row), &from, &to) == FIT_NOT)
        at = other_name(s, row);
    matcher_end(&s->matcher);
    if (at)
        spell(s, at, out, cap);
    return at != 0;
}
