/* SPDX-License-Identifier: Apache-2.0
 *
 * hall-open's side of a terminal's question: which index, which case, whose phone; what is told, what is counted, what is
 * in the audit.
 */
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/text.h"
#include "crypto/key_folder.h"
#include "tools/hall/open/asker.h"
#include "tools/hall/open/asking_wire.h"
#include "tools/hall/open/tries.h"
#include "wire/ask_licence.h"
#include "wire/record.h"

#define NUMBER "1103001260105000018"
#define OTHER "1103001260105000026"
#define CITIZEN "110101199003070038"
#define NOW INT64_C(1767546000000)
#define DAY INT64_C(86400000)
#define APPLICATION(phone)                                                                                                  \
    "{\"v\":1,\"item\":\"x\",\"applicant\":{\"kind\":\"resident\",\"name\":\"测试甲\",\"number\":\"" CITIZEN                \
    "\"},\"fields\":{" phone "\"hope\":\"早日办好\"}}"
#define WITH_PHONE APPLICATION("\"mobile\":\"13800000123\",")
#define SUPPLEMENT "{\"v\":1,\"case\":\"" NUMBER "\",\"applicant\":{\"number\":\"" CITIZEN "\"},\"words\":\"门牌改了\"}"

static char dir[64], keys[100], log_path[100];
static struct opening_log *opened;
static struct keyring ring = {.dir = keys};
static struct asker *asker;
static struct public_key sealing, ask_key;

static void start(void)
{
    struct err e = {0};

    CHECK_INT(opening_log_open(log_path, &opened, &e), 0);
    CHECK_INT(asker_create(&ring, opened, log_path, &asker, &e), 0);
    CHECK_STR(e.text, "");
}

static void stop(void)
{
    asker_destroy(asker);
    opening_log_close(opened);
}

