/* SPDX-License-Identifier: Apache-2.0
 *
 * One printer between its jobs: which confirmation it knows, the ticket at its output, and printers that answer unlike
 * others. Its roll: test_unit_roll.c. Outcomes of jobs: test_printer.c.
 */
#include "drivers/printer/unit.h"

#include "base/fs.h"
#include "printer/known_desk.h"

/* --- confirmation --- */

TEST(it_is_probed_once_and_remembered)
{
    struct desk d;
    int writes;

    begin_memory();
    open_desk(&d, NULL, "xprinter-80", NULL);
    CHECK_STR(facts(&d).confirm, "paper-status");
    CHECK(!virtual_printer_unfinished(d.models[0], on_paper, &d)); /* it left no trace */
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    writes = d.usb->writes;
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    close_desk(&d);
    open_desk(&d, NULL, "xprinter-80", NULL);
    CHECK_STR(facts(&d).confirm, "paper-status");
    CHECK_INT(facts(&d).printed, 1);
    CHECK(d.usb->writes < writes); /* not probed again */
    fake_unplug(d.devices[0]);
    pass(&d, 200, NULL);
    CHECK_STR(facts(&d).confirm, "");
    writes = d.usb->writes;
    fake_plug(d.usb, d.models[0], "1-2");
    pass(&d, 2000, NULL);
    CHECK_STR(facts(&d).confirm, "paper-status");
    CHECK_INT(d.usb->writes, writes + 1); /* one question, and no probe */
    close_desk(&d);
    end_memory();
}

TEST(a_printer_that_knows_gs_h_is_asked_by_it)
{
    struct bind_config c = as("generic-80");
    struct desk d;

    open_desk(&d, &c, "epson-tm-t20iii", NULL);
    CHECK_STR(facts(&d).confirm, "process-id");
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    close_desk(&d);
}

TEST(a_printer_out_of_paper_is_probed_when_it_has_some)
{
    struct desk d;

    begin_memory();
    memset(&d, 0, sizeof d);
    open_desk(&d, NULL, NULL, NULL);
    plug(&d, 0, "xprinter-80", "1-2");
    say(&d, 0, "paper-out");
    pass(&d, 3000, NULL);
    CHECK_STR(facts(&d).confirm, "");
    say(&d, 0, "paper-load");
    pass(&d, 12000, NULL);
    CHECK_STR(facts(&d).confirm, "paper-status");
    close_desk(&d);
    end_memory();
}

TEST(memory_that_cannot_be_read_is_begun_anew)
{
    char path[96];
    struct err e = {0};
    struct desk d;

    begin_memory();
    snprintf(path, sizeof path, "%s/%s", folder, KNOWN_FILE);
    CHECK_INT(fs_write_atomic(path, "{\"printers\":[{\"devi", 20, 0644, &e), 0);
    open_desk(&d, NULL, "xprinter-80", NULL);
    CHECK_STR(facts(&d).confirm, "paper-status");
    close_desk(&d);
    end_memory();
}

/* --- what it is --- */

TEST(it_is_asked_what_it_is_once_it_is_idle)
{
    struct desk d;
    int writes;

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    CHECK_STR(facts(&d).firmware, "2.21 ESC/POS");
    CHECK_STR(facts(&d).maker, "EPSON");
    CHECK_STR(facts(&d).model, "TM-T20III");
    CHECK_STR(facts(&d).serial, "X3B7001234");
    CHECK(!virtual_printer_unfinished(d.models[0], on_paper, &d)); /* it left no trace */
    writes = d.usb->writes;
    pass(&d, 60000, NULL);
    CHECK_INT(d.usb->writes, writes); /* once; it tells its status by itself */
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    CHECK_STR(facts(&d).firmware, "2.21 ESC/POS");
    fake_unplug(d.devices[0]);
    pass(&d, 200, NULL);
    CHECK_STR(facts(&d).firmware, "");
    close_desk(&d);
}

