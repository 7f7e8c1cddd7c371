/* SPDX-License-Identifier: Apache-2.0
 *
 * How this machine is on its network, as the kernel tells everybody in files: the card, its address, the way out, who is
 * asked for names. Read without a privilege and without netlink, which kiosk-sync's unit does not let it have. The texts are
 * proc(5)'s route, fib_trie, arp, if_inet6 and ipv6_route and resolv.conf(5); what of them makes no sense is passed over.
 */
#ifndef SYNC_MACHINE_NET_H
#define SYNC_MACHINE_NET_H

#include <stdbool.h>

#include "model/uplink.h"

#define MACHINE_CARD_MAX 15 /* IFNAMSIZ - 1 */

enum machine_card { CARD_UNSEEN, CARD_NONE, CARD_OFF, CARD_DOWN, CARD_UP };
enum machine_heard { GATEWAY_UNASKED, GATEWAY_HEARD, GATEWAY_UNHEARD };

struct machine_net {
    enum machine_card state;
    char card[MACHINE_CARD_MAX + 1]; /* the one that leads out, else the one with a cable; "": none */
    int mbit;                        /* its speed; 0: it does not say */
    bool seen;                       /* the texts were there */
    char address4[UPLINK_ADDRESS_MAX + 1], address6[UPLINK_ADDRESS_MAX + 1]; /* with the length of its network; "" */
    char gateway[UPLINK_ADDRESS_MAX + 1];                                    /* "": none */
    enum machine_heard heard; /* whether the gateway answers to its own address; only version 4 says so */
    char servers[UPLINK_DNS_MAX][UPLINK_ADDRESS_MAX + 1];
};

/* `root`: "" but for tests. */
void machine_net_look(const char *root, struct machine_net *ret);

/* The parts, each from one text. The card is that of the default route, or the one that stands there already. */
void machine_net_routes4(const char *text, struct machine_net *m);
void machine_net_routes6(const char *text, struct machine_net *m);
void machine_net_address4(const char *routes, const char *trie, struct machine_net *m);
void machine_net_address6(const char *text, struct machine_net *m);
void machine_net_neighbours(const char *text, struct machine_net *m);
void machine_net_servers(const char *text, struct machine_net *m);

#endif
