/* SPDX-License-Identifier: Apache-2.0
 *
 * Certificates with the validity of real ones, on the shipping hall under a moved clock: who is let in when, renewal from
 * both sides, wrong codes. The tests follow one another on one stage; this program's clock goes with the hall's.
 */
#include "test.h"

#include "base/clock.h"
#include "e2e/enrolled.h"
#include "sync/enrol_cert.h"
#include "sync/http.h"
#include "sync/identity.h"

#define DAY INT64_C(86400000)

static struct stage_hall hall;
static struct loop *loop;
static struct http *http; /* with the terminal's certificate */
static struct buf old;    /* the certificate it was enrolled with */
static int64_t moment_ms, shown_ms;
static bool moment_sure;
static char ca[512];

struct reply {
    bool over;
    int status, rc;
    struct buf body;
};

static void on_answer(void *ctx, const struct http_answer *a, const struct err *why)
{
    struct reply *r = ctx;
    r->over = true;
    r->status = a ? a->status : 0;
    r->rc = a ? 0 : -why->code;
    buf_init(&r->body, HTTP_ANSWER_MAX);
    if (a)
        buf_add(&r->body, a->data, a->len);
}

static struct reply call(struct http *h, const struct http_call *c)
{
    struct reply r = {.over = false};
    http_start(h, c, on_answer, &r);
    while (!r.over)
        loop_step(loop, -1);
    return r;
}

static int status(struct http *h, const char *method, const char *path)
{
    struct reply r = call(h, &(struct http_call){.method = method, .path = path, .timeout_s = 20});
    buf_finish(&r.body);
    return r.status ? r.status : r.rc;
}

static int get(struct http *h)
{
    return status(h, "GET", "/v1/catalog/root.json");
}

static int64_t moment(void *ctx, bool *ret_sure)
{
    *ret_sure = moment_sure;
    return moment_sure ? clock_wall_ms() : moment_ms;
}

static void on_date(void *ctx, int64_t hall_ms, int64_t ends_ms)
{
    shown_ms = ends_ms;
}

static struct http *client(const struct buf *identity)
{
    struct http *h = NULL;
    const struct http_config config = {.base = hall.url, .ca = ca, .identity = identity, .date = on_date, .moment = moment};
    CHECK_INT(http_create(loop, &config, &h, NULL), 0);
    return h;
}

static void pass(int days)
{
    char line[64];
    snprintf(line, sizeof line, "clock advance %lld", (long long)(days * DAY));
    CHECK(stage_control(hall.control, line));
    clock_advance(days * DAY);
}

/* The status; *ret gets key and certificate when it is 200. */
static int renew(struct http *h, struct buf *ret)
{
    struct private_key *k = NULL;
    struct buf key, csr;
    buf_init(&key, 4096);
    buf_init(&csr, 4096);
    buf_init(ret, IDENTITY_MAX);
    CHECK_INT(key_generate(&k, NULL), 0);
    CHECK_INT(key_to_pem(k, &key, NULL), 0);
    key_free(k);
    CHECK_INT(enrol_cert_request(&key, "whatever", &csr, NULL), 0);
    struct reply r = call(h, &(struct http_call){.method = "POST",
                                                 .path = "/.well-known/est/simplereenroll",
                                                 .type = "application/pkcs10",
                                                 .body = csr.data,
                                                 .body_len = csr.len,
                                                 .timeout_s = 20});
    if (r.status == 200) {
        buf_add(ret, key.data, key.len);
        CHECK_INT(enrol_cert_pick_key(r.body.data, r.body.len, &key, ret, NULL), 0);
    }
    buf_finish(&r.body);
    buf_finish(&key);
    buf_finish(&csr);
    return r.status;
}

TEST(setup)
{
    uint8_t epoch[EPOCH_LEN];
    struct private_key *k = NULL;
    stage_open();
    stage_write("place.json", "{\"zone\":\"城东\",\"spot\":\"一层\",\"device\":\"03 号机\",\"hotline\":\"12345\","
                              "\"supervision\":\"12345\"}");
    CHECK_INT(stage_run("hallctl", "keys", "init", "--keys", stage_path("keys"), "--data", stage_path("hall"), NULL), 0);
    CHECK(stage_hall_start(&hall));
    CHECK_INT(enrolled_sheet(&hall), 0);
    CHECK(enrolled_prepare(epoch, &k));
    key_free(k);
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    snprintf(ca, sizeof ca, "%s", stage_path("data/sync/ca.crt"));
    CHECK_INT(identity_load(stage_path("data"), &old, NULL), 0);
    loop = loop_create();
    moment_sure = true;
    http = client(&old);
    CHECK_INT(get(http), 200);
}

