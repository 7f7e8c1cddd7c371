/* SPDX-License-Identifier: Apache-2.0
 *
 * Replies in every mixture: by what was asked first, by fixed bits second.
 */
#include "drivers/printer/reply_wire.h"

#include "test.h"

static struct reply take(struct reply_parser *p, const char *bytes, size_t n)
{
    struct reply r = {0};

    for (size_t i = 0; i < n; i++)
        r = reply_take(p, (uint8_t)bytes[i]);
    return r;
}

static struct reply_parser parser(bool fixed_bits, bool automatic)
{
    struct reply_parser p;

    reply_parser_init(&p, &(struct reply_habits){.no_fixed_bits = !fixed_bits, .automatic = automatic});
    return p;
}

TEST(status_answers_come_in_the_order_asked)
{
    struct reply_parser p = parser(true, false);
    struct printer_status s = {0};
    struct reply r;

    for (int n = 1; n <= 4; n++)
        CHECK(reply_asked_status(&p, n));
    CHECK(!reply_asked_status(&p, 1));
    r = reply_take(&p, 0x1A);
    CHECK_INT(r.kind, REPLY_STATUS);
    CHECK_INT(r.n, 1);
    CHECK(reply_status(&s, &r) && s.offline && s.known);
    r = reply_take(&p, 0x16);
    CHECK_INT(r.n, 2);
    CHECK(reply_status(&s, &r) && s.cover_open);
    r = reply_take(&p, 0x5A);
    CHECK_INT(r.n, 3);
    CHECK(reply_status(&s, &r) && s.cutter && s.heat && !s.jam);
    r = reply_take(&p, 0x7E);
    CHECK_INT(r.n, 4);
    CHECK(reply_status(&s, &r) && s.paper_out && s.paper_low);
    CHECK_INT(reply_take(&p, 0x12).kind, REPLY_STRAY);
    CHECK(!reply_status(&s, &(struct reply){.kind = REPLY_STRAY}));
}

TEST(the_marker_is_found_among_others)
{
    struct reply_parser p = parser(true, true);
    struct reply r;

    reply_asked_status(&p, 4);
    CHECK_INT(reply_take(&p, 0x12).kind, REPLY_STATUS);
    r = take(&p, "\x37\x22J001\0", 7);
    CHECK_INT(r.kind, REPLY_MARKER);
    CHECK_MEM(r.bytes, "J001", 4);
    /* a block of another kind, and one cut short */
    CHECK_INT(take(&p, "\x5FXprinter\0", 10).kind, REPLY_STRAY);
    CHECK_INT(take(&p, "\x37\x22J0\0", 5).kind, REPLY_STRAY);
    CHECK_INT(take(&p, "\x37\x23J001\0", 7).kind, REPLY_STRAY);
    CHECK_INT(take(&p, "\x37\x22J001\0", 7).kind, REPLY_MARKER);
}

TEST(automatic_status_has_four_bytes)
{
    struct reply_parser p = parser(true, true);
    struct printer_status s = {0};
    struct reply r;

    CHECK_INT(take(&p, "\x18\x00\x0F", 3).kind, REPLY_NONE);
    r = reply_take(&p, 0x0F);
    CHECK_INT(r.kind, REPLY_AUTO);
    CHECK(reply_status(&s, &r) && s.offline && s.paper_out && s.paper_low && !s.cover_open);
    CHECK(!reply_status(&s, &r)); /* nothing new */
    r = take(&p, "\x30\x2C\x00\x0F", 4);
    CHECK(reply_status(&s, &r) && s.cover_open && s.jam && s.cutter && s.unrecoverable && !s.paper_out);
    /* broken off by something else: that is looked at by itself */
    reply_asked_status(&p, 4);
    r = take(&p, "\x10\x00\x12", 3);
    CHECK_INT(r.kind, REPLY_STATUS);
    /* switched off, it is nobody's */
    p.habits.automatic = false;
    CHECK_INT(reply_take(&p, 0x10).kind, REPLY_STRAY);
}

TEST(paper_status_only_when_asked)
{
    struct reply_parser p = parser(true, true);
    struct printer_status s = {0};
    struct reply r;

    CHECK_INT(reply_take(&p, 0x00).kind, REPLY_STRAY);
    reply_asked_paper(&p);
    reply_asked_status(&p, 4);
    r = reply_take(&p, 0x0F);
    CHECK_INT(r.kind, REPLY_PAPER);
    CHECK(reply_status(&s, &r) && s.paper_out);
    CHECK_INT(reply_take(&p, 0x12).kind, REPLY_STATUS);
    CHECK_INT(reply_take(&p, 0x00).kind, REPLY_STRAY);
}

