/* SPDX-License-Identifier: Apache-2.0
 *
 * Certificates after the hall's database was restored from a backup that is older than they are.
 */
#include "test.h"

#include "e2e/enrolled.h"
#include "hall/raw_tls.h"

static struct stage_hall hall;

static int ask(char *text, size_t cap)
{
    SSL_CTX *tls = raw_context(stage_path("data/sync/tls.pem"), stage_path("data/sync/tls.pem"));
    struct raw r = raw_open(hall.address, tls);
    int status = raw_say(&r, "GET /v1/wait HTTP/1.1\r\nHost: h\r\n\r\n") ? raw_answer(&r, text, cap) : 0;
    raw_close(&r);
    SSL_CTX_free(tls);
    return status;
}

static void copy(const char *from, const char *to)
{
    char command[1200];
    snprintf(command, sizeof command, "cp '%s' '%s' && rm -f '%s-wal' '%s-shm'", stage_path(from), stage_path(to),
             stage_path(to), stage_path(to));
    CHECK_INT(system(command), 0);
}

static bool told(void *ctx)
{
    stage_run("hallctl", "alerts", "--data", stage_path("hall"), "--json", NULL);
    return strstr(stage_read("out"), "certificate-unknown") && strstr(stage_read("out"), ENROLLED_TERMINAL);
}

TEST(an_older_database_loses_no_terminal)
{
    uint8_t epoch[EPOCH_LEN];
    struct private_key *k = NULL;
    char text[4096];
    if (database_is_server())
        SKIP("it puts back a file of SQLite's");
    stage_open();
    CHECK(enrolled_hall(&hall));
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    copy("hall/hall.db", "early.db"); /* from before the terminal was added */
    CHECK(stage_hall_start(&hall));
    CHECK_INT(enrolled_sheet(&hall), 0);
    CHECK(enrolled_prepare(epoch, &k));
    key_free(k);
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    CHECK_INT(ask(text, sizeof text), 200);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    copy("hall/hall.db", "late.db");

    copy("early.db", "hall/hall.db");
    CHECK(stage_hall_start(&hall));
    CHECK_INT(ask(text, sizeof text), 503); /* nothing final: the terminal keeps all and comes again */
    CHECK(strstr(text, "Retry-After:"));
    CHECK(stage_until(told, NULL));
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);

    copy("late.db", "hall/hall.db");
    CHECK(stage_hall_start(&hall));
    CHECK_INT(ask(text, sizeof text), 200);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_close(test_failed_);
}

TEST_MAIN(T(an_older_database_loses_no_terminal))
