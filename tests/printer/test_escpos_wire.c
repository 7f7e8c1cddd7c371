/* SPDX-License-Identifier: Apache-2.0
 *
 * Command bytes against the manuals.
 */
#include "drivers/printer/escpos_wire.h"

#include <stdlib.h>

#include "base/err.h"
#include "test.h"

#define BYTES(b, ...)                                                                                                       \
    do {                                                                                                                    \
        static const uint8_t bytes_[] = {__VA_ARGS__};                                                                      \
        CHECK_INT((b)->len, sizeof bytes_);                                                                                 \
        if ((b)->len == sizeof bytes_)                                                                                      \
            CHECK_MEM((b)->data, bytes_, sizeof bytes_);                                                                    \
        buf_reset(b);                                                                                                       \
    } while (0)

TEST(commands_are_the_manuals)
{
    struct buf b;

    buf_init(&b, 4096);
    escpos_init(&b);
    BYTES(&b, 0x1B, 0x40);
    escpos_chinese(&b, 0);
    BYTES(&b, 0x1B, 0x74, 0x00, 0x1C, 0x26);
    escpos_chinese(&b, 255);
    BYTES(&b, 0x1B, 0x74, 0xFF, 0x1C, 0x26);
    escpos_present(&b, 12);
    BYTES(&b, 0x1D, 0x65, 3, 12);
    escpos_retract(&b);
    BYTES(&b, 0x1D, 0x65, 2);
    escpos_pitch(&b, 32);
    BYTES(&b, 0x1B, 0x33, 32);
    escpos_bold(&b, true);
    BYTES(&b, 0x1B, 0x45, 1);
    escpos_align(&b, ESCPOS_CENTER);
    BYTES(&b, 0x1B, 0x61, 1);
    escpos_line(&b);
    BYTES(&b, 0x0A);
    escpos_feed(&b, 300);
    BYTES(&b, 0x1B, 0x4A, 255, 0x1B, 0x4A, 45);
    escpos_feed(&b, 0);
    CHECK_INT(b.len, 0);
    escpos_cut(&b, false, 24);
    BYTES(&b, 0x1D, 0x56, 66, 24);
    escpos_cut(&b, true, 0);
    BYTES(&b, 0x1D, 0x56, 65, 0);
    escpos_marker_process_id(&b, "J001");
    BYTES(&b, 0x1D, 0x28, 0x48, 6, 0, 48, 48, 'J', '0', '0', '1');
    escpos_marker_paper(&b);
    BYTES(&b, 0x1D, 0x72, 1);
    escpos_automatic_status(&b);
    BYTES(&b, 0x1D, 0x61, 0x0E);
    escpos_ask_status(&b, 4);
    BYTES(&b, 0x10, 0x04, 4);
    escpos_clear_buffers(&b);
    BYTES(&b, 0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);
    escpos_recover_cleared(&b);
    BYTES(&b, 0x10, 0x05, 2);
    buf_finish(&b);
}

TEST(sizes_for_both_kinds_of_printers)
{
    struct buf b;

    buf_init(&b, 4096);
    escpos_size(&b, 2, false);
    BYTES(&b, 0x1D, 0x21, 0x11);
    escpos_size(&b, 4, false);
    BYTES(&b, 0x1D, 0x21, 0x33);
    escpos_size(&b, 2, true);
    BYTES(&b, 0x1B, 0x21, 0x30, 0x1C, 0x21, 0x0C);
    escpos_size(&b, 1, true);
    BYTES(&b, 0x1B, 0x21, 0x00, 0x1C, 0x21, 0x00);
    buf_finish(&b);
}

TEST(a_character_is_defined)
{
    static const uint8_t columns[72] = {0x80, 0x10, 0x04, 0x01};
    struct buf b;

    buf_init(&b, 4096);
    CHECK_INT(escpos_user_code(0), 0xFEA1);
    CHECK_INT(escpos_user_code(ESCPOS_USER_CODES - 1), 0xFEFE);
    escpos_define(&b, 0xFEA2, columns);
    CHECK_INT(b.len, 76);
    CHECK_MEM(b.data, "\x1C\x32\xFE\xA2\x80\x10\x0C\x01", 8); /* no real-time command in it */
    buf_finish(&b);
}

TEST(text_is_two_bytes_or_nothing)
{
    struct buf b;

    buf_init(&b, 4096);
    CHECK_INT(escpos_text(&b, "a收。", strlen("a收。"), GB_18030), 0);
    BYTES(&b, 'a', 0xCA, 0xD5, 0xA1, 0xA3);
    CHECK_INT(escpos_text(&b, "收𠮷", strlen("收𠮷"), GB_18030), -ERR_INVALID);
    CHECK_INT(escpos_text(&b, "丂", strlen("丂"), GB_2312), -ERR_INVALID);
    CHECK_INT(escpos_text(&b, "a\x1B@", 3, GB_18030), -ERR_INVALID); /* no command slips in as text */
    CHECK_INT(escpos_text(&b, "\xCA\xD5", 2, GB_18030), -ERR_INVALID);
    CHECK_INT(b.len, 0);
    buf_finish(&b);
}

/* A real-time command anywhere behind the header. */
static int real_time(const struct buf *b, size_t from)
{
    int n = 0;

    for (size_t i = from; i + 1 < b->len; i++)
        n += b->data[i] == 0x10 && (b->data[i + 1] == 4 || b->data[i + 1] == 5 || b->data[i + 1] == 0x14);
    return n;
}

