/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands on the papers of a case, in which order, and what never does.
 */
#include "model/case_slip.h"

#include <string.h>

#include "printer/papers.h"
#include "test.h"

static struct my_case one;

static struct case_slip_facts facts(enum my_case_stage stage)
{
    one = papers_case(stage);
    return papers_case_facts(&one);
}

/* Index of the block whose text or value it is; -1 nowhere. */
static int find(const struct paper *p, const char *text)
{
    for (size_t i = 0; i < p->n_blocks; i++)
        if (!strcmp(p->blocks[i].text, text) || (p->blocks[i].op == PAPER_ROW && !strcmp(p->blocks[i].value, text)))
            return (int)i;
    return -1;
}

static void check_order(const struct paper *p, const char *const *order, size_t n)
{
    int before = -1;

    for (size_t i = 0; i < n; i++) {
        int at = find(p, order[i]);

        if (at <= before)
            printf("# out of place: %s\n", order[i]);
        CHECK(at > before);
        before = at;
    }
}
#define CHECK_ORDER(p, order) check_order(p, order, sizeof order / sizeof *order)

TEST(the_decision)
{
    const struct case_slip_facts f = facts(MY_CASE_DECIDED);
    struct paper *p = case_slip_decision(&f);
    const char *const order[] = {"办理决定书",
                                 "（自助终端打印件）",
                                 "1103 003 261119 00027 8",
                                 "高龄津贴申领",
                                 "区民政局",
                                 "测*甲",
                                 "2026-11-19 10:21",
                                 "准予",
                                 "2026年11月26日",
                                 one.words,
                                 "3F7A-91C2-0B44-D1E8",
                                 one.paper_code,
                                 "第 1 次打印"};

    CHECK_ORDER(p, order);
    CHECK_INT(find(p, "不予批准"), -1);
    CHECK_INT(p->blocks[find(p, one.paper_code)].op, PAPER_QR);
    CHECK_INT(p->blocks[0].op, PAPER_TEXT); /* no band on the first print */
    paper_destroy(p);
}

/* What was not granted comes with its reason and with what can be done against it. */
TEST(not_granted)
{
    struct case_slip_facts f = facts(MY_CASE_DECIDED);
    struct paper *p;

    one.granted = false;
    p = case_slip_decision(&f);
    CHECK(find(p, "不予批准") > 0);
    CHECK(find(p, "理　由") > 0 && find(p, "内　容") < 0);
    CHECK(strstr(p->blocks[find(p, one.words) + 1].text, "行政复议") != NULL);
    paper_destroy(p);

    f = facts(MY_CASE_REFUSED);
    f.copy = 2;
    p = case_slip_decision(&f);
    CHECK(find(p, "不予受理通知书") > 0 && find(p, "办理决定书") < 0);
    CHECK(find(p, "不予受理") > 0);
    CHECK_INT(p->blocks[0].op, PAPER_BAND);
    paper_destroy(p);
}

/* How much was added, and not what. */
TEST(the_supplement)
{
    const struct case_slip_facts f = facts(MY_CASE_ASKED);
    struct paper *p = case_slip_supplement(&f);
    const char *const order[] = {"补件凭证",         "1103 003 261119 00027 8", "高龄津贴申领",
                                 "2026-11-19 11:21", "城东街道 03 号机",        "文字说明 1 份，37 字"};

    CHECK_ORDER(p, order);
    CHECK_INT(find(p, one.missing), -1);
    CHECK_INT(find(p, one.words), -1);
    paper_destroy(p);
}

TEST(the_receipt_once_more)
{
    struct case_slip_facts f = facts(MY_CASE_EXAMINED);
    struct paper *p = case_slip_receipt(&f);
    const char *const order[] = {"补　打", "收件凭证", "1103 003 261119 00027 8", "高龄津贴申领", "2026-11-19 10:21"};

    CHECK_INT(p->blocks[0].op, PAPER_BAND);
    CHECK_ORDER(p, order);
    CHECK(find(p, "测*甲") > 0);
    paper_destroy(p);

    f.masked_name = f.masked_id = ""; /* by number: nobody has said whose it is */
    p = case_slip_receipt(&f);
    CHECK_INT(find(p, "申请人"), -1);
    CHECK_INT(find(p, "证件号"), -1);
    paper_destroy(p);
}

/* As long as the hall may send it. */
TEST(the_longest_fits)
{
    struct case_slip_facts f = facts(MY_CASE_DECIDED);

    memset(one.item_name, 'i', sizeof one.item_name - 1);
    memset(one.dept_name, 'd', sizeof one.dept_name - 1);
    memset(one.words, 'w', sizeof one.words - 1);
    memset(one.paper_code, 'c', sizeof one.paper_code - 1);
    one.granted = false;
    f.copy = 9;
    struct paper *p = case_slip_decision(&f);
    CHECK(p != NULL);
    paper_destroy(p);
}

TEST(an_unsure_clock_is_said)
{
    struct case_slip_facts f = facts(MY_CASE_ASKED);
    struct paper *p;

    f.clock_unsure = true;
    p = case_slip_supplement(&f);
    CHECK(find(p, "时间：") > 0);
    paper_destroy(p);
}

TEST_MAIN(T(the_decision), T(not_granted), T(the_supplement), T(the_receipt_once_more), T(the_longest_fits),
          T(an_unsure_clock_is_said))
