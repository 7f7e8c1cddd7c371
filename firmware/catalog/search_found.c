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
    secret_wipe(f->memory, FITS * bytes(f));
}

void found_all(struct found *f, enum fit fit)
{
    memset(f->set[fit], 0xff, bytes(f));
    f->set[fit][f->words - 1] = (1ull << f->n_items % 64) - 1;
}

void found_drop(struct found *f, enum fit fit)
{
    memset(f->set[fit], 0, bytes(f));
}

void found_note_set(struct found *f, const uint64_t *items, enum fit fit)
{
    uint64_t *set = f->set[fit];

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

static uint64_t any(const struct found *f, uint32_t i)
{
    return f->set[FIT_FORGIVEN][i] | f->set[FIT_OTHER_READING][i] | f->set[FIT_HOLDS][i] | f->set[FIT_BEGINS][i];
}

/* Bits set, in each byte. A processor's own instruction for it cannot be counted on. */
static uint64_t bits_by_byte(uint64_t w)
{
    w -= w >> 1 & 0x5555555555555555u;
    w = (w & 0x3333333333333333u) + (w >> 2 & 0x3333333333333333u);
    return (w + (w >> 4)) & 0x0f0f0f0f0f0f0f0fu;
}

uint32_t found_count(const struct found *f, const uint64_t *among)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < f->words;) {
        uint64_t sums = 0; /* a byte holds 31 times the 8 of a word's byte */

        for (uint32_t end = f->words - i < 31 ? f->words : i + 31; i < end; i++)
            sums += bits_by_byte(any(f, i) & (among ? among[i] : UINT64_MAX));
        sums = (sums & 0x00ff00ff00ff00ffu) + (sums >> 8 & 0x00ff00ff00ff00ffu);
        n += (uint32_t)(sums * 0x0001000100010001u >> 48);
    }
    return n;
}

/* The 64 items from i * 64 on that are asked for. */
static uint64_t asked(const struct found *f, const struct found_pass *p, uint32_t i)
{
    uint64_t w = f->set[p->fit][i];

    for (int better = p->fit + 1; better < FITS; better++)
        w &= ~f->set[better][i];
    w &= p->among ? p->among[i] : UINT64_MAX;
    return !p->here ? w : p->not_here ? w & ~p->here[i] : w & p->here[i];
}

int found_rows(const struct found *f, const struct found_pass *pass, int *skip, uint32_t *rows, int taken, int n)
{
    for (uint32_t i = 0; i < f->words && taken < n; i++) {
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
