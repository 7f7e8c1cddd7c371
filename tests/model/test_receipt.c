/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands on the papers, in which order, and what never does.
 */
#include "model/receipt.h"

#include "printer/papers.h"
#include "test.h"

/* Where `text` stands: index of the block whose text or value it is; -1 nowhere. */
static int find(const struct paper *p, const char *text)
{
    for (size_t i = 0; i < p->n_blocks; i++)
        if (!strcmp(p->blocks[i].text, text) || (p->blocks[i].op == PAPER_ROW && !strcmp(p->blocks[i].value, text)))
            return (int)i;
    return -1;
}

static int count(const struct paper *p, enum paper_op op)
{
    int n = 0;

    for (size_t i = 0; i < p->n_blocks; i++)
        n += p->blocks[i].op == op;
    return n;
}

/* The value of the row with this label. */
static const char *value(const struct paper *p, const char *label)
{
    for (size_t i = 0; i < p->n_blocks; i++)
        if (p->blocks[i].op == PAPER_ROW && !strcmp(p->blocks[i].text, label))
            return p->blocks[i].value;
    return "(no such row)";
}

TEST(the_receipt_in_its_order)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p = receipt_compose(&f);
    static const char *const order[] = {"城东政务服务 24 小时自助区",
                                        "收件凭证",
                                        "证明您交了申请，不是受理通知书",
                                        "办件编号",
                                        "1103 003 261119 00027 8",
                                        "高龄津贴申领",
                                        "测*甲",
                                        "110105********002X",
                                        "2026-11-19 10:21",
                                        "城东街道 03 号机",
                                        "收到的材料",
                                        " 居民身份证",
                                        " 户口簿",
                                        "还要交的材料",
                                        " 社会保障卡",
                                        " 本人近期相片",
                                        "区民政局养老服务科",
                                        "6555 0123",
                                        "最晚办结",
                                        "2026年11月26日",
                                        "星期四，从交件起 5 个工作日",
                                        "三种纸，别弄混",
                                        "→收件凭证",
                                        "12345",
                                        "6555 0100",
                                        "第 1 次打印"};
    int before = -1;

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        int at = find(p, order[i]);

        if (at <= before)
            printf("# out of place: %s\n", order[i]);
        CHECK(at > before);
        before = at;
    }
    CHECK_INT(p->blocks[1].size, PAPER_TITLE);
    CHECK_INT(p->blocks[find(p, "1103 003 261119 00027 8")].size, PAPER_DOUBLE);
    CHECK_INT(p->blocks[find(p, "2026年11月26日")].size, PAPER_DOUBLE);
    CHECK_STR(value(p, " 居民身份证"), "读卡");
    CHECK_STR(value(p, " 本人近期相片"), "可以后交，10 个工作日内");
    CHECK_STR(value(p, "第 1 次打印"), "2026-11-19 10:21:09");
    CHECK(p->blocks[find(p, "→收件凭证")].bold);
    CHECK_INT(count(p, PAPER_BAND), 0);
    CHECK_INT(count(p, PAPER_FRAME), 2);
    CHECK_INT(count(p, PAPER_QR), 1);
    CHECK_INT(p->blocks[p->n_blocks - 1].op, PAPER_CUT);
    CHECK_INT(find(p, "暂定："), -1);
    CHECK_INT(find(p, "时间："), -1);
    paper_destroy(p);
}

TEST(a_reprint_says_so_at_both_ends)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p;

    f.copy = 2;
    p = receipt_compose(&f);
    CHECK_INT(p->blocks[0].op, PAPER_BAND);
    CHECK_STR(p->blocks[0].text, "补　打　第 2 次");
    CHECK(find(p, "第 2 次打印") > 0);
    CHECK_STR(value(p, "补打地点"), "城东街道 03 号机");
    paper_destroy(p);
}

TEST(what_may_change_says_so)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p;

    f.provisional = f.clock_unsure = true;
    f.provisional_year = 2027;
    p = receipt_compose(&f);
    CHECK_STR(value(p, "暂定："), "2027 年放假安排公布后可能微调");
    CHECK(p->blocks[find(p, "暂定：")].label_bold);
    CHECK_STR(value(p, "时间："), "本机时间待核对，日期以大厅记录为准");
    CHECK(find(p, "暂定：") > find(p, "2026年11月26日"));
    paper_destroy(p);
    f.provisional_year = 0;
    p = receipt_compose(&f);
    CHECK_STR(value(p, "暂定："), "本机时间核对后可能微调");
    paper_destroy(p);
}

