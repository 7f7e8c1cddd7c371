/* SPDX-License-Identifier: Apache-2.0
 *
 * Every fault the virtual reader knows: noise nobody notices, and each rung of the ladder with the earlier ones refused.
 */
#include "idcard/stand.h"

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

/* What belongs to an older command is passed over, a whole card's text too. */
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

TEST(self_test_failed)
{
    struct idcard_facts facts;
    set_up("split");
    command("self-test");
    expect("!");
    idcard_facts(reader, &facts);
    CHECK_INT(facts.fault, CARD_FAULT_SELF_TEST);
    CHECK_INT(facts.code, 0x60);
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

TEST_MAIN(T(junk_before_a_reply), T(first_byte_lost), T(replies_in_small_pieces), T(the_cards_own_status_is_not_ours),
          T(junk_before_the_body), T(late_replies), T(stale_reply), T(stall_is_cleared), T(one_garbled_reply),
          T(slow_reader), T(self_test_failed), T(not_authorised), T(rung_drain), T(rung_reset_command), T(rung_clear_halt),
          T(rung_reopen), T(rung_reenumerate), T(a_lame_reader_is_at_fault), T(silence_is_a_fault_that_heals))
