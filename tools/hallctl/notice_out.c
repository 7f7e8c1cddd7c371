/* SPDX-License-Identifier: Apache-2.0
 *
 * See notice_out.h.
 */
#include "tools/hallctl/notice_out.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

#define TAIL_BYTES (1 << 20)

/* --- the file --------------------------------------------------------------------------------------------------------- */

/* A sender that died between writing and saying so comes again with the same id. */
static int has_id(int fd, const char *path, const char *id, bool *ret, struct err *e)
{
    struct stat st;
    struct buf tail;
    char block[16 * 1024];
    ssize_t n = 0;

    *ret = false;
    if (fstat(fd, &st) < 0)
        return err_errno(e, "read %s", path);
    off_t at = st.st_size > TAIL_BYTES ? st.st_size - TAIL_BYTES : 0;
    buf_init(&tail, TAIL_BYTES);
    while (at < st.st_size && (n = pread(fd, block, sizeof block, at)) > 0) {
        buf_add(&tail, block, (size_t)n);
        at += n;
    }
    *ret = tail.len > 0 && memmem(tail.data, tail.len, id, strlen(id)) != NULL;
    buf_finish(&tail);
    return n < 0 ? err_errno(e, "read %s", path) : 0;
}

/* A line that a full disk or a power cut has left half is ended first, so that the next is one by itself. */
static int end_line(int fd, const char *path, struct err *e)
{
    struct stat st;
    char last = '\n';

    if (fstat(fd, &st) == 0 && st.st_size > 0 && pread(fd, &last, 1, st.st_size - 1) != 1)
        return err_errno(e, "read %s", path);
    return last == '\n' ? 0 : fs_write_all(fd, path, "\n", 1, e);
}

/* A new file is for whom it is meant, whatever the umask; one that is there stays as its owner has it. */
static int open_for(const char *path, unsigned mode, struct err *e)
{
    struct stat st;
    int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0)
        return err_errno(e, "open %s", path);
    if (fstat(fd, &st) < 0 || (st.st_size == 0 && fchmod(fd, mode) < 0)) {
        int rc = err_errno(e, "open %s", path);
        close(fd);
        return rc;
    }
    return fd;
}

static int append(int fd, const char *path, const char *id, const struct buf *json, struct err *e)
{
    bool there = false;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int rc = fcntl(fd, F_OFD_SETLKW, &whole) < 0 ? err_errno(e, "lock %s", path) : has_id(fd, path, id, &there, e);

    if (rc < 0 || there)
        return rc;
    rc = end_line(fd, path, e);
    if (rc == 0)
        rc = fs_write_all(fd, path, json->data, json->len, e);
    if (rc == 0)
        rc = fs_write_all(fd, path, "\n", 1, e);
    return rc == 0 && fdatasync(fd) < 0 ? err_errno(e, "write %s", path) : rc;
}

int notice_to_file(const char *path, unsigned mode, const char *id, const struct buf *json, struct err *e)
{
    int fd = open_for(path, mode, e);

    if (fd < 0)
        return fd;
    int rc = append(fd, path, id, json, e);
    close(fd);
    return rc;
}
