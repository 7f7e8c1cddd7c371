/* SPDX-License-Identifier: Apache-2.0
 *
 * How a terminal reaches the hall where DHCP alone does not do: a fixed address, a proxy, or both. It comes with the
 * enrolment sheet ("line") or by `kioskctl network`, and lies in UPLINK_FILE, which shells, systemd and hall-address.sh read
 * too: TONGBAN_ADDRESS=10.3.2.7/24 TONGBAN_GATEWAY=10.3.2.1 TONGBAN_DNS=10.3.2.1 10.3.2.2 TONGBAN_PROXY=10.3.2.9:3128 Each
 * may be empty or missing; without an address there is neither gateway nor name server of one's own. Addresses are of
 * version 4 or 6, all of one kind. A proxy is asked by CONNECT (RFC 9110 9.3.6), without a name or password: what goes
 * through it is the TLS to the hall, which it can neither read nor change. Pure.
 */
#ifndef MODEL_UPLINK_H
#define MODEL_UPLINK_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

#define UPLINK_FILE "/var/lib/tongban-network/network.conf"
#define UPLINK_FILE_MAX 1024
#define UPLINK_ADDRESS_MAX 49 /* with "/128" */
#define UPLINK_DNS_MAX 3
#define UPLINK_PROXY_MAX 100

struct uplink {
    char address[UPLINK_ADDRESS_MAX + 1]; /* with the length of its network; "": by DHCP */
    char gateway[UPLINK_ADDRESS_MAX + 1];
    char dns[UPLINK_DNS_MAX][UPLINK_ADDRESS_MAX + 1];
    char proxy[UPLINK_PROXY_MAX + 1]; /* "host:port"; "": none */
};

/* Nothing is set: as ever. */
bool uplink_is_plain(const struct uplink *u);
/* -ERR_INVALID, in words that name what to correct; also an address that no machine has: a network's own, one of nowhere,
 * one that machines give themselves (169.254, fe80). */
int uplink_check(const struct uplink *u, struct err *e);
bool uplink_proxy_ok(const char *proxy);
/* "10.3.2.1,10.3.2.2" into u->dns. */
int uplink_dns_split(const char *list, struct uplink *u, struct err *e);

int uplink_encode(const struct uplink *u, struct buf *out);
/* Checks. */
int uplink_decode(const void *data, size_t len, struct uplink *ret, struct err *e);
/* For systemd-networkd (systemd.network(5)): the whole of a .network file. "" where DHCP does. */
int uplink_networkd(const struct uplink *u, struct buf *out);

#endif
