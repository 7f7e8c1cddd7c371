/* SPDX-License-Identifier: Apache-2.0
 *
 * Identity numbers: GB 11643-1999 for residents, the same form for residents of Hong Kong, Macau and Taiwan and for
 * foreigners since 2023, the older form of foreigners before. See identity.h.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/identity.h"

#define CITIZEN_NUMBER_LEN 18
#define FOREIGN_NUMBER_LEN 15

static const struct {
    char letters[4], digits[4];
} countries[] = {
#define COUNTRY(letters, digits) {letters, digits},
#include "model/country.def"
#undef COUNTRY
};

/* Three letters, or three digits: of `text` only these count. */
static bool is_nationality(const char *text)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++) {
        if (!strncmp(countries[i].letters, text, 3) || (countries[i].digits[0] && !strncmp(countries[i].digits, text, 3)))
            return true;
    }
    return false;
}

/* GB/T 2260: the first two digits of a division. */
static bool is_province(const char *digits)
{
    static const char known[][3] = {"11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
                                    "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
                                    "53", "54", "61", "62", "63", "64", "65", "71", "81", "82"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!strncmp(known[i], digits, 2))
            return true;
    }
    return false;
}

char citizen_number_check_character(const char *number)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        if (number[i] < '0' || number[i] > '9')
            return 0;
        sum += weights[i] * (number[i] - '0');
    }
    return "10X98765432"[sum % 11];
}

bool citizen_number_valid(const char *number)
{
    char birth[9];
    struct date d;
    if (strlen(number) != CITIZEN_NUMBER_LEN)
        return false;
    memcpy(birth, number + 6, 8);
    birth[8] = '\0';
    char last = number[17] == 'x' ? 'X' : number[17];
    return date_parse8(birth, &d) && citizen_number_check_character(number) == last;
}

/* '0' to '9' or 'X', whichever width; 0: none. */
static char number_character(int32_t c)
{
    if (c >= 0xff10 && c <= 0xff3a) /* full width */
        c -= 0xfee0;
    return c >= '0' && c <= '9' ? (char)c : c == 'X' || c == 'x' || c == 0xff58 ? 'X' : 0;
}

/* What people put between groups of digits. */
static bool is_between(int32_t c)
{
    static const struct text_range signs[] = {{' ', ' '},       {',', '/'},       {':', ':'},       {'_', '_'},
                                              {0xa0, 0xa0},     {0xb7, 0xb7},     {0x2000, 0x200a}, {0x2010, 0x2015},
                                              {0x202f, 0x202f}, {0x3000, 0x3001}, {0xff0c, 0xff0f}};

    return c > 0 && text_in((uint32_t)c, signs, sizeof signs / sizeof *signs);
}

/* The first 18 from here on, with at most two signs between two of them, and not the beginning of a longer row. */
static bool begins_number(const char *at, const char *end)
{
    char run[CITIZEN_NUMBER_LEN + 1] = "";
    int n = 0, between = 0;

    while (at < end && n < CITIZEN_NUMBER_LEN && between <= 2) {
        int32_t c = utf8_next(&at, end);
        char digit = number_character(c);

        if (!digit && !is_between(c))
            return false;
        between = digit ? 0 : between + 1;
        if (digit)
            run[n++] = digit;
    }
    if (n < CITIZEN_NUMBER_LEN || (at < end && number_character(utf8_next(&at, end))))
        return false;
    bool century = !strncmp(run + 6, "18", 2) || !strncmp(run + 6, "19", 2) || !strncmp(run + 6, "20", 2);

    return century && is_province(run) && citizen_number_valid(run);
}

bool citizen_number_in(const char *words)
{
    const char *end = words + strlen(words);
    bool before = false; /* the sign before is of a number: it began there */

    while (words < end) {
        const char *at = words;
        bool digit = number_character(utf8_next(&words, end)) != 0;

        if (digit && !before && begins_number(at, end))
            return true;
        before = digit;
    }
    return false;
}

/* YYMMDD is a day in one of the two centuries it may stand for. */
static bool is_short_date(const char *yymmdd)
{
    char text[9] = "19";
    struct date d;
    memcpy(text + 2, yymmdd, 6);
    if (date_parse8(text, &d))
        return true;
    memcpy(text, "20", 2);
    return date_parse8(text, &d);
}

/* Three letters of the nationality, four digits of the place, YYMMDD, one digit, and one that checks all of them by the
 * weights 7 3 1 of ICAO 9303. */
static bool foreign_number_valid(const char *number)
{
    static const int weights[] = {7, 3, 1};
    int sum = 0;
    if (strlen(number) != FOREIGN_NUMBER_LEN)
        return false;
    for (int i = 0; i < FOREIGN_NUMBER_LEN; i++) {
        char c = number[i];
        if (i < 3 ? c < 'A' || c > 'Z' : c < '0' || c > '9')
            return false;
        if (i < FOREIGN_NUMBER_LEN - 1)
            sum += weights[i % 3] * (i < 3 ? c - 'A' + 10 : c - '0');
    }
    return is_nationality(number) && is_short_date(number + 7) && sum % 10 == number[FOREIGN_NUMBER_LEN - 1] - '0';
}

static bool has_hmt_prefix(const char *number)
{
    return number[0] == '8' && number[1] >= '1' && number[1] <= '3' && !strncmp(number + 2, "0000", 4);
}

bool identity_number_valid(enum identity_kind kind, const char *number)
{
    if (kind == IDENTITY_FOREIGN_2017)
        return foreign_number_valid(number);
    if (!citizen_number_valid(number))
        return false;
    switch (kind) {
    case IDENTITY_RESIDENT:
        return number[0] >= '1' && number[0] <= '8' && !has_hmt_prefix(number);
    case IDENTITY_HMT:
        return has_hmt_prefix(number);
    case IDENTITY_FOREIGN_2023:
        return number[0] == '9' && is_province(number + 1) && is_nationality(number + 3);
    case IDENTITY_FOREIGN_2017:
        break;
    }
    return false;
}
