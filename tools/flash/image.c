/* SPDX-License-Identifier: Apache-2.0
 *
 * See image.h.
 */
#include "tools/flash/image.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

#define CHUNK (1024 * 1024)

/* NAME with another ending; NAME may be given with .img. */
static int name_of(const char *path, const char *ending, char out[IMAGE_PATH_MAX], struct err *e)
{
    size_t len = strlen(path);

    if (len > 4 && !strcmp(path + len - 4, ".img"))
        len -= 4;
    if ((size_t)snprintf(out, IMAGE_PATH_MAX, "%.*s%s", (int)len, path, ending) >= IMAGE_PATH_MAX)
        return err_set(e, ERR_TOOLONG, "the path of the image is too long");
    return 0;
}

static int open_signature(const char *path, const struct public_key *key, struct image *im, struct err *e)
{
    char name[IMAGE_PATH_MAX];
    struct buf file;

    int rc = name_of(path, ".sig", name, e);
    if (rc == 0)
        rc = fs_read_given(name, IMAGE_SIGNATURE_MAX, &file, e);
    if (rc < 0)
        return rc;
    rc = image_manifest_open(file.data, file.len, key, &im->manifest, im->id, e);
    buf_finish(&file);
    return err_wrap(e, rc, "%s", name);
}

static int read_map(const struct buf *file, struct image *im, struct err *e)
{
    uint8_t hash[SHA256_LEN];

    sha256(file->data, file->len, hash);
    if (memcmp(hash, im->manifest.bmap, SHA256_LEN))
        return err_set(e, ERR_CHECKSUM, "it is not the one that was signed");
    im->map = malloc(sizeof *im->map);
    if (!im->map)
        return err_set(e, ERR_NOMEM, "read it");
    int rc = bmap_decode(file->data, file->len, im->map, e);
    if (rc == 0 && im->map->image_size != im->manifest.size)
        rc = err_set(e, ERR_INVALID, "the image has another size than was signed");
    return rc;
}

static int open_map(const char *path, struct image *im, struct err *e)
{
    char name[IMAGE_PATH_MAX];
    struct buf file;

    int rc = name_of(path, ".bmap", name, e);
    if (rc == 0)
        rc = fs_read_given(name, BMAP_FILE_MAX, &file, e);
    if (rc < 0)
        return rc;
    rc = read_map(&file, im, e);
    buf_finish(&file);
    return err_wrap(e, rc, "%s", name);
}

static int open_file(const char *path, int *ret_fd, uint64_t *ret_size, struct err *e)
{
    char name[IMAGE_PATH_MAX];
    struct stat st;

    int rc = name_of(path, ".img", name, e);
    if (rc < 0)
        return rc;
    *ret_fd = open(name, O_RDONLY | O_CLOEXEC);
    if (*ret_fd < 0 || fstat(*ret_fd, &st) < 0)
        return err_errno(e, "open %s", name);
    *ret_size = (uint64_t)st.st_size;
    return S_ISREG(st.st_mode) ? 0 : err_set(e, ERR_INVALID, "%s is no file", name);
}

int image_open(const char *path, const struct public_key *key, struct image *ret, struct err *e)
{
    struct image im = {.fd = -1};
    uint64_t size;

    int rc = open_signature(path, key, &im, e);
    if (rc == 0)
        rc = open_map(path, &im, e);
    if (rc == 0)
        rc = open_file(path, &im.fd, &size, e);
    if (rc == 0 && size != im.manifest.size)
        rc = err_set(e, ERR_CHECKSUM, "%s is not as long as was signed", path);
    if (rc < 0)
        image_close(&im);
    else
        *ret = im;
    return rc;
}

void image_close(struct image *im)
{
    if (im->fd >= 0)
        close(im->fd);
    free(im->map);
    *im = (struct image){.fd = -1};
}

static int read_file(int fd, uint64_t at, void *out, size_t len, struct err *e)
{
    size_t done = 0;

    while (done < len) {
        ssize_t n = pread(fd, (char *)out + done, len - done, (off_t)(at + done));
        if (n < 0)
            return err_errno(e, "read the image");
        if (n == 0)
            break;
        done += (size_t)n;
    }
    memset((char *)out + done, 0, len - done);
    return 0;
}

void image_lay_over(struct image *im, uint64_t at, uint64_t len, int fd)
{
    im->apart.at = at;
    im->apart.len = len;
    im->apart.fd = fd;
}

int image_read(const struct image *im, uint64_t at, void *out, size_t len, struct err *e)
{
    uint64_t from = im->apart.at, end = from + im->apart.len;
    uint8_t *to = out;
    int rc = 0;

    while (rc == 0 && len) {
        bool apart = at >= from && at < end;
        uint64_t until = apart ? end : at < from ? from : UINT64_MAX;
        size_t part = until - at < len ? (size_t)(until - at) : len;
        rc = apart ? read_file(im->apart.fd, at - from, to, part, e) : read_file(im->fd, at, to, part, e);
        at += part;
        to += part;
        len -= part;
    }
    return rc;
}

static int hash_range(const struct image *im, const struct bmap_range *r, uint8_t out[SHA256_LEN], struct err *e)
{
    static uint8_t chunk[CHUNK];
    uint64_t at = bmap_start(r), end = at + bmap_length(im->map, r);
    struct sha256 *h = sha256_begin();
    int rc = 0;

    for (; rc == 0 && at < end; at += CHUNK) {
        size_t n = end - at < CHUNK ? (size_t)(end - at) : CHUNK;
        rc = image_read(im, at, chunk, n, e);
        sha256_add(h, chunk, n);
    }
    sha256_end(h, out);
    return rc;
}

