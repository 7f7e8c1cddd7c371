/* SPDX-License-Identifier: Apache-2.0
 *
 * Slots are taken in turn; one that the line needs itself is stepped over.
 */
#include "drivers/printer/user_glyph.h"

#include "base/text.h"
#include "drivers/printer/escpos_wire.h"

static int slot_of(const struct user_glyphs *u, uint32_t cp)
{
    for (int i = 0; i < u->n; i++)
        if (u->cp[i] == cp)
            return i;
    return -1;
}

static bool needs(const struct layout *l, const struct layout_line *line, uint32_t cp)
{
    for (int i = 0; i < line->n_runs; i++) {
        const char *text = layout_run_text(l, &line->runs[i]), *end = text + line->runs[i].len;

        while (text < end)
            if ((uint32_t)utf8_next(&text, end) == cp)
                return true;
    }
    return false;
}

/* The first character of the line that is to be taught and not known. */
static const struct layout_glyph *missing(const struct user_glyphs *u, const struct layout *l,
                                          const struct layout_line *line)
{
    for (int i = 0; i < line->n_runs; i++) {
        const char *text = layout_run_text(l, &line->runs[i]), *end = text + line->runs[i].len;

        while (text < end) {
            uint32_t cp = (uint32_t)utf8_next(&text, end);
            const struct layout_glyph *glyph = cp < 0x80 ? NULL : layout_glyph(l, cp);

            if (glyph && slot_of(u, cp) < 0)
                return glyph;
        }
    }
    return NULL;
}

bool user_glyphs_teach(struct user_glyphs *u, const struct layout *l, const struct layout_line *line, struct buf *out)
{
    const struct layout_glyph *glyph = l->glyphs.len ? missing(u, l, line) : NULL;

    for (int i = 0; glyph && i < u->n; i++) {
        int slot = u->next;

        u->next = (slot + 1) % u->n;
        if (u->cp[slot] && needs(l, line, u->cp[slot]))
            continue;
        u->cp[slot] = glyph->cp;
        escpos_define(out, escpos_user_code(slot), glyph->columns);
        return true;
    }
    return false;
}

/* Bytes before the first character that was taught; all of them where there is none. */
static size_t untaught(const struct layout *l, const char *text, const char *end)
{
    for (const char *p = text; p < end;) {
        const char *at = p;

        if (layout_glyph(l, (uint32_t)utf8_next(&p, end)))
            return (size_t)(at - text);
    }
    return (size_t)(end - text);
}

int user_glyphs_text(const struct user_glyphs *u, const struct layout *l, const struct layout_run *run, enum gb_range range,
                     struct buf *out)
{
    const char *text = layout_run_text(l, run), *end = text + run->len;

    while (text < end) {
        size_t n = l->glyphs.len ? untaught(l, text, end) : (size_t)(end - text);
        int slot, rc = escpos_text(out, text, n, range);

        text += n;
        if (rc < 0 || text == end)
            return rc;
        slot = slot_of(u, (uint32_t)utf8_next(&text, end));
        if (slot < 0)
            return -ERR_INVALID;
        buf_add_be16(out, escpos_user_code(slot));
    }
    return 0;
}
