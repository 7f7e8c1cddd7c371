/* SPDX-License-Identifier: Apache-2.0
 *
 * See machine_net.h.
 */
#include "sync/machine_net.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"

#define TEXT_MAX (256 * 1024)
#define PATH_BYTES 512
#define CARDS_MAX 32
#define UP 0x1   /* RTF_UP, IFF_UP */
#define GLOBAL 0 /* if_inet6's scope of an address that is good beyond its cable */

/* --- version 4: route, fib_trie, arp --- */

struct route4 {
    char card[MACHINE_CARD_MAX + 1];
    uint32_t to, via, mask; /* as struct in_addr has them */
    unsigned flags;
    int metric;
};

/* The next line of proc(5)'s route that is one; NULL behind the last. */
static const char *next_route4(const char *at, struct route4 *ret)
{
    while (at && *at) {
        int n = sscanf(at, "%15s %8x %8x %4x %*d %*d %d %8x", ret->card, &ret->to, &ret->via, &ret->flags, &ret->metric,
                       &ret->mask);
        at = strchr(at, '\n');
        at = at ? at + 1 : "";
        if (n == 6 && ret->flags & UP)
            return at;
    }
    return NULL;
}

void machine_net_routes4(const char *text, struct machine_net *m)
{
    struct route4 r;
    int best = -1;

    for (const char *at = text; (at = next_route4(at, &r));) {
        if (r.to || r.mask || (best >= 0 && r.metric >= best))
            continue;
        best = r.metric < 0 ? 0 : r.metric;
        memcpy(m->card, r.card, sizeof m->card);
        m->gateway[0] = '\0';
        if (r.via)
            inet_ntop(AF_INET, &r.via, m->gateway, sizeof m->gateway);
    }
}

/* The address of this card: of those that are the machine's own, the one in a network that the card leads to. */
static bool own_in(const char *routes, const struct machine_net *m, uint32_t own, int *ret_bits)
{
    struct route4 r;

    for (const char *at = routes; (at = next_route4(at, &r));) {
        if (strcmp(r.card, m->card) || r.via || !r.mask || (own & r.mask) != r.to)
            continue;
        *ret_bits = __builtin_popcount(r.mask);
        return true;
    }
    return false;
}

void machine_net_address4(const char *routes, const char *trie, struct machine_net *m)
{
    const char *at = strstr(trie, "Local:");
    char text[INET_ADDRSTRLEN], alone[INET_ADDRSTRLEN] = "";
    uint32_t own;
    int bits;

    m->address4[0] = '\0';
    while (at && (at = strstr(at, "|-- "))) {
        const char *end = strchr(at, '\n'), *next = end ? strchr(end + 1, '\n') : NULL;
        const char *is = end ? strstr(end, "/32 host LOCAL") : NULL;
        bool local = is && (!next || is < next);

        if (sscanf(at, "|-- %15[0-9.]", text) == 1 && local && inet_pton(AF_INET, text, &own) == 1 &&
            *(const unsigned char *)&own != 127) {
            if (own_in(routes, m, own, &bits)) {
                snprintf(m->address4, sizeof m->address4, "%s/%d", text, bits);
                return;
            }
            text_copy(alone, sizeof alone, text);
        }
        at = end;
    }
    if (*alone && *m->gateway) /* a line between two machines has no network */
        snprintf(m->address4, sizeof m->address4, "%s/32", alone);
}

void machine_net_neighbours(const char *text, struct machine_net *m)
{
    char address[INET_ADDRSTRLEN];
    unsigned flags;

    m->heard = GATEWAY_UNASKED;
    for (const char *at = text; at && *at; at = (at = strchr(at, '\n')) ? at + 1 : NULL)
        if (sscanf(at, "%15[0-9.] 0x%*x 0x%x", address, &flags) == 2 && strcmp(address, m->gateway) == 0)
            m->heard = flags & 2 ? GATEWAY_HEARD : GATEWAY_UNHEARD; /* ATF_COM */
}

/* --- version 6: ipv6_route, if_inet6 --- */

static bool address6(const char hex[33], char out[INET6_ADDRSTRLEN])
{
    struct in6_addr a;
    size_t n;

    return hex_decode(hex, strlen(hex), a.s6_addr, sizeof a.s6_addr, &n) == 0 && n == sizeof a.s6_addr &&
           inet_ntop(AF_INET6, &a, out, INET6_ADDRSTRLEN);
}

/* Only where version 4 leads nowhere: the gateway of a terminal that has both is the one the hall is most likely behind. */
void machine_net_routes6(const char *text, struct machine_net *m)
{
    char to[33], via[33], card[MACHINE_CARD_MAX + 1], gateway[INET6_ADDRSTRLEN];
    unsigned bits, flags;

    for (const char *at = text; !*m->gateway && at && *at; at = (at = strchr(at, '\n')) ? at + 1 : NULL)
        if (sscanf(at, "%32s %x %*32s %*x %32s %*x %*x %*x %x %15s", to, &bits, via, &flags, card) == 5 && bits == 0 &&
            flags & UP && strcmp(card, "lo") && strspn(via, "0") < strlen(via) && address6(via, gateway)) {
            memcpy(m->card, card, sizeof m->card);
            text_copy(m->gateway, sizeof m->gateway, gateway);
        }
}