/* The hall's own certificate changes, and a connection that was there goes on as it was. */
TEST(the_server_renews_itself)
{
    int64_t before = shown_ms;
    CHECK(before > clock_wall_ms() + 300 * DAY);
    pass(250);
    CHECK_INT(get(http), 200);
    CHECK_INT(shown_ms, before); /* no new handshake */
    struct http *other = client(&old);
    CHECK_INT(get(other), 200);
    CHECK(shown_ms > before + 200 * DAY);
    http_destroy(other);
}

/* A certificate that has ended is good for its renewal and for nothing else; old and new are, until the new one is seen. */
TEST(renewal_after_the_end)
{
    struct buf one, two, three;
    pass(120);
    CHECK_INT(get(http), 403);
    CHECK_INT(status(http, "POST", "/v1/records"), 403);
    CHECK_INT(status(http, "POST", "/v1/register"), 403);
    CHECK_INT(status(http, "GET", "/nothing"), 403);
    CHECK_INT(renew(http, &one), 200); /* and the answer was lost */
    CHECK_INT(renew(http, &two), 200);
    struct http *lost = client(&one), *fresh = client(&two);
    CHECK_INT(get(lost), 403); /* another took its place */
    CHECK_INT(get(fresh), 200);
    CHECK_INT(renew(http, &three), 403); /* the new one was seen: the old one is over */
    buf_finish(&three);
    CHECK_INT(renew(fresh, &three), 200);
    CHECK_INT(get(fresh), 200); /* the third was not seen yet */
    http_destroy(lost);
    http_destroy(fresh);
    http_destroy(http);
    http = client(&three);
    CHECK_INT(get(http), 200);
    buf_finish(&one);
    buf_finish(&two);
    buf_finish(&three);
}

/* Without a restart: requests after http_identity() use the new one, and the old connection is not used again. */
TEST(another_identity_in_the_same_client)
{
    struct buf next, last;
    CHECK_INT(renew(http, &next), 200);
    CHECK_INT(http_identity(http, &next, NULL), 0);
    CHECK_INT(get(http), 200);
    CHECK_INT(renew(http, &last), 200);
    buf_finish(&next);
    buf_finish(&last);
}

/* What the terminal's clock may be, and what it is judged by (trust.h). */
TEST(the_hall_is_judged_by_a_moment)
{
    moment_sure = false;
    moment_ms = 0;
    struct http *h = client(NULL);
    CHECK_INT(status(h, "GET", "/.well-known/est/cacerts"), 200); /* 1970: not yet valid is no fault */
    http_destroy(h);
    moment_ms = clock_wall_ms() - 2 * DAY;
    h = client(NULL);
    CHECK_INT(status(h, "GET", "/.well-known/est/cacerts"), 200);
    http_destroy(h);
    moment_ms = clock_wall_ms() + 400 * DAY; /* surely passed: it has ended */
    h = client(NULL);
    CHECK_INT(status(h, "GET", "/.well-known/est/cacerts"), -ERR_SIGNATURE);
    CHECK(http_untrusted(h));
    http_destroy(h);
    moment_sure = true;
    clock_set_wall(clock_wall_ms() - 1000 * DAY); /* a clock that is trusted counts both ways */
    h = client(NULL);
    CHECK_INT(status(h, "GET", "/.well-known/est/cacerts"), -ERR_SIGNATURE);
    clock_set_wall(clock_wall_ms() + 1000 * DAY);
    CHECK_INT(status(h, "GET", "/.well-known/est/cacerts"), 200);
    CHECK(!http_untrusted(h));
    http_destroy(h);
}

TEST(after_half_a_year_a_new_sheet)
{
    struct buf none;
    pass(365 + 179);
    CHECK_INT(get(http), 403);
    CHECK_INT(renew(http, &none), 200);
    buf_finish(&none);
    pass(3);
    CHECK_INT(renew(http, &none), 403);
    buf_finish(&none);
}

