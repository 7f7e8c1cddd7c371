/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_index_make.h. The tree grows level by level: a node's entries are sorted by the unit that follows, and each run
 * of the same unit becomes a child. Nothing else is ever sorted.
 */
#include "catalog/search_index_make.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/search_index.h"

#define FEW 16    /* entries that the text itself may tell apart */
#define MANY 1024 /* that it must not, however many units follow */
#define WORTH 4   /* entries a child, between the two: else the text */
#define HEAVY_SHARE                                                                                                         \
    64                  /* of the items: as many entries make a node heavy; then its set is no larger than twice their list \
                         */
#define HEAVY_LEAST 256 /* entries */
#define ANSWER_SHARE 8  /* of the items: as many found by a query of two letters make it worth an answer of its own */
#define ENTRY_ITEMS_MAX (1u << (32 - INDEX_ITEM_SHIFT))

_Static_assert(SEARCH_ITEMS_MAX <= ENTRY_ITEMS_MAX, "every item has a number in an entry");

struct maker {
    const struct search_table *table;
    uint32_t heavy_least, n_sets;
    struct buf sets;
    struct index_text made[SEARCH_TEXTS]; /* as decoded, of what stands in the parts below */
    struct buf nodes[SEARCH_TEXTS], entries[SEARCH_TEXTS], heavies[SEARCH_TEXTS], lists[SEARCH_TEXTS], answers[SEARCH_TEXTS];
    struct buf bits;      /* one set */
    uint32_t *sorted;     /* scratch, as many as there are entries */
    uint16_t *key, *keys; /* the unit that follows, of each entry; sorted */
};

/* The text that is being indexed. */
struct maker_text {
    struct maker *m;
    const struct search_text *text;
    struct buf *nodes, *entries, *heavies, *lists;
};

static uint32_t *entries_of(const struct maker_text *x)
{
    return (uint32_t *)(void *)x->entries->data;
}

static struct index_node *node_at(const struct maker_text *x, uint32_t i)
{
    return (struct index_node *)(void *)x->nodes->data + i;
}

static uint32_t count_nodes(const struct maker_text *x)
{
    return (uint32_t)(x->nodes->len / sizeof(struct index_node));
}

/* --- entries --- */

/* Each place of an item's text that no match passes by: not the end of a name, not within a Latin word. */
static int add_entries(const struct maker_text *x, uint32_t item, uint32_t begin, uint32_t end, struct err *e)
{
    const struct search_unit *units = x->m->table->units;

    if (end - begin > INDEX_PLACE + 1)
        return err_set(e, ERR_TOOLONG, "the names of item %u together", item);
    for (uint32_t at = begin; at < end; at++) {
        uint16_t id = x->text->ids[at];
        bool begins = at == begin || !x->text->ids[at - 1];
        uint32_t entry = item << INDEX_ITEM_SHIFT | (begins ? INDEX_BEGINS : 0) | (at - begin);

        if (id && !(units[id].flags & SEARCH_INNER) && buf_add(x->entries, &entry, sizeof entry) < 0)
            return err_set(e, ERR_NOMEM, "the search index");
    }
    return 0;
}

static uint16_t unit_behind(const struct maker_text *x, uint32_t entry, uint32_t depth)
{
    uint32_t item = entry >> INDEX_ITEM_SHIFT;

    return x->text->ids[(item ? x->text->ends[item - 1] : 0) + (entry & INDEX_PLACE) + depth];
}

/* --- sets --- */

static void set_bits(struct maker *m, const uint32_t *entries, uint32_t n, uint32_t mask)
{
    uint64_t *bits = (uint64_t *)(void *)m->bits.data;

    memset(bits, 0, m->bits.len);
    for (uint32_t i = 0; i < n; i++)
        if ((entries[i] & mask) == mask) {
            uint32_t item = entries[i] >> INDEX_ITEM_SHIFT;

            bits[item / 64] |= 1ull << item % 64;
        }
}

/* Its number, from 1. */
static uint32_t add_set(struct maker *m, const uint64_t *bits)
{
    buf_add(&m->sets, bits, m->bits.len);
    return ++m->n_sets;
}

