/* SPDX-License-Identifier: Apache-2.0
 *
 * An edition of the catalogue from its signature to every terminal: brought, approved by another, rolled out, paused,
 * withdrawn, stopped by a refusal, given to all. One terminal asks a running hall as kiosk-sync does.
 */
#include "test.h"

#include "e2e/enrolled.h"
#include "sync/http.h"
#include "sync/identity.h"
#include "tools/hall/store/store_halt.h"
#include "wire/manifest.h"

#define WHO "--office", "1103", "--reason", "试用"

static struct stage_hall hall;
static struct loop *loop;
static struct http *http;
static int status;
static char body[40000];

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    *(bool *)ctx = true;
    status = a ? a->status : -why->code;
    snprintf(body, sizeof body, "%.*s", a ? (int)a->len : 0, a ? (const char *)a->data : "");
}

static const char *ask(const char *method, const char *path, const char *text)
{
    bool over = false;
    const struct http_call call = {
        .method = method, .path = path, .body = text, .body_len = text ? strlen(text) : 0, .timeout_s = 90};

    http_start(http, &call, on_answer, &over);
    while (!over)
        loop_step(loop, -1);
    return body;
}

static void say_health(int catalogue, const char *more)
{
    char text[300];

    snprintf(
        text, sizeof text,
        "{\"v\":1,\"version\":\"x\",\"acked\":0,\"head\":0,\"catalogue\":%d,\"level\":99,\"needs\":0,\"warnings\":[]%s}",
        catalogue, more);
    ask("POST", "/v1/health", text);
    CHECK_INT(status, 200);
}

/* What head.json and catalog.json say to this terminal, which must be one. */
static int offered(void)
{
    struct manifest_head head;
    struct manifest_catalog c;

    ask("GET", "/v1/catalog/head.json", NULL);
    if (status != 200 || manifest_head_decode(body, strlen(body), &head, NULL) < 0)
        return -1;
    ask("GET", "/v1/catalog/catalog.json", NULL);
    if (status != 200 || manifest_catalog_decode(body, strlen(body), &c, NULL) < 0)
        return -2;
    return c.version == head.catalogue ? (int)c.version : -3;
}

static bool is_offered(void *ctx)
{
    return offered() == *(int *)ctx;
}

/* The long poll answers with another version than the one known. */
static bool poll_says(int known, int version)
{
    char path[60], want[40];

    snprintf(path, sizeof path, "/v1/wait?catalogue=%d", known);
    snprintf(want, sizeof want, "\"catalogue\":%d,", version);
    return strstr(ask("GET", path, NULL), want) != NULL;
}

/* One word of `catalog status` of a version. */
static bool status_has(const char *version, const char *word)
{
    char line[60];

    snprintf(line, sizeof line, "{\"version\":%s,\"state\":\"%s\"", version, word);
    stage_run("hallctl", "catalog", "status", "--data", stage_path("hall"), "--json", NULL);
    return strstr(stage_read("out"), line) != NULL;
}

static bool third_is(void *ctx)
{
    return status_has("3", ctx);
}

static int sign(const char *version)
{
    char items[500];

    snprintf(items, sizeof items, "%s/../../tests/catalogues/zone", stage_build);
    if (stage_run("hallctl", "catalog", "build", items, "--out", stage_path("c.db"), "--version", version, NULL))
        return -1;
    return stage_run("hallctl", "catalog", "sign", stage_path("c.db"), "--keys", stage_path("keys"), "--data",
                     stage_path("hall"), NULL);
}

#define CATALOG(verb, ...)                                                                                                  \
    (unlink(stage_path("log")), stage_run("hallctl", "catalog", verb, "--data", stage_path("hall"), __VA_ARGS__, NULL))
#define ACT(verb, version, name, ...) CATALOG(verb, WHO, "--version", version, "--staff", name, ##__VA_ARGS__)

static const char *said(void)
{
    return stage_read("log");
}

TEST(setup)
{
    uint8_t epoch[EPOCH_LEN];
    struct private_key *k = NULL;
    struct buf identity;
    char ca[512];

    stage_open();
    CHECK(enrolled_hall(&hall));
    CHECK_INT(enrolled_sheet(&hall), 0);
    CHECK(enrolled_prepare(epoch, &k));
    key_free(k);
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    CHECK_INT(stage_run("hallctl", "terminal", "add", "--data", stage_path("hall"), "--id", "t-2", "--office", "1103",
                        "--place", stage_path("place.json"), "--hall", hall.url, "--out", stage_path("sheet-2.json"), NULL),
              0);
    CHECK_INT(stage_run("hallctl", "terminal", "add", "--data", stage_path("hall"), "--id", "t-new", "--office", "1103",
                        "--place", stage_path("place.json"), "--hall", hall.url, "--out", stage_path("sheet-new.json"),
                        NULL),
              0);
    CHECK(enrolled_prepare_as("t-2", "data-2", epoch, &k));
    key_free(k);
    CHECK_INT(stage_run("kiosk-sync", "enrol", "--sheet", stage_path("sheet-2.json"), "--data", stage_path("data-2"), NULL),
              0);
    snprintf(ca, sizeof ca, "%s", stage_path("data/sync/ca.crt"));
    CHECK_INT(identity_load(stage_path("data"), &identity, NULL), 0);
    loop = loop_create();
    const struct http_config with = {.base = hall.url, .ca = ca, .identity = &identity};
    CHECK_INT(http_create(loop, &with, &http, NULL), 0);
    buf_finish(&identity);
    CHECK_INT(sign("1"), 0);
    CHECK_INT(stage_run("hallctl", "catalog", "publish", "--data", stage_path("hall"), NULL), 0);
    CHECK(stage_until(is_offered, &(int){1}));
    say_health(1, "");
}

