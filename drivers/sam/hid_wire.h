/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames in the reports of a HID reader (2B8B:2721 and its like): no report id, no header. A command is one report, filled
 * up with zeros; a reply is cut into as many reports as it needs. Pure.
 */
#ifndef DRIVERS_HID_WIRE_H
#define DRIVERS_HID_WIRE_H

#include <stddef.h>
#include <stdint.h>

#define HID_REPORT_LEN 64

/* Writes one report. A frame longer than that is cut: none of ours is. */
void hid_wire_build(const uint8_t *frame, size_t len, uint8_t report[HID_REPORT_LEN]);
/* Bytes of the reports that hold `len` bytes of a frame. */
size_t hid_wire_round(size_t len);

#endif