static uint32_t add_heavy(const struct maker_text *x, const uint32_t *entries, uint32_t n)
{
    struct maker *m = x->m;
    struct index_heavy h = {.begins = (uint32_t)(x->lists->len / sizeof(uint32_t))};

    set_bits(m, entries, n, 0);
    h.set = add_set(m, (const uint64_t *)(const void *)m->bits.data);
    for (uint32_t i = 0; i < n; i++)
        h.n_begins += (entries[i] & INDEX_BEGINS) != 0;
    if (h.n_begins >= m->heavy_least) {
        set_bits(m, entries, n, INDEX_BEGINS);
        h.begins = add_set(m, (const uint64_t *)(const void *)m->bits.data);
    } else {
        for (uint32_t i = 0; i < n; i++) {
            uint32_t item = entries[i] >> INDEX_ITEM_SHIFT;

            if (entries[i] & INDEX_BEGINS)
                buf_add(x->lists, &item, sizeof item);
        }
    }
    buf_add(x->heavies, &h, sizeof h);
    return (uint32_t)(x->heavies->len / sizeof h);
}

/* --- the tree --- */

/* By key, and those of one key in their order: by the low byte, then by the high one. */
static void sort(struct maker *m, uint32_t *entries, uint32_t n)
{
    for (int shift = 0; shift < 16; shift += 8) {
        uint32_t at[256] = {0}, sum = 0;

        for (uint32_t i = 0; i < n; i++)
            at[m->key[i] >> shift & 0xff]++;
        for (int k = 0; k < 256; k++) {
            uint32_t count = at[k];

            at[k] = sum;
            sum += count;
        }
        for (uint32_t i = 0; i < n; i++) {
            uint32_t to = at[m->key[i] >> shift & 0xff]++;

            m->sorted[to] = entries[i];
            m->keys[to] = m->key[i];
        }
        memcpy(entries, m->sorted, n * sizeof *entries);
        memcpy(m->key, m->keys, n * sizeof *m->key);
    }
}

static uint32_t count_runs(const uint16_t *key, uint32_t n)
{
    uint32_t runs = n > 0;

    for (uint32_t i = 1; i < n; i++)
        runs += key[i] != key[i - 1];
    return runs;
}

/* A child that has all its node's entries has its node's set. */
static int add_child(const struct maker_text *x, const struct index_node *of, uint32_t first, uint32_t n, uint16_t unit)
{
    struct index_node child = {.first = first, .n = n, .unit = unit};

    if (n >= x->m->heavy_least)
        child.heavy = n == of->n && of->heavy ? of->heavy : add_heavy(x, entries_of(x) + first, n);
    return buf_add(x->nodes, &child, sizeof child);
}

static int grow(const struct maker_text *x, uint32_t at, uint32_t depth)
{
    struct index_node of = *node_at(x, at);
    uint16_t *key = x->m->key;
    uint32_t runs;
    int rc = 0;

    if ((at && !of.unit) || of.n <= (depth > 0 ? FEW : 0))
        return 0;
    for (uint32_t i = 0; i < of.n; i++)
        key[i] = unit_behind(x, entries_of(x)[of.first + i], depth);
    sort(x->m, entries_of(x) + of.first, of.n);
    runs = count_runs(key, of.n);
    if (runs > UINT16_MAX || (depth && of.n <= MANY && runs > of.n / WORTH))
        return 0;
    of.children = count_nodes(x);
    of.n_children = (uint16_t)runs;
    *node_at(x, at) = of;
    for (uint32_t i = 0, begin = 0; i < of.n && rc == 0; i++)
        if (i + 1 == of.n || key[i + 1] != key[i]) {
            rc = add_child(x, &of, of.first + begin, i + 1 - begin, key[i]);
            begin = i + 1;
        }
    return rc;
}

static int grow_all(const struct maker_text *x, struct err *e)
{
    uint32_t at = 0, depth = 0, level = 1; /* where the nodes of the next level begin */
    int rc = 0;

    for (; rc == 0 && depth < INDEX_DEPTH_MAX && at < level; depth++, level = count_nodes(x))
        for (; rc == 0 && at < level; at++)
            rc = grow(x, at, depth);
    return rc < 0 ? err_set(e, ERR_NOMEM, "the search index") : 0;
}

/* --- answers --- */

static bool anything(const uint64_t *set, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++)
        if (set[i])
            return true;
    return false;
}

