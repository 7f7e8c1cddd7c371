/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_wire.h. The file was signed, yet nothing in it is believed: every number that leads somewhere is checked here,
 * once, so that the search itself need not.
 */
#include "catalog/search_wire.h"

#include <string.h>

#include "base/text.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the table is used in place");
_Static_assert(sizeof(struct search_unit) == 20, "as in the file");

struct reader {
    const uint8_t *at;
    size_t left;
};

/* The next part of n times `size` bytes; NULL when there is not so much. */
static const void *take(struct reader *r, size_t n, size_t size, size_t extra)
{
    const void *p = r->at;
    size_t len;

    if (size && n > (SIZE_MAX / 2) / size)
        return NULL;
    len = n * size + extra;
    len = (len + 3) & ~(size_t)3;
    if (len > r->left)
        return NULL;
    r->at += len;
    r->left -= len;
    return p;
}

static bool syllables_good(const struct search_table *t)
{
    for (uint32_t i = 0; i < t->n_syllables; i++) {
        const char *s = t->syllables[i];
        size_t n = 0;

        while (n < 7 && s[n] >= 'a' && s[n] <= 'z')
            n++;
        if (!n || n == 7)
            return false;
        for (size_t k = n; k < 8; k++)
            if (s[k])
                return false;
    }
    return true;
}

static bool units_good(const struct search_table *t)
{
    for (uint32_t i = 0; i < t->n_units; i++) {
        const struct search_unit *u = &t->units[i];
        char utf8[4];

        if (u->n > SEARCH_READINGS || (i ? !u->cp || !utf8_put(u->cp, utf8) : u->cp || u->n))
            return false;
        for (int k = 0; k < u->n; k++)
            if (u->syllables[k] >= t->n_syllables)
                return false;
    }
    return true;
}

static bool text_good(const struct search_table *t, const struct search_text *x)
{
    uint32_t before = 0;
    uint16_t most = 0;

    for (uint32_t i = 0; i < x->n; i++)
        most = x->ids[i] > most ? x->ids[i] : most;
    if (x->n && most >= t->n_units)
        return false;
    for (uint32_t i = 0; i < t->n_items; i++) {
        if (x->ends[i] <= before || x->ends[i] > x->n || x->ids[x->ends[i] - 1])
            return false;
        before = x->ends[i];
    }
    for (uint32_t i = 0; i < SEARCH_PAD; i++)
        if (x->plane[x->n + i])
            return false;
    return before == x->n;
}

static bool take_text(struct reader *r, const struct search_table *t, struct search_text *x)
{
    x->ends = take(r, t->n_items, sizeof *x->ends, 0);
    x->ids = take(r, x->n, sizeof *x->ids, 0);
    x->plane = take(r, x->n, 1, SEARCH_PAD);
    return x->ends && x->ids && x->plane;
}

int search_table_borrow(const void *data, size_t len, struct search_table *ret, struct err *e)
{
    struct reader r = {data, len};
    const uint32_t *head = take(&r, 6, 4, 0);
    struct search_table t = {0};

    if (!head || head[0] != SEARCH_MAGIC)
        return err_set(e, ERR_INVALID, "it is no search table");
    t = (struct search_table){.n_items = head[1], .n_units = head[2], .n_syllables = head[3]};
    t.text[SEARCH_NAMES].n = head[4];
    t.text[SEARCH_ENGLISH].n = head[5];
    if (t.n_items > SEARCH_ITEMS_MAX || !t.n_units || t.n_units > 65536 || t.n_syllables > SEARCH_SYLLABLES_MAX)
        return err_set(e, ERR_INVALID, "the search table's numbers");
    t.syllables = take(&r, t.n_syllables, 8, 0);
    t.units = take(&r, t.n_units, sizeof *t.units, 0);
    t.flags = take(&r, t.n_items, 1, 0);
    if (!t.syllables || !t.units || !t.flags || !syllables_good(&t) || !units_good(&t))
        return err_set(e, ERR_INVALID, "the search table's readings");
    if (!take_text(&r, &t, &t.text[SEARCH_NAMES]) || !take_text(&r, &t, &t.text[SEARCH_ENGLISH]) || r.left)
        return err_set(e, ERR_INVALID, "the search table's texts");
    *ret = t;
    return 0;
}

int search_table_decode(const void *data, size_t len, struct search_table *ret, struct err *e)
{
    struct search_table t;
    int rc = search_table_borrow(data, len, &t, e);

    if (rc < 0)
        return rc;
    if (!text_good(&t, &t.text[SEARCH_NAMES]) || !text_good(&t, &t.text[SEARCH_ENGLISH]))
        return err_set(e, ERR_INVALID, "the search table's texts");
    *ret = t;
    return 0;
}
