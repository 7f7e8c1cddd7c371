/* SPDX-License-Identifier: Apache-2.0
 *
 * Strokes on the glass: what is kept of a finger's way, and when it is a signature.
 */
#include "model/ink.h"

#include "test.h"

static struct ink ink;

static void start(void)
{
    ink = (struct ink){.n = 0};
}

TEST(strokes_are_told_apart)
{
    start();
    CHECK_INT(ink_stroke(&ink, 0), 0);
    ink_down(&ink, ink_signature, 10, 10);
    ink_move(&ink, ink_signature, 30, 10);
    ink_move(&ink, ink_signature, 30, 40);
    ink_down(&ink, ink_signature, 100, 100);
    ink_move(&ink, ink_signature, 90, 100);
    CHECK_INT(ink.n, 5);
    CHECK_INT(ink_stroke(&ink, 0), 3);
    CHECK_INT(ink_stroke(&ink, 3), 2);
    CHECK_INT(ink_stroke(&ink, 5), 0);
}

TEST(a_trembling_finger_does_not_fill_it)
{
    start();
    ink_down(&ink, ink_signature, 10, 10);
    for (int i = 0; i < 100; i++)
        ink_move(&ink, ink_signature, 10 + i % 2, 10);
    CHECK_INT(ink.n, 1);
}

TEST(places_outside_lie_on_the_edge)
{
    start();
    ink_down(&ink, ink_signature, -50, 5000);
    ink_move(&ink, ink_signature, 5000, -5);
    CHECK_INT(ink.points[0].x, 0);
    CHECK_INT(ink.points[0].y, ink_signature.y);
    CHECK_INT(ink.points[1].x, ink_signature.x);
    CHECK_INT(ink.points[1].y, 0);
}

TEST(the_last_stroke_is_taken_back)
{
    start();
    ink_undo(&ink);
    CHECK_INT(ink.n, 0);
    ink_down(&ink, ink_character, 10, 500);
    CHECK_INT(ink.points[0].y, 500); /* of a higher box */
    ink_down(&ink, ink_character, 100, 100);
    ink_move(&ink, ink_character, 200, 100);
    ink_undo(&ink);
    CHECK_INT(ink.n, 1);
    CHECK_INT(ink.points[2].x, 0); /* wiped */
    CHECK(!ink.first[1]);
    ink_undo(&ink);
    CHECK_INT(ink.n, 0);
}

TEST(it_never_holds_more_than_it_can)
{
    start();
    ink_move(&ink, ink_signature, 5, 5); /* without a finger down */
    CHECK_INT(ink.n, 0);
    ink_down(&ink, ink_signature, 0, 0);
    for (int i = 0; i < 3 * INK_POINTS_MAX; i++)
        ink_move(&ink, ink_signature, i % 2 * 100, i % 7 * 30);
    ink_down(&ink, ink_signature, 1, 1);
    CHECK_INT(ink.n, INK_POINTS_MAX);
}

TEST(a_dot_is_no_signature)
{
    start();
    CHECK(!ink_enough(&ink));
    ink_down(&ink, ink_signature, 10, 10);
    ink_move(&ink, ink_signature, 40, 10);
    ink_down(&ink, ink_signature, 400, 100); /* the way between strokes does not count */
    CHECK(!ink_enough(&ink));
    ink_move(&ink, ink_signature, 450, 100);
    CHECK(ink_enough(&ink));
}

TEST_MAIN(T(strokes_are_told_apart), T(a_trembling_finger_does_not_fill_it), T(places_outside_lie_on_the_edge),
          T(the_last_stroke_is_taken_back), T(it_never_holds_more_than_it_can), T(a_dot_is_no_signature))
