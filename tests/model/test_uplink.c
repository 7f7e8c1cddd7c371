/* SPDX-License-Identifier: Apache-2.0
 *
 * How the hall is reached: there and back, and what a tired hand types wrong is named.
 */
#include "test.h"

#include <string.h>

#include "model/uplink.h"

static const struct uplink fixed = {
    .address = "10.3.2.7/24", .gateway = "10.3.2.1", .dns = {"10.3.2.1", "10.3.9.2"}, .proxy = "proxy.example:3128"};
static const char file[] = "TONGBAN_ADDRESS=10.3.2.7/24\nTONGBAN_GATEWAY=10.3.2.1\nTONGBAN_DNS=10.3.2.1 10.3.9.2\n"
                           "TONGBAN_PROXY=proxy.example:3128\n";

TEST(there_and_back)
{
    struct uplink back;
    struct buf b;

    buf_init(&b, UPLINK_FILE_MAX);
    CHECK_INT(uplink_encode(&fixed, &b), 0);
    CHECK(strstr(buf_str(&b), file));
    CHECK_INT(uplink_decode(b.data, b.len, &back, NULL), 0);
    CHECK(memcmp(&back, &fixed, sizeof back) == 0 && !uplink_is_plain(&back));
    buf_finish(&b);
    CHECK_INT(uplink_decode("", 0, &back, NULL), 0);
    CHECK_INT(uplink_decode(NULL, 0, &back, NULL), 0); /* an empty file, as it is read */
    CHECK(uplink_is_plain(&back));
}

TEST(for_networkd)
{
    struct uplink six = {.address = "fd00::7/64", .gateway = "fd00::1"}, none = {.proxy = "10.0.0.1:80"};
    struct buf b;

    buf_init(&b, UPLINK_FILE_MAX);
    CHECK_INT(uplink_networkd(&fixed, &b), 0);
    CHECK(strstr(buf_str(&b), "DHCP=no\n") &&
          strstr(buf_str(&b), "Address=10.3.2.7/24\nGateway=10.3.2.1\nDNS=10.3.2.1\nDNS=10.3.9.2\n"));
    CHECK(strstr(buf_str(&b), "LinkLocalAddressing=no\n"));
    buf_reset(&b);
    CHECK_INT(uplink_check(&six, NULL), 0);
    CHECK_INT(uplink_networkd(&six, &b), 0);
    CHECK(strstr(buf_str(&b), "LinkLocalAddressing=ipv6\n"));
    buf_reset(&b);
    CHECK_INT(uplink_networkd(&none, &b), 0);
    CHECK_INT(b.len, 0); /* a proxy alone: DHCP stays */
    buf_finish(&b);
}

static int with(const char *member, const char *value)
{
    struct uplink u = fixed;

    if (strcmp(member, "address") == 0)
        snprintf(u.address, sizeof u.address, "%s", value);
    else if (strcmp(member, "gateway") == 0)
        snprintf(u.gateway, sizeof u.gateway, "%s", value);
    else if (strcmp(member, "dns") == 0)
        snprintf(u.dns[0], sizeof u.dns[0], "%s", value);
    else
        snprintf(u.proxy, sizeof u.proxy, "%s", value);
    return uplink_check(&u, NULL);
}

