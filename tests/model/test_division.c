/* SPDX-License-Identifier: Apache-2.0
 *
 * Divisions: what lies below what, and full names without headings.
 */
#include "model/division.h"

#include "base/buf.h"
#include "base/fs.h"
#include "test.h"

static struct division rows[DIVISIONS_MAX];
static struct buf text;

static const char *all(void)
{
    struct err e = {0};

    if (!text.len)
        CHECK_INT(fs_read("assets/divisions/divisions.tsv", 1 << 20, &text, &e), 0);
    return buf_str(&text);
}

static const char *name(const char *code)
{
    static char out[DIVISION_NAME_MAX];

    division_name(all(), code, out, sizeof out);
    return out;
}

TEST(from_province_to_county)
{
    CHECK_INT(division_below(all(), "", rows), 34);
    CHECK_STR(rows[0].name, "北京市");
    CHECK_INT(division_below(all(), "51", rows), 21);
    CHECK_INT(division_below(all(), "5116", rows), 6);
    CHECK_INT(division_below(all(), "511602", rows), 0);
    CHECK_INT(division_below(all(), "71", rows), 0);
    CHECK_INT(division_below(all(), "99", rows), 0);
}

TEST(headings_are_stepped_over)
{
    CHECK_INT(division_below(all(), "11", rows), 16);
    CHECK_STR(rows[2].name, "朝阳区");
    CHECK_STR(name("110105"), "北京市朝阳区");
    CHECK_STR(name("511602"), "四川省广安市广安区");
    CHECK_STR(name("429004"), "湖北省仙桃市");
    CHECK_STR(name("82"), "澳门特别行政区");
    CHECK_STR(name("990000"), "");
    CHECK_STR(name("130171"), "河北省石家庄市石家庄高新技术产业开发区"); /* named, but not offered */
}

/* Development zones are no divisions: their codes end in 71 to 79. */
TEST(zones_are_not_offered)
{
    CHECK_INT(division_below(all(), "1301", rows), 22);
    for (int i = 0; i < 22; i++)
        CHECK(rows[i].code[4] != '7');
    CHECK_INT(division_below("11\tA\n1101\tB\n110101\tC\n110171\tD\tzone\n1102\tE\n", "1101", rows), 1);
    CHECK_STR(rows[0].name, "C");
}

/* A list that does not end in a newline, an overlong name, a line without a tab: left out, nothing read beyond. */
TEST(broken_lines)
{
    CHECK_INT(division_below("11\tA\nbad\n1234567\tB\n12\tC", "", rows), 1);
    CHECK_INT(division_below("", "", rows), 0);
}

/* No list is longer than the screen can hold, no name is cut. */
TEST(every_list_fits)
{
    static struct division provinces[DIVISIONS_MAX], cities[DIVISIONS_MAX];
    int p = division_below(all(), "", provinces), counties = 0;

    for (int i = 0; i < p; i++) {
        int c = division_below(all(), provinces[i].code, cities);

        CHECK(c < DIVISIONS_MAX);
        for (int k = 0; k < c; k++) {
            int n = strlen(cities[k].code) == 6 ? 1 : division_below(all(), cities[k].code, rows);

            CHECK(n > 0 && n < DIVISIONS_MAX);
            counties += n;
        }
    }
    CHECK_INT(counties, 2854); /* of the 2,978 that statistics count 124 are zones */
}

TEST_MAIN(T(from_province_to_county), T(headings_are_stepped_over), T(zones_are_not_offered), T(broken_lines),
          T(every_list_fits))
