/* SPDX-License-Identifier: Apache-2.0
 *
 * Contrast by WCAG 2.1: 13 for what must be read, 4.5 for the rest, 3 for edges and the ring.
 */
#include "ratio.h"
#include "test.h"

TEST(ink_is_read_everywhere)
{
    const enum token grounds[] = {TOKEN_SURFACE, TOKEN_PAPER, TOKEN_SUNK, TOKEN_OK_TINT, TOKEN_WARN_TINT, TOKEN_BAD_TINT};

    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        CHECK(ratio(TOKEN_INK, grounds[i], false) >= 12.95);
        CHECK(ratio(TOKEN_INK, grounds[i], true) >= 20);
        CHECK(ratio(TOKEN_INK_2, grounds[i], false) >= 4.5);
    }
}

TEST(states_on_their_tints)
{
    CHECK(ratio(TOKEN_OK, TOKEN_OK_TINT, false) >= 4.5);
    CHECK(ratio(TOKEN_WARN, TOKEN_WARN_TINT, false) >= 4.5);
    CHECK(ratio(TOKEN_BAD, TOKEN_BAD_TINT, false) >= 4.5);
    CHECK(ratio(TOKEN_ON_PRIMARY, TOKEN_PRIMARY, false) >= 7);
    CHECK(ratio(TOKEN_ON_PRIMARY, TOKEN_PRIMARY, true) >= 7);
    CHECK(ratio(TOKEN_ON_GLOW, TOKEN_GLOW, false) >= 7);
    CHECK(ratio(TOKEN_ON_NIGHT_2, TOKEN_PRIMARY_DEEP, false) >= 7);
    CHECK(ratio(TOKEN_OFF, TOKEN_PAPER, false) >= 4.5);
}

TEST(edges_and_the_ring)
{
    CHECK(ratio(TOKEN_EDGE, TOKEN_PAPER, false) >= 3);
    CHECK(ratio(TOKEN_EDGE, TOKEN_SURFACE, false) >= 3);
    CHECK(ratio(TOKEN_FOCUS, TOKEN_PAPER, false) >= 3);
    CHECK(ratio(TOKEN_FOCUS, TOKEN_PAPER, true) >= 3);
    CHECK(ratio(TOKEN_GLOW, TOKEN_PRIMARY_DEEP, false) >= 3);
}

TEST(the_ratio_itself)
{
    CHECK(fabs(ratio(TOKEN_WHITE, TOKEN_BLACK, false) - 21) < 0.01);
}

TEST_MAIN(T(ink_is_read_everywhere), T(states_on_their_tints), T(edges_and_the_ring), T(the_ratio_itself))
