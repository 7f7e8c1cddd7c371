/* SPDX-License-Identifier: Apache-2.0
 *
 * See esp.h. systemd-boot orders kernels by name, newest version first, and puts behind all others those whose name says
 * "+0": no tries left. So the old kernel stays where it can be started, whichever version it has.
 */
#include "tools/install/esp.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"

#define KERNELS "EFI/Linux"
#define KERNEL_MAX (256 * 1024 * 1024)
#define COMING ".new"

static const char *const folders[] = {"EFI/BOOT", "loader", KERNELS};
#define FOLDERS (sizeof folders / sizeof *folders)

typedef int file_fn(const char *from, const char *to, const char *name, void *ctx, struct err *e);

/* Calls fn with the paths of every file of these folders. */
static int each(const char *from, const char *to, file_fn *fn, void *ctx, struct err *e)
{
    char a[PATH_MAX], b[PATH_MAX];
    struct dirent *entry;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < FOLDERS; i++) {
        snprintf(a, sizeof a, "%s/%s", from, folders[i]);
        DIR *dir = opendir(a);
        while (rc == 0 && dir && (entry = readdir(dir))) {
            if (entry->d_name[0] == '.')
                continue;
            snprintf(a, sizeof a, "%s/%s/%s", from, folders[i], entry->d_name);
            snprintf(b, sizeof b, "%s/%s/%s" COMING, to, folders[i], entry->d_name);
            rc = fn(a, b, entry->d_name, ctx, e);
        }
        if (dir)
            closedir(dir);
    }
    return rc;
}

static int put(const char *from, const char *to, const char *name, void *ctx, struct err *e)
{
    char folder[PATH_MAX];
    struct buf file;

    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(to, '/') - to), to);
    int rc = fs_read(from, KERNEL_MAX, &file, e);
    if (rc < 0)
        return rc;
    rc = fs_mkdirs(folder, 0755, e);
    int fd = rc == 0 ? open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : -1;
    if (rc == 0)
        rc = fd < 0 ? err_errno(e, "make %s", to) : fs_write_all(fd, to, file.data, file.len, e);
    if (rc == 0 && fsync(fd) < 0)
        rc = err_errno(e, "write %s", to);
    if (fd >= 0)
        close(fd);
    buf_finish(&file);
    return rc;
}

static int sync_all(const char *to, struct err *e)
{
    int fd = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = fd < 0 || syncfs(fd) < 0 ? err_errno(e, "write %s", to) : 0;

    if (fd >= 0)
        close(fd);
    return rc;
}

int esp_put(const char *from, const char *to, struct err *e)
{
    int rc = each(from, to, put, NULL, e);

    return rc == 0 ? sync_all(to, e) : rc;
}

static int compare(const char *from, const char *to, const char *name, void *ctx, struct err *e)
{
    struct buf a, b;

    int rc = fs_read(from, KERNEL_MAX, &a, e);
    if (rc < 0)
        return rc;
    rc = fs_read(to, KERNEL_MAX, &b, e);
    if (rc == 0) {
        if (a.len != b.len || memcmp(a.data, b.data, a.len))
            rc = err_set(e, ERR_CHECKSUM, "%s does not read back as it was written", to);
        buf_finish(&b);
    }
    buf_finish(&a);
    return rc;
}

int esp_compare(const char *from, const char *to, struct err *e)
{
    return each(from, to, compare, NULL, e);
}

struct names {
    const char *to;
    char slot;
    char fresh[256]; /* the new kernel's name */
};

static bool is_kernel(const char *name)
{
    return !strncmp(name, "tongban-", 8) && name[8] && name[9] == '-';
}

static int give_name(const char *from, const char *to, const char *name, void *ctx, struct err *e)
{
    char final[PATH_MAX];
    struct names *n = ctx;

    snprintf(final, sizeof final, "%.*s", (int)(strlen(to) - strlen(COMING)), to);
    if (is_kernel(name)) {
        snprintf(n->fresh, sizeof n->fresh, "%s", name);
        n->fresh[8] = n->slot;
        strcpy(strrchr(final, '/') + 1, n->fresh);
    }
    return rename(to, final) < 0 ? err_errno(e, "name %s", final) : 0;
}

/* --- the old kernels ----------------------------------------------------------------------------------------------------
 */

static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), k = strlen(end);

    return n > k && !strcmp(name + n - k, end);
}

/* "tongban-a-1.4.2+3-1.efi" becomes "tongban-a-1.4.2+0.efi", if it is for the other slot. */
static int settle(const struct names *n, const char *name, struct err *e)
{
    char path[PATH_MAX], behind[PATH_MAX];
    size_t stem = strcspn(name, "+");
    bool gone = ends_in(name, COMING) || (is_kernel(name) && name[8] == n->slot);

    if (!name[stem])
        stem = strlen(name) - strlen(".efi");
    snprintf(path, sizeof path, "%s/" KERNELS "/%s", n->to, name);
    snprintf(behind, sizeof behind, "%s/" KERNELS "/%.*s+0.efi", n->to, (int)stem, name);
    return (gone ? unlink(path) : rename(path, behind)) < 0 ? err_errno(e, "settle %s", path) : 0;
}

static int settle_old(const struct names *o, struct err *e)
{
    char path[PATH_MAX];
    struct dirent *entry;
    int rc = 0;

    snprintf(path, sizeof path, "%s/" KERNELS, o->to);
    DIR *dir = opendir(path);
    while (rc == 0 && dir && (entry = readdir(dir))) {
        const char *name = entry->d_name;
        if (strcmp(name, o->fresh) != 0 && (ends_in(name, ".efi") || ends_in(name, COMING)))
            rc = settle(o, name, e);
    }
    if (dir)
        closedir(dir);
    return rc;
}

int esp_finish(const char *from, const char *to, char slot, struct err *e)
{
    struct names n = {.to = to, .slot = slot};

    int rc = each(from, to, give_name, &n, e);
    if (rc == 0 && !*n.fresh)
        rc = err_set(e, ERR_INVALID, "the image's boot partition holds no kernel");
    if (rc == 0)
        rc = sync_all(to, e); /* the new one is there before an old one goes */
    if (rc == 0)
        rc = settle_old(&n, e);
    return rc == 0 ? sync_all(to, e) : rc;
}
