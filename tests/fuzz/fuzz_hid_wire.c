/* SPDX-License-Identifier: Apache-2.0
 *
 * A frame of any length in reports of 64 bytes: what is written is the frame and zeros, what is read is enough for it and
 * less than a report too much. What comes back from reports is parsed as it is from any pipe.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/sam/hid_wire.h"
#include "drivers/sam/sam_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const uint8_t zeros[HID_REPORT_LEN];
    uint8_t report[HID_REPORT_LEN];
    size_t kept = len < HID_REPORT_LEN ? len : HID_REPORT_LEN, room = hid_wire_round(len);
    memset(report, 0x5A, sizeof report);
    hid_wire_build(data, len, report);
    if ((kept && memcmp(report, data, kept)) || memcmp(report + kept, zeros, HID_REPORT_LEN - kept))
        abort();
    if (room < len || room - len >= HID_REPORT_LEN || room % HID_REPORT_LEN)
        abort();
    uint8_t *padded = calloc(1, room + 1);
    struct sam_reply bare, in_reports;
    memcpy(padded, data, len);
    if (sam_wire_parse(data, len, &bare, NULL) == SAM_PARSE_DONE &&
        (sam_wire_parse(padded, room, &in_reports, NULL) != SAM_PARSE_DONE || in_reports.end != bare.end))
        abort();
    free(padded);
    return 0;
}
