/* SPDX-License-Identifier: Apache-2.0
 *
 * The way to the hall, tested: through to a real hall, and stopped at each step by what stops it there. The machine's cable
 * and address are files made up for it. Names and boxes with certificates of their own: lying_network.sh.
 */
#include "test.h"

#include <arpa/inet.h>

#include "base/clock.h"
#include "e2e/enrolled.h"
#include "sync/uplink_test.h"
#include "wire/uplink_word.h"

#define DAY INT64_C(86400000)

static struct stage_hall hall;
static struct loop *loop;
static struct uplink_report r;
static bool over;
static const char *through; /* a proxy */
static pid_t box;
static char box_at[40];

/* --- the machine --- */

static void put(const char *name, const char *text)
{
    char path[300];

    snprintf(path, sizeof path, "machine/%s", name);
    stage_write(path, text);
}

static void machine(void)
{
    static const char *const folders[] = {"proc/self/net", "sys/class/net/eth0/device", "etc", "var/lib/tongban-network"};

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char path[300];

        snprintf(path, sizeof path, "machine/%s", folders[i]);
        CHECK_INT(fs_mkdirs(stage_path(path), 0755, NULL), 0);
    }
    put("sys/class/net/eth0/flags", "0x1003\n");
    put("sys/class/net/eth0/carrier", "1\n");
    put("sys/class/net/eth0/speed", "1000\n");
    put("proc/self/net/route", "eth0\t00000000\t0102030A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
                               "eth0\t0002030A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n");
    put("proc/self/net/fib_trie", "Local:\n     |-- 10.3.2.7\n        /32 host LOCAL\n");
    put("proc/self/net/arp", "10.3.2.1         0x1         0x2         02:fc:00:00:00:05     *        eth0\n");
    put("etc/resolv.conf", "nameserver 10.3.2.1\n");
    put("var/lib/tongban-network/network.conf", "");
}

/* --- a box that says the same to whoever comes --- */

static void begin_box(const char *says)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    char heard[4096];
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(bind(fd, (struct sockaddr *)&at, len) == 0 && listen(fd, 8) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&at, &len) == 0);
    snprintf(box_at, sizeof box_at, "127.0.0.1:%d", ntohs(at.sin_port));
    box = fork();
    if (box == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (int one; (one = accept(fd, NULL, NULL)) >= 0; close(one)) {
            (void)!read(one, heard, sizeof heard);
            (void)!write(one, says, strlen(says));
            shutdown(one, SHUT_WR);
            while (read(one, heard, sizeof heard) > 0)
                ;
        }
        _exit(0);
    }
    close(fd);
}

static void end_box(void)
{
    kill(box, SIGKILL);
    waitpid(box, NULL, 0);
}

/* --- the test --- */

static void on_say(void *ctx, const struct peer_line *p)
{
    struct uplink_found f;

    if (p->kind == PEER_UPLINKED) {
        over = true;
        return;
    }
    CHECK_INT(uplink_word_take(p, &f), 0);
    uplink_report_take(&r, &f);
}

static void go(const char *to)
{
    char data[512], url[160];

    snprintf(data, sizeof data, "%s", stage_path("data")); /* borrowed for as long as it lives */
    snprintf(url, sizeof url, "%s", to);
    const struct uplink_test_config with = {.data = data, .hall = url, .proxy = through, .say = on_say};
    struct uplink_test *t = uplink_test_create(loop, &with);
    uplink_test_machine(t, stage_path("machine"));
    uplink_report_begin(&r);
    over = false;
    uplink_test_begin(t);
    uplink_test_begin(t); /* one at a time */
    while (!over)
        loop_step(loop, -1);
    uplink_test_destroy(t);
}

static void go_box(const char *says)
{
    char url[80];

    begin_box(says);
    snprintf(url, sizeof url, "https://%s", box_at);
    go(url);
    end_box();
}

