/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual reader against the frames of the protocol document, spoken to without any driver.
 */
#include "drivers/virtual/sam.h"

#include "test.h"

static struct virtual_device *sam;
static uint8_t reply[1400];

static void set_up(const char *transport)
{
    struct err e = {0};
    sam = virtual_sam_create(transport, &e);
    CHECK(sam != NULL);
}

static void tear_down(void)
{
    sam->ops->destroy(sam);
}

static void command(const char *words)
{
    struct buf out;
    buf_init(&out, 200);
    CHECK_INT(sam->ops->command(sam, words, &out), 0);
    buf_finish(&out);
}

static void place(void)
{
    struct virtual_card card = {.moved = false};
    for (int i = 0; i < VIRTUAL_TEXT_LEN; i++)
        card.text[i] = (uint8_t)i;
    virtual_sam_place(sam, &card);
}

static void send(uint8_t endpoint, const char *hex)
{
    uint8_t bytes[64];
    size_t len;
    CHECK_INT(hex_decode(hex, strlen(hex), bytes, sizeof bytes, &len), 0);
    CHECK_INT(sam->ops->out(sam, endpoint, bytes, (int)len, 0), (int)len);
}

/* Reads packets until one is short; the number of bytes, or VIRTUAL_* when there is none. */
static int receive(uint8_t endpoint, uint8_t *out, int64_t now_ms)
{
    int len = 0, n;
    do {
        n = sam->ops->in(sam, endpoint, out + len, 64, now_ms);
        if (n < 0)
            return len > 0 ? len : n;
        len += n;
    } while (n == 64);
    return len;
}

/* One pair: the whole reply must be this. */
static void exchange(const char *hex, const char *want)
{
    uint8_t bytes[64];
    size_t len;
    send(2, hex);
    CHECK_INT(hex_decode(want, strlen(want), bytes, sizeof bytes, &len), 0);
    CHECK_INT(receive(0x81, reply, 0), len);
    CHECK_MEM(reply, bytes, len);
}

#define STATUS "AAAAAA9669000311FFED"
#define FIND "AAAAAA96690003200122"
#define SELECT "AAAAAA96690003200221"
#define READ "AAAAAA96690003300132"
#define ADDRESS "AAAAAA96690003300330"
#define OK "AAAAAA9669000400009094"
#define FOUND "AAAAAA9669000800009F0000000097"
#define NO_CARD "AAAAAA9669000400008084"
#define SELECTED "AAAAAA9669000C00009000000000000000009C"

TEST(frames_of_the_document)
{
    set_up("whole");
    exchange(STATUS, OK);
    exchange("AAAAAA9669000310FFEC", OK);
    exchange("AAAAAA9669000312FFEE", "AAAAAA966900140000900500010009B8320105BE1200ADC5B11163");
    exchange(FIND, NO_CARD);
    exchange(SELECT, "AAAAAA9669000400008185");
    exchange(READ, "AAAAAA9669000400004145");
    tear_down();
}

TEST(wrong_commands)
{
    set_up("whole");
    exchange("AAAAAA96690003200121", "AAAAAA9669000400001014");   /* checksum */
    exchange("AAAAAA9669000420010025", "AAAAAA9669000400001115"); /* length */
    exchange("AAAAAA96690003440146", "AAAAAA9669000400002125");   /* unknown */
    exchange("0055AA" STATUS, OK);                                /* junk before it */
    tear_down();
}

TEST(a_card_is_read_once)
{
    set_up("whole");
    place();
    exchange(FIND, FOUND);
    exchange(SELECT, SELECTED);
    send(2, READ);
    CHECK_INT(receive(0x81, reply, 0), 1295);
    CHECK_MEM(reply, "\xAA\xAA\xAA\x96\x69\x05\x08\x00\x00\x90\x01\x00\x04\x00\x00\x01\x02", 17);
    CHECK_MEM(reply + 14 + 256, "\x57\x4C\x66\x00\x7E", 5);
    exchange(FIND, NO_CARD);
    exchange(ADDRESS, "AAAAAA9669000400009195");
    virtual_sam_lift(sam);
    exchange(ADDRESS, "AAAAAA9669000400004145");
    place();
    exchange(FIND, FOUND);
    tear_down();
}

TEST(four_pipes)
{
    set_up("split");
    place();
    send(2, "AAAAAA96690003");
    CHECK_INT(receive(0x81, reply, 0), VIRTUAL_NAK);
    send(6, "200122");
    CHECK_INT(receive(0x81, reply, 0), 7);
    CHECK_MEM(reply, "\xAA\xAA\xAA\x96\x69\x00\x08", 7);
    CHECK_INT(receive(0x85, reply, 0), 8);
    CHECK_MEM(reply, "\x00\x00\x9F\x00\x00\x00\x00\x97", 8);
    send(6, "200122"); /* a body without its header */
    CHECK_INT(receive(0x81, reply, 0), VIRTUAL_NAK);
    tear_down();
}

