/* SPDX-License-Identifier: Apache-2.0
 *
 * See uplink_look.h.
 */
#include "sync/uplink_look.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/must.h"
#include "wire/uplink_word.h"

void uplink_look_found(const struct uplink_look *l, enum uplink_finding finding, const char *what, int64_t n)
{
    struct uplink_found f = {.finding = finding, .n = n};
    struct peer_line line;

    uplink_what(f.what, what);
    uplink_word_put(&f, &line);
    l->say(l->ctx, &line);
}

static void found(const struct uplink_look *l, enum uplink_finding finding, const char *what)
{
    uplink_look_found(l, finding, what, 0);
}

static bool look_at_link(struct uplink_look *l)
{
    const struct machine_net *m = &l->net;
    char what[MACHINE_CARD_MAX + 32];

    snprintf(what, sizeof what, m->mbit ? "%s, %d Mbit/s" : "%s", m->card, m->mbit);
    found(l,
          m->state == CARD_UP       ? UPLINK_LINK_UP
          : m->state == CARD_DOWN   ? UPLINK_LINK_DOWN
          : m->state == CARD_OFF    ? UPLINK_LINK_OFF
          : m->state == CARD_UNSEEN ? UPLINK_LINK_UNSEEN
                                    : UPLINK_LINK_NONE,
          what);
    return m->state == CARD_UP || m->state == CARD_UNSEEN;
}

/* What is set for this terminal (model/uplink.h), written as the kernel's texts are read. */
static bool read_fixed(const struct uplink_look *l, char out[UPLINK_ADDRESS_MAX + 1])
{
    char path[UPLINK_ROOT_MAX + sizeof UPLINK_FILE], alone[UPLINK_ADDRESS_MAX + 1];
    unsigned char bytes[16];
    struct uplink set;
    struct buf text;

    snprintf(path, sizeof path, "%s%s", l->root, UPLINK_FILE);
    bool is = fs_read(path, UPLINK_FILE_MAX, &text, NULL) == 0 && uplink_decode(text.data, text.len, &set, NULL) == 0 &&
              set.address[0];
    buf_finish(&text);
    if (!is)
        return false;
    const char *slash = strchr(set.address, '/'); /* uplink_decode() has checked it */
    snprintf(alone, sizeof alone, "%.*s", (int)(slash - set.address), set.address);
    int family = strchr(alone, ':') ? AF_INET6 : AF_INET;
    must(inet_pton(family, alone, bytes) == 1 && inet_ntop(family, bytes, alone, sizeof alone),
         "an address that was checked");
    snprintf(out, UPLINK_ADDRESS_MAX + 1, "%.*s%s", UPLINK_ADDRESS_MAX - 4, alone, slash);
    return true;
}

static bool look_at_address(struct uplink_look *l)
{
    char fixed[UPLINK_ADDRESS_MAX + 1];
    const struct machine_net *m = &l->net;
    const char *has = m->address4[0] ? m->address4 : m->address6;

    if (!m->seen) {
        found(l, UPLINK_ADDRESS_UNSEEN, "");
        return true;
    }
    if (read_fixed(l, fixed)) {
        bool used = !strcmp(m->address4, fixed) || !strcmp(m->address6, fixed);
        found(l, used ? UPLINK_ADDRESS_FIXED : UPLINK_ADDRESS_UNUSED, fixed);
        return used || *has;
    }
    if (!strncmp(has, "169.254.", 8)) {
        found(l, UPLINK_ADDRESS_OWN, has);
        return false;
    }
    found(l, *has ? UPLINK_ADDRESS_DHCP : UPLINK_ADDRESS_NONE, has);
    return *has;
}

static void look_at_gateway(struct uplink_look *l)
{
    const struct machine_net *m = &l->net;

    found(l,
          !m->seen                    ? UPLINK_GATEWAY_UNSEEN
          : !m->gateway[0]            ? UPLINK_GATEWAY_NONE
          : m->heard == GATEWAY_HEARD ? UPLINK_GATEWAY_ANSWERS
                                      : UPLINK_GATEWAY_SET,
          m->gateway);
}

const char *uplink_look_servers(const struct uplink_look *l, char out[UPLINK_WHAT_MAX + 1])
{
    size_t at = 0;

    out[0] = '\0';
    for (int i = 0; i < UPLINK_DNS_MAX && l->net.servers[i][0] && at < UPLINK_WHAT_MAX; i++)
        at += (size_t)snprintf(out + at, UPLINK_WHAT_MAX + 1 - at, "%s%s", i ? ", " : "", l->net.servers[i]);
    return out;
}

static bool is_address(const char *host)
{
    unsigned char bytes[16];

    return inet_pton(AF_INET, host, bytes) == 1 || inet_pton(AF_INET6, host, bytes) == 1;
}

bool uplink_look_literal(const struct uplink_look *l)
{
    return is_address(l->host);
}

bool uplink_look(struct uplink_look *l)
{
    char list[UPLINK_WHAT_MAX + 1];

    machine_net_look(l->root, &l->net);
    found(l, *l->proxy ? UPLINK_PROXY_SET : UPLINK_PROXY_NONE, l->proxy);
    if (!look_at_link(l) || !look_at_address(l))
        return false;
    look_at_gateway(l);
    found(l,
          uplink_look_literal(l)      ? UPLINK_NAMES_UNNEEDED
          : l->net.servers[0][0] == 0 ? UPLINK_NAMES_NONE
                                      : UPLINK_NAMES_SET,
          uplink_look_servers(l, list));
    return true;
}