TEST(typed_wrong)
{
    static const char *const bad[][2] = {{"address", "10.3.2.7"},
                                         {"address", "10.3.2.7/"},
                                         {"address", "10.3.2.7/33"},
                                         {"address", "10.3.2.7/32"},
                                         {"address", "10.3.2/24"},
                                         {"address", "10.3.2.256/24"},
                                         {"address", "10.3.2.7/024"},
                                         {"address", "10.3.2.7/24 "},
                                         {"address", "10.3.2.7\n/24"},
                                         {"address", "10.3.3.7/24"},
                                         {"gateway", ""},
                                         {"gateway", "10.3.3.1"},
                                         {"gateway", "10.3.2.7"},
                                         {"gateway", "fd00::1"},
                                         {"gateway", "gateway"},
                                         {"dns", "dns.example"},
                                         {"dns", ""},
                                         {"dns", "fd00::1"},
                                         {"proxy", "proxy.example"},
                                         {"proxy", "http://p:3128"},
                                         {"proxy", "p:0"},
                                         {"proxy", "p:70000"},
                                         {"proxy", ":3128"},
                                         {"proxy", "a b:3128"},
                                         {"proxy", "user@p:3128"},
                                         {"proxy", "p:3128/x"},
                                         {"proxy", "[fd00::1:3128"},
                                         {"proxy", "p:08"},
                                         {"proxy", "..:1"},
                                         {"proxy", "p..example:1"},
                                         {"proxy", "-x:80"},
                                         {"proxy", "x-.example:80"},
                                         {"proxy", "[:::::]:80"},
                                         {"proxy", "[]:80"},
                                         {"proxy", "[::]:80"},
                                         {"proxy", "[10.0.0.1]:80"},
                                         {"proxy", "10.3.2:80"},
                                         {"proxy", "10.3.2.256:80"},
                                         {"proxy", "0.0.0.0:80"},
                                         {"proxy", "255.255.255.255:80"}};

    CHECK_INT(uplink_check(&fixed, NULL), 0);
    CHECK_INT(with("proxy", "[fd00::1]:3128"), 0);
    CHECK_INT(with("proxy", ""), 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (with(bad[i][0], bad[i][1]) >= 0)
            printf("# %s \"%s\" is taken\n", bad[i][0], bad[i][1]);
        CHECK_INT(with(bad[i][0], bad[i][1]), -ERR_INVALID);
    }
}

