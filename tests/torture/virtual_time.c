/* SPDX-License-Identifier: Apache-2.0
 *
 * See virtual_time.h. These definitions come before those of every library.
 */
#include "torture/virtual_time.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define REAL_WAIT_MS 20
#define MS 1000000LL
#define SECOND (1000 * MS)

static bool (*others_speak)(void); /* NULL: the clocks still go */
static int64_t stood[CLOCK_BOOTTIME + 1];
static int64_t passed;

static int64_t real_clock(clockid_t id)
{
    struct timespec t = {0};
    syscall(SYS_clock_gettime, id, &t);
    return t.tv_sec * SECOND + t.tv_nsec;
}

void virtual_time_start(bool (*fn)(void))
{
    for (clockid_t id = 0; id <= CLOCK_BOOTTIME; id++)
        stood[id] = real_clock(id);
    others_speak = fn;
}

static int real_poll(struct pollfd *fds, nfds_t n, int timeout)
{
    struct timespec t = {timeout / 1000, timeout % 1000 * MS};
    return (int)syscall(SYS_ppoll, fds, n, timeout < 0 ? NULL : &t, NULL, (size_t)0);
}

int poll(struct pollfd *fds, nfds_t n, int timeout)
{
    if (!others_speak || timeout <= 0 || syscall(SYS_gettid) != getpid())
        return real_poll(fds, n, timeout);
    if (others_speak())
        return real_poll(fds, n, REAL_WAIT_MS);
    int ready = real_poll(fds, n, 0);
    if (ready == 0)
        passed += timeout * MS;
    return ready;
}

int clock_gettime(clockid_t id, struct timespec *t)
{
    if (!others_speak || id < 0 || id > CLOCK_BOOTTIME || id == CLOCK_PROCESS_CPUTIME_ID || id == CLOCK_THREAD_CPUTIME_ID)
        return (int)syscall(SYS_clock_gettime, id, t);
    int64_t now = stood[id] + passed;
    *t = (struct timespec){now / SECOND, now % SECOND};
    return 0;
}

int timerfd_create(int id, int flags)
{
    Dl_info caller;
    if (dladdr(__builtin_return_address(0), &caller) && caller.dli_fname && strstr(caller.dli_fname, "libusb-1.0")) {
        errno = ENOSYS;
        return -1;
    }
    return (int)syscall(SYS_timerfd_create, id, flags);
}