/* It is no fault, and it is not asked again when it comes back. */
TEST(one_that_does_not_say_what_it_is)
{
    struct bind_config c = as("epson-tm-t88");
    struct desk d;
    int writes;

    open_desk(&d, &c, "xprinter-80", NULL);
    CHECK_STR(facts(&d).firmware, "");
    CHECK_STR(facts(&d).fault, "");
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    fake_unplug(d.devices[0]);
    pass(&d, 200, NULL);
    writes = d.usb->writes;
    fake_plug(d.usb, d.models[0], "1-2");
    pass(&d, 2000, NULL);
    CHECK_INT(d.usb->writes, writes + 1); /* its status */
    CHECK_STR(facts(&d).fault, "");
    close_desk(&d);
}

TEST(one_that_is_not_known_to_tell_is_not_asked)
{
    struct desk d;

    open_desk(&d, NULL, "odd-name", NULL);
    CHECK_STR(printers_profile(d.printers, DEVICE_RECEIPT), "unknown (class)");
    CHECK_STR(facts(&d).maker, "");
    close_desk(&d);
}

TEST(what_it_says_is_made_harmless)
{
    struct bind_config c = as("epson-tm-t88");
    struct desk d;

    open_desk(&d, &c, "odd-name", NULL);
    CHECK_STR(facts(&d).firmware, "");
    CHECK_STR(facts(&d).maker, "EPSON");
    CHECK_STR(facts(&d).model, "TM-T88V[2J TM-T88V TM-T88V TM-T88V TM-T8");
    CHECK_STR(facts(&d).serial, "ODD0x14");
    CHECK_STR(printers_profile(d.printers, DEVICE_RECEIPT), "epson-tm-t88 (devices.json)"); /* believed of nobody */
    close_desk(&d);
}

/* A paper waits for the answers, so that none passes for its marker; silence holds it up no longer than an answer takes. */
TEST(a_paper_asked_for_meanwhile)
{
    static const char *const words[] = {"clear", "silent"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct bind_config c = as("epson-tm-t88");
        struct desk d;
        int writes;

        memset(&d, 0, sizeof d);
        open_desk(&d, &c, NULL, NULL);
        plug(&d, 0, "xprinter-80", "1-2");
        while (!*facts(&d).confirm)
            pass(&d, 5, NULL);
        for (writes = d.usb->writes; d.usb->writes < writes + 2;) /* its status once more, then what it is */
            pass(&d, 5, NULL);
        say(&d, 0, words[i]);
        print(&d, DEVICE_RECEIPT, "J001");
        pass(&d, 3500, NULL);
        say(&d, 0, "clear");
        finish(&d);
        CHECK_INT(d.outcome, PRINTER_DONE);
        CHECK_INT(d.cuts, 1);
        close_desk(&d);
    }
}

/* Whenever a paper is asked for while a question between jobs is open, that answer is none to the job's own questions. */
TEST(a_paper_asked_for_while_it_is_asked_how_it_is)
{
    static const struct {
        const char *model, *word;
        int role;
    } on[] = {{"custom-vkp80", "clear", DEVICE_RECEIPT}, /* its full status, and three more */
              {"custom-vkp80", "paper-low", DEVICE_RECEIPT},
              {"gprinter-zh380", "paper-low", DEVICE_TICKET}};

    for (int i = 0; i < 3 * 5; i++) {
        struct desk d;
        int writes;

        open_desk(&d, NULL, on[i / 5].model, NULL);
        print(&d, on[i / 5].role, "J001");
        finish(&d);
        pass(&d, 8000, NULL);
        say(&d, 0, on[i / 5].word);
        for (writes = d.usb->writes; d.usb->writes == writes;)
            pass(&d, 5, NULL);
        pass(&d, i % 5 * 5, NULL);
        d.n_outcomes = 0;
        print(&d, on[i / 5].role, "J002");
        finish(&d);
        CHECK_INT(d.outcome, PRINTER_DONE);
        close_desk(&d);
    }
}

/* --- the ticket at the output --- */

static void print_and_wait(struct desk *d, const char *job)
{
    print(d, DEVICE_RECEIPT, job);
    finish(d);
    CHECK_INT(d->outcome, PRINTER_DONE);
    pass(d, 3000, NULL);
}

