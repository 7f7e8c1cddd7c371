/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_index_wire.h.
 */
#include "catalog/search_index_wire.h"

#include "catalog/search_found.h"

_Static_assert(sizeof(struct index_node) == 20 && sizeof(struct index_heavy) == 12 && sizeof(struct index_answer) == 20 &&
                   sizeof(struct index_head) == 64,
               "as in the file");

struct reader {
    const uint8_t *at;
    size_t left;
};

/* The next part; NULL when there is not so much. Numbers are of 32 bits and sizes small: no product overflows. */
static const void *take(struct reader *r, uint64_t n, uint64_t size)
{
    const void *p = r->at;
    uint64_t len = (n * size + 7) & ~UINT64_C(7);

    if (len > r->left)
        return NULL;
    r->at += len;
    r->left -= (size_t)len;
    return p;
}

static bool take_text(struct reader *r, const struct index_sizes *size, struct index_text *x)
{
    x->size = *size;
    x->nodes = take(r, size->n_nodes, sizeof *x->nodes);
    x->entries = take(r, size->n_entries, sizeof *x->entries);
    x->heavies = take(r, size->n_heavies, sizeof *x->heavies);
    x->lists = take(r, size->n_lists, sizeof *x->lists);
    x->answers = take(r, size->n_answers, sizeof *x->answers);
    return size->n_nodes && x->nodes && x->entries && x->heavies && x->lists && x->answers;
}

int search_index_decode(const void *data, size_t len, struct search_index *ret, struct err *e)
{
    struct reader r = {data, len};
    const struct index_head *head = take(&r, 1, sizeof *head);
    struct search_index x = {0};

    if (!head || head->magic != INDEX_MAGIC)
        return err_set(e, ERR_INVALID, "it is no search index");
    x = (struct search_index){.n_items = head->n_items, .n_sets = head->n_sets, .heavy_least = head->heavy_least};
    for (int i = 0; i < SEARCH_TEXTS; i++)
        if (!take_text(&r, &head->size[i], &x.text[i]))
            return err_set(e, ERR_INVALID, "the search index's texts");
    x.sets = take(&r, x.n_sets, (uint64_t)found_words(x.n_items) * sizeof *x.sets);
    if (!x.sets || r.left)
        return err_set(e, ERR_INVALID, "the search index's sets");
    *ret = x;
    return 0;
}

const uint64_t *search_index_set(const struct search_index *x, uint32_t set)
{
    return set == INDEX_NONE || set > x->n_sets ? NULL : x->sets + (size_t)(set - 1) * found_words(x->n_items);
}
