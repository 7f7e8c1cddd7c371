/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_near() in search.h. A search that ends in nothing sends people away, so something near is worth a few scans.
 */
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "catalog/search_inside.h"

#define PART_LEAST 2    /* characters of a part; one alone says nothing */
#define LETTERS_LEAST 3 /* of letters alone */
#define PARTS_FROM 10   /* characters at most: there are half its square of parts */

/* What is tried instead. */
struct trial {
    struct search *s;
    const struct search_query *q;
    uint32_t query[SEARCH_QUERY_MAX];
    int n;
    char text[7 * SEARCH_QUERY_MAX + 1];
};

static bool try_text(struct trial *t, struct search_answer *ret)
{
    struct search_query q = *t->q;
    struct search_answer answer;

    q.text = t->text;
    search_run(t->s, &q, &answer);
    if (!answer.total[SEARCH_ALL])
        return false;
    memcpy(ret->total, answer.total, sizeof ret->total);
    ret->forgiven = true;
    return true;
}

static bool try_part(struct trial *t, int from, int n, struct search_answer *ret)
{
    size_t len = 0;

    for (int i = from; i < from + n; i++)
        len += utf8_put(t->query[i], t->text + len);
    t->text[len] = '\0';
    return try_text(t, ret);
}

/* A reading of the character as this catalogue has it; NULL: it stands nowhere in it. */
static const char *sound_of(const struct search_table *t, uint32_t cp)
{
    for (uint32_t u = 1; u < t->n_units; u++)
        if (t->units[u].cp == cp && t->units[u].n)
            return t->syllables[t->units[u].syllables[0]];
    return NULL;
}

/* 社报 for 社保: the wrong candidate was taken. */
static bool try_sounds(struct trial *t, struct search_answer *ret)
{
    size_t len = 0;

    if (t->n < PART_LEAST)
        return false;
    for (int i = 0; i < t->n; i++) {
        const char *sound = sound_of(&t->s->table, t->query[i]);

        if (!sound || len + strlen(sound) >= sizeof t->text)
            return false;
        text_copy(t->text + len, sizeof t->text - len, sound);
        len += strlen(sound);
    }
    return try_text(t, ret);
}

/* The longest first, and among those as long the first. Letters are shortened from their end alone: a reading begins
 * anywhere else only by chance. */
static bool try_parts(struct trial *t, bool letters, struct search_answer *ret)
{
    int n = t->n > PARTS_FROM && !letters ? PARTS_FROM : t->n, least = letters ? LETTERS_LEAST : PART_LEAST;

    for (int len = n - (n == t->n); len >= least; len--)
        for (int from = 0; from + len <= n && (from == 0 || !letters); from++)
            if (try_part(t, from, len, ret))
                return true;
    return false;
}

void search_near(struct search *s, const struct search_query *q, struct search_answer *ret)
{
    struct trial t = {.s = s, .q = q, .n = s->matcher.n};
    bool letters = !s->matcher.chars;

    memcpy(t.query, s->matcher.query, sizeof t.query);
    if (t.n && (letters || !try_sounds(&t, ret)))
        try_parts(&t, letters, ret);
    if (!ret->total[SEARCH_ALL])
        matcher_query(&s->matcher, q->text);
    secret_wipe(&t, sizeof t);
}
