/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8 and UTF-16LE, well-formed and not; filling and cutting.
 */
#include "base/text.h"

#include "base/err.h"
#include "test.h"

/* Every code point goes out and comes back; surrogates do not go out. */
TEST(every_code_point)
{
    int wrong = 0;
    for (uint32_t cp = 0; cp <= 0x110000; cp++) {
        char bytes[4];
        size_t n = utf8_put(cp, bytes);
        bool scalar = cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF);
        const char *p = bytes;
        if (scalar ? n == 0 || utf8_next(&p, bytes + n) != (int32_t)cp || p != bytes + n : n != 0)
            wrong++;
    }
    CHECK_INT(wrong, 0);
}

TEST(ill_formed)
{
    static const char *const bad[] = {
        "\x80",             /* continuation alone */
        "\xC0\x80",         /* overlong NUL */
        "\xC1\xBF",         /* overlong */
        "\xE0\x9F\xBF",     /* overlong */
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",     /* surrogate */
        "\xF4\x90\x80\x80", /* above 10FFFF */
        "\xF5\x80\x80\x80",
        "\xE4\xB8",     /* cut short */
        "\xE4\xB8\x61", /* wrong continuation */
        "\xFF",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *p = bad[i];
        CHECK_INT(utf8_next(&p, bad[i] + strlen(bad[i])), -1);
        CHECK(p == bad[i] + 1);
        CHECK(!utf8_valid(bad[i], strlen(bad[i])));
    }
    const char *p = "";
    CHECK_INT(utf8_next(&p, p), -1);
    CHECK(utf8_valid("测试甲 a\xF0\xA0\x80\x80", 15));
}

TEST(counting)
{
    CHECK_INT(utf8_count("测试甲a"), 4);
    CHECK_INT(utf8_count(""), 0);
    CHECK_INT(utf8_prefix("测试甲", 2), 6);
    CHECK_INT(utf8_prefix("测试甲", 9), 9);
    CHECK_INT(utf8_prefix("测试甲", 0), 0);
}

TEST(from_utf16)
{
    char out[32];
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"\x4B\x6D\xD5\x8B\x20\x00", 6, out, sizeof out), 0);
    CHECK_STR(out, "测试 ");
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"\x40\xD8\x87\xDC", 4, out, sizeof out), 0);
    CHECK_STR(out, "\xF0\xA0\x82\x87"); /* U+20087 */
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"", 0, out, sizeof out), 0);
    CHECK_STR(out, "");
}

TEST(from_utf16_refused)
{
    char out[32];
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"\x4B\x6D\xD5", 3, out, sizeof out), -ERR_INVALID);
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"\x40\xD8", 2, out, sizeof out), -ERR_INVALID);
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"\x87\xDC\x41\x00", 4, out, sizeof out), -ERR_INVALID);
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"\x40\xD8\x41\x00", 4, out, sizeof out), -ERR_INVALID);
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"\x41\x00\x00\x00", 4, out, sizeof out), -ERR_INVALID);
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"\x4B\x6D\xD5\x8B", 4, out, 6), -ERR_TOOLONG);
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"\x4B\x6D\xD5\x8B", 4, out, 7), 0);
    CHECK_INT(utf16le_to_utf8((const uint8_t *)"", 0, out, 0), -ERR_TOOLONG);
}

TEST(to_utf16)
{
    uint8_t out[16];
    size_t len = 0;
    CHECK_INT(utf8_to_utf16le("测\xF0\xA0\x82\x87", out, sizeof out, &len), 0);
    CHECK_INT(len, 6);
    CHECK_MEM(out, "\x4B\x6D\x40\xD8\x87\xDC", 6);
    CHECK_INT(utf8_to_utf16le("测\xF0\xA0\x82\x87", out, 5, &len), -ERR_TOOLONG);
    CHECK_INT(utf8_to_utf16le("\xE4\xB8", out, sizeof out, &len), -ERR_INVALID);
    CHECK_INT(len, 6);
}

