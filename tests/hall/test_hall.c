/* SPDX-License-Identifier: Apache-2.0
 *
 * The programs on folders that are no hall, or a hall that is in use or damaged; and what staff are told by a running one.
 */
#include "test.h"

#include "e2e/enrolled.h"
#include "sync/http.h"
#include "sync/identity.h"

static struct stage_hall hall;
static struct loop *loop;
static struct http *http;

/* `hall` on a folder, to its end; what it said is in the file "log". */
static int start(const char *folder)
{
    unlink(stage_path("log"));
    return stage_run("hall", "--data", stage_path(folder), "--listen", "127.0.0.1:0", NULL);
}

static const char *ctl(const char *command, const char *folder)
{
    unlink(stage_path("log"));
    stage_run("hallctl", command, "--data", stage_path(folder), "--json", NULL);
    return stage_read("out");
}

static void break_file(const char *name, long at, const char *bytes)
{
    FILE *f = fopen(stage_path(name), "r+");
    fseek(f, at, SEEK_SET);
    for (int i = 0; i < 4096; i++)
        fputs(bytes, f);
    fclose(f);
}

TEST(a_folder_that_is_no_hall)
{
    static const char *const commands[] = {"terminals", "records", "alerts", "ratings"};
    stage_open();
    mkdir(stage_path("nothing"), 0755);
    CHECK_INT(start("nothing"), 1);
    CHECK(strstr(stage_read("log"), "holds no hall"));
    CHECK(strstr(stage_read("log"), "hallctl keys init"));
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        CHECK_INT(stage_run("hallctl", commands[i], "--data", stage_path("nothing"), NULL), 3);
        CHECK_STR(stage_read("out"), "");
    }
    CHECK_INT(stage_run("hallctl", "queue", "list", "--office", "1103", "--data", stage_path("nothing"), NULL), 3);
    CHECK_INT(rmdir(stage_path("nothing")), 0); /* nothing was made in it */
    CHECK_INT(start("nowhere"), 1);
}

TEST(setup)
{
    uint8_t epoch[EPOCH_LEN];
    struct private_key *k = NULL;
    struct buf identity;
    char ca[512];
    CHECK(enrolled_hall(&hall));
    CHECK_INT(access(stage_path("hall/hall.id"), F_OK), 0);
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
}

TEST(a_second_hall_on_one_folder)
{
    CHECK_INT(start("hall"), 1);
    CHECK(strstr(stage_read("log"), "another hall runs on"));
    CHECK(strstr(ctl("terminals", "hall"), ENROLLED_TERMINAL)); /* hallctl works beside it */
}

/* --- what a terminal says of itself --- */

static int status;

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    *(bool *)ctx = true;
    status = a ? a->status : -why->code;
}

static void post(const char *path, const char *body)
{
    bool over = false;
    const struct http_call call = {.method = "POST", .path = path, .body = body, .body_len = strlen(body), .timeout_s = 20};
    http_start(http, &call, on_answer, &over);
    while (!over)
        loop_step(loop, -1);
}

static void report(const char *warnings)
{
    char body[300];
    snprintf(body, sizeof body, "{\"v\":1,\"version\":\"x\",\"acked\":0,\"head\":0,\"catalogue\":0,\"warnings\":[%s]}",
             warnings);
    post("/v1/health", body);
    CHECK_INT(status, 200);
}

/* How often an alert of that kind was told, once the hall has written what it knows; 0: never. */
static int told(const char *what)
{
    char word[64];
    const char *row;
    snprintf(word, sizeof word, "\"what\":\"%s\"", what);
    for (const char *p = ctl("alerts", "hall"); (row = strstr(p, "{\"office\"")); p = row + 1) {
        const char *end = strchr(row, '}'), *at = strstr(row, word), *count = strstr(row, "\"count\":");
        if (at && at < end)
            return atoi(count + 8);
    }
    return 0;
}

static bool was_told(void *ctx)
{
    return told(ctx) > 0;
}

TEST(words_of_health)
{
    report("\"journal-behind\",\"never-heard-of\"");
    report("\"journal-behind\""); /* once while it lasts */
    CHECK(stage_until(was_told, (void *)"journal-behind"));
    CHECK_INT(told("journal-behind"), 1);
    CHECK_INT(told("warning"), 1);
    CHECK_INT(told("never-heard-of"), 0); /* a terminal makes no kinds of its own */
    CHECK(strstr(stage_read("out"), "never-heard-of"));
    report("");
    report("\"journal-behind\"");
    for (int i = 0; i < 200 && told("journal-behind") < 2; i++)
        usleep(20000);
    CHECK_INT(told("journal-behind"), 2);
}