TEST(printers_that_break_the_fixed_bits)
{
    struct reply_parser p = parser(false, false);
    struct reply r;

    reply_asked_status(&p, 1);
    r = reply_take(&p, 0x80); /* Cashino: the ticket was not torn off yet */
    CHECK_INT(r.kind, REPLY_STATUS);
    reply_asked_status(&p, 2);
    CHECK_INT(reply_take(&p, 0x6C).kind, REPLY_STATUS); /* Pyramid */
    /* even where the profile trusts them, the answer to a question is the answer */
    p = parser(true, false);
    reply_asked_status(&p, 1);
    CHECK_INT(reply_take(&p, 0x6C).kind, REPLY_STATUS);
    reply_asked_status(&p, 1);
    CHECK_INT(reply_take(&p, 0x11).kind, REPLY_STRAY); /* XON */
    CHECK_INT(p.n_asked, 1);
}

TEST(the_bit_of_a_ticket_that_was_not_torn_off)
{
    struct reply_parser p;
    struct printer_status s = {0};
    struct reply r;

    reply_parser_init(&p, &(struct reply_habits){.untorn_bit = true});
    for (int n = 1; n <= 2; n++)
        reply_asked_status(&p, n);
    r = reply_take(&p, 0x92);
    CHECK_INT(r.n, 1);
    CHECK(reply_status(&s, &r) && s.at_output && !s.offline);
    r = reply_take(&p, 0x12);
    CHECK_INT(r.n, 2);
    reply_status(&s, &r);
    CHECK(s.at_output); /* DLE EOT 2 says nothing of it */
    reply_asked_status(&p, 1);
    r = reply_take(&p, 0x12);
    CHECK(reply_status(&s, &r) && !s.at_output);
    /* where the bit means nothing, it is not read */
    p = parser(false, false);
    reply_asked_status(&p, 1);
    r = reply_take(&p, 0x92);
    reply_status(&s, &r);
    CHECK(!s.at_output);
}

TEST(in_order_the_queue_decides)
{
    struct reply_parser p;

    reply_parser_init(&p, &(struct reply_habits){.in_order = true, .no_fixed_bits = true});
    reply_asked_paper(&p);
    reply_asked_status(&p, 4);
    CHECK(reply_paper_due(&p));
    CHECK_INT(reply_take(&p, 0x00).kind, REPLY_PAPER); /* asked first, and no bit tells them apart */
    CHECK(!reply_paper_due(&p));
    CHECK_INT(reply_take(&p, 0x00).kind, REPLY_STATUS);
    reply_asked_status(&p, 4);
    reply_asked_paper(&p);
    CHECK_INT(reply_take(&p, 0x00).kind, REPLY_STATUS);
    CHECK_INT(reply_take(&p, 0x00).kind, REPLY_PAPER);
    /* a marker's block stands before the answer that is due behind it */
    reply_asked_paper(&p);
    CHECK_INT(take(&p, "\x37\x22J001\0", 7).kind, REPLY_MARKER);
    CHECK_INT(reply_take(&p, 0x00).kind, REPLY_PAPER);
    /* in real time an answer overtakes */
    p = parser(true, false);
    reply_asked_paper(&p);
    reply_asked_status(&p, 4);
    CHECK_INT(reply_take(&p, 0x12).kind, REPLY_STATUS);
    CHECK_INT(reply_take(&p, 0x00).kind, REPLY_PAPER);
}

TEST(full_status_has_six_bytes)
{
    struct reply_parser p = parser(true, true);
    struct printer_status s = {0};
    struct reply r;

    reply_asked_status(&p, REPLY_FULL_N);
    CHECK_INT(take(&p, "\x10\x0F\x24\x02\x40", 5).kind, REPLY_NONE);
    r = reply_take(&p, 0x01);
    CHECK_INT(r.kind, REPLY_FULL);
    CHECK(reply_status(&s, &r) && s.at_output && s.paper_low && !s.paper_out && s.cover_open && s.jam && s.cutter);
    CHECK_INT(p.n_asked, 0);
    /* bytes that would end an automatic status do not end it */
    reply_asked_status(&p, REPLY_FULL_N);
    CHECK_INT(take(&p, "\x10\x0F\x00\x00\x90\x00", 6).kind, REPLY_FULL);
    /* an automatic status comes in between */
    reply_asked_status(&p, REPLY_FULL_N);
    CHECK_INT(take(&p, "\x10\x00\x00\x0F", 4).kind, REPLY_AUTO);
    CHECK_INT(take(&p, "\x10\x0F\x00\x00\x00\x00", 6).kind, REPLY_FULL);
    /* and other answers do not stand for it */
    reply_asked_status(&p, REPLY_FULL_N);
    CHECK_INT(reply_take(&p, 0x12).kind, REPLY_STRAY);
    CHECK_INT(p.n_asked, 1);
    reply_forget(&p);
    CHECK_INT(take(&p, "\x10\x0F\x20\x00", 4).kind, REPLY_AUTO);
}

