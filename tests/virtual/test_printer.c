/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual printer against streams written byte by byte from the manuals: it must not be tested with our own encoder.
 */
#include "base/qr.h"
#include "test.h"
#include "virtual/printer_hands.h"

TEST(chinese_text_comes_out_as_it_was_sent)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    int64_t now;

    now = SEND(d, 0, 0x1B, '@', 0x1C, '&', 0xCA, 0xD5, 0xBC, 0xFE, ' ', '2', '4', '\n', 0x81, 0x40, '\n', 0x1D, 'V', 66, 24);
    d->ops->tick(d, now + 5000);
    CHECK_INT(s.cuts, 1);
    CHECK_STR(s.text, "收件 24\n丂\n");
    CHECK_INT(s.width, 576);
    CHECK_INT(s.height, 24 + 30 + 30 + 24);
    CHECK(s.black > 100);
    CHECK_INT((int)s.n_bytes, 2 + 2 + 7 + 1 + 3 + 4);
    d->ops->destroy(d);
}

TEST(chinese_is_switched_on_and_off)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    SEND(d, 0, 0x1B, '@', 'a', 0xCA, 0xD5, 0x1C, '.', 0xCA, 0xD5, 0x1C, '&', 0xCA, 0xD5, '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_STR(s.text, "a收╩╒收\n"); /* page 0: CP437 */
    d->ops->destroy(d);
    d = make("odd-next-line", &s);
    SEND(d, 0, 0x1B, '@', 'a', 0x1C, '&', 0xCA, 0xD5, '\n', 0xCA, 0xD5, 0x1C, '.', 0xCA, 0xD5, '\n', 0xCA, '\n', 0x1D, 'V',
         0);
    d->ops->tick(d, 5000);
    CHECK_STR(s.text, "a╩╒\n收收\n╩\n");
    d->ops->destroy(d);
}

TEST(a_line_too_long_wraps)
{
    struct seen s;
    struct virtual_device *d = make("zjiang-58", &s);

    for (int i = 0; i < 17; i++)
        SEND(d, 0, 0xB0, 0xA1);
    SEND(d, 0, '\n', 0x1B, 'i');
    d->ops->tick(d, 5000);
    CHECK_INT(s.cuts, 0); /* it has no cutter */
    say(d, "take");
    CHECK_STR(s.text, "啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊\n啊\n");
    CHECK_INT(s.width, 384);
    d->ops->destroy(d);
}

TEST(sizes_change_the_height_of_a_line)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    SEND(d, 0, 0x1B, '3', 32, 'A', '\n', 0x1D, '!', 0x11, 'A', 0xB0, 0xA1, '\n', 0x1D, '!', 0x33, 'A', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_INT(s.height, 24 + 32 + 48 + 96);
    d->ops->destroy(d);
    /* the cheap one sizes Chinese by FS ! only */
    d = make("zjiang-58", &s);
    SEND(d, 0, 0x1B, '3', 10, 0x1D, '!', 0x11, 0xB0, 0xA1, '\n', 0x1C, '!', 0x0C, 0xB0, 0xA1, '\n');
    d->ops->tick(d, 5000);
    say(d, "take");
    CHECK_INT(s.height, 24 + 24 + 48);
    d->ops->destroy(d);
}

TEST(raster_is_burnt_dot_by_dot)
{
    struct seen s;
    struct virtual_device *d = make("xprinter-80", &s);

    SEND(d, 0, 0x1D, 'v', '0', 0, 2, 0, 3, 0, 0xFF, 0x00, 0x80, 0x01, 0x00, 0x0F, 0x1D, 'V', 65, 0);
    d->ops->tick(d, 5000);
    CHECK_INT(s.height, 24 + 3);
    CHECK_INT(s.black, 8 + 2 + 4);
    CHECK_STR(s.text, "");
    d->ops->destroy(d);
}

TEST(real_time_commands_are_obeyed_inside_a_raster)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[8];

    SEND(d, 0, 0x1D, 'v', '0', 0, 3, 0, 1, 0, 0x10, 0x04, 0x01);
    CHECK_INT(read_all(d, b, sizeof b, 1000), 1);
    CHECK_INT(b[0], 0x12);
    d->ops->destroy(d);
}

