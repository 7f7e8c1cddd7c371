/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of text: measured as drawn, kept only when they are nobody's, rare characters from the second font.
 */
#include "test.h"
#include "ui/draw/runs.h"

#include "ui/node/wrap.h"
#include <stdlib.h>

#define W 800
#define H 100

static struct fonts *fonts;
static uint32_t px[W * H];

static bool ready(void)
{
    struct err e = {0};

    memset(px, 0, sizeof px);
    return fonts || fonts_create(&fonts, &e) == 0;
}

static bool latin; /* how draw() sets quotation marks */

/* Rightmost painted column + 1 when drawn at x = 0. */
static int draw(struct runs *r, const char *text, int size, bool secret)
{
    struct canvas c = {px, W, W, H, {0, 0, W, H}};
    const struct run_style s = {WEIGHT_REGULAR, ALIGN_LEFT, size, 0xFFFFFF, secret, latin};
    int right = 0;

    memset(px, 0, sizeof px);
    runs_draw(r, &c, (struct box){0, 0, W, H}, &s, text);
    for (int i = 0; i < W * H; i++)
        if (px[i] && i % W >= right)
            right = i % W + 1;
    return right;
}

TEST(a_line_is_as_wide_as_it_was_measured)
{
    if (!ready())
        SKIP("no fonts");
    const struct metrics m = {fonts_advance, fonts, false};
    struct runs *r = runs_create(fonts);
    const char *const texts[] = {"请放上身份证", "138 0000 0123", "86 项在本机就能办完", "1103 003 261119", "A03-001"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int drawn = draw(r, texts[i], 40, false), said = text_width(&m, WEIGHT_REGULAR, 40, texts[i], strlen(texts[i]));

        CHECK(drawn <= said + 1 && drawn > said - 8);
    }
    runs_destroy(r);
}

/* English marks are narrow, Chinese ones as wide as a character, with one code; each is as wide as it was measured. */
TEST(quotation_marks)
{
    if (!ready())
        SKIP("no fonts");
    static const char text[] = "the reader’s “No” ‘x’ end";
    const struct metrics zh = {fonts_advance, fonts, false}, en = {fonts_advance, fonts, true};
    int wide = text_width(&zh, WEIGHT_REGULAR, 40, text, strlen(text));
    int narrow = text_width(&en, WEIGHT_REGULAR, 40, text, strlen(text));
    struct runs *r = runs_create(fonts);

    CHECK_INT(text_width(&zh, WEIGHT_BOLD, 40, "“”‘’", 12), 160);
    CHECK(wide - narrow > 100);
    for (int twice = 0; twice < 2; twice++) { /* kept pieces of the one form are not taken for the other */
        latin = true;
        CHECK(abs(draw(r, text, 40, false) - narrow) < 8);
        latin = false;
        CHECK(abs(draw(r, text, 40, false) - wide) < 8);
    }
    runs_destroy(r);
}

/* Columns without ink between the first and the last one that have some. */
static int gap(struct runs *r, const char *text)
{
    int right = draw(r, text, 40, false), left = 0, n = 0;
    bool ink[W] = {false};

    for (int i = 0; i < W * H; i++)
        ink[i % W] |= px[i] != 0;
    while (left < right && !ink[left])
        left++;
    for (int x = left; x < right; x++)
        n += !ink[x];
    return n;
}

TEST(a_long_dash_is_one_line)
{
    if (!ready())
        SKIP("no fonts");
    const struct metrics m = {fonts_advance, fonts, false};
    struct runs *r = runs_create(fonts);
    const char *text = "——", *among = "一——二";

    CHECK_INT(gap(r, text), 0);
    CHECK_INT(text_width(&m, WEIGHT_REGULAR, 40, text, strlen(text)), 80);
    CHECK(draw(r, text, 40, false) > 72);
    CHECK(gap(r, among) > 0); /* but from its neighbours */
    CHECK_INT(text_width(&m, WEIGHT_REGULAR, 40, among, strlen(among)), 160);
    CHECK(draw(r, "——abc", 40, false) > draw(r, "——", 40, false) + 40);
    runs_destroy(r);
}

