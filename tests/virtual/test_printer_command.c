/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person does to the virtual printer, beyond paper and cover (test_printer.c).
 */
#include "virtual/printer_hands.h"

TEST(a_hot_head_stops_until_it_has_cooled)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[8];

    SEND(d, 0, 0x1D, 'a', 0x0E);
    read_all(d, b, sizeof b, 0);
    say(d, "head-hot");
    CHECK_INT(read_all(d, b, sizeof b, 0), 4);
    CHECK_MEM(b, "\x18\x40\x00\x0F", 4);
    CHECK_INT(ask(d, 3, 0), 0x52);
    CHECK_INT(ask(d, 2, 0), 0x52);
    SEND(d, 0, 'a', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_INT(s.cuts, 0);
    say(d, "clear");
    d->ops->tick(d, 9000);
    CHECK_INT(s.cuts, 1);
    d->ops->destroy(d);
}

TEST(faults_can_be_armed)
{
    static const char *const words[] = {"cover-open-after 2", "jam-after 2", "head-hot-after 2", "paper-out-after 2",
                                        "cutter-at-cut",      "jam-at-cut",  "cover-open-at-cut"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct seen s;
        struct virtual_device *d = make("epson-tm-t20iii", &s);

        say(d, words[i]);
        SEND(d, 0, 0x1B, '3', 32, 'a', '\n', 'b', '\n', 'c', '\n', 0x1D, 'V', 0);
        d->ops->tick(d, 5000);
        CHECK_INT(s.cuts, 0);
        CHECK(virtual_printer_unfinished(d, on_job, &s));
        CHECK_STR(s.text, strstr(words[i], "after") ? "a\nb\n" : "a\nb\nc\n");
        say(d, "clear");
        say(d, "cover-close");
        say(d, "paper-load");
        d->ops->tick(d, 9000);
        CHECK_INT(s.cuts, 1);
        CHECK_STR(s.text, "a\nb\nc\n");
        d->ops->destroy(d);
    }
}

TEST(the_roll_ends_in_the_middle_of_a_line)
{
    struct seen s, whole;
    struct virtual_device *d = make("epson-tm-t20iii", &whole);

    SEND(d, 0, 'a', '\n', 0xB0, 0xA1, '\n');
    d->ops->tick(d, 5000);
    CHECK(virtual_printer_unfinished(d, on_job, &whole));
    d->ops->destroy(d);
    d = make("epson-tm-t20iii", &s);
    SEND(d, 0, 'a', '\n');
    d->ops->tick(d, 1000);
    say(d, "paper-out-in-line");
    SEND(d, 1000, 0xB0, 0xA1, '\n', 'b', '\n');
    d->ops->tick(d, 5000);
    CHECK(virtual_printer_unfinished(d, on_job, &s));
    CHECK_STR(s.text, "a\n"); /* nobody can read half a line */
    CHECK(s.black > 0 && s.black < whole.black);
    CHECK_INT(ask(d, 4, 5000), 0x7E);
    d->ops->destroy(d);
}

TEST(without_power_it_forgets_what_it_received)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[8];

    say(d, "slow 1000");
    SEND(d, 0, 'a', '\n', 'b', '\n', 'c', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 1000);
    say(d, "power-loss");
    CHECK_INT(d->ops->out(d, out_of(d), (const uint8_t *)"x", 1, 1000), VIRTUAL_GONE);
    CHECK_INT(d->ops->in(d, in_of(d), b, sizeof b, 1000), VIRTUAL_GONE);
    CHECK(says(d, "\"gone\":true") && says(d, "\"waiting_bytes\":0"));
    d->ops->reset(d); /* plugged */
    d->ops->tick(d, 90000);
    CHECK_INT(s.cuts, 0);
    SEND(d, 90000, 'z', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 99000);
    CHECK(!strstr(s.text, "c\n") && strstr(s.text, "z\n"));
    d->ops->destroy(d);
}

TEST(power_off_may_be_written_in_an_image)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    SEND(d, 0, 0x1D, 'v', '0', 0, 5, 0, 1, 0, 0x10, 0x14, 2, 1, 8);
    CHECK(says(d, "\"gone\":true"));
    d->ops->destroy(d);
}

