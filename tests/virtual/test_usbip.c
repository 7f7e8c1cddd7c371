/* SPDX-License-Identifier: Apache-2.0
 *
 * The USB/IP server, by a client that writes the protocol's bytes down as the kernel's document has them.
 */
#include "drivers/virtual/usbip_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drivers/virtual/printer.h"
#include "drivers/virtual/sam.h"
#include "drivers/virtual/usbip_wire.h"
#include "test.h"

static struct loop *loop;
static struct virtual_bus *bus;
static int port, sock;

static int dial(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(0x7F000001)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_INT(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
    return fd;
}

static void set_up(void)
{
    struct err e = {0};
    char path[64];
    snprintf(path, sizeof path, "/tmp/test-usbip-%d", getpid());
    loop = loop_create();
    bus = virtual_bus_create(loop, path, &e);
    virtual_bus_add(bus, "reader", virtual_sam_create("whole", &e));
    virtual_bus_add(bus, "printer", virtual_printer_create("epson-tm-t20iii", &e));
    CHECK_INT(usbip_server_start(bus, "0", &port, &e), 0);
    CHECK_STR(e.text, "");
    sock = dial();
}

static void tear_down(void)
{
    close(sock);
    virtual_bus_destroy(bus);
    loop_destroy(loop);
}

/* So many bytes, or fewer when the server hangs up. */
static size_t receive(uint8_t *out, size_t len)
{
    size_t got = 0;
    for (int i = 0; i < 2000 && got < len; i++) {
        loop_step(loop, 1);
        ssize_t n = recv(sock, out + got, len - got, MSG_DONTWAIT);
        if (n == 0)
            break;
        if (n > 0)
            got += (size_t)n;
    }
    return got;
}

static void say(const void *data, size_t len)
{
    CHECK_INT(send(sock, data, len, 0), (ssize_t)len);
}

static uint8_t *put(uint8_t *p, uint32_t v)
{
    for (int i = 3; i >= 0; i--)
        *p++ = (uint8_t)(v >> 8 * i);
    return p;
}

static void say_submit(uint32_t sequence, bool in, uint32_t endpoint, uint32_t length, const void *setup, const void *data)
{
    uint8_t b[USBIP_COMMAND_LEN] = {0};
    put(put(put(put(put(put(put(b, 1), sequence), 0x10001), in), endpoint), 0), length);
    if (setup)
        memcpy(b + 40, setup, 8);
    say(b, sizeof b);
    if (!in && length)
        say(data, length);
}

/* Answer to a submission, or to an unlinking: its status, with the bytes moved. */
static int answer(uint32_t code, uint32_t sequence, uint32_t *ret_len, uint8_t *data)
{
    uint8_t b[USBIP_COMMAND_LEN] = {0};
    CHECK_INT(receive(b, sizeof b), sizeof b);
    CHECK_INT(be32(b), code);
    CHECK_INT(be32(b + 4), sequence);
    if (ret_len)
        *ret_len = be32(b + 24);
    if (data)
        CHECK_INT(receive(data, be32(b + 24)), be32(b + 24));
    return (int)be32(b + 20);
}

static uint32_t import(const char *busid)
{
    uint8_t b[40] = {1, 0x11, 0x80, 3}, reply[USBIP_OP_LEN + USBIP_DEVICE_LEN] = {0};
    memcpy(b + 8, busid, strlen(busid));
    say(b, sizeof b);
    CHECK_INT(receive(reply, USBIP_OP_LEN), USBIP_OP_LEN);
    CHECK_INT(be32(reply), 0x01110003);
    if (be32(reply + 4) == 0) {
        CHECK_INT(receive(reply + USBIP_OP_LEN, USBIP_DEVICE_LEN), USBIP_DEVICE_LEN);
        CHECK_STR((const char *)reply + USBIP_OP_LEN + 256, busid);
    }
    return be32(reply + 4);
}

TEST(lists_what_is_there)
{
    static const uint8_t ask[8] = {1, 0x11, 0x80, 5};
    uint8_t reply[2000] = {0};
    set_up();
    say(ask, sizeof ask);
    CHECK_INT(receive(reply, sizeof reply), 8 + 4 + 2 * (USBIP_DEVICE_LEN + USBIP_INTERFACE_LEN));
    CHECK_INT(be32(reply), 0x01110005);
    CHECK_INT(be32(reply + 8), 2);
    const uint8_t *reader = reply + 12, *printer = reader + USBIP_DEVICE_LEN + USBIP_INTERFACE_LEN;
    CHECK_STR((const char *)reader + 256, "1-1");
    CHECK_INT(be16(reader + 300), 0x0400);
    CHECK_INT(be16(reader + 302), 0xC35A);
    CHECK_STR((const char *)printer + 256, "1-2");
    CHECK_INT(printer[USBIP_DEVICE_LEN], 7); /* its interface is a printer's */
    tear_down();
}

TEST(descriptors_and_a_command_to_the_reader)
{
    static const uint8_t device[8] = {0x80, 6, 0, 1, 0, 0, 18, 0}, configure[8] = {0, 9, 1, 0, 0, 0, 0, 0};
    static const uint8_t status[10] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 3, 0x11, 0xFF, 0xED};
    uint8_t data[512] = {0};
    uint32_t len = 0;
    set_up();
    CHECK_INT(import("1-1"), 0);
    say_submit(1, true, 0, 18, device, NULL);
    CHECK_INT(answer(3, 1, &len, data), 0);
    CHECK_INT(len, 18);
    CHECK_INT(data[8] | data[9] << 8, 0x0400);
    say_submit(2, false, 0, 0, configure, NULL);
    CHECK_INT(answer(3, 2, &len, NULL), 0);
    say_submit(3, true, 1, 512, NULL, NULL);
    say_submit(4, false, 2, sizeof status, NULL, status);
    CHECK_INT(answer(3, 4, &len, NULL), 0);
    CHECK_INT(len, sizeof status);
    CHECK_INT(answer(3, 3, &len, data), 0);
    CHECK(len > 10 && data[0] == 0xAA && data[4] == 0x69);
    say_submit(5, true, 9, 8, NULL, NULL);
    CHECK_INT(answer(3, 5, NULL, NULL), -EPIPE);
    tear_down();
}

