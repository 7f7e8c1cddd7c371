/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that must be whole or absent: write beside, fsync, rename, fsync the folder.
 */
#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"

#define LOCK_LOOK_MS 20 /* how often a lock held by another is tried again */

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}
#define AUTO_CLOSE __attribute__((cleanup(close_fd)))

static int read_all(int fd, const char *path, size_t max, struct buf *out, struct err *e)
{
    uint8_t chunk[16384];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, "read %s", path);
        if (n == 0)
            break;
        int rc = buf_add(out, chunk, (size_t)n);
        if (rc == -ERR_TOOLONG)
            return err_set(e, ERR_TOOLONG, "%s is longer than %zu bytes", path, max);
        if (rc < 0)
            return err_set(e, ERR_NOMEM, "read %s: out of memory", path);
    }
    secret_wipe(chunk, sizeof chunk); /* the file may be a key */
    return 0;
}

/* Without waiting for the other end of what is no file. */
static int open_regular(const char *path, int flags, int *ret_fd, struct err *e)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | flags);
    struct stat st;
    bool is_file = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);

    if (fd < 0 && errno != ELOOP && errno != ENXIO) /* a link; a socket */
        return err_errno(e, "open %s", path);
    if (!is_file) {
        close_fd(&fd);
        return err_set(e, ERR_INVALID, "%s is not a regular file", path);
    }
    *ret_fd = fd;
    return 0;
}

int fs_open(const char *path, int *ret_fd, struct err *e)
{
    return open_regular(path, O_NOFOLLOW, ret_fd, e);
}

static int read_regular(const char *path, int flags, size_t max, struct buf *out, struct err *e)
{
    AUTO_CLOSE int fd = -1;
    int rc = open_regular(path, flags, &fd, e);

    buf_init(out, max);
    if (rc == 0)
        rc = read_all(fd, path, max, out, e);
    if (rc < 0)
        buf_finish(out);
    return rc;
}

int fs_read(const char *path, size_t max, struct buf *out, struct err *e)
{
    return read_regular(path, O_NOFOLLOW, max, out, e);
}

int fs_read_given(const char *path, size_t max, struct buf *out, struct err *e)
{
    return read_regular(path, 0, max, out, e);
}

int fs_write_all(int fd, const char *path, const void *bytes, size_t len, struct err *e)
{
    const uint8_t *data = bytes;

    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, "write %s", path);
        data += n;
        len -= (size_t)n;
    }
    return 0;
}

/* The folder a path lies in; "." when it names none. */
static int folder_of(const char *path, char *out, size_t cap, struct err *e)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    if (len >= cap)
        return err_set(e, ERR_TOOLONG, "the path is too long");
    if (!slash)
        strcpy(out, ".");
    else if (len == 0)
        strcpy(out, "/");
    else
        snprintf(out, cap, "%.*s", (int)len, path);
    return 0;
}

/* A fixed name, not a random one: what a power cut leaves behind is overwritten by the next writer. */
static int write_beside(const char *beside, const void *data, size_t len, unsigned mode, struct err *e)
{
    if (unlink(beside) < 0 && errno != ENOENT)
        return err_errno(e, "remove %s", beside);
    AUTO_CLOSE int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_errno(e, "make %s", beside);
    if (fchmod(fd, (mode_t)mode) < 0)
        return err_errno(e, "chmod %s", beside);
    int rc = fs_write_all(fd, beside, data, len, e);
    if (rc == 0 && fsync(fd) < 0)
        rc = err_errno(e, "fsync %s", beside);
    return rc;
}

