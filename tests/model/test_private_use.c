/* SPDX-License-Identifier: Apache-2.0
 *
 * Private-use code points: the table against the C library's GB 18030, and what people read of the unknown ones.
 */
#include "model/private_use.h"

#include <iconv.h>

#include "base/err.h"
#include "base/text.h"
#include "test.h"

/* What the C library makes of a two-byte position. */
static uint32_t by_iconv(unsigned position)
{
    char in[2] = {(char)(position >> 8), (char)position}, utf8[8] = "", *from = in, *to = utf8;
    size_t n_in = 2, n_out = sizeof utf8;
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    CHECK(cd != (iconv_t)-1);
    CHECK(iconv(cd, &from, &n_in, &to, &n_out) != (size_t)-1);
    iconv_close(cd);
    const char *p = utf8;
    return (uint32_t)utf8_next(&p, to);
}

TEST(the_table_is_the_present_edition)
{
    static const struct {
        uint32_t was;
        unsigned position;
    } rows[] = {{0xE816, 0xFE51}, {0xE817, 0xFE52}, {0xE818, 0xFE53}, {0xE81E, 0xFE59}, {0xE826, 0xFE61},
                {0xE82B, 0xFE66}, {0xE82C, 0xFE67}, {0xE831, 0xFE6C}, {0xE832, 0xFE6D}, {0xE83B, 0xFE76},
                {0xE843, 0xFE7E}, {0xE854, 0xFE90}, {0xE855, 0xFE91}, {0xE864, 0xFEA0}, {0xE863, 0xFE9F}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t now = private_use_now(rows[i].was), library = by_iconv(rows[i].position);

        /* The six beyond U+FFFF keep their private code points at these positions in GB 18030-2022, and so does a C library
         * that follows it to the letter (glibc 2.41); older ones give the ideograph. */
        CHECK_INT(library, now > 0xFFFF && library == rows[i].was ? rows[i].was : now);
    }
}

TEST(which_are_private)
{
    CHECK(is_private_use(0xE000) && is_private_use(0xF8FF) && is_private_use(0xF0000) && is_private_use(0x10FFFD));
    CHECK(!is_private_use(0xDFFF) && !is_private_use(0xF900) && !is_private_use(0x20000) && !is_private_use('a'));
    CHECK_INT(private_use_now('a'), 'a');
    CHECK_INT(private_use_now(0x4DAE), 0x4DAE);
    CHECK_INT(private_use_now(0xE000), 0);
}

static void check(const char *in, const char *want)
{
    char out[64];
    CHECK_INT(private_use_resolve(in, out, sizeof out), 0);
    CHECK_STR(out, want);
}

TEST(what_people_read)
{
    check("", "");
    check("测试甲", "测试甲");
    check("测\xEE\xA1\xA3", "测䶮");               /* U+E863 */
    check("\xEE\xA0\x96甲", "\xF0\xA0\x82\x87甲"); /* U+E816 */
    check("测\xEE\x80\x80甲", "测〔U+E000〕甲");
    check("\xF3\xB0\x80\x80", "〔U+F0000〕");
    check("\xF0\xA0\xAE\xB7", "\xF0\xA0\xAE\xB7"); /* U+20BB7 is nobody's private use */
}

TEST(too_little_room)
{
    char out[16];
    CHECK_INT(private_use_resolve("测\xEE\x80\x80甲乙", out, sizeof out), 0);
    CHECK_STR(out, "测〓甲乙"); /* the number does not fit: the sign printers set for a missing type */
    CHECK_INT(private_use_resolve("测试甲乙丙丁", out, sizeof out), -ERR_TOOLONG);
    CHECK_STR(out, "");
}

/* Fifteen unknown ones are what a name on a card may have: each by its number. */
TEST(a_whole_name)
{
    char in[46] = "", out[181];
    for (int i = 0; i < 15; i++)
        strcat(in, "\xEE\x80\x81");
    CHECK_INT(private_use_resolve(in, out, sizeof out), 0);
    CHECK_INT(strlen(out), 180);
}

TEST_MAIN(T(the_table_is_the_present_edition), T(which_are_private), T(what_people_read), T(too_little_room),
          T(a_whole_name))