TEST(what_waits_can_be_unlinked)
{
    uint8_t unlink[USBIP_COMMAND_LEN] = {0};
    set_up();
    CHECK_INT(import("1-1"), 0);
    say_submit(7, true, 1, 64, NULL, NULL);
    put(put(put(put(put(put(unlink, 2), 8), 0x10001), 0), 0), 7);
    say(unlink, sizeof unlink);
    CHECK_INT(answer(4, 8, NULL, NULL), -ECONNRESET);
    put(put(unlink, 2), 9); /* it is gone by now */
    say(unlink, sizeof unlink);
    CHECK_INT(answer(4, 9, NULL, NULL), 0);
    tear_down();
}

TEST(one_importer_a_device)
{
    set_up();
    CHECK_INT(import("1-9"), USBIP_NOT_THERE);
    close(sock);
    sock = dial();
    CHECK_INT(import("1-2"), 0);
    int first = sock;
    sock = dial();
    CHECK_INT(import("1-2"), USBIP_BUSY);
    close(sock);
    close(first);
    loop_step(loop, 10);
    sock = dial();
    loop_step(loop, 10);
    CHECK_INT(import("1-2"), 0);
    tear_down();
}

TEST(unplugging_ends_the_connection)
{
    uint8_t data[8];
    set_up();
    CHECK_INT(import("1-1"), 0);
    say_submit(1, true, 1, 64, NULL, NULL);
    for (int i = 0; i < 5; i++)
        loop_step(loop, 1);
    virtual_bus_command(bus, "reader", "unplug", NULL);
    CHECK_INT(answer(3, 1, NULL, NULL), -ESHUTDOWN);
    CHECK_INT(receive(data, sizeof data), 0);
    tear_down();
}

TEST(nonsense_is_dropped)
{
    static const uint8_t other[8] = {1, 6, 0x80, 5};
    uint8_t command[USBIP_COMMAND_LEN] = {0}, data[8];
    set_up();
    say(other, sizeof other);
    CHECK_INT(receive(data, sizeof data), 0);
    close(sock);
    sock = dial();
    CHECK_INT(import("1-1"), 0);
    put(command, 9);
    say(command, sizeof command);
    CHECK_INT(receive(data, sizeof data), 0);
    struct err e = {0};
    CHECK_INT(usbip_server_start(bus, "here", NULL, &e), -ERR_INVALID);
    CHECK_INT(usbip_server_start(bus, "1.2.3:9", NULL, &e), -ERR_INVALID);
    CHECK_INT(usbip_server_start(bus, "99999", NULL, &e), -ERR_INVALID);
    CHECK_INT(usbip_server_check("99999", &e), -ERR_INVALID);
    CHECK_INT(usbip_server_check("-18446744073709551615", &e), -ERR_INVALID);
    CHECK_INT(usbip_server_check("192.0.2.1:3240", &e), 0);
    tear_down();
}

TEST_MAIN(T(lists_what_is_there), T(descriptors_and_a_command_to_the_reader), T(what_waits_can_be_unlinked),
          T(one_importer_a_device), T(unplugging_ends_the_connection), T(nonsense_is_dropped))
