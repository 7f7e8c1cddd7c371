/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a place is, as a page sends it. Strictly read, bounded, pure; what the coordinates are worth, rules/point.h judges.
 */
#ifndef HALL_STAFF_PLACE_WIRE_H
#define HALL_STAFF_PLACE_WIRE_H

#include <stddef.h>

#include "base/err.h"
#include "tools/hall/rules/point.h"

/* {"lat":"39.908700","lon":"116.397500","datum":"gcj02"}, as they were typed; without lat and lon the place is on the map no
 * more. `datum` may be missing: wgs84. */
struct place_ask {
    char lat[POINT_TEXT_MAX + 1], lon[POINT_TEXT_MAX + 1]; /* "" both: it goes */
    enum datum datum;
};
int place_ask_decode(const void *data, size_t len, struct place_ask *ret, struct err *e);

#endif
