/* SPDX-License-Identifier: Apache-2.0
 *
 * See mounts.h. A file system is found by the number of its device and by the name of its source: btrfs shows a number that
 * no device has.
 */
#include "tools/flash/mounts.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

#define PROC_MAX (4 * 1024 * 1024)
#define DEPTH_MAX 6 /* a volume of an array of encrypted partitions … */

/* Files of /proc have no size and cannot be read by fs_read. */
static int read_proc(struct buf *out, const char *root, const char *name, struct err *e)
{
    char path[PATH_MAX], chunk[4096];
    size_t n;

    buf_init(out, PROC_MAX);
    snprintf(path, sizeof path, "%s/proc/%s", root, name);
    FILE *f = fopen(path, "re");
    if (!f)
        return err_errno(e, "open %s", path);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(out, chunk, n);
    bool bad = ferror(f);
    fclose(f);
    return bad || !buf_ok(out) ? err_set(e, ERR_IO, "read %s", path) : 0;
}

int mounts_read(struct mounts *ret, const char *root, struct err *e)
{
    buf_init(&ret->swaps, PROC_MAX);
    int rc = read_proc(&ret->mountinfo, root, "self/mountinfo", e);
    if (rc == 0 && read_proc(&ret->swaps, root, "swaps", NULL) == -ERR_NOTFOUND)
        buf_reset(&ret->swaps); /* a kernel without swap */
    return rc;
}

void mounts_finish(struct mounts *m)
{
    buf_finish(&m->mountinfo);
    buf_finish(&m->swaps);
}

bool mounts_is_system(const char *where)
{
    static const char *const system[] = {"/", "/usr", "/boot", "/boot/efi", "/efi", "/sysroot"};

    for (size_t i = 0; i < sizeof system / sizeof *system; i++)
        if (!strcmp(where, system[i]))
            return true;
    return false;
}

/* The shorter path is nearer to the root of all; what is known as the system's is kept. */
static void keep_better(char *where, size_t cap, const char *point)
{
    if (!*where || (!mounts_is_system(where) && (mounts_is_system(point) || strlen(point) < strlen(where))) ||
        !strcmp(point, "/"))
        text_copy(where, cap, point);
}

/* 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw */
static bool mount_is_of(const char *line, const char *number, const char *node, char point[PATH_MAX])
{
    char device[32], source[PATH_MAX];
    const char *dash = strstr(line, " - ");

    if (sscanf(line, "%*s %*s %31s %*s %4095s", device, point) != 2)
        return false;
    if (!strcmp(device, number))
        return true;
    return dash && sscanf(dash, " - %*s %4095s", source) == 1 && !strcmp(source, node);
}

/* One device, a disk or a partition. */
static void look_at(const struct mounts *m, const char *sys, char *where, size_t cap)
{
    char path[PATH_MAX], number[32] = "", node[PATH_MAX], point[PATH_MAX], text[1024];
    const char *name = strrchr(sys, '/') + 1;

    snprintf(path, sizeof path, "%s/dev", sys);
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "%31s", number) != 1)
        *number = 0;
    if (f)
        fclose(f);
    snprintf(node, sizeof node, "/dev/%s", name);
    for (const char *line = buf_str(&m->mountinfo); *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : "") {
        snprintf(text, sizeof text, "%.*s", (int)strcspn(line, "\n"), line);
        if (mount_is_of(text, number, node, point))
            keep_better(where, cap, point);
    }
    strcat(node, " ");
    if (strstr(buf_str(&m->swaps), node) && !*where)
        text_copy(where, cap, "swap");
}

static void look_below(const struct mounts *m, const char *sys, int depth, char *where, size_t cap);

/* What is made of it; that it is held is enough, though nothing is mounted. */
static void look_at_holders(const struct mounts *m, const char *sys, int depth, char *where, size_t cap)
{
    char path[PATH_MAX], real[PATH_MAX];
    struct dirent *d;

    snprintf(path, sizeof path, "%s/holders", sys);
    DIR *dir = opendir(path);
    while (dir && (d = readdir(dir))) {
        if (d->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/holders/%s", sys, d->d_name);
        if (depth < DEPTH_MAX && realpath(path, real))
            look_below(m, real, depth + 1, where, cap);
        if (!*where)
            text_copy(where, cap, d->d_name);
    }
    if (dir)
        closedir(dir);
}

static void look_below(const struct mounts *m, const char *sys, int depth, char *where, size_t cap)
{
    char path[PATH_MAX];
    struct dirent *d;

    look_at(m, sys, where, cap);
    look_at_holders(m, sys, depth, where, cap);
    DIR *dir = opendir(sys);
    while (dir && depth < DEPTH_MAX && (d = readdir(dir))) {
        snprintf(path, sizeof path, "%s/%s/partition", sys, d->d_name);
        if (d->d_name[0] == '.' || access(path, F_OK) < 0)
            continue;
        *strrchr(path, '/') = 0;
        look_below(m, path, depth + 1, where, cap);
    }
    if (dir)
        closedir(dir);
}

bool mounts_of(const struct mounts *m, const char *sys, char *where, size_t cap)
{
    *where = 0;
    look_below(m, sys, 0, where, cap);
    return *where;
}
