/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a line ends. Of the places that base/text_break.h allows the one that reads best: where the rest fits one line, the
 * end of a clause; and no character alone on the last line.
 */
#include <string.h>

#include "base/text.h"
#include "base/text_break.h"
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

/* May a line end at the blank that p stands behind? A sign that joins would begin the next one. */
static bool blank_parts(const char *p, const char *end)
{
    return p == end || !text_closes((uint32_t)utf8_next(&p, end));
}

/* A place before the character at `at`, if a line may end there; p stands behind it. */
static void find_one(struct places *ret, const char *p, const char *end, struct place place, uint32_t before, uint32_t cp)
{
    if (blank(before))
        return;
    if (blank(cp) && blank_parts(p, end))
        add(ret, place);
    else if (!blank(cp) && text_may_part(before, cp))
        add(ret, (struct place){place.len, 0, place.columns, text_ends_clause(before) || text_opens(cp)});
}

/* Every place where the first line of `text` may end. */
static void find(const char *text, int columns, struct places *ret)
{
    const char *end = text + strlen(text);
    uint32_t before = 0;
    int used = 0;

    ret->n = 0;
    ret->fits = 0;
    ret->is_last = false;
    for (const char *p = text; p < end;) {
        size_t at = (size_t)(p - text);
        uint32_t cp = (uint32_t)utf8_next(&p, end);

        if (cp == '\n') {
            add(ret, (struct place){at, 1, used, true});
            ret->is_last = true;
            return;
        }
        if (at)
            find_one(ret, p, end, (struct place){at, (size_t)(p - text) - at, used, cp == 0x3000}, before, cp);
        if (!text_closes(cp) && !text_opens(before))
            ret->fits = at;
        used += paper_columns_of(cp);
        if (used > columns) {
            if (!ret->fits)
                ret->fits = at ? at : (size_t)(p - text); /* one character at least */
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
