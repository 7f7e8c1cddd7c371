/* SPDX-License-Identifier: Apache-2.0
 *
 * See search.h. By an index the automaton of search_match.c walks its tree. Without one a scan over the plane, 16 characters
 * at a time, finds the places where a match can begin; the automaton looks at those alone, and with the next key only at
 * those where the last query fits too. What is found is a bit an item, so that counting and paging need no order kept.
 */
#include "catalog/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "catalog/search_inside.h"
#include "catalog/search_scan.h"
#include "catalog/search_walk.h"

#define FEW 3               /* fewer found: it is worth while to forgive */
#define FORGIVING_LETTERS 4 /* from so many letters on */

#define FLAGS 3

static size_t words(const struct search_text *x)
{
    return x->n / 64 + 1;
}

/* Which items have which flag. */
static bool fill_flags(struct search *s)
{
    for (int f = 0; f < FLAGS; f++) {
        s->flags[f] = calloc(found_words(s->table.n_items), sizeof(uint64_t));
        if (!s->flags[f])
            return false;
        for (uint32_t i = 0; i < s->table.n_items; i++)
            s->flags[f][i / 64] |= (uint64_t)(s->table.flags[i] >> f & 1) << i % 64;
    }
    return true;
}

static int allocate(struct search *s, struct err *e)
{
    bool enough = found_begin(&s->found, s->table.n_items) && fill_flags(s);

    if (s->indexed)
        enough = enough && (s->after = calloc(s->table.n_units, 1));
    for (int i = 0; i < SEARCH_TEXTS && !s->indexed; i++)
        enough = enough && (s->kept[i].places = calloc(words(&s->table.text[i]), sizeof *s->kept[i].places));
    return enough ? 0 : err_set(e, ERR_NOMEM, "search");
}

static int finish_open(struct search *s, int rc, struct search **ret, struct err *e)
{
    if (rc == 0)
        rc = allocate(s, e);
    *ret = rc < 0 ? NULL : s;
    if (rc < 0)
        search_close(s);
    return rc;
}

int search_open(const void *table, size_t len, struct search **ret, struct err *e)
{
    struct search *s = calloc(1, sizeof *s);

    if (!s)
        return err_set(e, ERR_NOMEM, "search");
    return finish_open(s, search_table_decode(table, len, &s->table, e), ret, e);
}

int search_open_index(const void *table, size_t len, const void *index, size_t index_len, struct search **ret, struct err *e)
{
    struct search *s = *ret = calloc(1, sizeof *s);
    int rc;

    if (!s)
        return err_set(e, ERR_NOMEM, "search");
    s->indexed = true;
    rc = search_table_borrow(table, len, &s->table, e);
    if (rc == 0)
        rc = search_index_decode(index, index_len, &s->index, e);
    if (rc == 0 && s->index.n_items != s->table.n_items)
        rc = err_set(e, ERR_INVALID, "the search index is of another table");
    return finish_open(s, rc, ret, e);
}

bool search_damaged(const struct search *s)
{
    return s->damaged;
}

void search_forget(struct search *s)
{
    if (s->found.memory)
        found_clear(&s->found);
    for (int i = 0; i < SEARCH_TEXTS; i++) {
        struct kept *k = &s->kept[i];

        if (k->places)
            secret_wipe(k->places, words(&s->table.text[i]) * sizeof *k->places);
        secret_wipe(k->query, sizeof k->query);
        k->n = 0;
    }
    if (s->after)
        secret_wipe(s->after, s->table.n_units);
    matcher_end(&s->matcher);
    secret_wipe(&s->matcher, sizeof s->matcher);
}

void search_close(struct search *s)
{
    if (!s)
        return;
    search_forget(s);
    for (int i = 0; i < SEARCH_TEXTS; i++)
        free(s->kept[i].places);
    for (int f = 0; f < FLAGS; f++)
        free(s->flags[f]);
    free(s->after);
    found_end(&s->found);
    free(s);
}

