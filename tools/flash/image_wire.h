/* SPDX-License-Identifier: Apache-2.0
 *
 * A system image is three files beside each other:
 *     NAME.img    the raw image of a medium, block for block (may be sparse)
 *     NAME.bmap   its block map (bmap_wire.h): which blocks are used, and the hash of each run of them
 *     NAME.sig    two lines: the manifest, and the signatures over "tongban-image-v1\n" and the exact bytes of the manifest
 *                 without its line end, as a list of wire/manifest.h
 * The manifest is one JSON object:
 *     {"v":1,"version":"1.5.0","arch":"x86_64","size":bytes of NAME.img,"bmap":"<SHA-256 of NAME.bmap>"}
 * So whoever holds the key has signed every used block, and each can be checked alone. Blocks outside the map are not
 * written and keep what they held: what must read as zero, the image's builder maps. Pure.
 */
#ifndef FLASH_IMAGE_WIRE_H
#define FLASH_IMAGE_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"
#include "crypto/keys.h"

#define IMAGE_SIGNATURE_MAX (20 * 1024) /* bytes of NAME.sig */
#define IMAGE_WORD_MAX 31

struct image_manifest {
    char version[IMAGE_WORD_MAX + 1]; /* "1.5.0": [0-9A-Za-z.+~-] */
    char arch[IMAGE_WORD_MAX + 1];    /* "x86_64": also _ */
    uint64_t size;
    uint8_t bmap[SHA256_LEN];
};

/* NAME.sig: decoded and verified with `key`; *ret_id becomes the SHA-256 of the manifest's bytes, which names the image.
 * -ERR_SIGNATURE, -ERR_INVALID, -ERR_TOOLONG. */
int image_manifest_open(const void *data, size_t len, const struct public_key *key, struct image_manifest *ret,
                        uint8_t ret_id[SHA256_LEN], struct err *e);
/* Appends NAME.sig. -ERR_INVALID when open would refuse the value. */
int image_manifest_sign(const struct image_manifest *m, const struct private_key *k, struct buf *out, struct err *e);

/* The manifest's line alone. */
int image_manifest_decode(const void *data, size_t len, struct image_manifest *ret, struct err *e);
int image_manifest_encode(const struct image_manifest *m, struct buf *out, struct err *e);

#endif