/* One place, chosen or the item's own; or none, and why not. */
TEST(where_to_go_as_it_was_chosen)
{
    static const struct form_choice ways[] = {{.id = "street",
                                               .label = "街道便民服务中心",
                                               .visits = 1,
                                               .address = "城东路 20 号",
                                               .hours = "周一到周六 9:00-17:00"},
                                              {.id = "post", .label = "寄到身份证上的地址"}};
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p = receipt_compose(&f);

    CHECK_STR(value(p, "到现场"), "1 次，示范路 1 号一层");
    CHECK_STR(value(p, "受　理"), "最晚2026年11月20日告诉您是否受理");
    CHECK(find(p, "到现场") < find(p, "区民政局养老服务科"));
    paper_destroy(p);
    item.n_materials = 1; /* the card */
    item.form.n_fields = 1;
    item.form.fields[0] = (struct form_field){
        .id = "collect", .type = FIELD_CHOICE, .choices = ways, .n_choices = 2, .show_if = {.field = -1}};
    papers_demand = (struct demand){.least = 1, .most = 1};
    p = receipt_compose(&f);
    CHECK_STR(value(p, "到现场"), "1 次，街道便民服务中心，城东路 20 号");
    CHECK_STR(value(p, "开　门"), "周一到周六 9:00-17:00");
    CHECK_INT(find(p, "还要交的材料"), -1);
    paper_destroy(p);
    papers_demand = (struct demand){.choice = 1};
    p = receipt_compose(&f);
    CHECK_STR(value(p, "到现场"), "不用再去（寄到身份证上的地址）");
    paper_destroy(p);
    papers_demand = (struct demand){.field = -1, .choice = -1};
    p = receipt_compose(&f);
    CHECK_STR(value(p, "到现场"), "不用再去");
    paper_destroy(p);
}

/* A permit that is not asked of this applicant stands in neither list. */
TEST(only_what_is_demanded_is_due)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p;

    papers_demand.materials[2] = DEMANDED_NOT;
    papers_demand.materials[3] = DEMANDED_PERHAPS;
    p = receipt_compose(&f);
    CHECK_INT(find(p, " 社会保障卡"), -1);
    CHECK_INT(find(p, " 本人近期相片"), -1);
    CHECK_INT(find(p, "还要交的材料"), -1);
    CHECK(find(p, " 户口簿") > 0);
    paper_destroy(p);
}

TEST(limits_without_a_date)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p;

    f.promised.year = 0;
    p = receipt_compose(&f);
    CHECK_INT(find(p, "最晚办结"), -1);
    CHECK_STR(value(p, "办　结"), "从交件起 5 个工作日");
    paper_destroy(p);
    item.promise = (struct item_limit){30, DAY_CALENDAR, ""};
    p = receipt_compose(&f);
    CHECK_STR(value(p, "办　结"), "从交件起 30 天");
    paper_destroy(p);
    item.promise.day = 0;
    p = receipt_compose(&f);
    CHECK_STR(value(p, "办　结"), "材料齐全，当场办结");
    paper_destroy(p);
    f.promised = (struct date){2027, 1, 5};
    item.promise = (struct item_limit){30, DAY_CALENDAR, ""};
    p = receipt_compose(&f);
    CHECK(find(p, "星期二，从交件起 30 天") > 0);
    paper_destroy(p);
}

TEST(many_materials_become_their_count)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p;

    for (item.n_materials = 0; item.n_materials < 20; item.n_materials++)
        item.materials[item.n_materials] = (struct item_material){
            .name = "户口簿", .from_card = item.n_materials < 2, .state = MATERIAL_BRING};
    demand_of(&item, NULL, &papers_demand);
    p = receipt_compose(&f);
    CHECK_INT(find(p, " 户口簿"), -1);
    CHECK_STR(value(p, "收到的材料"), "共 2 份");
    CHECK_STR(value(p, "还要交的材料"), "共 18 份");
    paper_destroy(p);
    item.n_materials = 0;
    p = receipt_compose(&f);
    CHECK_INT(find(p, "收到的材料"), -1);
    CHECK_INT(find(p, "还要交的材料"), -1);
    paper_destroy(p);
}

/* Each member with its number, whose it is and until when; the bundle's own number above, its code at the end. */
TEST(a_bundle_on_one_paper)
{
    struct item members[] = {papers_item(), papers_item()}, bundle = papers_item();
    const struct date parts[] = {{2026, 11, 26}, {2026, 12, 3}};
    char number[CASE_NUMBER_LEN + 1], grouped[24];

    members[1].task_name = "公积金退休提取";
    members[1].dept_name = "市公积金中心";
    bundle.task_name = "退休一件事";
    bundle.joined[0] = &members[0];
    bundle.joined[1] = &members[1];
    bundle.n_joined = 2;
    struct receipt_facts f = papers_facts(&bundle);

    f.parts = parts;
    struct paper *p = receipt_compose(&f);
    int at = find(p, "一件事编号");

    CHECK(at >= 0 && find(p, "办件编号") < 0);
    CHECK(find(p, "1 高龄津贴申领") > at);
    CHECK(find(p, "区民政局养老服务科，最晚2026年11月26日办结") > at);
    at = find(p, "2 公积金退休提取");
    CHECK(at >= 0);
    CHECK(case_number_part(PAPERS_NUMBER, 2, number));
    case_number_group(number, grouped);
    CHECK_INT(find(p, grouped), at + 1);
    CHECK_INT(find(p, "市公积金中心，最晚2026年12月03日办结"), at + 2);
    CHECK(find(p, "退休一件事") > at);
    CHECK_STR(value(p, "牵　头"), "区民政局养老服务科");
    CHECK(find(p, "最晚办结") < 0); /* there is no one day for all */
    CHECK_INT(count(p, PAPER_QR), 1);
    paper_destroy(p);
}

