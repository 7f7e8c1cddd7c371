/* SPDX-License-Identifier: Apache-2.0
 *
 * hall-open's side of one request: what is opened, what is refused with which word, each with a row; and nothing without
 * one.
 */
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "crypto/key_folder.h"
#include "tools/hall/open/opener.h"
#include "wire/record.h"

#define NUMBER "1103001260105000018"
#define OTHER "1103001260105000026"
#define APPLICATION                                                                                                         \
    "{\"v\":1,\"item\":\"x\",\"applicant\":{\"kind\":\"resident\",\"name\":\"测试甲\"},\"fields\":{\"mobile\":"          \
    "\"13800000123\","                                                                                                      \
    "\"notify\":\"message\"}}"

static char dir[64], keys[100], log_path[100];
static struct keyring ring = {.dir = keys};
static struct opening_log *opened;
static struct public_key sealing;

static void run(const char *command)
{
    char text[300];

    snprintf(text, sizeof text, "cd '%s' && %s", dir, command);
    CHECK_INT(system(text), 0);
}

TEST(a_folder)
{
    struct err e = {0};

    snprintf(dir, sizeof dir, "/tmp/tongban-open-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(keys, sizeof keys, "%s/keys", dir);
    snprintf(log_path, sizeof log_path, "%s/openings.log", dir);
    CHECK_INT(mkdir(keys, 0700), 0);
    CHECK_INT(key_folder_new(keys, "sealing", &sealing, &e), 0);
    CHECK_INT(opening_log_open(log_path, &opened, &e), 0);
    signal(SIGXFSZ, SIG_IGN);
}

TEST(no_folder)
{
    char text[100];

    keyring_forget(&ring);
    opening_log_close(opened);
    snprintf(text, sizeof text, "rm -rf '%s'", dir);
    CHECK_INT(system(text), 0);
}

static void make_header(const char *number, enum record_kind kind, const char *terminal, const struct public_key *to,
                        struct buf *out)
{
    struct record_header h = {.v = 1, .seq = 1, .at = 1767546000000, .up = 1, .clock_trusted = true, .kind = kind};
    struct err e = {0};

    snprintf(h.terminal, sizeof h.terminal, "%s", terminal);
    snprintf(h.what, sizeof h.what, "%s", kind == RECORD_START ? "1.0" : "");
    snprintf(h.boot, sizeof h.boot, "00000000-0000-4000-8000-000000000000");
    snprintf(h.number, sizeof h.number, "%s", number);
    snprintf(h.item, sizeof h.item, "%s", number[0] ? "11110105MB0A0000164000709102000" : "");
    h.item_version = h.form_version = kind == RECORD_APPLICATION;
    memset(h.epoch, 1, sizeof h.epoch);
    memset(h.id, 7, sizeof h.id);
    if (record_kind_has_body(kind))
        public_key_id(to, h.key);
    CHECK_INT(record_header_encode(&h, out, &e), 0);
    CHECK_STR(e.text, "");
}

/* A request for NUMBER, as hallctl would make it of what a terminal delivered. */
static void make_request(struct opening_request *r, const char *number, const char *text, const struct public_key *to)
{
    const char *info = record_seal_info(RECORD_APPLICATION);
    struct buf header, plain, body;

    *r = (struct opening_request){.number = NUMBER, .staff = "李", .post = "接待", .reason = "受理前核对"};
    buf_init(&header, sizeof r->header);
    buf_init(&plain, APPLICATION_MAX + SEAL_PAD);
    buf_init(&body, sizeof r->body);
    make_header(number, RECORD_APPLICATION, "t-1", to, &header);
    buf_adds(&plain, text);
    CHECK_INT(seal_pad(&plain), 0);
    CHECK_INT(seal(to, info, strlen(info), header.data, header.len, plain.data, plain.len, &body, NULL), 0);
    memcpy(r->header, header.data, r->header_len = header.len);
    memcpy(r->body, body.data, r->body_len = body.len);
    buf_finish(&header);
    buf_finish(&plain);
    buf_finish(&body);
}

/* The outcome; `name` and `notice` as the answer has them, and whether an application stood in it. */
static enum opening_outcome ask(const struct opening_request *r, struct opening_answer *a, bool *ret_shown)
{
    struct buf request, answer;
    struct json *doc = NULL;
    const struct json *application = NULL;
    struct err e = {0};

    buf_init(&request, JSON_SIZE_MAX);
    buf_init(&answer, JSON_SIZE_MAX);
    CHECK_INT(opening_request_encode(r, &request), 0);
    opener_answer(&ring, opened, 1000, buf_str(&request), &answer);
    CHECK_INT(opening_answer_decode(buf_str(&answer), answer.len, a, &doc, &application, &e), 0);
    *ret_shown = application != NULL;
    CHECK(application || !strstr(buf_str(&answer), "测"));
    if (application)
        CHECK(strcmp(json_str(json_member(json_member(application, "applicant"), "name")), "测试甲") == 0);
    json_free(doc);
    buf_finish(&request);
    buf_finish(&answer);
    return a->outcome;
}

struct last {
    struct opening_row row;
    int n;
};

static int keep_last(void *ctx, const struct opening_row *r, const uint8_t hash[SHA256_LEN])
{
    struct last *l = ctx;

    l->row = *r;
    l->n++;
    return 0;
}

static struct last last_row(void)
{
    struct last l = {.n = 0};
    struct err e = {0};

    CHECK_INT(opening_log_read(log_path, keep_last, &l, &e), 0);
    return l;
}

TEST(opened_with_a_row)
{
    struct opening_request r;
    struct opening_answer a;
    bool shown;

    make_request(&r, NUMBER, APPLICATION, &sealing);
    CHECK_INT(ask(&r, &a, &shown), OPENING_OPENED);
    CHECK(shown);
    CHECK_STR(a.name, "测*甲");
    CHECK_STR(a.notice, "message 138****0123");
    struct last l = last_row();
    CHECK_INT(l.n, 1);
    CHECK_INT(l.row.seq, a.seq);
    CHECK_INT(l.row.user, 1000);
    CHECK_INT(l.row.outcome, OPENING_OPENED);
    CHECK_STR(l.row.number, NUMBER);
    CHECK_STR(l.row.staff, "李");
    CHECK_STR(l.row.post, "接待");
    CHECK_STR(l.row.reason, "受理前核对");
    CHECK_INT(l.row.record[15], 7);
}

TEST(an_older_key_beside_a_newer)
{
    struct opening_request r;
    struct opening_answer a;
    struct public_key newer;
    bool shown;

    CHECK_INT(key_folder_new(keys, "sealing", &newer, NULL), 0); /* while it runs */
    make_request(&r, NUMBER, APPLICATION, &newer);
    CHECK_INT(ask(&r, &a, &shown), OPENING_OPENED);
    make_request(&r, NUMBER, APPLICATION, &sealing);
    CHECK_INT(ask(&r, &a, &shown), OPENING_OPENED);
}

/* As when the folder was left alone since. */
static void folder_rests(int hour)
{
    const struct timespec then[2] = {{.tv_sec = 3600 * hour}, {.tv_sec = 3600 * hour}};

    CHECK_INT(utimensat(AT_FDCWD, keys, then, 0), 0);
}

TEST(a_key_is_kept_while_the_folder_rests)
{
    char path[200], aside[200], hex[17];
    struct opening_request r;
    struct opening_answer a;
    struct public_key other;
    uint8_t id[8];
    bool shown;

    CHECK_INT(key_folder_new(keys, "sealing", &other, NULL), 0);
    public_key_id(&other, id);
    hex_encode(id, sizeof id, hex);
    snprintf(path, sizeof path, "%s/sealing-%s.pem", keys, hex);
    snprintf(aside, sizeof aside, "%s/taken", dir);
    folder_rests(1);
    make_request(&r, NUMBER, APPLICATION, &other);
    CHECK_INT(ask(&r, &a, &shown), OPENING_OPENED);
    CHECK_INT(rename(path, aside), 0);
    folder_rests(1);
    CHECK_INT(ask(&r, &a, &shown), OPENING_OPENED); /* nobody could know */
    folder_rests(2);
    CHECK_INT(ask(&r, &a, &shown), OPENING_NO_KEY);
    CHECK_INT(rename(aside, path), 0);
    CHECK_INT(ask(&r, &a, &shown), OPENING_OPENED);
}

/* What may not be opened: its word, a row that says so, and nothing shown. */
static void refused(const struct opening_request *r, enum opening_outcome want)
{
    struct opening_answer a;
    int before = last_row().n;
    bool shown;

    CHECK_INT(ask(r, &a, &shown), want);
    CHECK(!shown && !a.name[0] && !a.notice[0]);
    struct last l = last_row();
    CHECK_INT(l.n, before + 1);
    CHECK_INT(l.row.outcome, want);
}

TEST(refused_with_a_row)
{
    struct opening_request r, other;
    struct private_key *lost = NULL;
    struct public_key to;
    struct buf header;

    make_request(&r, NUMBER, APPLICATION, &sealing);
    r.body[r.body_len - 1] ^= 1; /* forged */
    refused(&r, OPENING_FORGED);
    make_request(&r, OTHER, APPLICATION, &sealing);
    refused(&r, OPENING_OTHER_CASE);
    make_request(&r, NUMBER, APPLICATION, &sealing); /* under another terminal's header */
    buf_init(&header, RECORD_HEADER_MAX);
    make_header(NUMBER, RECORD_APPLICATION, "t-2", &sealing, &header);
    memcpy(r.header, header.data, r.header_len = header.len);
    refused(&r, OPENING_FORGED);
    buf_reset(&header);
    make_header("", RECORD_START, "t-1", &sealing, &header);
    memcpy(r.header, header.data, r.header_len = header.len);
    refused(&r, OPENING_NO_APPLICATION);
    r.header[0] = 'x';
    refused(&r, OPENING_NO_APPLICATION);
    make_request(&r, NUMBER, "\"测试甲\"", &sealing); /* anybody can seal anything */
    refused(&r, OPENING_UNREADABLE);
    make_request(&r, NUMBER, "{\"applicant\":", &sealing);
    refused(&r, OPENING_UNREADABLE);
    CHECK_INT(key_generate(&lost, NULL), 0);
    key_public(lost, &to);
    make_request(&other, NUMBER, APPLICATION, &to);
    refused(&other, OPENING_NO_KEY);
    key_free(lost);
    buf_finish(&header);
}

/* What a terminal left besides: its disk's key, by the terminal's name. */
static void make_left(struct opening_request *r, const char *terminal, const char *asked)
{
    const char *info = record_seal_info(RECORD_DISK_KEY), *text = "{\"v\":1,\"applicant\":{\"name\":\"测试甲\"}}";
    struct buf header, plain, body;

    *r = (struct opening_request){.staff = "王", .post = "运维", .reason = "TPM 被清"};
    snprintf(r->terminal, sizeof r->terminal, "%s", asked);
    buf_init(&header, sizeof r->header);
    buf_init(&plain, APPLICATION_MAX + SEAL_PAD);
    buf_init(&body, sizeof r->body);
    make_header("", RECORD_DISK_KEY, terminal, &sealing, &header);
    buf_adds(&plain, text);
    CHECK_INT(seal_pad(&plain), 0);
    CHECK_INT(seal(&sealing, info, strlen(info), header.data, header.len, plain.data, plain.len, &body, NULL), 0);
    memcpy(r->header, header.data, r->header_len = header.len);
    memcpy(r->body, body.data, r->body_len = body.len);
    buf_finish(&header);
    buf_finish(&plain);
    buf_finish(&body);
}

TEST(what_a_terminal_left)
{
    struct opening_request r, application;
    struct opening_answer a;
    bool shown;

    make_left(&r, "t-1", "t-1");
    CHECK_INT(ask(&r, &a, &shown), OPENING_OPENED);
    CHECK(shown);
    struct last l = last_row();
    CHECK_STR(l.row.terminal, "t-1");
    CHECK_STR(l.row.number, "");
    make_left(&r, "t-1", "t-2"); /* another's */
    refused(&r, OPENING_OTHER_RECORD);
    make_left(&r, "t-1", "t-1");
    r.body[r.body_len - 1] ^= 1;
    refused(&r, OPENING_FORGED);
    make_left(&r, "t-1", "t-1");
    r.terminal[0] = '\0'; /* as if it were a case's */
    memcpy(r.number, NUMBER, sizeof r.number);
    refused(&r, OPENING_NO_APPLICATION);
    make_request(&application, NUMBER, APPLICATION, &sealing); /* what belongs to a case is not had by the terminal's name */
    application.number[0] = '\0';
    memcpy(application.terminal, "t-1", 4);
    refused(&application, OPENING_OTHER_RECORD);
}

static void bad(const char *text)
{
    struct buf answer;

    buf_init(&answer, JSON_SIZE_MAX);
    opener_answer(&ring, opened, 1000, text, &answer);
    CHECK(strstr(buf_str(&answer), "\"outcome\":\"bad-request\"") != NULL);
    CHECK(strstr(buf_str(&answer), "application") == NULL);
    buf_finish(&answer);
}

TEST(who_and_why_must_be_said)
{
    struct opening_request r, good;
    struct buf request;
    int before = last_row().n;

    make_request(&good, NUMBER, APPLICATION, &sealing);
    buf_init(&request, JSON_SIZE_MAX);
    for (int i = 0; i < 4; i++) {
        r = good;
        char *const part[] = {r.post, r.reason, r.staff, r.number};
        snprintf(part[i], 2, "%s", i == 1 ? " " : "");
        buf_reset(&request);
        CHECK_INT(opening_request_encode(&r, &request), 0);
        bad(buf_str(&request));
    }
    bad("");
    bad("{}");
    bad("open it");
    bad("{\"number\":\"" NUMBER "\",\"terminal\":\"t-1\",\"staff\":\"a\",\"post\":\"b\",\"reason\":\"c\",\"header\":\"00\","
        "\"body\":\"00\"}");
    bad("{\"terminal\":\"T 1\",\"staff\":\"a\",\"post\":\"b\",\"reason\":\"c\",\"header\":\"00\",\"body\":\"00\"}");
    buf_finish(&request);
    CHECK_INT(last_row().n, before);
}

/* --- no row, no opening --- */

static void limit_files(rlim_t bytes)
{
    struct rlimit l;

    getrlimit(RLIMIT_FSIZE, &l);
    l.rlim_cur = bytes == RLIM_INFINITY ? l.rlim_max : bytes;
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &l), 0);
}

