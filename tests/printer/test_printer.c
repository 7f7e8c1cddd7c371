/* SPDX-License-Identifier: Apache-2.0
 *
 * Printers as the kiosk sees them, on virtual printers: states, roles, and every outcome with the fault that leads to it.
 */
#include "drivers/printer/printer.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "drivers/virtual/printer.h"
#include "printer/printer_desk.h"

/* The last piece of paper is one receipt from its first line on, with nobody else's above it. */
static void check_whole(const struct desk *d)
{
    static const char head[] = "城东政务服务 24 小时自助区\n";

    CHECK(!strncmp(d->text, head, strlen(head)));
    CHECK(!strstr(d->text + 1, head));
    CHECK(strstr(d->text, "申请人  测") != NULL);
    CHECK(!strstr(strstr(d->text, "申请人  测") + 1, "申请人  测"));
    CHECK(strstr(d->text, "第 1 次打印") != NULL);
}

static const char *const models[] = {"epson-tm-t20iii", "xprinter-80", "gprinter-zh380", "zjiang-58"};
#define EACH_MODEL(i) for (size_t i = 0; i < sizeof models / sizeof *models; i++)

TEST(every_model_prints_and_confirms)
{
    EACH_MODEL(i)
    {
        struct desk d;

        open_desk(&d, NULL, models[i], NULL);
        int role = d.states[DEVICE_RECEIPT] == PRINTER_READY ? DEVICE_RECEIPT : DEVICE_TICKET;
        CHECK_INT(d.states[role], PRINTER_READY);
        print(&d, role, "J001");
        finish(&d);
        CHECK_INT(d.outcome, PRINTER_DONE);
        CHECK_STR(d.job, "J001");
        if (i == 3) /* no cutter: the paper hangs there, finished */
            CHECK(virtual_printer_unfinished(d.models[0], on_paper, &d));
        else
            CHECK_INT(d.cuts, 1);
        CHECK(strstr(d.text, "收件凭证"));
        CHECK(strstr(d.text, "高龄津贴申领"));
        print(&d, role, "J002");
        finish(&d);
        CHECK_INT(d.outcome, PRINTER_DONE);
        close_desk(&d);
    }
}

TEST(paper_out_before_is_not_printed)
{
    EACH_MODEL(i)
    {
        struct desk d;
        int role;

        open_desk(&d, NULL, models[i], NULL);
        role = d.states[DEVICE_RECEIPT] == PRINTER_READY ? DEVICE_RECEIPT : DEVICE_TICKET;
        say(&d, 0, "paper-out");
        print(&d, role, "J001");
        finish(&d);
        CHECK_INT(d.outcome, PRINTER_NOT_PRINTED);
        CHECK_INT(d.why, PRINTER_NO_PAPER);
        say(&d, 0, "paper-load");
        pass(&d, 12000, NULL);
        CHECK_INT(d.states[role], PRINTER_READY);
        CHECK(!virtual_printer_unfinished(d.models[0], on_paper, &d));
        close_desk(&d);
    }
}

TEST(paper_out_during_is_held_and_goes_on)
{
    for (size_t i = 0; i < 2; i++) {
        struct desk d;

        open_desk(&d, NULL, models[i], NULL);
        say(&d, 0, "paper-out-after 20");
        print(&d, DEVICE_RECEIPT, "J001");
        pass(&d, 60000, NULL);
        CHECK_INT(d.n_outcomes, 0);
        CHECK(d.held);
        CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_NO_PAPER);
        say(&d, 0, "paper-load");
        finish(&d);
        CHECK_INT(d.outcome, PRINTER_DONE);
        CHECK(!d.held);
        CHECK_INT(d.cuts, 1);
        CHECK(strstr(d.text, "第 1 次打印"));
        close_desk(&d);
    }
}

static int role_of(const struct desk *d)
{
    return d->states[DEVICE_RECEIPT] == PRINTER_ABSENT ? DEVICE_TICKET : DEVICE_RECEIPT;
}

/* Whom nobody can ask while it stands: it answers only in its turn, and its port status is always the same. */
static bool cannot_say(const char *profile)
{
    return !strcmp(profile, "odd-all");
}

/* Held or given up: what it says names the paper. Whether the job ends by itself or is waited for depends on the printer;
 * that it is neither called done nor not printed does not. */
