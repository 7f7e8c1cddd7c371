/* SPDX-License-Identifier: Apache-2.0
 *
 * From bytes to characters and dots. What a code stands for is asked of no table of ours: the samples are written out.
 */
#include "virtual/printer_hands.h"

static struct seen print(const char *profile, const void *bytes, size_t n)
{
    struct seen s;
    struct virtual_device *d = make(profile, &s);
    int64_t now = send_at(d, bytes, n, 0);

    now = SEND(d, now, 0x0A, 0x1D, 'V', 0);
    d->ops->tick(d, now + 60000);
    say(d, "take");
    d->ops->destroy(d);
    return s;
}
#define PRINT(profile, bytes) print(profile, bytes, sizeof(bytes) - 1)

#define WRONG "\xEF\xBF\xBD"

TEST(gb18030_as_far_as_the_font_goes)
{
    /* 收 in GB 2312; 镕 only since GBK; 㐀 and 𠮷 of four bytes */
#define CODES "\xCA\xD5\xE9\x46\x81\x39\xEE\x39\x95\x34\xB2\x35."
    CHECK_STR(PRINT("odd-four-byte", CODES).text, "收镕㐀𠮷.\n");
    CHECK_STR(PRINT("epson-tm-t20iii", CODES).text, "收镕" WRONG WRONG WRONG WRONG ".\n");
    CHECK_STR(PRINT("odd-gb2312", "\xCA\xD5\xE9\x46.").text, "收" WRONG ".\n");
    /* rows that GB 18030 filled and GB 2312 left empty */
    CHECK_STR(PRINT("odd-gb2312", "\xA1\xA1\xA2\xA1\xA2\xB1\xD7\xF9\xD7\xFA\xF7\xFE\xF8\xA1").text,
              "\u3000" WRONG "⒈座" WRONG "齄" WRONG "\n");
    CHECK_STR(PRINT("odd-no-chinese", "\x1C&\xCA\xD5").text, "╩╒\n");
    CHECK_STR(PRINT("epson-tm-t20iii", "\xFE\xA1").text, WRONG "\n"); /* for private use: nobody taught it one */
}

TEST(a_code_page_may_mean_chinese)
{
    CHECK_STR(PRINT("cashino-kp628e", "\xCA\xD5").text, "╩╒\n");
    CHECK_STR(PRINT("cashino-kp628e", "\x1Bt\xFF\xCA\xD5").text, "收\n");
    CHECK_STR(PRINT("cashino-kp628e", "\x1Bt\xFF\xCA\xD5\x1Bt\x00\xCA\xD5").text, "收╩╒\n");
    CHECK_STR(PRINT("cashino-kp628e", "\x1Bt\x00\x1C&\xCA\xD5").text, "收\n");
}

TEST(code_pages)
{
    CHECK_STR(
        PRINT("epson-tm-t20iii", "\x1C.\x1Bt\x10\xFC\x80\x1Bt\x11\x8F\x1Bt\x12\x9D\x1Bt\x01\x95\xB1\x1Bt\x13\xD5").text,
        "ü€ПŁ─ｱ€\n");
    CHECK_STR(PRINT("epson-tm-t20iii", "\x1C.\x1Bt\xC8\xFC").text, WRONG "\n"); /* no such page */
}

TEST(pages_whose_letters_may_take_an_accent_and_pages_of_few)
{
    /* 1255, 1258, Thai 11, 1125, KZ-1048 */
    CHECK_STR(
        PRINT("epson-tm-t20iii", "\x1C.\x1Bt\x31\xE0\xF9\x1Bt\x34\xC3\xFE\x1Bt\x15\xA1\xD1\x1Bt\x2C\xF2\x80\x1Bt\x35\xBC")
            .text,
        "אשĂ₫ก\u0E31ҐАә\n");
}

TEST(signs_of_countries)
{
    CHECK_STR(PRINT("epson-tm-t20iii", "\x1BR\x0F$1#\x1BR\0$").text, "¥1#$\n");
    CHECK_STR(PRINT("epson-tm-t20iii", "\x1BR\x02[]~{\x1BR\x03#\x1BR\x07#\x1BR\x08\\\x1BR\x0D\\").text, "ÄÜßä£₧¥₩\n");
    CHECK_STR(PRINT("epson-tm-t20iii", "\x1BR\x63$#A").text, "$#A\n"); /* no such country */
}

