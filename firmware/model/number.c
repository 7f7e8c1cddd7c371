/* SPDX-License-Identifier: Apache-2.0
 *
 * Case and ticket numbers, and Damm's check digit (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004).
 */
#include "model/number.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define DAY_AT 7
#define SERIAL_AT 13
#define CHECK_AT 18

/* A totally anti-symmetric quasigroup of order 10 with zeros on its diagonal. */
static const unsigned char quasigroup[10][10] = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3}, {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6}, {6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7}, {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
};

char damm_check_digit(const char *digits)
{
    unsigned char interim = 0;
    for (; *digits; digits++) {
        if (*digits >= '0' && *digits <= '9')
            interim = quasigroup[interim][*digits - '0'];
    }
    return (char)('0' + interim);
}

/* The last `width` digits of value at out. */
static void put_digits(char *out, int value, int width)
{
    for (int i = width - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
}

void case_number_format(const struct case_number *n, char out[CASE_NUMBER_LEN + 1])
{
    put_digits(out, n->office, 4);
    put_digits(out + 4, n->registration, 3);
    put_digits(out + DAY_AT, n->day.year, 2);
    put_digits(out + DAY_AT + 2, n->day.month, 2);
    put_digits(out + DAY_AT + 4, n->day.day, 2);
    put_digits(out + SERIAL_AT, n->serial, 5);
    out[CHECK_AT] = '\0';
    out[CHECK_AT] = damm_check_digit(out);
    out[CASE_NUMBER_LEN] = '\0';
}

bool case_number_part(const char *bundle, int part, char out[CASE_NUMBER_LEN + 1])
{
    struct case_number n;

    if (!case_number_parse(bundle, &n) || part < 1 || part > CASE_SERIAL_MAX - n.serial)
        return false;
    n.serial += part;
    case_number_format(&n, out);
    return true;
}

static int take_digits(const char *digits, int width)
{
    int value = 0;
    for (int i = 0; i < width; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* The 19 digits of `text` without its spaces. */
static bool squeeze(const char *text, char out[CASE_NUMBER_LEN + 1])
{
    size_t n = 0;
    for (; *text; text++) {
        if (*text == ' ')
            continue;
        if (*text < '0' || *text > '9' || n == CASE_NUMBER_LEN)
            return false;
        out[n++] = *text;
    }
    out[n] = '\0';
    return n == CASE_NUMBER_LEN;
}

bool case_number_parse(const char *text, struct case_number *ret)
{
    char digits[CASE_NUMBER_LEN + 1];
    if (!squeeze(text, digits) || damm_check_digit(digits) != '0')
        return false;
    struct case_number n = {
        .office = take_digits(digits, 4),
        .registration = take_digits(digits + 4, 3),
        .day = {2000 + take_digits(digits + DAY_AT, 2), take_digits(digits + DAY_AT + 2, 2),
                take_digits(digits + DAY_AT + 4, 2)},
        .serial = take_digits(digits + SERIAL_AT, 5),
    };
    if (!date_valid(n.day) || n.serial == 0)
        return false;
    *ret = n;
    return true;
}

void case_number_group(const char *number, char out[24])
{
    static const int ends[] = {4, 7, 13, 18};
    size_t used = 0, next = 0;
    for (int i = 0; number[i] && used < 23; i++) {
        if (next < sizeof ends / sizeof *ends && i == ends[next] && used < 22) {
            out[used++] = ' ';
            next++;
        }
        out[used++] = number[i];
    }
    out[used] = '\0';
}

void ticket_number_leased(char letter, int number, char out[TICKET_NUMBER_MAX + 1])
{
    char text[32];
    snprintf(text, sizeof text, "%c %03d", letter, number);
    text_copy(out, TICKET_NUMBER_MAX + 1, text);
}

void ticket_number_own(char letter, int registration, int number, char out[TICKET_NUMBER_MAX + 1])
{
    char text[32];
    snprintf(text, sizeof text, "%c%02d-%03d", letter, registration, number);
    text_copy(out, TICKET_NUMBER_MAX + 1, text);
}

bool ticket_number_parse(const char *text, struct ticket_number *ret)
{
    struct ticket_number n = {.letter = text[0]};
    char again[TICKET_NUMBER_MAX + 1];
    if (n.letter < 'A' || n.letter > 'Z' || strlen(text) > TICKET_NUMBER_MAX)
        return false;
    if (sscanf(text + 1, " %7d", &n.number) == 1 && text[1] == ' ')
        ticket_number_leased(n.letter, n.number, again);
    else if (sscanf(text + 1, "%3d-%7d", &n.registration, &n.number) == 2)
        ticket_number_own(n.letter, n.registration, n.number, again);
    else
        return false;
    if (n.number < 1 || n.registration < 0 || (text[1] != ' ' && !n.registration) || strcmp(text, again))
        return false;
    *ret = n;
    return true;
}

static int credit_value(char c)
{
    static const char set[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* no I O S V Z */
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    const char *at = c ? strchr(set, c) : NULL;
    return at ? (int)(at - set) : -1;
}

/* The 18th character makes the weighted sum (powers of 3) a multiple of 31. */
bool credit_code_valid(const char *code)
{
    int sum = 0, weight = 1;
    if (strlen(code) != 18)
        return false;
    for (int i = 0; i < 18; i++, weight = weight * 3 % 31) {
        if (credit_value(code[i]) < 0)
            return false;
        sum += credit_value(code[i]) * (i < 17 ? weight : 1);
    }
    return sum % 31 == 0;
}
