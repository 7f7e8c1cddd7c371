/* SPDX-License-Identifier: Apache-2.0
 *
 * A printer of which nobody knows how wide it prints: its ruler, and what is told of it. How the ruler looks: test_papers.c.
 */
#include "printer/known_desk.h"

static void clear_papers(struct desk *d)
{
    virtual_printer_unfinished(d->models[0], on_paper, d);
    d->papers = d->clipped = 0;
}

TEST(one_that_nobody_knows_prints_its_ruler_once)
{
    struct desk d;

    begin_memory();
    open_desk(&d, NULL, "sunmi-58", NULL);
    CHECK(facts(&d).asks_width);
    CHECK_INT(facts(&d).dots, 384);
    pass(&d, 20000, NULL);
    say(&d, 0, "take");
    CHECK_INT(d.papers, 1);
    CHECK_INT(d.n_outcomes, 0); /* it is nobody's paper */
    CHECK(strstr(d.text, "凭证打印机的标尺"));
    CHECK(strstr(d.text, "kioskctl width receipt 48"));
    CHECK_INT(d.clipped, 1); /* the marks it is too narrow for */
    pass(&d, 60000, NULL);
    CHECK(!virtual_printer_unfinished(d.models[0], on_paper, &d));
    close_desk(&d);
    open_desk(&d, NULL, "sunmi-58", NULL);
    pass(&d, 60000, NULL);
    CHECK(!virtual_printer_unfinished(d.models[0], on_paper, &d));
    CHECK(facts(&d).asks_width); /* nobody has answered */
    close_desk(&d);
    end_memory();
}

TEST(the_width_is_told_once_and_kept_with_the_printer)
{
    struct err e = {0};
    struct desk d;

    begin_memory();
    open_desk(&d, NULL, "odd-name", NULL);
    pass(&d, 20000, &d.papers);
    CHECK_INT(d.papers, 1);
    CHECK_INT(printers_tell_width(d.printers, DEVICE_RECEIPT, 71, &e), -ERR_INVALID);
    CHECK_INT(printers_tell_width(d.printers, DEVICE_TICKET, 72, &e), -ERR_NOTFOUND);
    CHECK_INT(printers_tell_width(d.printers, DEVICE_RECEIPT, 72, &e), 0);
    CHECK(!facts(&d).asks_width);
    close_desk(&d);
    open_desk(&d, NULL, "odd-name", NULL);
    CHECK(!facts(&d).asks_width);
    CHECK_INT(facts(&d).dots, 576);
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    CHECK_INT(d.papers, 1);
    CHECK_INT(d.clipped, 0);
    close_desk(&d);
    open_desk(&d, NULL, "odd-no-chinese", NULL); /* another one at the same port */
    CHECK(facts(&d).asks_width);
    close_desk(&d);
    end_memory();
}

/* A desk whose printer is in the middle of its ruler. */
static void open_at_ruler(struct desk *d)
{
    open_desk(d, NULL, NULL, NULL);
    plug(d, 0, "odd-name", "1-2");
    say(d, 0, "slow 50");
    for (int i = 0; i < 4000 && !virtual_printer_unfinished(d->models[0], on_paper, d); i++)
        pass(d, 5, NULL);
    CHECK_INT(d->cuts, 0);
    d->papers = 0;
}

TEST(a_paper_asked_for_during_the_ruler_is_printed_behind_it)
{
    struct desk d;

    open_at_ruler(&d);
    print(&d, DEVICE_RECEIPT, "J001");
    CHECK_INT(d.papers, 0); /* the ruler is under way */
    finish(&d);
    CHECK_STR(d.job, "J001");
    CHECK_INT(d.outcome, PRINTER_DONE);
    CHECK_INT(d.papers, 2);
    CHECK(strstr(d.text, "收件凭证"));
    close_desk(&d);
}

TEST(what_waits_behind_a_ruler_that_cannot_end_is_not_printed)
{
    struct desk d;

    open_at_ruler(&d);
    say(&d, 0, "paper-out");
    print(&d, DEVICE_RECEIPT, "J001");
    pass(&d, 2000, NULL);
    CHECK_INT(d.n_outcomes, 0);
    printers_stop(d.printers, DEVICE_RECEIPT);
    finish(&d);
    CHECK_STR(d.job, "J001");
    CHECK_INT(d.outcome, PRINTER_NOT_PRINTED);
    close_desk(&d);
    open_at_ruler(&d);
    print(&d, DEVICE_RECEIPT, "J002");
    fake_unplug(d.devices[0]);
    pass(&d, 2000, &d.n_outcomes);
    CHECK_INT(d.n_outcomes, 1);
    CHECK_STR(d.job, "J002");
    CHECK_INT(d.outcome, PRINTER_NOT_PRINTED);
    close_desk(&d);
}

/* The right edge of what is under way is not on the paper, whatever the printer confirms. */
TEST(a_paper_wider_than_its_printer_is_never_done)
{
    struct bind_config c = as("generic-80");
    struct err e = {0};
    struct desk d;

    open_desk(&d, &c, "sunmi-58", NULL);
    print(&d, DEVICE_RECEIPT, "J001");
    pass(&d, 1000, &d.n_outcomes);
    CHECK_INT(d.n_outcomes, 0);
    CHECK_INT(printers_tell_width(d.printers, DEVICE_RECEIPT, 48, &e), 0);
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_OUTCOME_UNKNOWN);
    clear_papers(&d);
    print(&d, DEVICE_RECEIPT, "J002");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    clear_papers(&d);
    CHECK_INT(d.clipped, 0);
    close_desk(&d);
}

TEST_MAIN(T(one_that_nobody_knows_prints_its_ruler_once), T(the_width_is_told_once_and_kept_with_the_printer),
          T(a_paper_asked_for_during_the_ruler_is_printed_behind_it),
          T(what_waits_behind_a_ruler_that_cannot_end_is_not_printed), T(a_paper_wider_than_its_printer_is_never_done))
