/* SPDX-License-Identifier: Apache-2.0
 *
 * Very many connections at once: a few are taken in each turn of the loop and the others wait outside, and one whose peer
 * has gone meanwhile is not taken at all.
 */
#include "test.h"

#include "e2e/enrolled.h"
#include "hall/raw_tls.h"
#include "tools/hall/door/connection.h"

#define STORM (3 * ACCEPTS_PER_TURN)

static struct stage_hall hall;
static struct event_base *base;
static struct server *server;
static int sockets[STORM];

static enum standing good(void *ctx, struct who *w, bool renews)
{
    return STANDING_GOOD;
}

TEST(setup)
{
    static const struct server_route none[] = {{.path = NULL}};
    struct err e = {0};
    char tls[512];

    stage_open();
    CHECK(enrolled_hall(&hall)); /* for its certificates */
    snprintf(tls, sizeof tls, "%s", stage_path("hall/tls"));
    base = event_base_new();
    const struct server_config config = {
        .tls_dir = tls, .listen = "127.0.0.1:0", .per_address = 2 * STORM, .routes = none, .known = good};
    CHECK_INT(server_create(base, &config, &server, &e), 0);
    CHECK_STR(e.text, "");
    server_hold(server);
}

static void connect_all(void)
{
    for (int i = 0; i < STORM; i++)
        CHECK((sockets[i] = raw_connect(server_address(server))) >= 0);
}

static void hang_up(void)
{
    for (int i = 0; i < STORM; i++)
        close(sockets[i]);
}

static void turn(void)
{
    event_base_loop(base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
}

TEST(a_few_a_turn)
{
    size_t before = 0;

    connect_all();
    for (int i = 0; i < 2 * STORM && server->count < STORM; i++) {
        turn();
        CHECK(server->count - before <= ACCEPTS_PER_TURN);
        before = server->count;
    }
    CHECK_INT(server->count, STORM);
    hang_up();
    for (int i = 0; i < 2 * STORM && server->count > 0; i++)
        turn();
    CHECK_INT(server->count, 0);
}

TEST(who_has_gone_is_not_taken)
{
    connect_all();
    hang_up();
    for (int i = 0; i < 2 * STORM; i++) {
        turn();
        CHECK_INT(server->count, 0);
    }
    connect_all(); /* and whoever comes then is */
    for (int i = 0; i < 2 * STORM && server->count < STORM; i++)
        turn();
    CHECK_INT(server->count, STORM);
    hang_up();
}

TEST(teardown)
{
    server_destroy(server);
    event_base_free(base);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(SETUP(setup), T(a_few_a_turn), T(who_has_gone_is_not_taken), TEARDOWN(teardown))
