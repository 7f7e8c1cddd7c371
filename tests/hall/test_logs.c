/* SPDX-License-Identifier: Apache-2.0
 *
 * From the command by which staff want a terminal's logs to the file they get: a hall, kiosk-sync's part against it, a line
 * that breaks off.
 */
#include "test.h"

#include "base/fs.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "e2e/enrolled.h"
#include "sync/http.h"
#include "sync/identity.h"
#include "sync/logs.h"
#include "wire/logs.h"

#define LEN 700000

static struct stage_hall hall;
static struct loop *loop;
static struct http *http;
static struct logs_client *client;
static uint8_t logs[LEN];
static char text[64 * 1024];
static int status;

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    *(bool *)ctx = true;
    status = a ? a->status : -why->code;
    snprintf(text, sizeof text, "%s", a ? (const char *)a->data : why->text);
}

static void call(const char *method, const char *path, const void *body, size_t len)
{
    bool over = false;
    const struct http_call c = {.method = method, .path = path, .body = body, .body_len = len, .timeout_s = 20};

    http_start(http, &c, on_answer, &over);
    while (!over)
        loop_step(loop, -1);
}

TEST(setup)
{
    uint8_t epoch[EPOCH_LEN];
    struct private_key *k = NULL;
    struct buf identity;
    char ca[512], data[512];

    stage_open();
    CHECK(enrolled_hall(&hall));
    CHECK_INT(enrolled_sheet(&hall), 0);
    CHECK(enrolled_prepare(epoch, &k));
    key_free(k);
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    snprintf(ca, sizeof ca, "%s", stage_path("data/sync/ca.crt"));
    CHECK_INT(identity_load(stage_path("data"), &identity, NULL), 0);
    loop = loop_create();
    const struct http_config with = {.base = hall.url, .ca = ca, .identity = &identity};
    CHECK_INT(http_create(loop, &with, &http, NULL), 0);
    buf_finish(&identity);
    CHECK_INT(mkdir(stage_path("data-logs"), 0700), 0);
    snprintf(data, sizeof data, "%s", stage_path("data"));
    CHECK_INT(logs_client_create(http, data, &client, NULL), 0);
    for (size_t i = 0; i < LEN; i++)
        logs[i] = (uint8_t)(i * 13 + i / 509);
}

/* Staff want them, and the terminal has heard: the act's id, in digits. */
static void want(char id[2 * ACT_ID_LEN + 1])
{
    CHECK_INT(stage_run("hallctl", "terminal", "act", "logs", "--data", stage_path("hall"), "--terminals", ENROLLED_TERMINAL,
                        "--why", "卡住了", NULL),
              0);
    call("GET", "/v1/acts", NULL, 0);
    CHECK_INT(status, 200);
    CHECK(strstr(text, "\\\"act\\\":\\\"logs\\\""));
    const char *at = NULL;
    for (const char *p = text; (p = strstr(p, "\\\"id\\\":\\\"")); p++)
        at = p; /* the newest */
    CHECK(at != NULL);
    snprintf(id, 2 * ACT_ID_LEN + 1, "%s", at ? at + 9 : "");
}

/* In place of those of before, as root's part does (board/common/logs.sh). */
static void lay_down(const char *id, const char *end, const void *bytes, size_t len)
{
    char name[80], clear[600];

    snprintf(clear, sizeof clear, "rm -f '%s'/hall-*", stage_path("data-logs"));
    CHECK_INT(system(clear), 0);
    snprintf(name, sizeof name, "data-logs/hall-%s.%s", id, end);
    CHECK_INT(fs_write_atomic(stage_path(name), bytes, len, 0640, NULL), 0);
}

/* An answer that is lost waits for the next wake, which kiosk-sync's own round gives. */
static bool is_given(void *ctx)
{
    logs_client_wake(client);
    loop_step(loop, 20);
    return strncmp(stage_read("data/sync/logs-given"), ctx, 2 * ACT_ID_LEN) == 0;
}

