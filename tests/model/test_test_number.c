/* SPDX-License-Identifier: Apache-2.0
 *
 * Two numbers, one of which was printed.
 */
#include "model/test_number.h"

#include <string.h>

#include "test.h"

TEST(they_look_alike_and_are_not_the_same)
{
    static const char *const elsewhere[] = {"t-1103-003", "0123456789", NULL};

    for (uint32_t seed = 0; seed < 20000; seed++) {
        struct test_number n;
        char digits[12];

        test_number_draw(&n, seed, elsewhere);
        CHECK(n.offered[0] != n.offered[1]);
        CHECK_INT(n.offered[0] / 100, n.offered[1] / 100);
        for (int i = 0; i < 2; i++) {
            CHECK(n.offered[i] >= 1000 && n.offered[i] <= 9999 && n.offered[i] / 100 != 20);
            CHECK(n.offered[i] != 1103);
            CHECK(!strstr(elsewhere[1], test_number_digits(n.offered[i], digits)));
        }
        CHECK(n.right == 0 || n.right == 1);
    }
}

TEST_MAIN(T(they_look_alike_and_are_not_the_same))