TEST(nothing_is_opened_that_cannot_be_audited)
{
    struct opening_request r;
    struct opening_answer a;
    struct stat st;
    int before = last_row().n;
    bool shown;

    make_request(&r, NUMBER, APPLICATION, &sealing);
    CHECK_INT(stat(log_path, &st), 0);
    limit_files((rlim_t)st.st_size + 100); /* half a row */
    CHECK_INT(ask(&r, &a, &shown), OPENING_NOT_AUDITED);
    limit_files(RLIM_INFINITY);
    CHECK(!shown && !a.name[0] && !a.notice[0]);
    CHECK_INT(a.seq, 0);
    CHECK_INT(last_row().n, before);
    CHECK_INT(ask(&r, &a, &shown), OPENING_OPENED); /* there is room again */
    CHECK_INT(a.seq, before + 1);
    CHECK_INT(last_row().n, before + 1);
}

TEST(only_one_writes)
{
    struct opening_log *second = NULL;

    CHECK_INT(opening_log_open(log_path, &second, NULL), -ERR_BUSY);
}

TEST(a_row_cut_short_by_a_power_cut)
{
    int before = last_row().n;
    struct err e = {0};

    opening_log_close(opened);
    opened = NULL;
    run("printf '0123 {\"v\":1' >>openings.log");
    CHECK_INT(last_row().n, before);
    CHECK_INT(opening_log_open(log_path, &opened, &e), 0);
    struct opening_request r;
    struct opening_answer a;
    bool shown;
    make_request(&r, NUMBER, APPLICATION, &sealing);
    CHECK_INT(ask(&r, &a, &shown), OPENING_OPENED);
    CHECK_INT(last_row().n, before + 1);
}

