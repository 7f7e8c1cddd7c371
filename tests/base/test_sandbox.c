/* SPDX-License-Identifier: Apache-2.0
 *
 * What each of the four processes must be refused, and what it must still be able to do. Every call is made in a process of
 * its own with arguments that do no harm; one that this machine refuses anyway is passed over.
 */
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netdb.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

typedef int sandbox_fn(struct err *e);

enum who { SCREEN = 1, NETWORK = 2, TYPING = 4, SPEAKING = 8 }; /* kiosk, kiosk-sync, kiosk-ime, kiosk-voice */
static sandbox_fn *const sandboxes[] = {sandbox_no_network, sandbox_network, sandbox_sockets_kept, sandbox_sound_kept};
static const char *const names[] = {"kiosk", "kiosk-sync", "kiosk-ime", "kiosk-voice"};

/* Keeps the compiler from narrowing what stands above an int's 32 bits. */
#define WIDE(n) ((long)(n) | (long)(UINT64_C(1) << 40))
#define OTHER 1 /* a process that is always there and never ours */

struct call {
    const char *what;
    unsigned refused; /* to whom */
    long number, a[6];
};

#ifdef __NR_io_uring_setup
#define IO_URING __NR_io_uring_setup
#else
#define IO_URING 425
#endif

static const struct call calls[] = {
    {"a socket of the internet", SCREEN | TYPING | SPEAKING, SYS_socket, {AF_INET, SOCK_STREAM, 0}},
    {"the same, its family given in 64 bits", SCREEN | TYPING | SPEAKING, SYS_socket, {WIDE(AF_INET), SOCK_STREAM, 0}},
    {"IPv6", SCREEN | TYPING | SPEAKING, SYS_socket, {AF_INET6, SOCK_DGRAM, 0}},
    {"packets", SCREEN | NETWORK | TYPING | SPEAKING, SYS_socket, {AF_PACKET, SOCK_RAW, 0}},
    {"raw IP", SCREEN | NETWORK | TYPING | SPEAKING, SYS_socket, {AF_INET, SOCK_RAW, 1}},
    {"ciphers of the kernel", SCREEN | NETWORK | TYPING | SPEAKING, SYS_socket, {AF_ALG, SOCK_SEQPACKET, 0}},
    {"a virtual machine's host", SCREEN | NETWORK | TYPING | SPEAKING, SYS_socket, {AF_VSOCK, SOCK_STREAM, 0}},
    {"netlink for routes", SCREEN | TYPING | SPEAKING, SYS_socket, {AF_NETLINK, SOCK_RAW, NETLINK_ROUTE}},
    {"netlink for audit", SCREEN | NETWORK | TYPING | SPEAKING, SYS_socket, {AF_NETLINK, SOCK_RAW, NETLINK_AUDIT}},
    {"netlink for devices", NETWORK | TYPING | SPEAKING, SYS_socket, {AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT}},
    {"io_uring", SCREEN | NETWORK | TYPING | SPEAKING, IO_URING, {0, 0}},
    {"ptrace", (SANDBOX_LEAK_CHECK ? 0 : SCREEN | NETWORK) | TYPING | SPEAKING, SYS_ptrace, {PTRACE_TRACEME, 0, 0, 0}},
    {"another process's memory", SCREEN | NETWORK | TYPING | SPEAKING, SYS_process_vm_readv, {OTHER, 0, 0, 0, 0, 0}},
    {"writing it", SCREEN | NETWORK | TYPING | SPEAKING, SYS_process_vm_writev, {OTHER, 0, 0, 0, 0, 0}},
    {"bpf", SCREEN | NETWORK | TYPING | SPEAKING, SYS_bpf, {-1, 0, 0}},
    {"userfaultfd", SCREEN | NETWORK | TYPING | SPEAKING, SYS_userfaultfd, {-1}},
    {"perf", SCREEN | NETWORK | TYPING | SPEAKING, SYS_perf_event_open, {0, -1, -1, -1, 0}},
    {"keys of the kernel", SCREEN | NETWORK | TYPING | SPEAKING, SYS_keyctl, {-1}},
    {"a namespace", SCREEN | NETWORK | TYPING | SPEAKING, SYS_unshare, {0}},
    {"another's namespace", SCREEN | NETWORK | TYPING | SPEAKING, SYS_setns, {-1, 0}},
    {"a clone with a namespace", SCREEN | NETWORK | TYPING | SPEAKING, SYS_clone, {CLONE_NEWUSER | CLONE_FS, 0, 0, 0, 0}},
    {"clone3", SCREEN | NETWORK | TYPING | SPEAKING, SYS_clone3, {0, 0}},
    {"another process's descriptor", SCREEN | NETWORK | TYPING | SPEAKING, 438 /* pidfd_getfd */, {-1, -1, 0}},
    {"mount", SCREEN | NETWORK | TYPING | SPEAKING, SYS_mount, {0, 0, 0, 0, 0}},
    {"another root", SCREEN | NETWORK | TYPING | SPEAKING, SYS_chroot, {0}},
    {"a module", SCREEN | NETWORK | TYPING | SPEAKING, SYS_finit_module, {-1, 0, -1}},
    {"another personality", SCREEN | NETWORK | TYPING | SPEAKING, SYS_personality, {0xFFFFFFFF}},
    {"a program by descriptor", SCREEN | NETWORK | TYPING | SPEAKING, SYS_execveat, {-1, 0, 0, 0, 0}},
    {"a program", NETWORK | TYPING | SPEAKING, SYS_execve, {0, 0, 0}},
    {"an inode by handle", SCREEN | NETWORK | TYPING | SPEAKING, SYS_open_by_handle_at, {-1, 0, 0}},
    {"a signal to another process", NETWORK | TYPING | SPEAKING, SYS_kill, {OTHER, 0}},
    {"a signal to a thread of another process", NETWORK | TYPING | SPEAKING, SYS_tgkill, {OTHER, OTHER, 0}},
    {"a device's ioctl", NETWORK | TYPING | SPEAKING, SYS_ioctl, {-1, 0x5412 /* TIOCSTI */, 0}},
    {"a file", TYPING | SPEAKING, SYS_openat, {AT_FDCWD, (long)"/dev/null", O_RDONLY, 0}},
    {"a socket to another program", TYPING | SPEAKING, SYS_socket, {AF_UNIX, SOCK_STREAM, 0}},
    {"a listening socket", NETWORK | TYPING | SPEAKING, SYS_listen, {-1, 0}},
#ifdef __x86_64__
    {"a number of the x32 ABI", SCREEN | NETWORK | TYPING | SPEAKING, 0x40000000 + 39 /* getpid */, {0}},
#endif
};

