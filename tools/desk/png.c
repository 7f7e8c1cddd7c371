/* SPDX-License-Identifier: Apache-2.0
 *
 * See png.h.
 */
#include "tools/desk/png.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>

static void write_rows(png_structp png, png_infop info, const uint8_t *rows, int width, int height, int stride)
{
    static const uint8_t white[1024];
    png_set_IHDR(png, info, (png_uint_32)width, height > 0 ? (png_uint_32)height : 1, 1, PNG_COLOR_TYPE_GRAY,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    png_set_invert_mono(png); /* in PNG 0 is black */
    if (height == 0)
        png_write_row(png, white);
    for (int y = 0; y < height; y++)
        png_write_row(png, rows + (size_t)y * (size_t)stride);
    png_write_end(png, NULL);
}

int png_write_bits(const char *path, const uint8_t *rows, int width, int height, int stride, struct err *e)
{
    FILE *f = fopen(path, "wbe");
    if (!f)
        return err_errno(e, "create %s", path);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    int rc = 0;
    if (!info || setjmp(png_jmpbuf(png))) {
        rc = err_set(e, ERR_IO, "write %s", path);
    } else {
        png_init_io(png, f);
        write_rows(png, info, rows, width, height, stride);
    }
    png_destroy_write_struct(&png, &info);
    if (fclose(f) != 0 && rc == 0)
        rc = err_errno(e, "write %s", path);
    return rc;
}
