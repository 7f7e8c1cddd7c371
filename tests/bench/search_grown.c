/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_grown.h.
 */
#include "tests/bench/search_grown.h"

#include <string.h>

#include "base/must.h"
#include "catalog/search_text.h"
#include "catalog/search_wire.h"

#define LED_BY 3

/* What the plane says of a unit. */
static uint8_t groups_of(const struct search_table *t, const struct search_unit *u)
{
    uint32_t letters = 0;

    for (int k = 0; k < u->n; k++)
        letters |= 1u << (t->syllables[u->syllables[k]][0] - 'a');
    return letters ? search_groups(letters) : u->cp ? (uint8_t)(1 << (u->cp & 7)) : 0;
}

static void pad(struct buf *b)
{
    while (b->len % 4)
        must(buf_addc(b, 0) == 0, "out of memory");
}

/* The units of a text in their new order; `ends` says how far each item goes. */
static void grow_text(const struct search_table *t, const struct search_text *x, uint32_t times, bool led, struct buf *ends,
                      struct buf *ids)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < t->n_items; i++)
        for (uint32_t k = 0; k < times; k++) {
            const uint16_t *lead = t->text[SEARCH_NAMES].ids +
                                   (k * 37 % t->n_items ? t->text[SEARCH_NAMES].ends[k * 37 - 1] : 0);
            uint32_t begin = i ? x->ends[i - 1] : 0;

            for (int j = 0; j < LED_BY && led && lead[j]; j++, n++)
                buf_add(ids, &lead[j], sizeof *lead);
            buf_add(ids, x->ids + begin, (x->ends[i] - begin) * sizeof *x->ids);
            n += x->ends[i] - begin;
            buf_add(ends, &n, sizeof n);
        }
}

static void add_text(const struct search_table *t, const struct buf *ends, const struct buf *ids, struct buf *ret)
{
    static const uint8_t nothing[SEARCH_PAD];
    const uint16_t *id = (const uint16_t *)(const void *)ids->data;

    buf_add(ret, ends->data, ends->len);
    buf_add(ret, ids->data, ids->len);
    pad(ret);
    for (size_t i = 0; i < ids->len / sizeof *id; i++)
        buf_addc(ret, groups_of(t, &t->units[id[i]]));
    buf_add(ret, nothing, sizeof nothing);
    pad(ret);
}

void search_grown(const void *table, size_t len, uint32_t times, struct buf *ret)
{
    struct buf ends[SEARCH_TEXTS], ids[SEARCH_TEXTS];
    struct search_table t;

    must(search_table_decode(table, len, &t, NULL) == 0 && t.n_items > 37 * times, "no table to grow");
    for (int i = 0; i < SEARCH_TEXTS; i++) {
        buf_init(&ends[i], ret->max);
        buf_init(&ids[i], ret->max);
        grow_text(&t, &t.text[i], times, i == SEARCH_NAMES, &ends[i], &ids[i]);
    }
    const uint32_t head[] = {SEARCH_MAGIC,  t.n_items * times,          t.n_units,
                             t.n_syllables, (uint32_t)(ids[0].len / 2), (uint32_t)(ids[1].len / 2)};

    buf_add(ret, head, sizeof head);
    buf_add(ret, t.syllables, t.n_syllables * sizeof *t.syllables);
    buf_add(ret, t.units, t.n_units * sizeof *t.units);
    for (uint32_t i = 0; i < t.n_items * times; i++)
        buf_addc(ret, t.flags[i / times]);
    pad(ret);
    for (int i = 0; i < SEARCH_TEXTS; i++) {
        add_text(&t, &ends[i], &ids[i], ret);
        must(buf_ok(&ends[i]) && buf_ok(&ids[i]), "out of memory");
        buf_finish(&ends[i]);
        buf_finish(&ids[i]);
    }
    must(buf_ok(ret), "out of memory");
}