TEST(forgetting_drops_half_a_reply)
{
    struct reply_parser p = parser(true, false);

    reply_asked_status(&p, 1);
    reply_asked_paper(&p);
    take(&p, "\x37\x22J", 3);
    reply_forget(&p);
    CHECK_INT(reply_take(&p, 0x12).kind, REPLY_STRAY);
    CHECK_INT(reply_take(&p, 0x00).kind, REPLY_STRAY);
    CHECK_INT(take(&p, "\x37\x22J001\0", 7).kind, REPLY_MARKER);
}

TEST(a_block_without_end_does_not_swallow_for_ever)
{
    struct reply_parser p = parser(true, false);

    reply_take(&p, 0x5F);
    for (int i = 0; i < REPLY_BLOCK_MAX; i++)
        reply_take(&p, 'x');
    CHECK_INT(p.n_held, 0);
    CHECK_INT(take(&p, "\x37\x22J001\0", 7).kind, REPLY_MARKER);
}

TEST(what_it_is_comes_in_the_order_asked)
{
    struct reply_parser p = parser(true, true);
    struct reply r;

    CHECK_INT(take(&p, "\x5Fv1\0", 4).kind, REPLY_STRAY); /* nobody asked */
    for (int n = 65; n <= 68; n++) {
        reply_asked_id(&p, n);
        reply_asked_paper(&p);
    }
    r = take(&p, "\x5Fv1.0\0", 6);
    CHECK_INT(r.kind, REPLY_ID);
    CHECK_INT(r.n, 65);
    CHECK_STR(r.text, "v1.0");
    CHECK_INT(take(&p, "\0", 1).kind, REPLY_PAPER);
    CHECK_INT(take(&p, "\x10\0\0\x0F", 4).kind, REPLY_AUTO);
    CHECK_INT(take(&p, "\0", 1).kind, REPLY_PAPER); /* 66 stays silent */
    r = take(&p, "\x5FM\x1B[2J\xB0\xA1\x7F 8\0", 12);
    CHECK_INT(r.n, 67);
    CHECK_STR(r.text, "M[2J 8");
    CHECK_INT(take(&p, "\0", 1).kind, REPLY_PAPER);
    r = take(&p,
             "\x5F"
             "0123456789012345678901234567890123456789-more\0",
             47);
    CHECK_INT(r.n, 68);
    CHECK_STR(r.text, "0123456789012345678901234567890123456789");
    CHECK_INT(take(&p, "\0", 1).kind, REPLY_PAPER);
    CHECK_INT(p.n_asked, 0);
}

TEST(silence_to_what_it_is_does_not_hold_up_others)
{
    struct reply_parser p = parser(true, false);

    reply_asked_id(&p, 64);
    CHECK_INT(p.n_asked, 0);
    reply_asked_id(&p, 65);
    reply_asked_id(&p, 66);
    reply_asked_paper(&p);
    for (int n = 1; n <= 4; n++)
        CHECK(reply_asked_status(&p, n)); /* these four count by themselves */
    CHECK_INT(take(&p, "\x12", 1).n, 1);
    CHECK_INT(take(&p, "\0", 1).kind, REPLY_PAPER);
    CHECK_INT(p.n_asked, 3);
    CHECK_INT(take(&p, "\x5FM\0", 3).kind, REPLY_STRAY); /* too late to be told apart */
    CHECK_INT(take(&p, "\x12", 1).n, 2);
}

TEST(port_status_is_only_paper)
{
    CHECK(reply_port_paper_empty(0x30));
    CHECK(!reply_port_paper_empty(0x18));
}

TEST_MAIN(T(status_answers_come_in_the_order_asked), T(the_marker_is_found_among_others), T(automatic_status_has_four_bytes),
          T(paper_status_only_when_asked), T(printers_that_break_the_fixed_bits),
          T(the_bit_of_a_ticket_that_was_not_torn_off), T(in_order_the_queue_decides), T(full_status_has_six_bytes),
          T(forgetting_drops_half_a_reply), T(a_block_without_end_does_not_swallow_for_ever),
          T(what_it_is_comes_in_the_order_asked), T(silence_to_what_it_is_does_not_hold_up_others),
          T(port_status_is_only_paper))
