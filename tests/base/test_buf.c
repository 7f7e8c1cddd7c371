/* SPDX-License-Identifier: Apache-2.0
 *
 * The byte buffer: ceilings, sticking failures, numbers and hexadecimal.
 */
#include "base/buf.h"

#include "base/err.h"
#include "test.h"

TEST(empty_is_a_string)
{
    struct buf b;
    buf_init(&b, 10);
    CHECK_STR(buf_str(&b), "");
    CHECK(buf_ok(&b));
    buf_finish(&b);
    buf_finish(&b);
    buf_finish(NULL);
}

TEST(grows_up_to_its_ceiling)
{
    struct buf b;
    buf_init(&b, 1000);
    for (int i = 0; i < 1000; i++)
        CHECK_INT(buf_addc(&b, 'x'), 0);
    CHECK_INT(b.len, 1000);
    CHECK_INT(strlen(buf_str(&b)), 1000);
    CHECK_INT(buf_addc(&b, 'y'), -ERR_TOOLONG);
    CHECK(!buf_ok(&b));
    CHECK_INT(b.len, 1000);
    buf_finish(&b);
}

TEST(a_failure_sticks_until_reset)
{
    struct buf b;
    buf_init(&b, 4);
    CHECK_INT(buf_adds(&b, "abcde"), -ERR_TOOLONG);
    CHECK(buf_adds(&b, "a") < 0);
    CHECK(buf_addf(&b, "%d", 1) < 0);
    CHECK_INT(b.len, 0);
    buf_reset(&b);
    CHECK_INT(buf_adds(&b, "abcd"), 0);
    CHECK_STR(buf_str(&b), "abcd");
    buf_finish(&b);
}

TEST(huge_lengths_do_not_wrap_around)
{
    struct buf b;
    buf_init(&b, 100);
    buf_adds(&b, "abc");
    CHECK_INT(buf_add(&b, "x", SIZE_MAX), -ERR_TOOLONG);
    buf_reset(&b);
    CHECK_INT(buf_add_hex(&b, "x", SIZE_MAX / 2 + 2), -ERR_TOOLONG);
    buf_finish(&b);
}

TEST(reset_wipes)
{
    struct buf b;
    buf_init(&b, 100);
    buf_adds(&b, "secret");
    uint8_t *data = b.data;
    buf_reset(&b);
    CHECK(b.data == data);
    CHECK_MEM(data, "\0\0\0\0\0\0", 6);
    CHECK_STR(buf_str(&b), "");
    buf_finish(&b);
}

TEST(drop_takes_from_the_front_and_wipes_behind)
{
    struct buf b;
    buf_init(&b, 100);
    buf_adds(&b, "first second");
    buf_drop(&b, 6);
    CHECK_STR(buf_str(&b), "second");
    CHECK_MEM(b.data + 6, "\0\0\0\0\0\0", 6);
    buf_drop(&b, 99);
    CHECK_INT(b.len, 0);
    buf_finish(&b);
}

TEST(big_endian_both_ways)
{
    struct buf b;
    buf_init(&b, 100);
    buf_add_be16(&b, 0x0102);
    buf_add_be32(&b, 0x83040506);
    buf_add_be64(&b, 0x8708090a0b0c0d0e);
    CHECK_INT(b.len, 14);
    CHECK_MEM(b.data, "\x01\x02\x83\x04\x05\x06\x87\x08\x09\x0a\x0b\x0c\x0d\x0e", 14);
    CHECK_INT(be16(b.data), 0x0102);
    CHECK(be32(b.data + 2) == 0x83040506);
    CHECK(be64(b.data + 6) == 0x8708090a0b0c0d0e);
    buf_finish(&b);
}

TEST(formatted)
{
    struct buf b;
    buf_init(&b, 20);
    CHECK_INT(buf_addf(&b, "%s-%03d", "a", 7), 0);
    CHECK_STR(buf_str(&b), "a-007");
    CHECK_INT(buf_addf(&b, "%s", "more than twenty bytes"), -ERR_TOOLONG);
    buf_finish(&b);
}

TEST(hexadecimal)
{
    struct buf b;
    uint8_t out[4];
    char text[9];
    size_t len = 0;
    buf_init(&b, 20);
    buf_add_hex(&b, "\x00\xff\x1a", 3);
    CHECK_STR(buf_str(&b), "00ff1a");
    buf_finish(&b);
    hex_encode("\xde\xad\xbe\xef", 4, text);
    CHECK_STR(text, "deadbeef");
    CHECK_INT(hex_decode("DEadbeEF", 8, out, 4, &len), 0);
    CHECK_INT(len, 4);
    CHECK_MEM(out, "\xde\xad\xbe\xef", 4);
    CHECK_INT(hex_decode("abc", 3, out, 4, &len), -ERR_INVALID);
    CHECK_INT(hex_decode("0g", 2, out, 4, &len), -ERR_INVALID);
    CHECK_INT(hex_decode("0011223344", 10, out, 4, &len), -ERR_TOOLONG);
    CHECK_INT(hex_decode("", 0, out, 4, &len), 0);
    CHECK_INT(len, 0);
}

TEST_MAIN(T(empty_is_a_string), T(grows_up_to_its_ceiling), T(a_failure_sticks_until_reset),
          T(huge_lengths_do_not_wrap_around), T(reset_wipes), T(drop_takes_from_the_front_and_wipes_behind),
          T(big_endian_both_ways), T(formatted), T(hexadecimal))