TEST(another_person_approves)
{
    CHECK_INT(sign("2"), 0);
    CHECK_INT(CATALOG("bring", WHO, "--staff", "张三"), 0);
    CHECK_INT(CATALOG("bring", WHO, "--staff", "张三"), 3); /* nothing is staged any more */
    CHECK_INT(ACT("rollout", "2", "张三", "--percent", "10"), 4);
    CHECK_INT(ACT("approve", "2", "张三"), 4);
    CHECK(strstr(said(), "own: who brought it does not approve it"));
    CHECK_INT(ACT("approve", "2", "李四"), 0);
    CHECK_INT(ACT("approve", "2", "王五"), 4); /* who was slower */
    CHECK_INT(ACT("approve", "9", "李四"), 3);
    CHECK_INT(offered(), 1);
}

TEST(only_whom_it_is_meant_for)
{
    CHECK_INT(ACT("rollout", "2", "李四"), 4);
    CHECK(strstr(said(), "nobody"));
    CHECK_INT(ACT("rollout", "2", "李四", "--percent", "100"), 4);
    CHECK_INT(ACT("rollout", "2", "李四", "--terminals", "t-2,t-none"), 4);
    CHECK(strstr(said(), "no-terminal"));
    CHECK_INT(ACT("rollout", "2", "李四", "--terminals", "t-2,t-new"), 4); /* it would wait for ever */
    CHECK(strstr(said(), "no-certificate"));
    CHECK_INT(ACT("rollout", "2", "李四", "--terminals", "t-2"), 0);
    CHECK(status_has("2", "runs"));
    CHECK_INT(stage_run("hallctl", "terminals", "--data", stage_path("hall"), NULL), 0);
    CHECK_INT(offered(), 1);
    CHECK_INT(ACT("rollout", "2", "李四", "--terminals", ENROLLED_TERMINAL), 0);
    CHECK(poll_says(1, 2)); /* it waits, and is woken */
    CHECK_INT(offered(), 2);
}

TEST(who_has_it_keeps_it)
{
    CHECK_INT(ACT("pause", "2", "李四"), 0);
    CHECK(stage_until(is_offered, &(int){1})); /* it had not said that it has it */
    CHECK_INT(ACT("resume", "2", "李四"), 0);
    CHECK(stage_until(is_offered, &(int){2}));
    say_health(2, "");
    CHECK_INT(ACT("pause", "2", "李四"), 0);
    CHECK_INT(ACT("withdraw", "2", "李四"), 0);
    CHECK_INT(ACT("resume", "2", "李四"), 4);
    CHECK(poll_says(1, 2)); /* one that has it is told nothing else, whatever it says now */
    CHECK_INT(offered(), 2);
}

/* A hall that was started anew does not know yet what its terminals have: the terminal says so. */
TEST(also_after_a_restart)
{
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    CHECK(stage_hall_start(&hall));
    http_destroy(http);
    struct buf identity;
    char ca[512];
    snprintf(ca, sizeof ca, "%s", stage_path("data/sync/ca.crt"));
    CHECK_INT(identity_load(stage_path("data"), &identity, NULL), 0);
    const struct http_config with = {.base = hall.url, .ca = ca, .identity = &identity};
    CHECK_INT(http_create(loop, &with, &http, NULL), 0);
    buf_finish(&identity);
    say_health(2, "");
    CHECK(stage_until(is_offered, &(int){2}));
}

TEST(a_refusal_stops_it)
{
    CHECK_INT(sign("3"), 0);
    CHECK_INT(CATALOG("bring", WHO, "--staff", "张三"), 0);
    CHECK_INT(ACT("approve", "3", "李四"), 0);
    CHECK_INT(ACT("rollout", "3", "李四", "--terminals", ENROLLED_TERMINAL), 0);
    CHECK(poll_says(2, 3));
    CHECK_INT(ACT("rollout", "3", "李四", "--percent", "100"), 0); /* ordered, and waits */
    CHECK(status_has("3", "runs"));
    say_health(2, ",\"refused\":3,\"why\":\"signature\"");
    CHECK(stage_until(third_is, "stopped"));
    CHECK_INT(CATALOG("status", "--version", "3"), 0);
    CHECK(strstr(stage_read("out"), "refused: signature"));
    CHECK(stage_wait_text("hall.log", "catalogue-stopped", 1));
    CHECK_INT(offered(), 2);
}