static struct buf newest; /* key and certificate of the last code that was right */

static int try_code(struct http *h, const char *code)
{
    struct buf csr;
    struct private_key *k = NULL;
    struct buf key;
    buf_init(&key, 4096);
    buf_init(&csr, 4096);
    CHECK_INT(key_generate(&k, NULL), 0);
    CHECK_INT(key_to_pem(k, &key, NULL), 0);
    key_free(k);
    CHECK_INT(enrol_cert_request(&key, "x", &csr, NULL), 0);
    struct reply r = call(h, &(struct http_call){.method = "POST",
                                                 .path = "/.well-known/est/simpleenroll",
                                                 .type = "application/pkcs10",
                                                 .body = csr.data,
                                                 .body_len = csr.len,
                                                 .user = ENROLLED_TERMINAL,
                                                 .password = code,
                                                 .timeout_s = 20});
    if (r.status == 200) {
        buf_init(&newest, IDENTITY_MAX);
        buf_add(&newest, key.data, key.len);
        CHECK_INT(enrol_cert_pick_key(r.body.data, r.body.len, &key, &newest, NULL), 0);
    }
    buf_finish(&r.body);
    buf_finish(&csr);
    buf_finish(&key);
    return r.status;
}

/* A stranger is slowed, staff hear of him, and the technician's sheet is as good as before. */
TEST(wrong_codes)
{
    struct http *stranger = client(NULL);
    int wrong = 0, slowed = 0;
    char line[64], clock[CLOCK_RFC3339_LEN + 1];
    for (int i = 0; i < 30; i++) {
        int is = try_code(stranger, "AAAA-BBBB-CCCC-DDDD");
        wrong += is == 401;
        slowed += is == 429;
        if (is == 429) {
            snprintf(line, sizeof line, "clock advance %d", 61000);
            CHECK(stage_control(hall.control, line));
            clock_advance(61000);
        }
    }
    CHECK(wrong > 10);
    CHECK(slowed > 5);
    http_destroy(stranger);
    CHECK_INT(stage_run("hallctl", "alerts", "--data", stage_path("hall"), "--json", NULL), 0);
    CHECK_INT(stage_count(stage_read("out"), "\"enrolment-code\""), 1);
    CHECK(stage_control(hall.control, "clock advance 61000"));
    clock_advance(61000);
    clock_format_rfc3339(clock_wall_ms(), clock);
    CHECK_INT(stage_run("hallctl", "--clock", clock, "terminal", "add", "--data", stage_path("hall"), "--id",
                        ENROLLED_TERMINAL, "--office", "1103", "--place", stage_path("place.json"), "--hall", hall.url,
                        "--out", stage_path("sheet2.json"), NULL),
              0);
    char code[64] = "";
    sscanf(strstr(stage_read("sheet2.json"), "\"code\":\""), "\"code\":\"%63[^\"]", code);
    stranger = client(NULL);
    CHECK_INT(try_code(stranger, "AAAA-BBBB-CCCC-DDDD"), 401);
    CHECK(stage_control(hall.control, "clock advance 61000"));
    clock_advance(61000);
    CHECK_INT(try_code(stranger, code), 200);
    http_destroy(stranger);
}

static bool refused(void *ctx)
{
    return get(ctx) == 403;
}

/* Within moments, also on a connection that is open, and for its renewal too. */
TEST(revoked)
{
    struct http *h = client(&newest);
    struct buf none;
    CHECK_INT(get(h), 200);
    CHECK_INT(stage_run("hallctl", "terminal", "revoke", ENROLLED_TERMINAL, "--data", stage_path("hall"), "--reason", "test",
                        NULL),
              0);
    CHECK(stage_until(refused, h));
    CHECK_INT(renew(h, &none), 403);
    buf_finish(&none);
    http_destroy(h);
    buf_finish(&newest);
}

TEST(finish)
{
    http_destroy(http);
    buf_finish(&old);
    loop_destroy(loop);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(SETUP(setup), T(the_server_renews_itself), T(renewal_after_the_end), T(another_identity_in_the_same_client),
          T(the_hall_is_judged_by_a_moment), T(after_half_a_year_a_new_sheet), T(wrong_codes), T(revoked), TEARDOWN(finish))
