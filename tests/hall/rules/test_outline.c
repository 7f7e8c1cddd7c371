/* SPDX-License-Identifier: Apache-2.0
 *
 * Districts out of GeoJSON: what is written of them, that a shared border stays one, and all that is refused, with where.
 */
#include "tools/hall/rules/outline.h"

#include <math.h>
#include <stdlib.h>

#include "test.h"

static struct outline *outline;
static struct outline_size size;
static struct err why;

static int read(const char *text, enum datum d)
{
    why = (struct err){0};
    outline = NULL;
    return outline_read(text, strlen(text), d, &outline, &why);
}

/* What is written; the caller frees it by done(). */
static struct buf out;
static const char *write_it(void)
{
    buf_init(&out, OUTLINE_BYTES_MAX);
    CHECK_INT(outline_write(outline, &out, &size, &why), 0);
    return buf_str(&out);
}
static void done(void)
{
    buf_finish(&out);
    outline_free(outline);
}

#define FEATURES(list) "{\"type\":\"FeatureCollection\",\"features\":[" list "]}"
#define DISTRICT(name, type, at)                                                                                            \
    "{\"type\":\"Feature\",\"properties\":{\"adcode\":110101,\"name\":\"" name "\"},\"geometry\":{\"type\":\"" type         \
    "\",\"coordinates\":" at "}}"
#define NOWHERE "{\"type\":\"Feature\",\"properties\":{\"name\":\"x\"},\"geometry\":null}"
#define SQUARE(x, y)                                                                                                        \
    "[[" #x "," #y "],[" #x ".1," #y "],[" #x ".1," #y ".05],[" #x ".1," #y ".1],[" #x "," #y ".1],[" #x "," #y "]]"

TEST(written)
{
    CHECK_INT(read(FEATURES(DISTRICT("城东区", "Polygon", "[" SQUARE(116, 39) "]") "," DISTRICT(
                       "城西区", "MultiPolygon", "[[" SQUARE(115, 39) "],[" SQUARE(114, 38) "]]")),
                   DATUM_WGS84),
              0);
    CHECK_INT(outline_districts(outline), 2);
    CHECK_STR(write_it(),
              "{\"districts\":[{\"name\":\"城东区\",\"rings\":[[116000000,39000000,116100000,39000000,116100000,39100000,"
              "116000000,39100000]]},{\"name\":\"城西区\",\"rings\":[[115000000,39000000,115100000,39000000,115100000,"
              "39100000,115000000,39100000],[114000000,38000000,114100000,38000000,114100000,38100000,114000000,"
              "38100000]]}]}");
    CHECK_INT(size.from, 15);
    CHECK_INT(size.to, 12); /* the point on the edge of each is none */
    done();
    CHECK_INT(read(FEATURES(""), DATUM_WGS84), 0);
    CHECK_INT(outline_districts(outline), 0);
    CHECK_STR(write_it(), "{\"districts\":[]}");
    done();
    CHECK_INT(read(FEATURES(DISTRICT("城东区", "Polygon", "[" SQUARE(116, 39) "]")), DATUM_GCJ02), 0);
    CHECK(strstr(write_it(), "115993") != NULL); /* moved back by 600 m */
    done();
}

/* Two districts of 20,000 points each, whose wavy border is the same: fewer are kept, and it stays the same. */
TEST(a_border_stays_one)
{
    const int n = 20000;
    struct buf text;
    char *border = NULL, *at = NULL;

    buf_init(&text, OUTLINE_FILE_MAX);
    buf_adds(&text, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int d = 0; d < 2; d++) {
        buf_addf(&text,
                 "%s{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%d,30],",
                 d ? "," : "", d ? 105 : 103);
        for (int i = 0; i <= n; i++) {
            int k = d ? n - i : i;
            double y = 30 + 2.0 * k / n, x = 104 + 0.01 * sin(k / 9.0) + 0.002 * sin(k / 2.3);
            buf_addf(&text, "[%.6f,%.6f],", x, y);
        }
        buf_addf(&text, "[%d,32],[%d,30]]]}}", d ? 105 : 103, d ? 105 : 103);
    }
    buf_adds(&text, "]}");
    CHECK_INT(outline_read(text.data, text.len, DATUM_WGS84, &outline, &why), 0);
    CHECK_STR(why.text, "");
    const char *json = write_it();
    CHECK(size.from > 40000 && size.to <= OUTLINE_POINTS_MAX && size.to > OUTLINE_POINTS_MAX / 8);
    /* the first points of the border in one are the last ones in the other */
    border = strdup(json);
    CHECK(border != NULL);
    at = border ? strstr(border, "]]}") : NULL;
    CHECK(at != NULL);
    static long one[2 * OUTLINE_POINTS_MAX], other[2 * OUTLINE_POINTS_MAX];
    size_t ones = 0, others = 0;
    if (at) {
        *at++ = '\0';
        for (char *p = strstr(border, "[[") + 2, *end; *p && ones < 2 * OUTLINE_POINTS_MAX; p = *end ? end + 1 : end)
            one[ones++] = strtol(p, &end, 10);
        for (char *p = strstr(at, "[[") + 2, *end; *p && *p != ']' && others < 2 * OUTLINE_POINTS_MAX;
             p = *end ? end + 1 : end) {
            other[others++] = strtol(p, &end, 10);
            if (*end == ']')
                break;
        }
    }
    size_t same = 0;
    for (size_t i = 0; i + 1 < ones; i += 2)
        for (size_t k = 0; k + 1 < others; k += 2)
            same += one[i] == other[k] && one[i + 1] == other[k + 1];
    CHECK(same + 4 >= ones / 2); /* all but its two far corners, and the ends */
    free(border);
    buf_finish(&text);
    done();
}

