/* SPDX-License-Identifier: Apache-2.0
 *
 * From a journal to the hall with the shipping programs: enrolment, delivery exactly once whatever fails, a copied
 * certificate, a published catalogue. The tests follow one another on one stage.
 */
#include "test.h"

#include "base/text.h"
#include "e2e/enrolled.h"
#include "journal/anchor.h"
#include "journal/journal.h"
#include "wire/manifest.h"

static struct stage_hall hall;
static struct stage_kiosk kiosk;
static pid_t sync_pid;
static struct journal *journal;
static struct private_key *signing;
static struct public_key sealing;
static uint8_t epoch[EPOCH_LEN];

static const char plain[] = "{\"v\":1,\"item\":\"test\",\"applicant\":{\"name\":\"测试甲\"}}";

/* --- helpers --- */

static int records(void)
{
    CHECK_INT(stage_run("hallctl", "records", "--data", stage_path("hall"), "--json", NULL), 0);
    return stage_count(stage_read("out"), "\"received\":");
}

static struct journal *open_journal(const char *data)
{
    struct err e = {0};
    struct journal *j = NULL;
    struct journal_identity id = {.terminal = "t-1103-003", .office = 1103, .registration = 1};
    char dir[512];
    memcpy(id.epoch, epoch, sizeof epoch);
    snprintf(dir, sizeof dir, "%s/journal", stage_path(data));
    if (!mkdir(dir, 0755)) /* as kioskctl enrol does, at the first time only */
        CHECK_INT(anchor_make(dir, id.terminal, id.epoch, &e), 0);
    if (journal_open(dir, &id, signing, &sealing, &j, &e))
        printf("# %s\n", e.text);
    return j;
}

/* Appends an application; its case number is kept in `number`. */
static char number[CASE_NUMBER_LEN + 1];
static void append(struct journal *j)
{
    struct err e = {0};
    struct record_header h = {
        .kind = RECORD_APPLICATION, .item = "11110000MB1234567R300001", .item_version = 1, .form_version = 1};
    struct case_number n;
    CHECK_INT(journal_next_case(j, journal_day(j), &n, &e), 0);
    case_number_format(&n, number);
    memcpy(h.number, number, sizeof number);
    random_bytes(h.visit, sizeof h.visit);
    CHECK_INT(journal_append(j, &h, plain, strlen(plain), &e), 0);
    CHECK_INT(journal_sign_head(j, &e), 0);
    if (e.code)
        printf("# %s\n", e.text);
}

static bool acked(unsigned long long seq)
{
    char text[32];
    snprintf(text, sizeof text, "ack {\"stored\":%llu,", seq);
    stage_kiosk_tell(&kiosk, seq);
    return stage_kiosk_wait(&kiosk, text);
}

static void start_sync(void)
{
    sync_pid = stage_start("sync.out", "sync.log", -1, "kiosk-sync", "--data", stage_path("data"), "--run",
                           stage_path("run"), NULL);
}

/* The sheet with one member's value changed. */
static void spoil_sheet(const char *member, char from, char to)
{
    char text[2048], key[40];
    text_copy(text, sizeof text, stage_read("sheet.json"));
    snprintf(key, sizeof key, "\"%s\":\"", member);
    char *p = strstr(text, key) + strlen(key);
    *p = *p == from ? to : from;
    stage_write("spoilt.json", text);
}

/* --- the tests --- */

TEST(keys_hall_terminal)
{
    struct err e = {0};
    stage_open();
    CHECK(enrolled_hall(&hall));
    /* nothing is overwritten */
    CHECK_INT(stage_run("hallctl", "keys", "init", "--keys", stage_path("keys"), "--data", stage_path("hall"), NULL), 4);
    CHECK_INT(public_key_load(stage_path("keys/sealing.pub"), &sealing, &e), 0);
    CHECK_INT(enrolled_sheet(&hall), 0);
    CHECK(enrolled_prepare(epoch, &signing));
    mkdir(stage_path("run"), 0755);
}

TEST(wrong_ca_code_never_sent)
{
    spoil_sheet("ca_sha256", '0', '1');
    CHECK_INT(enrolled_enrol("spoilt.json"), 4);
    CHECK(strstr(stage_read("log"), "the code was not sent"));
    CHECK_INT(stage_count(stage_read("hall.log"), "enrolment of"), 0);
}

TEST(wrong_code_is_refused)
{
    spoil_sheet("code", 'A', 'B');
    CHECK_INT(enrolled_enrol("spoilt.json"), 4);
    CHECK_INT(access(stage_path("data/terminal.json"), F_OK), -1);
}

