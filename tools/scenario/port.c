/* SPDX-License-Identifier: Apache-2.0
 *
 * The socket stays bound and never listens: no connection and no listener of another program is given its port, while the
 * hall, which reuses addresses as this one does, may have it again and again (Linux, socket(7), SO_REUSEADDR).
 */
#include "tools/scenario/port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int port_reserve(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return 0;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&a, len) == 0 && getsockname(fd, (struct sockaddr *)&a, &len) == 0)
        return ntohs(a.sin_port);
    close(fd);
    return 0;
}