TEST(faults)
{
    set_up("whole");
    command("silent 1");
    send(2, STATUS);
    CHECK_INT(receive(0x81, reply, 0), VIRTUAL_NAK);
    exchange(STATUS, OK);
    command("stall 1");
    send(2, STATUS);
    CHECK_INT(receive(0x81, reply, 0), VIRTUAL_STALL);
    CHECK_INT(receive(0x81, reply, 0), VIRTUAL_NAK);
    command("garbage 1");
    exchange(STATUS, "5555555555555555555555");
    command("no-card-error");
    exchange(FIND, "AAAAAA9669000400002420");
    command("self-test");
    exchange(STATUS, "AAAAAA9669000400006064");
    command("clear");
    exchange(FIND, NO_CARD);
    tear_down();
}

/* One pair: the next command's reply must be this, with an AA lost or with 69 82 or in small pieces. */
TEST(more_faults)
{
    set_up("whole");
    command("short 1");
    exchange(STATUS, "AAAA9669000400009094");
    command("status-bytes");
    exchange(STATUS, "AAAAAA966900046982907F");
    command("clear");
    command("deaf reset");
    send(2, STATUS);
    CHECK_INT(receive(0x81, reply, 0), VIRTUAL_NAK);
    exchange("AAAAAA9669000310FFEC", OK);
    exchange(STATUS, OK);
    command("late 1");
    send(2, FIND);
    CHECK_INT(receive(0x81, reply, 0), VIRTUAL_NAK);
    send(2, STATUS);
    CHECK_INT(receive(0x81, reply, 0), 11);
    CHECK_INT(reply[9], 0x80); /* the older one first */
    CHECK_INT(receive(0x81, reply, 0), 11);
    CHECK_INT(reply[9], 0x90);
    command("chop 4");
    send(2, STATUS);
    CHECK_INT(sam->ops->in(sam, 0x81, reply, 64, 0), 4);
    tear_down();
}

TEST(reports)
{
    static const uint8_t zeros[64];
    uint8_t report[64] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x03, 0x11, 0xFF, 0xED};
    set_up("hid");
    CHECK_INT(sam->ops->out(sam, 1, report, 10, 0), 10); /* no whole report: lost */
    CHECK_INT(sam->ops->in(sam, 0x81, reply, 64, 0), VIRTUAL_NAK);
    CHECK_INT(sam->ops->out(sam, 1, report, 64, 0), 64);
    CHECK_INT(sam->ops->in(sam, 0x81, reply, 64, 0), 64);
    CHECK_MEM(reply, "\xAA\xAA\xAA\x96\x69\x00\x04\x00\x00\x90\x94", 11);
    CHECK_MEM(reply + 11, zeros, 64 - 11);
    tear_down();
}

/* As long as the HID descriptor says, or a kernel's usbhid does not take the reader. */
TEST(report_descriptor)
{
    const struct virtual_setup ask = {.request_type = 0x81, .request = 6, .value = 0x2200, .length = 255};
    size_t len;
    set_up("hid");
    const uint8_t *d = sam->ops->descriptors(sam, &len);
    int n = sam->ops->control(sam, &ask, reply, 0);
    CHECK_INT(n, d[18 + 9 + 9 + 7]);
    CHECK_INT(reply[n - 1], 0xC0);
    tear_down();
    set_up("whole");
    CHECK_INT(sam->ops->control(sam, &ask, reply, 0), VIRTUAL_STALL);
    tear_down();
}

TEST(newest_address)
{
    struct virtual_card card = {.moved = true, .address = {0x4B, 0x6D}};
    set_up("whole");
    virtual_sam_place(sam, &card);
    exchange(FIND, FOUND);
    exchange(SELECT, SELECTED);
    send(2, READ);
    CHECK_INT(receive(0x81, reply, 0), 1295);
    send(2, ADDRESS);
    CHECK_INT(receive(0x81, reply, 0), 81);
    CHECK_MEM(reply, "\xAA\xAA\xAA\x96\x69\x00\x4A\x00\x00\x90\x4B\x6D", 12);
    tear_down();
}

TEST(slow)
{
    set_up("whole");
    command("slow 250");
    send(2, STATUS);
    CHECK_INT(sam->ops->tick(sam, 0), 250);
    CHECK_INT(receive(0x81, reply, 249), VIRTUAL_NAK);
    CHECK_INT(receive(0x81, reply, 250), 11);
    CHECK_INT(sam->ops->tick(sam, 250), -1);
    tear_down();
}

TEST(unknown_words)
{
    struct buf out;
    struct err e;
    set_up("split");
    buf_init(&out, 200);
    CHECK(sam->ops->command(sam, "dance", &out) < 0);
    CHECK(sam->ops->command(sam, "slow", &out) < 0);
    CHECK(sam->ops->command(sam, "slow fast", &out) < 0);
    CHECK(sam->ops->command(sam, "place raw 00", &out) < 0);
    CHECK_INT(sam->ops->command(sam, "status", &out), 0);
    CHECK_STR(buf_str(&out), "{\"transport\":\"split\",\"card\":false}");
    buf_finish(&out);
    tear_down();
    CHECK(!virtual_sam_create("serial", &e));
    CHECK_INT(e.code, ERR_NOTFOUND);
}

TEST_MAIN(T(frames_of_the_document), T(wrong_commands), T(a_card_is_read_once), T(four_pipes), T(faults), T(more_faults),
          T(reports), T(report_descriptor), T(newest_address), T(slow), T(unknown_words))