TEST(nothing_is_promised_that_is_not_built)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *papers[] = {receipt_compose(&f), papers_ticket(1)};
    static const char *const words[] = {"扫码", "短信", "任何一台", "查进度"};

    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < papers[k]->n_blocks; i++)
            for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
                CHECK(!strstr(papers[k]->blocks[i].text, words[w]));
                CHECK(!strstr(papers[k]->blocks[i].value, words[w]));
            }
        paper_destroy(papers[k]);
    }
}

TEST(the_qr_text_is_number_and_terminal)
{
    char out[80];

    receipt_qr_text(PAPERS_NUMBER, "t-1103-003", out);
    CHECK_STR(out, "1103 003 261119 00027 8 T-1103-003");
    receipt_qr_text(PAPERS_NUMBER, "t-0123456789012345678901234567890", out);
    CHECK_INT(strlen(out), 23 + 1 + 33);
}

TEST(the_ticket)
{
    struct paper *p = papers_ticket(1);
    int at = find(p, "A 032");

    CHECK_INT(p->blocks[at].size, PAPER_HUGE);
    CHECK_INT(p->blocks[find(p, "前面 12 人")].size, PAPER_DOUBLE);
    CHECK(find(p, "大约等 25 分钟（10:21 估算）") > at);
    CHECK_STR(value(p, "去哪里"), "1 楼东厅，看大屏听叫号");
    CHECK_STR(value(p, "过号"), "3 位以内回来还能办");
    CHECK_STR(value(p, "取号"), "2026-11-19 10:21　03 号机");
    CHECK(find(p, "综合受理") < at);
    CHECK(find(p, "当天有效　政务热线 12345") > at);
    CHECK_INT(p->blocks[p->n_blocks - 1].op, PAPER_CUT);
    paper_destroy(p);
    p = papers_ticket(3);
    CHECK_STR(p->blocks[0].text, "补　打　第 3 次");
    CHECK_STR(value(p, "第 3 次打印"), "2026-11-19 10:21:09");
    paper_destroy(p);
}

static bool says(const struct ticket_facts *f, const char *text)
{
    struct paper *p = ticket_compose(f);
    bool found = find(p, text) >= 0;

    paper_destroy(p);
    return found;
}

/* What nobody knows does not stand on the paper. */
TEST(a_ticket_claims_only_what_is_known)
{
    struct ticket_facts f = papers_ticket_facts(1);
    struct queue plain = papers_queue;

    f.minutes = 0;
    CHECK(says(&f, "去了就办（10:21 的情况）"));
    f.minutes = -1;
    CHECK(says(&f, "前面 12 人"));
    CHECK(says(&f, "10:21 的人数，时间说不准"));
    f.ahead = -1;
    CHECK(!says(&f, "前面 12 人"));
    CHECK(!says(&f, "10:21 的人数，时间说不准"));
    plain.recall = 0;
    f.queue = &plain;
    CHECK(!says(&f, "3 位以内回来还能办"));
}

TEST(a_ticket_says_the_hours)
{
    struct ticket_facts f = papers_ticket_facts(1);
    struct day_hours hours = {.n = 2, .at = {{9 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60}}};
    struct paper *p;

    f.hours = &hours;
    f.hours_today = true;
    p = ticket_compose(&f);
    CHECK_STR(value(p, "办公"), "今天 9:00-12:00，13:30-17:00");
    paper_destroy(p);
    f.hours_today = false; /* the clock is unsure: which day it is nobody knows */
    p = ticket_compose(&f);
    CHECK_STR(value(p, "办公"), "工作日 9:00-12:00，13:30-17:00，以窗口为准");
    paper_destroy(p);
    hours.n = 0;
    CHECK(!says(&f, "办公"));
}

TEST(the_qr_text_of_a_ticket)
{
    char out[80];

    ticket_qr_text("A 032", "general", "2026-01-05", "t-1103-003", out);
    CHECK_STR(out, "A 032 GENERAL 2026-01-05 T-1103-003");
    ticket_qr_text("A99999-999", "abcdefghijklmnopqrstuvw", "2026-01-05", "abcdefghijklmnopqrstuvwxyzabcdef", out);
    CHECK(strlen(out) < sizeof out);
}

TEST_MAIN(T(the_receipt_in_its_order), T(a_reprint_says_so_at_both_ends), T(what_may_change_says_so),
          T(where_to_go_as_it_was_chosen), T(only_what_is_demanded_is_due), T(limits_without_a_date),
          T(many_materials_become_their_count), T(a_bundle_on_one_paper), T(nothing_is_promised_that_is_not_built),
          T(the_qr_text_is_number_and_terminal), T(the_ticket), T(a_ticket_claims_only_what_is_known),
          T(a_ticket_says_the_hours), T(the_qr_text_of_a_ticket))