/* Their characters have codes of four bytes alone since GB 18030-2022. */
TEST(six_codes_that_have_become_private_use)
{
    CHECK_STR(PRINT("odd-four-byte", "\xFE\x51\xFE\x52\xFE\x53\xFE\x6C\xFE\x76\xFE\x91").text,
              WRONG WRONG WRONG WRONG WRONG WRONG "\n");
    CHECK_STR(PRINT("odd-four-byte", "\x95\x32\x90\x31\xFE\x59").text, "\U00020087\u9FB4\n");
}

TEST(a_cut_within_a_line_is_no_cut)
{
    struct seen s = PRINT("epson-tm-t20iii", "ab\x1DV\0cd\x1DV\x42\3\x1Bi"
                                             "ef");

    CHECK_STR(s.text, "abcdef\n");
    CHECK_INT(s.cuts, 1);
}

TEST(what_is_for_another_device_on_the_line_is_not_printed)
{
    CHECK_STR(PRINT("epson-tm-t20iii", "a\x1B=\2xx\n\x1B@\x1DV\0\x1B=\1"
                                       "b\x1B=\3"
                                       "c\x1B=\0"
                                       "d")
                  .text,
              "abcd\n");
}

TEST(glyphs_are_taught_kept_and_forgotten)
{
    uint8_t bytes[256] = {0x1C, '2', 0xFE, 0xA1};
    size_t n = 4 + 72;
    struct seen s;

    memset(bytes + 4, 0xFF, 72);
    bytes[n++] = 'a';
    bytes[n++] = 0xFE;
    bytes[n++] = 0xA1;
    s = print("epson-tm-t20iii", bytes, n);
    CHECK_STR(s.text, "a\xEF\xBF\xBC\n");
    CHECK(s.black > 24 * 24 && s.black < 24 * 24 + 200);
    s = print("xprinter-80", bytes, n); /* cannot learn */
    CHECK_STR(s.text, "a" WRONG "\n");
    memcpy(bytes + n, "\x1C?\xFE\xA1\xFE\xA1", 6);
    s = print("epson-tm-t20iii", bytes, n + 6);
    CHECK_STR(s.text, "a\xEF\xBF\xBC" WRONG "\n");
    memcpy(bytes + n, "\x1B@\xFE\xA1", 4);
    s = print("epson-tm-t20iii", bytes, n + 4);
    CHECK_STR(s.text, WRONG "\n"); /* and the unprinted line went with it */
}

TEST(sizes_of_chinese_and_of_the_rest)
{
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1B!\x10"
                                       "A")
                  .height,
              24 + 48);
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1B!\x10\xB0\xA1").height, 24 + 30); /* not of Chinese */
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1C!\x08\xB0\xA1").height, 24 + 48);
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1CW\x01\xB0\xA1").height, 24 + 48);
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1CW\x01\x1D!\x00\xB0\xA1").height, 24 + 30); /* the last one wins */
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1D!\x77\xB0\xA1").height, 24 + 192);
    CHECK_INT(PRINT("zjiang-58", "\x1D!\x77\xB0\xA1").height, 24 + 30);
}

/* The leftmost and the rightmost black dot of all rows. */
static int left, right;
static void on_edges(void *ctx, const struct virtual_paper *p)
{
    left = p->width;
    right = -1;
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            if (p->rows[y * p->stride + x / 8] & (0x80 >> (x & 7))) {
                left = x < left ? x : left;
                right = x > right ? x : right;
            }
    on_job(ctx, p);
}