TEST(paper_out_during_is_named_by_every_printer_that_can)
{
    for (const char *const *profile = virtual_printer_profiles(); *profile; profile++) {
        struct desk d;

        open_desk(&d, NULL, *profile, NULL);
        if (*printers_stranger(d.printers)) { /* not a receipt printer */
            close_desk(&d);
            continue;
        }
        pass(&d, 20000, NULL); /* some say nothing at first */
        int role = role_of(&d);
        say(&d, 0, "paper-out-after 10");
        print(&d, role, "J001");
        pass(&d, 150000, &d.n_outcomes);
        bool named = d.n_outcomes ? d.why == PRINTER_NO_PAPER : d.held;
        if (named == cannot_say(*profile) || (d.n_outcomes && d.outcome != PRINTER_OUTCOME_UNKNOWN))
            printf("# %s: %d outcomes, %d, why %d, held %d\n", *profile, d.n_outcomes, d.outcome, d.why, d.held);
        CHECK(named != cannot_say(*profile));
        CHECK(!d.n_outcomes || d.outcome == PRINTER_OUTCOME_UNKNOWN);
        close_desk(&d);
    }
}

TEST(paper_out_at_the_last_line_is_held_too)
{
    EACH_MODEL(i)
    {
        struct desk d;
        int role;

        if (i == 3)
            break; /* it has no cutter to arm */
        open_desk(&d, NULL, models[i], NULL);
        role = d.states[DEVICE_RECEIPT] == PRINTER_READY ? DEVICE_RECEIPT : DEVICE_TICKET;
        say(&d, 0, "paper-out-at-cut");
        print(&d, role, "J001");
        pass(&d, 20000, NULL);
        CHECK_INT(d.n_outcomes, 0);
        CHECK(d.held);
        say(&d, 0, "paper-load");
        finish(&d);
        CHECK_INT(d.outcome, PRINTER_DONE);
        CHECK_INT(d.cuts, 1);
        close_desk(&d);
    }
}

TEST(stopped_while_held_is_unknown_and_nothing_comes_later)
{
    for (size_t i = 0; i < 3; i++) {
        struct desk d;
        int role;

        open_desk(&d, NULL, models[i], NULL);
        role = d.states[DEVICE_RECEIPT] == PRINTER_READY ? DEVICE_RECEIPT : DEVICE_TICKET;
        say(&d, 0, i == 2 ? "paper-out-at-cut" : "paper-out-after 20");
        print(&d, role, "J001");
        pass(&d, 30000, NULL);
        CHECK_INT(d.n_outcomes, 0);
        printers_stop(d.printers, role);
        finish(&d);
        CHECK_INT(d.outcome, PRINTER_OUTCOME_UNKNOWN);
        CHECK_INT(d.why, PRINTER_NO_PAPER);
        d.cuts = 0;
        say(&d, 0, "paper-load");
        pass(&d, 30000, NULL);
        CHECK_INT(d.cuts, 0);
        /* the next one cuts off what hangs there, then prints whole */
        print(&d, role, "J002");
        finish(&d);
        CHECK_INT(d.outcome, PRINTER_DONE);
        CHECK_INT(d.cuts, 2);
        check_whole(&d);
        close_desk(&d);
    }
}

