/* SPDX-License-Identifier: Apache-2.0
 *
 * See search.h. A scan over the plane, 16 characters at a time, finds the places where a match can begin; the automaton of
 * search_match.c looks at those alone, and with the next key only at those where the last query fits too. What is found is
 * one byte an item, so that counting and paging need no order kept.
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

static size_t words(const struct search_text *x)
{
    return x->n / 64 + 1;
}

static int allocate(struct search *s, struct err *e)
{
    s->found = calloc(s->table.n_items + 1, 1);
    for (int i = 0; i < SEARCH_TEXTS; i++)
        s->kept[i].places = calloc(words(&s->table.text[i]), sizeof *s->kept[i].places);
    if (!s->found || !s->kept[SEARCH_NAMES].places || !s->kept[SEARCH_ENGLISH].places)
        return err_set(e, ERR_NOMEM, "search");
    return 0;
}

int search_open(const void *table, size_t len, struct search **ret, struct err *e)
{
    struct search *s = calloc(1, sizeof *s);
    int rc;

    if (!s)
        return err_set(e, ERR_NOMEM, "search");
    rc = search_table_decode(table, len, &s->table, e);
    if (rc == 0)
        rc = allocate(s, e);
    if (rc < 0) {
        search_close(s);
        return rc;
    }
    *ret = s;
    return 0;
}

void search_forget(struct search *s)
{
    if (s->found)
        secret_wipe(s->found, s->table.n_items);
    for (int i = 0; i < SEARCH_TEXTS; i++) {
        struct kept *k = &s->kept[i];

        if (k->places)
            secret_wipe(k->places, words(&s->table.text[i]) * sizeof *k->places);
        secret_wipe(k->query, sizeof k->query);
        k->n = 0;
    }
    secret_wipe(&s->matcher, sizeof s->matcher);
}

void search_close(struct search *s)
{
    if (!s)
        return;
    search_forget(s);
    for (int i = 0; i < SEARCH_TEXTS; i++)
        free(s->kept[i].places);
    free(s->found);
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
static uint8_t fit_in(const struct walk_hits *hits, uint64_t begins, uint64_t mask)
{
    unsigned other = (hits->other_reading & mask) != 0, holds = (hits->holds & mask) != 0, first = (begins & mask) != 0;

    _Static_assert((FIT_OTHER_READING | FIT_HOLDS) == FIT_HOLDS && FIT_HOLDS + 1 == FIT_BEGINS, "they add up");
    return (uint8_t)((other * FIT_OTHER_READING | holds * FIT_HOLDS) + first);
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
        uint8_t fit = fit_in(hits, begins, between(from, to)), *found = &l->s->found[l->row];

        fit = l->forgiving && fit ? FIT_FORGIVEN : fit;
        *found = fit > *found ? fit : *found;
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

static const uint8_t filter_flag[SEARCH_FILTERS] = {0, SEARCH_HERE, SEARCH_PERSON, SEARCH_COMPANY};

static bool in_filter(const struct search *s, uint32_t row, enum search_filter f)
{
    return !filter_flag[f] || s->table.flags[row] & filter_flag[f];
}

/* Items found that have one of the flags. Sums of a byte each, so that 16 items are added at a time. */
static int count_with(const struct search *s, uint8_t mask)
{
    const uint8_t *found = s->found, *flags = s->table.flags, any = mask ? 0 : 1;
    int all = 0;

    for (uint32_t i = 0; i < s->table.n_items; i += 255) {
        uint32_t n = s->table.n_items - i < 255 ? s->table.n_items - i : 255;
        uint8_t sum = 0;

        for (uint32_t k = i; k < i + n; k++)
            sum += (uint8_t)(found[k] != FIT_NOT) & (uint8_t)(((flags[k] & mask) | any) != 0);
        all += sum;
    }
    return all;
}

static void count(const struct search *s, struct search_answer *ret)
{
    for (int i = 0; i < SEARCH_FILTERS; i++)
        ret->total[i] = count_with(s, filter_flag[i]);
}