TEST(a_ticket_is_presented_and_taken)
{
    struct desk d;

    open_desk(&d, NULL, "custom-vkp80", NULL);
    CHECK_STR(printers_profile(d.printers, DEVICE_RECEIPT), "custom-vkp80 (vendor)");
    print_and_wait(&d, "J001");
    CHECK_INT(d.tickets[PRINTER_TICKET_OUT], 1);
    CHECK_STR(d.ticket_job, "J001");
    CHECK_INT(d.tickets[PRINTER_TICKET_TAKEN], 0);
    say(&d, 0, "take");
    pass(&d, 2000, NULL);
    CHECK_INT(d.tickets[PRINTER_TICKET_TAKEN], 1);
    CHECK_STR(d.ticket_job, "J001");
    pass(&d, 200000, NULL);
    CHECK_INT(d.tickets[PRINTER_TICKET_RETRACTED], 0);
    CHECK_INT(facts(&d).retracted, 0);
    close_desk(&d);
}

TEST(what_nobody_takes_is_drawn_back_and_counted)
{
    struct desk d;

    begin_memory();
    open_desk(&d, NULL, "custom-vkp80", NULL);
    print_and_wait(&d, "J001");
    pass(&d, 50000, NULL);
    CHECK_INT(d.tickets[PRINTER_TICKET_RETRACTED], 0);
    pass(&d, 20000, NULL);
    CHECK_INT(d.tickets[PRINTER_TICKET_RETRACTED], 1);
    CHECK_INT(d.tickets[PRINTER_TICKET_TAKEN], 0);
    CHECK_STR(d.ticket_job, "J001");
    close_desk(&d);
    open_desk(&d, NULL, "custom-vkp80", NULL);
    CHECK_INT(facts(&d).retracted, 1); /* it does not forget */
    close_desk(&d);
    end_memory();
}

