/* SPDX-License-Identifier: Apache-2.0
 *
 * A signed image, opened to be written onto media.
 */
#ifndef FLASH_IMAGE_H
#define FLASH_IMAGE_H

#include "tools/flash/bmap_wire.h"
#include "tools/flash/image_wire.h"

#define IMAGE_PATH_MAX 1024

struct image {
    struct image_manifest manifest;
    uint8_t id[SHA256_LEN]; /* of the signed manifest */
    struct bmap *map;       /* owned */
    int fd;                 /* of NAME.img, owned */
    struct {
        uint64_t at, len;
        int fd; /* borrowed */
    } apart;    /* len 0: none */
};

/* `path` is NAME.img, or NAME. The signature, the map's hash and the sizes are checked, and no block yet. -ERR_SIGNATURE,
 * -ERR_CHECKSUM, -ERR_INVALID, -ERR_NOTFOUND and what reading gives. */
int image_open(const char *path, const struct public_key *key, struct image *ret, struct err *e);
/* `len` bytes of the image from `at` on do not lie in NAME.img, but in the file or device `fd`, from its beginning on. */
void image_lay_over(struct image *im, uint64_t at, uint64_t len, int fd);
/* Every used block against the map. -ERR_CHECKSUM: *ret_bad is the first range that differs, from 1. */
int image_check(const struct image *im, size_t *ret_bad, struct err *e);
void image_close(struct image *im);

/* Bytes of the image at `at`; past its end zeros, so that whole blocks can be written. */
int image_read(const struct image *im, uint64_t at, void *out, size_t len, struct err *e);

/* Bytes that must read as zeros wherever the image is written. */
struct image_zeros {
    uint64_t at, len; /* both in whole blocks */
};
#define IMAGE_ZEROS_MAX 16
/* Makes NAME.bmap (unless it is there already) and NAME.sig for NAME.img. A block is used when it holds anything but zeros,
 * or lies in one of the `n` pieces of `zeros`. */
int image_make(const char *path, const struct private_key *k, const char *version, const char *arch,
               const struct image_zeros *zeros, size_t n, struct err *e);

#endif
