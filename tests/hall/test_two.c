/* SPDX-License-Identifier: Apache-2.0
 *
 * Two halls on one PostgreSQL database, each on its own folder: what happens at one is known at the other. SQLite has one
 * hall for one folder.
 */
#include "test.h"

#include "e2e/enrolled.h"
#include "hall/raw_tls.h"

static struct stage_hall one, two;

/* The status by which a hall answers the terminal; 0: it hung up. */
static int ask(const struct stage_hall *h)
{
    char text[4096];
    SSL_CTX *tls = raw_context(stage_path("data/sync/tls.pem"), stage_path("data/sync/tls.pem"));
    struct raw r = raw_open(h->address, tls);
    int status = raw_say(&r, "GET /v1/wait HTTP/1.1\r\nHost: h\r\n\r\n") ? raw_answer(&r, text, sizeof text) : 0;
    raw_close(&r);
    SSL_CTX_free(tls);
    return status;
}

static bool lets_in(void *ctx)
{
    return ask(ctx) == 200;
}

static bool refuses(void *ctx)
{
    return ask(ctx) == 403;
}

TEST(enrolled_at_one_known_at_the_other)
{
    uint8_t epoch[EPOCH_LEN];
    char command[1200];
    struct private_key *k = NULL;
    if (!database_is_server())
        SKIP("two halls need a database server: tests/hall/postgres.sh");
    stage_open();
    CHECK(enrolled_hall(&one));
    snprintf(command, sizeof command, "cp -r '%s' '%s'", stage_path("hall"), stage_path("other"));
    CHECK_INT(system(command), 0);
    CHECK(stage_hall_start_on(&two, "other"));
    CHECK_INT(enrolled_sheet(&one), 0);
    CHECK(enrolled_prepare(epoch, &k));
    key_free(k);
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    CHECK_INT(ask(&one), 200);
    CHECK(stage_until(lets_in, &two));
}

TEST(revoked_at_one_refused_at_the_other)
{
    if (!database_is_server())
        SKIP("two halls need a database server: tests/hall/postgres.sh");
    CHECK_INT(stage_run("hallctl", "terminal", "revoke", ENROLLED_TERMINAL, "--data", stage_path("other"), "--reason",
                        "stolen", NULL),
              0);
    CHECK(stage_until(refuses, &one));
    CHECK(stage_until(refuses, &two));
    CHECK_INT(stage_hall_end(&one, SIGTERM), 0);
    CHECK_INT(stage_hall_end(&two, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(T(enrolled_at_one_known_at_the_other), T(revoked_at_one_refused_at_the_other))
