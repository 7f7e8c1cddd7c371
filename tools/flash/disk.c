/* SPDX-License-Identifier: Apache-2.0
 *
 * See disk.h.
 */
#include "tools/flash/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/must.h"
#include "crypto/random.h"

#define NEVER UINT64_MAX

struct disk {
    struct medium medium;
    int fd;
    bool block;
    uint64_t written;
    uint64_t wrap, drop, rot, slow, pull; /* of a file that takes a medium's place; NEVER: it does not */
    bool pulled;
};

void *disk_memory(size_t len)
{
    void *p = aligned_alloc(DISK_BLOCK, len);

    must(p, "out of memory");
    memset(p, 0, len);
    return p;
}

static void faults_path(const struct disk *d, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s.faults", d->medium.path);
}

static void read_faults(struct disk *d)
{
    char path[PATH_MAX], word[16];
    uint64_t bytes;

    faults_path(d, path);
    FILE *f = fopen(path, "re");
    while (f && fscanf(f, "%15s %" SCNu64, word, &bytes) == 2)
        *(!strcmp(word, "wrap")   ? &d->wrap
          : !strcmp(word, "drop") ? &d->drop
          : !strcmp(word, "rot")  ? &d->rot
          : !strcmp(word, "slow") ? &d->slow
                                  : &d->pull) = bytes;
    if (f)
        fclose(f);
}

/* Out it goes: nothing of it is found any more, until a test puts it back. */
static void pull(struct disk *d)
{
    char path[PATH_MAX];

    faults_path(d, path);
    unlink(path);
    snprintf(path, sizeof path, "%s.out", d->medium.sys);
    if (rename(d->medium.sys, path) == 0)
        d->pulled = true;
}

static int check_open(struct disk *d, struct err *e)
{
    uint64_t size = 0;
    struct stat st;

    if (fstat(d->fd, &st) < 0)
        return err_errno(e, "open the medium");
    d->block = S_ISBLK(st.st_mode);
    if (d->block && ioctl(d->fd, BLKGETSIZE64, &size) < 0)
        return err_errno(e, "ask for the size of the medium");
    if (!d->block)
        size = (uint64_t)st.st_size;
    if (!d->block)
        read_faults(d);
    /* asked after the node was opened: it is the node of this medium, or the entry has changed */
    return size == d->medium.size && medium_there(&d->medium) ? 0
                                                              : err_set(e, ERR_GONE, "it is not the same medium any more");
}

int disk_open(const struct medium *md, bool to_write, struct disk **ret, struct err *e)
{
    struct disk *d = malloc(sizeof *d);
    int flags = (to_write ? O_RDWR | O_EXCL : O_RDONLY) | O_CLOEXEC;

    if (!d)
        return err_set(e, ERR_NOMEM, "open the medium");
    *d = (struct disk){.medium = *md, .wrap = NEVER, .drop = NEVER, .rot = NEVER, .slow = NEVER, .pull = NEVER};
    d->fd = open(md->path, flags | O_DIRECT);
    if (d->fd < 0 && errno == EINVAL) /* a file system that has no O_DIRECT: block devices do */
        d->fd = open(md->path, flags);
    int rc = d->fd < 0 ? err_errno(e, "open the medium") : check_open(d, e);
    if (rc == 0)
        *ret = d;
    else
        disk_close(d);
    return rc;
}

void disk_close(struct disk *d)
{
    if (d && d->fd >= 0)
        close(d->fd);
    free(d);
}

/* What the kernel calls an input or output error is most often that it was pulled out. */
static int failed(struct disk *d, const char *what, uint64_t at, struct err *e)
{
    int rc = err_errno(e, "%s at %" PRIu64, what, at);

    return medium_there(&d->medium) ? rc : err_set(e, ERR_GONE, "it was pulled out");
}

/* Where a place really lies, and how much of `len` lies there; 0: nowhere. */
static size_t real_place(const struct disk *d, uint64_t *at, size_t len)
{
    uint64_t end = d->wrap;

    if (d->drop != NEVER) {
        if (*at >= d->drop)
            return 0;
        end = d->drop;
    } else if (d->wrap != NEVER) {
        *at %= d->wrap;
    }
    return end - *at < len ? (size_t)(end - *at) : len;
}

static void take_time(const struct disk *d, size_t len)
{
    if (d->slow != NEVER && d->slow)
        usleep((useconds_t)(1e6 * (double)len / (double)d->slow));
}

static void rot(struct disk *d, uint64_t at, uint8_t *data, size_t len)
{
    if (d->rot >= at && d->rot - at < len)
        random_bytes(data + (d->rot - at), 16);
}

int disk_read(struct disk *d, uint64_t at, void *out, size_t len, struct err *e)
{
    uint8_t *data = out;

    for (size_t done = 0; done < len;) {
        uint64_t real = at + done;
        size_t part = real_place(d, &real, len - done);
        if (d->pulled)
            return err_set(e, ERR_GONE, "it was pulled out");
        if (part == 0) {
            memset(data + done, 0, len - done);
            break;
        }
        ssize_t n = pread(d->fd, data + done, part, (off_t)real);
        if (n < 0)
            return failed(d, "read", at + done, e);
        if (n == 0)
            return err_set(e, ERR_IO, "read at %" PRIu64 ": the medium ends there", at + done);
        done += (size_t)n;
    }
    rot(d, at, out, len);
    take_time(d, len / 2);
    return 0;
}

int disk_write(struct disk *d, uint64_t at, const void *data, size_t len, struct err *e)
{
    for (size_t done = 0; done < len;) {
        uint64_t real = at + done;
        size_t part = real_place(d, &real, len - done);
        if (!d->pulled && d->written >= d->pull)
            pull(d);
        if (d->pulled)
            return err_set(e, ERR_GONE, "it was pulled out");
        ssize_t n = part ? pwrite(d->fd, (const char *)data + done, part, (off_t)real) : (ssize_t)(len - done);
        if (n < 0)
            return failed(d, "write", at + done, e);
        done += (size_t)n;
        d->written += (uint64_t)n;
    }
    take_time(d, len);
    return 0;
}

int disk_sync(struct disk *d, struct err *e)
{
    return fsync(d->fd) == 0 ? 0 : failed(d, "finish writing", d->written, e);
}
