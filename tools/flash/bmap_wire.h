/* SPDX-License-Identifier: Apache-2.0
 *
 * The block map beside an image: which of its blocks are used, and the SHA-256 of each run of them. It is the XML that
 * bmaptool writes and reads (bmap format 2.0 with sha256), read as strictly as that: the elements below, each once, comments
 * between them, no entities. Pure. Its own BmapFileChecksum is written and not looked at: the signed manifest holds a hash
 * of the whole file (image_wire.h).
 */
#ifndef FLASH_BMAP_WIRE_H
#define FLASH_BMAP_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"

#define BMAP_RANGES_MAX 16384
#define BMAP_FILE_MAX (4 * 1024 * 1024)
#define BMAP_BLOCK 4096                    /* the only size of a block: what bmaptool uses, and a multiple of a sector */
#define BMAP_IMAGE_MAX ((uint64_t)1 << 40) /* bytes of an image */

struct bmap_range {
    uint64_t first, last; /* blocks, both of the range */
    uint8_t sha256[SHA256_LEN];
};
struct bmap {
    uint64_t image_size; /* bytes; the last block may be cut short by it */
    uint64_t used;       /* bytes in all ranges */
    size_t n;
    struct bmap_range ranges[BMAP_RANGES_MAX]; /* ascending, apart from each other */
};

/* -ERR_INVALID, -ERR_RANGE, -ERR_TOOLONG; what *ret holds is then of no use. It is large: not for the stack. */
int bmap_decode(const void *data, size_t len, struct bmap *ret, struct err *e);
/* Appends the file; `used` is not looked at. */
int bmap_encode(const struct bmap *b, struct buf *out, struct err *e);

/* Where a range begins in the image, in bytes, and how long it is. */
uint64_t bmap_start(const struct bmap_range *r);
uint64_t bmap_length(const struct bmap *b, const struct bmap_range *r);

#endif
