/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes over a socket inside the machine, in pieces ended by FF: whatever arrives becomes whole lines, and a peer that
 * never ends one is dropped.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/line.h"
#include "hang_up.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct heard {
    size_t bytes;
    bool gone;
};

static void on_line(void *ctx, struct line *c, char *text)
{
    struct heard *h = ctx;

    if (!text) {
        h->gone = true;
        line_destroy(c);
        return;
    }
    if (h->gone || strchr(text, '\n') || strlen(text) > LINE_MAX_BYTES)
        abort();
    h->bytes += strlen(text) + 1;
    line_send(c, "ok");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct heard h = {0};
    struct loop *l = loop_create();
    int fds[2];

    if (!l || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds))
        abort();
    line_create(l, fds[0], on_line, &h);
    for (size_t at = 0, n; at < size && !h.gone; at += n + 1) {
        const uint8_t *end = memchr(data + at, 0xFF, size - at);

        n = end ? (size_t)(end - (data + at)) : size - at;
        if (n && write(fds[1], data + at, n) < 0)
            break;
        loop_step(l, 0);
    }
    hang_up(fds[1]);
    for (int i = 0; i < 8 && !h.gone; i++)
        loop_step(l, 0);
    if (!h.gone || h.bytes > size + 1)
        abort();
    loop_destroy(l);
    return 0;
}