TEST(the_marker_waits_for_the_paper)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[16];

    say(d, "slow 1000");
    SEND(d, 0, 'a', '\n', 'b', '\n', 0x1D, '(', 'H', 6, 0, 48, 48, 'J', '0', '0', '1');
    CHECK_INT(read_all(d, b, sizeof b, 10), 0);
    CHECK(d->ops->tick(d, 10) > 10);
    d->ops->tick(d, 1000);
    CHECK_INT(read_all(d, b, sizeof b, 1000), 0);
    d->ops->tick(d, 3000);
    CHECK_INT(read_all(d, b, sizeof b, 3000), 7);
    CHECK_MEM(b, "\x37\x22J001\0", 7);
    d->ops->destroy(d);
    /* the one without it answers GS r */
    d = make("xprinter-80", &s);
    SEND(d, 0, 'a', '\n', 0x1D, '(', 'H', 6, 0, 48, 48, 'J', '0', '0', '1', 0x1D, 'r', 1);
    d->ops->tick(d, 3000);
    CHECK_INT(read_all(d, b, sizeof b, 3000), 1);
    CHECK_INT(b[0], 0);
    d->ops->destroy(d);
}

TEST(status_tells_paper_cover_and_errors)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    CHECK_INT(ask(d, 1, 0), 0x12);
    CHECK_INT(ask(d, 4, 0), 0x12);
    say(d, "paper-low");
    CHECK_INT(ask(d, 4, 0), 0x1E);
    say(d, "paper-out");
    CHECK_INT(ask(d, 4, 0), 0x7E);
    CHECK_INT(ask(d, 2, 0), 0x32);
    CHECK_INT(ask(d, 1, 0), 0x1A);
    say(d, "paper-load");
    say(d, "cover-open");
    CHECK_INT(ask(d, 2, 0), 0x16);
    say(d, "cover-close");
    say(d, "jam");
    CHECK_INT(ask(d, 3, 0), 0x16);
    say(d, "clear");
    say(d, "cutter");
    CHECK_INT(ask(d, 3, 0), 0x1A);
    say(d, "clear");
    CHECK_INT(ask(d, 1, 0), 0x12);
    say(d, "silent");
    CHECK_INT(ask(d, 1, 0), -1);
    d->ops->destroy(d);
}

TEST(automatic_status_comes_at_once_and_at_changes)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[16];

    SEND(d, 0, 0x1D, 'a', 0x0E);
    CHECK_INT(read_all(d, b, sizeof b, 0), 4);
    CHECK_MEM(b, "\x10\x00\x00\x0F", 4);
    say(d, "paper-out");
    CHECK_INT(read_all(d, b, sizeof b, 0), 4);
    CHECK_MEM(b, "\x18\x00\x0F\x0F", 4);
    say(d, "paper-out");
    CHECK_INT(read_all(d, b, sizeof b, 0), 0);
    say(d, "paper-load");
    CHECK_INT(read_all(d, b, sizeof b, 0), 4);
    SEND(d, 0, 0x1B, '@');
    say(d, "cover-open");
    CHECK_INT(read_all(d, b, sizeof b, 0), 0);
    d->ops->destroy(d);
}

TEST(a_full_buffer_is_refused_until_there_is_room)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t line[64];
    int taken = 0;

    memset(line, '\n', sizeof line);
    say(d, "cover-open");
    for (int n; (n = d->ops->out(d, out_of(d), line, sizeof line, 0)) > 0;)
        taken += n;
    CHECK_INT(taken, 4096);
    CHECK_INT(d->ops->out(d, out_of(d), line, 1, 0), VIRTUAL_NAK);
    say(d, "cover-close");
    d->ops->tick(d, 1000);
    CHECK(d->ops->out(d, out_of(d), line, 1, 1000) > 0);
    d->ops->destroy(d);
}

TEST(paper_runs_out_in_the_middle_and_goes_on)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[16];

    say(d, "paper-out-after 2");
    SEND(d, 0, 0x1B, '3', 32, 'a', '\n', 'b', '\n', 'c', '\n', 0x1D, 'V', 66, 0, 0x1D, 'r', 1);
    d->ops->tick(d, 5000);
    CHECK_INT(s.cuts, 0);
    CHECK(virtual_printer_unfinished(d, on_job, &s));
    CHECK_STR(s.text, "a\nb\n");
    CHECK_INT(read_all(d, b, sizeof b, 5000), 0);
    say(d, "paper-load");
    d->ops->tick(d, 9000);
    CHECK_INT(s.cuts, 1);
    CHECK_STR(s.text, "a\nb\nc\n");
    CHECK_INT(read_all(d, b, sizeof b, 9000), 1);
    CHECK(!virtual_printer_unfinished(d, on_job, &s));
    d->ops->destroy(d);
}