#define BAR "\x1B*\x21\1\0\xFF\xFF\xFF" /* one column of black */
static void check_edges(const char *bytes, size_t n, int want_left, int want_right)
{
    struct seen s = {0};
    struct virtual_device *d = virtual_printer_create("epson-tm-t20iii", NULL);

    virtual_printer_on_job(d, on_edges, &s);
    send_at(d, bytes, n, 0);
    SEND(d, 0, 0x0A, 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_INT(left, want_left);
    CHECK_INT(right, want_right);
    d->ops->destroy(d);
}
#define EDGES(bytes, l, r) check_edges(bytes, sizeof(bytes) - 1, l, r)

TEST(places_on_the_line)
{
    EDGES(BAR, 0, 0);
    EDGES("\x1B"
          "a\2" BAR,
          575, 575);
    EDGES("\x1B"
          "a\1" BAR,
          287, 287);
    EDGES("\x1B$\x64\0" BAR, 100, 100);
    EDGES("\x1B$\x64\0\x1B\\\x9C\xFF" BAR, 0, 0); /* a hundred back */
    EDGES("\x1DL\x64\0" BAR, 100, 100);
    EDGES("\x1DL\x64\0\x1DW\x64\0\x1B"
          "a\2" BAR,
          199, 199);
    EDGES("\t" BAR, 96, 96);
    EDGES("\x1B"
          "D\2\5\0\t\t" BAR,
          60, 60);
    EDGES("\x1B"
          "D\2\0\t\t" BAR,
          96, 96); /* beyond the last: every eighth again */
    EDGES("\x1C"
          "S\5\7\x1B \x09\xA1\xA1 " BAR,
          24 + 12 + 12 + 9, 24 + 12 + 12 + 9);
    EDGES("\x1Dv0\0\1\0\1\0\x80", 0, 0);
    EDGES("\x1B"
          "a\2\x1Dv0\3\1\0\1\0\x80",
          560, 561);
}

TEST(graphics_and_columns)
{
    struct seen s = PRINT("epson-tm-t20iii", "\x1D(L\x0C\0\x30\x70\x30\1\1\x31\x08\0\2\0\xFF\x0F\x1D(L\2\0\x30\x32");

    CHECK_INT(s.black, 12);
    s = PRINT("epson-tm-t20iii", "\x1D"
                                 "8L\x0C\0\0\0\x30\x70\x30\2\2\x31\x08\0\2\0\xFF\x0F\x1D(L\2\0\x30\x32");
    CHECK_INT(s.black, 48);
    CHECK_INT(s.height, 24 + 4 + 30);
    s = PRINT("rongta-rp326", "\x1D(L\x0C\0\x30\x70\x30\1\1\x31\x08\0\2\0\xFF\x0F\x1D(L\2\0\x30\x32"); /* it has none */
    CHECK_INT(s.black, 0);
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1B*\1\2\0\xFF\x01").black, (8 + 1) * 3);
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1B*\0\2\0\xFF\x01").black, (8 + 1) * 6);
}

TEST(white_on_black_and_font_b)
{
    CHECK(PRINT("epson-tm-t20iii", "\x1D"
                                   "B\1A")
              .black > 12 * 24 / 2);
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1D"
                                       "B\1 ")
                  .black,
              12 * 24);
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1BM1\x1D"
                                       "B\1 ")
                  .black,
              9 * 17);
}

TEST(code128_has_bars_and_a_line_for_people)
{
    struct seen s = PRINT("epson-tm-t20iii", "\x1Dh\x32\x1Dw\2\x1DH\2\x1DkI\6{BA{C\x0C");

    CHECK_STR(s.text, "A12\n");
    CHECK_INT(s.height, 24 + 50 + 24 + 30);
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1DkI\2A1").black, 0);     /* no set chosen */
    CHECK_INT(PRINT("epson-tm-t20iii", "\x1DkI\3{C\x64").black, 0); /* 100 is no pair of digits */
}

TEST_MAIN(T(gb18030_as_far_as_the_font_goes), T(a_code_page_may_mean_chinese), T(code_pages),
          T(pages_whose_letters_may_take_an_accent_and_pages_of_few), T(signs_of_countries),
          T(six_codes_that_have_become_private_use), T(a_cut_within_a_line_is_no_cut),
          T(what_is_for_another_device_on_the_line_is_not_printed), T(glyphs_are_taught_kept_and_forgotten),
          T(sizes_of_chinese_and_of_the_rest), T(places_on_the_line), T(graphics_and_columns), T(white_on_black_and_font_b),
          T(code128_has_bars_and_a_line_for_people))
