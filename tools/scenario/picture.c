/* SPDX-License-Identifier: Apache-2.0
 *
 * See picture.h. libpng's simplified interface does the reading and writing.
 */
#include "tools/scenario/picture.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "ui/draw/font.h"

#define VERSIONS_MAX 4096

int rgb_read(const char *png_path, struct rgb *ret, struct err *e)
{
    png_image image = {.version = PNG_IMAGE_VERSION};

    *ret = (struct rgb){0};
    if (!png_image_begin_read_from_file(&image, png_path))
        return err_set(e, ERR_NOTFOUND, "%s: %s", png_path, image.message);
    image.format = PNG_FORMAT_RGB;
    *ret = (struct rgb){malloc(PNG_IMAGE_SIZE(image)), (int)image.width, (int)image.height};
    if (ret->px && png_image_finish_read(&image, NULL, ret->px, 0, NULL))
        return 0;
    png_image_free(&image);
    rgb_finish(ret);
    return err_set(e, ERR_INVALID, "%s: %s", png_path, image.message);
}

int rgb_from(const uint32_t *px, int w, int h, struct rgb *ret, struct err *e)
{
    size_t n = (size_t)w * (size_t)h;

    *ret = (struct rgb){malloc(3 * n), w, h};
    if (!ret->px)
        return err_set(e, ERR_NOMEM, "a picture");
    for (size_t i = 0; i < n; i++) {
        ret->px[3 * i] = (uint8_t)(px[i] >> 16);
        ret->px[3 * i + 1] = (uint8_t)(px[i] >> 8);
        ret->px[3 * i + 2] = (uint8_t)px[i];
    }
    return 0;
}

int rgb_write(const char *png_path, const struct rgb *p, struct err *e)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION, .width = (uint32_t)p->w, .height = (uint32_t)p->h, .format = PNG_FORMAT_RGB};

    if (!png_image_write_to_file(&image, png_path, 0, p->px, 0, NULL))
        return err_set(e, ERR_IO, "%s: %s", png_path, image.message);
    return 0;
}

void rgb_finish(struct rgb *p)
{
    free(p->px);
    *p = (struct rgb){0};
}

bool rgb_same(const struct rgb *a, const struct rgb *b, struct rgb_difference *ret)
{
    int left = a->w, top = a->h, right = 0, bottom = 0;

    *ret = (struct rgb_difference){.w = a->w, .h = a->h};
    if (a->w != b->w || a->h != b->h)
        return false;
    for (int y = 0; y < a->h; y++)
        for (int x = 0; x < a->w; x++) {
            size_t at = 3 * ((size_t)y * (size_t)a->w + (size_t)x);

            if (!memcmp(a->px + at, b->px + at, 3))
                continue;
            ret->pixels++;
            left = x < left ? x : left;
            top = y < top ? y : top;
            right = x >= right ? x + 1 : right;
            bottom = y + 1;
        }
    if (ret->pixels)
        ret->x = left, ret->y = top, ret->w = right - left, ret->h = bottom - top;
    return ret->pixels == 0;
}

int picture_versions(const char *assets, struct buf *out, struct err *e)
{
    char path[512];
    struct fonts *fonts = NULL;
    struct buf drawn;
    int rc;

    buf_init(out, VERSIONS_MAX);
    if ((rc = fonts_create(&fonts, e)) < 0)
        return rc;
    fonts_versions(fonts, out);
    fonts_destroy(fonts);
    fs_join(path, sizeof path, assets, "drawn-with");
    rc = fs_read(path, VERSIONS_MAX, &drawn, e);
    if (rc >= 0)
        buf_add(out, drawn.data, drawn.len);
    buf_finish(&drawn);
    return rc;
}

bool picture_comparable(const char *assets, const char *shots)
{
    char path[512];
    struct err e = {0};
    struct buf here, there;

    fs_join(path, sizeof path, shots, "versions");
    buf_init(&there, VERSIONS_MAX);
    bool same = picture_versions(assets, &here, &e) >= 0 && fs_read(path, VERSIONS_MAX, &there, &e) >= 0 &&
                !strcmp(buf_str(&here), buf_str(&there));
    buf_finish(&here);
    buf_finish(&there);
    return same;
}
