/* SPDX-License-Identifier: Apache-2.0
 *
 * See bring.h.
 */
#include "tools/install/bring.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"

#define CHUNK (1024 * 1024)
#define NAME "system"

/* From one file, at its own place, to the other. */
struct copy {
    int from, to;
    bool packing; /* the image is `from`, and the rest is written on; else the other way round */
    struct err *e;
};

static int copy_piece(const struct copy *c, uint64_t at, uint64_t len)
{
    static uint8_t chunk[CHUNK];

    while (len) {
        size_t part = len < CHUNK ? (size_t)len : CHUNK;
        ssize_t n = c->packing ? pread(c->from, chunk, part, (off_t)at) : read(c->from, chunk, part);
        if (n < 0)
            return err_errno(c->e, "read the image");
        if (n == 0)
            return err_set(c->e, ERR_CHECKSUM, "what the stick brings is cut off");
        ssize_t written = c->packing ? write(c->to, chunk, (size_t)n) : pwrite(c->to, chunk, (size_t)n, (off_t)at);
        if (written != n)
            return err_errno(c->e, "write the image");
        at += (uint64_t)n;
        len -= (uint64_t)n;
    }
    return 0;
}

/* Every used byte outside the root file system, in order. */
static int copy_rest(const struct copy *c, const struct bmap *map, struct bring_root root)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < map->n; i++) {
        uint64_t at = bmap_start(&map->ranges[i]), end = at + bmap_length(map, &map->ranges[i]);
        uint64_t before = end < root.at ? end : root.at, behind = at > root.at + root.len ? at : root.at + root.len;
        if (at < before)
            rc = copy_piece(c, at, before - at);
        if (rc == 0 && behind < end)
            rc = copy_piece(c, behind, end - behind);
    }
    return rc;
}

static int open_at(const char *folder, const char *name, int flags, int *ret, struct err *e)
{
    char path[IMAGE_PATH_MAX];

    int rc = folder ? fs_join(path, sizeof path, folder, name) : snprintf(path, sizeof path, "%s", name) * 0;
    if (rc == 0)
        *ret = open(path, flags | O_CLOEXEC, 0600);
    return rc == 0 && *ret < 0 ? err_errno(e, "open %s", path) : rc;
}

int bring_make(const char *name, struct bring_root root, struct err *e)
{
    char img[IMAGE_PATH_MAX], rest[IMAGE_PATH_MAX], bmap[IMAGE_PATH_MAX];
    struct bmap *map = malloc(sizeof *map);
    struct copy c = {-1, -1, true, e};
    struct buf file;

    snprintf(img, sizeof img, "%s.img", name);
    snprintf(rest, sizeof rest, "%s.rest", name);
    snprintf(bmap, sizeof bmap, "%s.bmap", name);
    int rc = map ? fs_read_given(bmap, BMAP_FILE_MAX, &file, e) : err_set(e, ERR_NOMEM, "read %s", bmap);
    if (rc == 0) {
        rc = err_wrap(e, bmap_decode(file.data, file.len, map, e), "%s", bmap);
        buf_finish(&file);
    }
    if (rc == 0)
        rc = open_at(NULL, img, O_RDONLY, &c.from, e);
    if (rc == 0)
        rc = open_at(NULL, rest, O_WRONLY | O_CREAT | O_TRUNC, &c.to, e);
    if (rc == 0)
        rc = copy_rest(&c, map, root);
    if (c.from >= 0)
        close(c.from);
    if (c.to >= 0 && close(c.to) < 0 && rc == 0)
        rc = err_errno(e, "write %s", rest);
    free(map);
    return rc;
}

static int copy_file(const char *from, const char *into, const char *name, size_t max, struct err *e)
{
    char path[IMAGE_PATH_MAX];
    struct buf file;

    int rc = fs_join(path, sizeof path, from, name);
    if (rc == 0)
        rc = fs_read_given(path, max, &file, e);
    if (rc < 0)
        return rc;
    rc = fs_join(path, sizeof path, into, name);
    if (rc == 0)
        rc = fs_write_atomic(path, file.data, file.len, 0600, e);
    buf_finish(&file);
    return rc;
}

/* An image of the right size is wanted before it is opened: its map says which. */
static int make_image(const char *from, const char *into, struct bring_root root, struct err *e)
{
    struct bmap *map = malloc(sizeof *map);
    struct copy c = {-1, -1, false, e};
    char path[IMAGE_PATH_MAX];
    struct buf file;

    int rc = map ? fs_join(path, sizeof path, into, NAME ".bmap") : err_set(e, ERR_NOMEM, "read the image's map");
    if (rc == 0)
        rc = fs_read_given(path, BMAP_FILE_MAX, &file, e);
    if (rc == 0) {
        rc = bmap_decode(file.data, file.len, map, e);
        buf_finish(&file);
    }
    if (rc == 0)
        rc = open_at(from, NAME ".rest", O_RDONLY, &c.from, e);
    if (rc == 0)
        rc = open_at(into, NAME ".img", O_RDWR | O_CREAT | O_TRUNC, &c.to, e);
    if (rc == 0 && ftruncate(c.to, (off_t)map->image_size) < 0)
        rc = err_errno(e, "make room for the image");
    if (rc == 0)
        rc = copy_rest(&c, map, root);
    if (c.from >= 0)
        close(c.from);
    if (c.to >= 0)
        close(c.to);
    free(map);
    return rc;
}

int bring_open(const char *from, const char *into, struct bring_root root, int root_fd, const struct public_key *key,
               struct image *ret, struct err *e)
{
    char path[IMAGE_PATH_MAX];
    size_t bad = 0;

    int rc = fs_join(path, sizeof path, into, NAME);
    if (rc == 0)
        rc = copy_file(from, into, NAME ".sig", IMAGE_SIGNATURE_MAX, e);
    if (rc == 0)
        rc = copy_file(from, into, NAME ".bmap", BMAP_FILE_MAX, e);
    if (rc == 0)
        rc = make_image(from, into, root, e);
    if (rc == 0)
        rc = image_open(path, key, ret, e);
    if (rc < 0)
        return rc;
    image_lay_over(ret, root.at, root.len, root_fd);
    rc = image_check(ret, &bad, e);
    if (rc < 0)
        image_close(ret);
    return rc;
}
