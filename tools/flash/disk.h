/* SPDX-License-Identifier: Apache-2.0
 *
 * A medium, open. A block device is opened without the kernel's cache in between (O_DIRECT) and, for writing, so that
 * nobody else can mount it meanwhile (O_EXCL). A regular file takes its place in tests, with the faults its neighbour
 * PATH.faults names, one a line:
 *     wrap BYTES          what is beyond comes to lie at the beginning again, as in a stick that lies about its size
 *     drop BYTES          what is written beyond is lost
 *     rot BYTES           the block there reads back different each time
 *     slow BYTES          so many a second are written, and twice as many read
 *     pull-after BYTES    after so many were written its entry below /sys/block is moved away (NAME.out), and all fails;
 *                         the line is gone then
 */
#ifndef FLASH_DISK_H
#define FLASH_DISK_H

#include "tools/flash/media.h"

#define DISK_BLOCK 4096 /* places and lengths are multiples of it, addresses of memory too */

struct disk;

/* It must still be the medium that was listed: -ERR_GONE. -ERR_BUSY: mounted meanwhile. -ERR_ACCESS. */
int disk_open(const struct medium *md, bool to_write, struct disk **ret, struct err *e);
void disk_close(struct disk *d); /* takes NULL */
/* Each blocks until it is done. -ERR_GONE: pulled out; -ERR_IO. */
int disk_read(struct disk *d, uint64_t at, void *out, size_t len, struct err *e);
int disk_write(struct disk *d, uint64_t at, const void *data, size_t len, struct err *e);
/* All that was written is on the medium. */
int disk_sync(struct disk *d, struct err *e);
/* Memory for it, of zeros; free(). Never NULL. */
void *disk_memory(size_t len);

#endif
