/* SPDX-License-Identifier: Apache-2.0
 *
 * The shipping hall from outside: who is let in, what of the public folder is to be had, the long poll under a moved clock.
 */
#include "test.h"

#include "e2e/enrolled.h"
#include "sync/http.h"
#include "sync/identity.h"

static struct stage_hall hall;
static struct loop *loop;
static struct http *known, *stranger;

struct reply {
    bool over;
    int status;
    char body[4096];
};

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct reply *r = ctx;
    r->over = true;
    r->status = a ? a->status : -why->code;
    snprintf(r->body, sizeof r->body, "%.4000s", a ? (const char *)a->data : why->text);
}

static struct reply call(struct http *h, const char *method, const char *path, int64_t from)
{
    struct reply r = {.over = false};
    const struct http_call c = {.method = method, .path = path, .from = from, .timeout_s = 20};
    http_start(h, &c, on_answer, &r);
    while (!r.over)
        loop_step(loop, -1);
    return r;
}

static int status(struct http *h, const char *method, const char *path)
{
    return call(h, method, path, 0).status;
}

TEST(setup)
{
    uint8_t epoch[EPOCH_LEN];
    struct private_key *k = NULL;
    char ca[512];
    struct buf identity;
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
    const struct http_config without = {.base = hall.url, .ca = ca};
    CHECK_INT(http_create(loop, &with, &known, NULL), 0);
    CHECK_INT(http_create(loop, &without, &stranger, NULL), 0);
    buf_finish(&identity);
}

TEST(strangers_may_only_enrol)
{
    CHECK_INT(status(stranger, "GET", "/.well-known/est/cacerts"), 200);
    CHECK_INT(status(stranger, "POST", "/.well-known/est/simpleenroll"), 401);
    static const char *const gets[] = {"/v1/wait", "/v1/catalog/root.json", "/",
                                       "/nothing", "/.well-known/est/",     "/.well-known/est/cacerts/../../v1/wait"};
    for (size_t i = 0; i < sizeof gets / sizeof *gets; i++)
        CHECK_INT(status(stranger, "GET", gets[i]), 403);
    CHECK_INT(status(stranger, "POST", "/v1/records"), 403);
    CHECK_INT(status(stranger, "POST", "/v1/register"), 403);
    CHECK_INT(status(stranger, "POST", "/v1/health"), 403);
}

TEST(public_files)
{
    CHECK_INT(status(known, "GET", "/v1/catalog/root.json"), 200);
    CHECK_INT(status(known, "GET", "/v1/catalog/head.sig"), 200);
    stage_write("hall/public/green-1103.txt", "TBR1");
    CHECK_INT(status(known, "GET", "/v1/catalog/green-1103.txt"), 200);
    static const char *const hidden[] = {"/v1/catalog/",
                                         "/v1/catalog/green-1204.txt", /* none was issued there */
                                         "/v1/catalog/green-110.txt",
                                         "/v1/catalog/version",
                                         "/v1/catalog/files/",
                                         "/v1/catalog/files/.x",
                                         "/v1/catalog/files/none.db",
                                         "/v1/catalog/files/..%2froot.json",
                                         "/v1/catalog/%2e%2e/hall.db",
                                         "/v1/nothing"};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        CHECK_INT(status(known, "GET", hidden[i]), 404);
}

TEST(ranges)
{
    stage_write("hall/public/files/catalog-1.db", "0123456789");
    struct reply r = call(known, "GET", "/v1/catalog/files/catalog-1.db", 0);
    CHECK_INT(r.status, 200);
    CHECK_STR(r.body, "0123456789");
    r = call(known, "GET", "/v1/catalog/files/catalog-1.db", 7);
    CHECK_INT(r.status, 206);
    CHECK_STR(r.body, "789");
    CHECK_INT(call(known, "GET", "/v1/catalog/files/catalog-1.db", 10).status, 416);
}

TEST(long_poll)
{
    struct reply r = call(known, "GET", "/v1/wait?catalogue=5", 0);
    CHECK_INT(r.status, 200);
    CHECK_STR(r.body, "{\"catalogue\":0,\"spread_ms\":0}");
    CHECK_INT(status(known, "GET", "/v1/wait"), 200);
    CHECK_INT(status(known, "GET", "/v1/wait?catalogue=-3"), 200);
    struct reply late = {.over = false};
    const struct http_call c = {.method = "GET", .path = "/v1/wait?catalogue=0", .timeout_s = 100};
    http_start(known, &c, on_answer, &late);
    CHECK_INT(status(known, "GET", "/v1/wait"), 200); /* others are served meanwhile */
    CHECK(!late.over);
    /* it is in the hall's hands by the time another round has gone */
    while (!late.over && stage_control(hall.control, "clock advance 61000"))
        loop_step(loop, 50);
    CHECK_INT(late.status, 204);
}

TEST(slow_answers_still_come)
{
    CHECK(stage_control(hall.control, "fault slow 50"));
    CHECK_INT(status(known, "GET", "/v1/catalog/root.json"), 200);
    CHECK(stage_control(hall.control, "fault none"));
    CHECK(!stage_control(hall.control, "fault nonsense"));
}

TEST(finish)
{
    http_destroy(known);
    http_destroy(stranger);
    loop_destroy(loop);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(SETUP(setup), T(strangers_may_only_enrol), T(public_files), T(ranges), T(long_poll), T(slow_answers_still_come),
          TEARDOWN(finish))
