/* SPDX-License-Identifier: Apache-2.0
 *
 * Several readers, and devices that are none, beside the one that serves.
 */
#include <unistd.h>

#include "base/clock.h"
#include "drivers/idcard/idcard.h"
#include "drivers/virtual/bus.h"
#include "drivers/virtual/card_file.h"
#include "drivers/virtual/plain.h"
#include "drivers/virtual/sam.h"
#include "test.h"

#define STEPS_MAX 2000

static struct loop *loop;
static struct virtual_bus *bus;
static struct usb *usb;
static struct idcard *reader;
static char story[32];

static void note(char c)
{
    size_t n = strlen(story);
    if (n + 1 < sizeof story)
        story[n] = c;
}

static void on_state(void *ctx, enum reader_health state)
{
    note(state == READER_READY ? '+' : state == READER_ABSENT ? '-' : '!');
}
static void on_seen(void *ctx)
{
    note('s');
}
static void on_read(void *ctx, const struct identity *card)
{
    note('R');
}
static void on_failed(void *ctx, enum card_fault why)
{
    note('F');
}
static void on_unknown(void *ctx)
{
    note('U');
}
static void on_lies(void *ctx)
{
}

static void on_lifted(void *ctx)
{
    note('L');
}

static void step(void)
{
    loop_step(loop, 5);
    clock_advance(25);
}

static void expect(const char *whole)
{
    for (int i = 0; i < STEPS_MAX && strlen(story) < strlen(whole); i++)
        step();
    CHECK_STR(story, whole);
    memset(story, 0, sizeof story);
}

static void expect_silence(void)
{
    for (int i = 0; i < 60; i++)
        step();
    CHECK_STR(story, "");
}

static void set_up(const struct bind_config *config)
{
    static const struct idcard_events events = {on_state, on_seen, on_read, on_failed, on_unknown, on_lies, on_lifted};
    static char path[64];
    struct err e = {0};

    snprintf(path, sizeof path, "/tmp/test-readers-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    memset(story, 0, sizeof story);
    loop = loop_create();
    bus = virtual_bus_create(loop, path, &e);
    virtual_bus_add(bus, "keyboard", virtual_plain_create("keyboard", &e));
    virtual_bus_add(bus, "first", virtual_sam_create("split", &e));
    virtual_bus_add(bus, "second", virtual_sam_create("whole", &e));
    virtual_bus_add(bus, "stick", virtual_plain_create("stick", &e));
    usb = usb_create(loop, &e);
    reader = idcard_create(loop, usb, &events, NULL);
    if (config)
        idcard_bind(reader, config);
    idcard_poll(reader, true);
    expect("+");
}

static void tear_down(void)
{
    idcard_destroy(reader);
    virtual_bus_settle(bus);
    usb_destroy(usb);
    virtual_bus_destroy(bus);
    loop_destroy(loop);
}

static void command(const char *role, const char *words)
{
    CHECK_INT(virtual_bus_command(bus, role, words, NULL), 0);
}

static void place(const char *role)
{
    struct virtual_card card;
    struct err e = {0};
    CHECK_INT(card_file_parse("name 测试甲\nsex 2\nnation 01\nbirth 19491231\naddress 测试路1号\nnumber 11010519491231002X\n"
                              "authority 测试公安局\nfrom 20200102\nto 20400102\n",
                              &card, &e),
              0);
    virtual_sam_place(virtual_bus_find(bus, role), &card);
    virtual_bus_poke(bus, role);
}

TEST(the_second_waits_until_the_first_leaves)
{
    set_up(NULL);
    CHECK_STR(idcard_transport(reader), "split");
    place("second");
    expect_silence();
    command("second", "lift");
    command("first", "unplug");
    expect("-+");
    CHECK_STR(idcard_transport(reader), "whole");
    place("second");
    expect("sR");
    command("first", "plug"); /* back again it has to wait itself */
    expect_silence();
    CHECK_STR(idcard_transport(reader), "whole");
    command("second", "unplug");
    expect("L-+");
    CHECK_STR(idcard_transport(reader), "split");
    tear_down();
}

TEST(the_named_one_serves)
{
    struct bind_config c;

    CHECK_INT(bind_read(NULL, &c, NULL), 0);
    c.roles[DEVICE_READER].named = true;
    strcpy(c.roles[DEVICE_READER].port, "1-3");
    set_up(&c);
    CHECK_STR(idcard_transport(reader), "whole");
    command("second", "unplug");
    expect("-");
    expect_silence(); /* the other is not what the technician named */
    command("second", "plug");
    expect("+");
    tear_down();
}

TEST(the_hub_starts_anew_in_a_read)
{
    set_up(NULL);
    command("first", "slow 400");
    place("first");
    expect("s");
    virtual_bus_reset_hub(bus);
    expect("FL-+");
    command("first", "clear");
    CHECK_STR(idcard_transport(reader), "split"); /* the same port serves again */
    expect("sR");                                 /* the card lay there all the time */
    tear_down();
}

TEST(other_devices_are_left_alone)
{
    struct buf said;

    set_up(NULL);
    virtual_bus_reset_hub(bus);
    expect("-+");
    buf_init(&said, 100);
    CHECK_INT(virtual_bus_command(bus, "keyboard", "touched", &said), 0);
    CHECK_STR(buf_str(&said), "{\"touched\":0}");
    buf_reset(&said);
    CHECK_INT(virtual_bus_command(bus, "stick", "touched", &said), 0);
    CHECK_STR(buf_str(&said), "{\"touched\":0}");
    buf_finish(&said);
    tear_down();
}

TEST_MAIN(T(the_second_waits_until_the_first_leaves), T(the_named_one_serves), T(the_hub_starts_anew_in_a_read),
          T(other_devices_are_left_alone))