/* What the printer holds when it is unplugged is the front of an image, and it waits for the rest of it. */
static void unplug_at(int ms, bool *ret_in_image)
{
    struct desk d;
    size_t len;

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    say(&d, 0, "slow 40");
    print(&d, DEVICE_RECEIPT, "J001");
    pass(&d, ms, NULL);
    fake_unplug(d.devices[0]);
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(d.why, PRINTER_ABSENT);
    pass(&d, 100, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_ABSENT);
    print(&d, DEVICE_RECEIPT, "J002");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(d.why, PRINTER_ABSENT);
    /* plugged in again it is found, brought into step, and prints whole */
    say(&d, 0, "slow 0");
    d.models[0]->ops->tick(d.models[0], clock_mono_ms() + 60000);
    clock_advance(60000);
    d.devices[0] = fake_plug(d.usb, d.models[0], "1-2");
    pass(&d, 3000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    /* an image in wait swallows the question that an idle printer would answer */
    d.models[0]->ops->out(d.models[0], d.models[0]->ops->descriptors(d.models[0], &len)[38], (const uint8_t *)"\x1Dr\1", 3,
                          clock_mono_ms());
    *ret_in_image |= d.models[0]->ops->in(d.models[0], 0x82, (uint8_t[64]){0}, 64, clock_mono_ms()) == VIRTUAL_NAK;
    print(&d, DEVICE_RECEIPT, "J003");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    check_whole(&d);
    close_desk(&d);
}

TEST(unplugged_in_the_raster_is_unknown)
{
    bool in_image = false;

    for (int ms = 300; ms <= 1500; ms += 300)
        unplug_at(ms, &in_image);
    CHECK(in_image);
}

TEST(dying_at_any_byte_is_never_called_done_or_not_printed_wrongly)
{
    for (int bytes = 0; bytes < 24000; bytes += 1700) {
        struct desk d;
        char words[40];

        open_desk(&d, NULL, "epson-tm-t20iii", NULL);
        snprintf(words, sizeof words, "die-after %d", bytes);
        say(&d, 0, words);
        print(&d, DEVICE_RECEIPT, "J001");
        finish(&d);
        if (d.outcome == PRINTER_NOT_PRINTED)
            CHECK(!virtual_printer_unfinished(d.models[0], on_paper, &d) && !d.cuts);
        if (d.outcome == PRINTER_DONE)
            CHECK_INT(d.cuts, 1);
        if (bytes > 1000 && bytes < 20000)
            CHECK_INT(d.outcome, PRINTER_OUTCOME_UNKNOWN);
        if (bytes == 0)
            CHECK_INT(d.outcome, PRINTER_NOT_PRINTED);
        close_desk(&d);
    }
}

TEST(every_write_may_fail_in_its_middle)
{
    static const int codes[] = {0, -ERR_TIMEOUT, -ERR_STALL, -ERR_IO};

    for (size_t c = 0; c < sizeof codes / sizeof *codes; c++)
        for (int n = 1; n < 12; n++) {
            struct desk d;

            open_desk(&d, NULL, "xprinter-80", NULL);
            d.usb->fail_write = d.usb->writes + n - 1;
            d.usb->fail_rc = codes[c];
            print(&d, DEVICE_RECEIPT, "J001");
            finish(&d);
            if (codes[c] != -ERR_IO) { /* resumed, nothing twice and nothing lost */
                CHECK_INT(d.outcome, PRINTER_DONE);
                CHECK_INT(d.cuts, 1);
                CHECK(strstr(d.text, "第 1 次打印"));
            } else if (d.usb->writes > d.usb->fail_write) {
                CHECK_INT(d.outcome == PRINTER_NOT_PRINTED, n == 1); /* the first one asks */
                CHECK(d.outcome != PRINTER_DONE);
            }
            close_desk(&d);
        }
}

TEST(what_an_earlier_run_left_is_cut_off)
{
    struct desk d;

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    printers_cut_first(d.printers, DEVICE_RECEIPT);
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    CHECK_INT(d.cuts, 2);
    print(&d, DEVICE_RECEIPT, "J002");
    finish(&d);
    CHECK_INT(d.cuts, 3);
    close_desk(&d);
}

TEST(a_silent_printer_is_a_fault)
{
    struct desk d;

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    say(&d, 0, "silent");
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(d.why, PRINTER_FAULT);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_FAULT);
    say(&d, 0, "clear");
    pass(&d, 12000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    close_desk(&d);
}

TEST(going_silent_in_the_job_is_unknown)
{
    struct desk d;

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    say(&d, 0, "slow 100");
    print(&d, DEVICE_RECEIPT, "J001");
    pass(&d, 1000, NULL);
    say(&d, 0, "silent");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(d.why, PRINTER_FAULT);
    close_desk(&d);
}

TEST(a_jam_ends_unknown_and_an_open_cover_holds)
{
    struct desk d;

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    say(&d, 0, "slow 100");
    print(&d, DEVICE_RECEIPT, "J001");
    pass(&d, 1000, NULL);
    say(&d, 0, "cover-open");
    pass(&d, 60000, NULL);
    CHECK(d.held);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_OPEN);
    say(&d, 0, "cover-close");
    pass(&d, 500, NULL);
    CHECK(!d.held);
    say(&d, 0, "jam");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_OUTCOME_UNKNOWN);
    CHECK_INT(d.why, PRINTER_FAULT);
    close_desk(&d);
}

TEST(the_cutter_stuck_before_is_not_printed)
{
    struct desk d;

    open_desk(&d, NULL, "xprinter-80", NULL);
    say(&d, 0, "cutter");
    pass(&d, 100, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_FAULT);
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_NOT_PRINTED);
    CHECK_INT(d.why, PRINTER_FAULT);
    close_desk(&d);
}

