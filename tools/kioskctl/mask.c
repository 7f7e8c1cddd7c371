/* SPDX-License-Identifier: Apache-2.0
 *
 * See mask.h.
 */
#include "tools/kioskctl/mask.h"

#include <stdbool.h>
#include <string.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool parts(char c)
{
    return c == ' ' || c == '-' || c == '.';
}

/* "2026-01-05T09:00:00" at the front: its length, else 0. */
static size_t moment(const char *s, size_t len)
{
    static const char form[] = "0000-00-00T00:00:00";
    const size_t n = sizeof form - 1;

    if (len < n || (len > n && digit(s[n])))
        return 0;
    for (size_t i = 0; i < n; i++)
        if (form[i] == '0' ? !digit(s[i]) : s[i] != form[i])
            return 0;
    return n;
}

/* Digits, alone or in groups with one sign between; an X behind 17 of them is a card's. *ret_digits: how many. */
static size_t number(const char *s, size_t len, size_t *ret_digits)
{
    size_t i = 0, end = 0, n = 0;

    while (i < len) {
        if (i && moment(s + i, len - i))
            break; /* what follows is none of it */
        if (digit(s[i])) {
            n++;
            end = ++i;
        } else if (parts(s[i]) && i == end && i + 1 < len && digit(s[i + 1])) {
            i++;
        } else {
            break;
        }
    }
    if (n == 17 && end < len && (s[end] == 'X' || s[end] == 'x'))
        end++;
    *ret_digits = n;
    return end;
}

static size_t foreign(const char *s, size_t len)
{
    size_t n = 0;

    while (n < len && (unsigned char)s[n] >= 0x80)
        n++;
    return n;
}

void mask_add(struct buf *out, const char *s, size_t len)
{
    for (size_t i = 0, n; i < len; i += n) {
        size_t digits;

        if ((n = moment(s + i, len - i)) > 0) {
            buf_add(out, s + i, n);
        } else if (digit(s[i])) {
            n = number(s + i, len - i, &digits);
            if (digits >= MASK_DIGITS)
                buf_adds(out, "[number]");
            else
                buf_add(out, s + i, n);
        } else if ((n = foreign(s + i, len - i)) > 0) {
            buf_adds(out, "[text]");
        } else {
            n = 1;
            buf_addc(out, (unsigned char)s[i] < 0x20 && s[i] != '\t' ? '?' : (uint8_t)s[i]);
        }
    }
}
