/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader's life over the virtual SAM and the real libusb: reading, lifting, and every fault the model knows.
 */
#include "drivers/idcard/idcard.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "drivers/virtual/bus.h"
#include "drivers/virtual/card_file.h"
#include "drivers/virtual/sam.h"
#include "test.h"

#define STEPS_MAX 10000

static struct loop *loop;
static struct virtual_bus *bus;
static struct usb *usb;
static struct idcard *reader;

/* What has happened, a letter each: + ready, ! fault, - absent, s seen, R read, F failed, U unknown, L lifted. */
static char story[256];
static char name[64], number[32], address[IDENTITY_ADDRESS_MAX + 1];
static bool newest;
static enum card_fault why;

static void note(char c)
{
    size_t n = strlen(story);
    if (n + 1 < sizeof story)
        story[n] = c;
}

static void on_state(void *ctx, enum idcard_state state)
{
    CHECK_INT(state, idcard_get_state(reader));
    note(state == IDCARD_READY ? '+' : state == IDCARD_FAULT ? '!' : '-');
}

static void on_seen(void *ctx)
{
    note('s');
}

static void on_read(void *ctx, const struct identity *card)
{
    note('R');
    strcpy(name, card->name);
    strcpy(number, card->number);
    strcpy(address, card->address);
    newest = card->newest_address;
}

static void on_failed(void *ctx, enum card_fault fault)
{
    note('F');
    why = fault;
}

static void on_unknown(void *ctx)
{
    note('U');
}

static void on_lifted(void *ctx)
{
    note('L');
}

static const struct idcard_events events = {
    .state = on_state, .seen = on_seen, .read = on_read, .failed = on_failed, .unknown = on_unknown, .lifted = on_lifted};

/* The driver's and the model's waits pass faster than real time; USB's time-outs are real. */
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

/* Lets some polls pass in which nothing may happen. */
static void expect_silence(void)
{
    for (int i = 0; i < 60; i++)
        step();
    CHECK_STR(story, "");
}

static void command(const char *words)
{
    CHECK_INT(virtual_bus_command(bus, "reader", words, NULL), 0);
}

#define CARD                                                                                                                 \
    "name 测试甲\nsex 2\nnation 01\nbirth 19491231\naddress 北京市朝阳区测试路1号\nnumber 11010519491231002X\n" \
    "authority 北京市公安局朝阳分局\nfrom 20200102\nto 20400102\n"

static void place(const char *text)
{
    struct virtual_card card;
    struct err e = {0};
    CHECK_INT(card_file_parse(text, &card, &e), 0);
    virtual_sam_place(virtual_bus_find(bus, "reader"), &card);
    virtual_bus_poke(bus, "reader");
}

