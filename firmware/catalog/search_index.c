/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_index.h.
 */
#include "catalog/search_index.h"

#include <string.h>

/* One query in one text. */
struct finder {
    const struct search_index *index;
    const struct index_text *x;
    const struct search_table *table;
    const struct search_text *text;
    const struct matcher *m;
    struct found *found;
    uint8_t *after; /* [unit]: 1: it stands behind a query's end */
    uint32_t letters;
    uint32_t nodes; /* that may still be looked at: no path leads twice to one, so that there is an end also in a damaged */
    uint64_t entries; /* tree; of entries as well */
    bool damaged;
};

static void damaged(struct finder *f)
{
    f->damaged = true;
    f->nodes = 0;
    f->entries = 0;
}

/* Whether there are so many left to look at. */
static bool may_look(struct finder *f, uint32_t n)
{
    if (n > f->entries)
        damaged(f);
    else
        f->entries -= n;
    return !f->damaged;
}

/* The entries of a node, at most all; NULL and *ret_n = 0: they are none. */
static const uint32_t *entries_of(struct finder *f, const struct index_node *node, uint32_t *ret_n)
{
    *ret_n = 0;
    if (node->first > f->x->size.n_entries || node->n > f->x->size.n_entries - node->first || !may_look(f, node->n)) {
        damaged(f);
        return NULL;
    }
    *ret_n = node->n;
    return f->x->entries + node->first;
}

static uint32_t item_of(const struct finder *f, uint32_t entry)
{
    uint32_t item = entry >> INDEX_ITEM_SHIFT;

    return item < f->table->n_items ? item : UINT32_MAX;
}

/* The unit `depth` behind an entry's place; 0, which leads nowhere, if there is none. */
static const struct search_unit *unit_of(struct finder *f, uint32_t entry, uint32_t depth)
{
    uint32_t item = item_of(f, entry);
    uint64_t at = (entry & INDEX_PLACE) + (uint64_t)depth;
    uint16_t id = 0;

    if (item != UINT32_MAX)
        at += item ? f->text->ends[item - 1] : 0;
    if (item == UINT32_MAX || at >= f->text->n)
        damaged(f);
    else
        id = f->text->ids[at];
    if (id >= f->table->n_units) {
        damaged(f);
        id = 0;
    }
    return &f->table->units[id];
}

/* --- noting --- */

/* How well a query fits where these states are reached. */
static enum fit fit_of(const struct finder *f, struct match_state s)
{
    uint32_t end = 1u << f->m->n;

    if (f->m->forgiving)
        return (s.clean | s.other) & end ? FIT_FORGIVEN : FIT_NOT;
    return s.clean & end ? FIT_HOLDS : s.other & end ? FIT_OTHER_READING : FIT_NOT;
}

static void note_entry(struct finder *f, uint32_t entry, enum fit fit)
{
    uint32_t item = item_of(f, entry);

    if (item == UINT32_MAX)
        damaged(f);
    else
        found_note(f->found, item, fit == FIT_HOLDS && entry & INDEX_BEGINS ? FIT_BEGINS : fit);
}

static void note_entries(struct finder *f, const struct index_node *node, enum fit fit)
{
    uint64_t *const sets[2] = {f->found->set[fit], f->found->set[fit == FIT_HOLDS ? FIT_BEGINS : fit]};
    uint32_t n, n_items = f->table->n_items, bad = 0;
    const uint32_t *entries = entries_of(f, node, &n);

    f->found->used |= 1u << fit | (fit == FIT_HOLDS ? 1u << FIT_BEGINS : 0);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t item = entries[i] >> INDEX_ITEM_SHIFT, out = item >= n_items;

        item = out ? 0 : item;
        bad |= out;
        sets[(entries[i] & INDEX_BEGINS) != 0][item / 64] |= 1ull << item % 64;
    }
    if (bad)
        damaged(f);
}

static void note_begins(struct finder *f, const struct index_heavy *h)
{
    if (h->n_begins >= f->index->heavy_least) {
        const uint64_t *set = search_index_set(f->index, h->begins);

        if (set)
            found_note_set(f->found, set, FIT_BEGINS);
        else
            damaged(f);
        return;
    }
    if (h->begins > f->x->size.n_lists || h->n_begins > f->x->size.n_lists - h->begins) {
        damaged(f);
        return;
    }
    for (uint32_t i = 0; i < h->n_begins; i++)
        if (f->x->lists[h->begins + i] < f->table->n_items)
            found_note(f->found, f->x->lists[h->begins + i], FIT_BEGINS);
        else
            damaged(f);
}

static void note_node(struct finder *f, const struct index_node *node, enum fit fit)
{
    const struct index_heavy *h;
    const uint64_t *set;

    if (node->heavy == INDEX_NONE) {
        note_entries(f, node, fit);
        return;
    }
    h = node->heavy <= f->x->size.n_heavies ? &f->x->heavies[node->heavy - 1] : NULL;
    set = h ? search_index_set(f->index, h->set) : NULL;
    if (!set) {
        damaged(f);
        return;
    }
    found_note_set(f->found, set, fit);
    if (fit == FIT_HOLDS)
        note_begins(f, h);
}

/* --- walking --- */

static bool at_end(const struct finder *f, struct match_state s)
{
    return (s.clean | s.other) == 1u << f->m->n && !s.owed;
}