TEST(paper_runs_out_at_the_cut)
{
    struct seen s;
    struct virtual_device *d = make("xprinter-80", &s);

    say(d, "paper-out-at-cut");
    SEND(d, 0, 'a', '\n', 0x1D, 'V', 66, 0);
    d->ops->tick(d, 5000);
    CHECK_INT(s.cuts, 0);
    CHECK_INT(ask(d, 4, 5000), 0x7E);
    say(d, "paper-load");
    d->ops->tick(d, 9000);
    CHECK_INT(s.cuts, 1);
    d->ops->destroy(d);
}

TEST(buffers_are_cleared_on_command)
{
    static const uint8_t clear[] = {0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8};
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    say(d, "cover-open");
    SEND(d, 0, 'a', '\n', 0x1D, 'V', 66, 0);
    send_at(d, clear, sizeof clear, 0);
    say(d, "cover-close");
    d->ops->tick(d, 5000);
    CHECK_INT(s.cuts, 0);
    CHECK(!virtual_printer_unfinished(d, on_job, &s));
    d->ops->destroy(d);
    d = make("xprinter-80", &s);
    say(d, "paper-out");
    SEND(d, 0, 'a', '\n', 0x1D, 'V', 66, 0, 0x10, 0x05, 2);
    say(d, "paper-load");
    d->ops->tick(d, 5000);
    CHECK_INT(s.cuts, 0);
    d->ops->destroy(d);
}

TEST(it_dies_after_so_many_bytes)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    uint8_t b[4];

    say(d, "die-after 3");
    CHECK_INT(d->ops->out(d, out_of(d), (const uint8_t *)"abcdef", 6, 0), 4);
    CHECK_INT(d->ops->out(d, out_of(d), (const uint8_t *)"ef", 2, 0), VIRTUAL_GONE);
    CHECK_INT(d->ops->in(d, in_of(d), b, 4, 0), VIRTUAL_GONE);
    d->ops->destroy(d);
}

TEST(native_qr_is_drawn_and_told)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    SEND(d, 0, 0x1D, '(', 'k', 3, 0, 49, 67, 6, 0x1D, '(', 'k', 8, 0, 49, 80, 48, 'H', 'E', 'L', 'L', 'O', 0x1D, '(', 'k', 3,
         0, 49, 81, 48, 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_INT(s.n_qr, 1);
    CHECK_STR(s.qr, "HELLO");
    CHECK_INT(s.height, 24 + 21 * 6);
    /* and its size is told before it is printed */
    uint8_t b[16];
    SEND(d, 5000, 0x1D, '(', 'k', 3, 0, 49, 82, 48);
    CHECK_INT(read_all(d, b, sizeof b, 5000), 14);
    CHECK_MEM(b,
              "\x37\x36"
              "126\x1F"
              "126\x1F"
              "1\x1F"
              "0",
              14);
    d->ops->destroy(d);
    /* one that lacks it does not print the symbol */
    d = make("zjiang-58", &s);
    SEND(d, 0, 0x1D, '(', 'k', 8, 0, 49, 80, 48, 'H', 'E', 'L', 'L', 'O', 0x1D, '(', 'k', 3, 0, 49, 81, 48, 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_INT(s.n_qr, 0);
    d->ops->destroy(d);
}

static void print_qr(struct virtual_device *d, const char *text, int module)
{
    struct qr qr;
    int stride;

    CHECK_INT(qr_encode(text, &qr, NULL), 0);
    stride = (qr.size * module + 7) / 8;
    SEND(d, 0, 0x1D, 'v', '0', 0, (uint8_t)stride, 0, (uint8_t)(qr.size * module), (uint8_t)(qr.size * module >> 8));
    for (int y = 0; y < qr.size * module; y++) {
        uint8_t row[100] = {0};

        for (int x = 0; x < qr.size * module; x++)
            if (qr.dark[y / module * qr.size + x / module])
                row[x / 8] |= (uint8_t)(0x80 >> (x & 7));
        send_at(d, row, (size_t)stride, 0);
        d->ops->tick(d, y * 10);
    }
    SEND(d, 100000, 0x1D, 'V', 0);
    d->ops->tick(d, 200000);
}

TEST(a_qr_code_of_nuls)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    SEND(d, 0, 0x1D, '(', 'k', 7, 0, 49, 80, 48, 0, 0, 'A', 0, 0x1D, '(', 'k', 3, 0, 49, 81, 48, 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_INT(s.cuts, 1);
    CHECK_INT(s.n_qr, 1); /* drawn, and read back as the same */
    CHECK_STR(s.qr, "\u2400\u2400A\u2400");
    d->ops->destroy(d);
}

TEST(raster_qr_is_read_back)
{
    static const char *const texts[] = {"1",
                                        "TB1:1103003261119000274:T-1103-003",
                                        "https://example.cn/办件?n=1103003261119000274",
                                        "0123456789012345678901",
                                        "The quick brown fox jumps over the lazy dog, and then over the other dog, and then "
                                        "goes home again to sleep a little",
                                        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789A"
                                        "BCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                        "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct seen s;
        struct virtual_device *d = make("epson-tm-t20iii", &s);

        print_qr(d, texts[i], 4);
        CHECK_INT(s.n_qr, 1);
        CHECK_STR(s.qr, texts[i]);
        d->ops->destroy(d);
    }
}

TEST(column_images_stand_in_the_line)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);

    SEND(d, 0, 0x1B, '3', 24, 0x1B, '*', 33, 2, 0, 0xFF, 0xFF, 0xFF, 0, 0, 1, 'x', '\n', 0x1D, 'V', 0);
    d->ops->tick(d, 5000);
    CHECK_STR(s.text, "x\n");
    CHECK_INT(s.height, 48);
    CHECK(s.black > 25);
    d->ops->destroy(d);
}

