/* SPDX-License-Identifier: Apache-2.0
 *
 * hall-open's side of licences: whose number goes out and whose does not, blind names that are the same for the same, and
 * nothing without its row.
 */
#include "test.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/key_folder.h"
#include "tools/hall/open/holder.h"
#include "tools/hall/open/holder_wire.h"
#include "wire/record.h"

#define NUMBER "1103001260105000018"
#define OTHER "1103001260105000026"
#define CITIZEN "110101199003070038"
#define APPLICATION                                                                                                         \
    "{\"v\":1,\"item\":\"x\",\"applicant\":{\"kind\":\"resident\",\"name\":\"测试甲\",\"number\":\"" CITIZEN                \
    "\"},\"fields\":{\"mobile\":\"13800000123\",\"hope\":\"早日办好\"}}"
#define NOBODY "{\"v\":1,\"item\":\"x\",\"applicant\":{\"kind\":\"organisation\"},\"fields\":{}}"

static char dir[64], keys[100], log_path[100];
static struct opening_log *opened;
static struct keyring ring = {.dir = keys};
static struct public_key sealing;
static struct holder_request request;
static struct holder_answer answer;
static char said[64 * 1024];

TEST(a_folder)
{
    snprintf(dir, sizeof dir, "/tmp/tongban-holder-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(keys, sizeof keys, "%s/keys", dir);
    snprintf(log_path, sizeof log_path, "%s/openings.log", dir);
    CHECK_INT(mkdir(keys, 0700), 0);
    CHECK_INT(key_folder_new(keys, "sealing", &sealing, NULL), 0);
    CHECK_INT(opening_log_open(log_path, &opened, NULL), 0);
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

static struct opening_row last;
static int n_rows;

static int keep_last(void *ctx, const struct opening_row *r, const uint8_t hash[SHA256_LEN])
{
    last = *r;
    n_rows++;
    return 0;
}

static int rows(void)
{
    n_rows = 0;
    CHECK_INT(opening_log_read(log_path, keep_last, NULL, NULL), 0);
    return n_rows;
}

static void put_record(enum record_kind kind, const char *number, const char *text)
{
    const char *info = record_seal_info(kind);
    struct record_header h = {.v = 1, .seq = 1, .at = 1767546000000, .up = 1, .clock_trusted = true, .kind = kind};
    struct buf header, plain, body;

    text_copy(h.terminal, sizeof h.terminal, "t-1");
    text_copy(h.boot, sizeof h.boot, "00000000-0000-4000-8000-000000000000");
    text_copy(kind == RECORD_SUPPLEMENT ? h.case_number : h.number, sizeof h.number, number);
    text_copy(h.item, sizeof h.item, kind == RECORD_APPLICATION ? "x" : "");
    h.item_version = h.form_version = kind == RECORD_APPLICATION;
    memset(h.epoch, 1, sizeof h.epoch);
    memset(h.id, 7, sizeof h.id);
    public_key_id(&sealing, h.key);
    buf_init(&header, sizeof request.header);
    buf_init(&plain, APPLICATION_MAX + SEAL_PAD);
    buf_init(&body, sizeof request.body);
    CHECK_INT(record_header_encode(&h, &header, NULL), 0);
    buf_adds(&plain, text);
    CHECK_INT(seal_pad(&plain), 0);
    CHECK_INT(seal(&sealing, info, strlen(info), header.data, header.len, plain.data, plain.len, &body, NULL), 0);
    memcpy(request.header, header.data, request.header_len = header.len);
    memcpy(request.body, body.data, request.body_len = body.len);
    buf_finish(&header);
    buf_finish(&plain);
    buf_finish(&body);
}

static void begin(enum holder_do what)
{
    memset(&request, 0, sizeof request);
    request.what = what;
    text_copy(request.staff, sizeof request.staff, "李四");
    text_copy(request.post, sizeof request.post, "接待岗");
    text_copy(request.reason, sizeof request.reason, "核验居住证");
}

static void say_text(const char *text)
{
    struct buf out;
    struct err e = {0};

    buf_init(&out, sizeof said - 1);
    holder_obey(&ring, opened, 1000, text, &out);
    text_copy(said, sizeof said, buf_str(&out));
    CHECK_INT(holder_answer_decode(said, strlen(said), &answer, &e), 0);
    CHECK_STR(e.text, "");
    buf_finish(&out);
}

static void say(void)
{
    struct buf text;

    buf_init(&text, JSON_SIZE_MAX);
    CHECK_INT(holder_request_encode(&request, &text), 0);
    CHECK(holder_asks(buf_str(&text)));
    say_text(buf_str(&text));
    buf_finish(&text);
}

static void ask_of(enum record_kind kind, const char *record_number, const char *number, const char *text)
{
    begin(HOLDER_OF_CASE);
    put_record(kind, record_number, text);
    text_copy(request.number, sizeof request.number, number);
    say();
}

TEST(the_number_and_nothing_else)
{
    ask_of(RECORD_APPLICATION, NUMBER, NUMBER, APPLICATION);
    CHECK_INT(answer.outcome, OPENING_OPENED);
    CHECK_STR(answer.citizen, CITIZEN);
    CHECK_INT(answer.seq, 1);
    CHECK(!strstr(said, "测试甲") && !strstr(said, "13800000123") && !strstr(said, "早日办好"));
    CHECK_INT(rows(), 1);
    CHECK(last.act == OPENING_HOLDER && last.outcome == OPENING_OPENED && last.user == 1000 && last.record[0] == 7);
    CHECK_STR(last.number, NUMBER);
    CHECK_STR(last.staff, "李四");
    CHECK_STR(last.reason, "核验居住证");
}

TEST(whose_number_does_not_go_out)
{
    int n = rows();

    ask_of(RECORD_APPLICATION, OTHER, NUMBER, APPLICATION);
    CHECK_INT(answer.outcome, OPENING_OTHER_CASE);
    CHECK_STR(answer.citizen, "");
    ask_of(RECORD_SUPPLEMENT, NUMBER, NUMBER, APPLICATION);
    CHECK_INT(answer.outcome, OPENING_NO_APPLICATION);
    ask_of(RECORD_APPLICATION, NUMBER, NUMBER, NOBODY);
    CHECK_INT(answer.outcome, OPENING_OPENED);
    CHECK_STR(answer.citizen, "");
    request.body[40] ^= 1;
    say();
    CHECK_INT(answer.outcome, OPENING_FORGED);
    CHECK_INT(rows(), n + 4);
    CHECK(last.act == OPENING_HOLDER && last.outcome == OPENING_FORGED);
}

static void add_line(const char *citizen, const char *code, const char *number)
{
    struct holder_line *l = &request.lines[request.n++];

    text_copy(l->citizen, sizeof l->citizen, citizen);
    text_copy(l->code, sizeof l->code, code);
    text_copy(l->number, sizeof l->number, number);
}

TEST(blind_names)
{
    struct holder_answer first;
    uint8_t index[BLIND_LEN];
    int n = rows();

    ask_of(RECORD_APPLICATION, NUMBER, NUMBER, APPLICATION);
    memcpy(index, answer.index, sizeof index);
    begin(HOLDER_REGISTER);
    add_line(CITIZEN, "C-1", "JZ0001");
    add_line("11010519491231002X", "C-1", "JZ0001"); /* a marriage certificate has two holders */
    add_line(CITIZEN, "C-2", "JZ0001");
    add_line(CITIZEN, "C-1", "JZ0002");
    say();
    CHECK_INT(answer.outcome, OPENING_OPENED);
    CHECK_INT(answer.n, 4);
    CHECK_MEM(answer.lines[0].index, index, BLIND_LEN); /* the one that his case has */
    CHECK(memcmp(answer.lines[1].index, index, BLIND_LEN) != 0);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < i; k++)
            CHECK(memcmp(answer.lines[i].id, answer.lines[k].id, LICENCE_ID_LEN) != 0);
    first = answer;
    say();
    CHECK_MEM(answer.lines, first.lines, sizeof answer.lines);
    CHECK_INT(rows(), n + 3);
    CHECK(last.act == OPENING_REGISTER && !last.number[0] && !last.terminal[0]);
    CHECK(!strstr(said, CITIZEN) && !strstr(said, "JZ000"));
}

TEST(as_many_as_a_line_holds)
{
    char number[LICENCE_NUMBER_MAX + 1], code[LICENCE_CODE_MAX + 1];

    memset(number, '"', LICENCE_NUMBER_MAX); /* which JSON writes as two */
    memset(code, 'C', LICENCE_CODE_MAX);
    number[LICENCE_NUMBER_MAX] = code[LICENCE_CODE_MAX] = '\0';
    begin(HOLDER_REGISTER);
    for (int i = 0; i < HOLDER_LINES_MAX; i++)
        add_line(CITIZEN, code, number);
    say();
    CHECK_INT(answer.n, HOLDER_LINES_MAX);
}

TEST(what_is_no_request)
{
    int n = rows();

    begin(HOLDER_REGISTER); /* no line */
    say();
    CHECK_INT(answer.outcome, OPENING_BAD_REQUEST);
    ask_of(RECORD_APPLICATION, NUMBER, "1103001260105000019", APPLICATION);
    CHECK_INT(answer.outcome, OPENING_BAD_REQUEST);
    begin(HOLDER_REGISTER);
    add_line(CITIZEN, "C-1", "JZ0001");
    request.reason[0] = '\0';
    say();
    CHECK_INT(answer.outcome, OPENING_BAD_REQUEST);
    say_text("{\"do\":\"open\"}");
    CHECK_INT(answer.outcome, OPENING_BAD_REQUEST);
    say_text("");
    CHECK_INT(answer.outcome, OPENING_BAD_REQUEST);
    CHECK_INT(rows(), n);
}

TEST(nothing_without_its_row)
{
    struct rlimit was, is;

    CHECK_INT(getrlimit(RLIMIT_FSIZE, &was), 0);
    is = was;
    is.rlim_cur = 1;
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &is), 0);
    ask_of(RECORD_APPLICATION, NUMBER, NUMBER, APPLICATION);
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &was), 0);
    CHECK_INT(answer.outcome, OPENING_NOT_AUDITED);
    CHECK_STR(answer.citizen, "");
    CHECK(!strstr(said, CITIZEN));
}

TEST_MAIN(SETUP(a_folder), T(the_number_and_nothing_else), T(whose_number_does_not_go_out), T(blind_names),
          T(as_many_as_a_line_holds), T(what_is_no_request), T(nothing_without_its_row), TEARDOWN(no_folder))
