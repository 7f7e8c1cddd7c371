/* SPDX-License-Identifier: Apache-2.0
 *
 * What anybody may take of the shipping hall: strangers and terminals that do not keep to the rules, over real TLS. Seconds
 * are those of the control line's `ticks`; nothing waits for real ones.
 */
#include "test.h"

#include "e2e/enrolled.h"
#include "hall/raw_tls.h"
#include "tools/hall/door/connection.h"

static struct stage_hall hall;
static SSL_CTX *none, *own;

static void ticks(int n)
{
    char line[32];
    snprintf(line, sizeof line, "ticks %d", n);
    CHECK(stage_control(hall.control, line));
}

static struct raw open_one(SSL_CTX *tls)
{
    return raw_open(hall.address, tls);
}

/* What was sent before has been read: an answer to something sent later is here. */
static void settle(void)
{
    struct raw r = open_one(own);
    CHECK(raw_say(&r, "GET /v1/wait HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_INT(raw_status(&r), 200);
    raw_close(&r);
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
    none = raw_context(NULL, NULL);
    ticks(0);
    own = raw_context(stage_path("data/sync/tls.pem"), stage_path("data/sync/tls.pem"));
}

/* --- time --- */

TEST(a_handshake_that_never_comes)
{
    struct raw r = open_one(NULL);
    settle();
    ticks(HANDSHAKE_SECONDS - 1);
    CHECK(raw_lives(&r));
    ticks(1);
    CHECK(raw_ended(&r));
    raw_close(&r);
}

/* A byte now and then is no reason to wait on. */
TEST(a_head_byte_by_byte)
{
    struct raw r = open_one(none);
    CHECK(raw_say(&r, "GET / HT"));
    settle();
    ticks(HEAD_SECONDS - 1);
    CHECK(raw_say(&r, "T"));
    settle();
    CHECK(raw_lives(&r));
    ticks(1);
    CHECK(raw_ended(&r));
    raw_close(&r);
}

TEST(a_body_byte_by_byte)
{
    struct raw r = open_one(own);
    CHECK(raw_say(&r, "POST /v1/records HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nx"));
    settle();
    for (int i = 0; i < BODY_SECONDS - 1; i++) {
        ticks(1);
        CHECK(raw_say(&r, "x"));
    }
    settle();
    CHECK(raw_lives(&r));
    ticks(1);
    CHECK(raw_ended(&r));
    raw_close(&r);
}

TEST(idle_ones_end)
{
    struct raw stranger = open_one(none), terminal = open_one(own);
    CHECK(raw_say(&stranger, "GET /.well-known/est/cacerts HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_INT(raw_status(&stranger), 200);
    CHECK(raw_say(&terminal, "GET /v1/wait HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_INT(raw_status(&terminal), 200);
    settle();
    ticks(STRANGER_SECONDS);
    CHECK(raw_ended(&stranger));
    CHECK(raw_lives(&terminal));
    ticks(IDLE_SECONDS - STRANGER_SECONDS);
    CHECK(raw_ended(&terminal));
    raw_close(&stranger);
    raw_close(&terminal);
}

/* A long poll is no idleness, and moving the clock is no second of it. */
TEST(who_waits_for_an_answer_stays)
{
    struct raw r = open_one(own);
    CHECK(raw_say(&r, "GET /v1/wait?catalogue=0 HTTP/1.1\r\nHost: h\r\n\r\n"));
    settle();
    ticks(3 * IDLE_SECONDS);
    CHECK(raw_lives(&r));
    CHECK(stage_control(hall.control, "clock advance 61000"));
    CHECK_INT(raw_status(&r), 204);
    raw_close(&r);
}

/* --- what is not even read --- */

/* The head alone is judged: not a byte of the body was sent when the answer comes. */
TEST(strangers_send_no_body)
{
    static const char *const heads[] = {"POST /v1/records HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n",
                                        "POST /nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 900000000\r\n\r\n",
                                        "GET /v1/wait HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct raw r = open_one(none);
        CHECK(raw_say(&r, heads[i]));
        CHECK_INT(raw_status(&r), 403);
        settle();
        ticks(LINGER_SECONDS);
        CHECK(raw_ended(&r));
        raw_close(&r);
    }
}

/* The answer arrives although a body is on its way that nobody wants. */
TEST(an_answer_to_a_body_nobody_wants)
{
    static char body[300 * 1024];
    struct raw r = open_one(none);
    CHECK(raw_say(&r, "POST /v1/records HTTP/1.1\r\nHost: h\r\nContent-Length: 307200\r\n\r\n"));
    raw_send(&r, body, sizeof body);
    CHECK_INT(raw_status(&r), 403);
    raw_close(&r);
}

TEST(too_much)
{
    static const struct {
        const char *head;
        int status;
    } cases[] = {
        {"POST /v1/health HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n", 413},
        {"POST /v1/records HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n", 413},
        {"GET /v1/wait HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n", 413},
        {"POST /v1/records HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", 501},
        {"PUT /v1/records HTTP/1.1\r\nHost: h\r\n\r\n", 501},
        {"nonsense\r\n\r\n", 400},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct raw r = open_one(own);
        CHECK(raw_say(&r, cases[i].head));
        CHECK_INT(raw_status(&r), cases[i].status);
        raw_close(&r);
    }
}

TEST(a_head_without_end)
{
    char line[1024];
    struct raw r = open_one(none);
    memset(line, 'x', sizeof line);
    CHECK(raw_say(&r, "GET / HTTP/1.1\r\nHost: "));
    for (size_t i = 0; i < HTTP_HEAD_MAX / sizeof line; i++)
        CHECK(raw_send(&r, line, sizeof line));
    CHECK_INT(raw_status(&r), 431);
    raw_close(&r);
}

TEST(bodies_are_bounded_for_each_terminal)
{
    struct raw r[6];
    int busy = 0;
    /* 1 MB each, announced and begun: four of them are all it may have */
    for (size_t i = 0; i < 6; i++) {
        r[i] = open_one(own);
        CHECK(raw_say(&r[i],
                      "POST /v1/records HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\nExpect: 100-continue\r\n\r\n"));
        int status = raw_status(&r[i]);
        CHECK(status == 100 || status == 503);
        busy += status == 503;
    }
    CHECK_INT(busy, 2);
    for (size_t i = 0; i < 6; i++)
        raw_close(&r[i]);
}

/* --- connections --- */

TEST(strangers_from_one_address)
{
    struct raw r[DOOR_PER_ADDRESS + 6];
    int gone = 0;
    for (size_t i = 0; i < sizeof r / sizeof *r; i++)
        r[i] = open_one(none);
    for (size_t i = 0; i < 6; i++)
        gone += raw_ended(&r[i]); /* those who have been there longest */
    CHECK_INT(gone, 6);
    for (size_t i = 6; i < sizeof r / sizeof *r; i++)
        CHECK(raw_lives(&r[i]));
    struct raw terminal = open_one(own); /* they take no place from it */
    CHECK(raw_say(&terminal, "GET /v1/wait HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_INT(raw_status(&terminal), 200);
    raw_close(&terminal);
    for (size_t i = 0; i < sizeof r / sizeof *r; i++)
        raw_close(&r[i]);
}

TEST(connections_of_one_terminal)
{
    struct raw r[DOOR_CONNECTIONS + 2];
    for (size_t i = 0; i < sizeof r / sizeof *r; i++) {
        r[i] = open_one(own);
        CHECK(raw_say(&r[i], "GET /v1/wait HTTP/1.1\r\nHost: h\r\n\r\n"));
        CHECK_INT(raw_status(&r[i]), 200);
    }
    CHECK(raw_ended(&r[0]));
    CHECK(raw_ended(&r[1]));
    for (size_t i = 2; i < sizeof r / sizeof *r; i++)
        CHECK(raw_lives(&r[i]));
    for (size_t i = 0; i < sizeof r / sizeof *r; i++)
        raw_close(&r[i]);
}

/* --- what is allowed --- */

TEST(one_after_the_other)
{
    char text[4096];
    struct raw r = open_one(own);
    CHECK(raw_say(&r, "GET /v1/nothing HTTP/1.1\r\nHost: h\r\n\r\nGET /v1/wait HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_INT(raw_answer(&r, text, sizeof text), 404);
    if (!strstr(strstr(text, "\r\n\r\n") + 4, "HTTP/1.1 200")) /* it may have come with the first */
        CHECK_INT(raw_status(&r), 200);
    CHECK(raw_say(&r, "POST /v1/lease HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
    CHECK_INT(raw_status(&r), 100);
    CHECK(raw_say(&r, "{ }"));
    CHECK_INT(raw_status(&r), 400);
    CHECK(raw_say(&r, "GET /v1/wait HTTP/1.0\r\nHost: h\r\n\r\n"));
    CHECK_INT(raw_status(&r), 200);
    CHECK(raw_ended(&r));
    raw_close(&r);
}

/* Whoever sends on and on without taking answers is no client. */
TEST(answers_must_be_waited_for)
{
    static char much[64 * 1024];
    struct raw r = open_one(own);
    memset(much, 'x', sizeof much);
    CHECK(raw_say(&r, "GET /v1/wait?catalogue=0 HTTP/1.1\r\nHost: h\r\n\r\n"));
    for (int i = 0; i < 4; i++)
        raw_send(&r, much, sizeof much);
    CHECK(raw_ended(&r));
    raw_close(&r);
}

/* With all read that was sent to him: then the first part of the answer is what finds out, and the second cannot be written.
 */
TEST(who_goes_before_the_answer)
{
    char text[4096];
    for (int n = 0; n < 20; n++) {
        struct raw r = open_one(own);
        CHECK(raw_say(&r, "GET /v1/wait HTTP/1.1\r\nHost: h\r\n\r\n"));
        CHECK_INT(raw_answer(&r, text, sizeof text), 200);
        CHECK(raw_say(&r, "GET /v1/nothing HTTP/1.1\r\nHost: h\r\n\r\n"));
        raw_close(&r);
    }
    settle();
}

TEST(finish)
{
    SSL_CTX_free(none);
    SSL_CTX_free(own);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(SETUP(setup), T(a_handshake_that_never_comes), T(a_head_byte_by_byte), T(a_body_byte_by_byte), T(idle_ones_end),
          T(who_waits_for_an_answer_stays), T(strangers_send_no_body), T(an_answer_to_a_body_nobody_wants), T(too_much),
          T(a_head_without_end), T(bodies_are_bounded_for_each_terminal), T(strangers_from_one_address),
          T(connections_of_one_terminal), T(one_after_the_other), T(answers_must_be_waited_for),
          T(who_goes_before_the_answer), TEARDOWN(finish))
