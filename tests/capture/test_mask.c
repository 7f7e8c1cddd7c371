/* SPDX-License-Identifier: Apache-2.0
 *
 * What may leave the terminal in a capture, and that it can still be played.
 */
#include "drivers/capture/mask.h"

#include "drivers/capture/conversation_wire.h"
#include "drivers/idcard/card_text.h"
#include "drivers/sam/sam_wire.h"
#include "test.h"

#define TEXT_AT 14 /* of a whole reply: preamble, length, status, lengths */

static uint8_t reply[SAM_FRAME_MAX];

/* A whole reply with `n` bytes of data, all of them `fill`. */
static size_t make_reply(size_t n, uint8_t fill)
{
    uint8_t sum = 0;

    memcpy(reply, "\xAA\xAA\xAA\x96\x69", 5);
    reply[5] = (uint8_t)((n + 4) >> 8);
    reply[6] = (uint8_t)(n + 4);
    memcpy(reply + 7, "\0\0\x90", 3);
    memset(reply + 10, fill, n);
    for (size_t i = 5; i < 10 + n; i++)
        sum ^= reply[i];
    reply[10 + n] = sum;
    return 11 + n;
}

static void ask(struct mask *m, enum sam_command command)
{
    uint8_t frame[SAM_COMMAND_LEN], before[SAM_COMMAND_LEN];

    sam_wire_build(command, frame);
    memcpy(before, frame, sizeof frame);
    mask_to_device(m, frame, SAM_HEADER_LEN); /* in two pieces, as on four pipes */
    mask_to_device(m, frame + SAM_HEADER_LEN, sizeof frame - SAM_HEADER_LEN);
    CHECK_MEM(frame, before, sizeof frame);
}

static bool holds(const uint8_t *data, size_t len, uint8_t byte, size_t from)
{
    return memchr(data + from, byte, len - from) != NULL;
}

TEST(a_card_becomes_somebody)
{
    struct identity id;
    struct sam_reply r;
    struct err e = {0};
    struct mask m;

    mask_init(&m, false);
    ask(&m, SAM_READ);
    size_t n = make_reply(4 + 256 + 1024, 0x4E);
    memcpy(reply + 10, "\x01\x00\x04\x00", 4);
    reply[n - 1] ^= 0x4E ^ 0x4E ^ 0x01 ^ 0x04; /* of 4E four times, 01 00 04 00 */
    mask_from_device(&m, reply, 7);
    for (size_t i = 7; i < n; i += 64) /* in packets */
        mask_from_device(&m, reply + i, n - i < 64 ? n - i : 64);
    CHECK(!holds(reply, n, 0x4E, TEXT_AT + 256)); /* not a byte of the photo */
    CHECK_INT(sam_wire_parse(reply, n, &r, NULL), SAM_PARSE_DONE);
    const uint8_t *bytes = sam_wire_card_text(&r);
    CHECK(bytes != NULL);
    CHECK_INT(card_text_decode(bytes, &id, &e), 0);
    CHECK_STR(id.name, "某某某");
    CHECK_STR(id.number, "110101190001010014");
}

TEST(a_wrong_checksum_stays_wrong)
{
    struct mask m;

    mask_init(&m, false);
    ask(&m, SAM_READ);
    size_t n = make_reply(300, 7);
    reply[n - 1] ^= 0x20;
    mask_from_device(&m, reply, n);
    CHECK_INT(sam_wire_parse(reply, n, NULL, NULL), SAM_PARSE_CHECKSUM);
    reply[n - 1] ^= 0x20;
    CHECK_INT(sam_wire_parse(reply, n, NULL, NULL), SAM_PARSE_DONE);
}

TEST(what_is_the_readers_own_stays)
{
    uint8_t before[64];
    struct mask m;

    mask_init(&m, false);
    ask(&m, SAM_READ_ID);
    size_t n = make_reply(16, 0x33);
    memcpy(before, reply, n);
    mask_from_device(&m, reply, n);
    CHECK_MEM(reply, before, n);
}

TEST(everything_else_of_a_card_goes)
{
    static const enum sam_command commands[] = {SAM_FIND, SAM_SELECT, SAM_ADDRESS, (enum sam_command)0x3010,
                                                (enum sam_command)0x4001};
    struct mask m;

    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        mask_init(&m, false);
        ask(&m, commands[i]);
        size_t n = make_reply(600, 0x4E), from = commands[i] >> 8 == 0x30 && commands[i] != SAM_ADDRESS ? TEXT_AT : 10;
        mask_from_device(&m, reply, n - 1);
        CHECK(!holds(reply, n - 1, 0x4E, from));
    }
}

