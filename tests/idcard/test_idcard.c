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

TEST(hid_reports)
{
    read_a_card("hid", "hid");
}

TEST(synjones)
{
    read_a_card("synjones", "whole");
}

TEST(a_reader_that_waits_for_firmware_is_left_alone)
{
    struct idcard_facts facts;
    set_up("dfu");
    expect("!");
    idcard_facts(reader, &facts);
    CHECK_INT(facts.fault, CARD_FAULT_FIRMWARE);
    CHECK_INT(facts.readers, 1);
    CHECK_STR(idcard_transport(reader), "");
    command("unplug");
    expect("-");
    tear_down();
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

/* A fault in every reply, on every form of pipes: nobody notices. */
static void read_in_spite_of(const char *fault)
{
    static const char *const forms[] = {"split", "whole", "hid"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct idcard_facts facts;
        set_up(forms[i]);
        command(fault);
        idcard_poll(reader, true);
        expect("+");
        CHECK_STR(idcard_sam_id(reader), "05.01-20101129-0001228293-0296863149");
        place(CARD "newest-address 北京市西城区测试路2号\n");
        expect("sR");
        CHECK_STR(address, "北京市西城区测试路2号");
        idcard_facts(reader, &facts);
        CHECK_INT(facts.faults, 0);
        command("lift");
        expect("L");
        tear_down();
    }
}

TEST(junk_before_a_reply)
{
    read_in_spite_of("junk");
}

TEST(first_byte_lost)
{
    read_in_spite_of("short");
}

TEST(replies_in_small_pieces)
{
    read_in_spite_of("chop 1");
    read_in_spite_of("chop 7");
    read_in_spite_of("chop 63");
}

TEST(the_cards_own_status_is_not_ours)
{
    read_in_spite_of("status-bytes");
}

TEST(junk_before_the_body)
{
    set_up("split");
    command("junk-body");
    command("junk");
    command("chop 5");
    idcard_poll(reader, true);
    expect("+");
    place(CARD);
    expect("sR");
    CHECK_STR(name, "测试甲");
    tear_down();
}

/* What belongs to an older command is passed over, a whole record too. */
TEST(late_replies)
{
    static const char *const forms[] = {"split", "whole", "hid"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        set_up_ready(forms[i]);
        command("late 1"); /* of finding */
        place(CARD);
        expect("sR");
        command("lift");
        expect("L");
        command("slow 200");
        place(CARD);
        expect("s");
        command("late 2"); /* of selecting, or of reading */
        command("slow 0");
        expect("R");
        CHECK_STR(name, "测试甲");
        tear_down();
    }
}

TEST(newest_address)
{
    set_up_ready("split");
    place(CARD);
    expect("sR");
    CHECK_STR(address, "北京市朝阳区测试路1号");
    CHECK(!newest);
    command("lift");
    expect("L");
    place(CARD "newest-address 北京市西城区测试路2号\n");
    expect("sR");
    CHECK_STR(address, "北京市西城区测试路2号");
    CHECK(newest);
    expect_silence(); /* 90 means that it is still there, as 91 does */
    command("lift");
    expect("L");
    tear_down();
}

/* Readers that do not know the command, or say nothing: watched by selecting. */
TEST(no_newest_address_command)
{
    static const char *const faults[] = {"no-address", "mute-address"};
    for (int i = 0; i < 2; i++) {
        struct idcard_facts facts;
        set_up_ready("whole");
        command(faults[i]);
        for (int card = 0; card < 4; card++) { /* after the third it is not asked about any more */
            place(CARD);
            expect("sR");
            CHECK_STR(address, "北京市朝阳区测试路1号");
            expect_silence();
            command("lift");
            expect("L");
        }
        idcard_facts(reader, &facts);
        CHECK_INT(facts.faults, 0);
        CHECK_INT(facts.read, 4);
        tear_down();
    }
}

TEST(why_a_card_failed)
{
    static const struct {
        const char *words;
        enum card_fault why;
        uint8_t sw3;
    } cases[] = {
        {"card-error 31", CARD_FAULT_READER_REFUSED, 0x31},
        {"card-error 32", CARD_FAULT_CARD_REFUSED, 0x32},
        {"card-error 33", CARD_FAULT_FORGED, 0x33},
        {"card-error 40", CARD_FAULT_NOT_ID, 0x40},
        {"card-error 41", CARD_FAULT_UNREADABLE, 0x41},
        {"card-error 47", CARD_FAULT_UNREADABLE, 0x47},
        {"card-error 24", CARD_FAULT_ODD, 0x24},
    };
    set_up_ready("split");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct idcard_facts facts;
        command(cases[i].words);
        place(CARD);
        expect("sF");
        CHECK_INT(why, cases[i].why);
        idcard_facts(reader, &facts);
        CHECK_INT(facts.fault, cases[i].why);
        CHECK_INT(facts.sw3, cases[i].sw3);
        CHECK_INT(facts.unread, i + 1);
        command("lift");
        expect("L");
    }
    tear_down();
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
    struct idcard_facts facts;
    set_up("split");
    command("self-test");
    expect("!");
    idcard_facts(reader, &facts);
    CHECK_INT(facts.fault, CARD_FAULT_SELF_TEST);
    CHECK_INT(facts.sw3, 0x60);
    command("clear");
    expect("+");
    tear_down();
}