TEST(raster_has_its_header_and_rows)
{
    static const uint8_t rows[] = {0xFF, 0x00, 0xAA, 0x01, 0x02, 0xAA};
    struct buf b;

    buf_init(&b, 4096);
    escpos_raster(&b, rows, 2, 3, 2);
    BYTES(&b, 0x1D, 0x76, 0x30, 0, 2, 0, 2, 0, 0xFF, 0x00, 0x01, 0x02);
    escpos_column_image(&b, rows, 2);
    BYTES(&b, 0x1B, 0x2A, 33, 2, 0, 0xFF, 0x00, 0xAA, 0x01, 0x02, 0xAA);
    buf_finish(&b);
}

TEST(images_hold_no_real_time_command)
{
    static const uint8_t second[] = {0x04, 0x05, 0x14, 0x10};
    uint8_t rows[64 * 256];
    struct buf b;

    srand(7);
    for (size_t i = 0; i < sizeof rows; i++)
        rows[i] = rand() % 2 ? 0x10 : second[rand() % 4];
    buf_init(&b, 64 * 1024);
    escpos_raster(&b, rows, 64, 64, 256);
    CHECK_INT(b.len, 8 + sizeof rows);
    CHECK_INT(real_time(&b, 0), 0);
    CHECK_INT(b.data[6] | b.data[7] << 8, 256);
    /* what changes is one dot, and only there */
    for (size_t i = 0; i < sizeof rows; i++)
        CHECK(b.data[8 + i] == rows[i] || (i && b.data[8 + i - 1] == 0x10 && b.data[8 + i] == (rows[i] | 0x08)));
    buf_reset(&b);
    escpos_column_image(&b, rows, 200);
    CHECK_INT(real_time(&b, 0), 0);
    buf_finish(&b);
}

/* Each of the three, at every place of an image: within a row, across two rows, across two bands, across what one write
 * takes (the bytes on both sides are the same stream, wherever it is cut). */
TEST(no_place_in_an_image_lets_one_through)
{
    static const uint8_t second[] = {0x04, 0x05, 0x14};
    uint8_t rows[12 * 8];
    struct buf b;

    buf_init(&b, 4096);
    for (size_t k = 0; k < 3; k++)
        for (size_t at = 0; at + 1 < sizeof rows; at++)
            for (int width = 1; width <= 12; width += 11) {
                int n = (int)sizeof rows / width, half = n / 2;

                memset(rows, 0, sizeof rows);
                rows[at] = 0x10;
                rows[at + 1] = second[k];
                escpos_raster(&b, rows, width, width, half);
                escpos_raster(&b, rows + half * width, width, width, n - half);
                CHECK_INT(real_time(&b, 0), 0);
                buf_reset(&b);
                escpos_column_image(&b, rows, (int)sizeof rows / 3);
                CHECK_INT(real_time(&b, 0), 0);
                buf_reset(&b);
                if (at + 1 < 72) {
                    escpos_define(&b, escpos_user_code((int)at), rows);
                    CHECK_INT(b.len, 4 + 72);
                    CHECK_INT(real_time(&b, 0), 0);
                }
                buf_reset(&b);
            }
    buf_finish(&b);
}

/* Numbers in commands are bytes too, and the next command stands right behind them. */
TEST(no_number_in_a_command_makes_one)
{
    static const uint8_t rows[16 * 16] = {0x04, 0x05, 0x14};
    struct buf b;

    buf_init(&b, 64 * 1024);
    for (int n = 1; n < 256; n++) {
        escpos_feed(&b, n);
        escpos_pitch(&b, n);
        escpos_text(&b, "a", 1, GB_NONE);
        escpos_cut(&b, n & 1, n);
        escpos_present(&b, n);
        escpos_raster(&b, rows, 16, 16, n < 16 ? n : 16);
        escpos_column_image(&b, rows, n < 80 ? n : 80);
        escpos_line(&b);
        CHECK_INT(real_time(&b, 0), 0);
        buf_reset(&b);
    }
    buf_finish(&b);
}

TEST(a_qr_text_is_printable_or_refused)
{
    static char text[ESCPOS_QR_MAX + 2];
    struct buf b;

    buf_init(&b, 64 * 1024);
    CHECK_INT(escpos_qr(&b, "ab", 2, 6), 0);
    BYTES(&b, 0x1D, 0x28, 0x6B, 4, 0, 49, 65, 50, 0, 0x1D, 0x28, 0x6B, 3, 0, 49, 67, 6, 0x1D, 0x28, 0x6B, 3, 0, 49, 69, 49,
          0x1D, 0x28, 0x6B, 5, 0, 49, 80, 48, 'a', 'b', 0x1D, 0x28, 0x6B, 3, 0, 49, 81, 48);
    CHECK_INT(escpos_qr(&b, "a\x10\x04", 3, 6), -ERR_INVALID);
    CHECK_INT(escpos_qr(&b, "", 0, 6), -ERR_INVALID);
    memset(text, 'x', sizeof text);
    CHECK_INT(escpos_qr(&b, text, ESCPOS_QR_MAX + 1, 6), -ERR_INVALID);
    CHECK_INT(b.len, 0);
    for (size_t n = 1; n <= ESCPOS_QR_MAX; n++) {
        int rc = escpos_qr(&b, text, n, 6);

        CHECK_INT(rc, n == 0x0410 - 3 || n == 0x0510 - 3 ? -ERR_INVALID : 0);
        CHECK_INT(real_time(&b, 0), 0);
        buf_reset(&b);
    }
    buf_finish(&b);
}

TEST_MAIN(T(commands_are_the_manuals), T(sizes_for_both_kinds_of_printers), T(a_character_is_defined),
          T(text_is_two_bytes_or_nothing), T(raster_has_its_header_and_rows), T(images_hold_no_real_time_command),
          T(no_place_in_an_image_lets_one_through), T(no_number_in_a_command_makes_one),
          T(a_qr_text_is_printable_or_refused))
