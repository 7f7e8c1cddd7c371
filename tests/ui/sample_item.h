/* SPDX-License-Identifier: Apache-2.0
 *
 * A made-up place, item, form and card for the sample views.
 */
#ifndef TESTS_UI_SAMPLE_ITEM_H
#define TESTS_UI_SAMPLE_ITEM_H

#include <stdio.h>
#include <string.h>

#include "session/view.h"

static const struct place sample_place = {.zone = "城东政务服务 · 24 小时自助",
                                          .spot = "示范区城东街道",
                                          .device = "03 号机",
                                          .hotline = "6555 0100",
                                          .supervision = "12345",
                                          .zone_en = "Chengdong Services · 24 h",
                                          .spot_en = "Chengdong Subdistrict",
                                          .device_en = "No. 03",
                                          .terminal = "t-1103-003"};

static const struct form_choice sample_ways[] = {
    {.id = "sms", .label = "发短信"}, {.id = "call", .label = "打电话"}, {.id = "none", .label = "都不用"}};
static const struct form_choice sample_reasons[] = {{.id = "expiring", .label = "有效期快到了"},
                                                    {.id = "expired", .label = "已经过期"},
                                                    {.id = "damaged", .label = "证件损坏"},
                                                    {.id = "name-changed", .label = "姓名变更"}};
static const struct form_choice sample_answers[] = {{.id = "yes", .label = "一起申请"}, {.id = "no", .label = "不申请"}};
static const struct form_choice sample_delivery[] = {{.id = "window",
                                                      .label = "到窗口领取",
                                                      .visits = 1,
                                                      .address = "示范路 1 号一层 A03 窗口",
                                                      .hours = "周一到周五 9:00-17:00"},
                                                     {.id = "post", .label = "快递到付"}};

enum {
    F_NAME,
    F_NUMBER,
    F_ADDRESS,
    F_REASON,
    F_URGENT,
    F_MOBILE,
    F_WAY,
    F_DELIVERY,
    F_DATE,
    F_CREDIT,
    F_INCOME,
    F_SIGNATURE,
    F_HOME,
    F_COUNT,
};

static struct item sample_item;
static struct identity sample_identity;
static struct form_values sample_values;

static void sample_field(int i, struct form_field f)
{
    f.required = true;
    f.show_if.field = -1;
    sample_item.form.fields[i] = f;
}

static void sample_make_form(void)
{
    struct form *f = &sample_item.form;

    *f = (struct form){.version = 1, .n_groups = 3, .n_fields = F_COUNT};
    f->groups[0].title = "您的信息";
    f->groups[1].title = "怎么联系您";
    f->groups[2].title = "领证和补助";
    f->consent = "以上属实。同意区民政局为办这件事核对我的户籍和参保信息，不作他用。";
    sample_field(F_NAME, (struct form_field){
                             .id = "name", .label = "姓名", .type = FIELD_TEXT, .source = "card.name", .locked = true});
    sample_field(F_NUMBER, (struct form_field){.id = "id_number",
                                               .label = "公民身份号码",
                                               .type = FIELD_CITIZEN_NUMBER,
                                               .source = "card.number",
                                               .locked = true,
                                               .mask = true});
    sample_field(F_ADDRESS, (struct form_field){.id = "address",
                                                .label = "户籍地址",
                                                .type = FIELD_ADDRESS,
                                                .source = "card.address",
                                                .locked = true,
                                                .mask = true});
    sample_field(
        F_REASON,
        (struct form_field){
            .id = "reason", .label = "为什么换领", .type = FIELD_CHOICE, .choices = sample_reasons, .n_choices = 4});
    sample_field(
        F_URGENT,
        (struct form_field){
            .id = "urgent", .label = "同时申请临时证", .type = FIELD_YES_NO, .choices = sample_answers, .n_choices = 2});
    sample_field(
        F_MOBILE,
        (struct form_field){
            .id = "mobile", .label = "手机号", .type = FIELD_MOBILE, .mask = true, .group = 1, .example = "11 位手机号"});
    sample_field(F_HOME, (struct form_field){
                             .id = "home", .label = "现在住哪里", .type = FIELD_ADDRESS, .group = 1, .help = "写到门牌号"});
    sample_field(F_WAY, (struct form_field){.id = "way",
                                            .label = "结果怎么告诉您",
                                            .type = FIELD_CHOICE,
                                            .group = 1,
                                            .choices = sample_ways,
                                            .n_choices = 3});
    sample_field(F_DELIVERY, (struct form_field){.id = "delivery",
                                                 .label = "领证方式",
                                                 .type = FIELD_CHOICE,
                                                 .group = 2,
                                                 .choices = sample_delivery,
                                                 .n_choices = 2});
    sample_field(
        F_DATE,
        (struct form_field){
            .id = "from", .label = "从哪天开始", .type = FIELD_DATE, .group = 2, .help = "年 4 位，月 2 位，日 2 位"});
    sample_field(F_CREDIT, (struct form_field){.id = "credit", .label = "单位代码", .type = FIELD_CREDIT_CODE, .group = 2});
    sample_field(F_SIGNATURE, (struct form_field){.id = "sign", .label = "签名", .type = FIELD_SIGNATURE, .group = 2});
    sample_field(F_INCOME, (struct form_field){.id = "income", .label = "每月收入", .type = FIELD_MONEY, .group = 2});
}