TEST(filling)
{
    char out[64];
    const char *const args[] = {"甲", "{0}", NULL};
    text_fill(out, sizeof out, "{0}和{1}，{0}", args, 2);
    CHECK_STR(out, "甲和{0}，甲"); /* what is filled in is not filled again */
    text_fill(out, sizeof out, "{7} {x} {} { {", args, 2);
    CHECK_STR(out, "{7} {x} {} { {");
    text_fill(out, sizeof out, "a{2}b", args, 3);
    CHECK_STR(out, "a{2}b");
    text_fill(out, sizeof out, "", args, 2);
    CHECK_STR(out, "");
}

TEST(cutting_leaves_whole_characters)
{
    char out[32];
    const char *const args[] = {"测试甲"};
    for (size_t cap = 1; cap < 20; cap++) {
        memset(out, 'z', sizeof out);
        text_fill(out, cap, "一{0}二", args, 1);
        CHECK(strlen(out) < cap);
        CHECK(utf8_valid(out, strlen(out)));
        CHECK_INT(strlen(out), cap > 15 ? 15 : (cap - 1) / 3 * 3);
        CHECK(out[cap] == 'z');
    }
    CHECK(!text_copy(out, 6, "测试"));
    CHECK_STR(out, "测");
    CHECK(text_copy(out, 7, "测试"));
    CHECK(!text_copy(out, 1, "测"));
    CHECK_STR(out, "");
    CHECK(!text_copy(NULL, 0, "x"));
}

TEST(widths)
{
    CHECK(text_is_wide(0x4E2D)); /* 中 */
    CHECK(text_is_wide(0xFF0C)); /* ， */
    CHECK(text_is_wide(0x3002)); /* 。 */
    CHECK(text_is_wide(0x3042)); /* あ */
    CHECK(text_is_wide(0x20087));
    CHECK(text_is_wide(0x201C)); /* “ */
    CHECK(text_is_wide(0x4DAE)); /* 䶮 */
    CHECK(!text_is_wide('A'));
    CHECK(!text_is_wide(0xE9)); /* é */
    CHECK(!text_is_wide(0x0416));
    CHECK(!text_is_wide(0xFF71)); /* half-width kana */
}

TEST(one_line_to_read)
{
    static const char *const no[] = {"",    " ",  "\u3000 \u00a0", "\u200b",    "\n",    "a\nb",
                                     "a\r", "\t", "a\u2028b",      "a\xc2\x85", "a\x7f", "\xe4\xba"};

    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        CHECK(!text_is_line(no[i]));
    CHECK(text_is_line("a"));
    CHECK(text_is_line(" 设备维护 "));
    CHECK(text_is_line("9:00–17:00"));
}

TEST(one_line_and_all_of_it_seen)
{
    /* turned round, cut in two by nothing, a mark of byte order, a joiner, a soft hyphen */
    static const char *const no[] = {"", "a\nb", "a\u202eb", "市\u2066公安局", "a\u200bb", "\ufeffa", "a\u200d", "a\u00adb"};

    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        CHECK(!text_is_plain_line(no[i]));
    CHECK(text_is_plain_line("市公安局"));
    CHECK(text_is_plain_line("葛\U000e0100城"));
    CHECK(text_is_plain_line("e\u0301"));
}

TEST(trimmed)
{
    static const char *const all[][2] = {
        {"", ""},          {" \u3000\u00a0\t\n\u200b", ""}, {" a b\u3000", "a b"}, {"一层", "一层"}, {"\ufeffa", "a"},
        {"\xff ", "\xff"}, {"e\u0301 ", "e\u0301"}};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *s = all[i][0];
        size_t n = text_trim(&s);

        CHECK_INT(n, strlen(all[i][1]));
        CHECK(memcmp(s, all[i][1], n) == 0);
    }
}

TEST_MAIN(T(every_code_point), T(ill_formed), T(counting), T(from_utf16), T(from_utf16_refused), T(to_utf16), T(filling),
          T(cutting_leaves_whole_characters), T(widths), T(one_line_to_read), T(one_line_and_all_of_it_seen), T(trimmed))