/* As paper shows it: its code point in a frame. What only steers shows nothing and takes no room. */
TEST(what_no_font_has_shows_its_code_point)
{
    static uint32_t first[W * H];

    if (!ready())
        SKIP("no fonts");
    const struct metrics m = {fonts_advance, fonts, false};
    struct runs *r = runs_create(fonts);
    const char *one = "\xF3\xB0\x80\x80", *other = "\xF3\xB0\x80\x81", *name = "葛\xF3\xA0\x84\x80城"; /* U+F0000, U+F0001 */
    int right = draw(r, one, 40, false);

    CHECK(right == 40);
    CHECK_INT(text_width(&m, WEIGHT_REGULAR, 40, one, strlen(one)), 40);
    memcpy(first, px, sizeof first);
    draw(r, other, 40, false);
    CHECK(memcmp(first, px, sizeof first));
    draw(r, name, 40, false);
    memcpy(first, px, sizeof first);
    draw(r, "葛城", 40, false);
    CHECK_MEM(px, first, sizeof first);
    CHECK_INT(text_width(&m, WEIGHT_REGULAR, 40, name, strlen(name)), 80);
    runs_destroy(r);
}

/* The shape kept is found again by its text, size and weight together: no two of them stand for each other. */
TEST(sizes_are_not_mixed_up)
{
    static uint32_t alone[W * H];
    static const char *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    struct runs *all, *one;

    if (!ready())
        SKIP("no fonts");
    all = runs_create(fonts);
    for (int size = 26; size <= 64; size += 2)
        for (int i = 0; i < 10; i++)
            draw(all, digits[i], size, false);
    for (int i = 0; i < 10; i++) {
        one = runs_create(fonts);
        draw(one, digits[i], 44, false);
        memcpy(alone, px, sizeof alone);
        draw(all, digits[i], 44, false);
        CHECK_MEM(px, alone, sizeof alone);
        runs_destroy(one);
    }
    runs_destroy(all);
}

TEST(twice_drawn_is_drawn_alike)
{
    static uint32_t first[W * H];

    if (!ready())
        SKIP("no fonts");
    struct runs *r = runs_create(fonts);

    draw(r, "最晚 11月26日（星期四）办结。", 32, false);
    memcpy(first, px, sizeof px);
    draw(r, "最晚 11月26日（星期四）办结。", 32, false);
    CHECK_MEM(px, first, sizeof px);
    draw(r, "最晚 11月26日（星期四）办结。", 32, true);
    CHECK_MEM(px, first, sizeof px);
    runs_destroy(r);
}

TEST(nothing_of_a_resident_is_kept)
{
    if (!ready())
        SKIP("no fonts");
    struct runs *r = runs_create(fonts);

    CHECK(draw(r, "测试甲 138 0000 0123", 40, true) > 0);
    CHECK_INT(runs_kept(r), 0);
    draw(r, "手机号 11", 40, false);
    size_t kept = runs_kept(r);

    CHECK(kept > 0);
    draw(r, "手机号 13800000123", 40, true);
    CHECK_INT(runs_kept(r), kept);
    runs_destroy(r);
}

TEST(what_is_kept_has_a_ceiling)
{
    char text[8] = "";

    if (!ready())
        SKIP("no fonts");
    struct runs *r = runs_create(fonts);

    for (uint32_t cp = 0x4E00; cp < 0x4E00 + 1200; cp++) {
        text[0] = (char)(0xE0 | cp >> 12);
        text[1] = (char)(0x80 | (cp >> 6 & 63));
        text[2] = (char)(0x80 | (cp & 63));
        draw(r, text, 72, false);
        CHECK(runs_kept(r) < 2 * 1024 * 1024);
    }
    runs_destroy(r);
}

TEST(rare_characters_of_names_have_a_face)
{
    if (!ready())
        SKIP("no fonts");
    const uint32_t rare[] = {0x2CB69, 0x4DAE, 0x36C3, 0x2B36F, 0x20164};

    for (size_t i = 0; i < sizeof rare / sizeof *rare; i++)
        CHECK(fonts_has(fonts, fonts_face(fonts, WEIGHT_BOLD, rare[i]), rare[i]));
    int common = fonts_face(fonts, WEIGHT_BOLD, 0x6D4B);
    int other = 0;

    for (uint32_t cp = 0x20000; cp < 0x20100; cp++)
        other += fonts_face(fonts, WEIGHT_BOLD, cp) != common;
    CHECK(other > 100); /* what Noto lacks comes from HanaMin */
    struct runs *r = runs_create(fonts);

    CHECK(draw(r, "测𠅤甲", 40, true) > 100);
    runs_destroy(r);
}

TEST(closing)
{
    fonts_destroy(fonts);
    fonts_destroy(NULL);
    fonts = NULL;
}

TEST_MAIN(T(a_line_is_as_wide_as_it_was_measured), T(quotation_marks), T(a_long_dash_is_one_line),
          T(what_no_font_has_shows_its_code_point), T(sizes_are_not_mixed_up), T(twice_drawn_is_drawn_alike),
          T(nothing_of_a_resident_is_kept), T(what_is_kept_has_a_ceiling), T(rare_characters_of_names_have_a_face),
          TEARDOWN(closing))
