/* SPDX-License-Identifier: Apache-2.0
 *
 * The usb-redir server, by a peer without a guest: libusbredirparser in the guest's role on the same loop.
 */
#include "drivers/virtual/usbredir.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <usbredirparser.h>

#include "drivers/virtual/printer.h"
#include "drivers/virtual/sam.h"
#include "test.h"

static struct loop *loop;
static struct virtual_bus *bus;
static struct usbredirparser *parser;
static int sock;
static char path[64], at[80];

static struct {
    int connected, disconnected, status, configuration, alternate, receiving, lost;
    struct usb_redir_device_connect_header device;
    struct usb_redir_ep_info_header endpoints;
    struct usb_redir_interface_info_header interfaces;
    uint64_t id; /* of the last packet that came back; 0 none */
    uint8_t data[4096];
    int n;
} seen;

static int peer_read(void *ctx, uint8_t *data, int count)
{
    ssize_t n = recv(sock, data, (size_t)count, MSG_DONTWAIT);
    if (n == 0)
        seen.lost = 1;
    return n > 0 ? (int)n : n < 0 && errno == EAGAIN ? 0 : -1;
}

static int peer_write(void *ctx, uint8_t *data, int count)
{
    return (int)send(sock, data, (size_t)count, MSG_NOSIGNAL);
}

static void peer_log(void *ctx, int level, const char *text)
{
    if (level <= usbredirparser_warning)
        printf("# %s\n", text);
}

static void on_hello(void *ctx, struct usb_redir_hello_header *h)
{
}

static void on_connect(void *ctx, struct usb_redir_device_connect_header *h)
{
    seen.device = *h;
    seen.connected++;
}

static void on_disconnect(void *ctx)
{
    seen.disconnected++;
}

static void on_interfaces(void *ctx, struct usb_redir_interface_info_header *h)
{
    seen.interfaces = *h;
}

static void on_endpoints(void *ctx, struct usb_redir_ep_info_header *h)
{
    seen.endpoints = *h;
}

static void on_configuration(void *ctx, uint64_t id, struct usb_redir_configuration_status_header *h)
{
    seen.status = h->status;
    seen.configuration = h->configuration;
    seen.id = id;
}

static void on_alternate(void *ctx, uint64_t id, struct usb_redir_alt_setting_status_header *h)
{
    seen.status = h->status;
    seen.alternate = h->alt;
    seen.id = id;
}

static void keep(uint64_t id, int status, uint8_t *data, int n)
{
    seen.id = id;
    seen.status = status;
    seen.n = n;
    if (n > 0 && n <= (int)sizeof seen.data)
        memcpy(seen.data, data, (size_t)n);
    usbredirparser_free_packet_data(parser, data);
}

static void on_control(void *ctx, uint64_t id, struct usb_redir_control_packet_header *h, uint8_t *data, int n)
{
    keep(id, h->status, data, n);
}

static void on_bulk(void *ctx, uint64_t id, struct usb_redir_bulk_packet_header *h, uint8_t *data, int n)
{
    keep(id, h->status, data, n);
    if (!(h->endpoint & 0x80))
        seen.n = h->length;
}

static void on_interrupt(void *ctx, uint64_t id, struct usb_redir_interrupt_packet_header *h, uint8_t *data, int n)
{
    keep(id + 1000, h->status, data, n); /* those of the server count from 0 */
}

static void on_receiving(void *ctx, uint64_t id, struct usb_redir_interrupt_receiving_status_header *h)
{
    seen.receiving = h->status == usb_redir_success ? seen.receiving + 1 : -1;
}

static void dial(void)
{
    static const int caps[] = {usb_redir_cap_connect_device_version, usb_redir_cap_ep_info_max_packet_size,
                               usb_redir_cap_64bits_ids, usb_redir_cap_32bits_bulk_length,
                               usb_redir_cap_device_disconnect_ack};
    uint32_t bits[USB_REDIR_CAPS_SIZE] = {0};
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    memset(&seen, 0, sizeof seen);
    strcpy(a.sun_path, at);
    sock = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_INT(connect(sock, (struct sockaddr *)&a, sizeof a), 0);
    parser = usbredirparser_create();
    parser->log_func = peer_log;
    parser->read_func = peer_read;
    parser->write_func = peer_write;
    parser->hello_func = on_hello;
    parser->device_connect_func = on_connect;
    parser->device_disconnect_func = on_disconnect;
    parser->interface_info_func = on_interfaces;
    parser->ep_info_func = on_endpoints;
    parser->configuration_status_func = on_configuration;
    parser->alt_setting_status_func = on_alternate;
    parser->interrupt_receiving_status_func = on_receiving;
    parser->control_packet_func = on_control;
    parser->bulk_packet_func = on_bulk;
    parser->interrupt_packet_func = on_interrupt;
    for (size_t i = 0; i < sizeof caps / sizeof *caps; i++)
        usbredirparser_caps_set_cap(bits, caps[i]);
    usbredirparser_init(parser, "peer", bits, USB_REDIR_CAPS_SIZE, 0);
}

