/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands on the paper of an hour that was booked; a second print says so.
 */
#include "model/appointment_slip.h"

#include <string.h>

#include "test.h"

#define TEN INT64_C(1763604000000) /* Thursday, 2025-11-20, 10:00 */

static bool says(const struct paper *p, const char *text)
{
    for (size_t i = 0; i < p->n_blocks; i++)
        if (strstr(p->blocks[i].text, text) || (p->blocks[i].op == PAPER_ROW && strstr(p->blocks[i].value, text)))
            return true;
    return false;
}

static struct paper *compose(int copy)
{
    static const struct place place = {
        .zone = "城东政务服务", .device = "03 号机", .hotline = "12345", .terminal = "t-1103-003"};
    static const struct queue queue = {.id = "general", .name = "综合受理", .place = "一层 1 至 6 号窗口"};
    static const struct appointment a = {
        .number = "A1120-1000-2", .code = "4711", .queue = "general", .from = TEN, .until = TEN + APPOINTMENT_HOUR_MS};
    const struct appointment_slip_facts f = {.place = &place,
                                             .queue = &queue,
                                             .appointment = &a,
                                             .qr = "A1120-1000-2 4711 2025-11-20 10:00",
                                             .copy = copy,
                                             .printed_ms = TEN};
    return appointment_slip_compose(&f);
}

TEST(day_hour_place_number_and_code)
{
    static const char *const all[] = {"预约单",   "2025年11月20日",     "星期四",       "10:00", "11:00 前到都算",
                                      "综合受理", "一层 1 至 6 号窗口", "A1120-1000-2", "4711",  "12345"};
    struct paper *p = compose(1);
    CHECK(p && paper_ok(p));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        CHECK(says(p, all[i]));
    CHECK(!says(p, "补"));
    paper_destroy(p);
}

TEST(a_second_print_says_so)
{
    struct paper *p = compose(2);
    CHECK(says(p, "补"));
    paper_destroy(p);
}

TEST_MAIN(T(day_hour_place_number_and_code), T(a_second_print_says_so))