/* --- looking at places --- */

/* One text of all items under way. */
struct look {
    struct search *s;
    const struct search_text *text;
    struct walk walk;
    bool forgiving;
    uint32_t row;
};

/* The places from `from` up to `to`, of 64. */
static uint64_t between(uint32_t from, uint32_t to)
{
    return (to < 64 ? (1ull << to) - 1 : UINT64_MAX) & ~((1ull << from) - 1);
}

/* The best of what begins (and so holds), holds or fits by another reading within the mask. No branch: which of them it is
 * cannot be guessed, item by item. */
static unsigned fit_in(const struct walk_hits *hits, uint64_t begins, uint64_t mask)
{
    unsigned other = (hits->other_reading & mask) != 0, holds = (hits->holds & mask) != 0, first = (begins & mask) != 0;

    _Static_assert((FIT_OTHER_READING | FIT_HOLDS) == FIT_HOLDS && FIT_HOLDS + 1 == FIT_BEGINS, "they add up");
    return (other * FIT_OTHER_READING | holds * FIT_HOLDS) + first;
}

/* Hits among the 64 places from `at` on. Row by row and not hit by hit: with the first key there are many in each. */
static void take_hits(struct look *l, uint32_t at, const struct walk_hits *hits)
{
    const uint32_t *ends = l->text->ends, n_items = l->s->table.n_items;
    uint64_t begins = scan_names(l->text, at) & hits->holds;

    while (ends[l->row] <= at)
        l->row++;
    for (uint32_t from = 0; from < 64 && l->row < n_items; l->row++) {
        uint32_t to = ends[l->row] - at;
        unsigned fit = fit_in(hits, begins, between(from, to));

        found_note(&l->s->found, l->row, (enum fit)(l->forgiving && fit ? FIT_FORGIVEN : fit));
        if (to >= 64) /* it may go on behind */
            break;
        from = to;
    }
}

/* What fits a query fits its beginning too, at the same places: they are kept for the next key. */
static void look_through(struct look *l, struct kept *kept)
{
    const struct matcher *m = &l->s->matcher;
    bool narrowed = !l->forgiving && kept->n && kept->n <= m->n &&
                    !memcmp(kept->query, m->query, kept->n * sizeof *m->query);
    struct scan c;

    scan_begin(&c, l->text, m->ways, m->n_ways);
    for (uint32_t at = 0; at < l->text->n; at += 64) {
        uint64_t places = narrowed ? kept->places[at / 64] : UINT64_MAX;
        struct walk_hits hits = {0, 0};

        if (places)
            places &= scan_word(&c, at);
        if (places)
            hits = walk_word(&l->walk, l->text->ids + at, places);
        if (hits.holds | hits.other_reading)
            take_hits(l, at, &hits);
        if (!l->forgiving)
            kept->places[at / 64] = hits.holds | hits.other_reading;
    }
    if (l->forgiving)
        return;
    memcpy(kept->query, m->query, sizeof kept->query);
    kept->n = m->n;
}

/* --- a query --- */

/* The items a filter lets through; NULL: all. */
static const uint64_t *let_through(const struct search *s, enum search_filter filter)
{
    return filter == SEARCH_ALL ? NULL : s->flags[filter - SEARCH_AT_TERMINAL];
}
_Static_assert(SEARCH_HERE == 1 << (SEARCH_AT_TERMINAL - 1) && SEARCH_PERSON == 1 << (SEARCH_FOR_PERSON - 1) &&
                   SEARCH_COMPANY == 1 << (SEARCH_FOR_COMPANY - 1) && SEARCH_FILTERS == FLAGS + 1,
               "a filter for each flag, in their order");

