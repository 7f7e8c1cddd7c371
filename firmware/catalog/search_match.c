/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_match.h. A table has some 420 syllables and a query at most 30 characters, so what each syllable does in each
 * state is worked out once, before the first item is looked at.
 */
#include "catalog/search_match.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "catalog/search_text.h"

#define SOUND_MAX 8
#define EDITED_LEAST 3 /* letters of a reading in which a mistake is told from another reading */

void matcher_query(struct matcher *m, const char *text)
{
    const char *end = text + strlen(text);

    m->n = 0;
    m->chars = 0;
    while (text < end && m->n < SEARCH_QUERY_MAX) {
        int32_t cp = utf8_next(&text, end);
        uint32_t c = cp < 0 ? 0 : search_fold((uint32_t)cp);

        if (!c)
            continue;
        if (!search_is_letter(c))
            m->chars |= 1u << m->n;
        m->query[m->n++] = c;
    }
}

/* How many letters from state i on agree with the sound. */
static int agree(const struct matcher *m, int i, const char *sound)
{
    int k = 0;

    while (i + k < m->n && sound[k] && m->query[i + k] == (uint32_t)sound[k])
        k++;
    return k;
}

static uint32_t bit(int i)
{
    return 1u << i;
}

/* A whole sound or, where the query ends, the beginning of one. */
static void use_whole(const struct matcher *m, int i, const char *sound, uint32_t *use, uint32_t *letters)
{
    int k = agree(m, i, sound);

    if (!sound[k])
        *use |= bit(i + k);
    if (i + k < m->n)
        return;
    if (k)
        *use |= bit(m->n);
    *letters |= search_letter(sound[k]);
}

static void step_exact(const struct matcher *m, int i, const char *sound, struct match_step *s)
{
    int k = agree(m, i, sound);

    use_whole(m, i, sound, &s->use, &s->letters);
    if (k >= 1)
        s->use |= bit(i + 1);
    if (k >= 2 && sound[1] == 'h')
        s->use |= bit(i + 2);
}

/* --- forgiving --- */

/* The sound with its accents: each way of saying it, NUL-terminated. Returns how many. */
static int accents(const char *sound, char ret[4][SOUND_MAX + 1])
{
    size_t len = strlen(sound);
    int n = 1;

    strcpy(ret[0], sound);
    if (len < 2) /* a Latin letter */
        return 1;
    if (sound[0] == 'n' || sound[0] == 'l') {
        strcpy(ret[n], sound);
        ret[n++][0] = sound[0] == 'n' ? 'l' : 'n';
    } else if (strchr("zcs", sound[0]) && sound[1] == 'h') {
        ret[n][0] = sound[0];
        strcpy(ret[n++] + 1, sound + 2);
    } else if (strchr("zcs", sound[0]) && len < SOUND_MAX) {
        ret[n][0] = sound[0];
        ret[n][1] = 'h';
        strcpy(ret[n++] + 2, sound + 1);
    }
    for (int i = 0, before = n; i < before; i++) {
        size_t l = strlen(ret[i]);

        if (l >= 2 && ret[i][l - 1] == 'n' && strchr("aei", ret[i][l - 2]) && l < SOUND_MAX) {
            memcpy(ret[n], ret[i], l);
            strcpy(ret[n++] + l, "g");
        } else if (l >= 3 && ret[i][l - 1] == 'g' && strchr("aei", ret[i][l - 3])) {
            memcpy(ret[n], ret[i], l - 1);
            ret[n++][l - 1] = '\0';
        }
    }
    return n;
}

/* Whether q[0..nq) becomes s[0..ns) by one letter wrong, missing, too many, or two neighbours swapped. */
static bool one_mistake(const uint32_t *q, int nq, const char *s, int ns)
{
    int head = 0, tail = 0, least = nq < ns ? nq : ns;

    if (nq - ns > 1 || ns - nq > 1)
        return false;
    while (head < least && q[head] == (uint32_t)s[head])
        head++;
    while (tail < least - head && q[nq - 1 - tail] == (uint32_t)s[ns - 1 - tail])
        tail++;
    if (nq != ns)
        return head + tail == least;
    if (nq - head - tail == 1)
        return true;
    return nq - head - tail == 2 && q[head] == (uint32_t)s[head + 1] && q[head + 1] == (uint32_t)s[head];
}

