/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies a downloaded catalogue and remembers refusals.
 */
#include "catalog/update_copy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "model/level.h"

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}
#define AUTO_CLOSE __attribute__((cleanup(close_fd)))

/* Copies at most `size` bytes and one more, so that a longer file is found. */
static int pump(int in, int out, int64_t size, struct sha256 *hash, int64_t *ret_len, struct err *e)
{
    uint8_t chunk[64 * 1024];
    int rc = 0;

    *ret_len = 0;
    while (rc == 0 && *ret_len <= size) {
        ssize_t n = read(in, chunk, sizeof chunk);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, "read the new catalogue");
        if (n == 0)
            break;
        sha256_add(hash, chunk, (size_t)n);
        *ret_len += n;
        rc = fs_write_all(out, "the new catalogue", chunk, (size_t)n, e);
    }
    return rc;
}

static int copy_fd(int in, int out, const struct manifest_file *f, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    struct sha256 *h = sha256_begin();
    int64_t len;
    int rc = pump(in, out, f->size, h, &len, e);

    sha256_end(h, hash);
    if (rc < 0)
        return rc;
    if (len != f->size)
        return err_set(e, ERR_CHECKSUM, "%s has not the %lld bytes of the manifest", f->name, (long long)f->size);
    if (memcmp(hash, f->sha256, sizeof hash))
        return err_set(e, ERR_CHECKSUM, "%s has another hash than the manifest says", f->name);
    return fsync(out) < 0 ? err_errno(e, "fsync the new catalogue") : 0;
}

int update_copy(const char *from, const char *to, const struct manifest_file *f, struct err *e)
{
    struct stat st;
    AUTO_CLOSE int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    AUTO_CLOSE int out = -1;
    int rc;

    if (in < 0 || fstat(in, &st) < 0)
        return err_errno(e, "open %s", from);
    if (!S_ISREG(st.st_mode) || st.st_size != f->size)
        return err_set(e, ERR_CHECKSUM, "%s has not the %lld bytes of the manifest", f->name, (long long)f->size);
    out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (out < 0)
        return err_errno(e, "make %s", to);
    rc = copy_fd(in, out, f, e);
    if (rc < 0)
        unlink(to);
    return rc;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_manifest(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && (strcmp(dot, ".json") == 0 || strcmp(dot, ".sig") == 0);
}

static void add_file(struct sha256 *h, const char *incoming, const char *name)
{
    char path[PATH_MAX];
    struct buf b;
    struct stat st;

    sha256_add(h, name, strlen(name) + 1);
    if (fs_join(path, sizeof path, incoming, name) < 0)
        return;
    if (is_manifest(name)) {
        if (fs_read(path, MANIFEST_MAX, &b, NULL) == 0) {
            sha256_add(h, b.data, b.len);
            buf_finish(&b);
        }
    } else if (stat(path, &st) == 0) {
        int64_t is[] = {(int64_t)st.st_ino, st.st_size, st.st_mtim.tv_sec, st.st_mtim.tv_nsec};

        sha256_add(h, is, sizeof is);
    }
}

bool update_fingerprint(const char *incoming, uint8_t out[SHA256_LEN])
{
    enum { FILES = 32 };
    char *names[FILES];
    size_t n = 0;
    DIR *dir = opendir(incoming);
    struct dirent *d;
    struct sha256 *h;
    bool any = false;
    int level = level_now();

    while (dir && n < FILES && (d = readdir(dir)))
        if (d->d_name[0] != '.' && strncmp(d->d_name, "head.", 5) && strncmp(d->d_name, "newer.", 6) &&
            (names[n] = strdup(d->d_name)))
            n++;
    if (dir)
        closedir(dir);
    qsort(names, n, sizeof *names, by_name);
    h = sha256_begin();
    sha256_add(h, &level, sizeof level);
    for (size_t i = 0; i < n; i++) {
        any |= strcmp(names[i], "catalog.json") == 0 || strcmp(names[i], "root.json") == 0;
        add_file(h, incoming, names[i]);
        free(names[i]);
    }
    sha256_end(h, out);
    return any;
}

static void refused_path(char out[PATH_MAX], const char *folder)
{
    snprintf(out, PATH_MAX, "%s/refused", folder);
}

bool update_refused(const char *folder, const uint8_t fingerprint[SHA256_LEN], int64_t *ret_whole)
{
    char path[PATH_MAX], hex[2 * SHA256_LEN + 1], had[2 * SHA256_LEN + 1];
    long long whole = 0;
    struct buf b;
    int n;

    refused_path(path, folder);
    if (fs_read(path, 256, &b, NULL) < 0)
        return false;
    hex_encode(fingerprint, SHA256_LEN, hex);
    n = sscanf(buf_str(&b), "%64s %lld", had, &whole);
    buf_finish(&b);
    *ret_whole = whole;
    return n >= 1 && strcmp(had, hex) == 0;
}

void update_refuse(const char *folder, const uint8_t fingerprint[SHA256_LEN], int64_t whole)
{
    char path[PATH_MAX], hex[2 * SHA256_LEN + 1], text[2 * SHA256_LEN + 32];
    struct err e = {0};
    int n;

    refused_path(path, folder);
    hex_encode(fingerprint, SHA256_LEN, hex);
    n = snprintf(text, sizeof text, "%s %lld", hex, (long long)whole);
    /* forgetting costs one more look at the same files after a restart */
    if (fs_write_atomic(path, text, (size_t)n, 0644, &e) < 0)
        log_warn("catalog", "remember a refusal: %s", e.text);
}