static void count(const struct search *s, struct search_answer *ret)
{
    const uint64_t *const among[SEARCH_FILTERS] = {NULL, s->flags[0], s->flags[1], s->flags[2]};
    uint32_t n[SEARCH_FILTERS];

    _Static_assert(SEARCH_FILTERS <= FOUND_SETS_MAX, "all at once");
    found_count(&s->found, among, SEARCH_FILTERS, n);
    for (int i = 0; i < SEARCH_FILTERS; i++)
        ret->total[i] = (int)n[i];
}

/* Nothing typed: everything is found, and any letter leads on that something begins with. */
static void find_all(struct search *s, bool english, struct search_answer *ret)
{
    const struct search_table *t = &s->table;

    found_all(&s->found, FIT_HOLDS);
    for (uint32_t u = 1; u < t->n_units; u++)
        for (int k = 0; k < t->units[u].n; k++)
            if (!(t->units[u].flags & SEARCH_INNER) && (english || t->units[u].flags & SEARCH_IN_NAMES))
                ret->letters |= search_letter(t->syllables[t->units[u].syllables[k]][0]);
}

static void find_by_scan(struct search *s, int text, struct search_answer *ret)
{
    struct look l = {.s = s, .text = &s->table.text[text], .forgiving = s->matcher.forgiving};

    if (walk_begin(&l.walk, &s->matcher, NULL) < 0)
        return;
    look_through(&l, &s->kept[text]);
    ret->letters |= walk_letters(&l.walk);
    walk_end(&l.walk);
}

static void find(struct search *s, bool forgiving, int text, struct search_answer *ret)
{
    if (s->damaged || matcher_begin(&s->matcher, &s->table, forgiving, NULL) < 0)
        return;
    if (!s->indexed)
        find_by_scan(s, text, ret);
    else
        s->damaged = search_index_find(&s->index, text, &s->matcher, &s->found, s->after, &ret->letters) < 0;
    matcher_end(&s->matcher);
    count(s, ret);
}

/* Where something fits exactly, forgiving only tells which letters lead on: a mistake made before must not be a trap. */
static void forgive(struct search *s, struct search_answer *ret)
{
    struct search_answer nearly = {0};
    bool exact = ret->total[SEARCH_ALL] > 0;

    find(s, true, SEARCH_NAMES, &nearly);
    ret->letters |= nearly.letters;
    if (exact) {
        found_drop(&s->found, FIT_FORGIVEN);
        return;
    }
    memcpy(ret->total, nearly.total, sizeof ret->total);
    ret->forgiven = nearly.total[SEARCH_ALL] > 0;
}

void search_run(struct search *s, const struct search_query *q, struct search_answer *ret)
{
    *ret = (struct search_answer){0};
    s->terminal = q->terminal;
    found_clear(&s->found);
    matcher_query(&s->matcher, q->text);
    if (!s->matcher.n) {
        find_all(s, q->english, ret);
        count(s, ret);
        return;
    }
    find(s, false, SEARCH_NAMES, ret);
    if (q->english || !ret->total[SEARCH_ALL])
        find(s, false, SEARCH_ENGLISH, ret);
    if (ret->total[SEARCH_ALL] < FEW && s->matcher.n - __builtin_popcount(s->matcher.chars) >= FORGIVING_LETTERS)
        forgive(s, ret);
}

void search_not_here(struct search *s, uint32_t row)
{
    if (row < s->table.n_items)
        s->flags[0][row / 64] &= ~(1ull << row % 64);
}

/* Passes over what was found once for each kind of place in the order, until the page is full. */
int search_rows(const struct search *s, enum search_filter filter, int offset, uint32_t *rows, int n)
{
    struct found_pass pass = {.among = let_through(s, filter)};
    int taken = 0, skip = offset > 0 ? offset : 0;

    for (int later = 0; later <= s->terminal; later++)
        for (int fit = FIT_BEGINS; fit > FIT_NOT && taken < n; fit--) {
            pass.fit = (enum fit)fit;
            pass.here = s->terminal ? s->flags[0] : NULL;
            pass.not_here = later;
            taken = found_rows(&s->found, &pass, &skip, rows, taken, n);
        }
    return taken;
}
