/* SPDX-License-Identifier: Apache-2.0
 *
 * One image onto one medium, so that nothing is ever half. In this order, each step on the medium before the next begins:
 *   the first mebibyte and the end (where a second partition table may lie) become zeros, and the label says "begun";
 *   the true size is measured (measure.h), and the label says "half";
 *   all used blocks but the late ones are written, then read back and compared, past the kernel's cache;
 *   the late ones: the image's last stretch, its first mebibyte, and of that the first block after all others; read back;
 *   the label says "done".
 * Whoever pulls it out in between has a medium that starts nothing. With the same image again it goes on: what is there
 * already, from the beginning to the first difference, is not written once more.
 */
#ifndef FLASH_WRITER_H
#define FLASH_WRITER_H

#include "tools/flash/disk.h"
#include "tools/flash/image.h"

enum writer_phase { WRITER_MEASURE, WRITER_WRITE, WRITER_CHECK, WRITER_END };

/* Why a medium must not be used. */
enum writer_fault {
    WRITER_NONE,
    WRITER_GONE,   /* pulled out */
    WRITER_FAKE,   /* it holds less than it says: `real` */
    WRITER_ROT,    /* what is read is not what was written, three times: at `at` */
    WRITER_IO,     /* the medium refuses: at `at` */
    WRITER_IMAGE,  /* the image's file is not what was signed any more */
    WRITER_BUSY,   /* somebody mounted it meanwhile, or may not be asked */
    WRITER_SMALL,  /* smaller than the image and a label */
    WRITER_DIED,   /* the process that wrote it ended: a bug of flash */
    WRITER_STOPPED /* by the person */
};

/* A plain value, sent through a pipe. */
struct writer_report {
    enum writer_phase phase;
    enum writer_fault fault;   /* with WRITER_END */
    int measured;              /* of 100 */
    uint64_t written, checked; /* bytes of bmap's `used` */
    uint64_t skipped;          /* of `written`: they were there already */
    uint64_t real, at;
};

typedef void writer_report_fn(void *ctx, const struct writer_report *r);

/* What an error of reading or writing a medium, a negative code, is called there. */
enum writer_fault writer_fault_of(int rc);

/* Bytes a medium must have for this image. */
uint64_t writer_needs(const struct image *im);
/* `sheet`: DISK_BLOCK bytes for the medium's byte `sheet_at` (0: the block behind the label, label_wire.h), or NULL. Blocks
 * until it is done; says how it goes several times a second, and at last WRITER_END. Returns its fault. */
enum writer_fault writer_run(const struct medium *md, const struct image *im, const uint8_t *sheet, uint64_t sheet_at,
                             writer_report_fn *report, void *ctx);

#endif
