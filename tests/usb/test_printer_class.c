/* SPDX-License-Identifier: Apache-2.0
 *
 * Which interface of a printer is used: the rule alone, then through libusb on devices that have several.
 */
#include "drivers/usb/printer_class.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"
#include "drivers/virtual/bus.h"
#include "drivers/virtual/plain.h"
#include "test.h"

#define WAIT_MS 20000

static struct usb_interface setting(int alternate, int class_, int protocol, int out, int in)
{
    struct usb_interface f = {
        .configuration = 1, .alternate = (uint8_t)alternate, .class_ = (uint8_t)class_, .protocol = (uint8_t)protocol};

    if (out)
        f.endpoints[f.n_endpoints++] = (struct usb_endpoint){(uint8_t)out, 2, 64};
    if (in)
        f.endpoints[f.n_endpoints++] = (struct usb_endpoint){(uint8_t)in, 2, 64};
    return f;
}

static struct usb_info with(const struct usb_interface *list, int n)
{
    struct usb_info i = {.configuration = 1, .n_interfaces = n, .n_all = n};

    memcpy(i.interfaces, list, (size_t)n * sizeof *list);
    return i;
}

TEST(highest_protocol_up_to_two)
{
    struct usb_interface list[] = {setting(0, 7, 1, 0x01, 0x81), setting(1, 7, 3, 0x03, 0x83), setting(2, 7, 2, 0x02, 0x82),
                                   setting(3, 7, 2, 0x04, 0x84), setting(4, 3, 2, 0x05, 0x85)};
    struct usb_info info = with(list, 5);
    struct usb_printer_pipes p;

    CHECK(usb_printer_choose(&info, &p, NULL));
    CHECK_INT(p.interface.alternate, 2);
    CHECK_INT(p.out, 0x02);
    CHECK_INT(p.in, 0x82);
}

TEST(a_unidirectional_one_with_an_answer_is_taken)
{
    struct usb_interface list[] = {setting(0, 3, 0, 0, 0x83), setting(0, 7, 1, 0x01, 0x81)};
    struct usb_info info = with(list, 2);
    struct usb_printer_pipes p;

    CHECK(usb_printer_choose(&info, &p, NULL));
    CHECK_INT(p.in, 0x81);
}

TEST(interrupt_endpoints_do_not_count)
{
    struct usb_interface list[] = {setting(0, 7, 2, 0x01, 0x81)};
    struct usb_printer_pipes p;
    const char *why = "";

    list[0].endpoints[2] = (struct usb_endpoint){0x82, 3, 8};
    list[0].n_endpoints = 3;
    struct usb_info info = with(list, 1);
    CHECK(usb_printer_choose(&info, &p, NULL));
    CHECK_INT(p.in, 0x81);
    info.interfaces[0].endpoints[1].type = 3;
    CHECK(!usb_printer_choose(&info, &p, &why));
    CHECK_STR(why, "no bulk endpoint each way");
}

TEST(why_not)
{
    struct usb_interface list[] = {setting(0, 7, 3, 0x01, 0x81), setting(0, 8, 2, 0x01, 0x81)};
    struct usb_info other = with(list, 1), stick = with(list + 1, 1);
    struct usb_printer_pipes p;
    const char *why = "";

    CHECK(!usb_printer_choose(&other, &p, &why));
    CHECK_STR(why, "only protocols that are not spoken");
    CHECK(!usb_printer_choose(&stick, &p, &why));
    CHECK_STR(why, "no interface of the printer class");
}

/* --- on a device ------------------------------------------------------------------------------------------------------- */

static char path[64];
static struct loop *loop;
static struct virtual_bus *bus;
static struct usb *usb;
static struct usb_device *device;

static void on_arrived(void *ctx, struct usb_device *d)
{
    device = d;
}

static void on_left(void *ctx, struct usb_device *d)
{
    device = NULL;
}

static void set_up(const char *kind)
{
    static const struct usb_events events = {on_arrived, on_left};
    struct err e = {0};

    snprintf(path, sizeof path, "/tmp/test-printer-class-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    device = NULL;
    loop = loop_create();
    bus = virtual_bus_create(loop, path, &e);
    virtual_bus_add(bus, "printer", virtual_plain_create(kind, &e));
    usb = usb_create(loop, &e);
    usb_listen(usb, &events, NULL);
    for (int64_t end = clock_mono_ms() + WAIT_MS; !device && clock_mono_ms() < end;)
        loop_step(loop, 100);
    CHECK(device != NULL);
}

static void tear_down(struct usb_handle *h)
{
    usb_close(h);
    virtual_bus_settle(bus);
    usb_destroy(usb);
    virtual_bus_destroy(bus);
    loop_destroy(loop);
}

/* What sysfs would say. */
static int number(const char *file)
{
    char name[128], text[16] = "";
    int fd;

    snprintf(name, sizeof name, "%s.usb.d/1-1/%s", path, file);
    fd = open(name, O_RDONLY);
    CHECK(read(fd, text, sizeof text - 1) > 0);
    close(fd);
    return atoi(text);
}

static void on_done(void *ctx, int rc, const uint8_t *data, size_t len)
{
    *(int *)ctx = rc;
}

static int write_to(struct usb_handle *h, int endpoint)
{
    int rc = 1;

    usb_write(h, (uint8_t)endpoint, "x", 1, 5000, on_done, &rc);
    for (int64_t end = clock_mono_ms() + WAIT_MS; rc == 1 && clock_mono_ms() < end;)
        loop_step(loop, 100);
    return rc;
}

TEST(an_alternate_setting)
{
    struct usb_printer_pipes p;
    struct usb_handle *h;
    struct err e = {0};

    set_up("alternates");
    CHECK_STR(usb_info(device)->maker, "Xprinter");
    CHECK_STR(usb_info(device)->model, "USB Printer P");
    CHECK_STR(usb_info(device)->serial, "");
    CHECK_INT(usb_info(device)->n_interfaces, 3);
    CHECK(usb_printer_choose(usb_info(device), &p, NULL));
    CHECK_INT(p.out, 0x02);
    CHECK_INT(usb_open_setting(device, &p.interface, &h, &e), 0);
    CHECK_INT(write_to(h, p.out), 0); /* an endpoint that no other setting has */
    tear_down(h);
}

TEST(another_configuration)
{
    struct usb_printer_pipes p;
    struct usb_handle *h;
    struct err e = {0};

    set_up("configurations");
    CHECK_INT(usb_info(device)->n_interfaces, 1);
    CHECK_INT(usb_info(device)->n_all, 2);
    CHECK(usb_printer_choose(usb_info(device), &p, NULL));
    CHECK_INT(p.interface.configuration, 2);
    CHECK_INT(usb_open_setting(device, &p.interface, &h, &e), 0);
    CHECK_INT(number("bConfigurationValue"), 2);
    CHECK_INT(write_to(h, p.out), 0);
    tear_down(h);
}

TEST_MAIN(T(highest_protocol_up_to_two), T(a_unidirectional_one_with_an_answer_is_taken),
          T(interrupt_endpoints_do_not_count), T(why_not), T(an_alternate_setting), T(another_configuration))
