/* SPDX-License-Identifier: Apache-2.0
 *
 * The lists are looked at as they stand in the program, "简<TAB>簡<newline>" sorted by bytes: a table of pointers would have
 * to be relocated by every program at its start, for a language that few residents choose.
 */
#include "model/hant.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static const char hant_lines[] =
#include "hant_lines.inc"
    ;
static const char hans_lines[] =
#include "hans_lines.inc"
    ;

struct list {
    const char *at, *end;
};

/* A line: key, and what stands for it. */
struct pair {
    const char *key, *to;
    size_t key_len, to_len;
};

static const char *line_begin(const struct list *l, const char *p)
{
    while (p > l->at && p[-1] != '\n')
        p--;
    return p;
}

static const char *pair_read(const char *line, struct pair *ret)
{
    const char *tab = strchr(line, '\t'), *end = strchr(tab, '\n');

    *ret = (struct pair){line, tab + 1, (size_t)(tab - line), (size_t)(end - tab - 1)};
    return end + 1;
}

/* The first line whose key begins with these bytes or with greater ones. */
static const char *lines_from(const struct list *l, const char *head, size_t n)
{
    const char *low = l->at, *high = l->end;

    while (low < high) {
        const char *line = line_begin(l, low + (high - low) / 2);

        if (strncmp(line, head, n) < 0)
            low = strchr(line, '\n') + 1;
        else
            high = line;
    }
    return low;
}

/* The longest key that the text at `p` begins with. */
static bool find(const struct list *l, const char *p, size_t n, struct pair *ret)
{
    struct pair pair;
    bool found = false;

    for (const char *line = lines_from(l, p, n); line < l->end && strncmp(line, p, n) == 0;) {
        line = pair_read(line, &pair);
        if ((!found || pair.key_len > ret->key_len) && strncmp(pair.key, p, pair.key_len) == 0) {
            *ret = pair;
            found = true;
        }
    }
    return found;
}

static char *write_by(struct list l, char *out, size_t cap, const char *text)
{
    const char *end = text + strlen(text);
    size_t used = 0;

    while (text < end) {
        const char *p = text;
        struct pair pair;

        utf8_next(&p, end);
        size_t n = (size_t)(p - text);
        if (n < 3 || !find(&l, text, n, &pair)) /* ideographs and their signs have three bytes and more */
            pair = (struct pair){text, text, n, n};
        if (used + pair.to_len >= cap)
            break;
        memmove(out + used, pair.to, pair.to_len);
        used += pair.to_len;
        text += pair.key_len;
    }
    if (cap)
        out[used] = '\0';
    return out;
}

char *hant_text(char *out, size_t cap, const char *zh)
{
    return write_by((struct list){hant_lines, hant_lines + sizeof hant_lines - 1}, out, cap, zh);
}

char *hans_text(char *out, size_t cap, const char *text)
{
    return write_by((struct list){hans_lines, hans_lines + sizeof hans_lines - 1}, out, cap, text);
}