/* Whatever byte is another, whatever row is taken out, put in or moved. */
TEST(a_changed_log_is_told)
{
    struct buf all;
    struct err e = {0};
    char other[100];

    CHECK_INT(fs_read(log_path, 1 << 20, &all, &e), 0);
    snprintf(other, sizeof other, "%s/other.log", dir);
    for (size_t i = 0; i < all.len; i += i < 1500 ? 1 : 37) {
        all.data[i] ^= 1;
        CHECK_INT(fs_write_atomic(other, all.data, all.len, 0600, NULL), 0);
        if (opening_log_read(other, NULL, NULL, NULL) >= 0 && i + 1 < all.len) /* but for the last line's end */
            CHECK_INT((long long)i, -1);
        all.data[i] ^= 1;
    }
    buf_finish(&all);
    static const char *const harm[] = {"sed 1d", "sed 2d", "sed -n 'h;2!p;2{p;g;p}'", "sed '1{h;d};2G'"};
    for (int i = 0; i < 4; i++) {
        char command[200];

        snprintf(command, sizeof command, "%s openings.log >other.log", harm[i]);
        run(command);
        CHECK_INT(opening_log_read(other, NULL, NULL, NULL), -ERR_CHECKSUM);
    }
    struct opening_log *l = NULL;
    CHECK_INT(opening_log_open(other, &l, NULL), -ERR_CHECKSUM);
}

TEST(others_may_not_look_into_the_keys)
{
    CHECK_INT(opener_check_keys(keys, NULL), 0);
    CHECK_INT(chmod(keys, 0750), 0);
    CHECK_INT(opener_check_keys(keys, NULL), -ERR_ACCESS);
    CHECK_INT(chmod(keys, 0700), 0);
    CHECK_INT(opener_check_keys("/nowhere", NULL), -ERR_NOTFOUND);
}

TEST_MAIN(SETUP(a_folder), T(opened_with_a_row), T(an_older_key_beside_a_newer), T(a_key_is_kept_while_the_folder_rests),
          T(refused_with_a_row), T(what_a_terminal_left), T(who_and_why_must_be_said),
          T(nothing_is_opened_that_cannot_be_audited), T(only_one_writes), T(a_row_cut_short_by_a_power_cut),
          T(a_changed_log_is_told), T(others_may_not_look_into_the_keys), TEARDOWN(no_folder))