TEST(at_last_all_have_it)
{
    CHECK_INT(ACT("resume", "3", "李四"), 0);
    CHECK(stage_until(is_offered, &(int){3}));
    say_health(3, "");
    CHECK(stage_until(third_is, "current")); /* what was ordered begins by itself */
    CHECK(stage_wait_text("hall.log", "catalogue 3 is published", 1));
    CHECK_INT(offered(), 3);
    CHECK_INT(ACT("pause", "3", "李四"), 4);
    CHECK_INT(ACT("withdraw", "3", "李四"), 4);
    CHECK_INT(access(stage_path("hall/public/files/catalog-3.db"), F_OK), 0);
}

TEST(what_is_too_old_is_not_brought)
{
    CHECK_INT(sign("3"), 0);
    CHECK(CATALOG("bring", WHO, "--staff", "张三") != 0);
    CHECK(strstr(said(), "version 3 is not above 3"));
    CHECK_INT(stage_run("hallctl", "catalog", "again", stage_path("hall/public/files/catalog-1.db"), "--out",
                        stage_path("back.db"), "--version", "4", NULL),
              0);
    CHECK_INT(stage_run("hallctl", "catalog", "sign", stage_path("back.db"), "--keys", stage_path("keys"), "--data",
                        stage_path("hall"), NULL),
              0);
    CHECK_INT(CATALOG("bring", WHO, "--staff", "张三"), 0);
    CHECK(status_has("4", "brought"));
    /* nor is its number another's, or one below what some terminals have, published past it */
    CHECK_INT(sign("4"), 0);
    CHECK_INT(CATALOG("publish", "--json"), 4);
    CHECK(strstr(said(), "version 4 was brought"));
    CHECK_INT(ACT("approve", "4", "李四"), 0);
    CHECK_INT(sign("5"), 0);
    CHECK_INT(CATALOG("bring", WHO, "--staff", "张三"), 0);
    CHECK_INT(ACT("approve", "5", "李四"), 0);
    CHECK_INT(ACT("rollout", "5", "李四", "--terminals", "t-2"), 0);
    CHECK_INT(ACT("withdraw", "5", "李四"), 0);
    CHECK_INT(ACT("rollout", "4", "李四", "--terminals", "t-2"), 4);
    CHECK(strstr(said(), "old-version"));
}

/* --- items that are off --- */

static void take_off(int n)
{
    struct store *s = NULL;
    struct err e = {0};

    CHECK_INT(store_open(stage_path("hall"), &s, &e), 0);
    CHECK_INT(store_begin(s, &e), 0);
    for (int i = 0; i < n; i++) {
        struct halt_row r = {
            .off = true, .halt = {.upto = 1, .zh = "x"}, .name = "x", .changed = 7000, .by = "x", .why = "x"};

        snprintf(r.halt.task_code, sizeof r.halt.task_code, "off-%d-", i);
        CHECK_INT(halt_put(s, &r, &e), 0);
    }
    CHECK_INT(store_commit(s, &e), 0);
    CHECK_STR(e.text, "");
    store_close(s);
}

static bool poll_tells(void *ctx)
{
    return strstr(ask("GET", ctx, NULL), "\"halts\"") != NULL;
}

/* A terminal of earlier software would refuse a list of thirteen, and go by none of it: it is told the first twelve. */
TEST(who_takes_no_long_list_is_told_the_first_of_it)
{
    take_off(HALTS_FEW + 1);
    CHECK(stage_until(poll_tells, "/v1/wait?halts=0"));
    CHECK(strstr(body, "off-11-") && !strstr(body, "off-12-"));
    CHECK(strstr(body, "\\\"version\\\":7011,"));
    CHECK(poll_tells("/v1/wait?halts=0&whole=1"));
    CHECK(strstr(body, "off-12-") && strstr(body, "\\\"version\\\":7012,"));
    CHECK(!poll_tells("/v1/wait?halts=7011"));
    CHECK(poll_tells("/v1/wait?halts=7011&whole=1")); /* its software is new by now */
    CHECK(!poll_tells("/v1/wait?halts=7012&whole=1"));
}

TEST(finish)
{
    http_destroy(http);
    loop_destroy(loop);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(SETUP(setup), T(another_person_approves), T(only_whom_it_is_meant_for), T(who_has_it_keeps_it),
          T(also_after_a_restart), T(a_refusal_stops_it), T(at_last_all_have_it), T(what_is_too_old_is_not_brought),
          T(who_takes_no_long_list_is_told_the_first_of_it), TEARDOWN(finish))
