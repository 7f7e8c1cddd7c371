/* SPDX-License-Identifier: Apache-2.0
 *
 * Recorded conversations played again to the drivers, through the real libusb: they come to the same end.
 */
#include "capture/replay.h"

#include <unistd.h>

#include "base/clock.h"
#include "drivers/idcard/idcard.h"
#include "drivers/printer/printer.h"
#include "drivers/virtual/bus.h"
#include "printer/papers.h"
#include "test.h"

#define STEPS_MAX 4000

static struct loop *loop;
static struct virtual_bus *bus;
static struct usb *usb;
static struct replay *device;

static bool set_up(const char *name)
{
    static char path[64];
    char file[128];
    struct err e = {0};

    snprintf(file, sizeof file, "tests/captures/%s.txt", name);
    device = replay_load(file);
    CHECK(device != NULL);
    if (!device)
        return false;
    snprintf(path, sizeof path, "/tmp/test-replay-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    loop = loop_create();
    bus = virtual_bus_create(loop, path, &e);
    virtual_bus_add(bus, "replayed", &device->base);
    usb = usb_create(loop, &e);
    return true;
}

static void tear_down(void)
{
    virtual_bus_settle(bus);
    usb_destroy(usb);
    virtual_bus_destroy(bus);
    loop_destroy(loop);
}

/* Virtual time passes faster than real time, USB's time-outs are real. */
static void step(void)
{
    loop_step(loop, 5);
    clock_advance(20);
}

/* --- a reader --------------------------------------------------------------------------------------------------------- */

static int cards;
static char number[32];

static void on_reader(void *ctx, enum reader_health state)
{
}

static void on_card(void *ctx, const struct identity *card)
{
    cards++;
    snprintf(number, sizeof number, "%s", card->number);
}

static void on_failed(void *ctx, enum card_fault why)
{
    printf("# a card failed\n");
}

static void on_nothing(void *ctx)
{
}

TEST(a_reader_on_four_pipes)
{
    static const struct idcard_events events = {on_reader,  on_nothing, on_card,   on_failed,
                                                on_nothing, on_nothing, on_nothing};

    if (!set_up("sam-split"))
        return;
    struct idcard *reader = idcard_create(loop, usb, &events, NULL);
    idcard_poll(reader, true);
    for (int i = 0; i < STEPS_MAX && !cards; i++)
        step();
    CHECK_INT(cards, 1);
    CHECK_STR(number, "110101190001010014");
    CHECK_STR(idcard_transport(reader), "split");
    CHECK_STR(idcard_sam_id(reader), "05.01-20101129-0001228293-0296863149");
    CHECK_INT(device->strayed, 0);
    idcard_destroy(reader);
    tear_down();
}

/* --- printers --------------------------------------------------------------------------------------------------------- */

static int outcomes;
static enum printer_outcome outcome;

static void on_state(void *ctx, int role, enum printer_health state)
{
}

static void on_progress(void *ctx, int role, int percent, bool held)
{
}

static void on_outcome(void *ctx, int role, const char *job, enum printer_outcome o, enum printer_health why)
{
    outcomes++;
    outcome = o;
}

/* The job's name as it was: it comes back in the confirmation (37 22 NAME 00). */
static void captured_job(char job[5])
{
    memcpy(job, "J001", 5);
    for (size_t i = 0; i + 6 < device->n_pool; i++)
        if (device->pool[i] == 0x37 && device->pool[i + 1] == 0x22)
            memcpy(job, device->pool + i + 2, 4);
}

static void print(const char *name, int want, bool lose_confirmation)
{
    static const struct printers_events events = {.state = on_state, .progress = on_progress, .outcome = on_outcome};
    struct err e = {0};
    char job[5];

    if (!set_up(name))
        return;
    if (lose_confirmation)
        device->list[device->n - 1].n_replies = 0;
    outcomes = 0;
    captured_job(job);
    struct printers *printers = printers_create(loop, usb, "assets/printers", NULL, NULL, &events, NULL, &e);
    for (int i = 0; i < STEPS_MAX && printers_state(printers, DEVICE_RECEIPT) != PRINTER_READY; i++)
        step();
    CHECK_INT(printers_state(printers, DEVICE_RECEIPT), PRINTER_READY);
    CHECK(strstr(printers_profile(printers, DEVICE_RECEIPT), name) != NULL);
    struct paper *p = papers_ticket(1);
    CHECK_INT(printers_print(printers, DEVICE_RECEIPT, p, job, &e), 0);
    paper_destroy(p);
    for (int i = 0; i < 10 * STEPS_MAX && !outcomes; i++)
        step();
    CHECK_INT(outcomes, 1);
    CHECK_INT(outcome, want);
    CHECK(device->answered > 4);
    printers_destroy(printers);
    tear_down();
}

TEST(a_printer_that_confirms_by_process_id)
{
    print("epson-tm-t20iii", PRINTER_DONE, false);
}

TEST(a_printer_that_confirms_by_paper_status)
{
    print("xprinter-80", PRINTER_DONE, false);
}

/* The measure of the two above: without the captured confirmation nothing is called done. */
TEST(a_capture_that_ends_before_the_confirmation)
{
    print("epson-tm-t20iii", PRINTER_OUTCOME_UNKNOWN, true);
}

TEST_MAIN(T(a_reader_on_four_pipes), T(a_printer_that_confirms_by_process_id), T(a_printer_that_confirms_by_paper_status),
          T(a_capture_that_ends_before_the_confirmation))
