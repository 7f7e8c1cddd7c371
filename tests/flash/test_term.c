/* SPDX-License-Identifier: Apache-2.0
 *
 * Columns of a terminal: ideographs are two wide, styles none.
 */
#include "tools/flash/term.h"

#include "test.h"
#include "tools/flash/sticks.h"

static char *cell(int width, const char *text)
{
    static char out[256];
    struct buf b;

    buf_init(&b, sizeof out - 1);
    term_cell(&b, width, text);
    strcpy(out, buf_str(&b));
    buf_finish(&b);
    return out;
}

TEST(cells)
{
    CHECK_INT(term_width("口 1"), 4);
    CHECK_INT(term_width("{x|有文件}：2,114 个"), 16);
    CHECK_INT(term_width("{b|A}"), 1);
    CHECK_STR(cell(7, "口 1"), "口 1   ");
    CHECK_STR(cell(7, "{b|A}"), "{b|A}      ");
    CHECK_STR(cell(-9, "31 GB"), "  31 GB  ");
    CHECK_STR(cell(-9, "大小"), "   大小  ");
    CHECK_STR(cell(6, "abcdefgh"), "abcde ");
    CHECK_STR(cell(6, "城东一号"), "城东  "); /* no half of an ideograph */
    CHECK_STR(cell(0, "as it is"), "as it is");
    CHECK_STR(cell(5, "a} b"), "a} b ");
}

TEST(bars)
{
    struct buf b;

    buf_init(&b, 64);
    term_bar(&b, 20, 0.65, 0);
    term_bar(&b, 20, 1, 0.36);
    term_bar(&b, 4, 1, 1);
    CHECK_STR(buf_str(&b), "[#############.......][=======#############][====]");
    buf_finish(&b);
}

TEST(figures)
{
    char t[SIZE_TEXT_MAX];

    CHECK_STR(size_text(31001149440, t), "31 GB");
    CHECK_STR(size_text(2000398934016, t), "2.0 TB");
    CHECK_STR(size_text(268435456, t), "268 MB");
    CHECK_STR(size_text(2300000000, t), "2.3 GB");
    CHECK_STR(size_text(3, t), "1 kB");
    CHECK_STR(size_text(0, t), "0 kB");
    CHECK_STR(size_text(999600000, t), "1.0 GB");
    CHECK_STR(count_text(999, t), "999");
    CHECK_STR(count_text(2114, t), "2,114");
    CHECK_STR(count_text(1002003, t), "1,002,003");
    CHECK_STR(time_text(81, t), "1:21");
}

/* Every text of the pages fits a screen of 80 columns ({0} takes three and a letter one), and short ones their cells. */
TEST(words_fit)
{
    static const enum word lines[] = {
#define STR(id) WORD_##id,
#include "flash_word_ids.inc"
#undef STR
    };
    static const char *const locales[] = {"C", "zh_CN.UTF-8"};

    for (int l = 0; l < 2; l++) {
        setenv("LC_ALL", locales[l], 1);
        setenv("TERM", "xterm", 1);
        words_choose();
        CHECK_INT(words_chinese(), l);
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
            if (lines[i] < WORD_refuse_system && term_width(word(lines[i])) > 82)
                printf("# %s is wider than a screen: %d\n", word(lines[i]), term_width(word(lines[i]))), test_failed_ = 1;
        char title[WORDS_MAX];
        CHECK(term_width(say(title, WORD_line_title, "1.15.10", "x86_64", "09:31", "10:14")) <= 120);
        CHECK(term_width(word(WORD_write_measure)) < 7);
        CHECK(term_width(word(WORD_write_check)) < 7);
        CHECK(term_width(word(WORD_list_inside)) < 7);
        CHECK(term_width(word(WORD_verdict_not)) < 9);
    }
    setenv("TERM", "linux", 1); /* it has no Chinese */
    words_choose();
    CHECK(!words_chinese());
    CHECK(!words_utf8());
}

static void speak_chinese(void)
{
    setenv("LC_ALL", "zh_CN.UTF-8", 1);
    setenv("TERM", "xterm", 1);
    words_choose();
}

TEST(chinese)
{
    speak_chinese();
    CHECK(words_chinese());
}

TEST_MAIN(T(chinese), T(cells), T(bars), T(figures), T(words_fit))