TEST(not_authorised)
{
    struct idcard_facts facts;
    set_up("whole");
    command("unauthorised");
    expect("!");
    idcard_facts(reader, &facts);
    CHECK_INT(facts.fault, CARD_FAULT_UNAUTHORISED);
    command("clear");
    expect("+");
    tear_down();
}

/* Each rung with a reader that refuses those before it. */
static void heals_by(const char *form, const char *fault, const char *whole_story, const char *rung)
{
    struct idcard_facts facts;
    set_up_ready(form);
    command(fault);
    for (int i = 0; i < STEPS_MAX; i++) {
        step();
        idcard_facts(reader, &facts);
        if (facts.helped[0])
            break;
    }
    CHECK_STR(facts.helped, rung);
    CHECK_INT(facts.faults, 1);
    CHECK_STR(story, whole_story);
    memset(story, 0, sizeof story);
    place(CARD);
    expect("sR");
    tear_down();
}

TEST(rung_drain)
{
    heals_by("whole", "babble 8", "", "drain");
    heals_by("hid", "babble 8", "", "drain");
}

TEST(rung_reset_command)
{
    heals_by("split", "deaf reset", "", "reset");
    heals_by("split", "self-test reset", "", "reset");
}

TEST(rung_clear_halt)
{
    heals_by("split", "deaf clear-halt", "", "clear-halt");
}

TEST(rung_reopen)
{
    heals_by("whole", "deaf release", "!+", "reopen");
}

TEST(rung_reenumerate)
{
    heals_by("hid", "deaf usb-reset", "!+", "re-enumerate");
    heals_by("split", "self-test usb-reset", "!+", "re-enumerate");
}

/* It says that it is well and does nothing: what it says does not count. */
TEST(a_lame_reader_is_at_fault)
{
    struct idcard_facts facts;
    set_up_ready("whole");
    command("lame");
    expect("!");
    idcard_facts(reader, &facts);
    CHECK_INT(facts.fault, CARD_FAULT_SILENT);
    CHECK_INT(facts.faults, 1);
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

TEST_MAIN(T(split), T(whole), T(interrupt_endpoints), T(hid_reports), T(synjones),
          T(a_reader_that_waits_for_firmware_is_left_alone), T(odd_pipes_are_refused), T(nothing_is_asked_until_told_to),
          T(another_card_needs_lifting_first), T(unknown_card), T(card_that_cannot_be_read), T(lifted_while_it_is_read),
          T(unplugged_while_it_is_read), T(unplugged_with_a_card_on_it), T(plugged_in_later), T(junk_before_a_reply),
          T(first_byte_lost), T(replies_in_small_pieces), T(the_cards_own_status_is_not_ours), T(junk_before_the_body),
          T(late_replies), T(newest_address), T(no_newest_address_command), T(why_a_card_failed), T(not_authorised),
          T(rung_drain), T(rung_reset_command), T(rung_clear_halt), T(rung_reopen), T(rung_reenumerate),
          T(a_lame_reader_is_at_fault), T(stale_reply), T(stall_is_cleared), T(one_garbled_reply), T(slow_reader),
          T(other_codes_for_no_card), T(self_test_failed), T(silence_is_a_fault_that_heals))
