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
};

/* `path` is NAME.img, or NAME. The signature, the map's hash and the sizes are checked, and no block yet. -ERR_SIGNATURE,
 * -ERR_CHECKSUM, -ERR_INVALID, -ERR_NOTFOUND and what reading gives. */
int image_open(const char *path, const struct public_key *key, struct image *ret, struct err *e);
/* Every used block against the map. -ERR_CHECKSUM: *ret_bad is the first range that differs, from 1. */
int image_check(const struct image *im, size_t *ret_bad, struct err *e);
void image_close(struct image *im);

/* Bytes of the image at `at`; past its end zeros, so that whole blocks can be written. */
int image_read(const struct image *im, uint64_t at, void *out, size_t len, struct err *e);

/* Makes NAME.bmap (unless it is there already) and NAME.sig for NAME.img. A block is used when it holds anything but zeros
 * or, in a sparse file, is there. */
int image_make(const char *path, const struct private_key *k, const char *version, const char *arch, struct err *e);

#endif
