/* SPDX-License-Identifier: Apache-2.0
 *
 * libdisklog.so, preloaded into the terminal's programs: writes every write, truncation, new name and sync under one
 * folder into one log in the order they happened, over all processes, so that the folder can be rebuilt as a power cut at
 * any point would leave it. Answers ENOSPC or EIO when told to. Memory-mapped writes are not seen: the programs make none.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tools/scenario/disk_log.h"

#define NEXT(name) __typeof__(&name) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* -Wmissing-prototypes knows these two only with _LARGEFILE64_SOURCE, which _GNU_SOURCE implies. */

static int log_fd = -1;
static char dir[PATH_MAX];
static size_t dir_len;
static struct disk_log_page *page;
static pid_t program; /* which may fork */

__attribute__((constructor)) static void start(void)
{
    const char *d = getenv("TONGBAN_RECORD_DIR"), *l = getenv("TONGBAN_RECORD_LOG"), *p = getenv("TONGBAN_RECORD_PAGE");
    int fd;

    if (!d || !l || !p || !realpath(d, dir))
        return;
    dir_len = strlen(dir);
    fd = (int)syscall(SYS_openat, AT_FDCWD, p, O_RDWR | O_CLOEXEC, 0);
    page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (page == MAP_FAILED)
        abort();
    program = getpid();
    log_fd = (int)syscall(SYS_openat, AT_FDCWD, l, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static bool watched(const char *path)
{
    return log_fd >= 0 && !strncmp(path, dir, dir_len) && (path[dir_len] == '/' || !path[dir_len]) && !strstr(path, "-shm");
}

/* The path behind a descriptor, when it is one of ours. */
static bool ours(int fd, char path[PATH_MAX])
{
    char link[64];
    ssize_t n;

    if (log_fd < 0)
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, path, PATH_MAX - 1);
    if (n <= 0)
        return false;
    path[n] = 0;
    return watched(path);
}

static void die(void)
{
    kill(program, SIGKILL);
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* The power is gone for every process at once: whoever comes next dies before it does anything. */
static void check_power(void)
{
    if (page->cut)
        die();
}

/* What a visit leaves: the journal with its anchor, and the note. What kiosk writes besides (the state of the catalogue,
 * when a head comes) does so at a moment of its own. */
static bool of_visit(const char *path)
{
    const char *name = path + dir_len;
    return !strncmp(name, "/journal", strlen("/journal")) || !strcmp(name, "/note");
}

static void count(const char *path, _Atomic uint32_t *all, uint32_t cut_at, _Atomic uint32_t *own, uint32_t kill_at)
{
    bool cut = ++*all == cut_at;

    if (cut)
        page->cut = 1;
    if (cut || (getenv("TONGBAN_RECORD_KILL") && of_visit(path) && ++*own == kill_at))
        die();
}

static void note(enum disk_log_op op, const char *path, uint64_t offset, const void *data, size_t len)
{
    struct disk_log_head h = {.op = op, .path_len = (uint32_t)strlen(path), .offset = offset, .data_len = len};
    struct iovec v[3] = {{&h, sizeof h}, {(void *)(uintptr_t)path, h.path_len}, {(void *)(uintptr_t)data, len}};

    check_power();
    if (syscall(SYS_writev, log_fd, v, 3) < 0)
        abort();
}

/* errno when the disk is told to refuse, else 0. */
static int refused(const char *path)
{
    check_power();
    return page->disk == DISK_FULL ? ENOSPC : page->disk == DISK_IO_ERROR ? EIO : 0;
}

static bool refuse_write(const char *path)
{
    int rc = refused(path);

    if (rc)
        errno = rc;
    else
        count(path, &page->writes, page->cut_write, &page->own_writes, page->kill_write);
    return rc != 0;
}

static ssize_t note_write(const char *path, const void *data, size_t len, off64_t at, ssize_t written)
{
    if (written > 0)
        note(OP_WRITE, path, (uint64_t)at, data, (size_t)written);
    return written;
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at)
{
    NEXT(pwrite64);
    char path[PATH_MAX];

    if (!ours(fd, path))
        return next(fd, data, len, at);
    return refuse_write(path) ? -1 : note_write(path, data, len, at, next(fd, data, len, at));
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t at)
{
    return pwrite64(fd, data, len, at);
}

ssize_t write(int fd, const void *data, size_t len)
{
    NEXT(write);
    char path[PATH_MAX];

    if (!ours(fd, path))
        return next(fd, data, len);
    if (refuse_write(path))
        return -1;
    ssize_t n = next(fd, data, len);
    return n > 0 ? note_write(path, data, len, lseek(fd, 0, SEEK_CUR) - n, n) : n;
}

int ftruncate64(int fd, off64_t to)
{
    NEXT(ftruncate64);
    char path[PATH_MAX];
    bool mine = ours(fd, path);
    int rc;

    if (mine)
        check_power();
    rc = next(fd, to);
    if (rc == 0 && mine)
        note(OP_TRUNCATE, path, (uint64_t)to, NULL, 0);
    return rc;
}

int ftruncate(int fd, off_t to)
{
    return ftruncate64(fd, to);
}

static int synced(int fd, int (*next)(int))
{
    char path[PATH_MAX];
    struct stat st;
    int rc;

    if (!ours(fd, path))
        return next(fd);
    check_power();
    if (page->disk == DISK_IO_ERROR) {
        errno = EIO;
        return -1;
    }
    if (page->slow_ms && getpid() != program)
        usleep(page->slow_ms * 1000);
    count(path, &page->syncs, page->cut_sync, &page->own_syncs, page->kill_sync);
    rc = next(fd);
    if (rc == 0)
        note(fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) ? OP_SYNC_DIR : OP_SYNC, path, 0, NULL, 0);
    return rc;
}

int fsync(int fd)
{
    NEXT(fsync);
    return synced(fd, next);
}

int fdatasync(int fd)
{
    NEXT(fdatasync);
    return synced(fd, next);
}

static int opened(const char *path, int flags, mode_t mode, int (*next)(const char *, int, ...))
{
    char real[PATH_MAX];
    bool mine = watched(path), is_new = mine && (flags & O_CREAT) && access(path, F_OK) != 0;
    int fd;

    if (is_new && refused(path)) {
        errno = refused(path);
        return -1;
    }
    fd = next(path, flags, mode);
    if (fd >= 0 && mine && ours(fd, real)) {
        if (is_new)
            note(OP_CREATE, real, 0, NULL, 0);
        else if (flags & O_TRUNC)
            note(OP_TRUNCATE, real, 0, NULL, 0);
    }
    return fd;
}

int open64(const char *path, int flags, ...)
{
    NEXT(open64);
    va_list ap;
    mode_t mode;

    va_start(ap, flags);
    mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    return opened(path, flags, mode, next);
}

int open(const char *path, int flags, ...)
{
    NEXT(open);
    va_list ap;
    mode_t mode;

    va_start(ap, flags);
    mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    return opened(path, flags, mode, next);
}

int unlink(const char *path)
{
    NEXT(unlink);
    bool mine = watched(path);
    int rc;

    if (mine)
        check_power();
    rc = next(path);
    if (rc == 0 && mine)
        note(OP_UNLINK, path, 0, NULL, 0);
    return rc;
}

int rename(const char *from, const char *to)
{
    NEXT(rename);
    bool mine = watched(from);
    int rc;

    if (mine)
        check_power();
    rc = next(from, to);
    if (rc == 0 && mine)
        note(OP_RENAME, from, 0, to, strlen(to));
    return rc;
}

/* A child that gives up its parent's descriptors goes on being watched. */
int close_range(unsigned first, unsigned last, int flags)
{
    NEXT(close_range);
    unsigned kept = (unsigned)log_fd;

    if (log_fd < 0 || kept < first || kept > last)
        return next(first, last, flags);
    if (kept > first && next(first, kept - 1, flags) < 0)
        return -1;
    return kept < last ? next(kept + 1, last, flags) : 0;
}
