/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages between kiosk and kiosk-ime: there and back, and what breaks the format.
 */
#include "wire/compose.h"

#include "test.h"

TEST(a_question_there_and_back)
{
    const struct compose_question q = {
        .op = COMPOSE_TAKE, .scheme = SCHEME_STROKES, .index = 399, .serial = 0xFFFFFFFE, .letters = "hspnz"};
    struct compose_question got;
    uint8_t out[COMPOSE_QUESTION_MAX];
    size_t n = compose_question_encode(&q, out);

    CHECK_INT(n, 15);
    CHECK_INT(compose_question_decode(out, n, &got), 0);
    CHECK_INT(got.op, COMPOSE_TAKE);
    CHECK_INT(got.scheme, SCHEME_STROKES);
    CHECK_INT(got.index, 399);
    CHECK_INT(got.serial, 0xFFFFFFFE);
    CHECK_STR(got.letters, "hspnz");
    for (size_t i = 0; i < n; i++)
        CHECK(compose_question_decode(out, i, &got) < 0);
    out[10] = 'A';
    CHECK(compose_question_decode(out, n, &got) < 0);
}

static struct composing_answer a, got;
static uint8_t out[COMPOSE_ANSWER_MAX];

TEST(an_answer_there_and_back)
{
    a = (struct composing_answer){.serial = 9, .text = "测试", .rest = "jia"};
    CHECK(composing_answer_add(&a, "甲") && composing_answer_add(&a, "家") && composing_answer_add(&a, "𬭩"));
    size_t n = compose_answer_encode(&a, out);

    CHECK_INT(compose_answer_decode(out, n, &got), 0);
    CHECK_INT(got.serial, 9);
    CHECK_STR(got.text, "测试");
    CHECK_STR(got.rest, "jia");
    CHECK_INT(got.n, 3);
    CHECK_STR(got.candidates + got.at[2], "𬭩");
    for (size_t i = 0; i < n; i++)
        CHECK(compose_answer_decode(out, i, &got) < 0);
    CHECK(compose_answer_decode(out, n + 1, &got) < 0);
}

TEST(what_a_screen_must_not_get)
{
    static const char *const bad[] = {"a\nb", "\x1B[2J", "\xE6\xB5", "\xED\xA0\x80", "\x7F"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        a = (struct composing_answer){.n = 0};
        CHECK(composing_answer_add(&a, bad[i]));
        CHECK(compose_answer_decode(out, compose_answer_encode(&a, out), &got) < 0);
    }
}

TEST(as_many_as_fit)
{
    char word[COMPOSED_TEXT_MAX + 1];
    int n = 0;

    memset(word, 'x', sizeof word);
    word[COMPOSED_TEXT_MAX] = '\0';
    a = (struct composing_answer){.n = 0};
    while (n <= CANDIDATES_MAX && composing_answer_add(&a, word))
        n++;
    CHECK_INT(n, COMPOSING_TEXT_MAX / (COMPOSED_TEXT_MAX + 1));
    CHECK_INT(compose_answer_decode(out, compose_answer_encode(&a, out), &got), 0);
    CHECK_INT(got.n, n);
    CHECK(!composing_answer_add(&a, ""));
}

/* Ink there and back, and what no ink is: none, too much, outside, a line that begins nowhere, letters beside it. */
TEST(ink_there_and_back)
{
    static struct compose_question q, got_q;
    static uint8_t bytes[COMPOSE_QUESTION_MAX + 8];

    q = (struct compose_question){.op = COMPOSE_READ, .serial = 9};
    for (int i = 0; i < INK_POINTS_MAX; i++)
        (i % 5 ? ink_move : ink_down)(&q.ink, ink_character, i % 2 * ink_character.x, i % 3 * 263);
    CHECK_INT(q.ink.n, INK_POINTS_MAX);
    size_t n = compose_question_encode(&q, bytes);

    CHECK_INT(n, 10 + 4 * INK_POINTS_MAX);
    CHECK_INT(compose_question_decode(bytes, n, &got_q), 0);
    CHECK_INT(got_q.op, COMPOSE_READ);
    CHECK_INT(got_q.serial, 9);
    CHECK_MEM(&got_q.ink, &q.ink, sizeof q.ink);
    CHECK(compose_question_decode(bytes, n + 4, &got_q) < 0);
    CHECK(compose_question_decode(bytes, n - 1, &got_q) < 0);
    CHECK(compose_question_decode(bytes, 10, &got_q) < 0);
    bytes[10] = 0; /* not the beginning of a stroke */
    CHECK(compose_question_decode(bytes, n, &got_q) < 0);
    bytes[10] = 0x80;
    bytes[14] = 0x7F; /* far to the right */
    CHECK(compose_question_decode(bytes, n, &got_q) < 0);
    bytes[14] = 0;
    bytes[16] = 0xFF; /* far below */
    CHECK(compose_question_decode(bytes, n, &got_q) < 0);
    bytes[16] = 0;
    CHECK_INT(compose_question_decode(bytes, n, &got_q), 0);
    bytes[3] = 1;
    CHECK(compose_question_decode(bytes, n, &got_q) < 0);
}

TEST_MAIN(T(ink_there_and_back), T(a_question_there_and_back), T(an_answer_there_and_back), T(what_a_screen_must_not_get),
          T(as_many_as_fit))
