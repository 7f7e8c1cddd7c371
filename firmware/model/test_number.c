/* SPDX-License-Identifier: Apache-2.0
 *
 * See test_number.h. No page bears the number of the one before, nor the wrong one in another place.
 */
#include "model/test_number.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static void draw(struct test_number *n, uint32_t r)
{
    int tens = (int)(r >> 8) % 90 + 10, last = (int)(r >> 16) % 10, other = (last + 1 + (int)(r >> 20) % 9) % 10;

    n->right = (int)(r >> 30) & 1;
    n->offered[n->right] = tens * 100 + last * 10 + other;
    n->offered[!n->right] = tens * 100 + other * 10 + last;
}

const char *test_number_digits(int number, char out[12])
{
    snprintf(out, 12, "%04d", number);
    return out;
}

static bool stands_there_too(int number, const char *const elsewhere[])
{
    char digits[12];

    test_number_digits(number, digits);
    for (; *elsewhere; elsewhere++)
        if (strstr(*elsewhere, digits))
            return true;
    return number / 100 == 20;
}

void test_number_draw(struct test_number *n, uint32_t seed, const char *const elsewhere[])
{
    uint32_t r = seed * 2246822519u;

    do {
        draw(n, r);
        r = (r ^ r >> 15) * 2246822519u + 1;
    } while (stands_there_too(n->offered[0], elsewhere) || stands_there_too(n->offered[1], elsewhere));
}