static void set_up(const char *transport)
{
    static char path[64];
    struct err e = {0};
    snprintf(path, sizeof path, "/tmp/test-idcard-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    memset(story, 0, sizeof story);
    loop = loop_create();
    bus = virtual_bus_create(loop, path, &e);
    CHECK_STR(e.text, "");
    if (transport)
        virtual_bus_add(bus, "reader", virtual_sam_create(transport, &e));
    usb = usb_create(loop, &e);
    CHECK(usb != NULL);
    reader = idcard_create(loop, usb, &events, NULL);
}

static void set_up_ready(const char *transport)
{
    set_up(transport);
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

static void read_a_card(const char *transport, const char *expected_transport)
{
    set_up_ready(transport);
    CHECK_STR(idcard_transport(reader), expected_transport);
    CHECK_STR(idcard_sam_id(reader), "05.01-20101129-0001228293-0296863149");
    place(CARD);
    expect("sR");
    CHECK_STR(name, "测试甲");
    CHECK_STR(number, "11010519491231002X");
    expect_silence(); /* lying there it is neither read again nor lost */
    command("lift");
    expect("L");
    place(CARD);
    expect("sR");
    tear_down();
}

TEST(split)
{
    read_a_card("split", "split");
}

TEST(whole)
{
    read_a_card("whole", "whole");
}

TEST(interrupt_endpoints)
{
    read_a_card("interrupt", "whole");
}

TEST(odd_pipes_are_refused)
{
    set_up("odd");
    expect("!");
    CHECK_STR(idcard_transport(reader), "");
    command("unplug");
    expect("-");
    tear_down();
}

TEST(nothing_is_asked_until_told_to)
{
    set_up("split");
    expect("+");
    place(CARD);
    expect_silence();
    idcard_poll(reader, true);
    expect("sR");
    idcard_poll(reader, false);
    command("lift");
    expect_silence();
    idcard_poll(reader, true);
    expect("L");
    tear_down();
}

TEST(another_card_needs_lifting_first)
{
    set_up_ready("split");
    place(CARD);
    expect("sR");
    place(CARD "name 测试乙\n"); /* swapped between two polls */
    expect("LsR");
    CHECK_STR(name, "测试乙");
    tear_down();
}

TEST(unknown_card)
{
    set_up_ready("split");
    place(CARD "type Q\n");
    expect("sU");
    command("lift");
    expect("L");
    place(CARD "birth 19490231\n");
    expect("sU");
    tear_down();
}

TEST(card_that_cannot_be_read)
{
    set_up_ready("split");
    command("card-error 32");
    place(CARD);
    expect("sF");
    expect_silence();
    command("lift");
    expect("L");
    command("clear");
    place(CARD);
    expect("sR");
    tear_down();
}

TEST(lifted_while_it_is_read)
{
    set_up_ready("whole");
    command("slow 150");
    place(CARD);
    expect("s");
    command("lift");
    expect("FL");
    tear_down();
}

TEST(unplugged_while_it_is_read)
{
    set_up_ready("split");
    command("slow 300");
    place(CARD);
    expect("s");
    command("unplug");
    expect("FL-");
    CHECK_STR(idcard_sam_id(reader), "");
    command("clear");
    command("plug");
    expect("+sR"); /* power was off: it is found anew */
    tear_down();
}

TEST(unplugged_with_a_card_on_it)
{
    set_up_ready("split");
    place(CARD);
    expect("sR");
    command("unplug");
    expect("L-");
    tear_down();
}

TEST(plugged_in_later)
{
    struct err e;
    set_up(NULL);
    idcard_poll(reader, true);
    CHECK_INT(idcard_get_state(reader), IDCARD_ABSENT);
    virtual_bus_add(bus, "reader", virtual_sam_create("split", &e));
    expect("+");
    tear_down();
}

TEST(junk_before_a_reply)
{
    for (int i = 0; i < 2; i++) {
        set_up_ready(i == 0 ? "split" : "whole");
        command("junk");
        place(CARD);
        expect("sR");
        tear_down();
    }
}

TEST(stale_reply)
{
    set_up_ready("whole");
    idcard_poll(reader, false);
    expect_silence();
    command("stale"); /* says "no card" */
    place(CARD);
    idcard_poll(reader, true);
    expect("sR");
    tear_down();
}

TEST(stall_is_cleared)
{
    for (int i = 0; i < 2; i++) {
        set_up_ready(i == 0 ? "split" : "whole");
        command("slow 100");
        place(CARD);
        expect("s");
        command("stall 1"); /* in the middle of reading: sent once more, nobody notices */
        expect("R");
        tear_down();
    }
}

TEST(one_garbled_reply)
{
    set_up_ready("whole");
    command("slow 100");
    place(CARD);
    expect("s");
    command("garbage 1");
    expect("R");
    tear_down();
}

TEST(slow_reader)
{
    set_up_ready("split");
    command("slow 400");
    place(CARD);
    expect("sR");
    tear_down();
}

TEST(other_codes_for_no_card)
{
    set_up_ready("split");
    command("no-card-error");
    expect_silence();
    place(CARD);
    expect("sR");
    command("lift");
    expect("L");
    tear_down();
}

TEST(self_test_failed)
{
    set_up("split");
    command("self-test");
    expect("!");
    command("clear");
    expect("+");
    tear_down();
}

TEST(silence_is_a_fault_that_heals)
{
    set_up_ready("split");
    place(CARD);
    expect("sR");
    command("silent");
    expect("L!");
    command("clear");
    expect("+");
    tear_down();
}

TEST_MAIN(T(split), T(whole), T(interrupt_endpoints), T(odd_pipes_are_refused), T(nothing_is_asked_until_told_to),
          T(another_card_needs_lifting_first), T(unknown_card), T(card_that_cannot_be_read), T(lifted_while_it_is_read),
          T(unplugged_while_it_is_read), T(unplugged_with_a_card_on_it), T(plugged_in_later), T(junk_before_a_reply),
          T(stale_reply), T(stall_is_cleared), T(one_garbled_reply), T(slow_reader), T(other_codes_for_no_card),
          T(self_test_failed), T(silence_is_a_fault_that_heals))
