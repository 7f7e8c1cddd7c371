/* SPDX-License-Identifier: Apache-2.0
 *
 * Which certificates are good: by hash, by date, and after the hall's database was restored from a backup that is older than
 * they are.
 */
#include "test.h"

#include "e2e/enrolled.h"
#include "hall/raw_tls.h"
#include "tools/hall/terminals/hall.h"

#define HOUR INT64_C(3600000)
#define DAY_MS (24 * HOUR)
#define NOW (INT64_C(20000) * DAY_MS)

static struct terminal row(uint8_t cert, uint8_t next, int64_t issued)
{
    return (struct terminal){.cert = {cert}, .next = {next}, .issued_ms = issued};
}

/* Issued then; good for a year. */
static struct peer peer(uint8_t cert, int64_t issued)
{
    return (struct peer){.terminal = "t-1", .cert = {cert}, .from_ms = issued - HOUR, .ends_ms = issued + 365 * DAY_MS};
}

static int standing(struct terminal t, struct peer p)
{
    return enrol_judge(&t, &p, NOW, false);
}

TEST(by_hash_and_date)
{
    struct terminal t = row(1, 2, NOW - 10 * DAY_MS);
    struct peer over = peer(1, NOW - 370 * DAY_MS);
    CHECK_INT(standing(t, peer(1, NOW - 10 * DAY_MS)), PEER_GOOD);
    CHECK_INT(standing(t, peer(2, NOW - 1 * DAY_MS)), PEER_GOOD); /* the one that follows */
    CHECK_INT(standing(t, over), PEER_ENDED);
    CHECK_INT(enrol_judge(&t, &over, NOW, true), PEER_GOOD); /* for its renewal */
    CHECK_INT(standing(t, peer(1, NOW + 2 * HOUR)), PEER_ENDED);
}

TEST(replaced_revoked_or_newer)
{
    struct peer p = peer(9, NOW - 5 * DAY_MS);
    CHECK_INT(standing(row(1, 0, NOW - 1 * DAY_MS), p), PEER_ENDED);
    CHECK_INT(standing(row(1, 0, NOW - 5 * DAY_MS), p), PEER_ENDED);
    CHECK_INT(standing(row(1, 0, NOW - 6 * DAY_MS), p), PEER_NEWER);
    CHECK_INT(standing(row(0, 0, NOW - 6 * DAY_MS), p), PEER_ENDED); /* revoked */
    CHECK_INT(enrol_judge(NULL, &p, NOW, false), PEER_NEWER);
}

/* --- a hall that was restored --- */

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

TEST_MAIN(T(by_hash_and_date), T(replaced_revoked_or_newer), T(an_older_database_loses_no_terminal))
