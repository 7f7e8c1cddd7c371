/* SPDX-License-Identifier: Apache-2.0
 *
 * The papers the printer's tests print: synthetic records only.
 */
#ifndef TESTS_PRINTER_PAPERS_H
#define TESTS_PRINTER_PAPERS_H

#include "model/case_slip.h"
#include "model/receipt.h"

#define PAPERS_NUMBER "1103003261119000278"

static const struct place papers_place = {.zone = "城东政务服务 24 小时自助区",
                                          .spot = "城东街道",
                                          .device = "03 号机",
                                          .hotline = "12345",
                                          .supervision = "6555 0100",
                                          .terminal = "t-1103-003"};

static inline struct item papers_item(void)
{
    return (struct item){.task_code = "11110105MB0A0000164000709102000",
                         .task_name = "高龄津贴申领",
                         .dept_name = "区民政局养老服务科",
                         .link_way = "6555 0123",
                         .promise = {5, DAY_WORKING, ""},
                         .transact_addr = "示范路 1 号一层",
                         .materials = {{.name = "居民身份证", .from_card = true},
                                       {.name = "户口簿", .state = MATERIAL_HAVE},
                                       {.name = "社会保障卡", .state = MATERIAL_BRING},
                                       {.name = "本人近期相片", .state = MATERIAL_LATER, .defer_day = 10}},
                         .n_materials = 4};
}

/* 2026-11-19 10:21:09 in China. */
#define PAPERS_SUBMITTED_MS 1795054869000LL

/* Whoever changes the item asks demand_of() again. */
static struct demand papers_demand;

static inline struct receipt_facts papers_facts(const struct item *item)
{
    demand_of(item, NULL, &papers_demand);
    return (struct receipt_facts){.place = &papers_place,
                                  .item = item,
                                  .number = PAPERS_NUMBER,
                                  .masked_name = "测*甲",
                                  .masked_id = "110105********002X",
                                  .submitted_ms = PAPERS_SUBMITTED_MS,
                                  .demand = &papers_demand,
                                  .promised = {2026, 11, 26},
                                  .accepted = {2026, 11, 20},
                                  .copy = 1,
                                  .printed_ms = PAPERS_SUBMITTED_MS};
}

/* What the hall may say of a case, as long as such words are, with a code as long as they come. */
#define PAPERS_CODE                                                                                                         \
    "办理决定书 1103003261119000278\n2026年11月26日 准予\n校验码 3F7A-91C2-0B44-D1E8\n"                        \
    "TBP1 decision 1103003261119000278 7 2026-11-26 granted 3f7a91c20b44d1e8 "                                              \
    "3046022100a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90022100"                                      \
    "b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9fa0"
static inline struct my_case papers_case(enum my_case_stage stage)
{
    return (struct my_case){.number = PAPERS_NUMBER,
                            .item_name = "高龄津贴申领",
                            .dept_name = "区民政局",
                            .phone = "6555 0123",
                            .stage = stage,
                            .handed_in_ms = PAPERS_SUBMITTED_MS,
                            .missing = "缺户口簿复印件",
                            .words = "符合条件，自 2026 年 12 月起每月发给 200 元，发到社会保障卡。",
                            .decided = stage == MY_CASE_DECIDED,
                            .granted = stage == MY_CASE_DECIDED,
                            .decided_on = {2026, 11, 26},
                            .check_code = "3F7A-91C2-0B44-D1E8",
                            .paper_code = PAPERS_CODE};
}
static inline struct case_slip_facts papers_case_facts(const struct my_case *one)
{
    return (struct case_slip_facts){.place = &papers_place,
                                    .one = one,
                                    .masked_name = "测*甲",
                                    .masked_id = "110105********002X",
                                    .at_ms = PAPERS_SUBMITTED_MS + 3600000,
                                    .characters = 37,
                                    .copy = 1,
                                    .printed_ms = PAPERS_SUBMITTED_MS + 3600000};
}

static const struct queue papers_queue = {.id = "general", .name = "综合受理", .place = "1 楼东厅", .recall = 3};

static inline struct ticket_facts papers_ticket_facts(int copy)
{
    return (struct ticket_facts){.place = &papers_place,
                                 .number = "A 032",
                                 .qr = "A 032 GENERAL 2026-11-19 T-1103-003",
                                 .queue = &papers_queue,
                                 .ahead = 12,
                                 .minutes = 25,
                                 .taken_ms = PAPERS_SUBMITTED_MS,
                                 .copy = copy,
                                 .printed_ms = PAPERS_SUBMITTED_MS};
}

static inline struct paper *papers_ticket(int copy)
{
    const struct ticket_facts f = papers_ticket_facts(copy);
    return ticket_compose(&f);
}

#endif
