/* SPDX-License-Identifier: Apache-2.0
 *
 * See text_break.h.
 */
#include "base/text_break.h"

#include <stddef.h>
#include <uchar.h>

#include "base/text.h"

static bool in_set(uint32_t cp, const char32_t *set)
{
    while (*set && *set != cp)
        set++;
    return *set;
}

bool text_closes(uint32_t cp)
{
    return in_set(cp, U"，。、；：？！．）〕］｝〉》」』】〗”’"
                      U"…—–～〜·‧•・／％‰℃°′″々〻,.;:?!)]}%/");
}

bool text_opens(uint32_t cp)
{
    return in_set(cp, U"（〔［｛〈《「『【〖“‘￥＄№([{");
}

bool text_ends_clause(uint32_t cp)
{
    return in_set(cp, U"，。、；：？！）〕〉》」』】”’,.;:?!)");
}

static bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

/* "26日", "5个", and the month behind its year */
static bool is_figure(uint32_t before, uint32_t after)
{
    if (is_digit(after))
        return in_set(before, U"年月");
    return is_digit(before) && in_set(after, U"年月日时分秒天位项份次个人号楼元岁台");
}

/* 星期五 is one word. */
static bool is_weekday(uint32_t before, uint32_t after)
{
    return (before == U'星' && after == U'期') || (before == U'期' && in_set(after, U"一二三四五六日"));
}

bool text_may_part(uint32_t before, uint32_t after)
{
    if (is_weekday(before, after))
        return false;
    if (text_closes(after) || text_opens(before) || text_has_no_width(after) || is_figure(before, after))
        return false;
    return text_is_wide(before) || text_is_wide(after);
}
