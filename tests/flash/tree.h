/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder that stands for /sys, /proc and /dev with media that are files (tools/flash/disk.h says which faults they can
 * have), and a signed image to write onto them. Each test makes its own and removes it.
 */
#ifndef TESTS_FLASH_TREE_H
#define TESTS_FLASH_TREE_H

#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "test.h"
#include "tools/flash/media.h"

#define TREE_MEBI ((uint64_t)1024 * 1024)

static char tree[256];

static const char *tree_path(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static const char *tree_path(const char *fmt, ...)
{
    static char path[4][1024];
    static int turn;
    char *out = path[turn++ % 4];
    va_list ap;

    int n = snprintf(out, sizeof path[0], "%s/", tree);
    va_start(ap, fmt);
    vsnprintf(out + n, sizeof path[0] - (size_t)n, fmt, ap);
    va_end(ap);
    return out;
}

static void tree_write(const char *path, const char *text)
{
    if (fs_write_atomic(path, text, strlen(text), 0644, NULL) < 0)
        abort();
}

static void tree_begin(void)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(tree, sizeof tree, "%s/flash-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(tree))
        abort();
    fs_mkdirs(tree_path("sys/block"), 0755, NULL);
    fs_mkdirs(tree_path("sys/devices"), 0755, NULL);
    fs_mkdirs(tree_path("proc/self"), 0755, NULL);
    fs_mkdirs(tree_path("dev"), 0755, NULL);
    tree_write(tree_path("proc/self/mountinfo"), "22 1 254:1 / / rw - ext4 /dev/vda1 rw\n");
}

static int tree_remove(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    return remove(path);
}

static void tree_end(void)
{
    nftw(tree, tree_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* A stick at that port: a sparse file of zeros. `serial` NULL: it has none. */
static void tree_stick(const char *name, const char *port, const char *serial, uint64_t size)
{
    char text[64];

    const char *usb = tree_path("sys/devices/usb1/1-%s", port);
    fs_mkdirs(usb, 0755, NULL);
    const char *block = tree_path("sys/devices/usb1/1-%s/host/block/%s", port, name);
    fs_mkdirs(block, 0755, NULL);
    tree_write(tree_path("sys/devices/usb1/1-%s/idVendor", port), "1234\n");
    tree_write(tree_path("sys/devices/usb1/1-%s/devpath", port), port);
    if (serial)
        tree_write(tree_path("sys/devices/usb1/1-%s/serial", port), serial);
    fs_mkdirs(tree_path("sys/devices/usb1/1-%s/host/scsi", port), 0755, NULL);
    tree_write(tree_path("sys/devices/usb1/1-%s/host/scsi/model", port), "Kestrel U3      \n");
    if (symlink("../../scsi", tree_path("sys/devices/usb1/1-%s/host/block/%s/device", port, name)) < 0)
        abort();
    snprintf(text, sizeof text, "%llu\n", (unsigned long long)size / 512);
    tree_write(tree_path("sys/devices/usb1/1-%s/host/block/%s/size", port, name), text);
    tree_write(tree_path("sys/devices/usb1/1-%s/host/block/%s/ro", port, name), "0\n");
    tree_write(tree_path("sys/devices/usb1/1-%s/host/block/%s/dev", port, name), "8:16\n");
    snprintf(text, sizeof text, "../devices/usb1/1-%s/host/block/%s", port, name);
    if (symlink(text, tree_path("sys/block/%s", name)) < 0)
        abort();
    tree_write(tree_path("dev/%s", name), "");
    if (truncate(tree_path("dev/%s", name), (off_t)size) < 0)
        abort();
}

/* Pseudo-random bytes, the same each time. */
static void tree_fill(const char *path, uint64_t at, size_t len, uint32_t seed)
{
    uint8_t *bytes = malloc(len);
    int fd = open(path, O_RDWR | O_CREAT, 0644);

    for (size_t i = 0; i < len; i++) {
        seed = seed * 1664525 + 1013904223;
        bytes[i] = (uint8_t)(seed >> 24);
    }
    if (pwrite(fd, bytes, len, (off_t)at) != (ssize_t)len)
        abort();
    close(fd);
    free(bytes);
}

#endif