/* As editors of maps write it: with a mark in front, and rows of a table that have no outline. */
TEST(a_mark_and_what_is_nowhere)
{
    CHECK_INT(read("\xef\xbb\xbf" FEATURES(NOWHERE "," DISTRICT("城东区", "Polygon", "[" SQUARE(116, 39) "]") "," NOWHERE),
                   DATUM_WGS84),
              0);
    CHECK_INT(outline_districts(outline), 1);
    CHECK(strstr(write_it(), "{\"districts\":[{\"name\":\"城东区\",\"rings\":[[116000000"));
    CHECK_INT(size.to, 4);
    done();
}

TEST(refused)
{
    static const struct {
        const char *text, *words;
    } bad[] = {
        {"", "empty"},
        {"[]", "type"},
        {"{\"type\":\"Feature\"}", "FeatureCollection"},
        {FEATURES("{\"type\":\"FeatureCollection\"}"), "feature 1"},
        {FEATURES(DISTRICT("x", "Point", "[116,39]")), "feature 1: its geometry is a Point"},
        {FEATURES(DISTRICT("x", "Polygon", "[" SQUARE(116, 39) "]") "," DISTRICT("x", "LineString", "[[116,39],[117,39]]")),
         "feature 2"},
        {FEATURES(DISTRICT("x", "Polygon", "[]")), "no rings"},
        {FEATURES(DISTRICT("x", "Polygon", "[[[116,39],[117,39],[116,39]]]")), "fewer than four"},
        {FEATURES(DISTRICT("x", "Polygon", "[[[116,39],[117,39],[117,40],[116,40]]]")), "does not end where it began"},
        {FEATURES(DISTRICT("x", "Polygon", "[" SQUARE(39, 116) "]")), "the longitude first"},
        {FEATURES(DISTRICT("x", "Polygon", "[" SQUARE(10, 48) "]")), "outside China"},
        {FEATURES(DISTRICT("x", "Polygon", "[[[116],[117,39],[117,40],[116]]]")), "no pair of numbers"},
        {FEATURES(DISTRICT("x", "Polygon", "[[[\"116\",39],[117,39],[117,40],[\"116\",39]]]")), "no pair of numbers"},
        {FEATURES(DISTRICT("x", "Polygon", "[[1,2,3,4]]")), "no pair of numbers"},
        {FEATURES(DISTRICT("x", "MultiPolygon", "[" SQUARE(116, 39) "]")), "fewer than four"},
        {FEATURES(DISTRICT("a\\nb", "Polygon", "[" SQUARE(116, 39) "]")), "one plain line"},
        {FEATURES(DISTRICT("x", "MultiPolygon", "[[[[[116,39]]]]]")), "nested deeper"},
        {FEATURES("{\"type\":\"Feature\"}"), "feature 1: it has no geometry"},
        {FEATURES("{\"type\":\"Feature\",\"geometry\":5}"), "feature 1"},
        {FEATURES(NOWHERE), "none of its features has a geometry"},
        {"\xef\xbb\xbf", "empty"},
        {"\xef\xbb\xbf\xef\xbb\xbf{}", "JSON"},
        {FEATURES(DISTRICT("x", "Polygon", "[" SQUARE(116, 39) "]") "," DISTRICT("x", "Polygon",
                                                                                 "[[[116,39],[116,39],[116,39],[116,39]]]")),
         "feature 2: it has no area"},
        {FEATURES(DISTRICT("x", "MultiPolygon", "[[[[116,39],[117,39],[118,39],[116,39]]]]")), "feature 1: it has no area"},
        {FEATURES(DISTRICT("x", "Polygon", "[[[116,39],[116.000001,39],[116.000001,39.000001],[116,39]]]")),
         "feature 1: it has no area"},
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int rc = read(bad[i].text, DATUM_WGS84);

        if (rc >= 0 || !strstr(why.text, bad[i].words))
            CHECK_STR(why.text, bad[i].words);
        CHECK(outline == NULL);
        outline_free(outline);
    }
}

TEST_MAIN(T(written), T(a_border_stays_one), T(a_mark_and_what_is_nowhere), T(refused))
