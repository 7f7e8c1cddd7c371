/* SPDX-License-Identifier: Apache-2.0
 *
 * What a careless line would say of somebody, and what is left of it.
 */
#include "tools/kioskctl/mask.h"

#include <string.h>

#include "test.h"

static const char *masked(const char *text)
{
    static struct buf b;

    buf_finish(&b);
    buf_init(&b, 4096);
    mask_add(&b, text, strlen(text));
    return buf_str(&b);
}

TEST(what_is_somebodys)
{
    CHECK_STR(masked("card 110105194912310011 read"), "card [number] read");
    CHECK_STR(masked("card 11010519491231002X read"), "card [number] read");
    CHECK_STR(masked("phone 13800000000"), "phone [number]");
    CHECK_STR(masked("phone 138 0000 0000, 138-0000-0000"), "phone [number], [number]");
    CHECK_STR(masked("1 3 8 0 0 0 0 0 0 0 0"), "[number]");
    CHECK_STR(masked("case 1103 003 260105 00001 2 of 张三丰, 长安街1号"), "case [number] of [text], [text]1[text]");
    CHECK_STR(masked("born 1985-03-15"), "born [number]");
    CHECK_STR(masked("E12345678"), "E[number]");
    CHECK_STR(masked("2026-01-05T09:00:00 13800000000"), "2026-01-05T09:00:00 [number]");
    CHECK_STR(masked("13800000000 2026-01-05T09:00:00"), "[number] 2026-01-05T09:00:00");
    CHECK_STR(masked("138 0000 2026-01-05T09:00:00 0000"), "[number] 2026-01-05T09:00:00 0000");
    CHECK_STR(masked("2026-01-05T09:00:001380000"), "[number]T09:00:[number]");
}

TEST(what_helps_stays)
{
    CHECK_STR(masked("2026-01-05T09:00:00+08:00 kiosk[1234]: reader at 1-2.3 is ready"),
              "2026-01-05T09:00:00+08:00 kiosk[1234]: reader at 1-2.3 is ready");
    CHECK_STR(masked("K2011, exit 139, 48210 records, 1.5.2-118"), "K2011, exit 139, 48210 records, 1.5.2-118");
    CHECK_STR(masked("tab\tand \x1b[31mred"), "tab\tand ?[31mred");
    CHECK_STR(masked(""), "");
}

/* Whatever the bytes: no seven digits in a row, nothing foreign, no control characters. */
TEST(any_bytes)
{
    unsigned seed = 7;

    for (int round = 0; round < 3000; round++) {
        char text[80];
        struct buf b;
        int run = 0;

        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1103515245 + 12345;
            text[i] = (seed >> 16) % 3 ? (char)('0' + (seed >> 20) % 10) : (char)(seed >> 20);
        }
        buf_init(&b, 4096);
        mask_add(&b, text, (size_t)(round % 80));
        for (size_t i = 0; i < b.len; i++) {
            run = b.data[i] >= '0' && b.data[i] <= '9' ? run + 1 : 0;
            CHECK(run < MASK_DIGITS && b.data[i] < 0x80 && (b.data[i] >= 0x20 || b.data[i] == '\t'));
        }
        buf_finish(&b);
    }
}

TEST_MAIN(T(what_is_somebodys), T(what_helps_stays), T(any_bytes))
