/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that must be whole or absent.
 */
#ifndef BASE_FS_H
#define BASE_FS_H

#include <stddef.h>

#include "buf.h"
#include "err.h"

/* Opens a file to read, which another program may have put there: a regular one and no link, so that no read of it blocks or
 * leads elsewhere; anything else is -ERR_INVALID. */
int fs_open(const char *path, int *ret_fd, struct err *e);
/* Reads such a file whole, at most `max` bytes, into out (initialised by this call). Names the path in the error. */
int fs_read(const char *path, size_t max, struct buf *out, struct err *e);
/* The same for a file that a person names or keeps in a folder of his own: it may be a link. */
int fs_read_given(const char *path, size_t max, struct buf *out, struct err *e);
/* Writes a temporary beside it, fsync, rename, fsync of the folder: after a power cut the old or the new file is there. */
int fs_write_atomic(const char *path, const void *data, size_t len, unsigned mode, struct err *e);
/* The same where a person names the place: a device or FIFO that has the name stays, -ERR_INVALID. */
int fs_write_given(const char *path, const void *data, size_t len, unsigned mode, struct err *e);
/* All of it, whatever the system takes at once; not synced. `path` is what an error names. */
int fs_write_all(int fd, const char *path, const void *data, size_t len, struct err *e);
/* mkdir -p with mode 0755 for parents, `mode` for the last. */
int fs_mkdirs(const char *path, unsigned mode, struct err *e);
/* "dir/name" into out; aborts the call with -ERR_TOOLONG when it does not fit. */
int fs_join(char *out, size_t cap, const char *dir, const char *name);
/* One folder whose parent is there; it may be there itself. A new one is durable. -ERR_NOTFOUND: there is no parent. */
int fs_mkdir(const char *path, unsigned mode, struct err *e);
/* -ERR_ACCESS when root works in a folder of somebody else, who could not read what root leaves there; it names him. */
int fs_refuse_root(const char *dir, struct err *e);
int fs_sync_dir(const char *dir, struct err *e);

/* "One program at a time": makes the file (0600) and locks it. While another holds it, waits up to wait_ms (0: not at all)
 * and says so in the log; then -ERR_BUSY. The lock ends with close(*ret_fd), and with the process however it dies; the file
 * stays. A child made by fork shares the lock until it closes the descriptor: base/work does so first of all. */
int fs_lock(const char *path, int wait_ms, int *ret_fd, struct err *e);

#endif