/* Children in turn; NULL: there are no more, or it is damaged. */
static const struct index_node *child_of(struct finder *f, uint32_t node, uint32_t i)
{
    const struct index_node *of = &f->x->nodes[node];

    if (i >= of->n_children || f->damaged)
        return NULL;
    if (of->children <= node || of->children >= f->x->size.n_nodes || of->n_children > f->x->size.n_nodes - of->children ||
        !f->nodes) {
        damaged(f);
        return NULL;
    }
    f->nodes--;
    if (f->x->nodes[of->children + i].unit >= f->table->n_units) {
        damaged(f);
        return NULL;
    }
    return &f->x->nodes[of->children + i];
}

/* The query ends here: all that the next unit says is which letters could come. */
static void look_behind(struct finder *f, uint32_t node, uint32_t depth)
{
    const struct index_node *child;
    const uint32_t *entries;
    uint32_t n;

    if (f->x->nodes[node].n_children) {
        for (uint32_t i = 0; (child = child_of(f, node, i)); i++)
            f->after[child->unit] = 1;
        return;
    }
    entries = entries_of(f, &f->x->nodes[node], &n);
    for (uint32_t i = 0; i < n && !f->damaged; i++)
        f->after[unit_of(f, entries[i], depth) - f->table->units] = 1;
}

/* Where the tree ends the text goes on. `best` was noted of all of them. */
static void walk_entries(struct finder *f, const struct index_node *node, struct match_state from, enum fit best,
                         uint32_t depth)
{
    uint32_t n;
    const uint32_t *entries = entries_of(f, node, &n);

    for (uint32_t i = 0; i < n && !f->damaged; i++) {
        struct match_state s = from;
        enum fit noted = best;

        for (uint32_t d = depth; !matcher_empty(s) && !f->damaged; d++) {
            enum fit fit = fit_of(f, s);

            if (fit > noted) {
                note_entry(f, entries[i], fit);
                noted = fit;
            }
            const struct search_unit *u = unit_of(f, entries[i], d);

            if (at_end(f, s)) {
                f->after[u - f->table->units] = 1;
                break;
            }
            s = matcher_step(f->m, s, u, &f->letters);
        }
    }
}

/* A node and what is below it, of which `best` was noted. Every step uses up a character of the query, so that this goes no
 * deeper than it is long. */
static void walk_node(struct finder *f, uint32_t node, struct match_state s, enum fit best, uint32_t depth)
{
    const struct index_node *child;
    enum fit fit = fit_of(f, s);

    if (fit > best) {
        note_node(f, &f->x->nodes[node], fit);
        best = fit;
    }
    if (at_end(f, s)) {
        look_behind(f, node, depth);
        return;
    }
    if (!f->x->nodes[node].n_children) {
        walk_entries(f, &f->x->nodes[node], s, best, depth);
        return;
    }
    for (uint32_t i = 0; (child = child_of(f, node, i)); i++) {
        struct match_state next = matcher_step(f->m, s, &f->table->units[child->unit], &f->letters);

        if (!matcher_empty(next))
            walk_node(f, f->x->nodes[node].children + i, next, best, depth + 1);
    }
}

static void tell_letters(struct finder *f)
{
    const struct match_state end = {.clean = 1u << f->m->n};

    for (uint32_t u = 1; u < f->table->n_units; u++)
        if (f->after[u])
            matcher_step(f->m, end, &f->table->units[u], &f->letters);
    memset(f->after, 0, f->table->n_units);
}

/* --- what stands ready --- */

static const struct index_answer *find_answer(const struct finder *f)
{
    char query[4] = "";

    if (f->m->forgiving || f->m->chars || f->m->n > 2)
        return NULL;
    for (int i = 0; i < f->m->n; i++)
        query[i] = (char)f->m->query[i];
    for (uint32_t i = 0; i < f->x->size.n_answers; i++)
        if (!memcmp(f->x->answers[i].query, query, sizeof query))
            return &f->x->answers[i];
    return NULL;
}

static void take_answer(struct finder *f, const struct index_answer *a)
{
    const uint32_t numbers[] = {a->begins, a->holds, a->other_reading};
    static const enum fit fits[] = {FIT_BEGINS, FIT_HOLDS, FIT_OTHER_READING};

    for (int i = 0; i < 3; i++) {
        const uint64_t *set = search_index_set(f->index, numbers[i]);

        if (set)
            found_note_set(f->found, set, fits[i]);
        else if (numbers[i] != INDEX_NONE)
            damaged(f);
    }
    f->letters |= a->letters;
}

int search_index_find(const struct search_index *x, int text, const struct matcher *m, struct found *found, uint8_t *after,
                      uint32_t *letters)
{
    struct finder f = {.index = x,
                       .x = &x->text[text],
                       .table = m->table,
                       .text = &m->table->text[text],
                       .m = m,
                       .found = found,
                       .after = after,
                       .nodes = x->text[text].size.n_nodes,
                       .entries = 3 * (uint64_t)x->text[text].size.n_entries};
    const struct index_answer *answer = find_answer(&f);

    if (answer) {
        take_answer(&f, answer);
    } else {
        walk_node(&f, 0, (struct match_state){.clean = 1}, FIT_NOT, 0);
        tell_letters(&f);
    }
    *letters |= f.letters;
    return f.damaged ? -ERR_CHECKSUM : 0;
}

bool search_index_row_good(const struct search_table *t, int text, uint32_t row)
{
    const struct search_text *x = &t->text[text];
    uint32_t begin = row ? x->ends[row - 1] : 0, end = x->ends[row];

    if (begin >= end || end > x->n || x->ids[end - 1])
        return false;
    for (uint32_t at = begin; at < end; at++)
        if (x->ids[at] >= t->n_units)
            return false;
    return true;
}
