/* SPDX-License-Identifier: Apache-2.0
 *
 * See sysfs.h.
 */
#include "drivers/virtual/sysfs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/usb/ch9.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "drivers/virtual/descriptors.h"

#define PATH_CAP 256

static int write_file(const char *dir, const char *name, const void *data, size_t len, struct err *e)
{
    char path[PATH_CAP];
    int rc = fs_join(path, sizeof path, dir, name);
    if (rc < 0)
        return err_set(e, ERR_TOOLONG, "%s/%s", dir, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_errno(e, "create %s", path);
    if (write(fd, data, len) != (ssize_t)len)
        rc = err_errno(e, "write %s", path);
    close(fd);
    return rc;
}

static int write_number(const char *dir, const char *name, int n, struct err *e)
{
    char text[16];
    int len = snprintf(text, sizeof text, "%d\n", n);
    return write_file(dir, name, text, (size_t)len, e);
}

static void remove_tree(const char *dir)
{
    DIR *d = opendir(dir);
    for (struct dirent *entry; d && (entry = readdir(d));) {
        char path[PATH_CAP];
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") ||
            fs_join(path, sizeof path, dir, entry->d_name) < 0)
            continue;
        if (unlink(path) < 0 && (errno == EISDIR || errno == EPERM))
            remove_tree(path);
    }
    if (d)
        closedir(d);
    rmdir(dir);
}

int sysfs_create(const char *dir, struct err *e)
{
    remove_tree(dir);
    return mkdir(dir, 0777) < 0 ? err_errno(e, "make %s", dir) : 0;
}

void sysfs_destroy(const char *dir)
{
    remove_tree(dir);
}

/* The class of the first interface, which follows the configuration descriptor. */
static int class_of(const uint8_t *d, size_t len)
{
    size_t at = USB_DT_DEVICE_SIZE + USB_DT_CONFIG_SIZE;
    return len >= at + USB_DT_INTERFACE_SIZE && d[at + 1] == USB_DT_INTERFACE ? d[at + 5] : -1;
}

/* The kernel makes no file for a string the device does not have. */
static int write_string(const char *dir, const char *name, const struct virtual_device *d, int index, struct err *e)
{
    char text[PATH_CAP];
    const char *s = index > 0 ? d->ops->string(d, index) : NULL;
    if (!s)
        return 0;
    snprintf(text, sizeof text, "%s\n", s);
    return write_file(dir, name, text, strlen(text), e);
}

static int write_strings(const char *dir, const struct virtual_device *d, const uint8_t *descriptors, struct err *e)
{
    int rc = write_string(dir, "manufacturer", d, descriptors[14], e);
    if (rc == 0)
        rc = write_string(dir, "product", d, descriptors[15], e);
    return rc == 0 ? write_string(dir, "serial", d, descriptors[16], e) : rc;
}

static int write_device(const char *dir, int address, const struct virtual_device *d, struct err *e)
{
    static const char *const claims[DESCRIPTORS_INTERFACES_MAX] = {"claim0", "claim1", "claim2", "claim3"};
    size_t len;
    const uint8_t *descriptors = d->ops->descriptors(d, &len);
    int rc = write_file(dir, "descriptors", descriptors, len, e);
    if (rc == 0)
        rc = write_number(dir, "busnum", 1, e);
    if (rc == 0)
        rc = write_number(dir, "devnum", address, e);
    if (rc == 0)
        rc = write_number(dir, "speed", 12, e);
    if (rc == 0)
        rc = write_number(dir, "bConfigurationValue", descriptors_first(descriptors, len), e);
    if (rc == 0)
        rc = write_strings(dir, d, descriptors, e);
    for (int i = 0; rc == 0 && i < DESCRIPTORS_INTERFACES_MAX; i++)
        rc = write_file(dir, claims[i], "", 0, e);
    /* as Debian's kernel would */
    if (rc == 0 && class_of(descriptors, len) == USB_CLASS_PRINTER)
        rc = write_file(dir, "driver", "usblp", 5, e);
    if (rc == 0 && class_of(descriptors, len) == USB_CLASS_HID)
        rc = write_file(dir, "driver", "usbhid", 6, e);
    return rc;
}

static int link_path(char *out, size_t cap, const char *dir, int address)
{
    char name[16];
    snprintf(name, sizeof name, "node-%03d", address);
    return fs_join(out, cap, dir, name);
}

int sysfs_add(const char *dir, const char *port, int address, const struct virtual_device *d, struct err *e)
{
    char fresh[PATH_CAP], path[PATH_CAP], node[PATH_CAP];
    if (fs_join(fresh, sizeof fresh, dir, ".new") < 0 || fs_join(path, sizeof path, dir, port) < 0 ||
        link_path(node, sizeof node, dir, address) < 0)
        return err_set(e, ERR_TOOLONG, "the path is too long: %s", dir);
    remove_tree(fresh);
    if (mkdir(fresh, 0777) < 0)
        return err_errno(e, "make %s", fresh);
    int rc = write_device(fresh, address, d, e);
    if (rc < 0)
        return rc;
    if (rename(fresh, path) < 0 || symlink(port, node) < 0)
        return err_errno(e, "make %s", path);
    return 0;
}

void sysfs_remove(const char *dir, const char *port, int address)
{
    char path[PATH_CAP];
    if (link_path(path, sizeof path, dir, address) == 0)
        unlink(path);
    if (fs_join(path, sizeof path, dir, port) == 0)
        remove_tree(path);
}
