/* SPDX-License-Identifier: Apache-2.0
 *
 * A new system into one slot of a machine that has a system of ours: nothing else of its disk is written but the sheet's
 * block of the note, and at last the boot partition. In this order, each on the disk before the next begins: the slot's
 * first block becomes zeros: whatever it held fits no kernel any more; its root file system but that block, and its hash
 * tree, are written and read back past the kernel's cache; the sheet; the first block, read back; the new kernel under a
 * name that nothing starts, read back; its name (esp.h). Until the last step the machine starts what it started before. What
 * is there already is not written once more.
 */
#ifndef INSTALL_SLOT_H
#define INSTALL_SLOT_H

#include "tools/flash/image.h"
#include "tools/flash/writer.h"

struct slot_piece {
    uint64_t from, to, len; /* in the image; on the disk; whole blocks */
};

struct slot_plan {
    const struct medium *disk;
    const struct image *image;
    struct slot_piece root, verity;
    const uint8_t *sheet; /* DISK_BLOCK bytes, or NULL */
    uint64_t sheet_at;
    /* Opens the two boot partitions as folders, and lets go of them. -ERR_IO… */
    int (*open_esp)(const struct slot_plan *p, const char **ret_from, const char **ret_to, struct err *e);
    void (*close_esp)(const struct slot_plan *p);
    const char *esp;          /* the disk's: a path for open_esp */
    const char *image_file;   /* NAME.img, for it */
    uint64_t esp_at, esp_len; /* in that file */
    char slot;                /* 'a' or 'b' */
};

/* As writer_run: blocks, reports, returns the fault. */
enum writer_fault slot_run(const struct slot_plan *p, writer_report_fn *report, void *ctx);

/* The open_esp and close_esp of a machine: both are mounted. */
int slot_mount(const struct slot_plan *p, const char **ret_from, const char **ret_to, struct err *e);
void slot_unmount(const struct slot_plan *p);

#endif