TEST(changes_are_told_when_idle)
{
    struct desk d;

    open_desk(&d, NULL, "epson-tm-t20iii", "gprinter-zh380");
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    CHECK_INT(d.states[DEVICE_TICKET], PRINTER_READY);
    say(&d, 0, "paper-low");
    pass(&d, 50, NULL); /* by itself, at once */
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_LOW);
    say(&d, 0, "paper-out");
    pass(&d, 50, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_NO_PAPER);
    say(&d, 1, "cover-open");
    pass(&d, 8000, NULL); /* asked */
    CHECK_INT(d.states[DEVICE_TICKET], PRINTER_OPEN);
    close_desk(&d);
}

TEST(an_idle_printer_that_reports_by_itself_is_left_alone)
{
    struct desk d;
    int writes;

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    pass(&d, 10000, NULL);
    writes = d.usb->writes;
    pass(&d, 60000, NULL);
    CHECK_INT(d.usb->writes, writes);
    close_desk(&d);
}

TEST(roles_go_by_hint_then_by_port_and_stay)
{
    struct desk d;

    open_desk(&d, NULL, "gprinter-zh380", "epson-tm-t20iii");
    CHECK(strstr(printers_profile(d.printers, DEVICE_TICKET), "gprinter-zh380 (vendor and product)"));
    CHECK(strstr(printers_profile(d.printers, DEVICE_RECEIPT), "epson-tm-t20iii"));
    close_desk(&d);
    open_desk(&d, NULL, "xprinter-80", "xprinter-80");
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    CHECK_INT(d.states[DEVICE_TICKET], PRINTER_READY);
    /* the receipt printer leaves: its papers must not come out of the other */
    fake_unplug(d.devices[0]);
    pass(&d, 1000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_ABSENT);
    CHECK_INT(d.states[DEVICE_TICKET], PRINTER_READY);
    d.devices[0] = fake_plug(d.usb, d.models[0], "1-2");
    pass(&d, 1000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    close_desk(&d);
}

TEST(devices_json_decides)
{
    struct bind_config c;
    struct err e = {0};
    struct desk d;

    CHECK_INT(bind_read(NULL, &c, &e), 0);
    c.roles[DEVICE_RECEIPT].named = c.roles[DEVICE_TICKET].named = true;
    strcpy(c.roles[DEVICE_RECEIPT].port, "1-10");
    strcpy(c.roles[DEVICE_RECEIPT].profile, "generic-80");
    c.roles[DEVICE_TICKET].vendor = 0x0FE6;
    open_desk(&d, &c, "xprinter-80", "epson-tm-t20iii");
    CHECK_STR(printers_profile(d.printers, DEVICE_RECEIPT), "generic-80 (devices.json)");
    CHECK(strstr(printers_profile(d.printers, DEVICE_TICKET), "xprinter-80"));
    close_desk(&d);
}

/* What nobody knows the width of is taken for the narrowest: nothing runs off its edge, title and code neither. */
TEST(a_printer_nobody_knows_is_taken_for_58_mm)
{
    struct desk d;

    open_desk(&d, NULL, "sunmi-58", NULL);
    CHECK_STR(printers_profile(d.printers, DEVICE_RECEIPT), "unknown (class)");
    pass(&d, 20000, NULL);
    say(&d, 0, "take"); /* its ruler */
    d.clipped = 0;
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    virtual_printer_unfinished(d.models[0], on_paper, &d);
    CHECK_INT(d.clipped, 0);
    CHECK(strstr(d.text, "收件凭证") && d.n_qr == 1);
    close_desk(&d);
}

/* A label printer is of the same class; what it would be sent comes out as rubbish, or not at all. */
TEST(a_label_printer_gets_no_role_and_not_a_byte)
{
    struct printer_about about;
    struct bind_config c;
    struct desk d;

    open_desk(&d, NULL, "munbyn-rw403b", NULL);
    pass(&d, 30000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_ABSENT);
    CHECK_INT(d.states[DEVICE_TICKET], PRINTER_ABSENT);
    CHECK_INT(d.usb->writes, 0);
    CHECK(printers_about(d.printers, d.devices[0], &about));
    CHECK_INT(about.role, -1);
    CHECK_STR(about.language, "TSPL");
    CHECK(!about.prints_pages);
    CHECK_STR(printers_stranger(d.printers), "TSPL");
    plug(&d, 1, "epson-tm-t20iii", "1-10"); /* one that prints receipts has the role */
    pass(&d, 2000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    close_desk(&d);
    /* a port alone does not make it another printer; a profile that somebody named does */
    bind_read(NULL, &c, NULL);
    c.roles[DEVICE_RECEIPT].named = true;
    strcpy(c.roles[DEVICE_RECEIPT].port, "1-2");
    open_desk(&d, &c, "rongta-rp425", NULL);
    CHECK_INT(d.usb->writes, 0);
    CHECK_STR(printers_stranger(d.printers), "ZPL");
    close_desk(&d);
    strcpy(c.roles[DEVICE_RECEIPT].profile, "generic-80");
    open_desk(&d, &c, "rongta-rp425", NULL);
    CHECK(d.usb->writes > 0);
    CHECK_STR(printers_stranger(d.printers), "");
    close_desk(&d);
}

/* Asked what it understands it says nothing: it is waited for, so that the order of ports holds, but not for ever. */
TEST(one_that_does_not_say_what_it_understands)
{
    struct desk d;

    open_desk(&d, NULL, NULL, NULL);
    plug(&d, 0, "xprinter-80", "1-2");
    plug(&d, 1, "xprinter-80", "1-10");
    d.usb->mute_control = d.devices[0];
    pass(&d, 300, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_ABSENT);
    pass(&d, 2000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    CHECK_INT(d.states[DEVICE_TICKET], PRINTER_READY);
    fake_unplug(d.devices[0]);
    pass(&d, 200, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_ABSENT); /* the first port was the receipt printer's */
    close_desk(&d);
    /* and it leaves before its time is over */
    open_desk(&d, NULL, NULL, NULL);
    plug(&d, 0, "xprinter-80", "1-2");
    plug(&d, 1, "xprinter-80", "1-10");
    d.usb->mute_control = d.devices[0];
    pass(&d, 200, NULL);
    fake_unplug(d.devices[0]);
    pass(&d, 2000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    close_desk(&d);
}

TEST(one_job_at_a_time_for_each_role)
{
    struct desk d;
    struct paper *p = papers_ticket(1);
    struct err e = {0};

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    print(&d, DEVICE_RECEIPT, "J001");
    CHECK_INT(printers_print(d.printers, DEVICE_RECEIPT, p, "J002", &e), -ERR_BUSY);
    finish(&d);
    CHECK_STR(d.job, "J001");
    paper_destroy(p);
    close_desk(&d);
}

TEST(a_device_somebody_else_has_is_absent_until_it_is_free)
{
    struct desk d;

    memset(&d, 0, sizeof d);
    d.loop = loop_create();
    d.usb = usb_create(d.loop, NULL);
    d.usb->refuse_open = -ERR_BUSY;
    plug(&d, 0, "epson-tm-t20iii", "1-2");
    d.printers = printers_create(d.loop, d.usb, PROFILES, NULL, NULL, &events, &d, NULL);
    pass(&d, 1000, NULL);
    CHECK_INT(printers_state(d.printers, DEVICE_RECEIPT), PRINTER_ABSENT);
    CHECK_STR(printers_profile(d.printers, DEVICE_RECEIPT), "");
    d.usb->refuse_open = 0;
    pass(&d, 2000, NULL);
    CHECK_INT(printers_state(d.printers, DEVICE_RECEIPT), PRINTER_READY);
    close_desk(&d);
}

TEST_MAIN(T(every_model_prints_and_confirms), T(paper_out_before_is_not_printed), T(paper_out_during_is_held_and_goes_on),
          T(paper_out_during_is_named_by_every_printer_that_can), T(paper_out_at_the_last_line_is_held_too),
          T(stopped_while_held_is_unknown_and_nothing_comes_later), T(unplugged_in_the_raster_is_unknown),
          T(dying_at_any_byte_is_never_called_done_or_not_printed_wrongly), T(every_write_may_fail_in_its_middle),
          T(what_an_earlier_run_left_is_cut_off), T(a_silent_printer_is_a_fault), T(going_silent_in_the_job_is_unknown),
          T(a_jam_ends_unknown_and_an_open_cover_holds), T(the_cutter_stuck_before_is_not_printed),
          T(changes_are_told_when_idle), T(an_idle_printer_that_reports_by_itself_is_left_alone),
          T(roles_go_by_hint_then_by_port_and_stay), T(devices_json_decides), T(a_printer_nobody_knows_is_taken_for_58_mm),
          T(a_label_printer_gets_no_role_and_not_a_byte), T(one_that_does_not_say_what_it_understands),
          T(one_job_at_a_time_for_each_role), T(a_device_somebody_else_has_is_absent_until_it_is_free))
