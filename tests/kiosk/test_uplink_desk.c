/* SPDX-License-Identifier: Apache-2.0
 *
 * The way to the hall as kiosk hears of it: what was asked for, step by step; nobody there, one that goes in the middle, one
 * that falls silent, and one that was taken over and talks without end.
 */
#include "kiosk/uplink_desk.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "kiosk/line_test.h"

static struct loop *loop;
static struct uplink_desk *d;
static bool there;
static int told, looks, tests;

static bool on_say(void *ctx, const struct peer_line *p)
{
    looks += p->kind == PEER_UPLINK_LOOK;
    tests += p->kind == PEER_UPLINK_TEST;
    return there;
}

static void on_told(void *ctx)
{
    told++;
}

static void begin(void)
{
    static const struct uplink_desk_events events = {.say = on_say, .told = on_told};

    told = looks = tests = 0;
    there = true;
    loop = loop_create();
    d = uplink_desk_create(loop, &events, NULL);
}

static void end(void)
{
    uplink_desk_destroy(d);
    loop_destroy(loop);
}

static const struct uplink_report *said(const char *line)
{
    struct peer_line p;

    CHECK_INT(peer_decode(line, PEER_FROM_PEER, &p), 0);
    uplink_desk_said(d, &p);
    return uplink_desk_report(d);
}

TEST(a_test)
{
    begin();
    CHECK_INT(uplink_desk_report(d)->state, UPLINK_UNTESTED);
    uplink_desk_test(d);
    CHECK(tests == 1 && told == 1 && uplink_desk_report(d)->state == UPLINK_TESTING);
    CHECK_INT(said("uplink link-up 0 eth0")->of[UPLINK_LINK].finding, UPLINK_LINK_UP);
    CHECK_STR(uplink_desk_report(d)->of[UPLINK_LINK].what, "eth0");
    uplink_desk_test(d);
    uplink_desk_look(d);
    CHECK(tests == 1 && looks == 0); /* one at a time */
    said("uplink no-such-thing 0 x");
    CHECK_INT(told, 2);
    CHECK_INT(said("uplinked")->state, UPLINK_TESTED);
    uplink_desk_test(d); /* anew: nothing of before stays */
    CHECK_INT(uplink_desk_report(d)->of[UPLINK_LINK].finding, UPLINK_NOT_REACHED);
    end();
}

TEST(a_look)
{
    begin();
    uplink_desk_look(d);
    CHECK_INT(looks, 1);
    said("uplink by-dhcp 0 10.3.2.7/24");
    CHECK_INT(said("uplinked")->state, UPLINK_UNTESTED);
    CHECK_STR(uplink_desk_report(d)->of[UPLINK_ADDRESS].what, "10.3.2.7/24");
    end();
}

TEST(nobody_there)
{
    begin();
    there = false;
    uplink_desk_test(d);
    CHECK_INT(uplink_desk_report(d)->state, UPLINK_NOBODY);
    end();
}

TEST(it_goes_in_the_middle)
{
    begin();
    uplink_desk_gone(d);
    CHECK_INT(told, 0);
    uplink_desk_test(d);
    said("uplink link-up 0 eth0");
    uplink_desk_gone(d);
    CHECK_INT(uplink_desk_report(d)->state, UPLINK_BROKE_OFF);
    CHECK_INT(uplink_desk_report(d)->of[UPLINK_LINK].finding, UPLINK_LINK_UP);
    end();
}

TEST(it_falls_silent)
{
    begin();
    uplink_desk_test(d);
    clock_advance(UPLINK_SILENCE_MS - 1000);
    loop_step(loop, 0);
    said("uplink link-up 0 eth0"); /* and that gives it as long again */
    clock_advance(UPLINK_SILENCE_MS - 1000);
    loop_step(loop, 0);
    CHECK_INT(uplink_desk_report(d)->state, UPLINK_TESTING);
    clock_advance(2000);
    loop_step(loop, 0);
    CHECK_INT(uplink_desk_report(d)->state, UPLINK_BROKE_OFF);
    CHECK_INT(said("uplink no-cable 0 eth0")->of[UPLINK_LINK].finding, UPLINK_LINK_UP); /* too late */
    end();
}

/* Unasked, or without end: the page is not drawn anew for it. */
TEST(it_talks)
{
    begin();
    said("uplink no-cable 0 eth0");
    said("uplinked");
    CHECK_INT(told, 0);
    uplink_desk_test(d);
    for (int i = 0; i < 1000; i++)
        said("uplink no-cable 0 eth0");
    CHECK(told <= UPLINK_FINDINGS + 1);
    end();
}

TEST(for_kioskctl)
{
    struct peer_end asker;

    begin();
    asker = peer_end_make(loop);
    uplink_desk_request(d, asker.near, "look");
    CHECK(
        strstr(peer_end_read(loop, asker.far), "{\"state\":\"untested\",\"steps\":[{\"step\":\"link\",\"grade\":\"open\""));
    CHECK_INT(tests, 0);
    uplink_desk_request(d, asker.near, "test");
    CHECK(strstr(peer_end_read(loop, asker.far), "\"testing\"") && tests == 1);
    said("uplink certificate-good 1767574800000 hall.test");
    uplink_desk_request(d, asker.near, "look");
    CHECK(strstr(peer_end_read(loop, asker.far),
                 "{\"step\":\"certificate\",\"grade\":\"good\",\"finding\":\"certificate-good\","
                 "\"what\":\"hall.test\",\"n\":1767574800000}"));
    line_destroy(asker.near);
    close(asker.far);
    end();
}

TEST_MAIN(T(a_test), T(a_look), T(nobody_there), T(it_goes_in_the_middle), T(it_falls_silent), T(it_talks), T(for_kioskctl))
