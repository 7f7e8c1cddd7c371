/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader's life: reading, lifting, each form of pipes and each kind of card.
 */
#include "idcard/stand.h"

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
    CHECK_INT(idcard_get_state(reader), READER_ABSENT);
    virtual_bus_add(bus, "reader", virtual_sam_create("split", &e));
    expect("+");
    tear_down();
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

/* Another run of the program, on the same reader with the same card on it. */
static void restart(void)
{
    idcard_destroy(reader);
    virtual_bus_settle(bus);
    usb_destroy(usb);
    memset(story, 0, sizeof story);
    usb = usb_create(loop, NULL);
    reader = idcard_create(loop, usb, &events, NULL);
    idcard_poll(reader, true);
    expect("+O");
}

/* On every kind of reader, also those that do not know the newest address or say something else than "no card". */
TEST(a_card_from_before_a_restart_is_told_of_and_read_when_laid_down_anew)
{
    static const char *const habits[] = {"clear", "no-address", "mute-address", "no-card-error"};
    for (const char *const *kind = virtual_sam_readers(); *kind; kind++) {
        for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
            set_up_ready(*kind);
            command(habits[i]);
            place(CARD);
            expect("sR");
            restart();
            expect_silence(); /* lying there it is neither told of again nor lost */
            restart();
            command("lift");
            expect("L");
            place(CARD);
            expect("sR");
            tear_down();
        }
    }
}

TEST(a_card_that_stayed_while_the_reader_was_brought_back)
{
    set_up_ready("whole");
    place(CARD);
    expect("sR");
    command("deaf reset");
    expect("LO"); /* nobody could tell any more; then it is still there */
    command("lift");
    expect("L");
    place(CARD);
    expect("sR");
    tear_down();
}

/* What it said got lost, and to the reader the card has been read. */
TEST(a_card_whose_text_never_came)
{
    set_up_ready("whole");
    command("mute-read");
    place(CARD);
    expect("sFLO");
    command("clear");
    command("lift");
    expect("L");
    place(CARD);
    expect("sR");
    tear_down();
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
        CHECK_INT(facts.code, cases[i].sw3);
        CHECK_INT(facts.unread, i + 1);
        command("lift");
        expect("L");
    }
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

TEST_MAIN(T(split), T(whole), T(interrupt_endpoints), T(hid_reports), T(synjones),
          T(a_reader_that_waits_for_firmware_is_left_alone), T(odd_pipes_are_refused), T(nothing_is_asked_until_told_to),
          T(another_card_needs_lifting_first), T(unknown_card), T(card_that_cannot_be_read), T(lifted_while_it_is_read),
          T(unplugged_while_it_is_read), T(unplugged_with_a_card_on_it), T(plugged_in_later), T(newest_address),
          T(no_newest_address_command), T(a_card_from_before_a_restart_is_told_of_and_read_when_laid_down_anew),
          T(a_card_that_stayed_while_the_reader_was_brought_back), T(a_card_whose_text_never_came), T(why_a_card_failed),
          T(other_codes_for_no_card))
