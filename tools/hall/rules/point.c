/* SPDX-License-Identifier: Apache-2.0
 *
 * See point.h.
 */
#include "tools/hall/rules/point.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/must.h"

#define PI 3.14159265358979323846
#define TURNS_MAX 30 /* each brings the shift's rest down to a hundredth */
#define NEAR 1e-9    /* degrees */

static const char *const datums[DATUMS] = {[DATUM_WGS84] = "wgs84", [DATUM_GCJ02] = "gcj02", [DATUM_BD09] = "bd09"};

const char *datum_word(enum datum d)
{
    return datums[d];
}

bool datum_by_word(const char *word, enum datum *ret)
{
    for (int i = 0; i < DATUMS; i++)
        if (strcmp(word, datums[i]) == 0) {
            *ret = (enum datum)i;
            return true;
        }
    return false;
}

static const struct {
    const char *word, *about;
} faults[] = {
#define POINT_FAULT(name, word, about) [POINT_##name] = {word, about},
#include "tools/hall/rules/point_fault.def"
#undef POINT_FAULT
};

const char *point_fault_word(enum point_fault f)
{
    must(f != POINT_GOOD, "a good point has no fault");
    return faults[f].word;
}

const char *point_fault_about(enum point_fault f)
{
    must(f != POINT_GOOD, "a good point has no fault");
    return faults[f].about;
}

/* --- the shifted datums --- */

struct degrees {
    double lat, lon;
};

/* a·sin(x·π/n), of pairs (a, n). */
static double waves(double x, const double *terms, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i += 2)
        sum += terms[i] * sin(x * PI / terms[i + 1]);
    return sum;
}
#define WAVES(x, terms) waves(x, terms, sizeof(terms) / sizeof *(terms))

/* How far GCJ-02 moves a place: metres first, then degrees on Krasovsky's ellipsoid, by which it is made. */
static struct degrees gcj_shift(struct degrees p)
{
    static const double east[] = {20, 1.0 / 6, 20, 1.0 / 2}, north_by_lat[] = {20, 1, 40, 3, 160, 12, 320, 30},
                        east_by_lon[] = {20, 1, 40, 3, 150, 12, 300, 30};
    const double axis = 6378245.0, flat = 0.00669342162296594323, x = p.lon - 105, y = p.lat - 35;
    double both = WAVES(x, east), root = sqrt(fabs(x)), phi = p.lat * PI / 180, w = 1 - flat * sin(phi) * sin(phi);
    double north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + (both + WAVES(y, north_by_lat)) * 2 / 3;
    double eastward = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + (both + WAVES(x, east_by_lon)) * 2 / 3;

    return (struct degrees){.lat = north * 180 / (axis * (1 - flat) / (w * sqrt(w)) * PI),
                            .lon = eastward * 180 / (axis / sqrt(w) * cos(phi) * PI)};
}

static struct degrees to_gcj(struct degrees p)
{
    struct degrees s = gcj_shift(p);

    return (struct degrees){p.lat + s.lat, p.lon + s.lon};
}

/* BD-09 turns GCJ-02 a little about the origin, and adds to both. */
static struct degrees to_bd(struct degrees p)
{
    const double k = PI * 3000 / 180;
    struct degrees g = to_gcj(p);
    double far = sqrt(g.lon * g.lon + g.lat * g.lat) + 0.00002 * sin(g.lat * k);
    double turn = atan2(g.lat, g.lon) + 0.000003 * cos(g.lon * k);

    return (struct degrees){far * sin(turn) + 0.006, far * cos(turn) + 0.0065};
}

/* What `to` makes `p` of. */
static struct degrees undo(struct degrees (*to)(struct degrees), struct degrees p)
{
    struct degrees at = p;

    for (int i = 0; i < TURNS_MAX; i++) {
        struct degrees there = to(at), rest = {p.lat - there.lat, p.lon - there.lon};

        at.lat += rest.lat;
        at.lon += rest.lon;
        if (fabs(rest.lat) < NEAR && fabs(rest.lon) < NEAR)
            break;
    }
    return at;
}

/* --- what is taken --- */

/* All of China's land and sea; no latitude of it could be a longitude. */
static bool in_china(struct degrees p)
{
    return p.lat >= 3 && p.lat <= 54 && p.lon >= 73 && p.lon <= 136;
}

enum point_fault point_take(double lat, double lon, enum datum d, struct point *ret)
{
    struct degrees p = {lat, lon};

    if (!in_china(p))
        return in_china((struct degrees){lon, lat}) ? POINT_SWAPPED : POINT_OUTSIDE;
    if (d == DATUM_GCJ02)
        p = undo(to_gcj, p);
    else if (d == DATUM_BD09)
        p = undo(to_bd, p);
    *ret = (struct point){(int32_t)lround(p.lat * POINT_UNITS), (int32_t)lround(p.lon * POINT_UNITS)};
    return POINT_GOOD;
}

/* Digits around at most one point: what strtod takes besides (1e2, 0x1p3, inf) nobody means, and its point is the locale's.
 */
static bool read_degrees(const char *text, double *ret)
{
    double whole = 0, part = 0, unit = 1;
    int digits = 0;

    text += strspn(text, " \t");
    for (; *text >= '0' && *text <= '9' && digits < POINT_TEXT_MAX; digits++)
        whole = whole * 10 + (*text++ - '0');
    if (digits == 0)
        return false;
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9' && digits < POINT_TEXT_MAX; digits++) {
            unit /= 10;
            part += (*text++ - '0') * unit;
        }
    text += strspn(text, " \t");
    *ret = whole + part;
    return *text == '\0';
}

enum point_fault point_read(const char *lat, const char *lon, enum datum d, struct point *ret)
{
    double north, east;

    if (!read_degrees(lat, &north) || !read_degrees(lon, &east))
        return POINT_NOT_DECIMAL;
    return point_take(north, east, d, ret);
}

void point_write(const struct point *p, char out[POINT_WRITTEN_LEN + 1])
{
    must(p->lat >= 0 && p->lat < 90 * POINT_UNITS && p->lon >= 0 && p->lon < 180 * POINT_UNITS, "a point is in China");
    snprintf(out, POINT_WRITTEN_LEN + 1, "%d.%06d,%d.%06d", p->lat / POINT_UNITS, p->lat % POINT_UNITS, p->lon / POINT_UNITS,
             p->lon % POINT_UNITS);
}
