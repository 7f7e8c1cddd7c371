/* SPDX-License-Identifier: Apache-2.0
 *
 * See uplink.h.
 */
#include "model/uplink.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define BYTES_MAX 16

/* An address of version 4 or 6: its length in bytes, 0: it is none. */
static int read_address(const char *text, unsigned char out[BYTES_MAX])
{
    return inet_pton(AF_INET, text, out) == 1 ? 4 : inet_pton(AF_INET6, text, out) == 1 ? 16 : 0;
}

/* "10.3.2.7/24" */
static int read_network(const char *text, unsigned char out[BYTES_MAX], int *ret_bits)
{
    char alone[UPLINK_ADDRESS_MAX + 1];
    const char *slash = strchr(text, '/');
    size_t digits = slash ? strspn(slash + 1, "0123456789") : 0;

    if (!slash || digits == 0 || digits > 3 || slash[1 + digits] || slash[1] == '0')
        return 0;
    text_copy(alone, sizeof alone, text);
    alone[slash - text] = '\0';
    int len = read_address(alone, out);
    *ret_bits = atoi(slash + 1);
    return *ret_bits < 8 * len ? len : 0; /* a network of one address leads nowhere */
}

static bool same_network(const unsigned char *a, const unsigned char *b, int bits)
{
    int whole = bits / 8, rest = bits % 8;
    unsigned char mask = (unsigned char)(0xFF00 >> rest);

    return memcmp(a, b, (size_t)whole) == 0 && (rest == 0 || ((a[whole] ^ b[whole]) & mask) == 0);
}

/* One machine's address, and not of whoever asks; RFC 6890. */
static bool is_machine(const unsigned char *a, int len)
{
    static const unsigned char none[BYTES_MAX], self[BYTES_MAX] = {[BYTES_MAX - 1] = 1};

    if (len == 4)
        return a[0] != 0 && a[0] != 127 && a[0] < 224;
    return a[0] != 0xFF && memcmp(a, none, BYTES_MAX) != 0 && memcmp(a, self, BYTES_MAX) != 0;
}

/* The network's own address, or that of all in it (version 4); a network of two has neither (RFC 3021, RFC 6164). */
static bool is_whole(const unsigned char *a, int len, int bits)
{
    bool zeros = true, ones = len == 4;

    for (int i = bits; i < 8 * len; i++) {
        bool bit = a[i / 8] >> (7 - i % 8) & 1;

        zeros = zeros && !bit;
        ones = ones && bit;
    }
    return 8 * len - bits > 1 && (zeros || ones);
}

/* One that a machine gives itself where nobody gave it one (RFC 3927, RFC 4291 2.5.6): it reaches no other network, and no
 * hall. */
static bool is_makeshift(const unsigned char *a, int len)
{
    return len == 4 ? a[0] == 169 && a[1] == 254 : a[0] == 0xFE && (a[1] & 0xC0) == 0x80;
}

static int check_machine(const char *what, const char *text, const unsigned char *a, int len, int bits, struct err *e)
{
    if (!is_machine(a, len))
        return err_set(e, ERR_INVALID, "the %s %s leads nowhere: no machine of a network has it", what, text);
    if (is_makeshift(a, len))
        return err_set(e, ERR_INVALID, "the %s %s is one that machines give themselves: nothing beyond their cable has it",
                       what, text);
    if (is_whole(a, len, bits))
        return err_set(e, ERR_INVALID, "the %s %s stands for the whole network (/%d): no machine has it", what, text, bits);
    return 0;
}

/* "10.3.2.7/255.255.255.0": 24; 0: it is none of these. */
static int mask_bits(const char *address)
{
    const char *slash = strchr(address, '/');
    struct in_addr mask;

    if (!slash || inet_pton(AF_INET, slash + 1, &mask) != 1)
        return 0;
    uint32_t rest = ~ntohl(mask.s_addr);
    return (rest & (rest + 1)) == 0 ? 32 - __builtin_popcount(rest) : 0;
}

