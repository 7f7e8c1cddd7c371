/* SPDX-License-Identifier: Apache-2.0
 *
 * Characters as dots: they are there, in their cell, and rare ones are no boxes.
 */
#include "drivers/printer/glyph.h"

#include <string.h>

#include "test.h"

struct cell {
    uint8_t rows[96 * 12];
    struct dots dots;
};

static void draw(struct cell *c, struct glyphs *g, uint32_t cp, int px, bool bold)
{
    memset(c, 0, sizeof *c);
    c->dots = (struct dots){c->rows, px, px, 12};
    glyphs_draw(g, cp, px, bold, &c->dots, 0, 0);
}

static int black(const struct cell *c)
{
    int n = 0;

    for (int y = 0; y < c->dots.height; y++)
        for (int x = 0; x < c->dots.width; x++)
            n += dots_get(&c->dots, x, y);
    return n;
}

TEST(dots_stay_inside)
{
    uint8_t rows[4] = {0};
    struct dots d = {rows, 12, 2, 2};

    dots_set(&d, 0, 0, true);
    dots_set(&d, 11, 1, true);
    dots_set(&d, 12, 1, true);
    dots_set(&d, -1, 0, true);
    dots_set(&d, 0, 2, true);
    CHECK_MEM(rows, "\x80\x00\x00\x10", 4);
    CHECK(dots_get(&d, 11, 1) && !dots_get(&d, 12, 1) && !dots_get(&d, 0, -1));
    dots_set(&d, 0, 0, false);
    CHECK(!dots_get(&d, 0, 0));
    dots_fill(&d, 4, 0, 100, 1);
    CHECK_MEM(rows, "\x0F\xF0", 2);
    dots_invert(&d);
    CHECK(dots_get(&d, 0, 0) && !dots_get(&d, 4, 0));
}

/* As the printers' own fonts have it: from edge to edge, so that two are one mark. */
TEST(a_dash_fills_its_cell)
{
    struct err e = {0};
    struct glyphs *g;
    struct cell c;

    if (glyphs_open(&g, &e) < 0)
        SKIP("fonts-noto-cjk is not installed");
    for (int bold = 0; bold < 2; bold++) {
        draw(&c, g, 0x2014, 24, bold);
        for (int x = 0; x < 24; x++) {
            bool ink = false;

            for (int y = 8; y < 16; y++)
                ink |= dots_get(&c.dots, x, y);
            CHECK(ink);
        }
    }
    glyphs_close(g);
}

TEST(common_rare_and_missing_characters)
{
    struct err e = {0};
    struct glyphs *g;
    struct cell a, b, box;

    if (glyphs_open(&g, &e) < 0)
        SKIP("fonts-noto-cjk is not installed");
    draw(&box, g, 0x10FFFE, 24, false);
    CHECK(black(&box) > 50);
    draw(&a, g, 0x6536, 24, false); /* 收 */
    CHECK(black(&a) > 60 && black(&a) < 300);
    draw(&b, g, 0x6536, 24, true);
    CHECK(black(&b) > black(&a));
    draw(&b, g, 0x6536, 48, true);
    CHECK(black(&b) > 3 * black(&a));
    draw(&a, g, 0x20BB7, 24, false); /* 𠮷, four bytes in GB 18030 */
    CHECK(memcmp(a.rows, box.rows, sizeof a.rows) != 0);
    draw(&b, g, 0x5409, 24, false); /* 吉 is another one */
    CHECK(memcmp(a.rows, b.rows, sizeof a.rows) != 0);
    glyphs_close(g);
    glyphs_close(NULL);
}

TEST(a_character_only_hanamin_has)
{
    struct err e = {0};
    struct glyphs *g;
    struct cell a, box;
    FILE *f = fopen("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf", "rb");

    if (!f)
        SKIP("fonts-hanazono is not installed");
    fclose(f);
    if (glyphs_open(&g, &e) < 0)
        SKIP("fonts-noto-cjk is not installed");
    draw(&box, g, 0x10FFFE, 24, false);
    draw(&a, g, 0x2A6D6, 24, false); /* the last of extension B */
    CHECK(black(&a) > 20);
    CHECK(memcmp(a.rows, box.rows, sizeof a.rows) != 0);
    glyphs_close(g);
}

TEST(half_width_stays_in_its_half)
{
    struct err e = {0};
    struct glyphs *g;
    struct cell a;

    if (glyphs_open(&g, &e) < 0)
        SKIP("fonts-noto-cjk is not installed");
    for (uint32_t cp = '!'; cp < 0x7F; cp++) {
        draw(&a, g, cp, 24, false);
        for (int y = 0; y < 24; y++)
            for (int x = 12; x < 24; x++)
                CHECK(!dots_get(&a.dots, x, y));
    }
    glyphs_close(g);
}

TEST(what_no_font_has_shows_its_code_point)
{
    struct err e = {0};
    struct glyphs *g;
    struct cell a, b;

    if (glyphs_open(&g, &e) < 0)
        SKIP("fonts-noto-cjk is not installed");
    draw(&a, g, 0xE854, 24, false);
    draw(&b, g, 0xE855, 24, false);
    CHECK(black(&a) > 100 && memcmp(a.rows, b.rows, sizeof a.rows));
    draw(&b, g, 0xE854, 24, true);
    CHECK_MEM(a.rows, b.rows, sizeof a.rows);
    draw(&b, g, 0xE854, 48, false);
    CHECK_INT(black(&b), 4 * black(&a)); /* the same, each dot four */
    CHECK(dots_get(&a.dots, 0, 1) && dots_get(&a.dots, 23, 22) && !dots_get(&a.dots, 0, 0));
    glyphs_close(g);
}

TEST(accents_go_over_the_letter)
{
    struct err e = {0};
    struct glyphs *g;
    struct cell letter, both;

    if (glyphs_open(&g, &e) < 0)
        SKIP("fonts-noto-cjk is not installed");
    draw(&letter, g, 'e', 24, false);
    draw(&both, g, 'e', 24, false);
    glyphs_mark(g, 0x301, 24, false, &both.dots, 0, 12, 0);
    CHECK(black(&both) > black(&letter));
    for (int y = 0; y < 24; y++)
        for (int x = 0; x < 24; x++) {
            CHECK(!dots_get(&letter.dots, x, y) || dots_get(&both.dots, x, y));
            CHECK(x < 12 || !dots_get(&both.dots, x, y));
        }
    glyphs_mark(g, 0xFE0F, 24, false, &letter.dots, 0, 12, 0); /* a variation selector has no dots */
    draw(&both, g, 'e', 24, false);
    CHECK_MEM(letter.rows, both.rows, sizeof both.rows);
    glyphs_close(g);
}

TEST_MAIN(T(dots_stay_inside), T(common_rare_and_missing_characters), T(a_dash_fills_its_cell),
          T(a_character_only_hanamin_has), T(half_width_stays_in_its_half), T(what_no_font_has_shows_its_code_point),
          T(accents_go_over_the_letter))
