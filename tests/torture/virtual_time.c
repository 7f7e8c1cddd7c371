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

#include "base/clock.h"

#define REAL_WAIT_MS 20
#define REAL_WAITS_MAX 100 /* then time passes all the same: what is waited for may need it */

static bool (*others_speak)(void);
static int64_t shift_ms;
static int real_waits;

void virtual_time_start(bool (*fn)(void))
{
    others_speak = fn;
}

static int real_poll(struct pollfd *fds, nfds_t n, int timeout)
{
    struct timespec t = {timeout / 1000, timeout % 1000 * 1000000L};
    return (int)syscall(SYS_ppoll, fds, n, timeout < 0 ? NULL : &t, NULL, (size_t)0);
}

static void pass(int ms)
{
    clock_advance(ms);
    shift_ms += ms;
}

int poll(struct pollfd *fds, nfds_t n, int timeout)
{
    if (!others_speak || timeout <= 0 || syscall(SYS_gettid) != getpid())
        return real_poll(fds, n, timeout);
    bool real = others_speak() && real_waits < REAL_WAITS_MAX;
    int ready = real_poll(fds, n, !real ? 0 : timeout < REAL_WAIT_MS ? timeout : REAL_WAIT_MS);
    real_waits = real && ready == 0 ? real_waits + 1 : 0; /* only those that brought nothing: the machine may be slow */
    if (ready == 0 && !real)
        pass(timeout);
    return ready;
}

int clock_gettime(clockid_t id, struct timespec *t)
{
    int rc = (int)syscall(SYS_clock_gettime, id, t);
    if (rc == 0 && id == CLOCK_MONOTONIC) {
        t->tv_sec += shift_ms / 1000;
        t->tv_nsec += shift_ms % 1000 * 1000000;
        if (t->tv_nsec >= 1000000000) {
            t->tv_sec++;
            t->tv_nsec -= 1000000000;
        }
    }
    return rc;
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
