/* SPDX-License-Identifier: Apache-2.0
 *
 * A hall is started and ended again and again, and in between nobody else is given its port.
 */
#include "tools/scenario/port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test.h"

#define OTHERS 3000

/* As the hall does; -1: somebody has it. Port 0: any. */
static int take(int port, int *ret_port)
{
    struct sockaddr_in a = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
    socklen_t len = sizeof a;
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&a, len) || listen(fd, 1) || getsockname(fd, (struct sockaddr *)&a, &len)) {
        close(fd);
        return -1;
    }
    *ret_port = ntohs(a.sin_port);
    return fd;
}

TEST(it_can_be_had_again_and_again)
{
    int port = port_reserve(), got = 0;

    CHECK(port > 0);
    for (int i = 0; i < 3; i++) {
        int fd = take(port, &got);

        CHECK(fd >= 0);
        CHECK_INT(got, port);
        close(fd);
    }
}

TEST(it_is_given_to_nobody_else)
{
    int port = port_reserve(), got = 0, same = 0;

    CHECK(port_reserve() != port);
    for (int i = 0; i < OTHERS; i++) {
        int fd = take(0, &got);

        same += got == port;
        close(fd);
    }
    CHECK_INT(same, 0);
}

TEST_MAIN(T(it_can_be_had_again_and_again), T(it_is_given_to_nobody_else))
