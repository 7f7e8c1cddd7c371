/* SPDX-License-Identifier: Apache-2.0
 *
 * Line breaking, with a face whose wide characters are one em and all others half of one.
 */
#include "base/text.h"
#include "base/text_break.h"
#include "test.h"
#include "ui/node/wrap.h"

static int half(void *ctx, enum weight w, int px, uint32_t cp)
{
    return (text_is_wide(cp) ? px : px / 2) * 64;
}

static struct metrics face = {half, NULL, false};
static struct wrap_line lines[WRAP_LINES_MAX];

static int set(const char *text, int ems)
{
    const struct span one = {text, WEIGHT_REGULAR, TOKEN_INK};

    return wrap(&face, &one, 1, 20, ems * 20, lines);
}

/* The i-th line of text. */
static const char *line(const char *text, int i)
{
    static char out[400];
    size_t n = lines[i].to - lines[i].from;

    memcpy(out, text + lines[i].from, n);
    out[n] = '\0';
    return out;
}

TEST(what_fits_is_one_line)
{
    CHECK_INT(set("您好，想办什么事？", 9), 1);
    CHECK_INT(lines[0].width, 180);
    CHECK_INT(set("", 9), 1);
}

TEST(a_closing_mark_never_begins_a_line)
{
    const char *text = "一二三四五六七八九十。一二三四五六七八";

    CHECK(set(text, 10) >= 2);
    for (int i = 1; i < set(text, 10); i++)
        CHECK(strncmp(line(text, i), "。", 3));
}

TEST(an_opening_mark_never_ends_a_line)
{
    const char *text = "一二三四五六七八九（一二三四五六七八）";

    CHECK_INT(set(text, 10), 2);
    CHECK_STR(line(text, 0), "一二三四五六七八九");
}

TEST(numbers_dates_and_their_units_stay_whole)
{
    const char *text = "申请一二三四五六，最晚 11月26日办结，一共 20 个工作日";
    int n = set(text, 9);

    for (int i = 0; i < n; i++) {
        CHECK(!strstr(line(text, i), "11月26") || strstr(line(text, i), "11月26日"));
        CHECK(!strstr(line(text, i), "20") || strstr(line(text, i), "20 个"));
    }
}

TEST(a_comma_is_a_better_end)
{
    const char *text = "没有丢东西，之前交的申请都在这里放着";

    CHECK_INT(set(text, 12), 2);
    CHECK_STR(line(text, 0), "没有丢东西，");
}

/* In English: where the lines can be set anew, no word stands alone in the last one. */
TEST(no_word_is_left_over)
{
    static const char asks[] = "Do you still want this number?", count[] = "one two three four five six sevens";
    const struct span parts[] = {{"Do you still ", WEIGHT_REGULAR, TOKEN_INK},
                                 {"want this ", WEIGHT_BOLD, TOKEN_INK},
                                 {"number?", WEIGHT_REGULAR, TOKEN_INK}};

    face.latin = true;
    CHECK_INT(set(asks, 12), 2);
    CHECK_STR(line(asks, 1), "this number?");
    CHECK_INT(wrap(&face, parts, 3, 20, 12 * 20, lines), 2);
    CHECK_STR(line(asks, 1), "this number?");
    CHECK_INT(set(count, 14), 2);
    CHECK_STR(line(count, 1), "six sevens");
    CHECK_INT(set("insurances certificates", 7), 2); /* two words, two lines: nothing to be done */
    CHECK_STR(line("insurances certificates", 1), "certificates");
    face.latin = false;
}

TEST(a_newline_is_obeyed)
{
    const char *text = "等候\n约";

    CHECK_INT(set(text, 20), 2);
    CHECK_STR(line(text, 0), "等候");
    CHECK_STR(line(text, 1), "约");
}

TEST(nothing_is_lost)
{
    const char *text = "除从事剧毒、易制爆、汽油加油站、专用危化品仓储的企业外，不带有储存设施经营的企业经营许可证变更审查";
    size_t at = 0;
    int n = set(text, 11);

    for (int i = 0; i < n; i++) {
        CHECK_INT(lines[i].from, at);
        CHECK(lines[i].width <= 220);
        at = lines[i].to;
    }
    CHECK_INT(at, strlen(text));
}

/* — ～ · and / join what stands on both sides. */
TEST(a_sign_that_joins_never_begins_a_line)
{
    static const char *const texts[] = {"一二三四五六七八九十—一二三四五六",   "一二三四五六七八九十～一二三四五六",
                                        "一二三四五六七八九十·一二三四五六",   "一二三四五六七八九十——一二三四五",
                                        "一二三四五六七八九十……一二三四五",    "办理时间：星期一到星期五～全天",
                                        "Aa 一二三四五六七八 / 一二三四五六七"};

    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        for (int ems = 4, n; ems < 14; ems++) {
            n = set(texts[t], ems);
            for (int i = 1; i < n; i++) {
                const char *s = line(texts[t], i), *p = s;

                CHECK(!text_closes((uint32_t)utf8_next(&p, s + strlen(s))));
            }
        }
}

/* Not even where it is the only thing on the line that may be cut. */
TEST(a_long_dash_is_never_parted)
{
    CHECK_INT(set("abcdefghi——", 5), 2);
    CHECK_STR(line("abcdefghi——", 1), "i——");
    CHECK_INT(set("abcdefgh……", 5), 2);
    CHECK_STR(line("abcdefgh……", 1), "h……");
    CHECK_INT(set("——一二", 2), 2);
    CHECK_STR(line("——一二", 0), "——");
    CHECK(set("————", 1) >= 2); /* too narrow: it ends all the same */
}

TEST(an_accent_stays_on_its_letter)
{
    const char *text = "一二三四五葛\xF3\xA0\x84\x80城";

    CHECK_INT(set(text, 6), 2);
    for (int i = 1; i < 2; i++)
        CHECK(strncmp(line(text, i), "\xF3\xA0", 2));
}

TEST(a_word_longer_than_the_line_is_cut_somewhere)
{
    CHECK(set("11110103MB0A0000164000709101000", 10) >= 2);
}

TEST(spans_are_one_paragraph)
{
    const struct span two[] = {{"有手机：", WEIGHT_BOLD, TOKEN_INK},
                               {"拍下这一页，或扫码保存编号", WEIGHT_REGULAR, TOKEN_INK}};

    CHECK_INT(wrap(&face, two, 2, 20, 17 * 20, lines), 1);
    CHECK_INT(wrap(&face, two, 2, 20, 12 * 20, lines), 2);
    CHECK_INT(lines[1].to, strlen(two[0].text) + strlen(two[1].text));
}

TEST_MAIN(T(what_fits_is_one_line), T(a_closing_mark_never_begins_a_line), T(an_opening_mark_never_ends_a_line),
          T(a_sign_that_joins_never_begins_a_line), T(a_long_dash_is_never_parted), T(an_accent_stays_on_its_letter),
          T(numbers_dates_and_their_units_stay_whole), T(a_comma_is_a_better_end), T(no_word_is_left_over),
          T(a_newline_is_obeyed), T(nothing_is_lost), T(a_word_longer_than_the_line_is_cut_somewhere),
          T(spans_are_one_paragraph))
