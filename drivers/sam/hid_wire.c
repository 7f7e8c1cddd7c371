/* SPDX-License-Identifier: Apache-2.0
 *
 * See hid_wire.h.
 */
#include "drivers/sam/hid_wire.h"

#include <string.h>

void hid_wire_build(const uint8_t *frame, size_t len, uint8_t report[HID_REPORT_LEN])
{
    size_t n = len < HID_REPORT_LEN ? len : HID_REPORT_LEN;
    memcpy(report, frame, n);
    memset(report + n, 0, HID_REPORT_LEN - n);
}

size_t hid_wire_round(size_t len)
{
    return (len + HID_REPORT_LEN - 1) / HID_REPORT_LEN * HID_REPORT_LEN;
}
