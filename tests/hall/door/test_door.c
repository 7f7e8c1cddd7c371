/* SPDX-License-Identifier: Apache-2.0
 *
 * Who must leave for whom: strangers by address and in all, terminals by certificate.
 */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "tools/hall/door/door.h"

static struct guest guests[DOOR_STRANGERS + 100];

static struct guest *enter(struct door *d, struct guest *g, int host, int net)
{
    char text[32];
    struct sockaddr_in a = {.sin_family = AF_INET};
    snprintf(text, sizeof text, "10.%d.%d.%d", net / 256, net % 256, host);
    inet_pton(AF_INET, text, &a.sin_addr);
    return door_enter(d, g, (struct sockaddr *)&a);
}

static void empty(struct door *d)
{
    while (door_oldest(d))
        door_leave(d, door_oldest(d));
}

TEST(one_address)
{
    struct door *d = door_create(3);
    for (int i = 0; i < 3; i++)
        CHECK(!enter(d, &guests[i], 1, 1));
    CHECK(!enter(d, &guests[3], 2, 1)); /* another */
    CHECK(enter(d, &guests[4], 1, 1) == &guests[0]);
    door_leave(d, &guests[0]);
    CHECK(enter(d, &guests[5], 1, 1) == &guests[1]);
    door_leave(d, &guests[1]);
    door_leave(d, &guests[2]);
    CHECK(!enter(d, &guests[6], 1, 1)); /* one left of itself */
    empty(d);
    door_destroy(d);
}

TEST(all_together)
{
    struct door *d = door_create(0);
    for (int i = 0; i < DOOR_STRANGERS; i++)
        CHECK(!enter(d, &guests[i], 1, i));
    CHECK(enter(d, &guests[DOOR_STRANGERS], 1, DOOR_STRANGERS) == &guests[0]);
    empty(d);
    door_destroy(d);
}

/* Of IPv6 the network counts: its owner has more addresses than there are sand grains. */
TEST(ipv6)
{
    struct door *d = door_create(1);
    struct sockaddr_in6 a = {.sin6_family = AF_INET6};
    inet_pton(AF_INET6, "2001:db8:1:2::3", &a.sin6_addr);
    CHECK(!door_enter(d, &guests[0], (struct sockaddr *)&a));
    inet_pton(AF_INET6, "2001:db8:1:2:ffff::1", &a.sin6_addr);
    CHECK(door_enter(d, &guests[1], (struct sockaddr *)&a) == &guests[0]);
    inet_pton(AF_INET6, "2001:db8:1:3::3", &a.sin6_addr);
    CHECK(!door_enter(d, &guests[2], (struct sockaddr *)&a));
    empty(d);
    door_destroy(d);
}

static int seen;

static void count(struct guest *g)
{
    seen++;
}

TEST(terminals)
{
    struct door *d = door_create(1000);
    uint8_t one[SHA256_LEN] = {1}, two[SHA256_LEN] = {1, 0, 2}; /* in one bucket */
    for (int i = 0; i < DOOR_CONNECTIONS + 1; i++)
        CHECK(!enter(d, &guests[i], 1, 1));
    for (int i = 0; i < DOOR_CONNECTIONS; i++)
        CHECK(!door_certify(d, &guests[i], one));
    CHECK(!enter(d, &guests[99], 1, 1));
    CHECK(!door_certify(d, &guests[99], two));
    CHECK(door_certify(d, &guests[DOOR_CONNECTIONS], one) == &guests[0]);
    guests[3].body = 100;
    guests[4].body = 23;
    guests[99].body = 7;
    CHECK_INT(door_bodies(d, one), 123);
    CHECK(!door_oldest(d)); /* none of them is a stranger */
    door_each(d, one, count);
    CHECK_INT(seen, DOOR_CONNECTIONS + 1);
    door_each(d, two, count);
    CHECK_INT(seen, DOOR_CONNECTIONS + 2);
    for (int i = 0; i < DOOR_CONNECTIONS + 1; i++)
        door_leave(d, &guests[i]);
    CHECK_INT(door_bodies(d, one), 0);
    door_leave(d, &guests[99]);
    door_destroy(d);
}

TEST_MAIN(T(one_address), T(all_together), T(ipv6), T(terminals))