TEST(a_folder)
{
    clock_set_wall(NOW);
    snprintf(dir, sizeof dir, "/tmp/tongban-ask-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(keys, sizeof keys, "%s/keys", dir);
    snprintf(log_path, sizeof log_path, "%s/openings.log", dir);
    CHECK_INT(mkdir(keys, 0700), 0);
    CHECK_INT(key_folder_new(keys, "sealing", &sealing, NULL), 0);
    CHECK_INT(key_folder_new(keys, "ask", &ask_key, NULL), 0);
    start();
}

TEST(no_folder)
{
    char text[100];

    stop();
    keyring_forget(&ring);
    snprintf(text, sizeof text, "rm -rf '%s'", dir);
    CHECK_INT(system(text), 0);
}

/* --- what a terminal makes --- */

static void put_record(struct asking_request *r, enum record_kind kind, const char *number, const char *text)
{
    const char *info = record_seal_info(kind);
    struct record_header h = {.v = 1, .seq = 1, .at = NOW, .up = 1, .clock_trusted = true, .kind = kind};
    struct buf header, plain, body;

    text_copy(h.terminal, sizeof h.terminal, "t-1");
    text_copy(h.boot, sizeof h.boot, "00000000-0000-4000-8000-000000000000");
    text_copy(kind == RECORD_SUPPLEMENT ? h.case_number : h.number, sizeof h.number, number);
    if (kind == RECORD_APPLICATION) {
        text_copy(h.item, sizeof h.item, "x");
        h.item_version = h.form_version = 1;
    }
    memset(h.epoch, 1, sizeof h.epoch);
    memset(h.id, 7, sizeof h.id);
    public_key_id(&sealing, h.key);
    buf_init(&header, sizeof r->header);
    buf_init(&plain, APPLICATION_MAX + SEAL_PAD);
    buf_init(&body, sizeof r->body);
    CHECK_INT(record_header_encode(&h, &header, NULL), 0);
    buf_adds(&plain, text);
    CHECK_INT(seal_pad(&plain), 0);
    CHECK_INT(seal(&sealing, info, strlen(info), header.data, header.len, plain.data, plain.len, &body, NULL), 0);
    memcpy(r->header, header.data, r->header_len = header.len);
    memcpy(r->body, body.data, r->body_len = body.len);
    buf_finish(&header);
    buf_finish(&plain);
    buf_finish(&body);
}

static struct seal_reply asking;

static void put_question(struct asking_request *r, const struct ask_question *q)
{
    text_copy(r->terminal, sizeof r->terminal, "t-1");
    CHECK_INT(ask_seal(&ask_key, "t-1", clock_wall_ms(), q, &r->question, &asking, NULL), 0);
}

static const struct ask_question by_card = {.about = ASK_ABOUT_CASES, .citizen = CITIZEN};

static struct ask_question by_number(const char *number, const char *phone)
{
    struct ask_question q = {.about = ASK_ABOUT_CASE, .language = LANGUAGE_EN};

    text_copy(q.number, sizeof q.number, number);
    text_copy(q.phone, sizeof q.phone, phone);
    return q;
}

/* What the hall knows of a case. */
static void put_cases(struct asking_request *r)
{
    static struct my_cases all;

    all = (struct my_cases){.at = NOW, .n = 1};
    text_copy(all.list[0].number, sizeof all.list[0].number, NUMBER);
    buf_init(&r->cases, ASK_ANSWER_MAX);
    CHECK_INT(ask_answer_encode(&all, &r->cases), 0);
}

static struct asking_request *request(enum asking_what what)
{
    static struct asking_request r;

    memset(&r, 0, sizeof r);
    buf_init(&r.cases, ASK_ANSWER_MAX);
    r.what = what;
    return &r;
}

static struct asking_answer *say(struct asking_request *r)
{
    static struct asking_answer a;
    struct buf text, out;
    struct err e = {0};

    buf_init(&text, JSON_SIZE_MAX);
    buf_init(&out, JSON_SIZE_MAX);
    CHECK_INT(asking_request_encode(r, &text), 0);
    asker_answer(asker, 1000, buf_str(&text), &out);
    CHECK(!strchr(buf_str(&out), '\n') && !strstr(buf_str(&out), "测") && !strstr(buf_str(&out), CITIZEN));
    CHECK_INT(asking_answer_decode(buf_str(&out), out.len, &a, &e), 0);
    CHECK_STR(e.text, "");
    buf_finish(&text);
    buf_finish(&out);
    buf_finish(&r->cases);
    return &a;
}

/* What the terminal reads of a reply. */
static enum ask_reason heard(const struct asking_answer *a, int *ret_n)
{
    static struct my_cases all;
    enum ask_reason why = ASK_REASONS;
    struct buf plain;

    buf_init(&plain, ASK_REPLY_MAX);
    CHECK_INT(seal_reply_open(&asking, a->reply, a->reply_len, &plain, NULL), 0);
    CHECK_INT(seal_unpad(&plain, NULL), 0);
    CHECK_INT(ask_answer_decode(plain.data, plain.len, &all, &why, NULL), 0);
    buf_finish(&plain);
    *ret_n = all.n;
    return why;
}

static int n_rows;
static struct opening_row last;

static int count(void *ctx, const struct opening_row *r, const uint8_t hash[SHA256_LEN])
{
    n_rows++;
    last = *r;
    return 0;
}

static int rows(void)
{
    n_rows = 0;
    CHECK_INT(opening_log_read(log_path, count, NULL, NULL), 0);
    return n_rows;
}

/* --- indexes --- */

static uint8_t index_of[BLIND_LEN];

TEST(an_index_and_nothing_else)
{
    struct asking_request *r = request(ASKING_INDEX);

    put_record(r, RECORD_APPLICATION, NUMBER, WITH_PHONE);
    struct asking_answer *a = say(r);
    CHECK(a->outcome == OPENING_OPENED && a->indexed && a->reply_len == 0);
    memcpy(index_of, a->index, sizeof index_of);
    CHECK_INT(rows(), 1);
    CHECK(last.act == OPENING_INDEX && last.outcome == OPENING_OPENED && strcmp(last.number, NUMBER) == 0);
    r = request(ASKING_INDEX);
    put_record(r, RECORD_SUPPLEMENT, NUMBER, SUPPLEMENT);
    a = say(r);
    CHECK(a->outcome == OPENING_OPENED && a->indexed);
    CHECK_MEM(a->index, index_of, sizeof index_of); /* the same person's */
    CHECK_INT(rows(), 2);
}

TEST(no_index)
{
    struct asking_request *r = request(ASKING_INDEX);

    put_record(r, RECORD_APPLICATION, NUMBER, "{\"v\":1,\"applicant\":{\"kind\":\"credit-code\"}}");
    struct asking_answer *a = say(r);
    CHECK(a->outcome == OPENING_OPENED && !a->indexed); /* it names nobody */
    r = request(ASKING_INDEX);
    put_record(r, RECORD_APPLICATION, NUMBER, WITH_PHONE);
    r->body[r->body_len - 1] ^= 1;
    a = say(r);
    CHECK(a->outcome == OPENING_FORGED && !a->indexed);
    CHECK_INT(rows(), 4);
    CHECK_INT(last.outcome, OPENING_FORGED);
    r = request(ASKING_INDEX);
    put_record(r, RECORD_FEEDBACK, NUMBER, WITH_PHONE);
    CHECK_INT(say(r)->outcome, OPENING_NO_APPLICATION);
    r = request(ASKING_INDEX);
    memcpy(r->header, "{}", r->header_len = 2);
    r->body_len = 1;
    CHECK_INT(say(r)->outcome, OPENING_NO_APPLICATION);
    CHECK_INT(rows(), 4); /* neither was opened */
}

TEST(the_secret_stays)
{
    uint8_t secret[BLIND_ID_LEN];
    char path[120];
    struct stat st;

    memcpy(secret, say(request(ASKING_HELLO))->secret, sizeof secret);
    stop();
    start();
    CHECK_MEM(say(request(ASKING_HELLO))->secret, secret, sizeof secret);
    snprintf(path, sizeof path, "%s/" BLIND_FILE, keys);
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    stop();
    struct err e = {0};
    CHECK_INT(fs_write_atomic(path, "00ff\n", 5, 0600, &e), 0);
    CHECK_INT(opening_log_open(log_path, &opened, &e), 0);
    CHECK_INT(asker_create(&ring, opened, log_path, &asker, &e), -ERR_KEY);
    opening_log_close(opened);
    CHECK_INT(unlink(path), 0);
    start();
    CHECK(memcmp(say(request(ASKING_HELLO))->secret, secret, sizeof secret) != 0);
    struct asking_request *r = request(ASKING_INDEX);
    put_record(r, RECORD_APPLICATION, NUMBER, WITH_PHONE);
    struct asking_answer *a = say(r);
    CHECK(memcmp(a->index, index_of, sizeof index_of) != 0);
    memcpy(index_of, a->index, sizeof index_of);
}

/* --- by card --- */

TEST(by_card_the_index_is_told)
{
    struct asking_request *r = request(ASKING_LOOK);
    struct ask_sealed question;
    int n = -1;

    put_question(r, &by_card);
    question = r->question;
    struct asking_answer *a = say(r);
    CHECK(a->outcome == OPENING_OPENED && a->indexed && !a->number[0] && a->reply_len == 0);
    CHECK_MEM(a->index, index_of, sizeof index_of);
    r = request(ASKING_ANSWER);
    text_copy(r->terminal, sizeof r->terminal, "t-1");
    r->question = question;
    put_cases(r);
    CHECK_INT(heard(say(r), &n), ASK_ANSWERED);
    CHECK_INT(n, 1);
    /* it comes again: the hall learns nothing more, and nothing is answered */
    r = request(ASKING_ANSWER);
    text_copy(r->terminal, sizeof r->terminal, "t-1");
    r->question = question;
    put_cases(r);
    CHECK_INT(heard(say(r), &n), ASK_TIME_DIFFERS);
    CHECK_INT(n, 0);
}

TEST(questions_that_are_not_its_own)
{
    struct asking_request *r = request(ASKING_LOOK);
    struct public_key other;
    int n = -1;

    put_question(r, &by_card);
    text_copy(r->terminal, sizeof r->terminal, "t-2");
    struct asking_answer *a = say(r);
    CHECK(a->outcome == OPENING_FORGED && !a->indexed && a->reply_len == 0);
    r = request(ASKING_LOOK);
    put_question(r, &by_card);
    r->question.sealed[70] ^= 1;
    CHECK_INT(say(r)->outcome, OPENING_FORGED);
    r = request(ASKING_LOOK);
    put_question(r, &by_card);
    r->question.key[0] ^= 1;
    CHECK_INT(say(r)->outcome, OPENING_NO_KEY);
    r = request(ASKING_LOOK);
    clock_set_wall(clock_wall_ms() + DAY);
    put_question(r, &by_card);
    clock_set_wall(clock_wall_ms() - DAY); /* the terminal's clock is a day ahead */
    a = say(r);
    CHECK(a->outcome == OPENING_OPENED && !a->indexed);
    CHECK_INT(heard(a, &n), ASK_TIME_DIFFERS);
    /* a key of before is good as long as it lies there */
    struct public_key kept = ask_key;
    CHECK_INT(key_folder_new(keys, "ask", &other, NULL), 0);
    r = request(ASKING_LOOK);
    put_question(r, &by_card);
    CHECK(say(r)->indexed);
    ask_key = other;
    r = request(ASKING_LOOK);
    put_question(r, &by_card);
    CHECK(say(r)->indexed);
    ask_key = kept;
}

/* --- by number and phone --- */

static enum ask_reason ask_number(const char *phone, const char *record_number, const char *text, bool there)
{
    struct ask_question q = by_number(NUMBER, phone);
    struct asking_request *r = request(ASKING_LOOK);
    int n = -1;

    put_question(r, &q);
    struct ask_sealed question = r->question;
    struct asking_answer *a = say(r);
    CHECK(a->outcome == OPENING_OPENED && !a->indexed && strcmp(a->number, NUMBER) == 0 && a->language == LANGUAGE_EN);
    r = request(ASKING_ANSWER);
    text_copy(r->terminal, sizeof r->terminal, "t-1");
    r->question = question;
    if (there) {
        put_cases(r);
        put_record(r, RECORD_APPLICATION, record_number, text);
    }
    enum ask_reason why = heard(say(r), &n);
    CHECK_INT(n, why == ASK_ANSWERED ? 1 : 0);
    return why;
}

TEST(by_number_and_phone)
{
    int before = rows();

    CHECK_INT(ask_number("0123", NUMBER, WITH_PHONE, true), ASK_ANSWERED);
    CHECK_INT(rows(), before + 1);
    CHECK(last.act == OPENING_COMPARE && last.outcome == OPENING_OPENED && strstr(last.reason, "t-1"));
    CHECK_INT(ask_number("0123", NUMBER, "", false), ASK_NO_SUCH_CASE);
    CHECK_INT(rows(), before + 1); /* nothing was opened */
    CHECK_INT(ask_number("0123", NUMBER, APPLICATION(""), true), ASK_NO_PHONE);
    CHECK_INT(ask_number("0123", OTHER, WITH_PHONE, true), ASK_UNREADABLE); /* the hall gives another's record */
    CHECK_INT(last.outcome, OPENING_OPENED);
    rows();
    CHECK_INT(last.outcome, OPENING_OTHER_CASE);
}

TEST(too_many_tries)
{
    for (int i = 0; i < TRIES_MAX; i++)
        CHECK_INT(ask_number("9999", NUMBER, WITH_PHONE, true), ASK_PHONE_DIFFERS);
    int n = rows();
    CHECK_INT(last.outcome, OPENING_PHONE_DIFFERS);
    CHECK_INT(ask_number("0123", NUMBER, WITH_PHONE, true), ASK_TOO_MANY_TRIES);
    CHECK_INT(rows(), n);
    stop(); /* and a start does not give them back */
    start();
    CHECK_INT(ask_number("0123", NUMBER, WITH_PHONE, true), ASK_TOO_MANY_TRIES);
    clock_set_wall(clock_wall_ms() + DAY);
    CHECK_INT(ask_number("0123", NUMBER, WITH_PHONE, true), ASK_ANSWERED);
}

/* --- by code --- */

static const struct speak_number said_number = {1103, 1, 7};

static void put_said(struct asking_request *r, const char *number, int secret, bool has_code)
{
    char code[SPEAK_CODE_LEN + 1], text[200];

    speak_code_make(&said_number, secret, code);
    snprintf(text, sizeof text, "{\"v\":1,\"code\":\"%s\",\"about\":\"machine\",\"words\":\"机器坏了\"}",
             has_code ? code : "");
    put_record(r, RECORD_FEEDBACK, number, text);
}

static enum ask_reason ask_code(int secret, enum record_kind kind, bool there)
{
    struct ask_question q = {.about = ASK_ABOUT_SPOKEN, .language = LANGUAGE_EN};
    struct asking_request *r = request(ASKING_LOOK);
    int n = -1;

    speak_code_make(&said_number, secret, q.code);
    put_question(r, &q);
    struct ask_sealed question = r->question;
    struct asking_answer *a = say(r);
    CHECK(a->outcome == OPENING_OPENED && !a->indexed && a->reply_len == 0);
    CHECK_STR(a->number, "110300100007"); /* and nothing of the secret */
    r = request(ASKING_ANSWER);
    text_copy(r->terminal, sizeof r->terminal, "t-1");
    r->question = question;
    if (there) {
        put_cases(r);
        if (kind == RECORD_FEEDBACK)
            put_said(r, "110300100007", 4711, true);
        else
            put_record(r, kind, NUMBER, WITH_PHONE);
    }
    enum ask_reason why = heard(say(r), &n);
    CHECK_INT(n, why == ASK_ANSWERED ? 1 : 0);
    return why;
}

TEST(by_code)
{
    int before = rows();

    CHECK_INT(ask_code(4711, RECORD_FEEDBACK, true), ASK_ANSWERED);
    CHECK_INT(rows(), before + 1);
    CHECK(last.act == OPENING_COMPARE && last.outcome == OPENING_OPENED && strstr(last.reason, "by code"));
    CHECK_STR(last.number, "110300100007");
    CHECK_INT(ask_code(4711, RECORD_FEEDBACK, false), ASK_NO_SUCH_CASE);
    CHECK_INT(rows(), before + 1);                                       /* nothing was opened */
    CHECK_INT(ask_code(4711, RECORD_APPLICATION, true), ASK_UNREADABLE); /* the hall gives something else */
    rows();
    CHECK_INT(last.outcome, OPENING_OTHER_CASE);
}

TEST(too_many_codes)
{
    for (int i = 0; i < TRIES_MAX; i++)
        CHECK_INT(ask_code(4712 + i, RECORD_FEEDBACK, true), ASK_NO_SUCH_CASE); /* as if there were none */
    int n = rows();
    CHECK_INT(last.outcome, OPENING_CODE_DIFFERS);
    CHECK_INT(ask_code(4711, RECORD_FEEDBACK, true), ASK_TOO_MANY_TRIES);
    CHECK_INT(rows(), n);
    stop(); /* and a start does not give them back */
    start();
    CHECK_INT(ask_code(4711, RECORD_FEEDBACK, true), ASK_TOO_MANY_TRIES);
    clock_set_wall(clock_wall_ms() + DAY);
    CHECK_INT(ask_code(4711, RECORD_FEEDBACK, true), ASK_ANSWERED);
}

/* Of licences the hall hears an index and an item; what it says of them goes out with a row of the audit, once. */
TEST(licences_are_told)
{
    static const struct my_licences known = {.at = NOW, .n = 1, .list = {{.kind = "R-1", .state = MY_LICENCE_NONE}}};
    static struct my_licences heard_of;
    struct ask_question q = {.about = ASK_ABOUT_LICENCES, .citizen = CITIZEN, .item = "11000001"};
    struct asking_request *r = request(ASKING_LOOK);
    enum ask_reason why = ASK_REASONS;
    struct buf plain;
    int n = rows();

    put_question(r, &q);
    struct ask_sealed question = r->question;
    struct asking_answer *a = say(r);
    CHECK(a->outcome == OPENING_OPENED && a->indexed && !a->number[0] && !a->reply_len);
    CHECK_STR(a->item, "11000001");
    CHECK_INT(rows(), n); /* nothing is told yet */
    r = request(ASKING_ANSWER);
    text_copy(r->terminal, sizeof r->terminal, "t-1");
    r->question = question;
    CHECK_INT(ask_licences_encode(&known, &r->cases), 0);
    a = say(r);
    buf_init(&plain, ASK_REPLY_MAX);
    CHECK_INT(seal_reply_open(&asking, a->reply, a->reply_len, &plain, NULL), 0);
    CHECK_INT(seal_unpad(&plain, NULL), 0);
    CHECK_INT(ask_licences_decode(plain.data, plain.len, &heard_of, &why, NULL), 0);
    buf_finish(&plain);
    CHECK_INT(why, ASK_ANSWERED);
    CHECK_MEM(&heard_of, &known, sizeof known);
    CHECK_INT(rows(), n + 1);
    CHECK(last.act == OPENING_TOLD && last.outcome == OPENING_OPENED && !last.number[0]);
    CHECK_STR(last.terminal, "t-1");
    CHECK(strstr(last.reason, "11000001") && !strstr(last.reason, CITIZEN));
}

/* Who complains is put beside nobody's cases. */
TEST(no_index_of_what_was_said)
{
    struct asking_request *r = request(ASKING_INDEX);
    int n = rows();

    put_said(r, "110300100007", 4711, true);
    struct asking_answer *a = say(r);
    CHECK(a->outcome == OPENING_NO_APPLICATION && !a->indexed);
    CHECK_INT(rows(), n);
}

TEST(what_is_no_request)
{
    static const char *const texts[] = {"",
                                        "{}",
                                        "{\"do\":\"open\"}",
                                        "{\"do\":\"index\"}",
                                        "{\"do\":\"hello\",\"x\":1}",
                                        "{\"do\":\"look\",\"terminal\":\"t-1\"}"};
    struct asking_answer a;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf out;
        buf_init(&out, JSON_SIZE_MAX);
        asker_answer(asker, 1000, texts[i], &out);
        CHECK_INT(asking_answer_decode(buf_str(&out), out.len, &a, NULL), 0);
        CHECK_INT(a.outcome, OPENING_BAD_REQUEST);
        buf_finish(&out);
    }
}

TEST_MAIN(SETUP(a_folder), T(an_index_and_nothing_else), T(no_index), T(the_secret_stays), T(by_card_the_index_is_told),
          T(questions_that_are_not_its_own), T(by_number_and_phone), T(too_many_tries), T(by_code), T(too_many_codes),
          T(licences_are_told), T(no_index_of_what_was_said), T(what_is_no_request), TEARDOWN(no_folder))
