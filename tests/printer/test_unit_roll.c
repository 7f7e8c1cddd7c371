/* SPDX-License-Identifier: Apache-2.0
 *
 * The roll of one printer: how much is left of it, what its sensors tell while somebody changes it.
 */
#include "drivers/printer/unit.h"

#include "printer/known_desk.h"

static void print_and_wait(struct desk *d, const char *job)
{
    print(d, DEVICE_RECEIPT, job);
    finish(d);
    CHECK_INT(d->outcome, PRINTER_DONE);
    pass(d, 3000, NULL);
}

TEST(what_is_left_on_the_roll_is_estimated_and_remembered)
{
    struct desk d;
    int left;

    begin_memory();
    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    CHECK_INT(facts(&d).left_mm, -1);
    say(&d, 0, "paper-low");
    pass(&d, 100, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_LOW);
    CHECK_INT(facts(&d).left_mm, 2000);
    print_and_wait(&d, "J001");
    left = facts(&d).left_mm;
    CHECK(left < 1900 && left > 1700);
    print_and_wait(&d, "J002");
    CHECK(facts(&d).left_mm < left);
    left = facts(&d).left_mm;
    close_desk(&d);
    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    say(&d, 0, "paper-low");
    pass(&d, 100, NULL);
    CHECK_INT(facts(&d).left_mm, left);
    for (int i = 0; i < 20; i++)
        print_and_wait(&d, "J003");
    CHECK_INT(facts(&d).left_mm, 0); /* never less than nothing */
    say(&d, 0, "paper-load");
    pass(&d, 100, NULL);
    print_and_wait(&d, "J004");
    CHECK_INT(facts(&d).left_mm, -1);
    say(&d, 0, "paper-low");
    pass(&d, 100, NULL);
    CHECK_INT(facts(&d).left_mm, 2000);
    close_desk(&d);
    end_memory();
}

TEST(a_new_roll_is_counted_and_remembered)
{
    struct bind_config config = as("epson-tm-t20iii");
    struct desk d;
    struct err e = {0};

    begin_memory();
    config.roles[DEVICE_RECEIPT].roll_m = 80;
    open_desk(&d, &config, "epson-tm-t20iii", NULL);
    print_and_wait(&d, "J001");
    CHECK_INT(facts(&d).left_mm, -1); /* how full it was nobody knows */
    CHECK_INT(facts(&d).cuts, 1);
    CHECK(facts(&d).since > 0);
    CHECK_INT(printers_new_roll(d.printers, DEVICE_RECEIPT, &e), 0);
    CHECK_INT(facts(&d).left_mm, 80000);
    for (int i = 0; i < 8; i++)
        print_and_wait(&d, "J002");
    int used = facts(&d).roll.used_mm;
    CHECK(used > 1000 && facts(&d).left_mm == 80000 - used);
    CHECK_INT(facts(&d).roll.papers, 8);
    CHECK_INT(facts(&d).cuts, 9);
    CHECK(facts(&d).fed_m >= 1);
    close_desk(&d);
    open_desk(&d, &config, "epson-tm-t20iii", NULL);
    CHECK_INT(facts(&d).left_mm, 80000 - used);
    CHECK_INT(facts(&d).cuts, 9);
    CHECK_INT(printers_new_roll(d.printers, DEVICE_TICKET, &e), -ERR_NOTFOUND);
    fake_unplug(d.devices[0]);
    pass(&d, 100, NULL);
    CHECK_INT(printers_new_roll(d.printers, DEVICE_RECEIPT, &e), -ERR_NOTFOUND);
    close_desk(&d);
    end_memory();
}

TEST(sensors_are_told_while_the_cover_is_open)
{
    struct desk d;

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    printers_watch(d.printers, DEVICE_RECEIPT, true);
    print_and_wait(&d, "J001");
    int fed = facts(&d).roll.used_mm;
    CHECK(facts(&d).senses.told && !facts(&d).senses.open && !facts(&d).senses.out);
    say(&d, 0, "cover-open");
    pass(&d, 1000, NULL);
    CHECK(facts(&d).senses.open && !facts(&d).senses.out);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_OPEN);
    say(&d, 0, "paper-out");
    pass(&d, 1000, NULL);
    CHECK(facts(&d).senses.open && facts(&d).senses.out);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_OPEN); /* as it was */
    say(&d, 0, "paper-load");
    say(&d, 0, "cover-close");
    pass(&d, 2000, NULL);
    CHECK(!facts(&d).senses.open && !facts(&d).senses.out);
    CHECK_INT(facts(&d).roll.used_mm, fed); /* the same roll may lie in it */
    say(&d, 0, "paper-out");
    pass(&d, 2000, NULL);
    say(&d, 0, "paper-load");
    pass(&d, 2000, NULL);
    CHECK_INT(facts(&d).roll.used_mm, 0); /* it had run out: another one */
    close_desk(&d);
}

TEST_MAIN(T(what_is_left_on_the_roll_is_estimated_and_remembered), T(a_new_roll_is_counted_and_remembered),
          T(sensors_are_told_while_the_cover_is_open))
