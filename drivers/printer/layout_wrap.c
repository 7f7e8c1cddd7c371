/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a line ends. A small part of the Chinese rules (GB/T 15834 on marks at line ends): Hanzi break anywhere, words do
 * not, a closing mark stays with what it closes, an opening one with what it opens.
 */
#include <string.h>

#include "base/text.h"
#include "drivers/printer/layout.h"

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

static int width_of(uint32_t cp)
{
    return cp < 0x80 ? 1 : 2;
}

int layout_columns(const char *text, size_t len)
{
    const char *end = text + len;
    int n = 0;

    while (text < end)
        n += width_of((uint32_t)utf8_next(&text, end));
    return n;
}

static bool may_break(uint32_t before, uint32_t after)
{
    if (closing(after) || opening(before))
        return false;
    return width_of(before) == 2 || width_of(after) == 2;
}

size_t layout_wrap(const char *text, int columns, size_t *ret_skip)
{
    const char *end = text + strlen(text);
    size_t best = 0, best_skip = 0;
    uint32_t before = 0;
    int used = 0;

    for (const char *p = text; p < end;) {
        size_t at = (size_t)(p - text);
        uint32_t cp = (uint32_t)utf8_next(&p, end);

        *ret_skip = 1;
        if (cp == '\n' || (cp == ' ' && used == columns))
            return at;
        if (at && before != ' ' && may_break(before, cp)) {
            best = at;
            best_skip = 0;
        }
        used += width_of(cp);
        if (used > columns) {
            *ret_skip = best ? best_skip : 0;
            return best ? best : at ? at : (size_t)(p - text);
        }
        if (cp == ' ' && at) {
            best = at;
            best_skip = 1;
        }
        before = cp;
    }
    *ret_skip = 0;
    return (size_t)(end - text);
}
