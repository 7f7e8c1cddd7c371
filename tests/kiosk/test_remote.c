/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff want done from afar: signed, for this terminal, in time, once, and never while somebody is here.
 */
#include "kiosk/remote.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "crypto/sign.h"
#include "journal/anchor.h"
#include "port_test.h"

#define NOON INT64_C(1767585600000)

static struct loop *loop;
static char dir[] = "/tmp/tongban-remote-XXXXXX";
static struct terminal_config terminal = {.terminal = "t-1", .office = 1103, .registration = 3, .epoch = {1}};
static struct private_key *signing, *halls, *forger;
static struct manifest_role hall = {.threshold = 1, .n = 1};
static struct records *records;
static struct remote *remote;
static bool nobody;
static int n_sync, n_restart, n_logs, logs_rc;

static bool on_nobody(void *ctx)
{
    return nobody;
}

static void on_sync(void *ctx)
{
    n_sync++;
}

static void on_restart(void *ctx)
{
    n_restart++;
}

static int on_logs(void *ctx, const uint8_t id[ACT_ID_LEN], struct err *e)
{
    n_logs += id[0];
    return logs_rc;
}

static void on_unfinished(void *ctx, const char *role)
{
}

static void on_opened(void *ctx)
{
}

static void begin_remote(void)
{
    const struct remote_events events = {on_nobody, on_sync, on_restart, on_logs};

    remote = remote_create(terminal.terminal, records, &events, NULL, &port);
    n_sync = n_restart = n_logs = 0;
    nobody = true;
    hear_anew();
}

TEST(setup)
{
    static const struct records_events events = {.unfinished = on_unfinished, .opened = on_opened};
    const struct records_config config = {.data = dir, .terminal = &terminal, .signing = &signing};
    struct err e = {0};
    char journal[80];

    CHECK(mkdtemp(dir) != NULL);
    loop = loop_create();
    CHECK_INT(key_generate(&signing, &e), 0);
    CHECK_INT(key_generate(&halls, &e), 0);
    CHECK_INT(key_generate(&forger, &e), 0);
    key_public(halls, &hall.keys[0]);
    snprintf(journal, sizeof journal, "%s/journal", dir);
    CHECK_INT(mkdir(journal, 0700), 0);
    CHECK_INT(anchor_make(journal, terminal.terminal, terminal.epoch, &e), 0);
    records = records_create(loop, &config, &events, NULL, &port);
    CHECK_INT(records_open(records, &e), 0);
    CHECK_STR(e.text, "");
    clock_set_wall(NOON);
    records_trust_clock(records, true);
    begin_remote();
}

static struct act act(enum act_kind kind, int n)
{
    return (struct act){
        .terminal = "t-1", .id = {(uint8_t)n}, .at_ms = NOON + n, .until_ms = NOON + 3600000, .kind = kind, .by = "0601"};
}

static void say_by(const struct private_key *k, const struct act *a)
{
    struct act_signed s = {.act = ""};
    struct public_key pub;
    struct buf text;

    buf_init(&text, ACT_WORD_BYTES);
    CHECK_INT(act_encode(a, &text, NULL), 0);
    text_copy(s.act, sizeof s.act, buf_str(&text));
    CHECK_INT(sign_message(k, ACT_PREFIX, text.data, text.len, s.by.sig, &s.by.sig_len, NULL), 0);
    key_public(k, &pub);
    public_key_id(&pub, s.by.key_id);
    buf_reset(&text);
    CHECK_INT(act_signed_encode(&s, &text), 0);
    remote_said(remote, &hall, buf_str(&text));
    buf_finish(&text);
}

static void say(const struct act *a)
{
    say_by(halls, a);
}

static struct record_header last;

static int see(void *ctx, const struct record_header *h)
{
    last = *h;
    return 1;
}

static const char *newest(enum record_kind kind)
{
    last = (struct record_header){.what = ""};
    CHECK(journal_newest(records_journal(records), kind, see, NULL, NULL) >= 0);
    return last.what;
}

TEST(each_once)
{
    struct act a = act(ACT_SYNC, 1);

    say(&a);
    say(&a);
    CHECK_INT(n_sync, 1);
    CHECK_STR(newest(RECORD_STAFF), "remote-sync");
    CHECK_STR(last.staff, "0601");
    CHECK_STR(last.role, "01000000000000000000000000000000");
    remote_destroy(remote); /* and after a restart */
    begin_remote();
    say(&a);
    CHECK_INT(n_sync, 0);
}

TEST(of_another_terminal_forged_or_damaged)
{
    struct act a = act(ACT_RESTART, 2);

    say_by(forger, &a);
    text_copy(a.terminal, sizeof a.terminal, "t-2");
    say(&a);
    remote_said(remote, &hall, "{}");
    remote_said(remote, &hall, "");
    remote_said(remote, &(struct manifest_role){.n = 0}, "{}");
    CHECK_INT(n_restart, 0);
    CHECK_STR(newest(RECORD_STAFF), "remote-sync");
}

/* What could not be begun has no record, and is tried again. */
TEST(logs_by_their_id)
{
    struct act a = act(ACT_LOGS, 40);

    logs_rc = -ERR_NOSPACE;
    say(&a);
    CHECK_STR(newest(RECORD_STAFF), "remote-sync");
    logs_rc = 0;
    clock_advance(60000);
    remote_check(remote);
    remote_check(remote);
    CHECK_INT(n_logs, 80);
    CHECK_STR(newest(RECORD_STAFF), "remote-logs");
    CHECK_STR(last.role, "28000000000000000000000000000000");
    n_logs = 0;
    say(&a);
    CHECK_INT(n_logs, 0);
    clock_set_wall(NOON);
    records_trust_clock(records, true);
}