static void sample_make_item(void)
{
    memset(&sample_item, 0, sizeof sample_item);
    struct item *i = &sample_item;

    i->task_code = "11110103MB0A0000164000709101000";
    i->catalog_code = "000709101000";
    i->task_name = "老年人优待证申领";
    i->task_type_name = "公共服务";
    i->dept_name = "区民政局";
    i->online = i->nearby = i->one_visit = i->is_service_terminals = i->sample = true;
    i->accept_condition = "本区户籍、年满 60 周岁的老人";
    i->anticipate = (struct item_limit){20, DAY_WORKING, NULL};
    i->promise = (struct item_limit){5, DAY_WORKING, NULL};
    i->results[i->n_results++] = "老年人优待证";
    i->laws[i->n_laws++] = (struct item_law){"中华人民共和国老年人权益保障法", "第五十二条", NULL};
    i->laws[i->n_laws++] = (struct item_law){"示范区老年人优待办法", "第七条", "优待证的申领和使用"};
    i->steps[i->n_steps++] = (struct item_step){"受理", "受理岗", NULL, {1, DAY_WORKING, NULL}};
    i->steps[i->n_steps++] = (struct item_step){"审查", "审查岗", NULL, {3, DAY_WORKING, NULL}};
    i->steps[i->n_steps++] = (struct item_step){"决定", "决定岗", NULL, {1, DAY_WORKING, NULL}};
    i->materials[i->n_materials++] = (struct item_material){.name = "居民身份证", .state = MATERIAL_HAVE, .from_card = true};
    i->materials[i->n_materials++] = (struct item_material){
        .name = "户口簿", .explain = "用电子证照", .state = MATERIAL_HAVE};
    i->materials[i->n_materials++] = (struct item_material){.name = "近期照片",
                                                            .explain = "到窗口领证的才要",
                                                            .state = MATERIAL_BRING,
                                                            .depends = true,
                                                            .need_if = {.field = F_DELIVERY, .is = "window"}};
    i->materials[i->n_materials++] = (struct item_material){.name = "代办委托书",
                                                            .explain = "请人代领的才要",
                                                            .state = MATERIAL_LATER,
                                                            .defer_day = 5,
                                                            .depends = true,
                                                            .need_if = {.field = F_DELIVERY, .is = "window"}};
    i->transact_addr = "政务中心 1 楼 A03 窗口";
    i->link_way = "6555 0123";
    i->supervise_way = "12345";
    i->questions[i->n_questions++] = (struct item_question){"可以请家人代领吗？", "可以。带上双方的身份证。"};
    i->questions[i->n_questions++] = (struct item_question){"证丢了怎么办？", "在任何一台自助机补办，不收费。"};
    i->icon = "elder";
    sample_make_form();
}

/* 测试甲, as a finger writes it. */
static void sample_sign(struct ink *ink)
{
    static const char *const strokes[] = {"262,62 280,78",
                                          "252,106 270,120",
                                          "256,178 292,128",
                                          "308,66 308,150",
                                          "308,66 352,66 352,150",
                                          "330,84 326,128 296,176",
                                          "336,140 356,172",
                                          "378,72 378,148",
                                          "404,52 404,176 388,164",
                                          "448,60 464,76",
                                          "440,106 466,104 462,160 482,142",
                                          "486,92 582,86",
                                          "496,120 546,116",
                                          "522,120 520,160",
                                          "490,168 552,154",
                                          "556,52 568,120 590,166 606,148",
                                          "584,58 598,70",
                                          "668,60 668,124",
                                          "668,60 756,56 750,124",
                                          "668,92 752,90",
                                          "668,124 750,122",
                                          "710,58 708,190"};

    memset(ink, 0, sizeof *ink);
    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++) {
        int x, y, n, first = 1;

        for (const char *p = strokes[i]; sscanf(p, "%d,%d%n", &x, &y, &n) == 2; p += n, first = 0) {
            if (first)
                ink_down(ink, ink_signature, x, y);
            else
                ink_move(ink, ink_signature, x, y);
            p += p[n] == ' ';
        }
    }
}

static void sample_make_identity(void)
{
    sample_identity = (struct identity){.kind = IDENTITY_RESIDENT,
                                        .name = "测试甲",
                                        .sex = '1',
                                        .nation = "01",
                                        .birth = {1949, 12, 31},
                                        .address = "示范区城东街道幸福里8号楼2单元301",
                                        .number = "11010519491231002X",
                                        .authority = "示范区公安分局",
                                        .valid_from = {2010, 1, 1},
                                        .long_term = true};
    memset(&sample_values, 0, sizeof sample_values);
    strcpy(sample_values.text[F_NAME], "测试甲");
    strcpy(sample_values.text[F_NUMBER], "11010519491231002X");
    strcpy(sample_values.text[F_ADDRESS], sample_identity.address);
}

#endif