void machine_net_address6(const char *text, struct machine_net *m)
{
    char hex[33], card[MACHINE_CARD_MAX + 1], address[INET6_ADDRSTRLEN];
    unsigned bits, scope;

    m->address6[0] = '\0';
    for (const char *at = text; !*m->address6 && at && *at; at = (at = strchr(at, '\n')) ? at + 1 : NULL)
        if (sscanf(at, "%32s %*x %x %x %*x %15s", hex, &bits, &scope, card) == 4 && scope == GLOBAL && bits <= 128 &&
            !strcmp(card, m->card) && address6(hex, address))
            snprintf(m->address6, sizeof m->address6, "%s/%u", address, bits);
}

/* --- resolv.conf --- */

void machine_net_servers(const char *text, struct machine_net *m)
{
    unsigned char bytes[16];
    char server[UPLINK_ADDRESS_MAX + 1];
    int n = 0;

    memset(m->servers, 0, sizeof m->servers);
    for (const char *at = text; n < UPLINK_DNS_MAX && at && *at; at = (at = strchr(at, '\n')) ? at + 1 : NULL) {
        if (sscanf(at, "nameserver %49s", server) != 1)
            continue;
        server[strcspn(server, "%")] = '\0'; /* fe80::1%eth0 */
        if (inet_pton(AF_INET, server, bytes) == 1 || inet_pton(AF_INET6, server, bytes) == 1)
            text_copy(m->servers[n++], sizeof m->servers[0], server);
    }
}

/* --- the card --- */

static bool read_text(const char *root, const char *name, struct buf *out)
{
    char path[PATH_BYTES];

    buf_init(out, TEXT_MAX);
    return snprintf(path, sizeof path, "%s/%s", root, name) < (int)sizeof path && access(path, R_OK) == 0 &&
           fs_read_given(path, TEXT_MAX, out, NULL) == 0;
}

/* A number the card says of itself; -1: it says none, as of a cable while it is off. */
static int card_says(const char *root, const char *card, const char *what, int base)
{
    char name[PATH_BYTES];
    struct buf text;
    int n = -1;

    if (snprintf(name, sizeof name, "sys/class/net/%s/%s", card, what) < (int)sizeof name && read_text(root, name, &text))
        n = (int)strtol(buf_str(&text), NULL, base);
    buf_finish(&text);
    return n;
}

static enum machine_card card_state(const char *root, const char *card)
{
    int flags = card_says(root, card, "flags", 16);

    return flags < 0                                   ? CARD_UNSEEN
           : !(flags & UP)                             ? CARD_OFF
           : card_says(root, card, "carrier", 10) == 1 ? CARD_UP
                                                       : CARD_DOWN;
}

/* A card is a thing; what is made of software has no device. */
static bool is_thing(const char *root, const char *card)
{
    char path[PATH_BYTES];

    return snprintf(path, sizeof path, "%s/sys/class/net/%s/device", root, card) < (int)sizeof path &&
           access(path, F_OK) == 0;
}

/* Where no route leads out: the card with a cable, else the one that is on. */
static void find_card(const char *root, struct machine_net *m)
{
    char path[PATH_BYTES];
    DIR *d = snprintf(path, sizeof path, "%s/sys/class/net", root) < (int)sizeof path ? opendir(path) : NULL;
    struct dirent *one;

    if (!d)
        return;
    m->state = CARD_NONE;
    for (int n = 0; n < CARDS_MAX && (one = readdir(d)); n++) {
        if (one->d_name[0] == '.' || strlen(one->d_name) > MACHINE_CARD_MAX || !is_thing(root, one->d_name))
            continue;
        enum machine_card is = card_state(root, one->d_name);
        if (is > m->state) {
            m->state = is;
            text_copy(m->card, sizeof m->card, one->d_name);
        }
    }
    closedir(d);
}

/* --- all of it --- */

static void look_at_routes(const char *root, struct machine_net *m, struct buf *routes)
{
    struct buf six;

    m->seen = read_text(root, "proc/self/net/route", routes);
    if (m->seen)
        machine_net_routes4(buf_str(routes), m);
    if (read_text(root, "proc/self/net/ipv6_route", &six))
        machine_net_routes6(buf_str(&six), m);
    buf_finish(&six);
}

static void look_at_addresses(const char *root, const struct buf *routes, struct machine_net *m)
{
    struct buf text;

    if (read_text(root, "proc/self/net/fib_trie", &text))
        machine_net_address4(buf_str(routes), buf_str(&text), m);
    buf_finish(&text);
    if (read_text(root, "proc/self/net/if_inet6", &text))
        machine_net_address6(buf_str(&text), m);
    buf_finish(&text);
    if (read_text(root, "proc/self/net/arp", &text))
        machine_net_neighbours(buf_str(&text), m);
    buf_finish(&text);
}

void machine_net_look(const char *root, struct machine_net *ret)
{
    struct buf routes, text;

    *ret = (struct machine_net){.state = CARD_UNSEEN};
    look_at_routes(root, ret, &routes);
    if (*ret->card)
        ret->state = card_state(root, ret->card);
    else
        find_card(root, ret);
    ret->mbit = ret->state == CARD_UP ? card_says(root, ret->card, "speed", 10) : 0;
    if (ret->mbit < 0)
        ret->mbit = 0;
    look_at_addresses(root, &routes, ret);
    buf_finish(&routes);
    /* what systemd-resolved asks itself, not the address at which it is asked */
    if (read_text(root, "run/systemd/resolve/resolv.conf", &text) ||
        (buf_finish(&text), read_text(root, "etc/resolv.conf", &text)))
        machine_net_servers(buf_str(&text), ret);
    buf_finish(&text);
}
