/* SPDX-License-Identifier: Apache-2.0
 *
 * Where something stands on the map: degrees of CGCS2000, China's geodetic datum (GB/T 22021; it differs from WGS-84, which
 * GPS and BeiDou receivers show, by centimetres), kept as whole millionths of a degree: 0.1 m. Pure.
 *
 * China's public maps show others: AMap and Tencent GCJ-02, shifted by 50 to 700 m; Baidu BD-09, which shifts that once more
 * by about 900. Who copies from them says so, and the shift is taken away here. The formulas are those that the public has
 * worked out, not the authority's own: what is taken away is put back by them to within 0.1 m, and is known to be off by
 * some metres from what a receiver says. A zone is found by it; a survey is not made by it.
 */
#ifndef HALL_RULES_POINT_H
#define HALL_RULES_POINT_H

#include <stdbool.h>
#include <stdint.h>

#define POINT_UNITS 1000000 /* in a degree */

struct point {
    int32_t lat, lon; /* millionths of a degree, north and east */
};

enum datum { DATUM_WGS84, DATUM_GCJ02, DATUM_BD09, DATUMS };
const char *datum_word(enum datum d); /* "wgs84", "gcj02", "bd09" */
bool datum_by_word(const char *word, enum datum *ret);

enum point_fault {
    POINT_GOOD,
#define POINT_FAULT(name, word, about) POINT_##name,
#include "tools/hall/rules/point_fault.def"
#undef POINT_FAULT
};
const char *point_fault_word(enum point_fault f);
const char *point_fault_about(enum point_fault f);

/* Degrees of that datum. A fault leaves *ret alone. */
enum point_fault point_take(double lat, double lon, enum datum d, struct point *ret);
/* The same from what somebody typed: digits, at most one point, blanks around. */
enum point_fault point_read(const char *lat, const char *lon, enum datum d, struct point *ret);
#define POINT_TEXT_MAX 24 /* bytes of one of the two */

/* "39.908700,116.397500" */
#define POINT_WRITTEN_LEN 21
void point_write(const struct point *p, char out[POINT_WRITTEN_LEN + 1]);

#endif
