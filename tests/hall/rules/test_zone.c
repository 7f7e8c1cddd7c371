/* SPDX-License-Identifier: Apache-2.0
 *
 * Zones: never all at once, at most half, and another one works.
 */
#include "test.h"

#include "tools/hall/rules/zone.h"

static enum zone_word of(size_t all, size_t busy, size_t work)
{
    return zone_judge(&(struct zone_count){all, busy, work});
}

TEST(never_all_at_once)
{
    CHECK_INT(of(1, 0, 0), ZONE_MAY);
    CHECK_INT(of(2, 0, 1), ZONE_MAY);
    CHECK_INT(of(2, 0, 0), ZONE_SILENT);
    CHECK_INT(of(2, 1, 0), ZONE_BUSY);
    CHECK_INT(of(4, 1, 2), ZONE_MAY);
    CHECK_INT(of(4, 2, 1), ZONE_BUSY);
    CHECK_INT(of(5, 1, 0), ZONE_BUSY);
}

/* However it is asked, one after the other: it never comes to all, nor to more than half. */
TEST(room_is_what_may_be_stopped)
{
    CHECK_INT(zone_room(1, 0, 1), 1);
    CHECK_INT(zone_room(4, 0, 4), 2);
    CHECK_INT(zone_room(4, 1, 3), 1);
    CHECK_INT(zone_room(5, 0, 5), 2);
    CHECK_INT(zone_room(4, 2, 2), 0);
    CHECK_INT(zone_room(4, 0, 1), 0);
    CHECK_INT(zone_room(0, 0, 0), 0);
    for (size_t all = 2; all < 30; all++)
        for (size_t busy = 0; busy <= all; busy++) {
            size_t room = zone_room(all, busy, all - busy);

            CHECK(!room || (2 * (busy + room) <= all && busy + room < all));
        }
}

TEST(a_zone_has_a_name)
{
    const struct place one = {.zone = "城东", .spot = "街道"}, other = {.zone = "城东", .spot = "街道2"};
    char a[ZONE_NAME_LEN + 1], b[ZONE_NAME_LEN + 1];

    zone_name(1103, &one, a);
    zone_name(1103, &other, b);
    CHECK_INT(strlen(a), ZONE_NAME_LEN);
    CHECK(strcmp(a, b) != 0);
    zone_name(1104, &one, b);
    CHECK(strcmp(a, b) != 0);
    zone_name(1103, &one, b);
    CHECK_STR(a, b);
}

TEST_MAIN(T(never_all_at_once), T(room_is_what_may_be_stopped), T(a_zone_has_a_name))
