/* SPDX-License-Identifier: Apache-2.0
 *
 * See sheet_block.h.
 */
#include "tools/install/sheet_block.h"

#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/secret.h"
#include "wire/enrol.h"

size_t sheet_in(const uint8_t block[DISK_BLOCK])
{
    const uint8_t *end = memchr(block, 0, DISK_BLOCK);
    struct enrol_sheet sheet;
    size_t len = end ? (size_t)(end - block) : 0;

    if (!len || enrol_sheet_decode(block, len, &sheet, NULL) < 0)
        len = 0;
    secret_wipe(&sheet, sizeof sheet);
    return len;
}

static int keep(const char *to, const uint8_t *sheet, size_t len, struct err *e)
{
    char folder[512];
    struct stat st;

    snprintf(folder, sizeof folder, "%s", to);
    dirname(folder);
    if (stat(folder, &st) < 0)
        return err_errno(e, "look at %s", folder);
    int rc = fs_write_atomic(to, sheet, len, 0600, e);
    if (rc == 0 && chown(to, st.st_uid, st.st_gid) < 0)
        rc = err_errno(e, "give %s to its folder's owner", to);
    return rc;
}

static int take(int fd, const char *to, struct err *e)
{
    static const uint8_t zeros[DISK_BLOCK];
    uint8_t block[DISK_BLOCK];
    off_t end = lseek(fd, 0, SEEK_END);

    if (end < (off_t)sizeof block)
        return err_set(e, ERR_INVALID, "it is too small to be a note");
    off_t at = (off_t)sheet_place((uint64_t)end);
    if (pread(fd, block, sizeof block, at) != (ssize_t)sizeof block)
        return err_errno(e, "read it");
    size_t len = sheet_in(block);
    int rc = len ? keep(to, block, len, e) : 0;
    if (rc == 0 && len && (pwrite(fd, zeros, sizeof zeros, at) != (ssize_t)sizeof zeros || fsync(fd) < 0))
        rc = err_errno(e, "wipe it there");
    secret_wipe(block, sizeof block);
    return rc < 0 ? rc : len > 0;
}

int sheet_take(const char *note, const char *to, struct err *e)
{
    int fd = open(note, O_RDWR | O_CLOEXEC), rc;

    if (fd < 0)
        return err_errno(e, "open %s", note);
    rc = err_wrap(e, take(fd, to, e), "the sheet in %s", note);
    close(fd);
    return rc;
}