enum { LET_THROUGH, REFUSED = 100, KILLED, NO_FILTER };

/* What the kernel says when it does not do it at all; with EINVAL, EBADF and the like it has begun to. */
static bool refusal(int number)
{
    return number == ENOSYS || number == EPERM || number == EAFNOSUPPORT;
}

static int make(const struct call *c)
{
    long rc = syscall(c->number, c->a[0], c->a[1], c->a[2], c->a[3], c->a[4], c->a[5]);

    if (rc == 0 && c->number == SYS_clone)
        _exit(LET_THROUGH);
    return rc < 0 && refusal(errno) ? REFUSED : LET_THROUGH;
}

/* In a process of its own: there is no way back. */
static int in_process(sandbox_fn *sandbox, int (*fn)(const struct call *c), const struct call *c)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0)
        _exit(sandbox && sandbox(NULL) < 0 ? NO_FILTER : fn(c));
    if (waitpid(pid, &status, 0) != pid)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : KILLED;
}

TEST(what_is_refused)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        const struct call *c = &calls[i];
        bool open = in_process(NULL, make, c) == LET_THROUGH;

        for (int w = 0; w < (int)(sizeof names / sizeof *names); w++) {
            int got = in_process(sandboxes[w], make, c);

            if (!(c->refused & 1u << w) || got == KILLED || (got == REFUSED && open))
                continue;
            if (got == REFUSED)
                printf("# %s: this machine refuses it anyway\n", c->what);
            else
                printf("# %s may have: %s\n", names[w], c->what);
            test_failed_ |= got != REFUSED;
        }
    }
}

/* --- what must go on ----------------------------------------------------------------------------------------------------
 */

static void *nothing(void *arg)
{
    return arg;
}

static bool has_threads(void)
{
    pthread_t t;

    return pthread_create(&t, NULL, nothing, NULL) == 0 && pthread_join(t, NULL) == 0;
}

static bool makes(int family, int type, int protocol)
{
    int fd = socket(family, type | SOCK_CLOEXEC, protocol);

    return fd >= 0 && close(fd) == 0;
}

static bool reads_files(void)
{
    char c;
    int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);

    return fd >= 0 && read(fd, &c, 1) == 1 && close(fd) == 0;
}

static int screen(const struct call *c)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(1);
    }
    return !(waitpid(pid, &status, 0) == pid && status == 0 && has_threads() && reads_files() &&
             makes(AF_UNIX, SOCK_STREAM, 0) && makes(AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT));
}

static int network(const struct call *c)
{
    struct addrinfo *found = NULL;
    int rc = getaddrinfo("127.0.0.1", "80", NULL, &found);

    if (found)
        freeaddrinfo(found);
    return !(rc == 0 && has_threads() && reads_files() && makes(AF_UNIX, SOCK_STREAM, 0) && makes(AF_INET, SOCK_STREAM, 0) &&
             makes(AF_INET6, SOCK_DGRAM, 0) && makes(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
}

static int pair[2];

static int typing(const struct call *c)
{
    char word[8] = "";
    char *more = malloc(1 << 20);
    bool fine = more && send(pair[0], "here", 4, 0) == 4 && recv(pair[1], word, sizeof word, 0) == 4;

    free(more);
    return !fine || syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), 0) != 0;
}

/* What a card is asked is let through to whoever has the descriptor: here nobody. */
static int speaking(const struct call *c)
{
    bool asked = ioctl(-1, 0x4100 /* of kind A */) < 0 && errno == EBADF && ioctl(-1, 0x5500 /* U */) < 0 && errno == EBADF;

    return !asked || typing(c);
}

TEST(what_goes_on)
{
    CHECK_INT(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    CHECK_INT(in_process(sandbox_no_network, screen, NULL), 0);
    CHECK_INT(in_process(sandbox_network, network, NULL), 0);
    CHECK_INT(in_process(sandbox_sockets_kept, typing, NULL), 0);
    CHECK_INT(in_process(sandbox_sound_kept, speaking, NULL), 0);
}

/* A child of kiosk is as bound as kiosk, and cannot free itself by another filter. */
static int deeper(const struct call *c)
{
    return in_process(sandbox_network, make, c);
}

TEST(children_are_bound_too)
{
    CHECK_INT(in_process(sandbox_no_network, deeper, &calls[0]), REFUSED);
}

TEST_MAIN(T(what_is_refused), T(what_goes_on), T(children_are_bound_too))