TEST(wrong_root_is_refused)
{
    spoil_sheet("root_sha256", '0', '1');
    CHECK_INT(enrolled_enrol("spoilt.json"), 4);
    CHECK_INT(access(stage_path("data/terminal.json"), F_OK), -1);
}

TEST(enrolment)
{
    struct stat st;
    CHECK_INT(enrolled_enrol("sheet.json"), 0); /* the same key as before: the code is not used up */
    CHECK(strstr(stage_read("data/terminal.json"), "\"registration\":1,"));
    CHECK(strstr(stage_read("data/terminal.json"), "城东政务服务"));
    CHECK(!stat(stage_path("data/sync/tls.pem"), &st) && (st.st_mode & 0777) == 0600);
    CHECK_INT(access(stage_path("data/root.json"), F_OK), 0);
}

TEST(journal_is_delivered_and_opened)
{
    journal = open_journal("data");
    CHECK(journal != NULL);
    append(journal);
    append(journal);
    stage_kiosk_listen(&kiosk, "run/kiosk.sock");
    start_sync();
    CHECK(stage_kiosk_wait(&kiosk, "hello sync"));
    CHECK(acked(journal_last(journal)));
    CHECK_INT(records(), (int)journal_last(journal));
    CHECK_INT(stage_run("hallctl", "open", number, "--data", stage_path("hall"), "--keys", stage_path("keys"), "--reason",
                        "test", NULL),
              0);
    CHECK(strstr(stage_read("out"), plain));
    CHECK_INT(stage_run("hallctl", "open", "1103001260105000017", "--data", stage_path("hall"), "--keys", stage_path("keys"),
                        "--reason", "test", NULL) != 0,
              1);
}

TEST(hall_killed_in_between)
{
    stage_hall_end(&hall, SIGKILL);
    append(journal);
    stage_kiosk_tell(&kiosk, journal_last(journal));
    CHECK(stage_kiosk_wait(&kiosk, "state down"));
    append(journal);
    CHECK(stage_hall_start(&hall));
    CHECK(acked(journal_last(journal)));
    CHECK_INT(records(), (int)journal_last(journal));
}

TEST(answer_cut_after_commit)
{
    unsigned long long before = journal_last(journal);
    CHECK(stage_control(hall.control, "fault cut-after 20"));
    append(journal);
    stage_kiosk_tell(&kiosk, journal_last(journal));
    /* the hall has it, the terminal does not know */
    for (int i = 0; i < 400 && records() < (int)journal_last(journal); i++)
        usleep(20000);
    CHECK_INT(records(), (int)journal_last(journal));
    char text[32];
    snprintf(text, sizeof text, "ack {\"stored\":%llu,", before + 1);
    stage_kiosk_hear(&kiosk);
    CHECK(!strstr(kiosk.said, text));
    CHECK(stage_control(hall.control, "fault none"));
    CHECK(acked(journal_last(journal)));
    CHECK_INT(records(), (int)journal_last(journal));
}

TEST(sync_killed_in_a_batch)
{
    CHECK(stage_control(hall.control, "fault slow 300"));
    append(journal);
    append(journal);
    stage_kiosk_tell(&kiosk, journal_last(journal));
    usleep(100000);
    stage_end(sync_pid, SIGKILL);
    CHECK(stage_control(hall.control, "fault none"));
    start_sync();
    CHECK(acked(journal_last(journal)));
    CHECK_INT(records(), (int)journal_last(journal));
}

TEST(hall_disk_full)
{
    int before = records();
    CHECK(stage_control(hall.control, "fault disk-full"));
    append(journal);
    stage_kiosk_tell(&kiosk, journal_last(journal));
    CHECK(stage_wait_text("hall.log", "were not stored", 1));
    CHECK_INT(records(), before);
    CHECK(stage_control(hall.control, "fault disk-ok"));
    CHECK(acked(journal_last(journal)));
    CHECK_INT(records(), (int)journal_last(journal));
}

TEST(hall_refuses_connections)
{
    CHECK(stage_control(hall.control, "fault refuse"));
    append(journal);
    kiosk.said[0] = '\0';
    stage_kiosk_tell(&kiosk, journal_last(journal));
    CHECK(stage_kiosk_wait(&kiosk, "state down"));
    CHECK(stage_control(hall.control, "fault none"));
    CHECK(acked(journal_last(journal)));
}

