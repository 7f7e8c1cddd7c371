/* SPDX-License-Identifier: Apache-2.0
 *
 * See wrap.h. Where a line may end is base/text_break.h's; here the places that are taken.
 */
#include "ui/node/wrap.h"

#include <ctype.h>
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "base/text_break.h"

/* A comma is taken instead of a fuller line when that line is at least this full and the rest then fits on one line. */
#define COMMA_FULL_PERCENT 45

static int advance(const struct metrics *m, enum weight w, int px, uint32_t cp)
{
    return m->advance(m->ctx, w, px, m->latin ? latin_form(cp) : cp);
}

int text_width(const struct metrics *m, enum weight w, int px, const char *text, size_t len)
{
    must(m->advance, "letters without a width");
    const char *p = text, *end = text + len;
    int sum = 0;

    while (p < end) {
        int32_t cp = utf8_next(&p, end);

        sum += advance(m, w, px, cp < 0 ? 0xFFFD : (uint32_t)cp);
    }
    return (sum + 63) / 64;
}

static bool digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

/* May a line end between a and b? Spaces stay at the end of the line before. */
static bool may_break(uint32_t a, uint32_t b)
{
    if (b == ' ')
        return false;
    return a == ' ' ? !text_closes(b) : text_may_part(a, b);
}

/* The paragraph as one run of code points over all spans. */
struct reader {
    const struct span *spans;
    size_t n, span, at, base;
};

static bool read_next(struct reader *r, uint32_t *cp, size_t *end, enum weight *w)
{
    while (r->span < r->n && !r->spans[r->span].text[r->at]) {
        r->base += r->at;
        r->at = 0;
        r->span++;
    }
    if (r->span >= r->n)
        return false;

    const char *start = r->spans[r->span].text, *p = start + r->at;
    int32_t c = utf8_next(&p, p + strlen(p));

    *cp = c < 0 ? 0xFFFD : (uint32_t)c;
    *w = r->spans[r->span].weight;
    r->at = (size_t)(p - start);
    *end = r->base + r->at;
    return true;
}

static struct reader reader_at(const struct span *spans, size_t n, size_t from)
{
    struct reader r = {spans, n, 0, 0, 0};

    while (r.span < n && from > r.base + strlen(spans[r.span].text)) {
        r.base += strlen(spans[r.span].text);
        r.span++;
    }
    r.at = from - r.base;
    return r;
}

/* A place where the line may end: behind `end`, with `width` in 1/64 px without trailing spaces. */
struct place {
    size_t end;
    int width;
};

/* Does what stands from `from` to the next line break fit into `width` (1/64 px)? */
static bool rest_fits(const struct metrics *m, const struct span *spans, size_t n, int px, int width, size_t from)
{
    struct reader r = reader_at(spans, n, from);
    enum weight w;
    uint32_t cp;
    size_t end;
    int sum = 0;

    while (read_next(&r, &cp, &end, &w) && cp != '\n')
        if ((sum += advance(m, w, px, cp)) > width)
            return false;
    return true;
}

/* One line from `from`. *ret_next is where the following one starts. Returns false at the end of the paragraph. */
static bool one_line(const struct metrics *m, const struct span *spans, size_t n, int px, int width, size_t from,
                     struct wrap_line *ret, size_t *ret_next)
{
    struct reader r = reader_at(spans, n, from);
    struct place best = {0}, comma = {0}, last = {from, 0}, cut = last;
    uint32_t before = 0, cp;
    int sum = 0, solid = 0;
    enum weight w;
    size_t end;

