/* SPDX-License-Identifier: Apache-2.0
 *
 * See amount.h.
 */
#include "voice/amount.h"

#include "base/must.h"

#define GROUP 4

static const char *const zh_digits[] = {"ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"};
static const char *const en_small[] = {"zero",     "one",     "two",     "three",     "four",     "five",    "six",
                                       "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
                                       "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
static const char *const en_tens[] = {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};

void amount_digits(struct words *w, enum language in, const char *digits, size_t len, bool code)
{
    for (size_t i = 0; i < len; i++) {
        int d = digits[i] - '0';

        must(d >= 0 && d <= 9, "a figure that is none");
        words_add(w, in, in == LANGUAGE_EN ? en_small[d] : code && d == 1 ? "yao1" : zh_digits[d]);
    }
}

/* --- Chinese --- */

/* 1, 2 before the unit of their place; `first`: nothing of the number stands before. */
static const char *zh_before(int digit, int place, bool first)
{
    if (digit == 1 && place == 1)
        return first ? "" : "yi1";
    if (digit == 1 && place > 1)
        return "yi4"; /* before bai3 and qian1 */
    return digit == 2 && place == 3 ? "liang3" : zh_digits[digit];
}

/* Four digits, 1 … 9999. */
static void zh_group(struct words *w, int value, bool first, bool bends)
{
    static const char *const units[] = {"", "shi2", "bai3", "qian1"};
    static const int size[] = {1, 10, 100, 1000};
    bool gap = false, said = !first;

    if (!first && value < 1000)
        gap = true;
    for (int place = 3; place >= 0; place--) {
        int digit = value / size[place] % 10;

        if (!digit) {
            gap |= value >= size[place];
            continue;
        }
        if (gap && said)
            words_add(w, LANGUAGE_ZH_CN, "ling2");
        gap = false;
        if (place == 0 && digit == 1 && bends)
            words_add_bending(w, "yi");
        else
            words_add(w, LANGUAGE_ZH_CN, zh_before(digit, place, !said));
        words_add(w, LANGUAGE_ZH_CN, units[place]);
        said = true;
    }
}

/* Groups of four: …, 亿, 万, and the last; of 16 digits the first is 万 of 亿. */
static void zh_cardinal(struct words *w, unsigned long long value, bool bends)
{
    static const unsigned long long size[] = {1000000000000ULL, 100000000ULL, 10000ULL, 1ULL};
    static const char *const units[] = {"wan4", "yi4", "wan4", ""};
    bool first = true;

    if (!value)
        words_add(w, LANGUAGE_ZH_CN, "ling2");
    for (int g = 0; g < GROUP; g++) {
        int part = (int)(value / size[g] % 10000);

        if (part == 1 && g < 3 && first)
            words_add(w, LANGUAGE_ZH_CN, "yi2"); /* before wan4 and yi4 */
        else if (part == 2 && g < 3 && first)
            words_add(w, LANGUAGE_ZH_CN, "liang3");
        else if (part)
            zh_group(w, part, first, bends && g == 3);
        if (part || (g == 1 && value / size[0]))
            words_add(w, LANGUAGE_ZH_CN, units[g]);
        first &= !part;
    }
}

/* --- English --- */

static void en_hundreds(struct words *w, int value, bool and)
{
    if (value >= 100) {
        words_add(w, LANGUAGE_EN, en_small[value / 100]);
        words_add(w, LANGUAGE_EN, "hundred");
    }
    int rest = value % 100;
    if (rest && (value >= 100 || and))
        words_add(w, LANGUAGE_EN, "and");
    if (rest >= 20) {
        words_add(w, LANGUAGE_EN, en_tens[rest / 10]);
        rest %= 10;
    }
    if (rest)
        words_add(w, LANGUAGE_EN, en_small[rest]);
}

static void en_cardinal(struct words *w, unsigned long long value)
{
    static const unsigned long long size[] = {1000000000000ULL, 1000000000ULL, 1000000ULL, 1000ULL, 1ULL};
    static const char *const units[] = {"trillion", "billion", "million", "thousand", ""};

    if (!value)
        words_add(w, LANGUAGE_EN, "zero");
    for (int g = 0; g < 5; g++) {
        int part = (int)(value / size[g] % 1000);

        if (!part)
            continue;
        en_hundreds(w, part, g == 4 && value >= 1000);
        words_add(w, LANGUAGE_EN, units[g]);
    }
}

void amount_cardinal(struct words *w, enum language in, const char *digits, size_t len, bool bends)
{
    must(len <= AMOUNT_DIGITS_MAX, "a number too long to be said as one");
    unsigned long long value = 0;

    for (size_t i = 0; i < len; i++)
        value = value * 10 + (unsigned)(digits[i] - '0');
    if (in == LANGUAGE_EN)
        en_cardinal(w, value);
    else
        zh_cardinal(w, value, bends);
}
