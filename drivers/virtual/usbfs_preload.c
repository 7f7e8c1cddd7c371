/* SPDX-License-Identifier: Apache-2.0
 *
 * libusbfs.so: put before the real libusb (by LD_PRELOAD or on a test's link line) it takes over the few functions through
 * which libusb meets the kernel, and leads those that concern USB to the desk named by TONGBAN_DESK. See usbfs/shim.h.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "drivers/virtual/usbfs/shim.h"

/* The names that glibc's fortified and 64-bit callers use; glibc declares none of them to us. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);

const char *shim_desk(void)
{
    const char *path = getenv("TONGBAN_DESK");
    return path && *path ? path : NULL;
}

bool shim_path(char out[SHIM_PATH_MAX], const char *suffix)
{
    const char *desk = shim_desk();
    int n = desk ? snprintf(out, SHIM_PATH_MAX, "%s%s", desk, suffix) : -1;
    return n >= 0 && n < SHIM_PATH_MAX;
}

int shim_close(int fd)
{
    return (int)syscall(SYS_close, fd);
}

int shim_open(const char *path, int flags)
{
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0);
}

static int send_hello(int fd, const struct usbfs_message *m, int passed_fd)
{
    _Alignas(struct cmsghdr) char extra[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec part = {(void *)m, sizeof *m};
    struct msghdr h = {.msg_iov = &part, .msg_iovlen = 1};
    if (passed_fd >= 0) {
        h.msg_control = extra;
        h.msg_controllen = sizeof extra;
        struct cmsghdr *a = CMSG_FIRSTHDR(&h);
        *a = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
        memcpy(CMSG_DATA(a), &passed_fd, sizeof passed_fd);
    }
    return sendmsg(fd, &h, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

int shim_connect(const struct usbfs_message *m, int passed_fd)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    char path[SHIM_PATH_MAX];
    if (!shim_path(path, ".usb") || strlen(path) >= sizeof a.sun_path)
        return -1;
    memcpy(a.sun_path, path, strlen(path));
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (fd >= 0 && (connect(fd, (const struct sockaddr *)&a, sizeof a) < 0 || send_hello(fd, m, passed_fd) < 0)) {
        shim_close(fd);
        fd = -1;
    }
    return fd;
}

static bool begins(const char *s, const char *with)
{
    return !strncmp(s, with, strlen(with));
}

/* True when the path is USB's; *ret is then what open() returns. With a desk no real device shows. */
static bool open_ours(const char *path, int flags, int *ret)
{
    char file[SHIM_PATH_MAX], suffix[SHIM_PATH_MAX];
    if (!shim_desk())
        return false;
    if (begins(path, "/dev/bus/usb/")) {
        *ret = -1;
        errno = ENOENT;
        if (begins(path, SHIM_NODES))
            *ret = node_open(atoi(path + strlen(SHIM_NODES)), flags);
        return true;
    }
    if (!begins(path, SHIM_SYSFS))
        return false;
    int n = snprintf(suffix, sizeof suffix, ".usb.d/%s", path + strlen(SHIM_SYSFS));
    *ret = n >= 0 && (size_t)n < sizeof suffix && shim_path(file, suffix) ? shim_open(file, flags) : -1;
    return true;
}

int open(const char *path, int flags, ...)
{
    static __typeof__(&open) next;
    va_list args;
    int fd;
    va_start(args, flags);
    int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(args, int) : 0;
    va_end(args);
    if (open_ours(path, flags, &fd))
        return fd;
    if (!next)
        next = (__typeof__(next))dlsym(RTLD_NEXT, "open");
    return next(path, flags, mode);
}

int __open_2(const char *path, int flags)
{
    return open(path, flags);
}

int __open64_2(const char *path, int flags)
{
    return open(path, flags);
}

int open64(const char *path, int flags, ...) __attribute__((alias("open")));

int ioctl(int fd, unsigned long request, ...)
{
    static __typeof__(&ioctl) next;
    va_list args;
    int rc;
    va_start(args, request);
    void *argument = va_arg(args, void *);
    va_end(args);
    if (node_ioctl(fd, request, argument, &rc)) {
        if (rc < 0)
            errno = -rc;
        return rc < 0 ? -1 : rc;
    }
    if (!next)
        next = (__typeof__(next))dlsym(RTLD_NEXT, "ioctl");
    return next(fd, request, argument);
}

int close(int fd)
{
    static __typeof__(&close) next;
    node_close(fd);
    if (!next)
        next = (__typeof__(next))dlsym(RTLD_NEXT, "close");
    return next(fd);
}

/* In a container without sysfs libusb would not look for devices at all. */
int statfs(const char *path, struct statfs *out)
{
    static __typeof__(&statfs) next;
    if (!next)
        next = (__typeof__(next))dlsym(RTLD_NEXT, "statfs");
    int rc = next(path, out);
    if (rc < 0 || !shim_desk() || strcmp(path, "/sys"))
        return rc;
    out->f_type = SYSFS_MAGIC;
    return 0;
}
