/* SPDX-License-Identifier: Apache-2.0
 *
 * See search.h. A scan over the plane, 16 characters at a time, finds the places where a match can begin; the automaton of
 * search_match.c looks at those alone. What is found is one byte an item, so that counting and paging need no order kept.
 */
#include "catalog/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "catalog/search_match.h"
#include "catalog/search_text.h"

#define FEW 3               /* fewer found: it is worth while to forgive */
#define FORGIVING_LETTERS 4 /* from so many letters on */

/* How well an item fits: its byte in `found`. */
enum fit { FIT_NOT, FIT_BEGINS, FIT_HOLDS, FIT_OTHER_READING, FIT_FORGIVEN, FITS };

struct search {
    struct search_table table;
    uint8_t *found;
    bool terminal; /* of the last query */
    struct matcher matcher;
};

int search_open(const void *table, size_t len, struct search **ret, struct err *e)
{
    struct search *s = calloc(1, sizeof *s);
    int rc;

    if (!s)
        return err_set(e, ERR_NOMEM, "search");
    rc = search_table_decode(table, len, &s->table, e);
    if (rc == 0 && !(s->found = calloc(s->table.n_items + 1, 1)))
        rc = err_set(e, ERR_NOMEM, "search");
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
    secret_wipe(&s->matcher, sizeof s->matcher);
}

void search_close(struct search *s)
{
    if (!s)
        return;
    search_forget(s);
    free(s->found);
    free(s);
}

/* --- the scan --- */

typedef uint8_t block __attribute__((vector_size(16)));

/* Places whose unit, and the two behind it, are of the groups asked for; each is a byte of `lo` and `hi`. */
struct scan {
    const uint8_t *plane;
    block group[3], asked[3]; /* asked: zero where anything may stand, also the end of a name */
    uint32_t at, end;         /* the block under way, the end of the text */
    uint64_t lo, hi;
};

static block load(const uint8_t *p)
{
    block b;

    memcpy(&b, p, sizeof b);
    return b;
}

static void scan_block(struct scan *c)
{
    const uint8_t *p = c->plane + c->at;
    block miss = (block)((load(p) & c->group[0]) == 0) & c->asked[0];
    uint64_t half[2];

    miss |= (block)((load(p + 1) & c->group[1]) == 0) & c->asked[1];
    miss |= (block)((load(p + 2) & c->group[2]) == 0) & c->asked[2];
    miss = ~miss;
    memcpy(half, &miss, sizeof half);
    c->lo = half[0];
    c->hi = half[1];
}

static void scan_begin(struct scan *c, const struct search_text *x, const uint8_t group[3])
{
    *c = (struct scan){.plane = x->plane, .end = x->n};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 16; k++) {
            c->group[i][k] = group[i];
            c->asked[i][k] = group[i] == 0xff ? 0 : 0xff;
        }
    scan_block(c);
}

/* The next place; `end` when there is none. */
static uint32_t scan_next(struct scan *c)
{
    int i;

    while (!(c->lo | c->hi)) {
        c->at += 16;
        if (c->at >= c->end)
            return c->end;
        scan_block(c);
    }
    if (c->lo) {
        i = __builtin_ctzll(c->lo) >> 3;
        c->lo &= ~((uint64_t)0xff << 8 * i);
    } else {
        i = 8 + (__builtin_ctzll(c->hi) >> 3);
        c->hi &= ~((uint64_t)0xff << 8 * (i - 8));
    }
    return c->at + (uint32_t)i < c->end ? c->at + (uint32_t)i : c->end;
}

/* What lies before `to` is not asked for any more. */
static void scan_skip(struct scan *c, uint32_t to)
{
    uint32_t off = to - c->at;

    if (to >= c->end || off >= 16) {
        c->at = to & ~(uint32_t)15;
        off = to & 15;
        if (c->at < c->end)
            scan_block(c);
        else
            c->lo = c->hi = 0;
    }
    if (off >= 8)
        c->lo = 0;
    else
        c->lo &= ~(uint64_t)0 << 8 * off;
    if (off > 8)
        c->hi &= ~(uint64_t)0 << 8 * (off - 8);
}

/* --- looking at one place --- */

/* Follows the automaton from `at`; FIT_HOLDS, FIT_OTHER_READING or FIT_NOT. *end: behind the match. */
static enum fit match_at(const struct matcher *m, const struct search_text *x, uint32_t at, uint32_t *letters,
                         uint32_t *ret_end)
{
    const struct search_unit *units = m->table->units;
    const struct match_first *first = &m->first[x->ids[at]];
    struct match_state s = first->state;
    enum fit fit = FIT_NOT;

    *letters |= first->letters;
    while (!matcher_empty(s)) {
        uint32_t done = 1u << m->n;

        at++;
        if (fit != FIT_HOLDS && s.clean & done) {
            fit = FIT_HOLDS;
            *ret_end = at;
        } else if (fit == FIT_NOT && s.other & done) {
            fit = FIT_OTHER_READING;
            *ret_end = at;
        }
        s = matcher_step(m, s, &units[x->ids[at]], letters);
    }
    return fit;
}

/* One item under the scan, and what is still to be learnt from the whole text. */
struct look {
    uint32_t row, begin, letters;
    bool begins; /* the place begins a name */
};