TEST(the_next_one_never_pushes_out_anothers_ticket)
{
    struct desk d;

    open_desk(&d, NULL, "custom-vkp80", NULL);
    print_and_wait(&d, "J001");
    print(&d, DEVICE_RECEIPT, "J002");
    CHECK_INT(d.tickets[PRINTER_TICKET_RETRACTED], 1);
    CHECK_STR(d.ticket_job, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    pass(&d, 3000, NULL);
    CHECK_INT(d.tickets[PRINTER_TICKET_OUT], 2);
    CHECK_STR(d.ticket_job, "J002");
    close_desk(&d);
}

/* The program died while one stood there: the next run finds it and draws it back. */
TEST(a_ticket_of_an_earlier_run_is_found)
{
    struct desk d, next;

    open_desk(&d, NULL, "custom-vkp80", NULL);
    print_and_wait(&d, "J001");
    memset(&next, 0, sizeof next);
    open_desk(&next, NULL, NULL, NULL);
    next.models[0] = d.models[0];
    d.models[0] = NULL;
    d.usb->devices[0].model = NULL;
    close_desk(&d);
    fake_plug(next.usb, next.models[0], "1-2");
    pass(&next, 10000, NULL);
    CHECK_INT(next.tickets[PRINTER_TICKET_OUT], 1);
    CHECK_STR(next.ticket_job, "");
    pass(&next, 70000, NULL);
    CHECK_INT(next.tickets[PRINTER_TICKET_RETRACTED], 1);
    close_desk(&next);
}

TEST(a_cutter_that_tells_what_was_not_torn_off)
{
    struct bind_config c = as("cashino-kp-628e");
    struct desk d;

    open_desk(&d, &c, "cashino-kp628e", NULL);
    print_and_wait(&d, "J001");
    pass(&d, 8000, NULL);
    CHECK_INT(d.tickets[PRINTER_TICKET_OUT], 1);
    say(&d, 0, "take");
    pass(&d, 8000, NULL);
    CHECK_INT(d.tickets[PRINTER_TICKET_TAKEN], 1);
    pass(&d, 200000, NULL);
    CHECK_INT(d.tickets[PRINTER_TICKET_RETRACTED], 0); /* it has nothing to draw it back with */
    close_desk(&d);
}

/* --- those that answer unlike others --- */

TEST(one_that_answers_gs_r_and_nothing_else_prints)
{
    struct desk d;

    open_desk(&d, NULL, "odd-no-status", NULL);
    pass(&d, 20000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    print_and_wait(&d, "J001");
    CHECK_INT(d.cuts, 2);
    say(&d, 0, "paper-out");
    pass(&d, 8000, NULL);
    CHECK_INT(d.n_outcomes, 1);
    close_desk(&d);
}

TEST(odd_ones_print_and_confirm)
{
    static const struct {
        const char *model, *profile;
    } odd[] = {{"odd-in-order", "pyramid-phoenix"}, {"odd-bare-status", "pyramid-phoenix"},
               {"odd-mute", "pyramid-phoenix"},     {"odd-small-buffer", "generic-80"},
               {"odd-protocol-1", "generic-80"},    {"odd-no-strings", "generic-80"},
               {"odd-alternates", "generic-80"},    {"odd-24-rows", "generic-80"},
               {"odd-in-order", "generic-80"},      {"odd-bare-status", "generic-80"},
               {"odd-mute", "generic-80"}};

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct bind_config c = as(odd[i].profile);
        struct desk d;

        open_desk(&d, &c, odd[i].model, NULL);
        pass(&d, 12000, NULL);
        print(&d, DEVICE_RECEIPT, "J001");
        finish(&d);
        if (d.outcome != PRINTER_DONE)
            printf("# %s as %s\n", odd[i].model, odd[i].profile);
        CHECK_INT(d.outcome, PRINTER_DONE);
        close_desk(&d);
    }
}

TEST(every_twin_prints_by_its_profile)
{
    static const struct {
        const char *model, *profile;
    } twins[] = {
        {"epson-tm-t20iii", "epson-tm-t20iii"}, {"epson-tm-t88", "epson-tm-t88"},       {"xprinter-80", "xprinter-80"},
        {"gprinter-gp80", "gprinter-80"},       {"snbc-btp-r880np", "snbc-btp-r880np"}, {"snbc-bt-t080", "snbc-bt-t080"},
        {"rongta-rp326", "rongta-rp326"},       {"zjiang-58", "zjiang-pos-5890"},       {"sunmi-58", "sunmi-58"},
        {"custom-vkp80", "custom-vkp80"},       {"cashino-kp628e", "cashino-kp-628e"},  {"star-escpos", "star-escpos"},
        {"gprinter-zh380", "gprinter-zh380"}};

    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
        struct bind_config c = as(twins[i].profile);
        struct desk d;

        open_desk(&d, &c, twins[i].model, NULL);
        CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
        print(&d, DEVICE_RECEIPT, "J001");
        finish(&d);
        if (d.outcome != PRINTER_DONE)
            printf("# %s\n", twins[i].model);
        CHECK_INT(d.outcome, PRINTER_DONE);
        if (!d.cuts)
            CHECK(virtual_printer_unfinished(d.models[0], on_paper, &d));
        if (strcmp(twins[i].profile, "cashino-kp-628e")) /* its twin is narrower than what is known of it */
            CHECK(strstr(d.text, "收件凭证"));
        close_desk(&d);
    }
}

/* Found by its ids, driven as its profile says; for a profile that does not, it has nothing that prints. */
TEST(one_whose_interface_is_of_its_vendors_class)
{
    struct bind_config c = as("epson-tm-t20iii");
    struct printer_about about;
    struct desk d;

    open_desk(&d, NULL, "epson-tm-t88", NULL);
    CHECK_INT(d.devices[0]->info.interfaces[0].class_, 0xFF);
    CHECK_STR(printers_profile(d.printers, DEVICE_RECEIPT), "epson-tm-t88 (vendor and product)");
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    CHECK_INT(d.cuts, 1);
    CHECK(strstr(d.text, "收件凭证"));
    close_desk(&d);
    open_desk(&d, &c, "epson-tm-t88", NULL);
    CHECK(!printers_about(d.printers, d.devices[0], &about));
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_ABSENT);
    close_desk(&d);
}

