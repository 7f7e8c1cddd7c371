/* SPDX-License-Identifier: Apache-2.0
 *
 * What the kernel's texts say of this machine: as they are where a card has an address, where there is none, on two cards,
 * on version 6 alone; and texts that make no sense. Then all of them as files of a machine that is made up.
 */
#include "sync/machine_net.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "test.h"

#define HEAD "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
static const char routes[] = HEAD "eth1\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
                                  "eth0\t00000000\t0102030A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
                                  "eth0\t0002030A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n"
                                  "eth1\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0\n";
static const char trie[] = "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 10.3.2.9\n        /32 host LOCAL\n"
                           "Local:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 127.0.0.1\n        /32 host LOCAL\n"
                           "     |-- 10.3.2.0\n        /24 link UNICAST\n     |-- 192.168.1.4\n        /32 host LOCAL\n"
                           "     |-- 10.3.2.7\n        /32 host LOCAL\n     |-- 10.3.2.255\n        /32 link BROADCAST\n";
static const char arp[] = "IP address       HW type     Flags       HW address            Mask     Device\n"
                          "10.3.2.1         0x1         0x%d         02:fc:00:00:00:05     *        eth0\n";
static struct machine_net m;

TEST(the_card_that_leads_out)
{
    m = (struct machine_net){.mbit = 0};
    machine_net_routes4(routes, &m);
    CHECK_STR(m.card, "eth0"); /* the lower metric */
    CHECK_STR(m.gateway, "10.3.2.1");
    machine_net_address4(routes, trie, &m);
    CHECK_STR(m.address4, "10.3.2.7/24"); /* its own, not the other card's */
    strcpy(m.card, "eth1");
    machine_net_address4(routes, trie, &m);
    CHECK_STR(m.address4, "192.168.1.4/24");
}

TEST(a_line_between_two)
{
    static const char one[] = HEAD "wwan0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n";

    m = (struct machine_net){.mbit = 0};
    machine_net_routes4(one, &m);
    CHECK_STR(m.card, "wwan0");
    CHECK_STR(m.gateway, "");
    machine_net_address4(one, trie, &m);
    CHECK_STR(m.address4, ""); /* which of them nobody says */
}

TEST(whether_the_gateway_answers)
{
    char text[300];

    for (int flags = 0; flags <= 2; flags += 2) {
        m = (struct machine_net){.gateway = "10.3.2.1"};
        snprintf(text, sizeof text, arp, flags);
        machine_net_neighbours(text, &m);
        CHECK_INT(m.heard, flags ? GATEWAY_HEARD : GATEWAY_UNHEARD);
    }
    strcpy(m.gateway, "10.3.2.2");
    machine_net_neighbours(text, &m);
    CHECK_INT(m.heard, GATEWAY_UNASKED);
}

TEST(version_six)
{
    static const char way[] =
        "00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000000000000000000000000000001 00000400 "
        "00000003 00000000 00000003     eth0\n";
    static const char own[] = "fe8000000000000000fc00fffe000001 04 40 20 80     eth0\n"
                              "fd0000000000000000000000000000ff 05 40 00 80     eth1\n"
                              "fd000000000000000000000000000002 04 40 00 82     eth0\n";

    m = (struct machine_net){.mbit = 0};
    machine_net_routes6(way, &m);
    machine_net_address6(own, &m);
    CHECK_STR(m.card, "eth0");
    CHECK_STR(m.gateway, "fd00::1");
    CHECK_STR(m.address6, "fd00::2/64");
}

TEST(who_is_asked_for_names)
{
    m = (struct machine_net){.mbit = 0};
    machine_net_servers("# x\nsearch a\nnameserver 10.3.2.1\nnameserver fe80::1%eth0\nnameserver nobody\n"
                        "nameserver 1.1.1.1\nnameserver 2.2.2.2\n",
                        &m);
    CHECK_STR(m.servers[0], "10.3.2.1");
    CHECK_STR(m.servers[1], "fe80::1");
    CHECK_STR(m.servers[2], "1.1.1.1");
    machine_net_servers("nameserver", &m);
    CHECK_STR(m.servers[0], "");
}

TEST(what_makes_no_sense)
{
    static const char *const texts[] = {"",
                                        "\n\n",
                                        "Local:",
                                        "Local:\n|-- ",
                                        "|-- 10.3.2.7",
                                        "eth0 0 0 0",
                                        "eth0\t00000000\tGGGGGGGG\t0003\t0\t0\t0\t00000000",
                                        "a-name-of-a-card-that-is-too-long\t00000000\t0102030A\t0003\t0\t0\t0\t00000000"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        m = (struct machine_net){.mbit = 0};
        machine_net_routes4(texts[i], &m);
        machine_net_routes6(texts[i], &m);
        machine_net_address4(texts[i], texts[i], &m);
        machine_net_address6(texts[i], &m);
        machine_net_neighbours(texts[i], &m);
        machine_net_servers(texts[i], &m);
        CHECK_STR(m.address4, "");
        CHECK_STR(m.address6, "");
        CHECK_STR(m.gateway, "");
    }
}

static char root[] = "/tmp/tongban-machine-XXXXXX";

static void put(const char *name, const char *text)
{
    char path[200], dir[200];

    snprintf(path, sizeof path, "%s/%s", root, name);
    strcpy(dir, path);
    *strrchr(dir, '/') = '\0';
    CHECK_INT(fs_mkdirs(dir, 0755, NULL), 0);
    CHECK_INT(fs_write_atomic(path, text, strlen(text), 0644, NULL), 0);
}

TEST(a_machine_of_files)
{
    char command[100];

    CHECK(mkdtemp(root));
    machine_net_look(root, &m);
    CHECK(m.state == CARD_UNSEEN && !m.seen);
    put("proc/self/net/route", HEAD);
    put("sys/class/net/lo/flags", "0x9\n");
    machine_net_look(root, &m);
    CHECK(m.state == CARD_NONE && m.seen);
    put("sys/class/net/eth0/device/x", "");
    put("sys/class/net/eth0/flags", "0x1002\n");
    machine_net_look(root, &m);
    CHECK(m.state == CARD_OFF && !strcmp(m.card, "eth0"));
    put("sys/class/net/eth0/flags", "0x1003\n");
    put("sys/class/net/eth0/carrier", "0\n");
    machine_net_look(root, &m);
    CHECK_INT(m.state, CARD_DOWN);
    put("sys/class/net/eth0/carrier", "1\n");
    put("sys/class/net/eth0/speed", "-1\n");
    put("proc/self/net/route", routes);
    put("proc/self/net/fib_trie", trie);
    put("etc/resolv.conf", "nameserver 127.0.0.53\n");
    put("run/systemd/resolve/resolv.conf", "nameserver 10.3.2.1\n");
    machine_net_look(root, &m);
    CHECK(m.state == CARD_UP && m.mbit == 0);
    CHECK_STR(m.address4, "10.3.2.7/24");
    CHECK_STR(m.servers[0], "10.3.2.1"); /* not the stub */
    snprintf(command, sizeof command, "rm -rf %s", root);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(the_card_that_leads_out), T(a_line_between_two), T(whether_the_gateway_answers), T(version_six),
          T(who_is_asked_for_names), T(what_makes_no_sense), T(a_machine_of_files))