static void set_up(const char *transport)
{
    struct err e = {0};
    snprintf(path, sizeof path, "/tmp/test-usbredir-%d", getpid());
    snprintf(at, sizeof at, "%s.reader", path);
    loop = loop_create();
    bus = virtual_bus_create(loop, path, &e);
    virtual_bus_add(bus, "reader", virtual_sam_create(transport, &e));
    CHECK_INT(usbredir_start(bus, "reader", at, &e), 0);
    CHECK_STR(e.text, "");
    dial();
}

static void hang_up(void)
{
    close(sock);
    usbredirparser_destroy(parser);
}

static void tear_down(void)
{
    hang_up();
    virtual_bus_destroy(bus);
    loop_destroy(loop);
    CHECK(access(at, F_OK) != 0);
}

/* Until *what is no longer zero. */
static void await(const int *what)
{
    for (int i = 0; i < 2000 && !*what; i++) {
        while (usbredirparser_has_data_to_write(parser) && usbredirparser_do_write(parser) == 0)
            ;
        loop_step(loop, 1);
        usbredirparser_do_read(parser);
    }
    CHECK(*what);
}

static void await_packet(uint64_t id)
{
    for (int i = 0; i < 2000 && seen.id != id; i++) {
        while (usbredirparser_has_data_to_write(parser) && usbredirparser_do_write(parser) == 0)
            ;
        loop_step(loop, 1);
        usbredirparser_do_read(parser);
    }
    CHECK_INT(seen.id, id);
}

static void bulk_out(uint64_t id, uint8_t endpoint, const void *data, int n)
{
    struct usb_redir_bulk_packet_header h = {.endpoint = endpoint, .length = (uint16_t)n};
    usbredirparser_send_bulk_packet(parser, id, &h, (uint8_t *)(uintptr_t)data, n);
}

static void bulk_in(uint64_t id, uint8_t endpoint, int n)
{
    struct usb_redir_bulk_packet_header h = {.endpoint = endpoint, .length = (uint16_t)n};
    usbredirparser_send_bulk_packet(parser, id, &h, NULL, 0);
}

static const uint8_t status[10] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 3, 0x11, 0xFF, 0xED};

TEST(says_what_is_plugged_in)
{
    set_up("whole");
    await(&seen.connected);
    CHECK_INT(seen.device.vendor_id, 0x0400);
    CHECK_INT(seen.device.product_id, 0xC35A);
    CHECK_INT(seen.interfaces.interface_count, 1);
    CHECK_INT(seen.endpoints.type[2], usb_redir_type_bulk);
    CHECK_INT(seen.endpoints.type[16 + 1], usb_redir_type_bulk);
    CHECK_INT(seen.endpoints.type[3], usb_redir_type_invalid);
    CHECK(seen.endpoints.max_packet_size[2] > 0);
    tear_down();
}

TEST(control_and_configuration)
{
    struct usb_redir_control_packet_header get = {
        .endpoint = 0x80, .request = 6, .requesttype = 0x80, .value = 0x0100, .length = 18};
    struct usb_redir_set_configuration_header one = {1}, nine = {9};
    struct usb_redir_get_alt_setting_header first = {0};
    struct usb_redir_set_alt_setting_header none = {0, 5};
    set_up("whole");
    await(&seen.connected);
    usbredirparser_send_control_packet(parser, 5, &get, NULL, 0);
    await_packet(5);
    CHECK_INT(seen.n, 18);
    CHECK_INT(seen.data[8] | seen.data[9] << 8, 0x0400);
    get.value = 0x0F00;
    usbredirparser_send_control_packet(parser, 6, &get, NULL, 0);
    await_packet(6);
    CHECK_INT(seen.status, usb_redir_stall);
    usbredirparser_send_set_configuration(parser, 7, &one);
    await_packet(7);
    CHECK_INT(seen.status, usb_redir_success);
    usbredirparser_send_set_configuration(parser, 8, &nine);
    await_packet(8);
    CHECK_INT(seen.status, usb_redir_inval);
    usbredirparser_send_get_configuration(parser, 9);
    await_packet(9);
    CHECK_INT(seen.configuration, 1);
    usbredirparser_send_get_alt_setting(parser, 10, &first);
    await_packet(10);
    CHECK_INT(seen.alternate, 0);
    usbredirparser_send_set_alt_setting(parser, 11, &none);
    await_packet(11);
    CHECK_INT(seen.status, usb_redir_inval);
    tear_down();
}

