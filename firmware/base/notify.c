/* SPDX-License-Identifier: Apache-2.0 */
#include "base/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/must.h"

#define BEATS 3 /* in the time that the manager waits: one may come late, and one be lost */

struct notify {
    int fd; /* -1: nobody listens */
    struct loop_timer *beat;
    int64_t every_ms; /* 0: no watchdog */
};

static void say(struct notify *n, const char *text)
{
    if (n->fd >= 0 && send(n->fd, text, strlen(text), MSG_NOSIGNAL) < 0)
        log_warn("notify", "the service manager does not hear us");
}

static void on_beat(void *ctx)
{
    struct notify *n = ctx;

    say(n, "WATCHDOG=1");
    loop_timer_start(n->beat, n->every_ms);
}

/* A path, or a name of the kernel's behind an @. -1: none, or it cannot be reached. */
static int reach(const char *name)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t len = name ? strlen(name) : 0;

    if (!len || len >= sizeof to.sun_path || (*name != '/' && *name != '@'))
        return -1;
    memcpy(to.sun_path, name, len);
    if (*name == '@')
        to.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) < 0) {
        close(fd);
        fd = -1;
    }
    if (fd < 0)
        log_warn("notify", "the service manager cannot be reached at %s", name);
    return fd;
}

/* WATCHDOG_PID names the process that is meant, where another one reads the same environment. */
static int64_t watchdog_ms(void)
{
    const char *us = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");

    if (!us || (pid && strtol(pid, NULL, 10) != getpid()))
        return 0;
    int64_t ms = strtoll(us, NULL, 10) / 1000 / BEATS;
    return ms > 0 ? ms : 0;
}

struct notify *notify_create(struct loop *l)
{
    struct notify *n = calloc(1, sizeof *n);

    must(n, "out of memory");
    n->fd = reach(getenv("NOTIFY_SOCKET"));
    n->every_ms = n->fd >= 0 ? watchdog_ms() : 0;
    n->beat = loop_add_timer(l, on_beat, n);
    if (n->every_ms)
        loop_timer_start(n->beat, 0);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    return n;
}

void notify_destroy(struct notify *n)
{
    if (!n)
        return;
    loop_timer_remove(n->beat);
    if (n->fd >= 0)
        close(n->fd);
    free(n);
}

void notify_ready(struct notify *n)
{
    say(n, "READY=1");
}