/* The rest of a reply that was given up, without its head. */
TEST(bytes_outside_a_frame_go)
{
    uint8_t junk[40];
    struct mask m;

    mask_init(&m, false);
    memset(junk, 0x4E, sizeof junk);
    mask_from_device(&m, junk, sizeof junk);
    CHECK(!holds(junk, sizeof junk, 0x4E, 0));
}

/* --- paper --- */

static const char *masked(const char *bytes, size_t len)
{
    static uint8_t out[600];
    struct mask m;

    mask_init(&m, true);
    memcpy(out, bytes, len);
    for (size_t i = 0; i < len; i++) /* one by one: no state is lost between transfers */
        mask_to_device(&m, out + i, 1);
    return (const char *)out;
}

TEST(printed_text_goes)
{
    CHECK_MEM(masked("Li 138\n", 7), "xx 000\n", 7);
    CHECK_MEM(masked("\xD5\xC5\xC8\xFD\n", 5), "\xB2\xE2\xB2\xE2\n", 5);
    CHECK_MEM(masked("\x1B\x61\x01Li\x1D\x21\x11Li", 10), "\x1B\x61\x01xx\x1D\x21\x11xx", 10);
    CHECK_MEM(masked("\x1C\x53\x01\x02Li", 6), "\x1C\x53\x01\x02xx", 6);
}

TEST(pictures_and_codes_go)
{
    CHECK_MEM(masked("\x1D\x76\x30\x00\x02\x00\x01\x00\x7E\x41Li", 12), "\x1D\x76\x30\x00\x02\x00\x01\x00\x00\x00xx", 12);
    CHECK_MEM(masked("\x1B*\x21\x01\x00\x7E\x41\x42Li", 10), "\x1B*\x21\x01\x00\x00\x00\x00xx", 10);
    CHECK_MEM(masked("\x1D(k\x06\x00\x31\x50\x30\x41\x42\x43Li", 13), "\x1D(k\x06\x00\x31\x50xxxxxx", 13);
    CHECK_MEM(masked("\x1DkI\x02\x41\x42Li", 8), "\x1DkI\x02xxxx", 8);
    CHECK_MEM(masked("\x1Dk\x04"
                     "AB\0Li",
                     8),
              "\x1Dk\x04"
              "xx\0xx",
              8);
}

TEST(questions_stay_and_are_counted)
{
    static const uint8_t asks[] = "\x10\x04\x01\x10\x04\x04\x1D\x72\x01\x1D(H\x06\x00\x30\x30J001\x1DI\x43Li";
    uint8_t bytes[sizeof asks];
    struct mask m;

    mask_init(&m, true);
    memcpy(bytes, asks, sizeof asks);
    mask_to_device(&m, bytes, sizeof asks - 1);
    CHECK_MEM(bytes, asks, sizeof asks - 3);
    CHECK_MEM(bytes + sizeof asks - 3, "xx", 2);
    CHECK_INT(m.asked, 5);
}

/* --- the file --- */

TEST(a_line_there_and_back)
{
    static struct conversation_transfer t = {.ms = 12, .direction = '<', .endpoint = 0x81, .failed = "TIMEOUT", .len = 2}, u;
    struct buf b;

    t.data[0] = 0xAB;
    buf_init(&b, 1000);
    conversation_put(&b, &t);
    CHECK_STR(buf_str(&b), "12 < 81 ab00 TIMEOUT");
    CHECK(conversation_take((char *)b.data, &u));
    CHECK_INT(u.ms, 12);
    CHECK_INT(u.endpoint, 0x81);
    CHECK_INT(u.len, 2);
    CHECK_INT(u.data[0], 0xAB);
    CHECK_STR(u.failed, "TIMEOUT");
    buf_finish(&b);
}

TEST(broken_lines)
{
    static const char *const bad[] = {"",
                                      "tongban-conversation 1 reader",
                                      "1 > 02",
                                      "x > 02 00",
                                      "1 ? 02 00",
                                      "1 > 2 00",
                                      "1 > 0202 00",
                                      "1 > 02 0",
                                      "1 > 02 0g",
                                      "1 = a1 18",
                                      "-1 > 02 00"};
    static struct conversation_transfer t;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s", bad[i]);
        CHECK(!conversation_take(line, &t));
    }
}

TEST_MAIN(T(a_card_becomes_somebody), T(a_wrong_checksum_stays_wrong), T(what_is_the_readers_own_stays),
          T(everything_else_of_a_card_goes), T(bytes_outside_a_frame_go), T(printed_text_goes), T(pictures_and_codes_go),
          T(questions_stay_and_are_counted), T(a_line_there_and_back), T(broken_lines))