TEST(a_command_to_the_reader)
{
    set_up("whole");
    await(&seen.connected);
    bulk_out(2, 0x02, status, sizeof status);
    await_packet(2);
    CHECK_INT(seen.status, usb_redir_success);
    CHECK_INT(seen.n, sizeof status);
    bulk_in(1, 0x81, 512);
    await_packet(1);
    CHECK_INT(seen.status, usb_redir_success);
    CHECK(seen.n > 10 && seen.data[0] == 0xAA && seen.data[4] == 0x69);
    tear_down();
}

TEST(interrupt_endpoints_push)
{
    struct usb_redir_start_interrupt_receiving_header start = {0x81};
    struct usb_redir_stop_interrupt_receiving_header stop = {0x81};
    struct usb_redir_interrupt_packet_header out = {.endpoint = 0x02, .length = sizeof status};
    set_up("interrupt");
    await(&seen.connected);
    CHECK_INT(seen.endpoints.type[16 + 1], usb_redir_type_interrupt);
    usbredirparser_send_start_interrupt_receiving(parser, 3, &start);
    await(&seen.receiving);
    CHECK_INT(seen.receiving, 1);
    usbredirparser_send_interrupt_packet(parser, 4, &out, (uint8_t *)(uintptr_t)status, sizeof status);
    await_packet(1000); /* the first that comes by itself */
    CHECK(seen.n > 10 && seen.data[0] == 0xAA);
    seen.receiving = 0;
    usbredirparser_send_stop_interrupt_receiving(parser, 5, &stop);
    await(&seen.receiving);
    tear_down();
}

static void say(uint64_t id, uint8_t command, uint8_t word)
{
    struct usb_redir_interrupt_packet_header out = {.endpoint = 0x02, .length = 10};
    uint8_t frame[10] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 3, command, word, 3 ^ command ^ word};
    usbredirparser_send_interrupt_packet(parser, id, &out, frame, sizeof frame);
}

/* A card's text takes many packets; the peer asks for none of them. */
TEST(interrupt_endpoints_push_until_nothing_is_left)
{
    struct usb_redir_start_interrupt_receiving_header start = {0x81};
    struct virtual_card card = {.moved = false};
    set_up("interrupt");
    virtual_sam_place(virtual_bus_find(bus, "reader"), &card);
    await(&seen.connected);
    usbredirparser_send_start_interrupt_receiving(parser, 3, &start);
    say(50, 0x20, 0x01);
    await_packet(1000);
    say(51, 0x20, 0x02);
    await_packet(1001);
    say(52, 0x30, 0x01);
    await_packet(1002 + 1295 / 64);
    CHECK_INT(seen.n, 1295 % 64);
    tear_down();
}

TEST(what_waits_is_cancelled)
{
    set_up("whole");
    await(&seen.connected);
    bulk_in(1, 0x81, 512);
    usbredirparser_send_cancel_data_packet(parser, 1);
    await_packet(1);
    CHECK_INT(seen.status, usb_redir_cancelled);
    bulk_in(2, 0x87, 512); /* an endpoint that is not there */
    await_packet(2);
    CHECK_INT(seen.status, usb_redir_stall);
    tear_down();
}

TEST(unplug_and_plug)
{
    set_up("whole");
    await(&seen.connected);
    bulk_in(1, 0x81, 512);
    for (int i = 0; i < 5; i++) {
        usbredirparser_do_write(parser);
        loop_step(loop, 1);
    }
    virtual_bus_command(bus, "reader", "unplug", NULL);
    await(&seen.disconnected);
    CHECK_INT(seen.id, 1); /* it came back before */
    CHECK_INT(seen.status, usb_redir_ioerror);
    seen.connected = 0;
    virtual_bus_command(bus, "reader", "plug", NULL);
    await(&seen.connected);
    tear_down();
}

TEST(one_peer_and_then_another)
{
    set_up("whole");
    await(&seen.connected);
    int first = sock;
    struct usbredirparser *first_parser = parser;
    dial();
    await(&seen.lost);
    hang_up();
    sock = first;
    parser = first_parser;
    hang_up();
    loop_step(loop, 10);
    dial();
    await(&seen.connected);
    tear_down();
}

TEST(noise_ends_the_connection)
{
    uint8_t noise[300];
    set_up("whole");
    await(&seen.connected);
    memset(noise, 0xFF, sizeof noise);
    send(sock, noise, sizeof noise, MSG_NOSIGNAL);
    for (int i = 0; i < 20; i++)
        loop_step(loop, 1);
    hang_up();
    loop_step(loop, 10);
    loop_step(loop, 10);
    dial();
    await(&seen.connected);
    struct err e = {0};
    CHECK_INT(usbredir_start(bus, "printer", at, &e), -ERR_NOTFOUND);
    tear_down();
}

TEST_MAIN(T(says_what_is_plugged_in), T(control_and_configuration), T(a_command_to_the_reader), T(interrupt_endpoints_push),
          T(interrupt_endpoints_push_until_nothing_is_left), T(what_waits_is_cancelled), T(unplug_and_plug),
          T(one_peer_and_then_another), T(noise_ends_the_connection))