/* All of q[i..i + len) are letters. */
static bool letters_at(const struct matcher *m, int i, int len)
{
    return i + len <= m->n && !(m->chars >> i & ((1u << len) - 1));
}

static void step_mistake(const struct matcher *m, int i, const char *sound, struct match_step *s)
{
    int len = (int)strlen(sound), left = m->n - i;
    const uint32_t *q = m->query + i;

    if (len < EDITED_LEAST)
        return;
    for (int k = len - 1; k <= len + 1; k++)
        if (letters_at(m, i, k) && one_mistake(q, k, sound, len))
            s->mistake |= bit(i + k);
    if (!left || !letters_at(m, i, left))
        return;
    for (int k = 1; k < len; k++) { /* the query ends within the sound */
        if (!one_mistake(q, left, sound, k))
            continue;
        s->mistake_letters |= search_letter(sound[k]);
        if (left >= 2)
            s->mistake |= bit(m->n);
    }
    /* q[..] x: the last letter of this sound and the first of the next have changed places */
    if (left > len && letters_at(m, i, len + 1) && agree(m, i, sound) == len - 1 && q[len] == (uint32_t)sound[len - 1])
        s->swap |= bit(i + len - 1);
}

/* From the owed state i: the sound begins with q[i], its rest is q[i + 2..]. */
static void step_repay(const struct matcher *m, int i, const char *sound, struct match_step *s)
{
    uint32_t use = 0, letters = 0;

    if (i + 2 > m->n || m->query[i] != (uint32_t)sound[0])
        return;
    if (i + 2 == m->n) {
        s->repay |= bit(m->n);
        s->mistake_letters |= search_letter(sound[1]);
        return;
    }
    if (!sound[1])
        use = bit(i + 2);
    else
        use_whole(m, i + 2, sound + 1, &use, &letters);
    s->repay |= use;
}

static void step_forgiving(const struct matcher *m, int i, const char *sound, struct match_step *s)
{
    char said[4][SOUND_MAX + 1];
    int n = accents(sound, said);

    for (int k = 0; k < n; k++)
        use_whole(m, i, said[k], &s->use, &s->letters);
    step_mistake(m, i, sound, s);
    step_repay(m, i, sound, s);
}

/* --- the tables --- */

struct match_state matcher_step(const struct matcher *m, struct match_state s, const struct search_unit *u,
                                uint32_t *letters)
{
    struct match_state next = {0};
    uint32_t any = s.clean | s.other | s.owed;

    while (any) {
        int i = __builtin_ctz(any);
        uint32_t is = any & -any;
        const struct match_step *steps = m->steps + (size_t)i * m->table->n_syllables;

        any &= any - 1;
        if ((m->chars & is) && m->query[i] == u->cp) {
            next.clean |= s.clean & is ? is << 1 : 0;
            next.other |= s.other & is ? is << 1 : 0;
        }
        for (int k = 0; k < u->n; k++) {
            const struct match_step *t = &steps[u->syllables[k]];

            if (s.clean & is) {
                if (k && !m->forgiving)
                    next.other |= t->use;
                else
                    next.clean |= t->use;
                next.other |= t->mistake;
                next.owed |= t->swap;
                *letters |= t->letters | t->mistake_letters;
            }
            if (s.other & is) {
                next.other |= t->use;
                *letters |= t->letters;
            }
            if (s.owed & is)
                next.other |= t->repay;
        }
    }
    return next;
}

/* Steps only ever lead on, so one pass in order knows which states can be reached. */
static void fill_steps(struct matcher *m)
{
    const struct search_table *t = m->table;
    uint32_t reached = 1;

    for (int i = 0; i <= m->n; i++) {
        if (!(reached & bit(i)))
            continue;
        if (m->chars & bit(i))
            reached |= bit(i + 1);
        for (uint32_t k = 0; k < t->n_syllables; k++) {
            struct match_step *s = &m->steps[(size_t)i * t->n_syllables + k];

            if (m->forgiving)
                step_forgiving(m, i, t->syllables[k], s);
            else
                step_exact(m, i, t->syllables[k], s);
            reached |= s->use | s->mistake | s->swap | s->repay;
        }
    }
}

static uint32_t first_letter(const struct search_table *t, uint32_t syllable)
{
    return search_letter(t->syllables[syllable][0]);
}

/* What the plane says of a unit. */
static uint8_t matcher_groups(const struct search_table *t, const struct search_unit *u)
{
    uint32_t letters = 0;

    for (int k = 0; k < u->n; k++)
        letters |= first_letter(t, u->syllables[k]);
    return letters ? search_groups(letters) : (uint8_t)(1 << (u->cp & 7));
}

