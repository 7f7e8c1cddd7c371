/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the cut paper goes: presenter, time-out, a hand, the next piece.
 */
#include "virtual/printer_hands.h"

static void print(struct virtual_device *d, int64_t now)
{
    SEND(d, now, 'a', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, now + 1000);
}

static int full_status(struct virtual_device *d, int64_t now)
{
    uint8_t b[16];

    read_all(d, b, sizeof b, now);
    SEND(d, now, 0x10, 0x04, 20);
    return read_all(d, b, sizeof b, now) == 6 && b[0] == 0x10 && b[1] == 0x0F ? b[2] : -1;
}

TEST(the_presenter_holds_shows_and_takes_back)
{
    struct seen s;
    struct virtual_device *d = make("custom-vkp80", &s);
    uint8_t b[8];

    print(d, 0);
    CHECK_INT(s.cuts, 1);
    CHECK(says(d, "\"piece\":\"inside\""));
    CHECK_INT(full_status(d, 1000), 0x00);
    say(d, "take"); /* nobody can reach it */
    CHECK(says(d, "\"taken\":0"));
    SEND(d, 2000, 0x1D, 'e', 3, 12);
    CHECK(says(d, "\"piece\":\"out\""));
    CHECK_INT(full_status(d, 2000), 0x20);
    SEND(d, 2000, 0x1D, 'e', 6);
    CHECK_INT(read_all(d, b, sizeof b, 2000), 1);
    CHECK_INT(b[0], 0x08);
    SEND(d, 3000, 0x1D, 'e', 2);
    CHECK(says(d, "\"piece\":\"none\"") && says(d, "\"retracted\":1"));
    CHECK_INT(full_status(d, 3000), 0x00);
    d->ops->destroy(d);
}

TEST(what_nobody_takes_in_time_goes_back)
{
    struct seen s;
    struct virtual_device *d = make("custom-vkp80", &s);

    SEND(d, 0, 'a', '\n', 0x1D, 'e', 32, 12, 10); /* cuts first */
    d->ops->tick(d, 1000);
    CHECK_INT(s.cuts, 1);
    CHECK(says(d, "\"piece\":\"out\""));
    CHECK(d->ops->tick(d, 2000) > 2000);
    d->ops->tick(d, 10500);
    CHECK(says(d, "\"piece\":\"out\""));
    d->ops->tick(d, 12000);
    CHECK(says(d, "\"retracted\":1") && says(d, "\"piece\":\"none\""));
    SEND(d, 13000, 'b', '\n', 0x1D, 'e', 32, 12, 10);
    d->ops->tick(d, 14000);
    say(d, "take");
    d->ops->tick(d, 90000);
    CHECK(says(d, "\"retracted\":1") && says(d, "\"taken\":1"));
    d->ops->destroy(d);
}

TEST(the_next_piece_pushes_the_last_one_out)
{
    struct seen s;
    struct virtual_device *d = make("xprinter-80", &s);

    print(d, 0);
    CHECK(says(d, "\"piece\":\"out\"") && says(d, "\"fell\":0"));
    print(d, 2000);
    CHECK(says(d, "\"fell\":1"));
    say(d, "take");
    CHECK(says(d, "\"piece\":\"none\"") && says(d, "\"taken\":1"));
    d->ops->destroy(d);
}

TEST(bit_7_says_not_torn_away)
{
    struct seen s;
    struct virtual_device *d = make("cashino-kp628e", &s);

    CHECK_INT(ask(d, 1, 0), 0x12);
    print(d, 0);
    CHECK_INT(ask(d, 1, 2000), 0x92);
    say(d, "take");
    CHECK_INT(ask(d, 1, 2000), 0x12);
    d->ops->destroy(d);
}

TEST(without_a_presenter_its_commands_do_nothing)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[8];

    SEND(d, 0, 'a', '\n', 0x1D, 'e', 6, 0x1D, 'e', 5, 0x10, 0x04, 20, 0x10, 0x04, 17);
    d->ops->tick(d, 1000);
    CHECK_INT(read_all(d, b, sizeof b, 1000), 0);
    CHECK_INT(s.cuts, 0);
    d->ops->destroy(d);
}

TEST_MAIN(T(the_presenter_holds_shows_and_takes_back), T(what_nobody_takes_in_time_goes_back),
          T(the_next_piece_pushes_the_last_one_out), T(bit_7_says_not_torn_away),
          T(without_a_presenter_its_commands_do_nothing))
