/* SPDX-License-Identifier: Apache-2.0
 *
 * Where lines end, what goes as text and what as a picture.
 */
#include "drivers/printer/layout.h"

#include "base/text.h"
#include "printer/papers.h"
#include "test.h"

static const struct profile wide = {.name = "wide",
                                    .dots = 576,
                                    .dots_per_mm = 8,
                                    .mm_per_s = 50,
                                    .chinese = GB_18030,
                                    .scale_max = 8,
                                    .cut = PROFILE_CUT_PARTIAL,
                                    .cut_dots = 24,
                                    .column_image = true,
                                    .band_rows = 48};

static struct glyphs *fonts(void)
{
    static struct glyphs *g;
    struct err e = {0};

    if (!g)
        glyphs_open(&g, &e);
    return g;
}

static struct layout *lay(struct paper *p, const struct profile *f, struct glyphs *g)
{
    struct layout *l = NULL;
    struct err e = {0};

    CHECK_INT(layout_create(p, f, g, &l, &e), 0);
    paper_destroy(p);
    return l;
}

/* The text of a line, its runs joined. */
static const char *line_text(const struct layout *l, int i)
{
    static char out[512];
    size_t n = 0;

    for (int r = 0; r < l->lines[i].n_runs; r++) {
        memcpy(out + n, l->texts.data + l->lines[i].runs[r].at, l->lines[i].runs[r].len);
        n += l->lines[i].runs[r].len;
    }
    out[n] = '\0';
    return out;
}

static int count(const struct layout *l, enum layout_kind kind)
{
    int n = 0;

    for (int i = 0; i < l->n; i++)
        n += l->lines[i].kind == kind;
    return n;
}

static const char *wrapped(const char *text, int columns)
{
    static char out[512];
    size_t n = 0;

    do {
        size_t skip, len = layout_wrap(text, columns, &skip);

        n += (size_t)snprintf(out + n, sizeof out - n, "%.*s|", (int)len, text);
        text += len + skip;
    } while (*text);
    return out;
}

TEST(lines_end_between_characters)
{
    CHECK_STR(wrapped("一二三四五六", 6), "一二三|四五六|");
    CHECK_STR(wrapped("一二三四五六", 7), "一二三|四五六|"); /* never half a character */
    CHECK_STR(wrapped("一二三，四", 6), "一二|三，四|");     /* no line begins with a comma */
    CHECK_STR(wrapped("一二（三）", 6), "一二|（三）|");
    CHECK_STR(wrapped("一二a三", 5), "一二a|三|");
    CHECK_STR(wrapped("hello world", 8), "hello|world|");
    CHECK_STR(wrapped("hello world", 11), "hello world|");
    CHECK_STR(wrapped("abcdefgh", 3), "abc|def|gh|");
    CHECK_STR(wrapped("一\n二三", 10), "一|二三|");
    CHECK_STR(wrapped("12345 6", 5), "12345|6|");
    CHECK_STR(wrapped("编号ABC123", 6), "编号|ABC123|");
    CHECK_STR(wrapped("", 10), "|");
    CHECK_STR(wrapped("1103 003 261119 00027 8", 16), "1103 003 261119|00027 8|");
    CHECK_INT(paper_columns("a一", 4), 3);
}

TEST(lines_end_where_they_read_best)
{
    CHECK_STR(wrapped("可以后交，10 个工作日内", 16), "可以后交，|10 个工作日内|"); /* where a clause ends */
    CHECK_STR(wrapped("2026-11-19 10:21　03 号机", 24), "2026-11-19 10:21|03 号机|");
    CHECK_STR(wrapped("居民身份证换领（含临时的）", 24), "居民身份证换领|（含临时的）|");
    CHECK_STR(wrapped("城东街道办事处综合服务大厅", 24), "城东街道办事处综合服务|大厅|"); /* no character alone */
    CHECK_STR(wrapped("第一，城东街道办事处综合服务大厅自助区", 24), "第一，城东街道办事处综合|服务大厅自助区|");
    CHECK_STR(wrapped("一二三四五六七，八九十一二三四五六七八九十一", 20),
              "一二三四五六七，八九|十一二三四五六七八九|十一|");
}

