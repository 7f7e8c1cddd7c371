/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the hall listens: "127.0.0.1:8443", "[::1]:8443"; port 0 takes any.
 */
#ifndef HALL_ADDRESS_H
#define HALL_ADDRESS_H

#include <sys/socket.h>

#include "base/err.h"

struct address {
    struct sockaddr_storage at;
    socklen_t len;
    char text[64];
};

#define ADDRESS_HOST_MAX 45 /* characters of an IPv6 address */
/* The host's part in text: "127.0.0.1", "::1". */
void address_host(const struct sockaddr *at, char out[ADDRESS_HOST_MAX + 1]);
int address_parse(const char *text, struct address *ret, struct err *e);
/* A non-blocking listening socket, or a negative code. The port taken is put into *a, so that the same one can be had again.
 */
int address_listen(struct address *a, struct err *e);

#endif
