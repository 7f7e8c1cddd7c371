/* SPDX-License-Identifier: Apache-2.0
 *
 * Coordinates: known points of the shifted datums, back and near; what is refused, and why.
 */
#include "tools/hall/rules/point.h"

#include <math.h>

#include "test.h"

static double metres(double lat, double lon, const struct point *p)
{
    double north = ((double)p->lat / POINT_UNITS - lat) * 111200;
    double east = ((double)p->lon / POINT_UNITS - lon) * 111200 * cos(lat * 3.14159265 / 180);

    return sqrt(north * north + east * east);
}

/* What public tools give for the same points: GCJ-02 of a place, and BD-09 of a GCJ-02 one. */
static const struct {
    double lat, lon, shifted_lat, shifted_lon;
    enum datum datum;
} known[] = {
    {31.1774276, 121.5272106, 31.17530398364597, 121.531541859215, DATUM_GCJ02}, /* Shanghai */
    {22.543847, 113.912316, 22.540796131694766, 113.9171764808363, DATUM_GCJ02}, /* Shenzhen */
    {39.911954, 116.377817, 39.91334545536069, 116.38404722455657, DATUM_GCJ02}, /* Beijing */
    {39.915, 116.404, 39.91640428150164, 116.41024449916938, DATUM_GCJ02},       /* Beijing */
    {39.915, 116.404, 39.922699552216216, 116.41662724378733, DATUM_BD09},       /* the same at Baidu */
};

TEST(known_points)
{
    struct point p;

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        CHECK_INT(point_take(known[i].shifted_lat, known[i].shifted_lon, known[i].datum, &p), POINT_GOOD);
        CHECK(metres(known[i].lat, known[i].lon, &p) < 0.1);
    }
    /* public tools undo it in one step, which is a metre or two off */
    CHECK_INT(point_take(39.915, 116.404, DATUM_GCJ02, &p), POINT_GOOD);
    CHECK(metres(39.91359571849836, 116.39775550083061, &p) < 3);
    /* and a shift that was forgotten is hundreds */
    CHECK_INT(point_take(known[2].shifted_lat, known[2].shifted_lon, DATUM_WGS84, &p), POINT_GOOD);
    CHECK(metres(known[2].lat, known[2].lon, &p) > 400);
}

/* All over the country what is taken away is some hundreds of metres, and neighbours stay neighbours. */
TEST(everywhere_in_china)
{
    for (int d = DATUM_GCJ02; d < DATUMS; d++)
        for (int lat = 4; lat < 54; lat++)
            for (int lon = 74; lon < 136; lon++) {
                struct point p, q;

                if (point_take(lat, lon, (enum datum)d, &p) || point_take(lat + 0.001, lon, (enum datum)d, &q))
                    CHECK(false);
                double far = metres(lat, lon, &p), apart = metres(lat + 0.001, lon, &q);
                if (far > 2500 || fabs(apart - far) > 120)
                    CHECK_INT(lat * 1000 + lon, 0);
            }
}

TEST(read)
{
    struct point p = {1, 2};
    char text[POINT_WRITTEN_LEN + 1];

    CHECK_INT(point_read("39.9087", " 116.3975 ", DATUM_WGS84, &p), POINT_GOOD);
    CHECK(p.lat == 39908700 && p.lon == 116397500);
    point_write(&p, text);
    CHECK_STR(text, "39.908700,116.397500");
    CHECK_INT(point_read("22", "113.", DATUM_WGS84, &p), POINT_GOOD);
    point_write(&p, text);
    CHECK_STR(text, "22.000000,113.000000");
}

TEST(refused)
{
    static const char *const none[][2] = {
        {"", "116"},       {"39.9", ""},      {"39,9", "116"},
        {"39°54'", "116"}, {"3.99e1", "116"}, {"0x27", "116"},
        {"nan", "116"},    {"inf", "116"},    {"-39.9", "116"},
        {"39.9.1", "116"}, {".", "116"},      {"３９", "116"},
        {"39.9 N", "116"}, {"+39.9", "116"},  {"39.90870000000000000000000000000000000000000", "116"}};
    struct point p = {1, 2};

    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK_INT(point_read(none[i][0], none[i][1], DATUM_WGS84, &p), POINT_NOT_DECIMAL);
    CHECK_INT(point_read("116.3975", "39.9087", DATUM_WGS84, &p), POINT_SWAPPED);
    CHECK_INT(point_read("0", "0", DATUM_WGS84, &p), POINT_OUTSIDE);
    CHECK_INT(point_read("51.5", "0.1", DATUM_BD09, &p), POINT_OUTSIDE);
    CHECK_INT(point_read("90", "90", DATUM_GCJ02, &p), POINT_OUTSIDE);
    CHECK_INT(point_take(NAN, 116, DATUM_GCJ02, &p), POINT_OUTSIDE);
    CHECK(p.lat == 1 && p.lon == 2);
    CHECK_STR(point_fault_word(POINT_SWAPPED), "point-swapped");
    CHECK(strstr(point_fault_about(POINT_OUTSIDE), "outside China") != NULL);
}

TEST(datums)
{
    enum datum d = DATUM_BD09;

    CHECK(datum_by_word("gcj02", &d) && d == DATUM_GCJ02);
    CHECK(!datum_by_word("GCJ02", &d) && !datum_by_word("", &d) && d == DATUM_GCJ02);
    CHECK_STR(datum_word(DATUM_WGS84), "wgs84");
}

TEST_MAIN(T(known_points), T(everywhere_in_china), T(read), T(refused), T(datums))
