/* SPDX-License-Identifier: Apache-2.0
 *
 * A technician enrols as root; kiosk and kiosk-sync run as users of their own. What root made in their folders becomes
 * theirs: each file its folder's owner's.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/kioskctl/enrol.h"

#define DEPTH_MAX 8

static int give_in(int dir, int depth, struct err *e);

/* Takes over nothing: only root's own is given, and no file that has a second name elsewhere. */
static int give_one(int dir, const char *name, const struct stat *owner, int depth, struct err *e)
{
    struct stat st;
    int rc = 0, fd = openat(dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0 || fstat(fd, &st) < 0) {
        rc = errno == ENOENT ? 0 : err_errno(e, "look at %s", name);
    } else if (S_ISDIR(st.st_mode) || (S_ISREG(st.st_mode) && st.st_nlink == 1)) {
        if (st.st_uid == 0 && fchownat(fd, "", owner->st_uid, owner->st_gid, AT_EMPTY_PATH) < 0)
            rc = err_errno(e, "give %s to its folder's owner", name);
        int inner = rc == 0 && S_ISDIR(st.st_mode) ? openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
        if (inner >= 0)
            rc = give_in(inner, depth + 1, e);
    }
    if (fd >= 0)
        close(fd);
    return rc;
}

/* Closes dir. */
static int give_in(int dir, int depth, struct err *e)
{
    struct stat owner;
    DIR *list = fdopendir(dir);
    int rc = 0;

    if (!list || fstat(dir, &owner) < 0)
        rc = err_errno(e, "read a folder");
    else if (depth == DEPTH_MAX)
        rc = err_set(e, ERR_RANGE, "there are more than %d folders in each other", DEPTH_MAX);
    for (struct dirent *f; rc == 0 && (f = readdir(list));)
        if (strcmp(f->d_name, ".") && strcmp(f->d_name, ".."))
            rc = give_one(dir, f->d_name, &owner, depth, e);
    if (list)
        closedir(list);
    else
        close(dir);
    return rc;
}

int enrol_give(const char *data, struct err *e)
{
    struct stat st;

    if (geteuid() != 0 || stat(data, &st) < 0 || st.st_uid == 0)
        return 0;
    int dir = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return err_wrap(e, dir < 0 ? err_errno(e, "open") : give_in(dir, 0, e), "%s", data);
}