TEST(signs_that_join_begin_no_line)
{
    CHECK_STR(wrapped("一二三—四", 6), "一二|三—四|");
    CHECK_STR(wrapped("一二三～四", 6), "一二|三～四|");
    CHECK_STR(wrapped("一二三·四", 6), "一二|三·四|");
    CHECK_STR(wrapped("一二三——四", 8), "一二|三——四|");
    CHECK_STR(wrapped("ab——c", 5), "a|b——|c|"); /* what is one mark stays whole where words do not */
    CHECK_STR(wrapped("abc……", 6), "ab|c……|");
    CHECK_STR(wrapped("——", 2), "—|—|"); /* no room for it at all */
    CHECK_STR(wrapped("一二 — 三", 6), "一|二 —|三|");
    CHECK_STR(wrapped("最晚11月26日", 8), "最晚|11月26日|");
    CHECK_STR(wrapped("收费￥10元", 6), "收费|￥10元|");
}

TEST(accents_stay_with_their_letters)
{
    CHECK_STR(wrapped("JOSE\xCC\x81 GARCIA", 4), "JOSE\xCC\x81|GARC|IA|");
    CHECK_STR(wrapped("一葛\xF3\xA0\x84\x80城", 4), "一葛\xF3\xA0\x84\x80|城|"); /* a variation selector */
    CHECK_STR(wrapped("一二三四五葛\xF3\xA0\x84\x80城", 12), "一二三四五|葛\xF3\xA0\x84\x80城|");
}

TEST(every_wrap_fits_and_loses_nothing)
{
    static const char text[] = "居民身份证有效期满换领（含临时居民身份证）、ETC 2.0 abcdefghijklmnop，“引号”。完"
                               "𠮷𪚥　José E\xCC\x81\xCC\x81 葛\xF3\xA0\x84\x80·ｶﾞ";
    size_t whole = strlen(text);

    for (int columns = 2; columns < 60; columns++) {
        const char *at = text;
        size_t kept = 0, spaces = 0;

        while (*at) {
            size_t skip, len = layout_wrap(at, columns, &skip);

            CHECK(len > 0 || skip > 0);
            CHECK(paper_columns(at, len) <= columns);
            kept += len;
            spaces += skip;
            at += len + skip;
        }
        CHECK_INT(kept + spaces, whole);
    }
}

TEST(rows_keep_their_columns)
{
    struct paper *p = paper_create();
    struct layout *l;

    paper_row(p, 8, "事　项", "居民身份证有效期满换领以及其他很长很长的名称一直写到下一行", false);
    paper_row(p, 8, " 一个太长的标签名", "值", true);
    paper_note(p, 6, "暂定：", "可能微调");
    l = lay(p, &wide, fonts());
    CHECK_STR(line_text(l, 0), "事　项  居民身份证有效期满换领以及其他很长很长的");
    CHECK_STR(line_text(l, 1), "        名称一直写到下一行");
    CHECK_STR(line_text(l, 2), " 一个太长的标签名");
    CHECK_STR(line_text(l, 3), "        值");
    CHECK(l->lines[2].runs[0].bold && l->lines[3].runs[1].bold);
    CHECK_STR(line_text(l, 4), "暂定：可能微调");
    CHECK(l->lines[4].runs[0].bold && !l->lines[4].runs[1].bold);
    layout_destroy(l);
}

TEST(a_narrow_paper_leaves_the_values_room)
{
    struct profile narrow = wide;
    struct paper *p = paper_create();
    struct layout *l;

    narrow.dots = 384;
    paper_row(p, 16, " 户口簿", "已有", false);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, "还要交");
    paper_row(p, 16, " 社会保障卡", "到窗口交", false);
    paper_rule(p, false);
    paper_row(p, 16, "甲", "乙", false);
    l = lay(p, &narrow, fonts());
    CHECK_STR(line_text(l, 0), " 户口簿      已有"); /* the widest of the table, and a gap */
    CHECK_STR(line_text(l, 2), " 社会保障卡  到窗口交");
    CHECK_STR(line_text(l, 6), "甲  乙"); /* another table */
    layout_destroy(l);
}

