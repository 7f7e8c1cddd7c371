/* SPDX-License-Identifier: Apache-2.0
 *
 * Between fork and exec only calls that are safe there; descriptors first, since a lock of the parent lives on in any copy.
 */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONVERSE_FD 3
#define CANNOT_START 127 /* as a shell says it */

static void close_all_but(int keep)
{
    if (keep <= STDERR_FILENO) {
        close_range(STDERR_FILENO + 1, ~0U, 0);
        return;
    }
    if (keep > STDERR_FILENO + 1)
        close_range(STDERR_FILENO + 1, (unsigned)keep - 1, 0);
    close_range((unsigned)keep + 1, ~0U, 0);
}

pid_t child_fork(int keep, struct err *e)
{
    pid_t parent = getpid(), pid = fork();

    if (pid < 0)
        err_errno(e, "start a process");
    if (pid != 0)
        return pid;
    close_all_but(keep);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it died before it could be said */
        _exit(1);
    return 0;
}

static bool path_beside(const char *name, char path[PATH_MAX])
{
    ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 1);
    char *slash = n > 0 ? memrchr(path, '/', (size_t)n) : NULL;
    size_t room = slash ? PATH_MAX - (size_t)(slash + 1 - path) : 0;

    return slash && (size_t)snprintf(slash + 1, room, "%s", name) < room;
}

bool child_beside(const char *name)
{
    char path[PATH_MAX];

    return path_beside(name, path) && access(path, X_OK) == 0;
}

/* `fd` may be any number, also `as` itself: then only its close-on-exec has to go. */
static bool give_one(int fd, int as)
{
    return fd == as ? fcntl(fd, F_SETFD, 0) == 0 : dup2(fd, as) == as;
}

/* As `first` and as `last`, which may be one. */
static bool give(int fd, int first, int last)
{
    bool fine = give_one(fd, first) && (last == first || give_one(first, last));
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

    for (int i = STDIN_FILENO; i <= STDOUT_FILENO; i++)
        fine &= i == first || i == last || dup2(nowhere, i) == i;
    close_all_but(last);
    return fine;
}

static pid_t spawn(const char *const argv[], int fd, int first, int last, struct err *e)
{
    char path[PATH_MAX], *none[] = {NULL};
    sigset_t empty;

    if (!path_beside(argv[0], path)) {
        err_set(e, ERR_NOTFOUND, "start %s: it does not stand beside this program", argv[0]);
        return -1;
    }
    pid_t pid = child_fork(fd, e);
    if (pid != 0)
        return pid;
    sigemptyset(&empty);
    sigprocmask(SIG_SETMASK, &empty, NULL);
    if (give(fd, first, last))
        execve(path, (char *const *)argv, none);
    _exit(CANNOT_START);
}

pid_t child_spawn(const char *const argv[], int fd, int as, struct err *e)
{
    return spawn(argv, fd, as, as, e);
}

pid_t child_converse(const char *const argv[], int *ret_fd, struct err *e)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
        err_errno(e, "start %s", argv[0]);
        return -1;
    }
    pid_t pid = child_spawn(argv, pair[1], CONVERSE_FD, e);
    close(pair[1]);
    if (pid < 0)
        close(pair[0]);
    else
        *ret_fd = pair[0];
    return pid;
}

pid_t child_talk(const char *const argv[], int fd, struct err *e)
{
    return spawn(argv, fd, STDIN_FILENO, STDOUT_FILENO, e);
}

int child_wait(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void child_end(pid_t pid)
{
    if (pid <= 0)
        return;
    kill(pid, SIGKILL);
    child_wait(pid);
}