static uint32_t add_found(struct maker *m, const struct found *f, enum fit fit)
{
    return anything(f->set[fit], f->words) ? add_set(m, f->set[fit]) : INDEX_NONE;
}

/* What the tree answers is put beside it, if it is much. */
static int answer(struct maker *m, int text, const struct search_index *x, const char *query, struct found *f)
{
    struct index_answer a = {.letters = 0};
    struct matcher matcher = {0};
    uint8_t *after = calloc(m->table->n_units, 1);
    uint32_t many = 0;
    int rc = after ? 0 : -ERR_NOMEM;

    memcpy(a.query, query, strlen(query));
    found_clear(f);
    matcher_query(&matcher, query);
    if (rc == 0)
        rc = matcher_begin(&matcher, m->table, false, NULL);
    if (rc == 0)
        rc = search_index_find(x, text, &matcher, f, after, &a.letters);
    if (rc == 0)
        found_count(f, &(const uint64_t *){NULL}, 1, &many);
    if (rc == 0 && (!query[1] || many > m->table->n_items / ANSWER_SHARE)) {
        a.begins = add_found(m, f, FIT_BEGINS);
        a.holds = add_found(m, f, FIT_HOLDS);
        a.other_reading = add_found(m, f, FIT_OTHER_READING);
        rc = buf_add(&m->answers[text], &a, sizeof a);
    }
    matcher_end(&matcher);
    free(after);
    return rc;
}

static int answer_all(struct maker *m, struct search_index *x, struct err *e)
{
    struct found f;
    int rc = found_begin(&f, m->table->n_items) ? 0 : -ERR_NOMEM;

    for (int text = 0; text < SEARCH_TEXTS; text++)
        for (char first = 'a'; rc == 0 && first <= 'z'; first++) {
            char query[3] = {first, '\0', '\0'};

            x->n_sets = m->n_sets; /* the sets move as they grow */
            x->sets = (const uint64_t *)(const void *)m->sets.data;
            rc = answer(m, text, x, query, &f);
            for (query[1] = 'a'; rc == 0 && query[1] <= 'z'; query[1]++) {
                x->n_sets = m->n_sets;
                x->sets = (const uint64_t *)(const void *)m->sets.data;
                rc = answer(m, text, x, query, &f);
            }
        }
    found_end(&f);
    return rc < 0 ? err_set(e, ERR_NOMEM, "the search index") : 0;
}

/* --- all of it --- */

static int make_text(struct maker *m, int text, struct err *e)
{
    const struct search_text *t = &m->table->text[text];
    struct maker_text x = {m, t, &m->nodes[text], &m->entries[text], &m->heavies[text], &m->lists[text]};
    struct index_node root = {.heavy = INDEX_NONE};
    int rc = 0;

    for (uint32_t item = 0; rc == 0 && item < m->table->n_items; item++)
        rc = add_entries(&x, item, item ? t->ends[item - 1] : 0, t->ends[item], e);
    if (rc < 0)
        return rc;
    root.n = (uint32_t)(x.entries->len / sizeof(uint32_t));
    m->sorted = calloc(root.n + 1, sizeof *m->sorted);
    m->key = calloc(2 * ((size_t)root.n + 1), sizeof *m->key);
    m->keys = m->key ? m->key + root.n + 1 : NULL;
    if (!m->sorted || !m->key || buf_add(x.nodes, &root, sizeof root) < 0)
        rc = err_set(e, ERR_NOMEM, "the search index");
    if (rc == 0)
        rc = grow_all(&x, e);
    free(m->sorted);
    free(m->key);
    return rc;
}

static struct index_sizes sizes_of(const struct maker *m, int text)
{
    return (struct index_sizes){
        (uint32_t)(m->nodes[text].len / sizeof(struct index_node)), (uint32_t)(m->entries[text].len / sizeof(uint32_t)),
        (uint32_t)(m->heavies[text].len / sizeof(struct index_heavy)), (uint32_t)(m->lists[text].len / sizeof(uint32_t)),
        (uint32_t)(m->answers[text].len / sizeof(struct index_answer))};
}

/* The index as it is so far, to be asked. */
static struct search_index view(const struct maker *m)
{
    struct search_index x = {.n_items = m->table->n_items, .n_sets = m->n_sets, .heavy_least = m->heavy_least};

