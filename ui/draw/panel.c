/* SPDX-License-Identifier: Apache-2.0 */
#include "ui/draw/panel.h"

#include <fcntl.h>
#include <linux/fb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PANEL_SIDE_MAX 8192

static void put(const struct panel_format *f, unsigned char *at, uint32_t rgb)
{
    if (f->bits == 32) {
        memcpy(at, &rgb, 4);
    } else {
        uint16_t p = (uint16_t)((rgb >> 8 & 0xF800) | (rgb >> 5 & 0x07E0) | (rgb >> 3 & 0x001F));

        memcpy(at, &p, 2);
    }
}

void panel_row(const struct canvas *c, const struct panel_format *f, int y, unsigned char *out)
{
    bool wide = (int64_t)c->w * f->h > (int64_t)f->w * c->h; /* wider than the panel: bars above and below */
    int w = wide ? f->w : (int)((int64_t)c->w * f->h / c->h), h = wide ? (int)((int64_t)c->h * f->w / c->w) : f->h;
    int left = (f->w - w) / 2, top = (f->h - h) / 2, bytes = f->bits / 8;

    memset(out, 0, (size_t)f->row);
    if (y < top || y >= top + h)
        return;
    const uint32_t *from = c->px + (ptrdiff_t)((int64_t)(y - top) * c->h / h) * c->stride;
    for (int x = 0; x < w; x++)
        put(f, out + (ptrdiff_t)(left + x) * bytes, from[(int64_t)x * c->w / w]);
}

static int ask(int fd, const char *device, struct panel_format *ret, struct err *e)
{
    struct fb_var_screeninfo v;
    struct fb_fix_screeninfo f;

    if (ioctl(fd, FBIOGET_VSCREENINFO, &v) < 0)
        return err_wrap(e, err_errno(e, "%s", device), "ask for its size");
    v.activate = FB_ACTIVATE_NOW | FB_ACTIVATE_FORCE; /* nobody may have switched it on yet */
    v.xoffset = v.yoffset = 0;
    if (ioctl(fd, FBIOPUT_VSCREENINFO, &v) < 0 || ioctl(fd, FBIOGET_FSCREENINFO, &f) < 0)
        return err_wrap(e, err_errno(e, "%s", device), "switch it on");
    ioctl(fd, FBIOBLANK, FB_BLANK_UNBLANK); /* some know no such thing, and are lit */
    *ret = (struct panel_format){(int)v.xres, (int)v.yres, (int)v.bits_per_pixel, (int)f.line_length};
    bool known = (ret->bits == 32 || ret->bits == 16) && ret->w > 0 && ret->h > 0 && ret->w <= PANEL_SIDE_MAX &&
                 ret->h <= PANEL_SIDE_MAX && ret->row >= ret->w * ret->bits / 8 && ret->row <= PANEL_SIDE_MAX * 8;
    return known ? 0 : err_set(e, ERR_NOTFOUND, "%s has pixels of %d bits, %d times %d", device, ret->bits, ret->w, ret->h);
}

int panel_show(const char *device, const struct canvas *c, struct err *e)
{
    struct panel_format f;
    int fd = open(device, O_RDWR | O_CLOEXEC);

    if (fd < 0)
        return err_errno(e, "%s", device);
    int rc = ask(fd, device, &f, e);
    unsigned char *row = rc < 0 ? NULL : malloc((size_t)f.row);
    if (rc >= 0 && !row)
        rc = err_set(e, ERR_NOMEM, "draw on %s", device);
    for (int y = 0; rc >= 0 && y < f.h; y++) {
        panel_row(c, &f, y, row);
        if (pwrite(fd, row, (size_t)f.row, (off_t)y * f.row) != f.row)
            rc = err_errno(e, "write to %s", device);
    }
    free(row);
    close(fd);
    return rc;
}

/* --- as a file --- */

#define PICTURE_WORD "TONGPIC1"
#define PICTURE_HEAD 12
#define PICTURE_SIDE_MAX 4096

int panel_picture_encode(const struct canvas *c, struct buf *out)
{
    buf_add(out, PICTURE_WORD, 8);
    buf_add_be16(out, (uint16_t)c->w);
    buf_add_be16(out, (uint16_t)c->h);
    for (int y = 0; y < c->h; y++)
        for (int x = 0; x < c->w; x++)
            buf_add_be32(out, c->px[(ptrdiff_t)y * c->stride + x] & 0xFFFFFF);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int panel_picture_decode(const void *data, size_t len, struct canvas *ret, uint32_t **ret_px, struct err *e)
{
    const unsigned char *b = data;
    bool is = len >= PICTURE_HEAD && memcmp(b, PICTURE_WORD, 8) == 0;
    int w = is ? b[8] << 8 | b[9] : 0, h = is ? b[10] << 8 | b[11] : 0;

    if (w < 1 || h < 1 || w > PICTURE_SIDE_MAX || h > PICTURE_SIDE_MAX || len != PICTURE_HEAD + 4 * (size_t)w * (size_t)h)
        return err_set(e, ERR_INVALID, "it is no whole picture");
    uint32_t *px = malloc((size_t)w * (size_t)h * sizeof *px);
    if (!px)
        return err_set(e, ERR_NOMEM, "a picture");
    b += PICTURE_HEAD;
    for (size_t i = 0; i < (size_t)w * (size_t)h; i++, b += 4)
        px[i] = (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    *ret = (struct canvas){.px = px, .stride = w, .w = w, .h = h, .clip = {0, 0, w, h}};
    *ret_px = px;
    return 0;
}