int fs_write_atomic(const char *path, const void *data, size_t len, unsigned mode, struct err *e)
{
    char beside[PATH_MAX], folder[PATH_MAX];
    if (snprintf(beside, sizeof beside, "%s.tmp", path) >= (int)sizeof beside)
        return err_set(e, ERR_TOOLONG, "the path is too long");
    int rc = folder_of(path, folder, sizeof folder, e);
    if (rc == 0)
        rc = write_beside(beside, data, len, mode, e);
    if (rc == 0 && rename(beside, path) < 0)
        rc = err_errno(e, "rename %s", beside);
    if (rc < 0) {
        unlink(beside);
        return rc;
    }
    return fs_sync_dir(folder, e);
}

int fs_write_given(const char *path, const void *data, size_t len, unsigned mode, struct err *e)
{
    struct stat st;

    if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
        return err_set(e, ERR_INVALID, "%s is there, and is no file: it stays", path);
    return fs_write_atomic(path, data, len, mode, e);
}

/* The name of a new folder is durable when the folder around it is synced: what is synced inside would go with it. */
static int sync_around(const char *path, struct err *e)
{
    char around[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    size_t n = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;

    if (n >= sizeof around)
        return err_set(e, ERR_TOOLONG, "%s", path);
    if (n > 0) {
        memcpy(around, path, n);
        around[n] = '\0';
    }
    return fs_sync_dir(around, e);
}

int fs_mkdir(const char *path, unsigned mode, struct err *e)
{
    if (mkdir(path, (mode_t)mode) == 0)
        return sync_around(path, e);
    int why = errno;
    struct stat st;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return 0;
    errno = why == EEXIST ? ENOTDIR : why; /* what is there is none */
    return err_errno(e, "make folder %s", path);
}

int fs_mkdirs(const char *path, unsigned mode, struct err *e)
{
    char part[PATH_MAX];
    size_t len = strlen(path);
    if (len == 0 || len >= sizeof part)
        return err_set(e, ERR_INVALID, "the folder's path is empty or too long");
    strcpy(part, path);
    while (len > 1 && part[len - 1] == '/')
        part[--len] = '\0';
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int rc = fs_mkdir(part, 0755, e);
        if (rc < 0)
            return rc;
        *slash = '/';
    }
    return fs_mkdir(part, mode, e);
}

int fs_join(char *out, size_t cap, const char *dir, const char *name)
{
    size_t len = strlen(dir);
    const char *slash = len > 0 && dir[len - 1] == '/' ? "" : "/";
    int n = snprintf(out, cap, "%s%s%s", dir, slash, name);
    return n < 0 || (size_t)n >= cap ? -ERR_TOOLONG : 0;
}

int fs_refuse_root(const char *dir, struct err *e)
{
    struct stat st;

    if (geteuid() != 0 || stat(dir, &st) < 0 || st.st_uid == 0)
        return 0;
    const struct passwd *owner = getpwuid(st.st_uid);
    return err_set(e, ERR_ACCESS, "%s is not root's: run it as the user %s, who could not read what root writes there", dir,
                   owner ? owner->pw_name : "it belongs to");
}

int fs_sync_dir(const char *dir, struct err *e)
{
    AUTO_CLOSE int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, "open folder %s", dir);
    if (fsync(fd) < 0)
        return err_errno(e, "fsync folder %s", dir);
    return 0;
}

/* The waits are counted, not measured: the clock may be one that a test moves. */
static int take_lock(int fd, const char *path, int wait_ms, struct err *e)
{
    for (int waited = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; waited += LOCK_LOOK_MS) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return err_errno(e, "lock %s", path);
        if (waited >= wait_ms)
            return err_set(e, ERR_BUSY, "another program holds %s", path);
        if (waited == 0)
            log_info("fs", "another program holds %s: waiting up to %d s for its end", path, (wait_ms + 999) / 1000);
        poll(NULL, 0, LOCK_LOOK_MS);
    }
    return 0;
}

int fs_lock(const char *path, int wait_ms, int *ret_fd, struct err *e)
{
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_errno(e, "open %s", path);
    int rc = take_lock(fd, path, wait_ms, e);
    if (rc < 0)
        close(fd);
    else
        *ret_fd = fd;
    return rc;
}
