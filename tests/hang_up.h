/* SPDX-License-Identifier: Apache-2.0
 *
 * The far end of a socket that goes away at once. close() alone does not promise that: whoever looks into /proc/PID/fd at
 * that moment (lsof, a monitor) holds the file a little longer, and the near end sees nothing until then.
 */
#ifndef TESTS_HANG_UP_H
#define TESTS_HANG_UP_H

#include <sys/socket.h>
#include <unistd.h>

static inline void hang_up(int fd)
{
    shutdown(fd, SHUT_RDWR);
    close(fd);
}

#endif