/* Two records long enough for every rule, at every width a printer may have. */
TEST(no_line_is_wider_than_the_paper)
{
    struct profile f = wide;

    for (f.dots = 256; f.dots <= 832; f.dots += 8)
        for (int size = PAPER_NORMAL; size <= PAPER_HUGE; size++) {
            struct paper *p = paper_create();
            struct layout *l;

            paper_frame(p, size & 1);
            paper_text(p, (enum paper_size)size, PAPER_CENTER, false, "一二三，ABCD efgh 2026年11月26日（星期四）José 𠮷");
            for (int column = 2; column < 20; column += 3)
                paper_row(p, column, "标签A", "城东街道 03 号机，阿卜杜拉·买买提 ALEXANDRA-MARIA VON HOHENZOLLERN", false);
            paper_frame(p, false);
            l = lay(p, &f, NULL);
            for (int i = 0; i < l->n; i++) {
                const char *text = line_text(l, i);
                int sides = l->lines[i].framed ? 2 * LAYOUT_COLUMN : 0;

                CHECK(utf8_valid(text, strlen(text)));
                CHECK(paper_columns(text, strlen(text)) * l->lines[i].scale * LAYOUT_COLUMN + sides <= f.dots);
            }
            layout_destroy(l);
        }
}

TEST(rare_characters_make_the_line_a_picture)
{
    struct paper *p = paper_create();
    struct layout *l;
    struct profile small = wide;

    if (!fonts())
        SKIP("fonts-noto-cjk is not installed");
    paper_row(p, 8, "申请人", "𠮷*", false);
    paper_row(p, 8, "申请人", "测*", false);
    paper_row(p, 8, "申请人", "丂*", false);
    l = lay(p, &wide, fonts());
    CHECK_INT(l->lines[0].kind, LAYOUT_PICTURE);
    CHECK_INT(l->lines[0].dots, 32);
    CHECK_INT(l->lines[1].kind, LAYOUT_TEXT);
    CHECK_INT(l->lines[2].kind, LAYOUT_TEXT);
    layout_destroy(l);
    small.chinese = GB_2312;
    p = paper_create();
    paper_row(p, 8, "申请人", "丂*", false);
    l = lay(p, &small, fonts());
    CHECK_INT(l->lines[0].kind, LAYOUT_PICTURE);
    layout_destroy(l);
}

/* No font here has them, and they need shaping: each becomes a box with its code point, in order, none is lost. */
TEST(letters_of_other_scripts_are_boxes)
{
    struct paper *p = paper_create();
    struct layout *l;
    int black = 0;

    if (!fonts())
        SKIP("fonts-noto-cjk is not installed");
    paper_row(p, 8, "姓　名", "བཀྲ་ཤིས ياخشى ᠮᠣᠩᠭᠣᠯ", false); /* 7, 5 and 6 code points, two spaces */
    l = lay(p, &wide, fonts());
    CHECK_INT(l->n, 1); /* 38 columns of 40 */
    CHECK_INT(l->lines[0].kind, LAYOUT_PICTURE);
    for (int x = 8 * LAYOUT_COLUMN; x < (8 + 14) * LAYOUT_COLUMN; x++) /* the upper side of seven boxes */
        black += (l->pictures.data[l->lines[0].at + (size_t)(l->lines[0].stride + x / 8)] & (0x80 >> (x & 7))) != 0;
    CHECK_INT(black, 7 * LAYOUT_CELL);
    layout_destroy(l);
    p = paper_create();
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, "བཀྲ");
    l = lay(p, &wide, NULL);
    CHECK_STR(line_text(l, 0), "〓〓〓");
    layout_destroy(l);
}

TEST(without_fonts_everything_is_text)
{
    struct paper *p = paper_create();
    struct layout *l;

    paper_text(p, PAPER_TITLE, PAPER_CENTER, true, "收件凭证");
    paper_row(p, 8, "申请人", "𠮷*", false);
    paper_text(p, PAPER_HUGE, PAPER_CENTER, true, "A03-001");
    paper_band(p, "补打");
    l = lay(p, &wide, NULL);
    CHECK_INT(count(l, LAYOUT_PICTURE), 0);
    CHECK_STR(line_text(l, 0), "收件凭证");
    CHECK_INT(l->lines[0].scale, 2);
    CHECK_STR(line_text(l, 1), "申请人  〓*");
    CHECK_INT(l->lines[2].scale, 4);
    CHECK_STR(line_text(l, 3), "补打");
    layout_destroy(l);
}

