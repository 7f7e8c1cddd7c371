/* SPDX-License-Identifier: Apache-2.0
 *
 * What can be seen of the way to the hall without asking anybody: the first steps of sync/uplink_test.h, said as they are
 * found.
 */
#ifndef SYNC_UPLINK_LOOK_H
#define SYNC_UPLINK_LOOK_H

#include "model/uplink_report.h"
#include "sync/machine_net.h"
#include "sync/resolve.h"
#include "wire/peer.h"

#define UPLINK_ROOT_MAX 511

struct uplink_look {
    char root[UPLINK_ROOT_MAX + 1];  /* where the machine's files lie: "" but for tests */
    char host[RESOLVE_NAME_MAX + 1]; /* who is connected to: the hall, or the proxy before it */
    const char *proxy;               /* "host:port", borrowed; "": none */
    void (*say)(void *ctx, const struct peer_line *p);
    void *ctx;
    struct machine_net net; /* as it was seen last */
};

/* Says proxy, card, address, gateway and name server. False: without those there is no use in going on. */
bool uplink_look(struct uplink_look *l);
/* Says one thing; of `what` only what may be shown. */
void uplink_look_found(const struct uplink_look *l, enum uplink_finding finding, const char *what, int64_t n);
/* "10.3.2.1, 10.3.9.2". Returns out. */
const char *uplink_look_servers(const struct uplink_look *l, char out[UPLINK_WHAT_MAX + 1]);
/* The host is written as an address: nobody is asked for it. */
bool uplink_look_literal(const struct uplink_look *l);

#endif