static int no_network(const char *address, struct err *e)
{
    int bits = mask_bits(address);

    if (bits)
        return err_set(e, ERR_INVALID, "a mask is written as its length: %.*s/%d, not \"%s\"", (int)strcspn(address, "/"),
                       address, bits, address);
    return err_set(e, ERR_INVALID, "the address is like 10.3.2.7/24, not \"%s\"", address);
}

bool uplink_is_plain(const struct uplink *u)
{
    return !u->address[0] && !u->gateway[0] && !u->dns[0][0] && !u->proxy[0];
}

/* A host's name (RFC 1123 2.1), or an address of version 4: what ends in a number is one. */
static bool is_host(const char *host)
{
    static const char digits[] = "0123456789", letters[] = "-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    unsigned char a[BYTES_MAX];

    for (const char *label = host;;) {
        size_t n = strspn(label, letters);

        if (n == 0 || n > 63 || label[0] == '-' || label[n - 1] == '-')
            return false;
        if (!label[n])
            return strspn(label, digits) < n || (inet_pton(AF_INET, host, a) == 1 && a[0] != 0 && a[0] < 224);
        if (label[n] != '.')
            return false;
        label += n + 1;
        if (!*label)
            return true; /* the root's dot */
    }
}

static bool is_six(const char *host)
{
    static const unsigned char none[BYTES_MAX];
    unsigned char a[BYTES_MAX];

    return inet_pton(AF_INET6, host, a) == 1 && a[0] != 0xFF && memcmp(a, none, BYTES_MAX) != 0;
}

bool uplink_proxy_ok(const char *proxy)
{
    char host[UPLINK_PROXY_MAX + 1];
    const char *port = strrchr(proxy, ':');
    size_t n = port ? (size_t)(port - proxy) : 0, digits = port ? strspn(++port, "0123456789") : 0;

    if (n == 0 || !text_copy(host, sizeof host, proxy))
        return false;
    if (digits == 0 || digits > 5 || port[digits] || port[0] == '0' || atoi(port) > 65535)
        return false;
    host[n] = '\0';
    if (host[0] != '[' || host[n - 1] != ']')
        return is_host(host);
    host[n - 1] = '\0';
    return is_six(host + 1);
}

static int check_names(const struct uplink *u, const unsigned char *own, int len, int bits, struct err *e)
{
    unsigned char one[BYTES_MAX];
    bool ended = false;

    for (int i = 0; i < UPLINK_DNS_MAX; i++) {
        if (!u->dns[i][0]) {
            ended = true;
            continue;
        }
        if (ended || read_address(u->dns[i], one) != len)
            return err_set(e, ERR_INVALID, "the name server %s is no address, or not of the same kind", u->dns[i]);
        if (memcmp(one, own, (size_t)len) == 0)
            return err_set(e, ERR_INVALID, "the name server %s is the terminal itself", u->dns[i]);
        int rc = check_machine("name server", u->dns[i], one, len, same_network(own, one, bits) ? bits : 8 * len, e);
        if (rc < 0)
            return rc;
    }
    return 0;
}

int uplink_check(const struct uplink *u, struct err *e)
{
    unsigned char own[BYTES_MAX], way[BYTES_MAX];
    int bits = 0;

    if (u->proxy[0] && !uplink_proxy_ok(u->proxy))
        return err_set(e, ERR_INVALID, "the proxy is host:port, not \"%s\"", u->proxy);
    if (!u->address[0])
        return u->gateway[0] || u->dns[0][0] ? err_set(e, ERR_INVALID, "a gateway or name server without an address") : 0;
    int len = read_network(u->address, own, &bits);
    if (!len)
        return no_network(u->address, e);
    if (!u->gateway[0])
        return err_set(e, ERR_INVALID, "the gateway is missing");
    if (read_address(u->gateway, way) != len)
        return err_set(e, ERR_INVALID, "the gateway %s is no address, or not of the same kind", u->gateway);
    if (!same_network(own, way, bits) || memcmp(own, way, (size_t)len) == 0)
        return err_set(e, ERR_INVALID, "the gateway %s is not in the network of %s, or the same address", u->gateway,
                       u->address);
    int rc = check_machine("address", u->address, own, len, bits, e);
    if (rc == 0)
        rc = check_machine("gateway", u->gateway, way, len, bits, e);
    return rc == 0 ? check_names(u, own, len, bits, e) : rc;
}

