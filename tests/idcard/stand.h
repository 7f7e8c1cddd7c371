/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader's driver over the virtual SAM and the real libusb, on one loop, with the story of what it told.
 */
#ifndef TESTS_IDCARD_STAND_H
#define TESTS_IDCARD_STAND_H

#include "drivers/idcard/idcard.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "drivers/virtual/bus.h"
#include "drivers/virtual/card_file.h"
#include "drivers/virtual/sam.h"
#include "test.h"

#define STEPS_MAX 10000

static struct loop *loop;
static struct virtual_bus *bus;
static struct usb *usb;
static struct idcard *reader;

/* What has happened, a letter each: + ready, ! fault, - absent, s seen, R read, F failed, U unknown, O an old one lies
 * there, L lifted. */
static char story[256];
static char name[64], number[32], address[IDENTITY_ADDRESS_MAX + 1];
static bool newest;
static enum card_fault why;

static inline void note(char c)
{
    size_t n = strlen(story);
    if (n + 1 < sizeof story)
        story[n] = c;
}

static inline void on_state(void *ctx, enum reader_health state)
{
    CHECK_INT(state, idcard_get_state(reader));
    note(state == READER_READY ? '+' : state == READER_FAULT ? '!' : '-');
}

static inline void on_seen(void *ctx)
{
    note('s');
}

static inline void on_read(void *ctx, const struct identity *card)
{
    note('R');
    strcpy(name, card->name);
    strcpy(number, card->number);
    strcpy(address, card->address);
    newest = card->newest_address;
}

static inline void on_failed(void *ctx, enum card_fault fault)
{
    note('F');
    why = fault;
}

static inline void on_unknown(void *ctx)
{
    note('U');
}

static inline void on_lies(void *ctx)
{
    note('O');
}

static inline void on_lifted(void *ctx)
{
    note('L');
}

static const struct idcard_events events = {.state = on_state,
                                            .seen = on_seen,
                                            .read = on_read,
                                            .failed = on_failed,
                                            .unknown = on_unknown,
                                            .lies = on_lies,
                                            .lifted = on_lifted};

/* The driver's and the model's waits pass faster than real time; USB's time-outs are real. */
static inline void step(void)
{
    loop_step(loop, 5);
    clock_advance(25);
}

static inline void expect(const char *whole)
{
    for (int i = 0; i < STEPS_MAX && strlen(story) < strlen(whole); i++)
        step();
    CHECK_STR(story, whole);
    memset(story, 0, sizeof story);
}

/* Lets some polls pass in which nothing may happen. */
static inline void expect_silence(void)
{
    for (int i = 0; i < 60; i++)
        step();
    CHECK_STR(story, "");
}

static inline void command(const char *words)
{
    CHECK_INT(virtual_bus_command(bus, "reader", words, NULL), 0);
}

#define CARD                                                                                                                 \
    "name 测试甲\nsex 2\nnation 01\nbirth 19491231\naddress 北京市朝阳区测试路1号\nnumber 11010519491231002X\n" \
    "authority 北京市公安局朝阳分局\nfrom 20200102\nto 20400102\n"

static inline void place(const char *text)
{
    struct virtual_card card;
    struct err e = {0};
    CHECK_INT(card_file_parse(text, &card, &e), 0);
    virtual_sam_place(virtual_bus_find(bus, "reader"), &card);
    virtual_bus_poke(bus, "reader");
}

static inline void set_up(const char *transport)
{
    static char path[64];
    struct err e = {0};
    snprintf(path, sizeof path, "/tmp/test-idcard-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    memset(story, 0, sizeof story);
    loop = loop_create();
    bus = virtual_bus_create(loop, path, &e);
    CHECK_STR(e.text, "");
    if (transport)
        virtual_bus_add(bus, "reader", virtual_sam_create(transport, &e));
    usb = usb_create(loop, &e);
    CHECK(usb != NULL);
    reader = idcard_create(loop, usb, &events, NULL);
}

static inline void set_up_ready(const char *transport)
{
    set_up(transport);
    idcard_poll(reader, true);
    expect("+");
}

static inline void tear_down(void)
{
    idcard_destroy(reader);
    virtual_bus_settle(bus);
    usb_destroy(usb);
    virtual_bus_destroy(bus);
    loop_destroy(loop);
}

#endif
