/* SPDX-License-Identifier: Apache-2.0
 *
 * The bus as another program's libusb meets it: choosing settings, and faults given by words.
 */
#include "drivers/virtual/bus.h"

#include <libusb.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/virtual/sam.h"
#include "test.h"

static struct loop *loop;
static struct virtual_bus *bus;
static char path[64];

/* A device with two configurations, of which the first has two settings of its one interface. */
static const uint8_t *two_descriptors(const struct virtual_device *d, size_t *ret_len)
{
    static const uint8_t bytes[] = {
        18, 1, 0,  2, 0, 0,   0, 64,   0x34, 0x12, 0x78, 0x56, 0, 1, 0,   0, 0, 2, /* device */
        9,  2, 34, 0, 1, 1,   0, 0xC0, 0,    9,    4,    0,    0, 0, 255, 0, 0, 0, /* 1, setting 0 */
        9,  4, 0,  1, 1, 255, 0, 0,    0,    7,    5,    0x81, 2, 8, 0,   0,       /* setting 1 */
        9,  2, 25, 0, 1, 2,   0, 0xC0, 0,    9,    4,    0,    0, 1, 3,   0, 0, 0, 7, 5, 0x83, 3, 16, 0, 10};
    *ret_len = sizeof bytes;
    return bytes;
}

static const char *two_string(const struct virtual_device *d, int n)
{
    return NULL;
}

static int two_in(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms)
{
    data[0] = endpoint;
    return 1;
}

static void two_clear_halt(struct virtual_device *d, uint8_t endpoint)
{
}

static void two_reset(struct virtual_device *d)
{
}

static int64_t two_tick(struct virtual_device *d, int64_t now_ms)
{
    return -1;
}

static void two_destroy(struct virtual_device *d)
{
}

static const struct virtual_device_ops two_ops = {.kind = "two",
                                                  .descriptors = two_descriptors,
                                                  .string = two_string,
                                                  .in = two_in,
                                                  .clear_halt = two_clear_halt,
                                                  .reset = two_reset,
                                                  .tick = two_tick,
                                                  .destroy = two_destroy};

static void set_up(struct virtual_device *d)
{
    struct err e = {0};
    snprintf(path, sizeof path, "/tmp/test-bus-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    loop = loop_create();
    bus = virtual_bus_create(loop, path, &e);
    CHECK_STR(e.text, "");
    virtual_bus_add(bus, "device", d);
}

static void tear_down(void)
{
    virtual_bus_destroy(bus);
    loop_destroy(loop);
}

/* Runs a client in a process of its own, whose libusb may wait; its answer is an exit code. */
static void client(int (*fn)(libusb_device_handle *h), uint16_t vendor, uint16_t product)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        libusb_context *c;
        libusb_device_handle *h = NULL;
        int code = 100;
        if (libusb_init(&c) == 0 && (h = libusb_open_device_with_vid_pid(c, vendor, product))) {
            code = fn(h);
            libusb_close(h);
            libusb_exit(c);
        }
        _exit(code);
    }
    while (waitpid(child, &status, WNOHANG) == 0)
        loop_step(loop, 5);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
}

#define MUST(n, cond)                                                                                                       \
    if (!(cond))                                                                                                            \
    return n

static int choose(libusb_device_handle *h)
{
    uint8_t data[16];
    int n = 0, value = 0;
    MUST(1, libusb_set_interface_alt_setting(h, 0, 1) == LIBUSB_ERROR_NOT_FOUND); /* not claimed */
    MUST(2, libusb_claim_interface(h, 1) == LIBUSB_ERROR_NOT_FOUND);
    MUST(3, libusb_claim_interface(h, 0) == 0);
    MUST(4, libusb_bulk_transfer(h, 0x81, data, 8, &n, 1000) < 0);
    MUST(5, libusb_set_interface_alt_setting(h, 0, 2) == LIBUSB_ERROR_NOT_FOUND);
    MUST(6, libusb_set_interface_alt_setting(h, 0, 1) == 0);
    MUST(7, libusb_bulk_transfer(h, 0x81, data, 8, &n, 1000) == 0 && n == 1 && data[0] == 0x81);
    MUST(8, libusb_set_configuration(h, 2) == LIBUSB_ERROR_BUSY);
    MUST(9, libusb_release_interface(h, 0) == 0);
    MUST(10, libusb_set_configuration(h, 3) == LIBUSB_ERROR_NOT_FOUND);
    MUST(11, libusb_set_configuration(h, 2) == 0);
    MUST(12, libusb_get_configuration(h, &value) == 0 && value == 2);
    MUST(13, libusb_claim_interface(h, 0) == 0);
    MUST(14, libusb_interrupt_transfer(h, 0x83, data, 16, &n, 1000) == 0 && n == 1 && data[0] == 0x83);
    MUST(15, libusb_bulk_transfer(h, 0x81, data, 8, &n, 1000) < 0);
    return 0;
}

TEST(a_program_chooses_configuration_and_setting)
{
    static struct virtual_device two = {&two_ops};
    set_up(&two);
    client(choose, 0x1234, 0x5678);
    tear_down();
}

static int meet_faults(libusb_device_handle *h)
{
    uint8_t data[64] = {0};
    int n = 0;
    MUST(1, libusb_claim_interface(h, 0) == 0);
    MUST(2, libusb_bulk_transfer(h, 0x02, data, 10, &n, 1000) == 0 && n == 10);
    MUST(3, libusb_bulk_transfer(h, 0x02, data, 10, &n, 50) == LIBUSB_ERROR_TIMEOUT && n == 0);
    MUST(4, libusb_bulk_transfer(h, 0x02, data, 10, &n, 1000) == 0);
    return 0;
}

TEST(words_break_the_nth_transfer)
{
    struct err e = {0};
    struct buf reply;
    buf_init(&reply, 256);
    set_up(virtual_sam_create("whole", &e));
    CHECK_INT(virtual_bus_command(bus, "device", "transfer 2 timeout", NULL), 0);
    client(meet_faults, 0x0400, 0xC35A);
    CHECK_INT(virtual_bus_command(bus, "device", "transfers", &reply), 0);
    CHECK_STR(buf_str(&reply), "{\"transfers\":3,\"fault\":\"timeout\",\"happened\":true}");
    CHECK_INT(virtual_bus_command(bus, "device", "transfer 0 stall", NULL), -ERR_INVALID);
    CHECK_INT(virtual_bus_command(bus, "device", "transfer 1 fire", NULL), -ERR_INVALID);
    CHECK_INT(virtual_bus_command(bus, "device", "transfer 1 stall twice", NULL), -ERR_INVALID);
    CHECK_INT(virtual_bus_command(bus, "device", "clear", NULL), 0);
    CHECK_INT(virtual_bus_faults(bus, "device")->counted, 0);
    CHECK(!virtual_bus_faults(bus, "nothing"));
    buf_finish(&reply);
    tear_down();
}

TEST_MAIN(T(a_program_chooses_configuration_and_setting), T(words_break_the_nth_transfer))
