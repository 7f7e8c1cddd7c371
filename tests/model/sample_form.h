/* SPDX-License-Identifier: Apache-2.0
 *
 * An item with a field of every type, for the tests of forms and applications.
 */
#ifndef TESTS_MODEL_SAMPLE_FORM_H
#define TESTS_MODEL_SAMPLE_FORM_H

#include "model/item.h"

enum {
    F_NAME,
    F_NUMBER,
    F_REASON,
    F_FORMER,
    F_COUNT,
    F_MONEY,
    F_FROM,
    F_TO,
    F_WAYS,
    F_URGENT,
    F_MOBILE,
    F_CREDIT,
    F_BANK,
    F_STREET,
    F_OTHER_ID,
    F_TEXT,
    F_SEX,
    F_COUNT_
};

static const struct form_choice reasons[] = {{.id = "expiring", .label = "有效期快到了"},
                                             {.id = "expired", .label = "已经过期"},
                                             {.id = "renamed", .label = "姓名变更"}};
static const struct form_choice ways[] = {
    {.id = "window", .label = "到窗口"}, {.id = "post", .label = "快递"}, {.id = "sms", .label = "短信"}};
static const struct form_choice answers[] = {{.id = "yes", .label = "一起办"}, {.id = "no", .label = "不办"}};
static const struct form_choice sexes[] = {{.id = "1", .label = "男"}, {.id = "2", .label = "女"}};

#define ALWAYS                                                                                                              \
    {                                                                                                                       \
        .field = -1                                                                                                         \
    }

static const struct item
    sample_item =
        {
            .task_code = "11110105MB0A0000164000709102000",
            .task_version = 3,
            .form =
                {
                    .version = 2,
                    .consent_id = "consent-2026-1",
                    .n_fields = F_COUNT_,
                    .fields =
                        {
                            [F_NAME] = {.id = "name",
                                        .type = FIELD_TEXT,
                                        .source = "card.name",
                                        .locked = true,
                                        .required = true,
                                        .mask = true,
                                        .show_if = ALWAYS},
                            [F_NUMBER] = {.id = "number",
                                          .type = FIELD_CITIZEN_NUMBER,
                                          .source = "card.number",
                                          .locked = true,
                                          .required = true,
                                          .mask = true,
                                          .show_if = ALWAYS},
                            [F_REASON] = {.id = "reason",
                                          .type = FIELD_CHOICE,
                                          .required = true,
                                          .choices = reasons,
                                          .n_choices = 3,
                                          .show_if = ALWAYS},
                            [F_FORMER] = {.id = "former",
                                          .type = FIELD_CHINESE_TEXT,
                                          .required = true,
                                          .mask = true,
                                          .min = 2,
                                          .max = 5,
                                          .show_if = {F_REASON, "renamed", false}},
                            [F_COUNT] = {.id = "count", .type = FIELD_NUMBER, .min = 1, .max = 10, .show_if = ALWAYS},
                            [F_MONEY] = {.id = "money",
                                         .type = FIELD_MONEY,
                                         .min = 100,
                                         .max = 123456789,
                                         .show_if = ALWAYS},
                            [F_FROM] = {.id = "from", .type = FIELD_DATE, .show_if = ALWAYS},
                            [F_TO] = {.id = "to", .type = FIELD_DATE, .show_if = ALWAYS},
                            [F_WAYS] =
                                {.id = "ways", .type = FIELD_CHOICES, .choices = ways, .n_choices = 3, .show_if = ALWAYS},
                            [F_URGENT] = {.id = "urgent",
                                          .type = FIELD_YES_NO,
                                          .choices = answers,
                                          .n_choices = 2,
                                          .show_if = {F_FORMER, NULL, false}},
                            [F_MOBILE] =
                                {.id = "mobile", .type = FIELD_MOBILE, .required = true, .mask = true, .show_if = ALWAYS},
                            [F_CREDIT] = {.id = "credit", .type = FIELD_CREDIT_CODE, .show_if = ALWAYS},
                            [F_BANK] = {.id = "bank", .type = FIELD_BANK_CARD, .mask = true, .show_if = ALWAYS},
                            [F_STREET] = {.id = "street",
                                          .type = FIELD_ADDRESS,
                                          .source = "card.address",
                                          .mask = true,
                                          .show_if = {F_WAYS, "post", false}},
                            [F_OTHER_ID] = {.id = "other_id", .type = FIELD_CITIZEN_NUMBER, .show_if = ALWAYS},
                            [F_TEXT] = {.id = "text", .type = FIELD_TEXT, .max = 8, .show_if = ALWAYS},
                            [F_SEX] = {.id = "sex",
                                       .type = FIELD_CHOICE,
                                       .source = "card.sex",
                                       .choices = sexes,
                                       .n_choices = 2,
                                       .show_if = ALWAYS},
                        },
                    .n_rules = 5,
                    .rules =
                        {
                            {.when = {F_REASON, "expired", false}, .require = RULE_CARD_EXPIRED, .message = "card is valid"},
                            {.when = {F_REASON, "expiring", false},
                             .require = RULE_CARD_VALID,
                             .message = "card is expired"},
                            {.when = {F_TO, NULL, false},
                             .require = RULE_FIELD_AFTER,
                             .other = {F_FROM, NULL, false},
                             .message = "order"},
                            {.when = {F_URGENT, "yes", false},
                             .require = RULE_FIELD_IS,
                             .other = {F_WAYS, "sms", false},
                             .message = "sms"},
                            {.when = ALWAYS, .require = RULE_AGE_AT_LEAST, .age = 60, .message = "age"},
                        },
                },
};

static const struct identity sample_card = {
    .kind = IDENTITY_RESIDENT,
    .name = "测试甲",
    .sex = '2',
    .nation = "01",
    .birth = {1949, 12, 31},
    .address = "示例市测试区甲路 1 号",
    .number = "11010519491231002X",
    .authority = "示例公安局",
    .valid_from = {2020, 1, 5},
    .valid_to = {2040, 1, 5},
};

#endif
