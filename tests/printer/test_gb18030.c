/* SPDX-License-Identifier: Apache-2.0
 *
 * Our pinned codes against the C library's: equal wherever we give one, and none where converters disagree.
 */
#include "drivers/printer/gb18030.h"

#include <iconv.h>
#include <stdbool.h>

#include "test.h"

/* Where glibc 2.36 and other converters disagree. */
static bool disputed(uint32_t cp)
{
    static const uint32_t beyond[] = {0x20087, 0x20089, 0x200CC, 0x215D7, 0x2298F, 0x241FE};

    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
        if (cp == beyond[i])
            return true;
    return (cp >= 0x9FB4 && cp <= 0x9FBB) || (cp >= 0xFE10 && cp <= 0xFE19) || cp == 0x1E3F;
}

/* The two bytes of the C library, or 0. */
static uint16_t judge(iconv_t c, uint32_t cp)
{
    char *in = (char *)&cp;
    unsigned char out[8];
    char *to = (char *)out;
    size_t in_left = sizeof cp, out_left = sizeof out;

    iconv(c, NULL, NULL, NULL, NULL);
    if (iconv(c, &in, &in_left, &to, &out_left) == (size_t)-1 || sizeof out - out_left != 2)
        return 0;
    return (uint16_t)(out[0] << 8 | out[1]);
}

TEST(every_code_given_is_the_librarys)
{
    iconv_t c = iconv_open("GB18030", "WCHAR_T");
    int given = 0, wrong = 0;

    for (uint32_t cp = 0; cp < 0x30000; cp++) {
        uint16_t code = gb18030_code(cp, GB_18030);

        if (!code)
            continue;
        given++;
        wrong += code != judge(c, cp);
    }
    CHECK_INT(wrong, 0);
    CHECK_INT(given, 20902 + 682 + 22); /* the Hanzi of GBK, the signs of GB 2312, the ideographs of GBK elsewhere */
    iconv_close(c);
}

TEST(disputed_and_four_byte_characters_have_none)
{
    for (uint32_t cp = 0; cp < 0x30000; cp++)
        if (disputed(cp))
            CHECK_INT(gb18030_code(cp, GB_18030), 0);
    CHECK_INT(gb18030_code(0x3400, GB_18030), 0);  /* 㐀 */
    CHECK_INT(gb18030_code(0x20BB7, GB_18030), 0); /* 𠮷 */
    CHECK_INT(gb18030_code(0xE000, GB_18030), 0);
    CHECK_INT(gb18030_code('A', GB_18030), 0);
}

TEST(a_smaller_font_has_fewer)
{
    CHECK_INT(gb18030_code(0x554A, GB_2312), 0xB0A1);  /* 啊 */
    CHECK_INT(gb18030_code(0x4E02, GB_18030), 0x8140); /* 丂 */
    CHECK_INT(gb18030_code(0x4E02, GB_2312), 0);
    CHECK_INT(gb18030_code(0x7E41, GB_2312), 0xB7B1);  /* 繁 */
    CHECK_INT(gb18030_code(0x9AD4, GB_2312), 0);       /* 體 */
    CHECK_INT(gb18030_code(0xB7, GB_2312), 0xA1A4);    /* the dot in names */
    CHECK_INT(gb18030_code(0x3007, GB_18030), 0xA996); /* 〇 */
    CHECK_INT(gb18030_code(0x3007, GB_2312), 0);
    CHECK_INT(gb18030_code(0xFA0E, GB_18030), 0xFE42); /* 﨎 */
    CHECK_INT(gb18030_code(0xFA0E, GB_2312), 0);
    CHECK_INT(gb18030_code(0x554A, GB_NONE), 0);
}

TEST_MAIN(T(every_code_given_is_the_librarys), T(disputed_and_four_byte_characters_have_none), T(a_smaller_font_has_fewer))
