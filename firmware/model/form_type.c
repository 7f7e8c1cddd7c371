/* SPDX-License-Identifier: Apache-2.0
 *
 * One check a type of field. Each answers with the fault a clerk would point at first, so that a resident corrects one
 * thing at a time and is told which.
 */
#include "model/form_type.h"

#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "model/number.h"

#define TEXT_CHARACTERS 100
#define NUMBER_DIGITS 15 /* of a whole number or of yuan: well inside 64 bits, also as cents */

static struct form_fault fault(enum form_fault_kind kind, long n)
{
    return (struct form_fault){.kind = kind, .n = n};
}

static struct form_fault fine(void)
{
    return fault(FORM_OK, 0);
}

bool form_value_empty(const char *value)
{
    return value[strspn(value, " ")] == '\0';
}

static bool all_digits(const char *s)
{
    return s[strspn(s, "0123456789")] == '\0';
}

static struct form_fault check_count(size_t n, long min, long max)
{
    if ((long)n < min)
        return fault(FORM_SHORT, min - (long)n);
    if ((long)n > max)
        return fault(FORM_LONG, (long)n - max);
    return fine();
}

/* Controls, invisible marks and what turns the writing direction: nobody types them, and on a receipt they lie. */
static bool harmless(int32_t cp)
{
    if (cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == 0xFEFF || cp == 0xFFFD)
        return false;
    if ((cp >= 0x200B && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F))
        return false;
    return (cp & 0xFFFE) != 0xFFFE && !(cp >= 0xFDD0 && cp <= 0xFDEF);
}

static bool all_harmless(const char *s)
{
    const char *end = s + strlen(s);
    while (s < end) {
        if (!harmless(utf8_next(&s, end)))
            return false;
    }
    return true;
}

static struct form_fault check_text_count(const struct form_field *f, const char *value)
{
    return check_count(utf8_count(value), f->min, f->max ? f->max : TEXT_CHARACTERS);
}

static struct form_fault check_latin(const struct form_field *f, const char *value, struct date today)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -./";
    return value[strspn(value, letters)] ? fault(FORM_CHARACTERS, 0) : check_text_count(f, value);
}

static struct form_fault check_words(const struct form_field *f, const char *value, struct date today)
{
    return all_harmless(value) ? check_text_count(f, value) : fault(FORM_CHARACTERS, 0);
}

static struct form_fault check_range(const struct form_field *f, long value, bool too_big)
{
    long min = f->min, max = f->max;
    if (min == 0 && max == 0)
        max = 999999999999999;
    if (max == 0 && min > 0)
        max = 999999999999999;
    if (too_big || value > max)
        return fault(FORM_RANGE_HIGH, max);
    if (value < min)
        return fault(FORM_RANGE_LOW, min);
    return fine();
}