TEST(a_frame_is_closed_all_round)
{
    struct paper *p = paper_create();
    struct layout *l;
    const struct layout_line *top;

    paper_frame(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, "三种纸");
    paper_frame(p, false);
    l = lay(p, &wide, fonts());
    CHECK_INT(l->n, 4);
    top = &l->lines[0];
    CHECK_INT(top->kind, LAYOUT_PICTURE);
    CHECK_INT(top->stride, 72);
    for (int x = 0; x < 72; x++)
        CHECK_INT(l->pictures.data[top->at + (size_t)x], 0xFF);
    CHECK_INT(l->pictures.data[top->at + 5 * 72], 0xE0);
    CHECK_INT(l->pictures.data[top->at + 5 * 72 + 71], 0x07);
    CHECK(l->lines[1].framed);
    CHECK_INT(l->lines[1].dots, 24);
    CHECK_INT(l->lines[2].kind, LAYOUT_PICTURE);
    CHECK_INT(l->lines[2].dots, 8);
    CHECK_INT(l->pictures.data[l->lines[3].at + (size_t)(l->lines[3].dots - 1) * 72 + 40], 0xFF);
    layout_destroy(l);
}

TEST(widths_that_are_no_whole_columns)
{
    struct paper *p = paper_create();
    struct profile odd = wide;
    struct layout *l;

    odd.dots = 512; /* 42 columns and 8 dots */
    paper_frame(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, "三种纸");
    paper_frame(p, false);
    l = lay(p, &odd, fonts());
    CHECK_INT(l->lines[0].stride, 63);
    layout_destroy(l);
}

TEST(no_picture_is_wider_than_the_paper)
{
    struct profile f = wide;

    if (!fonts())
        SKIP("fonts-noto-cjk is not installed");
    for (f.dots = 256; f.dots <= 832; f.dots += 8) {
        struct item item = papers_item();
        struct receipt_facts facts = papers_facts(&item);
        struct layout *l;

        facts.copy = 2;
        facts.masked_name = "𠮷*𪚥";
        f.chinese = GB_NONE; /* all of it is dots */
        l = lay(receipt_compose(&facts), &f, fonts());
        for (int i = 0; i < l->n; i++)
            CHECK(l->lines[i].kind != LAYOUT_PICTURE || l->lines[i].stride * 8 < f.dots + 8);
        CHECK_INT(count(l, LAYOUT_CUT), 1);
        layout_destroy(l);
    }
}

TEST(qr_is_about_31_mm)
{
    struct paper *p = paper_create();
    struct layout *l;

    paper_qr(p, "1103 003 261119 00027 8 T-1103-003");
    l = lay(p, &wide, fonts());
    CHECK_INT(l->n, 3);
    CHECK(l->lines[1].dots >= 230 && l->lines[1].dots <= 252);
    CHECK(l->lines[0].dots >= 16 && l->lines[2].dots >= 16);
    layout_destroy(l);
}

TEST(too_much_is_an_error)
{
    struct paper *p = paper_create();
    struct layout *l = NULL;
    struct err e = {0};
    char text[1200] = "";

    for (int i = 0; i < 390; i++)
        strcat(text, "x\n");
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text);
    CHECK_INT(layout_create(p, &wide, fonts(), &l, &e), -ERR_TOOLONG);
    CHECK(l == NULL);
    paper_destroy(p);
    p = paper_create();
    memset(text, 'x', 1100);
    text[1100] = '\0';
    paper_qr(p, text);
    CHECK(layout_create(p, &wide, fonts(), &l, &e) < 0);
    paper_destroy(p);
}

TEST(the_receipt_stays_within_250_mm)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct layout *l;

    f.copy = 2;
    f.provisional = f.clock_unsure = true;
    f.provisional_year = 2027;
    for (item.n_materials = 0; item.n_materials < ITEM_LIST_MAX; item.n_materials++) {
        item.materials[item.n_materials] = (struct item_material){.name = "申请人及其配偶的户口簿首页、本人页",
                                                                  .state = MATERIAL_BRING};
        papers_demand.materials[item.n_materials] = DEMANDED_YES;
        l = lay(receipt_compose(&f), &wide, fonts());
        CHECK(l->dots <= 2000);
        layout_destroy(l);
    }
}

TEST_MAIN(T(lines_end_between_characters), T(lines_end_where_they_read_best), T(signs_that_join_begin_no_line),
          T(accents_stay_with_their_letters), T(a_narrow_paper_leaves_the_values_room), T(no_line_is_wider_than_the_paper),
          T(every_wrap_fits_and_loses_nothing), T(rows_keep_their_columns), T(rare_characters_make_the_line_a_picture),
          T(letters_of_other_scripts_are_boxes), T(without_fonts_everything_is_text), T(a_frame_is_closed_all_round),
          T(widths_that_are_no_whole_columns), T(no_picture_is_wider_than_the_paper), T(qr_is_about_31_mm),
          T(too_much_is_an_error), T(the_receipt_stays_within_250_mm))