int uplink_dns_split(const char *list, struct uplink *u, struct err *e)
{
    int n = 0;

    memset(u->dns, 0, sizeof u->dns);
    for (size_t len; *list; list += len + (list[len] != '\0')) {
        len = strcspn(list, ", ");
        if (len == 0)
            continue;
        if (n == UPLINK_DNS_MAX || len > UPLINK_ADDRESS_MAX)
            return err_set(e, ERR_INVALID, "at most %d name servers", UPLINK_DNS_MAX);
        memcpy(u->dns[n], list, len);
        u->dns[n++][len] = '\0';
    }
    return 0;
}

/* --- the file --- */

int uplink_encode(const struct uplink *u, struct buf *out)
{
    buf_adds(out, "# How this terminal reaches its hall. Written by kioskctl network.\n");
    buf_addf(out, "TONGBAN_ADDRESS=%s\nTONGBAN_GATEWAY=%s\nTONGBAN_DNS=%s", u->address, u->gateway, u->dns[0]);
    for (int i = 1; i < UPLINK_DNS_MAX && u->dns[i][0]; i++)
        buf_addf(out, " %s", u->dns[i]);
    buf_addf(out, "\nTONGBAN_PROXY=%s\n", u->proxy);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int take_line(const char *line, struct uplink *u, struct err *e)
{
    static const char *const names[] = {"TONGBAN_ADDRESS=", "TONGBAN_GATEWAY=", "TONGBAN_PROXY="};
    char *const into[] = {u->address, u->gateway, u->proxy};
    const size_t caps[] = {sizeof u->address, sizeof u->gateway, sizeof u->proxy};
    static const char dns[] = "TONGBAN_DNS=";

    if (!*line || *line == '#')
        return 0;
    if (strncmp(line, dns, sizeof dns - 1) == 0)
        return uplink_dns_split(line + sizeof dns - 1, u, e);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(line, names[i], strlen(names[i])) == 0)
            return !into[i][0] && text_copy(into[i], caps[i], line + strlen(names[i]))
                       ? 0
                       : err_set(e, ERR_INVALID, "a line is said twice, or too long");
    return err_set(e, ERR_INVALID, "a line is none of TONGBAN_ADDRESS, _GATEWAY, _DNS, _PROXY");
}

int uplink_decode(const void *data, size_t len, struct uplink *ret, struct err *e)
{
    char text[UPLINK_FILE_MAX + 1];
    struct uplink u = {.address = ""};
    int rc = len > UPLINK_FILE_MAX || (len && memchr(data, '\0', len)) ? err_set(e, ERR_TOOLONG, "it is no such file") : 0;

    if (rc < 0)
        return err_wrap(e, rc, "how the hall is reached");
    if (len)
        memcpy(text, data, len); /* an empty file has no bytes */
    text[len] = '\0';
    for (char *line = text; rc == 0 && *line;) {
        char *end = line + strcspn(line, "\n");
        bool last = !*end;

        *end = '\0';
        rc = take_line(line, &u, e);
        line = last ? end : end + 1;
    }
    if (rc == 0)
        rc = uplink_check(&u, e);
    if (rc == 0)
        *ret = u;
    return err_wrap(e, rc, "how the hall is reached");
}

int uplink_networkd(const struct uplink *u, struct buf *out)
{
    if (!u->address[0])
        return 0;
    buf_addf(
        out,
        "# Written by kioskctl network: a fixed address in place of 80-tongban-wired.network.\n"
        "[Match]\nType=ether\n\n[Network]\nDHCP=no\nLLMNR=no\nMulticastDNS=no\nIPv6AcceptRA=no\nLinkLocalAddressing=%s\n"
        "Address=%s\nGateway=%s\n",
        strchr(u->address, ':') ? "ipv6" : "no", u->address, u->gateway);
    for (int i = 0; i < UPLINK_DNS_MAX && u->dns[i][0]; i++)
        buf_addf(out, "DNS=%s\n", u->dns[i]);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}
