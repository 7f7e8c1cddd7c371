/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_patches.h.
 */
#include "tools/hall/editions/edition_patches.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"

void edition_patch_name(int64_t from, int64_t to, char out[MANIFEST_NAME_MAX + 1])
{
    snprintf(out, MANIFEST_NAME_MAX + 1, "catalog-%lld-%lld.patch", (long long)from, (long long)to);
}

/* "catalog-7.db" -> 7; "catalog-6-7.patch" -> 7 with *ret_patch. 0: neither. */
static int64_t version_of(const char *name, bool *ret_patch)
{
    char back[MANIFEST_NAME_MAX + 1];
    long long from, to;

    *ret_patch = false;
    if (sscanf(name, "catalog-%lld.db", &to) == 1) {
        snprintf(back, sizeof back, "catalog-%lld.db", to);
        if (strcmp(back, name) == 0)
            return to;
    }
    *ret_patch = true;
    if (sscanf(name, "catalog-%lld-%lld.patch", &from, &to) != 2)
        return 0;
    edition_patch_name(from, to, back);
    return strcmp(back, name) == 0 ? to : 0;
}

size_t edition_bases(const char *files, int64_t below, int64_t ret[MANIFEST_PATCHES_MAX])
{
    DIR *dir = opendir(files);
    struct dirent *d;
    size_t n = 0;
    bool patch;

    while (dir && (d = readdir(dir))) {
        int64_t v = version_of(d->d_name, &patch);
        size_t at = n;

        if (patch || v < 1 || v >= below || (n == MANIFEST_PATCHES_MAX && v < ret[n - 1]))
            continue;
        if (n < MANIFEST_PATCHES_MAX)
            n++;
        else
            at--;
        for (; at > 0 && ret[at - 1] < v; at--)
            ret[at] = ret[at - 1];
        ret[at] = v;
    }
    if (dir)
        closedir(dir);
    return n;
}

void edition_prune(const char *files, int64_t version)
{
    int64_t kept[MANIFEST_PATCHES_MAX];
    size_t n = edition_bases(files, version, kept);
    char path[PATH_MAX];
    DIR *dir = opendir(files);
    struct dirent *d;
    bool patch;

    while (dir && (d = readdir(dir))) {
        int64_t v = version_of(d->d_name, &patch), least = n ? kept[patch ? 0 : n - 1] : version;

        if (v > 0 && v < least && fs_join(path, sizeof path, files, d->d_name) == 0)
            unlink(path); /* what stays costs room, nothing else */
    }
    if (dir)
        closedir(dir);
}
