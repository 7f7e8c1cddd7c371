/* SPDX-License-Identifier: Apache-2.0
 *
 * Devices on a desk in virtual time, as the side of kiosk that has them. Included by one file of a test program.
 */
#ifndef TESTS_KIOSK_DEVICES_TEST_H
#define TESTS_KIOSK_DEVICES_TEST_H

#include "drivers/virtual/printer.h"
#include "drivers/virtual/sam.h"
#include "kiosk/devices.h"
#include "kiosk/port_test.h"
#include "printer/fake_usb.h"

#define PLUGGED_MAX 3

static struct loop *devices_loop;
static struct devices *devices;
static struct virtual_device *models[PLUGGED_MAX];
static struct usb_device *plugged[PLUGGED_MAX];
static bool staff_card; /* what was read is no resident's */

static inline bool on_devices_card(void *ctx, const struct identity *card)
{
    return staff_card;
}

static inline void pass(int ms)
{
    for (int t = 0; t < ms; t += 5) {
        loop_step(devices_loop, 0);
        clock_advance(5);
    }
}

static inline void plug(int i, struct virtual_device *model, const char *at)
{
    CHECK(model != NULL);
    models[i] = model;
    plugged[i] = fake_plug(devices_usb(devices), model, at);
    pass(2000);
}

static inline void say(int i, const char *words)
{
    struct buf reply;

    buf_init(&reply, 1024);
    CHECK_INT(models[i]->ops->command(models[i], words, &reply), 0);
    buf_finish(&reply);
}

static inline void begin_devices(struct loop *l)
{
    static const struct devices_events events = {.card = on_devices_card};
    struct err e = {0};

    devices_loop = l;
    staff_card = false;
    memset(models, 0, sizeof models);
    CHECK_INT(devices_create(l, NULL, "assets", &events, NULL, &port, &devices, &e), 0);
    CHECK_STR(e.text, "");
}

static inline void end_devices(void)
{
    devices_destroy(devices);
    for (int i = 0; i < PLUGGED_MAX; i++)
        if (models[i])
            models[i]->ops->destroy(models[i]);
}

#endif