/* Nothing better can come in this item, and it can teach no letter. */
static bool settled(const struct search *s, const struct look *l, bool forgiving)
{
    uint8_t fit = s->found[l->row];

    if ((l->letters & s->matcher.reach) != s->matcher.reach)
        return false;
    return fit == FIT_BEGINS || (forgiving && fit);
}

static void take_place(struct search *s, struct look *l, const struct search_text *x, uint32_t at, bool forgiving)
{
    bool begins = at == l->begin || x->ids[at - 1] == 0;
    uint32_t end = 0;
    enum fit fit = match_at(&s->matcher, x, at, &l->letters, &end);
    uint8_t *found = &s->found[l->row];

    if (fit == FIT_NOT)
        return;
    if (forgiving)
        fit = FIT_FORGIVEN;
    else if (fit == FIT_HOLDS && begins)
        fit = FIT_BEGINS;
    if (!*found || fit < *found)
        *found = (uint8_t)fit;
}

/* Looks at one text of all items. Returns the letters that lead on. */
static uint32_t look_through(struct search *s, const struct search_text *x, bool forgiving)
{
    struct look l = {0};
    struct scan c;
    uint32_t at;

    if (!x->n)
        return 0;
    scan_begin(&c, x, s->matcher.group);
    while ((at = scan_next(&c)) < x->n) {
        while (at >= x->ends[l.row])
            l.begin = x->ends[l.row++];
        if (settled(s, &l, forgiving))
            scan_skip(&c, x->ends[l.row]);
        else if (!matcher_empty(s->matcher.first[x->ids[at]].state) || s->matcher.first[x->ids[at]].letters)
            take_place(s, &l, x, at, forgiving);
    }
    return l.letters;
}

/* --- a query --- */

static bool in_filter(const struct search *s, uint32_t row, enum search_filter f)
{
    static const uint8_t flag[SEARCH_FILTERS] = {0, SEARCH_HERE, SEARCH_PERSON, SEARCH_COMPANY};

    return !flag[f] || s->table.flags[row] & flag[f];
}

static void count(const struct search *s, struct search_answer *ret)
{
    memset(ret->total, 0, sizeof ret->total);
    for (uint32_t i = 0; i < s->table.n_items; i++) {
        int hit = s->found[i] != FIT_NOT;
        uint8_t flags = s->table.flags[i];

        ret->total[SEARCH_ALL] += hit;
        ret->total[SEARCH_AT_TERMINAL] += hit && flags & SEARCH_HERE;
        ret->total[SEARCH_FOR_PERSON] += hit && flags & SEARCH_PERSON;
        ret->total[SEARCH_FOR_COMPANY] += hit && flags & SEARCH_COMPANY;
    }
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
    bool forgiving = fit == FIT_FORGIVEN;

    if (matcher_begin(&s->matcher, &s->table, forgiving, NULL) < 0)
        return;
    ret->letters |= look_through(s, &s->table.text[text], forgiving);
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

/* Passes over what was found once for each kind of place in the order, until the page is full. */
int search_rows(const struct search *s, enum search_filter filter, int offset, uint32_t *rows, int n)
{
    int taken = 0;

    for (int later = 0; later <= s->terminal; later++)
        for (int fit = FIT_BEGINS; fit < FITS; fit++)
            for (uint32_t i = 0; i < s->table.n_items && taken < n; i++) {
                bool here = s->table.flags[i] & SEARCH_HERE;

                if (s->found[i] != fit || (s->terminal && here == later))
                    continue;
                if (in_filter(s, i, filter) && offset-- <= 0)
                    rows[taken++] = i;
            }
    return taken;
}

/* --- where it stands --- */

/* The byte behind the n-th character of `name` that counts. */
static size_t bytes_of(const char *name, uint32_t n, bool before)
{
    const char *p = name, *end = name + strlen(name), *at = p;

    while (p < end) {
        int32_t cp;

        at = p;
        cp = utf8_next(&p, end);
        if (cp < 0 || !search_fold((uint32_t)cp))
            continue;
        if (before ? !n-- : !--n)
            return (size_t)((before ? at : p) - name);
    }
    return (size_t)(end - name);
}

static bool place_in(struct search *s, uint32_t row, uint32_t *from, uint32_t *to)
{
    const struct search_text *x = &s->table.text[SEARCH_NAMES];
    uint32_t begin = row ? x->ends[row - 1] : 0, letters = 0;
    enum fit best = FIT_NOT;

    for (uint32_t at = begin; x->ids[at]; at++) {
        uint32_t end = 0;
        enum fit fit = match_at(&s->matcher, x, at, &letters, &end);

        if (fit == FIT_NOT || (best != FIT_NOT && fit >= best))
            continue;
        best = fit;
        *from = at - begin;
        *to = end - begin;
    }
    return best != FIT_NOT;
}

bool search_place(struct search *s, uint32_t row, const char *name, size_t *ret_from, size_t *ret_to)
{
    uint32_t from, to;
    bool found = false;

    if (row >= s->table.n_items || !s->matcher.n)
        return false;
    if (matcher_begin(&s->matcher, &s->table, s->found[row] == FIT_FORGIVEN, NULL) == 0)
        found = place_in(s, row, &from, &to);
    matcher_end(&s->matcher);
    if (found) {
        *ret_from = bytes_of(name, from, true);
        *ret_to = bytes_of(name, to, false);
    }
    return found;
}