    width *= 64;
    while (read_next(&r, &cp, &end, &w)) {
        if (cp == '\n') {
            *ret = (struct wrap_line){from, last.end, (solid + 63) / 64};
            *ret_next = end;
            return true;
        }
        if (before && may_break(before, cp)) {
            best = last;
            if (text_ends_clause(before))
                comma = last;
        }
        if (!text_closes(cp) && !text_opens(before))
            cut = last;
        sum += advance(m, w, px, cp);
        if (cp != ' ' && sum > width && last.end > from) {
            if (comma.end && comma.width * 100 >= width * COMMA_FULL_PERCENT && rest_fits(m, spans, n, px, width, comma.end))
                best = comma;
            if (!best.end) /* nowhere: then inside a word */
                best = cut.end > from ? cut : last;
            *ret = (struct wrap_line){from, best.end, (best.width + 63) / 64};
            *ret_next = best.end;
            return true;
        }
        if (cp != ' ')
            solid = sum;
        last = (struct place){end, solid};
        before = cp == ' ' && digit(before) ? '0' : cp; /* "5 个": a space behind a figure binds */
    }
    *ret = (struct wrap_line){from, last.end, (solid + 63) / 64};
    *ret_next = last.end;
    return false;
}

static int greedy(const struct metrics *m, const struct span *spans, size_t n, int px, int width, struct wrap_line *ret)
{
    size_t from = 0, next = 0;
    int count = 0;

    for (;;) {
        must(count < WRAP_LINES_MAX, "more lines than there is room for");
        bool more = one_line(m, spans, n, px, width, from, &ret[count], &next);

        count++;
        if (!more)
            return count;
        from = next;
        if (count == WRAP_LINES_MAX)
            return count;
    }
}

static char byte_at(const struct span *spans, size_t n, size_t at)
{
    size_t i = 0;

    for (size_t len; i < n && at >= (len = strlen(spans[i].text)); i++)
        at -= len;
    return i < n ? spans[i].text[at] : '\0';
}

/* Of several words only the last one stands there. */
static bool is_orphan(const struct span *spans, size_t n, const struct wrap_line *last)
{
    if (!last->from || byte_at(spans, n, last->from - 1) != ' ')
        return false;
    for (size_t at = last->from; at < last->to; at++)
        if (byte_at(spans, n, at) == ' ')
            return false;
    return true;
}

static bool ends_short(const struct metrics *m, const struct span *spans, size_t n, const struct wrap_line *last, int least)
{
    return last->width < least || (m->latin && is_orphan(spans, n, last));
}

/* One word, or one character with its stop. */
static bool is_alone(const struct metrics *m, const struct span *spans, size_t n, int px, const struct wrap_line *last)
{
    return last->width < 2 * px + px / 2 || (m->latin && is_orphan(spans, n, last));
}

static bool parts_word(const struct span *spans, size_t n, size_t at)
{
    return isalnum((unsigned char)byte_at(spans, n, at - 1)) && isalnum((unsigned char)byte_at(spans, n, at));
}

/* The line above gives the last one what stands at its end. */
static void hand_down(const struct metrics *m, const struct span *spans, size_t n, int px, int width,
                      struct wrap_line *above)
{
    struct wrap_line given, rest;
    size_t next, end;

    for (int w = above[0].width - 1; w > above[0].width / 3; w -= px / 2) {
        if (!one_line(m, spans, n, px, w, above[0].from, &given, &next) || next >= above[1].from ||
            parts_word(spans, n, next))
            continue;
        if (one_line(m, spans, n, px, width, next, &rest, &end))
            return; /* it does not fit any more */
        if (is_alone(m, spans, n, px, &rest))
            continue;
        above[0] = given;
        above[1] = rest;
        return;
    }
}

int wrap(const struct metrics *m, const struct span *spans, size_t n, int px, int width, struct wrap_line *ret)
{
    must(px > 0, "letters of no size");
    struct wrap_line even[WRAP_LINES_MAX];
    int count = greedy(m, spans, n, px, width, ret);

    int least = 8 * px < width / 3 ? 8 * px : width / 3, step = m->latin ? px / 2 : px;

    /* a short last line: the lines above give some of theirs */
    for (int w = width - step; count > 1 && ends_short(m, spans, n, &ret[count - 1], least) && w > width / 2; w -= step) {
        if (greedy(m, spans, n, px, w, even) != count)
            break;
        memcpy(ret, even, (size_t)count * sizeof *ret);
    }
    if (count > 1 && is_alone(m, spans, n, px, &ret[count - 1]) && byte_at(spans, n, ret[count - 1].from - 1) != '\n')
        hand_down(m, spans, n, px, width, &ret[count - 2]);
    return count;
}
