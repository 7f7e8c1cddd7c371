/* SPDX-License-Identifier: Apache-2.0
 *
 * libpng with light compression: frames are asked for one by one while a scenario waits.
 */
#include "ui/draw/frame.h"

#include <png.h>
#include <stdlib.h>

static void on_bytes(png_structp png, png_bytep data, png_size_t len)
{
    if (buf_add(png_get_io_ptr(png), data, len) < 0)
        png_error(png, "the buffer is full");
}

static void on_flush(png_structp png)
{
}

static void put_row(png_structp png, const uint32_t *px, int w, uint8_t *row)
{
    for (int x = 0; x < w; x++) {
        row[3 * x] = (uint8_t)(px[x] >> 16);
        row[3 * x + 1] = (uint8_t)(px[x] >> 8);
        row[3 * x + 2] = (uint8_t)px[x];
    }
    png_write_row(png, row);
}

int frame_png(const struct canvas *c, struct buf *out, struct err *e)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    uint8_t *row = malloc((size_t)c->w * 3);

    if (!info || !row || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        free(row);
        return err_set(e, ERR_NOMEM, "write the frame as PNG");
    }
    png_set_write_fn(png, out, on_bytes, on_flush);
    png_set_compression_level(png, 2);
    png_set_IHDR(png, info, (png_uint_32)c->w, (png_uint_32)c->h, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < c->h; y++)
        put_row(png, c->px + (size_t)y * (size_t)c->stride, c->w, row);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    free(row);
    return 0;
}

/* --- BMP: little endian, from the lowest row up, each filled to four bytes --- */

static int add_le(struct buf *b, uint32_t v, int bytes)
{
    int rc = 0;

    for (int i = 0; rc >= 0 && i < bytes; i++)
        rc = buf_addc(b, (uint8_t)(v >> 8 * i));
    return rc;
}

int frame_bmp(const struct canvas *c, struct buf *out, struct err *e)
{
    const uint32_t headers = 54, w = (uint32_t)c->w, h = (uint32_t)c->h, row = (3 * w + 3) / 4 * 4;
    /* type, size, 0, where pixels begin; size of what follows, w, h, planes, bits, no compression, the rest by default */
    const uint32_t fields[][2] = {
        {0x4D42, 2}, {headers + row * h, 4}, {0, 4},    {headers, 4}, {40, 4}, {w, 4}, {h, 4}, {1, 2}, {24, 2},
        {0, 4},      {row * h, 4},           {2835, 4}, {2835, 4},    {0, 4},  {0, 4}};
    int rc = 0;

    for (size_t i = 0; rc >= 0 && i < sizeof fields / sizeof *fields; i++)
        rc = add_le(out, fields[i][0], (int)fields[i][1]);
    for (int y = c->h - 1; rc >= 0 && y >= 0; y--) {
        const uint32_t *px = c->px + (size_t)y * (size_t)c->stride;

        for (int x = 0; rc >= 0 && x < c->w; x++)
            rc = add_le(out, px[x], 3);
        if (rc >= 0)
            rc = add_le(out, 0, (int)(row - 3 * w));
    }
    return rc < 0 ? err_set(e, ERR_NOMEM, "write the frame as BMP") : 0;
}