/* What no machine has, in words that name it. */
TEST(addresses_that_lead_nowhere)
{
    static const struct {
        struct uplink u;
        const char *words;
    } bad[] = {
        {{.address = "10.3.2.0/24", .gateway = "10.3.2.1"}, "the address 10.3.2.0/24 stands for the whole"},
        {{.address = "10.3.2.255/24", .gateway = "10.3.2.1"}, "the address 10.3.2.255/24 stands for the whole"},
        {{.address = "10.3.2.7/30", .gateway = "10.3.2.5"}, "the address 10.3.2.7/30 stands for the whole"},
        {{.address = "10.3.2.7/24", .gateway = "10.3.2.255"}, "the gateway 10.3.2.255 stands for the whole"},
        {{.address = "10.3.2.7/24", .gateway = "10.3.2.0"}, "the gateway 10.3.2.0 stands for the whole"},
        {{.address = "fd00::/64", .gateway = "fd00::1"}, "the address fd00::/64 stands for the whole"},
        {{.address = "127.0.0.1/8", .gateway = "127.0.0.2"}, "the address 127.0.0.1/8 leads nowhere"},
        {{.address = "0.0.0.1/8", .gateway = "0.0.0.2"}, "the address 0.0.0.1/8 leads nowhere"},
        {{.address = "224.0.0.5/24", .gateway = "224.0.0.1"}, "the address 224.0.0.5/24 leads nowhere"},
        {{.address = "ff02::5/64", .gateway = "ff02::1"}, "the address ff02::5/64 leads nowhere"},
        {{.address = "10.3.2.7/24", .gateway = "10.3.2.1", .dns = {"0.0.0.0"}}, "the name server 0.0.0.0 leads"},
        {{.address = "10.3.2.7/24", .gateway = "10.3.2.1", .dns = {"10.3.2.1", "255.255.255.255"}},
         "the name server 255.255.255.255 leads nowhere"},
        {{.address = "10.3.2.7/24", .gateway = "10.3.2.1", .dns = {"127.0.0.1"}}, "the name server 127.0.0.1 leads"},
        {{.address = "10.3.2.7/24", .gateway = "10.3.2.1", .dns = {"10.3.2.255"}}, "stands for the whole"},
        {{.address = "10.3.2.7/24", .gateway = "10.3.2.1", .dns = {"10.3.2.7"}}, "is the terminal itself"},
        {{.address = "169.254.1.2/16", .gateway = "169.254.1.1"}, "the address 169.254.1.2/16 is one that machines"},
        {{.address = "fe80::2/64", .gateway = "fe80::1"}, "the address fe80::2/64 is one that machines"},
        {{.address = "febf::2/64", .gateway = "febf::1"}, "the address febf::2/64 is one that machines"},
        {{.address = "169.0.0.7/8", .gateway = "169.254.1.1"}, "the gateway 169.254.1.1 is one that machines"},
        {{.address = "10.3.2.7/24", .gateway = "10.3.2.1", .dns = {"169.254.1.1"}}, "the name server 169.254.1.1 is one"},
        {{.address = "fd00::7/64", .gateway = "fd00::1", .dns = {"fe80::1"}}, "the name server fe80::1 is one"},
        {{.address = "10.3.2.7/255.255.255.0", .gateway = "10.3.2.1"}, "as its length: 10.3.2.7/24, not"},
        {{.address = "10.3.2.7/255.0.255.0", .gateway = "10.3.2.1"}, "like 10.3.2.7/24"}};
    static const struct uplink good[] = {{.address = "10.3.2.7/31", .gateway = "10.3.2.6"},
                                         {.address = "10.3.2.255/23", .gateway = "10.3.3.0"},
                                         {.address = "10.3.2.7/24", .gateway = "10.3.2.1", .dns = {"10.3.3.0"}},
                                         {.address = "169.253.1.2/16", .gateway = "169.253.1.1"},
                                         {.address = "fec0::2/64", .gateway = "fec0::1"},
                                         {.address = "fd00::ffff/112", .gateway = "fd00::1"}};
    struct err e;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        e = (struct err){0};
        CHECK_INT(uplink_check(&bad[i].u, &e), -ERR_INVALID);
        if (!strstr(e.text, bad[i].words))
            CHECK_STR(e.text, bad[i].words);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK_INT(uplink_check(&good[i], NULL), 0);
    CHECK_INT(with("proxy", "127.0.0.1:3128"), 0); /* one on the terminal */
    CHECK_INT(with("proxy", "3com.example.:80"), 0);
}

TEST(networks_by_bits)
{
    struct uplink u = {.address = "10.3.2.130/25", .gateway = "10.3.2.1"};

    CHECK_INT(uplink_check(&u, NULL), -ERR_INVALID); /* the other half */
    strcpy(u.gateway, "10.3.2.129");
    CHECK_INT(uplink_check(&u, NULL), 0);
    strcpy(u.address, "10.3.2.130/8");
    strcpy(u.gateway, "10.200.0.1");
    CHECK_INT(uplink_check(&u, NULL), 0);
}

TEST(files_that_are_none)
{
    static const char *const bad[] = {"TONGBAN_ADDRESS=10.3.2.7/24\n",
                                      "TONGBAN_GATEWAY=10.3.2.1\n",
                                      "PATH=/tmp\n",
                                      "TONGBAN_DNS=1.1.1.1 1.1.1.2 1.1.1.3 1.1.1.4\n",
                                      "TONGBAN_PROXY=$(reboot):80\n",
                                      "TONGBAN_PROXY=p:80\r\n"};
    char longest[UPLINK_FILE_MAX + 2];
    struct uplink u;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(uplink_decode(bad[i], strlen(bad[i]), &u, NULL) < 0);
    memset(longest, '#', sizeof longest);
    CHECK(uplink_decode(longest, sizeof longest, &u, NULL) < 0);
    CHECK(uplink_decode("#\0x", 3, &u, NULL) < 0);
}

TEST_MAIN(T(there_and_back), T(for_networkd), T(typed_wrong), T(addresses_that_lead_nowhere), T(networks_by_bits),
          T(files_that_are_none))
