/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames in reports of 64 bytes.
 */
#include "drivers/sam/hid_wire.h"

#include "test.h"

TEST(a_command_is_one_report)
{
    static const uint8_t find[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x03, 0x20, 0x01, 0x22};
    static const uint8_t zeros[HID_REPORT_LEN];
    uint8_t report[HID_REPORT_LEN];
    memset(report, 0x5A, sizeof report);
    hid_wire_build(find, sizeof find, report);
    CHECK_MEM(report, find, sizeof find);
    CHECK_MEM(report + sizeof find, zeros, HID_REPORT_LEN - sizeof find);
}

TEST(replies_take_as_many_reports_as_they_need)
{
    CHECK_INT(hid_wire_round(0), 0);
    CHECK_INT(hid_wire_round(1), 64);
    CHECK_INT(hid_wire_round(11), 64);
    CHECK_INT(hid_wire_round(64), 64);
    CHECK_INT(hid_wire_round(65), 128);
    CHECK_INT(hid_wire_round(1295), 21 * 64); /* text and photo */
}

TEST_MAIN(T(a_command_is_one_report), T(replies_take_as_many_reports_as_they_need))
