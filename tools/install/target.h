/* SPDX-License-Identifier: Apache-2.0
 *
 * The machine a stick is in, by the kernel's word: its disk, what lies on it, and what the system there said of itself.
 */
#ifndef INSTALL_TARGET_H
#define INSTALL_TARGET_H

#include "model/install_facts.h"
#include "tools/flash/content.h"
#include "tools/flash/image.h"

enum target_part { PART_ESP, PART_ROOT_A, PART_VERITY_A, PART_ROOT_B, PART_VERITY_B, PART_NOTE, PART_DATA, PARTS };

struct target {
    const char *sys;   /* in front of /sys, /proc and /dev: "" but in tests */
    const char *stick; /* the kernel's name of the disk it was started from, which is never written: "sda" */
    struct media media;
    struct medium disk;
    struct {
        uint64_t at, len; /* on the disk, in bytes; len 0: it has none */
        char path[MEDIUM_PATH_MAX];
    } parts[PARTS];
    char slot; /* INSTALL_OURS: the one to be written, 'a' or 'b' */
    bool sheet;
    uint8_t block[DISK_BLOCK]; /* the stick's sheet */
};

/* Whether the stick is in. */
bool target_stick_in(const struct target *t);
/* The node of the stick's partition with that name; false: there is none. */
bool target_stick_part(const struct target *t, const char *name, char out[MEDIUM_PATH_MAX]);
/* Looks at everything but the image, which is open: fills *f but version, arch and trouble of the stick. Never fails: what
 * keeps from installing is f->trouble. Nothing is written. */
void target_look(struct target *t, const struct image *im, uint64_t root_len, uint64_t verity_len, struct install_facts *f);

#endif