#define CHECK_FOUND(step, finding_)                                                                                         \
    CHECK_STR(uplink_finding_word(r.of[UPLINK_##step].finding), uplink_finding_word(UPLINK_##finding_))

TEST(setup)
{
    uint8_t epoch[EPOCH_LEN];
    struct private_key *k = NULL;

    stage_open();
    CHECK(enrolled_hall(&hall));
    CHECK_INT(enrolled_sheet(&hall), 0);
    CHECK(enrolled_prepare(epoch, &k));
    key_free(k);
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    loop = loop_create();
}

TEST(all_the_way)
{
    machine();
    go(hall.url);
    CHECK_FOUND(LINK, LINK_UP);
    CHECK_STR(r.of[UPLINK_LINK].what, "eth0, 1000 Mbit/s");
    CHECK_FOUND(ADDRESS, ADDRESS_DHCP);
    CHECK_STR(r.of[UPLINK_ADDRESS].what, "10.3.2.7/24");
    CHECK_FOUND(GATEWAY, GATEWAY_ANSWERS);
    CHECK_FOUND(NAMES, NAMES_UNNEEDED);
    CHECK_FOUND(NAME, NAME_UNNEEDED);
    CHECK_FOUND(CONNECT, CONNECTED);
    CHECK_FOUND(PROXY, PROXY_NONE);
    CHECK_FOUND(TLS, TLS_GOOD);
    CHECK(r.of[UPLINK_TLS].n > clock_wall_ms());
    CHECK_FOUND(HALL, HALL_ANSWERS);
    CHECK_FOUND(TIME, TIME_GOOD);
    CHECK_INT(uplink_report_breaks(&r), UPLINK_STEPS);
}

TEST(a_look_asks_nobody)
{
    char data[512];

    snprintf(data, sizeof data, "%s", stage_path("data"));
    const struct uplink_test_config with = {.data = data, .hall = "https://hall.invalid:8443", .say = on_say};
    struct uplink_test *t = uplink_test_create(loop, &with);
    uplink_test_machine(t, stage_path("machine"));
    uplink_report_begin(&r);
    uplink_test_look(t);
    CHECK_FOUND(ADDRESS, ADDRESS_DHCP);
    CHECK_FOUND(NAMES, NAMES_SET);
    CHECK_FOUND(NAME, NOT_REACHED);
    uplink_test_destroy(t);
}

TEST(the_cable)
{
    put("sys/class/net/eth0/carrier", "0\n");
    go(hall.url);
    CHECK_FOUND(LINK, LINK_DOWN);
    CHECK_FOUND(ADDRESS, NOT_REACHED);
    CHECK_FOUND(HALL, NOT_REACHED);
    put("sys/class/net/eth0/flags", "0x1002\n");
    go(hall.url);
    CHECK_FOUND(LINK, LINK_OFF);
    machine();
}

TEST(the_address)
{
    put("proc/self/net/fib_trie", "Local:\n     |-- 127.0.0.1\n        /32 host LOCAL\n");
    go(hall.url);
    CHECK_FOUND(ADDRESS, ADDRESS_NONE);
    CHECK_FOUND(GATEWAY, NOT_REACHED);
    put("proc/self/net/route", "eth0\t0000FEA9\t00000000\t0001\t0\t0\t100\t0000FFFF\t0\t0\t0\n");
    put("proc/self/net/fib_trie", "Local:\n     |-- 169.254.9.8\n        /32 host LOCAL\n");
    go(hall.url);
    CHECK_FOUND(ADDRESS, ADDRESS_OWN);
    CHECK_STR(r.of[UPLINK_ADDRESS].what, "169.254.9.8/16");
    machine();
    put("var/lib/tongban-network/network.conf", "TONGBAN_ADDRESS=10.3.2.7/24\nTONGBAN_GATEWAY=10.3.2.1\n");
    go(hall.url);
    CHECK_FOUND(ADDRESS, ADDRESS_FIXED);
    put("var/lib/tongban-network/network.conf", "TONGBAN_ADDRESS=10.3.3.7/24\nTONGBAN_GATEWAY=10.3.3.1\n");
    go(hall.url);
    CHECK_FOUND(ADDRESS, ADDRESS_UNUSED);
    CHECK_STR(r.of[UPLINK_ADDRESS].what, "10.3.3.7/24");
    CHECK_FOUND(HALL, HALL_ANSWERS);                                           /* by the address it has */
    put("var/lib/tongban-network/network.conf", "TONGBAN_ADDRESS=10.3.3.7\n"); /* damaged: DHCP does (kioskctl network) */
    go(hall.url);
    CHECK_FOUND(ADDRESS, ADDRESS_DHCP);
    machine();
}

TEST(the_gateway)
{
    put("proc/self/net/route", "eth0\t0002030A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n");
    go(hall.url);
    CHECK_FOUND(GATEWAY, GATEWAY_UNNEEDED);
    go("https://255.255.255.255:1");
    CHECK_FOUND(GATEWAY, GATEWAY_NONE);
    machine();
    go("https://255.255.255.255:1");
    CHECK_FOUND(CONNECT, CONNECT_NO_WAY);
    CHECK_STR(r.of[UPLINK_CONNECT].what, "255.255.255.255:1");
    put("proc/self/net/arp", "10.3.2.1         0x1         0x0         00:00:00:00:00:00     *        eth0\n");
    go("https://255.255.255.255:1");
    CHECK_FOUND(GATEWAY, GATEWAY_SILENT);
    CHECK_FOUND(CONNECT, NOT_REACHED);
    machine();
}

TEST(boxes)
{
    go_box("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    CHECK_FOUND(CONNECT, CONNECTED);
    CHECK_FOUND(TLS, TLS_PORTAL);
    CHECK_INT(r.of[UPLINK_TLS].n, 200);
    go_box("HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\n\r\n");
    CHECK_FOUND(TLS, TLS_PORTAL);
    go_box("HTTP/1.1 404 no\r\nContent-Length: 0\r\n\r\n");
    CHECK_FOUND(TLS, TLS_NONE);
    go_box("");
    CHECK_FOUND(TLS, TLS_CUT);
    CHECK_FOUND(HALL, NOT_REACHED);
    char url[80];
    snprintf(url, sizeof url, "https://%s", box_at);
    go(url); /* it is gone */
    CHECK_FOUND(CONNECT, CONNECT_REFUSED);
}

TEST(a_proxy)
{
    begin_box("HTTP/1.1 407 no\r\nContent-Length: 0\r\n\r\n");
    through = box_at;
    go(hall.url);
    CHECK_FOUND(CONNECT, CONNECTED);
    CHECK_STR(r.of[UPLINK_CONNECT].what, box_at);
    CHECK_FOUND(PROXY, PROXY_REFUSES);
    CHECK_INT(r.of[UPLINK_PROXY].n, 407);
    end_box();
    begin_box("what?\r\n");
    go(hall.url);
    CHECK_FOUND(PROXY, PROXY_STRANGE);
    end_box();
    go(hall.url);
    CHECK_FOUND(CONNECT, CONNECT_REFUSED);
    through = NULL;
}

TEST(another_time)
{
    int64_t now = clock_wall_ms();

    clock_set_wall(clock_wall_ms() + 10 * DAY);
    go(hall.url);
    CHECK_FOUND(HALL, HALL_ANSWERS);
    CHECK_FOUND(TIME, TIME_OFF);
    CHECK(uplink_report_through(&r) && uplink_report_breaks(&r) == UPLINK_TIME);
    clock_set_wall(INT64_C(5680281600000));
    go(hall.url);
    CHECK_FOUND(TLS, TLS_OVER);
    CHECK_STR(r.of[UPLINK_TLS].what, "2150-01-01");
    CHECK(r.of[UPLINK_TLS].n > 0 && r.of[UPLINK_TLS].n < clock_wall_ms());
    clock_set_wall(INT64_C(631152000000));
    go(hall.url);
    CHECK_FOUND(TLS, TLS_EARLY);
    CHECK(r.of[UPLINK_TLS].n > clock_wall_ms());
    clock_set_wall(now);
}

TEST(no_certificate_of_its_own)
{
    rename(stage_path("data/sync/tls.pem"), stage_path("data/sync/away.pem"));
    go(hall.url);
    CHECK_FOUND(HALL, HALL_REFUSES);
    rename(stage_path("data/sync/away.pem"), stage_path("data/sync/tls.pem"));
}

TEST(struck_off)
{
    CHECK_INT(stage_run("hallctl", "terminal", "revoke", ENROLLED_TERMINAL, "--data", stage_path("hall"), "--reason",
                        "scrapped", NULL),
              0);
    for (int tries = 0; tries < 200 && (tries == 0 || r.of[UPLINK_HALL].finding != UPLINK_HALL_REFUSES); tries++) {
        usleep(100000); /* it looks every now and then who is struck off, and a busy one is late */
        go(hall.url);
    }
    CHECK_FOUND(TLS, TLS_GOOD);
    CHECK_FOUND(HALL, HALL_REFUSES);
}

TEST(finish)
{
    loop_destroy(loop);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(SETUP(setup), T(all_the_way), T(a_look_asks_nobody), T(the_cable), T(the_address), T(the_gateway), T(boxes),
          T(a_proxy), T(no_certificate_of_its_own), T(another_time), T(struck_off), TEARDOWN(finish))
