/* SPDX-License-Identifier: Apache-2.0
 *
 * A peer of kiosk: one end of a line, and what came out of it.
 */
#ifndef TESTS_KIOSK_LINE_TEST_H
#define TESTS_KIOSK_LINE_TEST_H

#include <sys/socket.h>

#include "base/line.h"
#include "test.h"

struct peer_end {
    struct line *near; /* kiosk's end */
    int far;
};

static inline void peer_end_nothing(void *ctx, struct line *c, char *text)
{
}

static inline struct peer_end peer_end_make(struct loop *l)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
        abort();
    return (struct peer_end){line_create(l, pair[0], peer_end_nothing, NULL), pair[1]};
}

/* What kiosk has sent since, lines and all; static. */
static inline const char *peer_end_read(struct loop *l, int fd)
{
    static char text[64 * 1024];

    loop_step(l, 0);
    ssize_t n = recv(fd, text, sizeof text - 1, MSG_DONTWAIT);
    text[n > 0 ? n : 0] = '\0';
    return text;
}

#endif