TEST(port_status_and_device_id)
{
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    const struct virtual_setup port = {0xA1, 1, 0, 0, 1}, id = {0xA1, 0, 0, 0, 64}, odd = {0xA1, 9, 0, 0, 1};
    uint8_t b[64];

    CHECK_INT(d->ops->control(d, &port, b, 0), 1);
    CHECK_INT(b[0], 0x18);
    say(d, "paper-out");
    CHECK_INT(d->ops->control(d, &port, b, 0), 1);
    CHECK(b[0] & 0x20);
    CHECK(d->ops->control(d, &id, b, 0) > 14);
    CHECK_INT(b[0] << 8 | b[1], 2 + (int)strlen("MFG:EPSON;MDL:TM-T20III;CLS:PRINTER;CMD:ESC/POS;"));
    CHECK_INT(d->ops->control(d, &odd, b, 0), VIRTUAL_STALL);
    d->ops->destroy(d);
}

TEST(unknown_words_and_profiles_are_refused)
{
    struct err e = {0};
    struct seen s;
    struct virtual_device *d = make("epson-tm-t20iii", &s);
    struct buf reply;

    buf_init(&reply, 1024);
    CHECK(d->ops->command(d, "explode", &reply) < 0);
    CHECK(d->ops->command(d, "slow x", &reply) < 0);
    CHECK_INT(d->ops->command(d, "status", &reply), 0);
    CHECK(strstr(buf_str(&reply), "\"paper\":\"ok\""));
    buf_finish(&reply);
    d->ops->destroy(d);
    CHECK(!virtual_printer_create("laser", &e));
    CHECK(strstr(e.text, "xprinter-80"));
    CHECK_STR(virtual_printer_profiles()[0], "epson-tm-t20iii");
}

TEST_MAIN(T(chinese_text_comes_out_as_it_was_sent), T(chinese_is_switched_on_and_off), T(a_line_too_long_wraps),
          T(sizes_change_the_height_of_a_line), T(raster_is_burnt_dot_by_dot),
          T(real_time_commands_are_obeyed_inside_a_raster), T(the_marker_waits_for_the_paper),
          T(status_tells_paper_cover_and_errors), T(automatic_status_comes_at_once_and_at_changes),
          T(a_full_buffer_is_refused_until_there_is_room), T(paper_runs_out_in_the_middle_and_goes_on),
          T(paper_runs_out_at_the_cut), T(buffers_are_cleared_on_command), T(it_dies_after_so_many_bytes),
          T(native_qr_is_drawn_and_told), T(a_qr_code_of_nuls), T(raster_qr_is_read_back),
          T(column_images_stand_in_the_line), T(port_status_and_device_id), T(unknown_words_and_profiles_are_refused))