static long to_long(const char *digits, size_t n)
{
    long value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

static struct form_fault check_number(const struct form_field *f, const char *value, struct date today)
{
    bool negative = f->min < 0 && value[0] == '-';
    const char *digits = value + negative;
    if (!all_digits(digits) || !*digits)
        return fault(FORM_NOT_DIGITS, 0);
    digits += strspn(digits, "0");
    size_t n = strlen(digits);
    if (n > NUMBER_DIGITS && negative)
        return fault(FORM_RANGE_LOW, f->min);
    long magnitude = n > NUMBER_DIGITS ? 0 : to_long(digits, n);
    return check_range(f, negative ? -magnitude : magnitude, n > NUMBER_DIGITS);
}

long form_hundredths(const char *value)
{
    value += strspn(value, "0");
    size_t whole = strspn(value, "0123456789");
    const char *point = value + whole;
    size_t decimals = *point == '.' ? strspn(point + 1, "0123456789") : 0;
    if (whole > NUMBER_DIGITS)
        return LONG_MAX;
    long amount = to_long(value, whole) * 100;
    if (decimals > 0)
        amount += (point[1] - '0') * 10;
    if (decimals > 1)
        amount += point[2] - '0';
    return amount;
}

/* "12", "12.5", "12.50"; behind a point something must follow. */
static struct form_fault check_money(const struct form_field *f, const char *value, struct date today)
{
    size_t yuan = strspn(value, "0123456789");
    const char *point = value + yuan;
    size_t cents = *point == '.' ? strspn(point + 1, "0123456789") : 0;
    bool whole = *point == '\0' || (*point == '.' && cents > 0 && point[1 + cents] == '\0');
    if (yuan > 0 && *point == '.' && point[1] == '\0')
        return fault(FORM_SHORT, 1);
    if (yuan == 0 || !whole)
        return fault(FORM_CHARACTERS, 0);
    if (cents > 2)
        return fault(FORM_LONG, (long)cents - 2);
    size_t zeros = strspn(value, "0");
    if (zeros < yuan && yuan - zeros > NUMBER_DIGITS - 2)
        return check_range(f, 0, true);
    return check_range(f, form_hundredths(value), false);
}

static struct form_fault check_date(const struct form_field *f, const char *value, struct date today)
{
    struct date d;
    if (!all_digits(value))
        return fault(FORM_NOT_DIGITS, 0);
    struct form_fault count = check_count(strlen(value), 8, 8);
    if (count.kind != FORM_OK)
        return count;
    return date_parse8(value, &d) ? fine() : fault(FORM_DATE, 0);
}

static bool has_choice(const struct form_field *f, const char *id, size_t len)
{
    for (size_t i = 0; i < f->n_choices; i++) {
        if (strlen(f->choices[i].id) == len && memcmp(f->choices[i].id, id, len) == 0)
            return true;
    }
    return false;
}

/* Whether the word [at, at+len) stands in value before `at`. */
static bool stands_before(const char *value, const char *at, size_t len)
{
    for (const char *w = value; w < at;) {
        size_t n = strcspn(w, " ");
        if (n == len && memcmp(w, at, len) == 0)
            return true;
        w += n;
        w += strspn(w, " ");
    }
    return false;
}

static struct form_fault check_choice(const struct form_field *f, const char *value, struct date today)
{
    return has_choice(f, value, strlen(value)) ? fine() : fault(FORM_NOT_A_CHOICE, 0);
}

static struct form_fault check_choices(const struct form_field *f, const char *value, struct date today)
{
    const char *w = value;
    while (*w) {
        size_t n = strcspn(w, " ");
        if (n == 0 || !has_choice(f, w, n) || stands_before(value, w, n))
            return fault(FORM_NOT_A_CHOICE, 0);
        w += n;
        if (*w == ' ' && !*++w)
            return fault(FORM_NOT_A_CHOICE, 0); /* a space after the last */
    }
    return fine();
}

static struct form_fault check_mobile(const struct form_field *f, const char *value, struct date today)
{
    if (!all_digits(value))
        return fault(FORM_NOT_DIGITS, 0);
    if (value[0] != '1' || (value[1] && (value[1] < '3' || value[1] > '9')))
        return fault(FORM_MOBILE_START, 0);
    return check_count(strlen(value), 11, 11);
}

static struct form_fault check_citizen_number(const struct form_field *f, const char *value, struct date today)
{
    size_t digits = strspn(value, "0123456789"), n = strlen(value);
    bool ends_in_x = digits == 17 && (value[17] == 'X' || value[17] == 'x') && n == 18;
    if (digits < n && !ends_in_x)
        return fault(FORM_NOT_DIGITS, 0);
    struct form_fault count = check_count(n, 18, 18);
    if (count.kind != FORM_OK)
        return count;
    char birth[9] = "";
    memcpy(birth, value + 6, 8);
    struct date d;
    bool day = date_parse8(birth, &d) && date_compare(d, today) <= 0;
    memset(birth, 0, sizeof birth);
    if (!day)
        return fault(FORM_DATE, 0);
    return citizen_number_valid(value) ? fine() : fault(FORM_CHECK, 0);
}

#define CREDIT_LETTERS "0123456789ABCDEFGHJKLMNPQRTUWXYabcdefghjklmnpqrtuwxy" /* no I O S V Z */

static struct form_fault check_credit_code(const struct form_field *f, const char *value, struct date today)
{
    if (strspn(value, CREDIT_LETTERS) != strlen(value))
        return fault(FORM_CHARACTERS, 0);
    struct form_fault count = check_count(strlen(value), 18, 18);
    if (count.kind != FORM_OK)
        return count;
    return credit_code_valid(value) ? fine() : fault(FORM_CHECK, 0);
}

/* ISO/IEC 7812-1 annex B. */
static bool luhn(const char *digits)
{
    int sum = 0;
    bool twice = false;
    for (size_t i = strlen(digits); i-- > 0; twice = !twice) {
        int d = digits[i] - '0';
        if (twice)
            d = d > 4 ? 2 * d - 9 : 2 * d;
        sum += d;
    }
    return sum % 10 == 0;
}

static struct form_fault check_bank_card(const struct form_field *f, const char *value, struct date today)
{
    if (!all_digits(value))
        return fault(FORM_NOT_DIGITS, 0);
    struct form_fault count = check_count(strlen(value), 12, 19);
    if (count.kind != FORM_OK)
        return count;
    bool zeros = strspn(value, "0") == strlen(value); /* passes Luhn, is no card */
    return luhn(value) && !zeros ? fine() : fault(FORM_CHECK, 0);
}

static struct form_fault check_yes_no(const struct form_field *f, const char *value, struct date today)
{
    return !strcmp(value, "yes") || !strcmp(value, "no") ? fine() : fault(FORM_NOT_A_CHOICE, 0);
}

static struct form_fault check_signature(const struct form_field *f, const char *value, struct date today)
{
    return strcmp(value, FORM_SIGNED) ? fault(FORM_CHARACTERS, 0) : fine();
}

struct form_fault form_type_check(const struct form_field *f, const char *value, struct date today)
{
    static struct form_fault (*const checks[])(const struct form_field *f, const char *value, struct date today) = {
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level) [FIELD_##NAME] = check_##check,
#include "model/form_type.def"
#undef FIELD_TYPE
    };

    return checks[f->type](f, value, today);
}
