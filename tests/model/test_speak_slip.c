/* SPDX-License-Identifier: Apache-2.0
 *
 * The paper with the code: what stands on it, and what must not.
 */
#include "model/speak_slip.h"

#include <string.h>

#include "test.h"

#define SAID_AT INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */

static const struct place place = {
    .zone = "示例区", .spot = "示例街道", .device = "03 号机", .hotline = "12345", .supervision = "12388"};

static char text[8192];

static const char *compose(struct speak_slip_facts f)
{
    struct paper *p = speak_slip_compose(&f);

    CHECK(p != NULL);
    text[0] = '\0';
    for (size_t i = 0; p && i < p->n_blocks; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s\t%s\n", p->blocks[i].text ? p->blocks[i].text : "",
                 p->blocks[i].value ? p->blocks[i].value : "");
    paper_destroy(p);
    return text;
}

static struct speak_slip_facts facts(void)
{
    return (struct speak_slip_facts){.place = &place,
                                     .code = "110300300017047118",
                                     .kind = SPEAK_COMPLAIN,
                                     .at_ms = SAID_AT,
                                     .due = {2026, 1, 26},
                                     .copy = 1,
                                     .printed_ms = SAID_AT};
}

static bool holds(const char *part)
{
    return strstr(text, part) != NULL;
}

TEST(without_a_name)
{
    compose(facts());
    CHECK(holds("110300 300017 047118"));
    CHECK(holds("投诉"));
    CHECK(holds("2026年01月26日前"));
    CHECK(holds("没有留名"));
    CHECK(holds("12345") && holds("12388"));
    CHECK(holds("示例街道 03 号机"));
    CHECK(!holds("暂定") && !holds("补"));
}

TEST(with_one)
{
    struct speak_slip_facts f = facts();

    f.phone = true;
    compose(f);
    CHECK(holds("留了电话") && !holds("没有留名"));
    f.card = true;
    compose(f);
    CHECK(holds("留了姓名"));
}

TEST(a_day_that_may_move)
{
    struct speak_slip_facts f = facts();

    f.provisional = true;
    f.provisional_year = 2027;
    compose(f);
    CHECK(holds("暂定") && holds("2027 年放假安排"));
    f.provisional_year = 0;
    compose(f);
    CHECK(holds("本机时间核对后"));
}

TEST(a_second_one_says_so)
{
    struct speak_slip_facts f = facts();

    f.copy = 2;
    compose(f);
    CHECK(holds("补"));
}

TEST_MAIN(T(without_a_name), T(with_one), T(a_day_that_may_move), T(a_second_one_says_so))
