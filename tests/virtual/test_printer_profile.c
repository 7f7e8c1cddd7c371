/* SPDX-License-Identifier: Apache-2.0
 *
 * Each lie is told: an odd printer does what its line in printer_profile.def says.
 */
#include "drivers/virtual/printer_profile.h"

#include "virtual/printer_hands.h"

TEST(every_profile_prints_and_is_unlike_the_others)
{
    const char *const *names = virtual_printer_profiles();

    for (int i = 0; names[i]; i++) {
        struct seen s;
        struct virtual_device *d = make(names[i], &s);

        CHECK(*virtual_printer_meaning(names[i]));
        for (int k = 0; k < i; k++)
            CHECK(strcmp(names[i], names[k]) &&
                  strcmp(virtual_printer_meaning(names[i]), virtual_printer_meaning(names[k])));
        SEND(d, 0, 0x1B, '@', 'o', 'k', '\n', 0x1D, 'V', 0);
        d->ops->tick(d, 5000);
        say(d, "take");
        bool prints = !virtual_printer_profile(names[i], NULL)->language;
        CHECK_INT(s.cuts, prints);
        CHECK_STR(s.text, prints ? "ok\n" : "");
        d->ops->destroy(d);
    }
    CHECK_STR(virtual_printer_meaning("laser"), "");
}

TEST(status_in_order_waits_for_the_paper)
{
    struct seen s;
    struct virtual_device *d = make("odd-in-order", &s);
    uint8_t b[8];

    say(d, "slow 1000");
    SEND(d, 0, 'a', '\n', 0x10, 0x04, 1);
    CHECK_INT(read_all(d, b, sizeof b, 0), 0);
    d->ops->tick(d, 5000);
    CHECK_INT(read_all(d, b, sizeof b, 5000), 1);
    say(d, "paper-out"); /* and so it says nothing of what stopped it */
    SEND(d, 6000, 0x10, 0x04, 4);
    d->ops->tick(d, 9000);
    CHECK_INT(read_all(d, b, sizeof b, 9000), 0);
    d->ops->destroy(d);
}

TEST(bare_status_has_no_fixed_bits)
{
    struct seen s;
    struct virtual_device *d = make("odd-bare-status", &s);

    CHECK_INT(ask(d, 1, 0), 0x00);
    say(d, "paper-out");
    CHECK_INT(ask(d, 4, 0), 0x6C);
    d->ops->destroy(d);
}

TEST(a_mute_one_says_nothing_while_paper_moves)
{
    struct seen s;
    struct virtual_device *d = make("odd-mute", &s);
    uint8_t b[8];

    say(d, "slow 1000");
    SEND(d, 0, 'a', '\n');
    SEND(d, 100, 0x10, 0x04, 1);
    d->ops->tick(d, 5000);
    CHECK_INT(read_all(d, b, sizeof b, 5000), 0);
    CHECK_INT(ask(d, 1, 6000), 0x12);
    d->ops->destroy(d);
}

TEST(one_without_status_answers_gs_r)
{
    struct seen s;
    struct virtual_device *d = make("odd-no-status", &s);
    uint8_t b[8];

    CHECK_INT(ask(d, 1, 0), -1);
    SEND(d, 0, 0x1D, 'a', 0xFF, 0x1D, 'r', 1);
    CHECK_INT(read_all(d, b, sizeof b, 0), 1);
    d->ops->destroy(d);
}

TEST(bytes_are_lost_or_refused_when_the_buffer_is_full)
{
    struct seen s;
    struct virtual_device *d = make("odd-loses-bytes", &s);
    uint8_t line[64];

    memset(line, '\n', sizeof line);
    say(d, "cover-open");
    for (int i = 0; i < 65; i++)
        CHECK_INT(d->ops->out(d, out_of(d), line, sizeof line, 0), sizeof line);
    CHECK(says(d, "\"lost_bytes\":64,"));
    d->ops->destroy(d);
    d = make("odd-small-buffer", &s);
    say(d, "cover-open");
    for (int i = 0; i < 4; i++)
        CHECK_INT(d->ops->out(d, out_of(d), line, sizeof line, 0), sizeof line);
    CHECK_INT(d->ops->out(d, out_of(d), line, sizeof line, 0), VIRTUAL_NAK);
    CHECK(says(d, "\"lost_bytes\":0,"));
    d->ops->destroy(d);
}

/* Nothing that is longer than the buffer gets stuck in it. */
TEST(a_small_buffer_prints_long_commands)
{
    struct seen s;
    struct virtual_device *d = make("odd-small-buffer", &s);
    uint8_t row[72];
    int64_t now = SEND(d, 0, 0x1B, '*', 33, 0x40, 2);

    memset(row, 0xFF, sizeof row);
    for (int i = 0; i < 24; i++)
        now = send_at(d, row, sizeof row, now);
    now = SEND(d, now, '\n', 0x1D, 'v', '0', 0, 72, 0, 4, 0);
    for (int i = 0; i < 4; i++)
        now = send_at(d, row, sizeof row, now);
    now = SEND(d, now, 'x', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, now + 60000);
    CHECK_STR(s.text, "x\n");
    CHECK(s.black > 576 * 28);
    d->ops->destroy(d);
}

