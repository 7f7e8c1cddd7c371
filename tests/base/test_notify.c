/* SPDX-License-Identifier: Apache-2.0
 *
 * What a service manager hears: a socket of its own stands in for it.
 */
#include "base/notify.h"

#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "test.h"

static int manager = -1;
static char place[64];

/* `sign`: / for a path, @ for a name of the kernel's. */
static void listen_at(char sign)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    static int n;

    snprintf(place, sizeof place, sign == '/' ? "/tmp/tongban-notify-%d-%d" : "@tongban-notify-%d-%d", (int)getpid(), n++);
    snprintf(at.sun_path, sizeof at.sun_path, "%s", place);
    if (sign == '@')
        at.sun_path[0] = '\0';
    manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    CHECK_INT(bind(manager, (struct sockaddr *)&at, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(place))), 0);
    setenv("NOTIFY_SOCKET", place, 1);
}

static void end(void)
{
    close(manager);
    if (*place == '/')
        unlink(place);
}

/* "" when there is none. */
static const char *heard(void)
{
    static char text[64];
    ssize_t n = recv(manager, text, sizeof text - 1, 0);

    text[n > 0 ? n : 0] = '\0';
    return text;
}

static void ready_is_told(char sign)
{
    struct loop *l = loop_create();

    listen_at(sign);
    struct notify *n = notify_create(l);
    CHECK_STR(heard(), "");
    CHECK(!getenv("NOTIFY_SOCKET"));
    notify_ready(n);
    CHECK_STR(heard(), "READY=1");
    clock_advance(100000);
    loop_step(l, 0);
    CHECK_STR(heard(), ""); /* nobody asked for a watchdog */
    notify_destroy(n);
    end();
    loop_destroy(l);
}

TEST(ready)
{
    ready_is_told('/');
    ready_is_told('@');
}

TEST(alive_as_long_as_the_loop_turns)
{
    struct loop *l = loop_create();

    setenv("WATCHDOG_USEC", "30000000", 1);
    listen_at('/');
    struct notify *n = notify_create(l);
    CHECK(!getenv("WATCHDOG_USEC"));
    loop_step(l, 0);
    CHECK_STR(heard(), "WATCHDOG=1");
    for (int i = 0; i < 5; i++) {
        clock_advance(9000);
        loop_step(l, 0);
        CHECK_STR(heard(), "");
        clock_advance(1000);
        loop_step(l, 0);
        CHECK_STR(heard(), "WATCHDOG=1");
    }
    clock_advance(600000); /* the loop stands still: not a word, and then once, not sixty times */
    CHECK_STR(heard(), "");
    loop_step(l, 0);
    CHECK_STR(heard(), "WATCHDOG=1");
    CHECK_STR(heard(), "");
    notify_destroy(n);
    end();
    loop_destroy(l);
}

TEST(not_for_another_process)
{
    struct loop *l = loop_create();

    setenv("WATCHDOG_USEC", "30000000", 1);
    setenv("WATCHDOG_PID", "1", 1);
    listen_at('/');
    struct notify *n = notify_create(l);
    loop_step(l, 0);
    CHECK_STR(heard(), "");
    notify_destroy(n);
    end();
    loop_destroy(l);
}

TEST(nobody_listens)
{
    static const char *const names[] = {"", "relative", "/nonexistent/socket"};

    for (int i = 0; i < 4; i++) {
        struct loop *l = loop_create();

        if (i < 3)
            setenv("NOTIFY_SOCKET", names[i], 1);
        else
            unsetenv("NOTIFY_SOCKET");
        setenv("WATCHDOG_USEC", "3000000", 1);
        struct notify *n = notify_create(l);
        notify_ready(n);
        loop_step(l, 0);
        notify_destroy(n);
        loop_destroy(l);
    }
}

TEST_MAIN(T(ready), T(alive_as_long_as_the_loop_turns), T(not_for_another_process), T(nobody_listens))