static const char *listed(void)
{
    unlink(stage_path("out"));
    CHECK_INT(stage_run("hallctl", "terminal", "logs", "--data", stage_path("hall"), "--terminal", ENROLLED_TERMINAL, NULL),
              0);
    return stage_read("out");
}

static int fetch(const char *id)
{
    return stage_run("hallctl", "terminal", "logs", "--data", stage_path("hall"), "--terminal", ENROLLED_TERMINAL, "--act",
                     id, "--out", stage_path("got.gz"), NULL);
}

static bool got_them(void)
{
    struct buf b;
    bool same = fs_read(stage_path("got.gz"), LEN, &b, NULL) == 0 && b.len == LEN && memcmp(b.data, logs, LEN) == 0;

    buf_finish(&b);
    return same;
}

static void send_piece(const char *id, int64_t at, size_t len)
{
    struct logs_piece p = {.size = LEN, .at = at, .bytes = logs + at, .len = len};
    struct buf body;
    size_t n = 0;

    CHECK_INT(hex_decode(id, 2 * ACT_ID_LEN, p.id, ACT_ID_LEN, &n), 0);
    sha256(logs, LEN, p.sha256);
    buf_init(&body, LOGS_BODY_MAX);
    CHECK_INT(logs_piece_encode(&p, &body, NULL), 0);
    call("POST", "/v1/logs", body.data, body.len);
    buf_finish(&body);
}

TEST(nobody_asked)
{
    CHECK(strstr(listed(), "no logs were asked of it"));
    send_piece("00112233445566778899aabbccddeeff", 0, 100);
    CHECK_INT(status, 403);
    call("POST", "/v1/logs", "{}\n", 3);
    CHECK_INT(status, 400);
    CHECK_INT(fetch("newest"), 3);
}

TEST(asked_and_here)
{
    char id[2 * ACT_ID_LEN + 1];

    want(id);
    CHECK(strstr(listed(), "the terminal has not begun"));
    send_piece(id, 0, 1000); /* as an earlier run of the program did */
    CHECK_STR(text, "{\"have\":1000,\"over\":false}");
    CHECK(strstr(listed(), "on their way (1 of 684 kB)"));
    CHECK_INT(fetch("newest"), 3); /* not before they are whole */
    lay_down(id, "gz", logs, LEN);
    logs_client_wake(client);
    CHECK(stage_until(is_given, id));
    CHECK(strstr(listed(), "here (684 of 684 kB)"));
    CHECK_INT(fetch("newest"), 0);
    CHECK(got_them());
    unlink(stage_path("data/sync/logs-given")); /* lost: the hall says that they are over */
    logs_client_wake(client);
    CHECK(stage_until(is_given, id));
}

TEST(a_line_that_breaks_off)
{
    char id[2 * ACT_ID_LEN + 1];

    want(id);
    unlink(stage_path("got.gz"));
    lay_down(id, "gz", logs, LEN);
    CHECK(stage_control(hall.control, "fault cut-after 40")); /* answers are cut short: what came is kept */
    for (int i = 0; i < 3; i++) {
        logs_client_wake(client);
        for (int k = 0; k < 20; k++)
            loop_step(loop, 20);
    }
    CHECK(stage_control(hall.control, "fault none"));
    logs_client_wake(client);
    CHECK(stage_until(is_given, id));
    CHECK_INT(fetch(id), 0);
    CHECK(got_them());
}

TEST(why_there_are_none)
{
    char id[2 * ACT_ID_LEN + 1];

    want(id);
    lay_down(id, "why", "too-long\n", 9);
    logs_client_wake(client);
    CHECK(stage_until(is_given, id));
    CHECK(strstr(listed(), "they are longer than a hall takes"));
    CHECK_INT(fetch(id), 3);
}

TEST(finish)
{
    logs_client_destroy(client);
    http_destroy(http);
    loop_destroy(loop);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(SETUP(setup), T(nobody_asked), T(asked_and_here), T(a_line_that_breaks_off), T(why_there_are_none),
          TEARDOWN(finish))
