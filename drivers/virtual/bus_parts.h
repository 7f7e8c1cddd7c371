/* SPDX-License-Identifier: Apache-2.0
 *
 * What the bus and the servers on it share. A server is a way in for other programs (usbfs, usbip, usb-redir): it submits
 * transfers to a port's host under an owner of its own and takes back what is done.
 */
#ifndef DRIVERS_VIRTUAL_BUS_PARTS_H
#define DRIVERS_VIRTUAL_BUS_PARTS_H

#include <sys/types.h>

#include "base/loop.h"
#include "drivers/virtual/bus.h"
#include "drivers/virtual/host.h"

#define BUS_PORTS_MAX 8
#define BUS_NAME_MAX 16

struct virtual_port {
    char role[16], name[BUS_NAME_MAX]; /* "reader", "1-1" */
    struct virtual_device *device;
    struct virtual_host *host; /* NULL: unplugged */
    int address;
    int64_t due; /* when the model wants to be called, -1 never */
    struct virtual_faults faults;
};

struct virtual_server {
    struct virtual_server *next;
    void (*plugged)(struct virtual_server *s, struct virtual_port *p);
    /* All transfers have ended and may be taken for the last time; the host goes after the call. */
    void (*unplugged)(struct virtual_server *s, struct virtual_port *p);
    /* Transfers may be done. */
    void (*ran)(struct virtual_server *s, struct virtual_port *p);
    void (*destroy)(struct virtual_server *s);
};

struct virtual_bus {
    struct loop *loop;
    struct loop_timer *timer;
    struct virtual_port ports[BUS_PORTS_MAX];
    int n_ports, last_address;
    struct virtual_server *servers;
};

/* Without any server. */
struct virtual_bus *virtual_bus_bare(struct loop *l);
/* Owned by the bus from now on. */
void virtual_bus_add_server(struct virtual_bus *b, struct virtual_server *s);
struct virtual_port *virtual_bus_by_role(struct virtual_bus *b, const char *role); /* NULL when there is none */
/* Among those plugged in; NULL when there is none. */
struct virtual_port *virtual_bus_by_address(struct virtual_bus *b, int address);
/* Something was submitted or withdrawn: lets the model go on, and tells all servers. */
void virtual_bus_run(struct virtual_bus *b, struct virtual_port *p);
/* The same within a millisecond, for who submits where the bus runs already. */
void virtual_bus_next_frame(struct virtual_bus *b, struct virtual_port *p);

#endif
