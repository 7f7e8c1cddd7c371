/* SPDX-License-Identifier: Apache-2.0
 *
 * What a keyboard may put into a field: how many characters, and which. It keeps out what cannot be right; what is wrong
 * only as a whole is said when the field is left.
 */
#include <string.h>

#include "model/form.h"

size_t form_room(const struct form_field *field)
{
    static const struct {
        size_t by_type, by_item;
    } rooms[] = {
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level)                                        \
    [FIELD_##NAME] = {.by_type = room, .by_item = most},
#include "model/form_type.def"
#undef FIELD_TYPE
    };
    size_t most = rooms[field->type].by_item;

    if (!most || field->max <= 0)
        return rooms[field->type].by_type;
    return (size_t)field->max < most ? (size_t)field->max : most;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static uint32_t capital(uint32_t c)
{
    return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

static uint32_t take_nothing(const char *text, uint32_t c)
{
    return 0;
}

static uint32_t take_digits(const char *text, uint32_t c)
{
    return is_digit(c) ? c : 0;
}

/* Yuan with at most two decimals: one point, never first. */
static uint32_t take_money(const char *text, uint32_t c)
{
    const char *point = strchr(text, '.');

    if (c == '.')
        return !point && text[0] ? c : 0;
    return is_digit(c) && (!point || strlen(point) < 3) ? c : 0;
}

static uint32_t take_citizen_number(const char *text, uint32_t c)
{
    return is_digit(c) || (capital(c) == 'X' && strlen(text) == 17) ? capital(c) : 0;
}

static uint32_t take_credit_code(const char *text, uint32_t c)
{
    return is_digit(c) || is_letter(c) ? capital(c) : 0;
}

static uint32_t take_latin(const char *text, uint32_t c)
{
    return is_digit(c) || is_letter(c) || (c && c < 0x80 && strchr(" -./", (int)c)) ? c : 0;
}

/* What people write in names and addresses. */
static uint32_t take_any(const char *text, uint32_t c)
{
    return c >= ' ' && c != 0x7F && c <= 0x10FFFF ? c : 0;
}

uint32_t form_takes(const struct form_field *field, const char *text, uint32_t c)
{
    static uint32_t (*const takes[])(const char *text, uint32_t c) = {
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level) [FIELD_##NAME] = take_##take,
#include "model/form_type.def"
#undef FIELD_TYPE
    };

    return takes[field->type](text, c);
}
