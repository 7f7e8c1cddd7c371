/* SPDX-License-Identifier: Apache-2.0
 *
 * Addresses and the listening socket.
 */
#include "tools/hall/door/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BACKLOG 1024

void address_host(const struct sockaddr *at, char out[ADDRESS_HOST_MAX + 1])
{
    const void *host = at->sa_family == AF_INET6 ? (const void *)&((const struct sockaddr_in6 *)at)->sin6_addr
                                                 : (const void *)&((const struct sockaddr_in *)at)->sin_addr;
    if (!inet_ntop(at->sa_family, host, out, ADDRESS_HOST_MAX + 1))
        snprintf(out, ADDRESS_HOST_MAX + 1, "?");
}

static void format(struct address *a)
{
    char host[ADDRESS_HOST_MAX + 1];
    address_host((const struct sockaddr *)&a->at, host);
    if (a->at.ss_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&a->at;
        snprintf(a->text, sizeof a->text, "[%s]:%d", host, ntohs(v6->sin6_port));
    } else {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)&a->at;
        snprintf(a->text, sizeof a->text, "%s:%d", host, ntohs(v4->sin_port));
    }
}

/* libevent's own parser would refuse port 0. */
int address_parse(const char *text, struct address *ret, struct err *e)
{
    char host[64], *end = NULL;
    const char *colon = strrchr(text, ':');
    long port = colon ? strtol(colon + 1, &end, 10) : -1;
    struct address a = {.len = 0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&a.at;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&a.at;
    if (!colon || colon == text || !colon[1] || *end || port < 0 || port > 65535 || colon - text >= (int)sizeof host)
        return err_set(e, ERR_INVALID, "\"%s\" is no ADDRESS:PORT", text);
    bool brackets = text[0] == '[' && colon[-1] == ']';
    snprintf(host, sizeof host, "%.*s", (int)(colon - text) - (brackets ? 2 : 0), text + brackets);
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
        a.len = sizeof *v4;
    } else if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((uint16_t)port);
        a.len = sizeof *v6;
    } else {
        return err_set(e, ERR_INVALID, "\"%s\" is no ADDRESS:PORT", text);
    }
    format(&a);
    *ret = a;
    return 0;
}

int address_listen(struct address *a, struct err *e)
{
    int on = 1, fd = socket(a->at.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return err_errno(e, "socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    /* accepted sockets inherit it; without it an answer waits 40 ms for an acknowledgement */
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&a->at, a->len) || listen(fd, BACKLOG) ||
        getsockname(fd, (struct sockaddr *)&a->at, &a->len)) {
        int rc = err_errno(e, "listen on %s", a->text);
        close(fd);
        return rc;
    }
    format(a);
    return fd;
}
