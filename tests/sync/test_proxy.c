/* SPDX-License-Identifier: Apache-2.0
 *
 * Through a proxy: the hall is reached by CONNECT and by nothing else, is verified as ever, and nothing that the proxy says
 * of itself counts, above all not its time. A proxy that refuses, or is not there, is a hall that is not reached.
 */
#include "test.h"

#include <arpa/inet.h>

#include "e2e/enrolled.h"
#include "sync/http.h"
#include "sync/identity.h"

#define BEFORE INT64_C(1700000000000) /* what the hall says is later, what the proxy says is not */

static struct stage_hall hall;
static struct loop *loop;
static struct http *http;
static pid_t proxy;
static char proxy_at[40];
static int64_t said_ms;
static int status;

/* --- a proxy --- */

static void relay(int a, int b)
{
    struct pollfd fds[2] = {{a, POLLIN, 0}, {b, POLLIN, 0}};
    char piece[16384];

    while (poll(fds, 2, -1) > 0)
        for (int i = 0; i < 2; i++) {
            if (!fds[i].revents)
                continue;
            ssize_t n = read(fds[i].fd, piece, sizeof piece);
            if (n <= 0 || write(fds[!i].fd, piece, (size_t)n) != n)
                return;
        }
}

static int reach(const char *host, int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    inet_pton(AF_INET, host, &to.sin_addr);
    return connect(fd, (struct sockaddr *)&to, sizeof to) == 0 ? fd : -1;
}

static void serve(int fd, bool lets)
{
    static const char yes[] = "HTTP/1.1 200 ok\r\nDate: Tue, 01 Jan 2019 00:00:00 GMT\r\n\r\n";
    static const char no[] = "HTTP/1.1 403 no\r\nDate: Tue, 01 Jan 2019 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
    char head[2048] = "", host[64];
    size_t len = 0;
    int port, to = -1;

    while (!strstr(head, "\r\n\r\n") && len < sizeof head - 1) {
        ssize_t n = read(fd, head + len, sizeof head - 1 - len);
        if (n <= 0)
            return;
        len += (size_t)n;
        head[len] = '\0';
    }
    stage_write("asked", head);
    if (lets && sscanf(head, "CONNECT %63[0-9.]:%d HTTP/1.1", host, &port) == 2)
        to = reach(host, port);
    if (to < 0) {
        (void)!write(fd, no, sizeof no - 1);
        return;
    }
    (void)!write(fd, yes, sizeof yes - 1);
    relay(fd, to);
}

static void begin_proxy(bool lets)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    CHECK(bind(fd, (struct sockaddr *)&at, len) == 0 && listen(fd, 8) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&at, &len) == 0);
    snprintf(proxy_at, sizeof proxy_at, "127.0.0.1:%d", ntohs(at.sin_port));
    proxy = fork();
    if (proxy == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (int one; (one = accept(fd, NULL, NULL)) >= 0; close(one))
            if (fork() == 0) {
                prctl(PR_SET_PDEATHSIG, SIGKILL);
                serve(one, lets);
                _exit(0);
            }
        _exit(0);
    }
    close(fd);
}

static void end_proxy(void)
{
    kill(proxy, SIGKILL);
    waitpid(proxy, NULL, 0);
}

/* --- the client --- */

static void on_date(void *ctx, int64_t hall_ms, int64_t ends_ms)
{
    said_ms = hall_ms;
}

static void begin(const char *through)
{
    struct buf identity;
    char ca[512];

    snprintf(ca, sizeof ca, "%s", stage_path("data/sync/ca.crt"));
    CHECK_INT(identity_load(stage_path("data"), &identity, NULL), 0);
    const struct http_config with = {.base = hall.url, .ca = ca, .proxy = through, .identity = &identity, .date = on_date};
    CHECK_INT(http_create(loop, &with, &http, NULL), 0);
    buf_finish(&identity);
    said_ms = 0;
}

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    *(bool *)ctx = true;
    status = a ? a->status : -why->code;
}

static int get(void)
{
    bool over = false;
    const struct http_call call = {.method = "GET", .path = "/v1/acts", .timeout_s = 20};

    http_start(http, &call, on_answer, &over);
    while (!over)
        loop_step(loop, -1);
    return status;
}

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

TEST(through_one)
{
    char want[120];

    begin_proxy(true);
    begin(proxy_at);
    CHECK_INT(get(), 200);
    snprintf(want, sizeof want, "CONNECT %s HTTP/1.1\r\n", hall.address);
    CHECK(strncmp(stage_read("asked"), want, strlen(want)) == 0);
    CHECK(!strstr(stage_read("asked"), "/v1/acts") && !strstr(stage_read("asked"), "Authorization"));
    CHECK(said_ms > BEFORE); /* the hall's, not the proxy's */
    http_destroy(http);
    end_proxy();
}

TEST(one_that_refuses)
{
    begin_proxy(false);
    begin(proxy_at);
    CHECK(get() < 0);
    CHECK_INT(said_ms, 0);
    CHECK(!http_untrusted(http));
    http_destroy(http);
    end_proxy();
}

TEST(one_that_is_not_there)
{
    begin(proxy_at);
    CHECK(get() < 0); /* nothing goes around it */
    http_destroy(http);
}

/* The environment of whoever starts the program names none. */
TEST(none)
{
    setenv("https_proxy", "http://127.0.0.1:9", 1);
    begin("");
    CHECK_INT(get(), 200);
    http_destroy(http);
}

/* A terminal whose sheet says so finds its hall before it has anything else. */
TEST(enrolled_through_one)
{
    uint8_t epoch[EPOCH_LEN];
    struct private_key *k = NULL;

    begin_proxy(true);
    unlink(stage_path("asked"));
    CHECK_INT(stage_run("hallctl", "terminal", "add", "--data", stage_path("hall"), "--id", ENROLLED_TERMINAL, "--office",
                        "1103", "--place", stage_path("place.json"), "--hall", hall.url, "--out", stage_path("sheet.json"),
                        "--proxy", proxy_at, NULL),
              0);
    CHECK(enrolled_prepare(epoch, &k));
    key_free(k);
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    CHECK(strncmp(stage_read("asked"), "CONNECT ", 8) == 0);
    end_proxy();
}

TEST(finish)
{
    loop_destroy(loop);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(SETUP(setup), T(through_one), T(one_that_refuses), T(one_that_is_not_there), T(none), T(enrolled_through_one),
          TEARDOWN(finish))
