/* SPDX-License-Identifier: Apache-2.0
 *
 * The host's port in front of a model: configurations and alternate settings, and what a plan of faults does to transfers.
 */
#include "drivers/virtual/host.h"

#include <errno.h>

#include "test.h"

/* Two configurations; in the first, interface 0 has its endpoints only in alternate setting 1. */
static const uint8_t bytes[] = {
    18,   1, 0, 2, 0, 0,   0, 64, 0x34, 0x12, 0x78, 0x56, 0, 1,  0,   0,  0,  2, 9, 2, 50,   0,    2, 1, 0, 0xC0, 0, /* 1 */
    9,    4, 0, 0, 0, 255, 0, 0,  0,    9,    4,    0,    1, 2,  255, 0,  0,  0, 7, 5, 0x01, 2,    8, 0, 0, 7,    5,
    0x81, 2, 8, 0, 0, 9,   4, 1,  0,    0,    255,  0,    0, 0,  9,   2,  25, 0, 1, 2, 0,    0xC0, 0, /* 2 */
    9,    4, 0, 0, 1, 3,   0, 0,  0,    7,    5,    0x83, 3, 16, 0,   10,
};

struct model {
    struct virtual_device base;
    uint8_t kept[64];
    int n_kept, cleared;
};

static const uint8_t *descriptors(const struct virtual_device *d, size_t *ret_len)
{
    *ret_len = sizeof bytes;
    return bytes;
}

static const char *string(const struct virtual_device *d, int n)
{
    return NULL;
}

static int out(struct virtual_device *d, uint8_t endpoint, const uint8_t *data, int len, int64_t now_ms)
{
    struct model *m = (struct model *)d;
    memcpy(m->kept + m->n_kept, data, (size_t)len);
    m->n_kept += len;
    return len;
}

static int in(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms)
{
    memcpy(data, "abcdef", 6);
    return 6;
}

static int control(struct virtual_device *d, const struct virtual_setup *s, uint8_t *data, int64_t now_ms)
{
    memcpy(data, "xy", 2);
    return 2;
}

static void clear_halt(struct virtual_device *d, uint8_t endpoint)
{
    ((struct model *)d)->cleared++;
}

static void reset(struct virtual_device *d)
{
}

static int64_t tick(struct virtual_device *d, int64_t now_ms)
{
    return -1;
}

static const struct virtual_device_ops ops = {.kind = "model",
                                              .descriptors = descriptors,
                                              .string = string,
                                              .out = out,
                                              .in = in,
                                              .control = control,
                                              .clear_halt = clear_halt,
                                              .reset = reset,
                                              .tick = tick};

static struct model model;
static struct virtual_faults faults;
static struct virtual_host *host;
static bool alive;

static void set_up(void)
{
    model = (struct model){.base.ops = &ops};
    faults_plan(&faults, 0, FAULT_NONE);
    host = virtual_host_create(&model.base, &faults);
    alive = true;
}

static void run(void)
{
    int64_t next;
    alive = virtual_host_run(host, 0, &next);
}

/* Ends what is done: "status:actual", or "waits". */
static const char *ended(void)
{
    static char text[32];
    struct virtual_urb *u = virtual_host_take_done(host, &model);
    if (!u)
        return "waits";
    snprintf(text, sizeof text, "%d:%d", u->status, u->actual);
    virtual_urb_free(u);
    return text;
}

static const char *submit(uint8_t endpoint, const char *data, int len)
{
    virtual_host_submit(host, &model, 1, endpoint, false, data, strlen(data), len);
    run();
    return ended();
}

static const char *ask(const uint8_t setup[8], uint8_t *ret_first)
{
    static char text[32];
    virtual_host_submit(host, &model, 2, 0, true, setup, 8, 8 + setup[6]);
    run();
    struct virtual_urb *u = virtual_host_take_done(host, &model);
    snprintf(text, sizeof text, "%d:%d", u ? u->status : 1, u ? u->actual : 0);
    if (u && u->actual > 0)
        *ret_first = u->data[8];
    virtual_urb_free(u);
    return text;
}

TEST(endpoints_are_those_of_the_chosen_setting)
{
    set_up();
    CHECK_STR(submit(0x01, "hello", 5), "-32:0"); /* setting 0 has none */
    CHECK(virtual_host_set_interface(host, 0, 1));
    CHECK_STR(submit(0x01, "hello", 5), "0:5");
    CHECK_STR(submit(0x81, "", 8), "0:6");
    CHECK(!virtual_host_set_interface(host, 0, 2));
    CHECK(!virtual_host_set_interface(host, 2, 0));
    CHECK(!virtual_host_set_configuration(host, 3));
    CHECK(virtual_host_set_configuration(host, 2));
    CHECK_STR(submit(0x01, "hello", 5), "-32:0");
    CHECK_STR(submit(0x83, "", 16), "0:6");
    CHECK(virtual_host_set_configuration(host, 0));
    CHECK_STR(submit(0x83, "", 16), "-32:0");
    virtual_host_destroy(host);
}

TEST(transfers_end_with_their_endpoint)
{
    set_up();
    virtual_host_set_interface(host, 0, 1);
    faults_plan(&faults, 1, FAULT_TIMEOUT);
    CHECK_STR(submit(0x81, "", 8), "waits");
    virtual_host_set_interface(host, 0, 0);
    CHECK_STR(ended(), "-108:0");
    virtual_host_destroy(host);
}

