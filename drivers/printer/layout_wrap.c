/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a line ends. A small part of the Chinese rules (GB/T 15834 on marks at line ends): Hanzi break anywhere, words do
 * not, a closing mark stays with what it closes, an opening one with what it opens. Of the places that are allowed the one
 * that reads best: where the rest fits one line, the end of a clause; and no character alone on the last line.
 */
#include <string.h>

#include "base/text.h"
#include "drivers/printer/layout.h"

#define PLACES_MAX 128    /* of a line: more columns than the widest paper has */
#define CHOOSY_COLUMNS 12 /* a narrower line takes what it can */

struct place {
    size_t len, skip;
    int columns; /* of the line before it */
    bool clause;
};
struct places {
    struct place at[PLACES_MAX];
    int n;
    size_t fits;  /* bytes before what does not fit any more */
    bool is_last; /* all of it fits: at[n - 1] ends the paragraph */
};

static bool one_of(uint32_t cp, const char *set)
{
    const char *end = set + strlen(set);

    while (set < end)
        if ((uint32_t)utf8_next(&set, end) == cp)
            return true;
    return false;
}

static bool closing(uint32_t cp)
{
    return one_of(cp, "，。、；：？！）》〉」』】〕”’…—％℃,.;:?!)]%");
}

static bool opening(uint32_t cp)
{
    return one_of(cp, "（《〈「『【〔“‘([");
}

static bool ends_clause(uint32_t cp)
{
    return one_of(cp, "，。、；：？！）》");
}

static bool may_break(uint32_t before, uint32_t after)
{
    if (!paper_columns_of(after) || closing(after) || opening(before))
        return false;
    return paper_columns_of(before) == 2 || paper_columns_of(after) == 2;
}

static bool blank(uint32_t cp)
{
    return cp == ' ' || cp == 0x3000;
}

static void add(struct places *p, struct place place)
{
    if (p->n == PLACES_MAX)
        p->n--;
    p->at[p->n++] = place;
}

/* Every place where the first line of `text` may end. */
static void find(const char *text, int columns, struct places *ret)
{
    const char *end = text + strlen(text);
    uint32_t before = 0;
    int used = 0;

    ret->n = 0;
    ret->is_last = false;
    for (const char *p = text; p < end;) {
        size_t at = (size_t)(p - text);
        uint32_t cp = (uint32_t)utf8_next(&p, end);

        ret->fits = at;
        if (cp == '\n') {
            add(ret, (struct place){at, 1, used, true});
            ret->is_last = true;
            return;
        }
        if (at && blank(cp) && !blank(before))
            add(ret, (struct place){at, (size_t)(p - text) - at, used, cp == 0x3000});
        else if (at && !blank(before) && !blank(cp) && may_break(before, cp))
            add(ret, (struct place){at, 0, used, ends_clause(before) || opening(cp)});
        used += paper_columns_of(cp);
        if (used > columns) {
            if (!at)
                ret->fits = (size_t)(p - text); /* one character at least */
            return;
        }
        if (paper_columns_of(cp))
            before = cp;
    }
    add(ret, (struct place){(size_t)(end - text), 0, used, true});
    ret->is_last = true;
}

static int paragraph_columns(const char *text)
{
    return paper_columns(text, strcspn(text, "\n"));
}

static const struct place *best(const char *text, int columns, const struct places *p)
{
    const struct place *last = &p->at[p->n - 1];
    int rest = paragraph_columns(text + last->len + last->skip);

    if (p->is_last || columns < CHOOSY_COLUMNS || rest > columns)
        return last;
    for (const struct place *i = last; i >= p->at && i->columns >= columns / 3; i--)
        if (i->clause && paragraph_columns(text + i->len + i->skip) <= columns)
            return i;
    return rest <= 2 && p->n > 1 ? last - 1 : last;
}

size_t layout_wrap(const char *text, int columns, size_t *ret_skip)
{
    struct places places;
    const struct place *chosen;

    *ret_skip = 0;
    if (!*text)
        return 0;
    find(text, columns, &places);
    if (!places.n)
        return places.fits;
    chosen = best(text, columns, &places);
    *ret_skip = chosen->skip;
    return chosen->len;
}
