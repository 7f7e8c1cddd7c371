/* SPDX-License-Identifier: Apache-2.0
 *
 * Where places stand and outlines lie, as rows: each office's own, the last word counts.
 */
#include "test.h"

#include "hall/database.h"

#include "base/text.h"
#include "tools/hall/store/store_map.h"
#include "tools/hall/store/terminal.h"

static struct store *store;
static char dir[] = "/tmp/tongban-map-XXXXXX";
static struct map_place seen[4];
static int n_seen;

TEST(setup)
{
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    CHECK_STR(e.text, "");
}

static int see(void *ctx, const struct map_place *p)
{
    seen[n_seen++] = *p;
    return 0;
}

static int each(int office)
{
    n_seen = 0;
    CHECK_INT(map_place_each(store, office, see, NULL, NULL), 0);
    return n_seen;
}

TEST(places)
{
    struct map_place p = {.place = {.zone = "城东", .spot = "示范"}, .at = {39908700, 116397500}, .by = "测试", .set_ms = 5},
                     q;
    struct err e = {0};

    CHECK_INT(map_place_get(store, 1103, "0123456789abcdef", &q, &e), 0);
    CHECK_INT(map_place_set(store, 1103, &p, &e), 0);
    CHECK_INT(strlen(p.name), ZONE_NAME_LEN);
    CHECK_INT(map_place_get(store, 1103, p.name, &q, &e), 1);
    CHECK(q.at.lat == 39908700 && q.at.lon == 116397500 && q.set_ms == 5);
    CHECK_STR(q.place.spot, "示范");
    CHECK_STR(q.by, "测试");
    CHECK_INT(map_place_get(store, 1104, p.name, &q, &e), 0);
    p.at.lat = 40000000;
    CHECK_INT(map_place_set(store, 1103, &p, &e), 0);
    CHECK_INT(each(1103), 1);
    CHECK_INT(seen[0].at.lat, 40000000);
    CHECK_INT(each(1104), 0);
    CHECK_INT(map_place_forget(store, 1104, p.name, &e), 0);
    CHECK_INT(map_place_forget(store, 1103, p.name, &e), 1);
    CHECK_INT(map_place_forget(store, 1103, p.name, &e), 0);
    CHECK_INT(each(1103), 0);
    CHECK_STR(e.text, "");
}

TEST(where_a_terminal_stands)
{
    static const struct place at = {
        .zone = "城东", .spot = "示范", .device = "03", .hotline = "12345", .supervision = "12345"};
    struct place p = {.spot = "as it was"};
    struct err e = {0};

    CHECK_INT(terminal_place(store, 1103, "t-1", &p, &e), 0);
    CHECK_STR(p.spot, "as it was");
    CHECK_INT(terminal_add(store, 1103, "t-1", &at, "AAAA-BBBB-CCCC-DDDD", &e), 0);
    CHECK_INT(terminal_place(store, 1103, "t-1", &p, &e), 0);
    CHECK_STR(p.spot, "示范");
    CHECK_STR(p.device, "03");
}

TEST(outlines)
{
    char name[MAP_OUTLINE_NAME_LEN + 1] = "x", other[MAP_OUTLINE_NAME_LEN + 1];
    struct err e = {0};
    struct buf out;

    buf_init(&out, 100);
    CHECK_INT(map_outline_name(store, 1103, name, &e), 0);
    CHECK_STR(name, "");
    CHECK_INT(map_outline_get(store, 1103, name, &out, &e), 0);
    CHECK_INT(map_outline_set(store, 1103, "{\"a\":1}", 7, &e), 0);
    CHECK_INT(map_outline_name(store, 1103, name, &e), 0);
    CHECK_INT(strlen(name), MAP_OUTLINE_NAME_LEN);
    CHECK_INT(map_outline_get(store, 1103, name, &out, &e), 1);
    CHECK_STR(buf_str(&out), "{\"a\":1}");
    CHECK_INT(map_outline_get(store, 1104, name, &out, &e), 0);
    CHECK_INT(map_outline_set(store, 1103, "{\"a\":2}", 7, &e), 0);
    CHECK_INT(map_outline_name(store, 1103, other, &e), 0);
    CHECK(strcmp(name, other) != 0);
    CHECK_INT(map_outline_get(store, 1103, name, &out, &e), 0); /* a name is of those bytes alone */
    CHECK_INT(map_outline_set(store, 1103, "", 0, &e), 0);
    CHECK_INT(map_outline_name(store, 1103, name, &e), 0);
    CHECK_STR(name, "");
    CHECK_STR(e.text, "");
    buf_finish(&out);
}

TEST(teardown)
{
    store_close(store);
}

TEST_MAIN(SETUP(setup), T(places), T(where_a_terminal_stands), T(outlines), TEARDOWN(teardown))
