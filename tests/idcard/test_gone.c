/* SPDX-License-Identifier: Apache-2.0
 *
 * A reader that is gone already when it is opened, before anybody has told that it left: as when a hub starts anew.
 */
#include "base/clock.h"
#include "drivers/idcard/idcard.h"
#include "drivers/virtual/sam.h"
#include "printer/fake_usb.h"
#include "test.h"

static struct loop *loop;
static struct usb *usb;
static struct idcard *reader;
static struct virtual_device *model;
static struct usb_device *device;
static int n_states;

static void on_state(void *ctx, enum reader_health state)
{
    n_states++;
}

static void pass(int ms)
{
    for (int t = 0; t < ms; t += 5) {
        loop_step(loop, 0);
        clock_advance(5);
    }
}

static void set_up(void)
{
    static const struct idcard_events events = {.state = on_state};
    struct err e = {0};

    loop = loop_create();
    usb = usb_create(loop, &e);
    reader = idcard_create(loop, usb, &events, NULL);
    model = virtual_sam_create("split", &e);
    n_states = 0;
    usb->refuse_open = -ERR_GONE;
    device = fake_plug(usb, model, "1-2");
    pass(500);
    CHECK_INT(n_states, 0);
}

static void tear_down(void)
{
    idcard_destroy(reader);
    usb_destroy(usb);
    model->ops->destroy(model);
    loop_destroy(loop);
}

TEST(it_is_no_fault_when_it_leaves)
{
    set_up();
    fake_unplug(device);
    pass(10000);
    CHECK_INT(n_states, 0);
    usb->refuse_open = 0;
    fake_plug(usb, model, "1-2");
    pass(2000);
    CHECK_INT(n_states, 1);
    CHECK_INT(idcard_get_state(reader), READER_READY);
    tear_down();
}

/* It passes over to the other, which is gone as well; both come back, and the one that worked serves. */
TEST(the_port_is_of_the_one_that_worked)
{
    struct virtual_device *other;
    struct usb_device *second;
    struct err e = {0};

    set_up();
    usb->refuse_open = 0;
    pass(3000);
    CHECK_STR(idcard_transport(reader), "split");
    other = virtual_sam_create("whole", &e);
    second = fake_plug(usb, other, "1-3");
    pass(500);
    usb->refuse_open = -ERR_GONE;
    fake_unplug(device);
    pass(500);
    fake_unplug(second);
    pass(500);
    usb->refuse_open = 0;
    fake_plug(usb, model, "1-2");
    fake_plug(usb, other, "1-3");
    pass(2000);
    CHECK_STR(idcard_transport(reader), "split");
    tear_down();
    other->ops->destroy(other);
}

TEST(one_that_does_not_leave_is_opened_again)
{
    set_up();
    usb->refuse_open = 0;
    pass(3000);
    CHECK_INT(n_states, 1);
    CHECK_INT(idcard_get_state(reader), READER_READY);
    tear_down();
}

TEST(and_is_at_fault_when_that_fails_too)
{
    set_up();
    pass(3000);
    CHECK_INT(idcard_get_state(reader), READER_FAULT);
    usb->refuse_open = 0;
    pass(20000);
    CHECK_INT(idcard_get_state(reader), READER_READY);
    tear_down();
}

TEST_MAIN(T(it_is_no_fault_when_it_leaves), T(the_port_is_of_the_one_that_worked),
          T(one_that_does_not_leave_is_opened_again), T(and_is_at_fault_when_that_fails_too))