TEST(catalogue_comes_in)
{
    struct err e = {0};
    struct private_key *k = NULL;
    struct manifest_signatures sigs = {0};
    struct manifest_catalog c = {.version = 7, .min_version = 1, .file.name = "catalog-7.db", .file.size = 7};
    struct buf json, sig;
    buf_init(&json, MANIFEST_MAX);
    buf_init(&sig, MANIFEST_MAX);
    c.expires_ms = clock_wall_ms() / 1000 * 1000 + 86400000;
    sha256("content", 7, c.file.sha256);
    CHECK_INT(key_load(stage_path("keys/catalogue-1.pem"), &k, &e), 0);
    CHECK_INT(manifest_catalog_encode(&c, &json, &e), 0);
    CHECK_INT(manifest_sign(k, MANIFEST_CATALOG_PREFIX, json.data, json.len, &sigs, &e), 0);
    CHECK_INT(manifest_signatures_encode(&sigs, &sig, &e), 0);
    stage_write("hall/public/files/catalog-7.db", "content");
    CHECK_INT(fs_write_atomic(stage_path("hall/public/catalog.json"), json.data, json.len, 0644, &e), 0);
    CHECK_INT(fs_write_atomic(stage_path("hall/public/catalog.sig"), sig.data, sig.len, 0644, &e), 0);
    /* the first part was here already: only the rest is fetched */
    mkdir(stage_path("data/sync/download"), 0755);
    stage_write("data/sync/download/catalog-7.db", "con");
    CHECK_INT(fs_write_atomic(stage_path("hall/public/version"), "7\n", 2, 0644, &e), 0);
    CHECK(stage_kiosk_wait(&kiosk, "incoming"));
    while (!*stage_read("data/sync/incoming/catalog-7.db")) /* a new head alone may have come before it */
        if (!stage_kiosk_wait(&kiosk, "incoming"))
            break;
    CHECK_STR(stage_read("data/sync/incoming/catalog-7.db"), "content");
    CHECK(strstr(stage_read("data/sync/incoming/head.json"), "\"catalogue\":7"));
    key_free(k);
    buf_finish(&json);
    buf_finish(&sig);
}

/* A copy of the terminal's folder with the same certificate goes another way. */
TEST(copied_terminal_is_a_fork)
{
    char command[300];
    snprintf(command, sizeof command, "cp -r '%s' '%s'", stage_path("data"), stage_path("copy"));
    CHECK_INT(system(command), 0);
    struct journal *copy = open_journal("copy");
    append(journal);
    CHECK(acked(journal_last(journal)));
    append(copy);
    int before = records();
    mkdir(stage_path("run2"), 0755);
    pid_t pid = stage_start("copy.out", "copy.log", -1, "kiosk-sync", "--data", stage_path("copy"), "--run",
                            stage_path("run2"), NULL);
    CHECK(stage_wait_text("copy.log", "trying on slowly", 1));
    CHECK_INT(kill(pid, 0), 0); /* it lives on */
    CHECK_INT(records(), before);
    CHECK(strstr(stage_read("hall.log"), "alert: fork"));
    CHECK_INT(stage_end(pid, SIGTERM), 0);
    journal_close(copy);
    append(journal); /* the first goes on */
    CHECK(acked(journal_last(journal)));
}

TEST(enrolled_anew_ends_the_old_certificate)
{
    struct private_key *other = NULL;
    uint8_t other_epoch[EPOCH_LEN];
    CHECK_INT(enrolled_sheet(&hall), 0);
    /* on another machine: this one's kiosk-sync holds its folder */
    CHECK_INT(rename(stage_path("data"), stage_path("old")), 0);
    CHECK(enrolled_prepare(other_epoch, &other));
    key_free(other);
    CHECK_INT(enrolled_enrol("sheet.json"), 0);
    CHECK(strstr(stage_read("data/terminal.json"), "\"registration\":2,"));
    CHECK_INT(rename(stage_path("data"), stage_path("new")), 0);
    CHECK_INT(rename(stage_path("old"), stage_path("data")), 0);
    append(journal); /* of the old registration */
    stage_kiosk_tell(&kiosk, journal_last(journal));
    CHECK(stage_wait_text("sync.log", "HTTP status 403", 1));
}

TEST(programs_end_well)
{
    journal_close(journal);
    key_free(signing);
    CHECK_INT(stage_end(sync_pid, SIGTERM), 0);
    CHECK_INT(stage_hall_end(&hall, SIGTERM), 0);
    stage_kiosk_close(&kiosk);
    stage_close(test_failed_);
}

TEST_MAIN(T(keys_hall_terminal), T(wrong_ca_code_never_sent), T(wrong_code_is_refused), T(wrong_root_is_refused),
          T(enrolment), T(journal_is_delivered_and_opened), T(hall_killed_in_between), T(answer_cut_after_commit),
          T(sync_killed_in_a_batch), T(hall_disk_full), T(hall_refuses_connections), T(catalogue_comes_in),
          T(copied_terminal_is_a_fork), T(enrolled_anew_ends_the_old_certificate), T(programs_end_well))
