/* SPDX-License-Identifier: Apache-2.0
 *
 * What flash leaves on a medium beside the image: one block, a mebibyte before the end, behind the image's last. It says
 * which image this is or is becoming, so that an interrupted one goes on and a finished one says its name:
 *     {"v":1,"state":"begun", "half" or "done","version":…,"arch":…,"image":"<its id>","head":"<SHA-256 of the first
 * mebibyte>"} and zeros. "half": its true size is known. Whoever writes to the medium afterwards changes its first mebibyte
 * (partition table, boot sector): then "head" is another, and the label no longer says what the medium holds. From outside,
 * unsigned: it decides only whether a medium is offered by itself, and where writing goes on; what is called good is read
 * back against the signed image. Pure.
 */
#ifndef FLASH_LABEL_WIRE_H
#define FLASH_LABEL_WIRE_H

#include "tools/flash/disk.h"
#include "tools/flash/image_wire.h"

#define LABEL_HEAD (1024 * 1024) /* bytes at the beginning that are written last, and at the end that are kept for this */

enum label_state { LABEL_BEGUN, LABEL_HALF, LABEL_DONE, LABEL_STATES };

struct label {
    enum label_state state;
    char version[IMAGE_WORD_MAX + 1], arch[IMAGE_WORD_MAX + 1];
    uint8_t image[SHA256_LEN], head[SHA256_LEN];
};

/* Where it lies on a medium of `size` bytes; the medium must be larger than 2 * LABEL_HEAD. */
uint64_t label_place(uint64_t size);
/* -ERR_INVALID: there is none. */
int label_decode(const uint8_t block[DISK_BLOCK], struct label *ret);
void label_encode(const struct label *l, uint8_t block[DISK_BLOCK]);

#endif