    for (int i = 0; i < SEARCH_TEXTS; i++)
        x.text[i] = (struct index_text){.size = sizes_of(m, i),
                                        .nodes = (const struct index_node *)(const void *)m->nodes[i].data,
                                        .entries = (const uint32_t *)(const void *)m->entries[i].data,
                                        .heavies = (const struct index_heavy *)(const void *)m->heavies[i].data,
                                        .lists = (const uint32_t *)(const void *)m->lists[i].data};
    for (int i = 0; i < SEARCH_TEXTS; i++)
        x.text[i].size.n_answers = 0;
    x.sets = (const uint64_t *)(const void *)m->sets.data;
    return x;
}

/* A part is given back as soon as it is written: together they are as large as the index. */
static void write_part(struct buf *out, struct buf *part)
{
    buf_add(out, part->data, part->len);
    buf_finish(part);
    while (out->len % 8)
        if (buf_addc(out, 0) < 0)
            return;
}

static void write_all(struct maker *m, struct buf *out)
{
    struct index_head head = {INDEX_MAGIC, m->table->n_items, m->n_sets, m->heavy_least, {sizes_of(m, 0), sizes_of(m, 1)},
                              {0}};

    buf_add(out, &head, sizeof head);
    for (int i = 0; i < SEARCH_TEXTS; i++) {
        write_part(out, &m->nodes[i]);
        write_part(out, &m->entries[i]);
        write_part(out, &m->heavies[i]);
        write_part(out, &m->lists[i]);
        write_part(out, &m->answers[i]);
    }
    write_part(out, &m->sets);
}

static int begin(struct maker *m)
{
    uint32_t least = m->table->n_items / HEAVY_SHARE;
    uint64_t nothing = 0;
    int rc = 0;

    m->heavy_least = least < HEAVY_LEAST ? HEAVY_LEAST : least;
    buf_init(&m->sets, SEARCH_INDEX_MAX);
    buf_init(&m->bits, SEARCH_INDEX_MAX);
    for (int i = 0; i < SEARCH_TEXTS; i++) {
        buf_init(&m->nodes[i], SEARCH_INDEX_MAX);
        buf_init(&m->entries[i], SEARCH_INDEX_MAX);
        buf_init(&m->heavies[i], SEARCH_INDEX_MAX);
        buf_init(&m->lists[i], SEARCH_INDEX_MAX);
        buf_init(&m->answers[i], SEARCH_INDEX_MAX);
    }
    for (uint32_t i = 0; rc == 0 && i < found_words(m->table->n_items); i++)
        rc = buf_add(&m->bits, &nothing, sizeof nothing);
    return rc;
}

static bool good(const struct maker *m)
{
    bool ok = buf_ok(&m->sets);

    for (int i = 0; i < SEARCH_TEXTS; i++)
        ok &= buf_ok(&m->nodes[i]) && buf_ok(&m->entries[i]) && buf_ok(&m->heavies[i]) && buf_ok(&m->lists[i]) &&
              buf_ok(&m->answers[i]);
    return ok;
}

static void end(struct maker *m)
{
    buf_finish(&m->sets);
    buf_finish(&m->bits);
    for (int i = 0; i < SEARCH_TEXTS; i++) {
        buf_finish(&m->nodes[i]);
        buf_finish(&m->entries[i]);
        buf_finish(&m->heavies[i]);
        buf_finish(&m->lists[i]);
        buf_finish(&m->answers[i]);
    }
}

int search_index_make(const struct search_table *t, struct buf *out, struct err *e)
{
    struct maker m = {.table = t};
    struct search_index x;
    int rc = begin(&m) < 0 ? err_set(e, ERR_NOMEM, "the search index") : 0;

    for (int text = 0; rc == 0 && text < SEARCH_TEXTS; text++)
        rc = make_text(&m, text, e);
    if (rc == 0 && !good(&m))
        rc = err_set(e, ERR_NOMEM, "the search index");
    if (rc == 0) {
        x = view(&m);
        rc = answer_all(&m, &x, e);
    }
    if (rc == 0 && !good(&m))
        rc = err_set(e, ERR_TOOLONG, "the search index");
    if (rc == 0) {
        write_all(&m, out);
        rc = buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "the search index");
    }
    end(&m);
    return rc;
}
