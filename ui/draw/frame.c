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
