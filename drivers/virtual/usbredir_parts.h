/* SPDX-License-Identifier: Apache-2.0
 *
 * What usbredir.c (the peer, and what it asks for) and usbredir_tell.c (what it is told) share.
 */
#ifndef DRIVERS_VIRTUAL_USBREDIR_PARTS_H
#define DRIVERS_VIRTUAL_USBREDIR_PARTS_H

#include <sys/un.h>
#include <usbredirparser.h>

#include "drivers/virtual/bus_parts.h"

/* Beside the endpoint in a transfer's number: the one that waits at interrupt IN. Other numbers are the peer's. */
#define RECEIVES (UINT64_C(1) << 63)

struct usbredir_server {
    struct virtual_server base;
    struct virtual_bus *bus;
    struct virtual_port *port;
    char path[sizeof((struct sockaddr_un){0}).sun_path];
    int fd, peer; /* peer -1: nobody is there */
    struct loop_fd *source, *peer_source;
    struct usbredirparser *parser;
    bool greeted, lost, reading;
    uint64_t n_interrupts;
};

/* What the host has chosen; the device is plugged in. */
struct virtual_setting usbredir_setting(const struct usbredir_server *s);
/* Interfaces and endpoints, before the device and after each choice. */
void usbredir_tell_setting(struct usbredir_server *s);
void usbredir_tell_device(struct usbredir_server *s);
/* Sends back what is done. */
void usbredir_take_done(struct usbredir_server *s);
/* Interrupt IN goes by itself once it was asked for: one transfer always waits there. */
void usbredir_wait_for_interrupt(struct usbredir_server *s, uint8_t endpoint);

#endif