/* The numbers are in its words. */
TEST(software_that_is_too_old)
{
    post("/v1/health", "{\"v\":1,\"version\":\"x\",\"acked\":0,\"head\":0,\"catalogue\":3,\"level\":4,\"needs\":5,"
                       "\"warnings\":[\"software-too-old\"]}");
    CHECK_INT(status, 200);
    CHECK(stage_until(was_told, (void *)"software-too-old"));
    CHECK(strstr(stage_read("out"), "catalogue needs level 5, this terminal has 4; update its software"));
}

TEST(a_full_disk)
{
    CHECK(stage_control(hall.control, "clock set 1767574800000"));
    post("/v1/lease",
         "{\"v\":1,\"request\":\"00112233445566778899aabbccddeeff\",\"queue\":\"none\",\"day\":\"2026-01-05\"}");
    CHECK_INT(status, 422); /* no catalogue has the queue */
    CHECK(stage_control(hall.control, "fault disk-full"));
    report("\"head-expired\"");
    CHECK_INT(told("head-expired"), 0);
    CHECK(stage_control(hall.control, "fault none"));
    CHECK(stage_until(was_told, (void *)"head-expired")); /* kept until there was room */
    CHECK(stage_until(was_told, (void *)"hall-disk-full"));
    CHECK(stage_until(was_told, (void *)"queue-unknown"));
}

/* --- who published --- */

/* Who published what, once. */
static void check_audit(const char *want)
{
    struct store *s = NULL;
    struct sql_rows *r = NULL;
    struct err e = {0};
    CHECK_INT(store_open(stage_path("hall"), &s, &e), 0);
    CHECK_INT(sql_select(store_sql(s), &r, &e, "SELECT subject FROM audit WHERE action='publish'", ""), 0);
    CHECK_INT(sql_next(r, &e), 1);
    CHECK_STR(sql_text(r, 0), want);
    CHECK_INT(sql_next(r, &e), 0);
    sql_done(r);
    store_close(s);
}

TEST(publishing_is_written_down)
{
    char items[500];
    snprintf(items, sizeof items, "%s/../../tests/catalogues/zone", stage_build);
    CHECK_INT(stage_run("hallctl", "catalog", "build", items, "--out", stage_path("c.db"), "--version", "1", NULL), 0);
    CHECK_INT(stage_run("hallctl", "catalog", "sign", stage_path("c.db"), "--keys", stage_path("keys"), "--data",
                        stage_path("hall"), NULL),
              0);
    CHECK_INT(stage_run("hallctl", "catalog", "publish", "--data", stage_path("hall"), NULL), 0);
    check_audit("catalogue 1");
    CHECK(stage_wait_text("hall.log", "catalogue 1 has", 1)); /* and the hall knows its queues */
}

/* --- damage --- */

TEST(a_damaged_database)
{
    http_destroy(http);
    loop_destroy(loop);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    if (database_is_server())
        SKIP("a file of SQLite's");
    break_file("hall/hall.db", 8192, "damage");
    CHECK_INT(start("hall"), 1);
    CHECK(strstr(stage_read("log"), "cannot start"));
    CHECK(strstr(stage_read("log"), "restore it from the backup"));
}

TEST(a_lost_database)
{
    if (database_is_server())
        SKIP("a file of SQLite's");
    unlink(stage_path("hall/hall.db"));
    unlink(stage_path("hall/hall.db-wal"));
    unlink(stage_path("hall/hall.db-shm"));
    CHECK_INT(start("hall"), 1);
    CHECK(strstr(stage_read("log"), "is gone"));
    CHECK_INT(stage_run("hallctl", "terminals", "--data", stage_path("hall"), NULL), 3);
    CHECK_INT(access(stage_path("hall/hall.db"), F_OK), -1);
}

TEST(finish)
{
    stage_close(test_failed_);
}

TEST_MAIN(T(a_folder_that_is_no_hall), SETUP(setup), T(a_second_hall_on_one_folder), T(words_of_health),
          T(software_that_is_too_old), T(a_full_disk), T(publishing_is_written_down), T(a_damaged_database),
          T(a_lost_database), TEARDOWN(finish))
