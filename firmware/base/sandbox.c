/* SPDX-License-Identifier: Apache-2.0
 *
 * Seccomp filters. The lists hold names, which libseccomp turns into numbers: one that this machine or this libseccomp does
 * not know is left out. ENOSYS is what libraries expect of an older kernel, so that they take the older way. The kernel uses
 * the lower half of an int argument only, and so does every comparison here.
 */
#include "sandbox.h"

#include <errno.h>
#include <linux/netlink.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define INT_BITS 0xFFFFFFFFu
#define CLONE_NEW_ALL                                                                                                       \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

/* Reading and writing what is open, memory, time, and what ending takes. */
static const char *const kept[] = {
    "read",         "write",        "recvfrom",       "sendto",      "recvmsg",       "sendmsg",        "poll",     "ppoll",
    "close",        "brk",          "mmap",           "munmap",      "mremap",        "madvise",        "mprotect", "futex",
    "rt_sigreturn", "rt_sigaction", "rt_sigprocmask", "sigaltstack", "clock_gettime", "gettimeofday",   "time",     "getpid",
    "gettid",       "sched_yield",  "getrandom",      "exit",        "exit_group",    "restart_syscall"};

/* What any program of the C library does, beside what is kept: files, threads, sockets once they are there. */
static const char *const common[] = {
    /* descriptors */
    "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2", "lseek", "close_range", "dup",
    "dup2", "dup3", "fcntl", "pipe", "pipe2", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl",
    "epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2", "signalfd", "signalfd4", "timerfd_create",
    "timerfd_settime", "timerfd_gettime", "sendfile", "copy_file_range",
    /* files */
    "open", "openat", "creat", "stat", "fstat", "lstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat",
    "faccessat2", "readlink", "readlinkat", "getdents", "getdents64", "getcwd", "chdir", "mkdir", "mkdirat", "rmdir",
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "chmod", "fchmod", "fchmodat", "chown",
    "fchown", "fchownat", "utimensat", "truncate", "ftruncate", "fallocate", "fsync", "fdatasync", "sync_file_range",
    "flock", "fadvise64", "umask", "inotify_init", "inotify_init1", "inotify_add_watch", "inotify_rm_watch",
    /* memory */
    "msync", "mincore", "mlock", "mlock2", "munlock", "mlockall", "munlockall", "membarrier",
    /* time and signals */
    "clock_getres", "clock_nanosleep", "nanosleep", "times", "getitimer", "setitimer", "alarm", "rt_sigtimedwait",
    "rt_sigsuspend", "rt_sigpending", "pause",
    /* itself and its threads */
    "set_robust_list", "get_robust_list", "set_tid_address", "rseq", "getppid", "getpgrp", "getpgid", "getsid",
    "sched_getaffinity", "sched_setaffinity", "sched_getparam", "sched_getscheduler", "sched_setscheduler",
    "sched_get_priority_max", "sched_get_priority_min", "getcpu", "arch_prctl", "prctl", "getrlimit", "setrlimit",
    "prlimit64", "getrusage", "sysinfo", "uname", "getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid",
    "getgroups", "capget", "getpriority",
    /* sockets */
    "connect", "bind", "getsockname", "getpeername", "getsockopt", "setsockopt", "sendmmsg", "recvmmsg", "shutdown"};

/* Children (one of which gives up more), peers, the picture shared with a display server, and what drives devices. */
static const char *const devices[] = {"fork",         "vfork",       "execve", "wait4",  "waitid",  "kill",
                                      "tgkill",       "ioctl",       "shmget", "shmat",  "shmdt",   "shmctl",
                                      "memfd_create", "setpriority", "listen", "accept", "accept4", "seccomp"};

static const char *const leak_check[] = {"ptrace", "wait4"};

static int allow(scmp_filter_ctx f, const char *name, unsigned n, const struct scmp_arg_cmp *args)
{
    int call = seccomp_syscall_resolve_name(name);

    return call < 0 ? 0 : seccomp_rule_add_array(f, SCMP_ACT_ALLOW, call, n, args);
}

static int allow_all(scmp_filter_ctx f, const char *const names[], size_t n)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < n; i++)
        rc = allow(f, names[i], 0, NULL);
    return rc;
}
#define ALLOW(f, list) allow_all(f, list, sizeof(list) / sizeof *(list))

/* Of argument `arg` the bits in `mask` are those of `value`. */
static struct scmp_arg_cmp bits(unsigned arg, uint32_t mask, uint32_t value)
{
    return (struct scmp_arg_cmp){.arg = arg, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value};
}

static int allow_if(scmp_filter_ctx f, const char *name, struct scmp_arg_cmp is)
{
    return allow(f, name, 1, &is);
}