TEST(its_time_is_over)
{
    struct act a = act(ACT_SYNC, 3);

    clock_set_wall(NOON + 3600000);
    records_trust_clock(records, true);
    CHECK(records_clock_sure(records));
    say(&a);
    CHECK_INT(n_sync, 0);
    clock_set_wall(NOON + 60000);
    records_trust_clock(records, true);
    remote_check(remote); /* and it is forgotten */
    CHECK_INT(n_sync, 0);
}

TEST(never_while_somebody_is_here)
{
    struct act a = act(ACT_OUT, 4);

    nobody = false;
    a.reason = OUTAGE_SUPPLIES;
    a.back_ms = NOON + 7200000;
    say(&a);
    remote_check(remote);
    CHECK(fed(INPUT_OUTAGE) == NULL);
    CHECK_STR(newest(RECORD_AVAILABILITY), "");
    nobody = true;
    remote_check(remote);
    CHECK(fed(INPUT_OUTAGE) && fed(INPUT_OUTAGE)->outage.on && fed(INPUT_OUTAGE)->outage.reason == OUTAGE_SUPPLIES);
    CHECK_STR(newest(RECORD_AVAILABILITY), "out");
    CHECK_STR(last.role, "supplies");
    CHECK_STR(last.staff, "0601");
    CHECK_INT(last.until, NOON + 7200000);
    CHECK_STR(newest(RECORD_STAFF), "remote-out");
}

TEST(back_in_service)
{
    struct act older = act(ACT_OUT, 5), back = act(ACT_IN, 6);

    hear_anew();
    say(&back);
    CHECK(fed(INPUT_OUTAGE) && !fed(INPUT_OUTAGE)->outage.on);
    CHECK_STR(newest(RECORD_AVAILABILITY), "in");
    hear_anew();
    say(&older); /* who carries it has held it back */
    CHECK(fed(INPUT_OUTAGE) == NULL);
}

TEST(the_clock_is_not_sure)
{
    struct act a = act(ACT_SYNC, 7);

    records_trust_clock(records, false);
    say(&a);
    CHECK_INT(n_sync, 0);
    records_trust_clock(records, true);
    remote_check(remote);
    CHECK_INT(n_sync, 1);
}

/* Its record stands before the restart, or it would be done again by each new program. */
TEST(a_restart)
{
    struct act a = act(ACT_RESTART, 8);

    say(&a);
    CHECK_INT(n_restart, 1);
    CHECK_STR(newest(RECORD_STAFF), "remote-restart");
    remote_destroy(remote);
    begin_remote();
    say(&a);
    CHECK_INT(n_restart, 0);
}

TEST(several_restarts_are_one)
{
    struct act one = act(ACT_RESTART, 11), two = act(ACT_RESTART, 12);

    nobody = false;
    say(&one);
    say(&two);
    nobody = true;
    remote_check(remote);
    CHECK_INT(n_restart, 1);
    remote_destroy(remote);
    begin_remote();
    say(&one);
    say(&two);
    CHECK_INT(n_restart, 0);
}

TEST(a_message)
{
    struct act a = act(ACT_MESSAGE, 9), older = act(ACT_MESSAGE, 8), none = act(ACT_MESSAGE, 10);

    text_copy(a.zh, sizeof a.zh, "<b>今天 17:00 停电</b>");
    text_copy(older.zh, sizeof older.zh, "旧的");
    older.id[1] = 1;
    say(&a);
    CHECK(fed(INPUT_NOTICE) != NULL);
    CHECK_STR(fed(INPUT_NOTICE)->notice->zh, a.zh);
    CHECK_STR(fed(INPUT_NOTICE)->notice->en, a.zh);
    hear_anew();
    say(&older);
    say(&a);
    CHECK(fed(INPUT_NOTICE) == NULL);
    remote_destroy(remote);
    begin_remote();
    int records_before = (int)records_last(records);
    say(&a); /* after a restart it is shown again, and not recorded */
    CHECK(fed(INPUT_NOTICE) != NULL);
    CHECK_INT(records_last(records), records_before);
    say(&none);
    CHECK_INT(fed(INPUT_NOTICE)->notice->until_ms, 0);
}

/* More than there is room for: those wait at the hall. */
TEST(very_many)
{
    nobody = false;
    for (int i = 0; i < 100; i++) {
        struct act a = act(ACT_SYNC, 20 + i);

        say(&a);
    }
    n_sync = 0;
    nobody = true;
    remote_check(remote);
    CHECK_INT(n_sync, 2 * ACTS_MAX);
}

TEST(teardown)
{
    char command[80];

    remote_destroy(remote);
    records_destroy(records);
    key_free(signing);
    key_free(halls);
    key_free(forger);
    loop_destroy(loop);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(each_once), T(of_another_terminal_forged_or_damaged), T(logs_by_their_id), T(its_time_is_over),
          T(never_while_somebody_is_here), T(back_in_service), T(the_clock_is_not_sure), T(a_restart),
          T(several_restarts_are_one), T(a_message), T(very_many), TEARDOWN(teardown))
