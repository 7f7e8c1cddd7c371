/* SPDX-License-Identifier: Apache-2.0
 *
 * See mount.h, and slot_mount() of slot.h.
 */
#include "tools/install/mount.h"

#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

#include "base/fs.h"
#include "tools/install/slot.h"

#define IMAGE_ESP "/run/tongban-install/image-esp"
#define DISK_ESP "/run/tongban-install/disk-esp"

static int run(char *const argv[], struct err *e)
{
    static char *const none[] = {"PATH=/usr/sbin:/usr/bin", NULL};
    int status;
    pid_t pid;

    if (posix_spawnp(&pid, argv[0], NULL, NULL, argv, none) != 0 || waitpid(pid, &status, 0) != pid)
        return err_set(e, ERR_IO, "%s cannot be run", argv[0]);
    return status == 0 ? 0 : err_set(e, ERR_IO, "%s %s failed", argv[0], argv[1]);
}

int mount_fat(const char *what, uint64_t at, uint64_t len, bool to_write, const char *folder, struct err *e)
{
    char options[128];
    const char *mode = to_write ? "rw" : "ro";

    if (len)
        snprintf(options, sizeof options, "%s,loop,offset=%" PRIu64 ",sizelimit=%" PRIu64, mode, at, len);
    else
        snprintf(options, sizeof options, "%s,nosuid,nodev,noexec,umask=0077", mode);
    int rc = fs_mkdirs(folder, 0700, e);
    char *const argv[] = {"mount", "-t", "vfat", "-o", options, (char *)what, (char *)folder, NULL};
    return rc == 0 ? err_wrap(e, run(argv, e), "mount %s", what) : rc;
}

void mount_end(const char *folder)
{
    char *const argv[] = {"umount", (char *)folder, NULL};

    run(argv, NULL);
}

int slot_mount(const struct slot_plan *p, const char **ret_from, const char **ret_to, struct err *e)
{
    int rc = mount_fat(p->image_file, p->esp_at, p->esp_len, false, IMAGE_ESP, e);

    if (rc < 0)
        return rc;
    rc = mount_fat(p->esp, 0, 0, true, DISK_ESP, e);
    if (rc < 0)
        mount_end(IMAGE_ESP);
    *ret_from = IMAGE_ESP;
    *ret_to = DISK_ESP;
    return rc;
}

void slot_unmount(const struct slot_plan *p)
{
    mount_end(DISK_ESP);
    mount_end(IMAGE_ESP);
}