int image_check(const struct image *im, size_t *ret_bad, struct err *e)
{
    uint8_t hash[SHA256_LEN];

    for (size_t i = 0; i < im->map->n; i++) {
        int rc = hash_range(im, &im->map->ranges[i], hash, e);
        if (rc < 0)
            return rc;
        if (memcmp(hash, im->map->ranges[i].sha256, SHA256_LEN)) {
            *ret_bad = i + 1;
            return err_set(e, ERR_CHECKSUM, "the image is not what was signed, from block %zu on", i + 1);
        }
    }
    return 0;
}

/* --- making one -------------------------------------------------------------------------------------------------------- */

static bool used(const uint8_t block[BMAP_BLOCK])
{
    return block[0] || memcmp(block, block + 1, BMAP_BLOCK - 1);
}

static int add_block(struct bmap *map, uint64_t block, struct err *e)
{
    if (map->n && map->ranges[map->n - 1].last + 1 == block) {
        map->ranges[map->n - 1].last = block;
        return 0;
    }
    if (map->n == BMAP_RANGES_MAX)
        return err_set(e, ERR_TOOLONG, "its used blocks lie in more than %d places", BMAP_RANGES_MAX);
    map->ranges[map->n++] = (struct bmap_range){.first = block, .last = block};
    return 0;
}

struct zeros {
    const struct image_zeros *list;
    size_t n;
};

/* The first byte at or behind `at` that must be zero. */
static uint64_t next_zero(const struct zeros *z, uint64_t at)
{
    uint64_t next = UINT64_MAX;

    for (size_t i = 0; i < z->n; i++) {
        uint64_t from = z->list[i].at > at ? z->list[i].at : at;
        if (from < z->list[i].at + z->list[i].len && from < next)
            next = from;
    }
    return next;
}

/* The next block that holds something or must hold zeros; `size` when there is none. */
static uint64_t next_block(int fd, const struct zeros *z, uint64_t at, uint64_t size)
{
    off_t data = lseek(fd, (off_t)at, SEEK_DATA);
    uint64_t next = data < 0 ? size : (uint64_t)data, zero = next_zero(z, at);

    next = zero < next ? zero : next;
    return next < size ? next / BMAP_BLOCK * BMAP_BLOCK : size; /* which need not be a whole block's end */
}

static int find_used(int fd, uint64_t size, const struct zeros *z, struct bmap *map, struct err *e)
{
    const struct image im = {.fd = fd, .map = map};
    uint8_t block[BMAP_BLOCK];

    map->image_size = size;
    map->n = 0;
    for (uint64_t at = next_block(fd, z, 0, size); at < size; at = next_block(fd, z, at + BMAP_BLOCK, size)) {
        int rc = read_file(fd, at, block, sizeof block, e);
        if (rc == 0 && (used(block) || next_zero(z, at) == at))
            rc = add_block(map, at / BMAP_BLOCK, e);
        if (rc < 0)
            return rc;
    }
    for (size_t i = 0; i < map->n; i++) {
        int rc = hash_range(&im, &map->ranges[i], map->ranges[i].sha256, e);
        if (rc < 0)
            return rc;
    }
    return map->n ? 0 : err_set(e, ERR_INVALID, "it holds nothing but zeros");
}

/* The map's file: the one that is there, or a new one. */
static int make_map(const char *path, int fd, uint64_t size, const struct zeros *z, struct buf *out, struct err *e)
{
    struct bmap *map = calloc(1, sizeof *map);
    char name[IMAGE_PATH_MAX];

    int rc = map ? name_of(path, ".bmap", name, e) : err_set(e, ERR_NOMEM, "make a block map");
    if (rc == 0 && !access(name, F_OK)) {
        rc = fs_read_given(name, BMAP_FILE_MAX, out, e);
        if (rc == 0)
            rc = err_wrap(e, bmap_decode(out->data, out->len, map, e), "%s", name);
    } else if (rc == 0) {
        rc = find_used(fd, size, z, map, e);
        if (rc == 0)
            rc = bmap_encode(map, out, e);
        if (rc == 0)
            rc = fs_write_atomic(name, out->data, out->len, 0644, e);
    }
    free(map);
    return rc;
}

static int sign_map(const char *path, struct image_manifest *m, const struct private_key *k, const struct buf *map,
                    struct err *e)
{
    char name[IMAGE_PATH_MAX];
    struct buf out;

    sha256(map->data, map->len, m->bmap);
    buf_init(&out, IMAGE_SIGNATURE_MAX);
    int rc = image_manifest_sign(m, k, &out, e);
    if (rc == 0)
        rc = name_of(path, ".sig", name, e);
    if (rc == 0)
        rc = fs_write_atomic(name, out.data, out.len, 0644, e);
    buf_finish(&out);
    return rc;
}

int image_make(const char *path, const struct private_key *k, const char *version, const char *arch,
               const struct image_zeros *zeros, size_t n, struct err *e)
{
    const struct zeros z = {zeros, n};
    struct image_manifest m = {0};
    struct buf map;
    int fd = -1;

    if (strlen(version) > IMAGE_WORD_MAX || strlen(arch) > IMAGE_WORD_MAX)
        return err_set(e, ERR_TOOLONG, "version and architecture are at most %d signs", IMAGE_WORD_MAX);
    strcpy(m.version, version);
    strcpy(m.arch, arch);
    buf_init(&map, BMAP_FILE_MAX);
    int rc = open_file(path, &fd, &m.size, e);
    if (rc == 0)
        rc = make_map(path, fd, m.size, &z, &map, e);
    if (rc == 0)
        rc = sign_map(path, &m, k, &map, e);
    buf_finish(&map);
    if (fd >= 0)
        close(fd);
    return rc;
}
