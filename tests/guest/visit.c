/* SPDX-License-Identifier: Apache-2.0
 *
 * guest-visit: our drivers on a kernel's own usbfs, without a terminal around them. Says a line for whatever reader and
 * receipt printer do, and prints each card that was read. What it says holds a card's name: for synthetic cards only.
 */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "drivers/idcard/idcard.h"
#include "drivers/printer/printer.h"

struct visit {
    struct loop *loop;
    struct usb *usb;
    struct idcard *reader;
    struct printers *printers;
};

static void say(const char *who, const char *what)
{
    printf("visit: %s %s\n", who, what);
    fflush(stdout);
}

/* --- reader ----------------------------------------------------------------------------------------------------------- */

static void on_reader(void *ctx, enum reader_health state)
{
    static const char *const words[] = {[READER_ABSENT] = "absent", [READER_FAULT] = "fault", [READER_READY] = "ready"};
    say("reader", words[state]);
}

static void on_seen(void *ctx)
{
}

static void on_read(void *ctx, const struct identity *card)
{
    struct visit *v = ctx;
    struct err e = {0};
    struct paper *p = paper_create();
    say("card", card->name);
    paper_text(p, PAPER_DOUBLE, PAPER_CENTER, true, card->name); /* as dots: some packets more */
    paper_row(p, 8, "name", card->name, false);
    paper_row(p, 8, "number", card->number, false);
    paper_qr(p, card->number);
    paper_cut(p);
    int rc = printers_print(v->printers, DEVICE_RECEIPT, p, "V001", &e);
    paper_destroy(p);
    if (rc < 0)
        say("paper", e.text);
}

static void on_failed(void *ctx, enum card_fault why)
{
    say("card", card_fault_word(why));
}

static void on_unknown(void *ctx)
{
    say("card", "of an unknown kind");
}

static void on_lies(void *ctx)
{
    say("card", "from before");
}

static void on_lifted(void *ctx)
{
    say("card", "lifted");
}

/* --- printer ---------------------------------------------------------------------------------------------------------- */

static void on_printer(void *ctx, int role, enum printer_health state)
{
    say(device_word(role), printer_word(state));
}

static void on_progress(void *ctx, int role, int percent, bool held)
{
}

static void on_outcome(void *ctx, int role, const char *job, enum printer_outcome outcome, enum printer_health why)
{
    static const char *const words[] = {"done", "not printed", "unknown"};
    say("paper", words[outcome]);
}

/* --- the loop --------------------------------------------------------------------------------------------------------- */

static void on_terminate(void *ctx)
{
    loop_stop(((struct visit *)ctx)->loop);
}

static int run(struct visit *v, const char *profiles, struct err *e)
{
    static const struct idcard_events card = {.state = on_reader,
                                              .seen = on_seen,
                                              .read = on_read,
                                              .failed = on_failed,
                                              .unknown = on_unknown,
                                              .lies = on_lies,
                                              .lifted = on_lifted};
    static const struct printers_events print = {.state = on_printer, .progress = on_progress, .outcome = on_outcome};
    int rc = loop_on_terminate(v->loop, on_terminate, v);
    if (rc == 0 && !(v->usb = usb_create(v->loop, e)))
        rc = -ERR_IO;
    if (rc == 0 && !(v->reader = idcard_create(v->loop, v->usb, &card, v)))
        rc = err_set(e, ERR_NOMEM, "the reader");
    if (rc == 0 && !(v->printers = printers_create(v->loop, v->usb, profiles, NULL, NULL, &print, v, e)))
        rc = -ERR_INVALID;
    if (rc < 0)
        return rc;
    idcard_poll(v->reader, true);
    return loop_run(v->loop);
}

int main(int argc, char **argv)
{
    struct visit v = {.loop = loop_create()};
    struct err e = {0};
    if (argc != 2 || !v.loop) {
        fprintf(stderr, "guest-visit FOLDER-OF-PRINTER-PROFILES\n");
        return 2;
    }
    int rc = run(&v, argv[1], &e);
    if (rc < 0)
        fprintf(stderr, "guest-visit: %s\n", e.text);
    printers_destroy(v.printers);
    idcard_destroy(v.reader);
    usb_destroy(v.usb);
    loop_destroy(v.loop);
    return rc < 0;
}