/* `other`: any type (0) or SOCK_STREAM and the like; protocol -1: any. */
static int allow_socket(scmp_filter_ctx f, int family, int type, int protocol)
{
    struct scmp_arg_cmp is[3] = {bits(0, INT_BITS, (uint32_t)family)};
    unsigned n = 1;

    if (type)
        is[n++] = bits(1, INT_BITS & ~(uint32_t)(SOCK_CLOEXEC | SOCK_NONBLOCK), (uint32_t)type);
    if (protocol >= 0)
        is[n++] = bits(2, INT_BITS, (uint32_t)protocol);
    return allow(f, "socket", n, is);
}

/* `list` fills a new filter; whatever is not in it is answered with `refusal`. */
static int enter(int (*list)(scmp_filter_ctx f), int refusal, const char *what, struct err *e)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO((uint16_t)refusal));
    int rc = f ? 0 : -ENOMEM;

    if (rc == 0) /* numbers of another ABI of the same machine */
        rc = seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (rc == 0)
        rc = list(f);
    if (rc == 0)
        rc = seccomp_load(f);
    if (f)
        seccomp_release(f);
    return rc == 0 ? 0 : err_set(e, ERR_STATE, "give %s up: the kernel refused the filter (%d)", what, rc);
}

/* --- the three ----------------------------------------------------------------------------------------------------------
 */

static int allow_program(scmp_filter_ctx f)
{
    int rc = ALLOW(f, kept);

    if (rc == 0)
        rc = ALLOW(f, common);
    if (rc == 0 && SANDBOX_LEAK_CHECK)
        rc = ALLOW(f, leak_check);
    return rc == 0 ? allow_if(f, "socketpair", bits(0, INT_BITS, AF_UNIX)) : rc;
}

static int list_no_network(scmp_filter_ctx f)
{
    int rc = allow_program(f);

    if (rc == 0)
        rc = ALLOW(f, devices);
    if (rc == 0)
        rc = allow_if(f, "clone", bits(0, CLONE_NEW_ALL, 0));
    if (rc == 0)
        rc = allow_socket(f, AF_UNIX, 0, -1);
    return rc == 0 ? allow_socket(f, AF_NETLINK, 0, NETLINK_KOBJECT_UEVENT) : rc;
}

/* abort() and pthread_kill() are signals to itself. */
static int allow_own_signals(scmp_filter_ctx f)
{
    return allow_if(f, "tgkill", bits(0, INT_BITS, (uint32_t)getpid()));
}

/* What a socket is asked, and whether a descriptor is a terminal. */
static int allow_harmless_ioctl(scmp_filter_ctx f)
{
    static const uint32_t requests[] = {FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, 0x5401 /* TCGETS */};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < sizeof requests / sizeof *requests; i++)
        rc = allow_if(f, "ioctl", bits(1, INT_BITS, requests[i]));
    return rc;
}

static int allow_network_sockets(scmp_filter_ctx f)
{
    static const int families[] = {AF_INET, AF_INET6};
    int rc = allow_socket(f, AF_UNIX, 0, -1);

    if (rc == 0)
        rc = allow_socket(f, AF_NETLINK, 0, NETLINK_ROUTE);
    for (int i = 0; rc == 0 && i < 2; i++) {
        rc = allow_socket(f, families[i], SOCK_STREAM, -1);
        if (rc == 0)
            rc = allow_socket(f, families[i], SOCK_DGRAM, -1);
    }
    return rc;
}

static int list_network(scmp_filter_ctx f)
{
    uint32_t thread = SANDBOX_LEAK_CHECK ? CLONE_VM : CLONE_VM | CLONE_THREAD;
    int rc = allow_program(f);

    if (rc == 0)
        rc = allow_if(f, "clone", bits(0, thread | CLONE_NEW_ALL, thread));
    if (rc == 0)
        rc = allow_harmless_ioctl(f);
    if (rc == 0)
        rc = allow_own_signals(f);
    return rc == 0 ? allow_network_sockets(f) : rc;
}

static int list_sockets_kept(scmp_filter_ctx f)
{
    int rc = ALLOW(f, kept);

    return rc == 0 ? allow_own_signals(f) : rc;
}

/* Of a request the second byte is its kind: 'A' a card's samples, 'U' its switches. The number of each differs by machine.
 */
static int list_sound_kept(scmp_filter_ctx f)
{
    int rc = list_sockets_kept(f);

    if (rc == 0)
        rc = allow_if(f, "ioctl", bits(1, 0xFF00, 'A' << 8));
    return rc == 0 ? allow_if(f, "ioctl", bits(1, 0xFF00, 'U' << 8)) : rc;
}

int sandbox_no_network(struct err *e)
{
    return enter(list_no_network, ENOSYS, "the network", e);
}

int sandbox_network(struct err *e)
{
    return enter(list_network, ENOSYS, "devices and programs", e);
}

int sandbox_sockets_kept(struct err *e)
{
    return enter(list_sockets_kept, EPERM, "files", e);
}

int sandbox_sound_kept(struct err *e)
{
    return enter(list_sound_kept, EPERM, "files", e);
}