/* Nothing typed: everything is found, and any letter leads on that something begins with. */
static void find_all(struct search *s, bool english, struct search_answer *ret)
{
    const struct search_table *t = &s->table;

    memset(s->found, FIT_HOLDS, t->n_items);
    for (uint32_t u = 1; u < t->n_units; u++)
        for (int k = 0; k < t->units[u].n; k++)
            if (!(t->units[u].flags & SEARCH_INNER) && (english || t->units[u].flags & SEARCH_IN_NAMES))
                ret->letters |= 1u << (t->syllables[t->units[u].syllables[k]][0] - 'a');
}

static void find(struct search *s, enum fit fit, int text, struct search_answer *ret)
{
    struct look l = {.s = s, .text = &s->table.text[text], .forgiving = fit == FIT_FORGIVEN};

    if (matcher_begin(&s->matcher, &s->table, l.forgiving, NULL) < 0)
        return;
    if (walk_begin(&l.walk, &s->matcher, NULL) == 0) {
        look_through(&l, &s->kept[text]);
        ret->letters |= walk_letters(&l.walk);
        walk_end(&l.walk);
    }
    matcher_end(&s->matcher);
    count(s, ret);
}

/* Where something fits exactly, forgiving only tells which letters lead on: a mistake made before must not be a trap. */
static void forgive(struct search *s, struct search_answer *ret)
{
    struct search_answer nearly = {0};
    bool exact = ret->total[SEARCH_ALL] > 0;

    find(s, FIT_FORGIVEN, SEARCH_NAMES, &nearly);
    ret->letters |= nearly.letters;
    for (uint32_t i = 0; exact && i < s->table.n_items; i++)
        if (s->found[i] == FIT_FORGIVEN)
            s->found[i] = FIT_NOT;
    if (exact)
        return;
    memcpy(ret->total, nearly.total, sizeof ret->total);
    ret->forgiven = nearly.total[SEARCH_ALL] > 0;
}

void search_run(struct search *s, const struct search_query *q, struct search_answer *ret)
{
    *ret = (struct search_answer){0};
    s->terminal = q->terminal;
    matcher_query(&s->matcher, q->text);
    if (!s->matcher.n) {
        find_all(s, q->english, ret);
        count(s, ret);
        return;
    }
    memset(s->found, FIT_NOT, s->table.n_items);
    find(s, FIT_BEGINS, SEARCH_NAMES, ret);
    if (q->english || !ret->total[SEARCH_ALL])
        find(s, FIT_BEGINS, SEARCH_ENGLISH, ret);
    if (ret->total[SEARCH_ALL] < FEW && s->matcher.n - __builtin_popcount(s->matcher.chars) >= FORGIVING_LETTERS)
        forgive(s, ret);
}

void search_not_here(struct search *s, uint32_t row)
{
    uint8_t *flags = (uint8_t *)(uintptr_t)s->table.flags;

    if (row < s->table.n_items)
        flags[row] &= (uint8_t)~SEARCH_HERE;
}

static uint32_t next_found(const struct search *s, uint32_t from, int fit)
{
    const uint8_t *p = memchr(s->found + from, fit, s->table.n_items - from);

    return p ? (uint32_t)(p - s->found) : s->table.n_items;
}

/* Passes over what was found once for each kind of place in the order, until the page is full. */
int search_rows(const struct search *s, enum search_filter filter, int offset, uint32_t *rows, int n)
{
    int taken = 0;

    for (int later = 0; later <= s->terminal; later++)
        for (int fit = FIT_BEGINS; fit > FIT_NOT; fit--)
            for (uint32_t i = next_found(s, 0, fit); i < s->table.n_items && taken < n; i = next_found(s, i + 1, fit)) {
                bool here = s->table.flags[i] & SEARCH_HERE;

                if (s->terminal && here == later)
                    continue;
                if (in_filter(s, i, filter) && offset-- <= 0)
                    rows[taken++] = i;
            }
    return taken;
}