TEST(answers_are_split_and_merged)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[16];

    say(d, "split");
    SEND(d, 0, 0x1D, 'a', 0x0E);
    for (int i = 0; i < 4; i++)
        CHECK_INT(d->ops->in(d, in_of(d), b, sizeof b, 0), 1);
    say(d, "clear");
    SEND(d, 0, 0x1D, 'a', 0); /* it will not speak unasked */
    say(d, "merge");
    SEND(d, 0, 0x10, 0x04, 1);
    CHECK_INT(d->ops->in(d, in_of(d), b, sizeof b, 0), VIRTUAL_NAK);
    CHECK_INT(d->ops->tick(d, 0), 200);
    SEND(d, 50, 0x10, 0x04, 2);
    CHECK_INT(d->ops->in(d, in_of(d), b, sizeof b, 50), 2);
    SEND(d, 100, 0x10, 0x04, 1);
    CHECK_INT(d->ops->in(d, in_of(d), b, sizeof b, 299), VIRTUAL_NAK);
    CHECK_INT(d->ops->in(d, in_of(d), b, sizeof b, 300), 1);
    d->ops->destroy(d);
}

TEST(an_old_answer_stands_before_the_next)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[16];

    say(d, "paper-out");
    say(d, "stale-reply");
    SEND(d, 0, 0x10, 0x04, 4);
    CHECK_INT(read_all(d, b, sizeof b, 0), 2);
    CHECK_INT(b[0], 0x12);
    CHECK_INT(b[1], 0x7E);
    d->ops->destroy(d);
}

TEST(bytes_are_swallowed)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    say(d, "swallow 3");
    SEND(d, 0, 'a', 'b', 'c', 'd', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_STR(s.text, "d\n");
    CHECK(says(d, "\"lost_bytes\":3,"));
    d->ops->destroy(d);
}

TEST(status_tells_what_was_ordered)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    CHECK(says(d, "\"at_cut\":\"\",\"after\":\"\",\"after_dots\":0,"));
    say(d, "cutter-at-cut");
    say(d, "jam-after 2");
    say(d, "slow 7");
    say(d, "merge");
    say(d, "swallow 3");
    CHECK(says(d, "\"at_cut\":\"cutter\",\"after\":\"jam\",\"after_dots\":64,"));
    CHECK(says(d, "\"slow_ms\":7,\"split\":false,\"merge\":true,\"swallow\":3,\"die_after\":-1,"));
    say(d, "clear");
    CHECK(says(d, "\"at_cut\":\"\",\"after\":\"\",\"after_dots\":0,"));
    d->ops->destroy(d);
}

TEST(it_says_what_it_is)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[40];

    SEND(d, 0, 0x1D, 'I', 65);
    CHECK_INT(read_all(d, b, sizeof b, 0), 14);
    CHECK_MEM(b,
              "\x5F"
              "2.21 ESC/POS\0",
              14);
    SEND(d, 0, 0x1D, 'I', 66);
    CHECK_INT(read_all(d, b, sizeof b, 0), 7);
    CHECK_MEM(b,
              "\x5F"
              "EPSON\0",
              7);
    d->ops->destroy(d);
    d = make("xprinter-80", &s);
    SEND(d, 0, 0x1D, 'I', 66);
    CHECK_INT(read_all(d, b, sizeof b, 0), 0);
    d->ops->destroy(d);
}

TEST(wrong_words_are_refused)
{
    static const char *const words[] = {"",       "jam-after", "jam-after -1", "jam-after 1x",
                                        "jam-at", "swallow",   "swallow -2",   "Take"};
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    struct buf reply;

    buf_init(&reply, 1024);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        CHECK(d->ops->command(d, words[i], &reply) < 0);
    buf_finish(&reply);
    CHECK_INT(ask(d, 1, 0), 0x12);
    d->ops->destroy(d);
}

TEST_MAIN(T(a_hot_head_stops_until_it_has_cooled), T(faults_can_be_armed), T(the_roll_ends_in_the_middle_of_a_line),
          T(without_power_it_forgets_what_it_received), T(power_off_may_be_written_in_an_image),
          T(answers_are_split_and_merged), T(an_old_answer_stands_before_the_next), T(bytes_are_swallowed),
          T(status_tells_what_was_ordered), T(it_says_what_it_is), T(wrong_words_are_refused))
