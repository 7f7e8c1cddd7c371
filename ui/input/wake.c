/* SPDX-License-Identifier: Apache-2.0
 *
 * See wake.h. A node that may not be opened (yet) is tried again whenever something changes in the folder: udev gives it to
 * its group a moment after it is there.
 */
#include "ui/input/wake.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/log.h"

#define AGAIN_MS 1000

struct device {
    char name[32]; /* "": a free place */
    int fd;
    struct loop_fd *source;
};

struct wake {
    struct loop *loop;
    char folder[PATH_MAX];
    void (*fn)(void *ctx);
    void *ctx;
    int changes; /* inotify */
    struct loop_fd *changes_source;
    struct loop_timer *again;
    struct device devices[WAKE_DEVICES_MAX];
};

static void forget(struct device *d)
{
    loop_fd_remove(d->source);
    close(d->fd);
    *d = (struct device){0};
}

/* How reading ends: 0, or -1 when the device is gone. */
static int drain(int fd)
{
    char thrown_away[4096];
    ssize_t n;

    while ((n = read(fd, thrown_away, sizeof thrown_away)) > 0)
        ;
    return n == 0 || (errno != EAGAIN && errno != EINTR) ? -1 : 0;
}

static void on_device(void *ctx, int fd, short revents)
{
    struct wake *w = ctx;

    if (drain(fd) < 0)
        for (size_t i = 0; i < WAKE_DEVICES_MAX; i++)
            if (w->devices[i].name[0] && w->devices[i].fd == fd)
                forget(&w->devices[i]);
    w->fn(w->ctx);
}

static bool is_watched(const struct wake *w, const char *name)
{
    for (size_t i = 0; i < WAKE_DEVICES_MAX; i++)
        if (strcmp(w->devices[i].name, name) == 0)
            return true;
    return false;
}

static void watch(struct wake *w, int folder, const char *name)
{
    struct device *d = w->devices;

    while (d < w->devices + WAKE_DEVICES_MAX && d->name[0])
        d++;
    if (d == w->devices + WAKE_DEVICES_MAX || strlen(name) >= sizeof d->name)
        return;
    int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return;
    strcpy(d->name, name);
    d->fd = fd;
    d->source = loop_add_fd(w->loop, fd, POLLIN, on_device, w);
}

static void scan(struct wake *w)
{
    DIR *dir = opendir(w->folder);
    struct dirent *entry;

    while (dir && (entry = readdir(dir)))
        if (strncmp(entry->d_name, "event", 5) == 0 && !is_watched(w, entry->d_name))
            watch(w, dirfd(dir), entry->d_name);
    if (dir)
        closedir(dir);
}

static void on_again(void *ctx)
{
    struct wake *w = ctx;

    scan(w);
    w->fn(w->ctx);
}

static void on_change(void *ctx, int fd, short revents)
{
    struct wake *w = ctx;

    drain(fd);
    on_again(w);
    loop_timer_start(w->again, AGAIN_MS);
}

struct wake *wake_create(struct loop *l, const char *folder, void (*fn)(void *ctx), void *ctx)
{
    struct wake *w = calloc(1, sizeof *w);

    if (!w)
        return NULL;
    w->loop = l;
    w->fn = fn;
    w->ctx = ctx;
    snprintf(w->folder, sizeof w->folder, "%s", folder);
    w->again = loop_add_timer(l, on_again, w);
    w->changes = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->changes >= 0 && inotify_add_watch(w->changes, folder, IN_CREATE | IN_ATTRIB | IN_DELETE) >= 0)
        w->changes_source = loop_add_fd(l, w->changes, POLLIN, on_change, w);
    else
        log_warn("ui", "%s cannot be watched: what is plugged in later touches nothing until it is started anew", folder);
    scan(w);
    return w;
}

void wake_destroy(struct wake *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < WAKE_DEVICES_MAX; i++)
        if (w->devices[i].name[0])
            forget(&w->devices[i]);
    loop_fd_remove(w->changes_source);
    loop_timer_remove(w->again);
    if (w->changes >= 0)
        close(w->changes);
    free(w);
}

int wake_devices(const struct wake *w)
{
    int n = 0;

    for (size_t i = 0; i < WAKE_DEVICES_MAX; i++)
        n += w->devices[i].name[0] != '\0';
    return n;
}
