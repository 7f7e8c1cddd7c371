/* SPDX-License-Identifier: Apache-2.0
 *
 * A seccomp filter: socket(2) answers EAFNOSUPPORT for every family but AF_UNIX (and AF_NETLINK, by which libudev hears of
 * USB devices).
 */
#include "sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/socket.h>

static int refuse_family(scmp_filter_ctx filter, int family)
{
    const struct scmp_arg_cmp is_family = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)family, .datum_b = 0};

    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1, &is_family);
}

/* Reading and writing what is open, memory, time, and what ending takes. */
static const int kept_calls[] = {
    SCMP_SYS(read),          SCMP_SYS(write),        SCMP_SYS(recvfrom),       SCMP_SYS(sendto),
    SCMP_SYS(recvmsg),       SCMP_SYS(sendmsg),      SCMP_SYS(poll),           SCMP_SYS(ppoll),
    SCMP_SYS(close),         SCMP_SYS(brk),          SCMP_SYS(mmap),           SCMP_SYS(munmap),
    SCMP_SYS(mremap),        SCMP_SYS(madvise),      SCMP_SYS(mprotect),       SCMP_SYS(futex),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(sigaltstack),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),           SCMP_SYS(getpid),
    SCMP_SYS(gettid),        SCMP_SYS(tgkill),       SCMP_SYS(sched_yield),    SCMP_SYS(getrandom),
    SCMP_SYS(exit),          SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall)};

int sandbox_sockets_kept(struct err *e)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int rc = filter ? 0 : -ENOMEM;

    for (size_t i = 0; rc == 0 && i < sizeof kept_calls / sizeof *kept_calls; i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, kept_calls[i], 0);
    if (rc == 0)
        rc = seccomp_load(filter);
    if (filter)
        seccomp_release(filter);
    return rc == 0 ? 0 : err_set(e, ERR_STATE, "give files up: the kernel refused the filter (%d)", rc);
}

int sandbox_no_network(struct err *e)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int rc = filter ? 0 : -ENOMEM;

    for (int family = 0; rc == 0 && family < AF_MAX; family++)
        if (family != AF_UNIX && family != AF_NETLINK)
            rc = refuse_family(filter, family);
    if (rc == 0)
        rc = seccomp_load(filter);
    if (filter)
        seccomp_release(filter);
    return rc == 0 ? 0 : err_set(e, ERR_STATE, "give the network up: the kernel refused the filter (%d)", rc);
}