TEST(automatic_status_that_was_lost_comes_back)
{
    struct desk d;

    open_desk(&d, NULL, "epson-tm-t20iii", NULL);
    pass(&d, 5000, NULL);
    d.models[0]->ops->out(d.models[0], 0x01,
                          (const uint8_t *)"\x1D"
                                           "a\0",
                          3, clock_mono_ms()); /* as a reset of it would */
    pass(&d, 100, NULL);
    say(&d, 0, "paper-low");
    pass(&d, 1000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY); /* nobody told */
    pass(&d, 125000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_LOW);
    say(&d, 0, "paper-out");
    pass(&d, 100, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_NO_PAPER);
    close_desk(&d);
}

TEST(faults_have_words)
{
    struct desk d;

    open_desk(&d, NULL, "snbc-bt-t080", NULL);
    CHECK_STR(facts(&d).fault, "");
    say(&d, 0, "jam");
    pass(&d, 8000, NULL);
    CHECK_STR(facts(&d).fault, "jam"); /* named by the twin's own model string */
    say(&d, 0, "clear");
    say(&d, 0, "cutter");
    pass(&d, 8000, NULL);
    CHECK_STR(facts(&d).fault, "cutter");
    say(&d, 0, "clear");
    pass(&d, 8000, NULL);
    CHECK_STR(facts(&d).fault, "");
    say(&d, 0, "silent");
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_NOT_PRINTED);
    CHECK_STR(facts(&d).fault, "power-cycle"); /* the ladder was climbed to its end */
    say(&d, 0, "clear");
    pass(&d, 20000, NULL);
    CHECK_STR(facts(&d).fault, "");
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    close_desk(&d);
}

/* It executes all in order and waits for the rest of an image: what it is asked becomes part of that. */
TEST(a_silent_printer_inside_an_image_is_brought_back_without_a_job)
{
    static const uint8_t image[] = {0x1D, 'v', '0', 0, 72, 0, 24, 0}; /* its first bytes */
    struct desk d;
    size_t len;

    open_desk(&d, NULL, "odd-all", NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    d.models[0]->ops->out(d.models[0], d.models[0]->ops->descriptors(d.models[0], &len)[38], image, sizeof image,
                          clock_mono_ms());
    for (int t = 0; t < 130 && d.states[DEVICE_RECEIPT] == PRINTER_READY; t++)
        pass(&d, 1000, NULL); /* one that reports by itself is asked every two minutes */
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_FAULT);
    CHECK_STR(facts(&d).fault, "silent");
    pass(&d, 60000, NULL);
    CHECK_INT(d.states[DEVICE_RECEIPT], PRINTER_READY);
    print(&d, DEVICE_RECEIPT, "J001");
    finish(&d);
    CHECK_INT(d.outcome, PRINTER_DONE);
    close_desk(&d);
}

TEST_MAIN(T(it_is_probed_once_and_remembered), T(a_printer_that_knows_gs_h_is_asked_by_it),
          T(a_printer_out_of_paper_is_probed_when_it_has_some), T(memory_that_cannot_be_read_is_begun_anew),
          T(it_is_asked_what_it_is_once_it_is_idle), T(one_that_does_not_say_what_it_is),
          T(one_that_is_not_known_to_tell_is_not_asked), T(what_it_says_is_made_harmless), T(a_paper_asked_for_meanwhile),
          T(a_paper_asked_for_while_it_is_asked_how_it_is), T(a_ticket_is_presented_and_taken),
          T(what_nobody_takes_is_drawn_back_and_counted), T(the_next_one_never_pushes_out_anothers_ticket),
          T(a_ticket_of_an_earlier_run_is_found), T(a_cutter_that_tells_what_was_not_torn_off),
          T(one_that_answers_gs_r_and_nothing_else_prints), T(odd_ones_print_and_confirm),
          T(every_twin_prints_by_its_profile), T(one_whose_interface_is_of_its_vendors_class),
          T(automatic_status_that_was_lost_comes_back), T(faults_have_words),
          T(a_silent_printer_inside_an_image_is_brought_back_without_a_job))