TEST(an_image_with_real_time_bytes_is_answered_and_on_some_shifted)
{
    struct seen s;
    struct virtual_device *d = make("odd-eats", &s);
    uint8_t b[8];

    SEND(d, 0, 0x1D, 'v', '0', 0, 1, 0, 4, 0, 0x10, 0x04, 0x02, 0xFF, 'a', 'b', 'c', 'd', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_INT(read_all(d, b, sizeof b, 5000), 1);
    CHECK_STR(s.text, "d\n");
    CHECK(says(d, "\"lost_bytes\":3,"));
    d->ops->destroy(d);
    d = make("xprinter-80", &s);
    SEND(d, 0, 0x1D, 'v', '0', 0, 1, 0, 4, 0, 0x10, 0x04, 0x02, 0xFF, 'a', 'b', 'c', 'd', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_INT(read_all(d, b, sizeof b, 5000), 1);
    CHECK_STR(s.text, "abcd\n");
    d->ops->destroy(d);
}

TEST(one_stuck_in_an_image_swallows_esc_at)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    SEND(d, 0, 0x1D, 'v', '0', 0, 8, 0, 2, 0, 1, 2, 3, 0x1B, '@', 'a', 'b', '\n');
    d->ops->tick(d, 1000);
    CHECK(says(d, "\"in_image\":true"));
    SEND(d, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0x1B, '@', 'x', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_STR(s.text, "x\n");
    d->ops->destroy(d);
}

TEST(a_qr_command_may_be_unknown_or_have_another_name)
{
    static const uint8_t qr[] = {0x1D, '(', 'k',  8,   0,   49, 80, 48, 'H', 'E', 'L',
                                 'L',  'O', 0x1D, '(', 'k', 3,  0,  49, 81,  48,  '\n'};
    struct seen s;
    struct virtual_device *d = make("odd-prints-qr", &s);

    send_at(d, qr, sizeof qr, 0);
    SEND(d, 0, 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_STR(s.text, "k1P0HELLOk1Q0\n");
    CHECK_INT(s.n_qr, 0);
    d->ops->destroy(d);
    d = make("snbc-btp-r880np", &s);
    send_at(d, qr, sizeof qr, 0);
    SEND(d, 0, 0x1D, 'k', 81, 9, 'M', ',', 'A', ',', 'H', 'E', 'L', 'L', 'O', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_INT(s.n_qr, 1);
    CHECK_STR(s.qr, "HELLO");
    d->ops->destroy(d);
}

TEST(an_image_with_too_many_rows_is_printed_as_signs)
{
    struct seen s;
    struct virtual_device *d = make("odd-8-rows", &s);

    SEND(d, 0, 0x1D, 'v', '0', 0, 1, 0, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0x1D, 'v', '0', 0, 1, 0, 9, 0, 'A', 'B', 'C', 'D', 'E',
         'F', 'G', 'H', 'I', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_STR(s.text, "ABCDEFGHI\n");
    d->ops->destroy(d);
}

TEST(real_time_commands_can_be_switched_off)
{
    struct seen s;
    struct virtual_device *d = make("snbc-btp-r880np", &s);

    CHECK_INT(ask(d, 1, 0), 0x12);
    SEND(d, 0, 0x1D, '(', 'D', 3, 0, 20, 2, 0);
    CHECK_INT(ask(d, 1, 0), -1);
    SEND(d, 0, 0x1D, '(', 'D', 3, 0, 20, 2, 1);
    CHECK_INT(ask(d, 1, 0), 0x12);
    d->ops->destroy(d);
}

TEST(descriptors_lie_too)
{
    struct seen s;
    struct virtual_device *d = make("odd-protocol-1", &s);
    size_t n;
    const uint8_t *b = d->ops->descriptors(d, &n);

    CHECK_INT(n, 18 + 32);
    CHECK_INT(b[18 + 9 + 7], 1);      /* protocol */
    CHECK_INT(b[n - 5] & 0x80, 0x80); /* and yet */
    d->ops->destroy(d);
    d = make("odd-no-strings", &s);
    CHECK(!d->ops->string(d, 1) && !d->ops->string(d, 2));
    CHECK_INT(d->ops->descriptors(d, &n)[14], 0);
    d->ops->destroy(d);
    d = make("odd-control-bytes", &s);
    CHECK(strchr(d->ops->string(d, 1), 0x1B) != NULL);
    d->ops->destroy(d);
    d = make("odd-alternates", &s);
    b = d->ops->descriptors(d, &n);
    CHECK_INT(n, 18 + 9 + 16 + 23);
    CHECK_INT(b[20] | b[21] << 8, n - 18);
    CHECK_INT(b[18 + 9 + 4], 1); /* setting 0: one endpoint, setting 1: two */
    CHECK_INT(b[18 + 9 + 16 + 3], 1);
    CHECK_INT(b[18 + 9 + 16 + 4], 2);
    d->ops->destroy(d);
}

TEST_MAIN(T(every_profile_prints_and_is_unlike_the_others), T(status_in_order_waits_for_the_paper),
          T(bare_status_has_no_fixed_bits), T(a_mute_one_says_nothing_while_paper_moves), T(one_without_status_answers_gs_r),
          T(bytes_are_lost_or_refused_when_the_buffer_is_full), T(a_small_buffer_prints_long_commands),
          T(an_image_with_real_time_bytes_is_answered_and_on_some_shifted), T(one_stuck_in_an_image_swallows_esc_at),
          T(a_qr_command_may_be_unknown_or_have_another_name), T(an_image_with_too_many_rows_is_printed_as_signs),
          T(real_time_commands_can_be_switched_off), T(descriptors_lie_too))