TEST(raw_requests_choose_too)
{
    static const uint8_t set_2[8] = {0, 9, 2}, get[8] = {0x80, 8, 0, 0, 0, 0, 1}, set_9[8] = {0, 9, 9};
    static const uint8_t alternate[8] = {1, 11, 1}, which[8] = {0x81, 10, 0, 0, 0, 0, 1};
    static const uint8_t second[8] = {0x80, 6, 1, 2, 0, 0, 6}, third[8] = {0x80, 6, 2, 2, 0, 0, 6};
    uint8_t first = 0;
    set_up();
    CHECK_STR(ask(alternate, &first), "0:0");
    CHECK_STR(ask(which, &first), "0:1");
    CHECK_INT(first, 1);
    CHECK_STR(ask(get, &first), "0:1");
    CHECK_INT(first, 1);
    CHECK_STR(ask(set_2, &first), "0:0");
    CHECK_STR(ask(get, &first), "0:1");
    CHECK_INT(first, 2);
    CHECK_STR(ask(set_9, &first), "-32:0");
    CHECK_STR(ask(second, &first), "0:6");
    CHECK_INT(first, 9);
    CHECK_STR(ask(third, &first), "-32:0");
    virtual_host_destroy(host);
}

TEST(the_nth_transfer_times_out)
{
    set_up();
    virtual_host_set_interface(host, 0, 1);
    faults_plan(&faults, 2, FAULT_TIMEOUT);
    CHECK_STR(submit(0x01, "one", 3), "0:3");
    CHECK_STR(submit(0x01, "two", 3), "waits");
    CHECK_STR(submit(0x81, "", 8), "0:6"); /* another endpoint does not wait for it */
    virtual_host_discard(host, &model, 1);
    CHECK_STR(ended(), "-2:0");
    CHECK_STR(submit(0x01, "three", 5), "0:5");
    CHECK_MEM(model.kept, "onethree", 8);
    CHECK_INT(faults.counted, 4);
    CHECK(faults.happened);
    virtual_host_destroy(host);
}

TEST(the_nth_transfer_stalls)
{
    set_up();
    virtual_host_set_interface(host, 0, 1);
    faults_plan(&faults, 1, FAULT_STALL);
    CHECK_STR(submit(0x01, "one", 3), "-32:0");
    CHECK_STR(submit(0x01, "one", 3), "-32:0"); /* until it is cleared */
    virtual_host_clear_halt(host, 0x01);
    CHECK_INT(model.cleared, 1);
    CHECK_STR(submit(0x01, "one", 3), "0:3");
    virtual_host_destroy(host);
}

TEST(the_nth_transfer_comes_back_short)
{
    static const uint8_t vendor[8] = {0xC0, 1, 0, 0, 0, 0, 2};
    uint8_t first = 0;
    set_up();
    virtual_host_set_interface(host, 0, 1);
    faults_plan(&faults, 1, FAULT_SHORT);
    CHECK_STR(submit(0x01, "eight or", 8), "0:4");
    CHECK_INT(model.n_kept, 4);
    faults_plan(&faults, 1, FAULT_SHORT);
    CHECK_STR(submit(0x81, "", 8), "0:3");
    faults_plan(&faults, 1, FAULT_SHORT);
    CHECK_STR(ask(vendor, &first), "0:1");
    virtual_host_destroy(host);
}

TEST(the_nth_transfer_loses_the_device)
{
    set_up();
    virtual_host_set_interface(host, 0, 1);
    faults_plan(&faults, 2, FAULT_GONE);
    CHECK_STR(submit(0x01, "one", 3), "0:3");
    CHECK_STR(submit(0x01, "two", 3), "-108:0");
    CHECK(!alive);
    CHECK_INT(model.n_kept, 3);
    virtual_host_destroy(host);
}

/* A kernel's usbhid asks the interface for its report descriptor: the model's, not one of the standard ones. */
TEST(an_interface_has_descriptors_of_its_class)
{
    static const uint8_t of_interface[8] = {0x81, 6, 0, 0x22, 0, 0, 34, 0}, of_device[8] = {0x80, 6, 0, 0x22, 0, 0, 34, 0};
    uint8_t first = 0;
    set_up();
    CHECK_STR(ask(of_interface, &first), "0:2");
    CHECK_INT(first, 'x');
    CHECK_STR(ask(of_device, &first), "-32:0");
    virtual_host_destroy(host);
}

TEST(faults_have_names)
{
    static const char *const words[] = {"timeout", "stall", "short", "gone"};
    enum virtual_fault f = FAULT_NONE;
    for (size_t i = 0; i < 4; i++) {
        CHECK(faults_parse(words[i], &f));
        CHECK_STR(faults_name(f), words[i]);
    }
    CHECK(!faults_parse("none", &f));
    CHECK(!faults_parse("", &f));
}

TEST_MAIN(T(endpoints_are_those_of_the_chosen_setting), T(transfers_end_with_their_endpoint), T(raw_requests_choose_too),
          T(the_nth_transfer_times_out), T(the_nth_transfer_stalls), T(the_nth_transfer_comes_back_short),
          T(the_nth_transfer_loses_the_device), T(an_interface_has_descriptors_of_its_class), T(faults_have_names))
