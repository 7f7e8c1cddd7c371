/* SPDX-License-Identifier: Apache-2.0
 *
 * A process that has given the network up cannot get it back, nor can its children.
 */
#include <errno.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sandbox.h"
#include "test.h"

enum { SEALED_OFF, NO_FILTER, INET_OPENS, UNIX_FAILS };

static bool refused(int family)
{
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd >= 0)
        close(fd);
    return fd < 0 && errno == EAFNOSUPPORT;
}

static int try_sockets(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return UNIX_FAILS;
    close(fd);
    return refused(AF_INET) && refused(AF_INET6) && refused(AF_PACKET) ? SEALED_OFF : INET_OPENS;
}

/* Runs in a process of its own: there is no way back. `deeper`: asks a child of the sandboxed process. */
static int in_sandbox(bool deeper)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        if (sandbox_no_network(NULL) < 0)
            _exit(NO_FILTER);
        if (deeper && (pid = fork()) != 0) {
            waitpid(pid, &status, 0);
            _exit(WEXITSTATUS(status));
        }
        _exit(try_sockets());
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(no_socket_but_local_ones)
{
    CHECK_INT(try_sockets(), INET_OPENS); /* before: else the next line would prove nothing */
    CHECK_INT(in_sandbox(false), SEALED_OFF);
}

TEST(children_have_no_network_either)
{
    CHECK_INT(in_sandbox(true), SEALED_OFF);
}

TEST_MAIN(T(no_socket_but_local_ones), T(children_have_no_network_either))
