/* SPDX-License-Identifier: Apache-2.0
 *
 * What makes a card unusable today, who is the same person, and masks for screen and paper. The rules of numbers are in
 * identity_number.c.
 */
#include "model/identity.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "model/private_use.h"
#include "model/strings.h"

enum identity_fault identity_check(const struct identity *id, struct date today)
{
    if (!identity_number_valid(id->kind, id->number))
        return IDENTITY_BAD_NUMBER;
    if (!id->long_term && date_compare(id->valid_to, today) < 0)
        return IDENTITY_EXPIRED;
    if (date_compare(id->valid_from, today) > 0)
        return IDENTITY_NOT_YET;
    return IDENTITY_OK;
}

bool identity_same(const struct identity *a, const struct identity *b)
{
    return !strcmp(a->number, b->number) && !strcmp(a->name, b->name) && !strcmp(a->name_latin, b->name_latin);
}

const char *identity_kind_word(enum identity_kind kind)
{
    switch (kind) {
    case IDENTITY_RESIDENT:
        return "resident";
    case IDENTITY_HMT:
        return "hmt";
    case IDENTITY_FOREIGN_2017:
        return "foreign-2017";
    case IDENTITY_FOREIGN_2023:
        return "foreign-2023";
    }
    return "";
}

const char *identity_nation_name(const char *code)
{
#define N(code)                                                                                                             \
    {                                                                                                                       \
#code, STR_nation_##code                                                                                            \
    }
    static const struct {
        char code[3];
        enum str_id name;
    } nations[] = {
        N(01), N(02), N(03), N(04), N(05), N(06), N(07), N(08), N(09), N(10), N(11), N(12), N(13), N(14), N(15),
        N(16), N(17), N(18), N(19), N(20), N(21), N(22), N(23), N(24), N(25), N(26), N(27), N(28), N(29), N(30),
        N(31), N(32), N(33), N(34), N(35), N(36), N(37), N(38), N(39), N(40), N(41), N(42), N(43), N(44), N(45),
        N(46), N(47), N(48), N(49), N(50), N(51), N(52), N(53), N(54), N(55), N(56), N(97), N(98),
    };
#undef N
    for (size_t i = 0; i < sizeof nations / sizeof *nations; i++) {
        if (strcmp(nations[i].code, code) == 0)
            return str(LANGUAGE_ZH_CN, nations[i].name);
    }
    return "";
}

/* Bytes of the character that s begins with, as people count: one that is told by its code is one, and accents and variation
 * selectors belong to what they stand behind. */
static size_t character(const char *s)
{
    const char *end = s + strlen(s), *p = s;
    size_t told = private_use_told(s);

    if (told)
        p += told;
    else if (p < end)
        utf8_next(&p, end);
    for (const char *next = p; next < end && text_has_no_width((uint32_t)utf8_next(&next, end));)
        p = next;
    return (size_t)(p - s);
}

static size_t count(const char *text)
{
    size_t n = 0;

    for (; *text; text += character(text))
        n++;
    return n;
}

static const char *behind(const char *text, size_t n)
{
    while (n-- > 0 && *text)
        text += character(text);
    return text;
}

/* Shows the first `head` and the last `tail` characters and `stars` asterisks between them; cut when cap is too small. */
static void mask(const char *text, size_t head, size_t stars, size_t tail, char *out, size_t cap)
{
    const char *end = behind(text, count(text) - tail);
    size_t used = (size_t)(behind(text, head) - text);

    if (cap == 0)
        return;
    if (used + stars + strlen(end) + 1 > cap) { /* rather too little than too much */
        memset(out, '*', cap - 1);
        out[cap - 1] = '\0';
        return;
    }
    memcpy(out, text, used);
    memset(out + used, '*', stars);
    strcpy(out + used + stars, end);
}

void identity_mask_number(const char *number, char *out, size_t cap)
{
    size_t n = count(number);
    if (n > 10)
        mask(number, 6, n - 10, 4, out, cap);
    else
        mask(number, 0, n, 0, out, cap);
}

void identity_mask_name(const char *name, char *out, size_t cap)
{
    size_t n = count(name);
    if (n >= 3)
        mask(name, 1, n - 2, 1, out, cap);
    else
        mask(name, n / 2, n - n / 2, 0, out, cap);
}

void identity_mask_address(const char *address, char *out, size_t cap)
{
    size_t n = count(address);
    size_t head = n / 2 < 6 ? n / 2 : 6; /* of a short text not all */
    mask(address, head, n ? 4 : 0, 0, out, cap);
}

void identity_mask_mobile(const char *mobile, char *out, size_t cap)
{
    size_t n = count(mobile);
    if (n == 11)
        mask(mobile, 3, 4, 4, out, cap);
    else
        mask(mobile, 0, n, 0, out, cap);
}

void identity_mask_text(const char *text, char *out, size_t cap)
{
    if (utf8_count(text) > 6)
        identity_mask_address(text, out, cap);
    else
        identity_mask_name(text, out, cap);
}
