/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_found.h.
 */
#include "catalog/search_found.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"

static size_t bytes(const struct found *f)
{
    return (size_t)f->words * sizeof(uint64_t);
}

bool found_begin(struct found *f, uint32_t n_items)
{
    *f = (struct found){.n_items = n_items, .words = found_words(n_items)};
    f->memory = calloc(FITS, bytes(f));
    for (int i = 0; i < FITS && f->memory; i++)
        f->set[i] = f->memory + (size_t)i * f->words;
    return f->memory != NULL;
}

void found_end(struct found *f)
{
    if (f->memory)
        secret_wipe(f->memory, FITS * bytes(f));
    free(f->memory);
    *f = (struct found){0};
}

void found_clear(struct found *f)
{
    for (int fit = 0; fit < FITS; fit++)
        if (f->used >> fit & 1)
            secret_wipe(f->set[fit], bytes(f));
    f->used = 0;
}

void found_all(struct found *f, enum fit fit)
{
    uint32_t whole = f->n_items / 64;

    memset(f->set[fit], 0xff, whole * sizeof(uint64_t));
    f->set[fit][whole] = (1ull << f->n_items % 64) - 1;
    f->used |= 1u << fit;
}

void found_drop(struct found *f, enum fit fit)
{
    memset(f->set[fit], 0, bytes(f));
    f->used &= ~(1u << fit);
}

void found_note_set(struct found *f, const uint64_t *items, enum fit fit)
{
    uint64_t *set = f->set[fit];

    f->used |= 1u << fit;
    for (uint32_t i = 0; i < f->words; i++)
        set[i] |= items[i];
}

enum fit found_fit(const struct found *f, uint32_t item)
{
    int fit = FITS - 1;

    while (fit > FIT_NOT && !(f->set[fit][item / 64] >> item % 64 & 1))
        fit--;
    return (enum fit)fit;
}

typedef uint64_t pair __attribute__((vector_size(16)));

static pair load(const uint64_t *p)
{
    pair w;

    memcpy(&w, p, sizeof w);
    return w;
}

/* Bits set, in each byte. A processor's own instruction for it cannot be counted on. */
static pair bits_by_byte(pair w)
{
    w -= w >> 1 & 0x5555555555555555u;
    w = (w & 0x3333333333333333u) + (w >> 2 & 0x3333333333333333u);
    return (w + (w >> 4)) & 0x0f0f0f0f0f0f0f0fu;
}

static uint32_t sum_of_bytes(pair sums)
{
    sums = (sums & 0x00ff00ff00ff00ffu) + (sums >> 8 & 0x00ff00ff00ff00ffu);
    sums = (sums & 0x0000ffff0000ffffu) + (sums >> 16 & 0x0000ffff0000ffffu);
    return (uint32_t)(sums[0] + (sums[0] >> 32) + sums[1] + (sums[1] >> 32));
}

/* The sets in which something is. */
static int used_sets(const struct found *f, const uint64_t **ret)
{
    int n = 0;

    for (int fit = FIT_NOT + 1; fit < FITS; fit++)
        if (f->used >> fit & 1)
            ret[n++] = f->set[fit];
    return n;
}

void found_count(const struct found *f, const uint64_t *const *among, int n, uint32_t *ret)
{
    const uint64_t *sets[FITS];
    int n_sets = used_sets(f, sets);

    memset(ret, 0, (size_t)n * sizeof *ret);
    for (uint32_t i = 0; i < f->words && n_sets;) {
        pair sums[FOUND_SETS_MAX] = {{0}}; /* a byte holds 31 times the 8 of a word's byte */

        for (uint32_t end = f->words - i < 62 ? f->words : i + 62; i < end; i += 2) {
            pair found = load(sets[0] + i);

            for (int k = 1; k < n_sets; k++)
                found |= load(sets[k] + i);
            for (int k = 0; k < n; k++)
                sums[k] += bits_by_byte(among[k] ? found & load(among[k] + i) : found);
        }
        for (int k = 0; k < n; k++)
            ret[k] += sum_of_bytes(sums[k]);
    }
}

/* The 64 items from i * 64 on that are asked for. */
static uint64_t asked(const struct found *f, const struct found_pass *p, uint32_t i)
{
    uint64_t w = f->set[p->fit][i];

    for (unsigned better = p->fit + 1u; better < FITS; better++)
        w &= ~f->set[better][i];
    w &= p->among ? p->among[i] : UINT64_MAX;
    return !p->here ? w : p->not_here ? w & ~p->here[i] : w & p->here[i];
}

int found_rows(const struct found *f, const struct found_pass *pass, int *skip, uint32_t *rows, int taken, int n)
{
    for (uint32_t i = 0; i < f->words && taken < n && f->used >> pass->fit & 1; i++) {
        uint64_t w = f->set[pass->fit][i] ? asked(f, pass, i) : 0;
        int in_word = w ? __builtin_popcountll(w) : 0;

        if (in_word <= *skip) {
            *skip -= in_word;
            continue;
        }
        for (; w && taken < n; w &= w - 1)
            if (*skip)
                --*skip;
            else
                rows[taken++] = i * 64 + (uint32_t)__builtin_ctzll(w);
    }
    return taken;
}