/* Sets of states by what a path has cost so far, as in match_state; both layers of exact search are one here. */
struct front {
    uint32_t clean, other, owed;
    bool told; /* a letter that could come next: a path may be of use here without leading on */
};

enum toll { FREE, MISTAKE, BOTH };

/* What a syllable leads to from state i, by the steps that cost so much. Returns whether it leads on or tells a letter. */
static bool pass(const struct matcher *m, const struct front *from, int i, const struct match_step *s, enum toll toll,
                 struct front *to)
{
    struct front next = {0};
    uint32_t letters = 0;

    if (from->clean & bit(i) && toll != MISTAKE) {
        next.clean |= s->use;
        letters |= s->letters;
    }
    if (from->clean & bit(i) && toll != FREE) {
        next.other |= s->mistake;
        next.owed |= s->swap;
        letters |= s->mistake_letters;
    }
    if (from->other & bit(i)) {
        next.other |= s->use;
        letters |= s->letters;
    }
    if (from->owed & bit(i))
        next.other |= s->repay;
    to->clean |= next.clean;
    to->other |= next.other;
    to->owed |= next.owed;
    to->told |= letters != 0;
    return next.clean | next.other | next.owed | letters;
}

static uint8_t pass_char(const struct matcher *m, const struct front *from, int i, struct front *to)
{
    uint8_t groups = 0;

    for (uint32_t u = 1; u < m->table->n_units; u++)
        if (m->table->units[u].cp == m->query[i]) {
            to->clean |= from->clean & bit(i) ? bit(i + 1) : 0;
            to->other |= from->other & bit(i) ? bit(i + 1) : 0;
            groups |= matcher_groups(m->table, &m->table->units[u]);
        }
    return groups;
}

/* The groups of units that lead anywhere from one of the states; *to: where. */
static uint8_t lead(const struct matcher *m, const struct front *from, enum toll toll, struct front *to)
{
    const struct search_table *t = m->table;
    uint32_t first = 0;
    uint8_t groups = 0;

    *to = (struct front){0};
    for (int i = 0; i <= m->n; i++) {
        if (!((from->clean | from->other | from->owed) & bit(i)))
            continue;
        for (uint32_t k = 0; k < t->n_syllables; k++)
            if (pass(m, from, i, &m->steps[(size_t)i * t->n_syllables + k], toll, to))
                first |= first_letter(t, k);
        if (m->chars & bit(i) && toll != MISTAKE)
            groups |= pass_char(m, from, i, to);
    }
    return groups | search_groups(first);
}

static bool may_end(const struct matcher *m, const struct front *f)
{
    return f->told || (f->clean | f->other) & bit(m->n);
}

/* A path that may end before a place asks nothing of it. */
static void add_way(struct matcher *m, enum toll first, enum toll second)
{
    const enum toll tolls[3] = {first, second, m->forgiving ? BOTH : FREE};
    struct scan_way *way = &m->ways[m->n_ways++];
    struct front at = {.clean = 1}, next;

    memset(way->group, 0xff, sizeof way->group);
    for (int place = 0; place < 3 && !may_end(m, &at); place++) {
        way->group[place] = lead(m, &at, tolls[place], &next);
        at = next;
    }
}

/* One mistake: it is in the first unit, or in the second, or in neither of them. Each asks much of the other places. */
static void find_ways(struct matcher *m)
{
    m->n_ways = 0;
    add_way(m, FREE, FREE);
    if (m->forgiving) {
        add_way(m, FREE, MISTAKE);
        add_way(m, MISTAKE, FREE);
    }
}

int matcher_begin(struct matcher *m, const struct search_table *t, bool forgiving, struct err *e)
{
    m->table = t;
    m->forgiving = forgiving;
    m->steps = calloc((size_t)(m->n + 1) * (t->n_syllables + 1), sizeof *m->steps);
    if (!m->steps)
        return err_set(e, ERR_NOMEM, "search");
    fill_steps(m);
    find_ways(m);
    return 0;
}

void matcher_end(struct matcher *m)
{
    if (m->steps)
        secret_wipe(m->steps, (size_t)(m->n + 1) * (m->table->n_syllables + 1) * sizeof *m->steps);
    free(m->steps);
    m->steps = NULL;
}
