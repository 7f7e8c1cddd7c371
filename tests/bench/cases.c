/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases at the hall: an opening beside what nobody can leave out of it, an event beside a bare transaction of the same rows,
 * the list of what is due among many cases, and the cards of all of them. On SQLite, or on the PostgreSQL database that is
 * named. Usage: bench-cases BUILD WORK CASES [URI]
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "bench.h"
#include "crypto/key_folder.h"
#include "tools/hall/cases/deed.h"
#include "tools/hall/open/opener.h"
#include "tools/hall/store/store_case_row.h"
#include "tools/hall/store/where.h"

#define OFFICE 1103
#define DAY_MS INT64_C(86400000)
#define TODAY INT64_C(1780362000000) /* 2026-06-02 9:00 in China */
#define TOGETHER 2000                /* cases in one transaction */
#define A_DAY 10000
#define ROUNDS 400
#define PAGE 100

static struct store *store;
static struct err e;
static const struct published none;

static void must_do(int rc, const char *what)
{
    if (rc < 0)
        die(what, &e);
}

/* --- many cases --- */

static void number_of(int i, char out[CASE_NUMBER_LEN + 1])
{
    struct case_number n = {.office = OFFICE, .registration = 1 + i / A_DAY / 100, .serial = 1 + i % A_DAY};

    n.day = date_of_ms(TODAY - (100 - i / A_DAY % 100) * DAY_MS);
    case_number_format(&n, out);
}

static void say(struct case_event *ev, int64_t at)
{
    text_copy(ev->staff, sizeof ev->staff, "张三");
    text_copy(ev->post, sizeof ev->post, "受理岗");
    ev->at = ev->entered = at;
}

static void receive(struct case_file *f, int64_t at)
{
    const struct case_limit step = {.day = 1, .step = "受理", .post = "受理岗"};
    struct case_event ev;

    case_event_init(&ev, CASE_EVENT_RECEIVE);
    say(&ev, at);
    ev.applied = f->applied;
    text_copy(ev.limits.item, sizeof ev.limits.item, "item-1");
    ev.limits.item_version = 1;
    ev.limits.accept = ev.limits.examine = ev.limits.decide = step;
    ev.limits.promise = (struct case_limit){.day = 20};
    ev.limits.statutory = (struct case_limit){.day = 40};
    must_do(case_file_add(store, f, &ev, NULL, &e), "take a case in");
}

static void accept(struct case_file *f, int64_t at)
{
    struct case_event ev;

    case_event_init(&ev, CASE_EVENT_ACCEPT);
    say(&ev, at);
    must_do(case_file_add(store, f, &ev, NULL, &e), "accept a case");
}

static void add_case(int i)
{
    char number[CASE_NUMBER_LEN + 1];
    uint8_t id[16] = {0};
    struct case_file f;

    number_of(i, number);
    memcpy(id, &i, sizeof i);
    int64_t applied = TODAY - (100 - i / A_DAY % 100) * DAY_MS;
    must_do(
        sql_do(store_sql(store), &e,
               "INSERT INTO cases (office, number, id, terminal, received, applied, item, version, stage, staff, post, due)"
               " VALUES ($1,$2,$3,'t-1',$4,$5,'item-1',0,0,'','',0)",
               "itbii", (int64_t)OFFICE, number, id, sizeof id, applied, applied),
        "add a case");
    must_do(case_file_read(store, OFFICE, number, NULL, NULL, &f, &e), "read a case");
    receive(&f, applied);
    accept(&f, applied + 60000);
}

static void load(int n)
{
    for (int i = 0; i < n;) {
        must_do(store_begin(store, &e), "begin");
        do
            add_case(i++);
        while (i < n && i % TOGETHER);
        must_do(store_commit(store, &e), "commit");
    }
}

/* --- an opening --- */

static double own_cpu_ms(void)
{
    return cpu_ms(getpid(), false);
}

struct sealed {
    struct opening_request request;
    struct private_key *key;
};

static int keep_record(void *ctx, const struct store_found *f)
{
    struct opening_request *r = ctx;

    memcpy(r->header, f->record.header, r->header_len = f->record.header_len);
    memcpy(r->body, f->record.body, r->body_len = f->record.body_len);
    return 1;
}

static void read_record(struct opening_request *r)
{
    must_do(store_find_case(store, OFFICE, r->number, keep_record, r, &e), "read a record");
}

/* An application of some 2 kB. */
static void seal_one(const struct public_key *to, const char *number, struct buf *header, struct buf *body)
{
    struct record_header h = {.v = 1, .seq = 1, .at = TODAY, .clock_trusted = true, .kind = RECORD_APPLICATION};
    const char *info = record_seal_info(RECORD_APPLICATION);
    struct buf plain;

    text_copy(h.terminal, sizeof h.terminal, "t-1");
    text_copy(h.boot, sizeof h.boot, "00000000-0000-4000-8000-000000000000");
    text_copy(h.number, sizeof h.number, number);
    text_copy(h.item, sizeof h.item, "11110105MB0A0000164000709102000");
    h.item_version = h.form_version = 1;
    memset(h.epoch, 1, sizeof h.epoch);
    memset(h.id, 1, sizeof h.id);
    public_key_id(to, h.key);
    buf_init(&plain, RECORD_BODY_MAX);
    buf_adds(&plain, "{\"v\":1,\"applicant\":{\"kind\":\"resident\",\"name\":\"测试甲\"},\"fields\":{\"mobile\":"
                     "\"13800000123\",\"words\":\"");
    for (int i = 0; i < 600; i++)
        buf_adds(&plain, "字");
    buf_adds(&plain, "\"}}");
    must_do(record_header_encode(&h, header, &e), "a header");
    must_do(seal_pad(&plain), "pad");
    must_do(seal(to, info, strlen(info), header->data, header->len, plain.data, plain.len, body, &e), "seal");
    buf_finish(&plain);
}

static void add_record(const char *number, const struct buf *header, const struct buf *body)
{
    static const uint8_t zeros[32];

    must_do(
        sql_do(store_sql(store), &e,
               "INSERT INTO record (office, terminal, epoch, seq, id, kind, number, at, received, state, hash, header, body,"
               " body_hash) VALUES ($1,'t-1',$2,1,$3,'application',$4,$5,$5,0,$6,$7,$8,$6)",
               "ibbtibbb", (int64_t)OFFICE, zeros, (size_t)16, zeros, (size_t)16, number, TODAY, zeros, sizeof zeros,
               header->data, header->len, body->data, body->len),
        "add a record");
}

/* The first letters of what hall-open answers; it has its row on disk by then. */
static void open_one(struct keyring *keys, struct opening_log *log, struct opening_request *r)
{
    struct buf line, answer;

    buf_init(&line, JSON_SIZE_MAX);
    buf_init(&answer, JSON_SIZE_MAX);
    read_record(r);
    must_do(opening_request_encode(r, &line), "a request");
    opener_answer(keys, log, 1000, buf_str(&line), &answer);
    if (!strstr(buf_str(&answer), "\"opened\""))
        die("open", &(struct err){.text = "it was not opened"});
    buf_finish(&line);
    buf_finish(&answer);
}

/* HPKE and the read, which nobody can leave out. */
static void open_bare(const struct private_key *k, struct opening_request *r)
{
    const char *info = record_seal_info(RECORD_APPLICATION);
    struct buf plain;

    buf_init(&plain, OPENING_BODY_MAX);
    read_record(r);
    must_do(seal_open(k, info, strlen(info), r->header, r->header_len, r->body, r->body_len, &plain, &e), "open");
    buf_finish(&plain);
}

static void openings(const char *work)
{
    static struct opening_request r = {.staff = "李四", .post = "接待岗", .reason = "受理前核对"};
    static struct samples ours, bare, waited;
    char dir[400], log_path[400];
    struct timespec long_ago[2] = {{.tv_sec = 86400}, {.tv_sec = 86400}};
    struct keyring keys = {.dir = dir};
    struct private_key *k = NULL;
    struct opening_log *log = NULL;
    struct public_key to;
    struct buf header, body;

    snprintf(dir, sizeof dir, "%s/keys", work);
    snprintf(log_path, sizeof log_path, "%s/openings.log", work);
    mkdir(dir, 0700);
    must_do(key_folder_new(dir, "sealing", &to, &e), "a key");
    if (utimensat(AT_FDCWD, dir, long_ago, 0) <
        0) /* keys lie there for years; of a folder that just changed nothing is kept */
        die("the folder of keys", &(struct err){.text = "its time cannot be set"});
    must_do(opening_log_open(log_path, &log, &e), "the file of openings");
    buf_init(&header, RECORD_HEADER_MAX);
    buf_init(&body, RECORD_BODY_MAX);
    number_of(0, r.number);
    seal_one(&to, r.number, &header, &body);
    add_record(r.number, &header, &body);
    uint8_t id[8];
    public_key_id(&to, id);
    must_do(key_folder_find(dir, "sealing", id, &k, &e), "the key");
    for (int i = 0; i < ROUNDS; i++) {
        double began = now_ms(), cpu = own_cpu_ms();

        open_one(&keys, log, &r);
        add_sample(&ours, own_cpu_ms() - cpu);
        add_sample(&waited, now_ms() - began);
        cpu = own_cpu_ms();
        open_bare(k, &r);
        add_sample(&bare, own_cpu_ms() - cpu);
    }
    double p50 = quantile(&ours, .5), least = quantile(&bare, .5);
    row(p50 <= 1.5 * least ? MET : MISSED, "an opening, CPU p50", "<= 1.5 x the limit",
        text("%.2f ms; %.2f ms with its row on disk", p50, quantile(&waited, .5)),
        text("HPKE and one read %.2f ms: %.2f x", least, p50 / least));
    key_free(k);
    keyring_forget(&keys);
    opening_log_close(log);
    buf_finish(&header);
    buf_finish(&body);
}

/* --- an event --- */

static void examine(int i)
{
    char number[CASE_NUMBER_LEN + 1];
    struct deed d = {.office = OFFICE,
                     .number = number,
                     .action = "examine",
                     .kind = CASE_EVENT_EXAMINE,
                     .staff = "张三",
                     .post = "受理岗",
                     .words = "材料齐全，符合法定形式",
                     .procedure = PROCEDURES,
                     .at = TODAY,
                     .by = "bench"};

    number_of(i, number);
    must_do(store_begin(store, &e), "begin");
    must_do(deed_do(store, &none, &d, &e), "examine");
    if (d.refusal != CASE_MAY)
        die("examine", &(struct err){.text = "it was refused"});
    must_do(store_commit(store, &e), "commit");
}

/* The rows of that, without anything looked at before: on a case of nobody. */
static void bare_rows(int i, const struct buf *event)
{
    static const uint8_t hash[32];
    uint8_t id[16] = {1};
    char number[CASE_NUMBER_LEN + 1];
    struct sql *d = store_sql(store);

    memcpy(id + 4, &i, sizeof i);
    number_of(i, number);
    must_do(sql_begin(d, &e), "begin");
    must_do(sql_do(d, &e, "INSERT INTO case_event (office, number, seq, at, event, hash) VALUES ($1,$2,3,$3,$4,$5)", "itibb",
                   (int64_t)(OFFICE + 1), number, TODAY, event->data, event->len, hash, sizeof hash),
            "an event");
    must_do(sql_do(d, &e, "UPDATE cases SET stage=$3, version=$4, staff=$5, post=$6, due=$7 WHERE office=$1 AND number=$2",
                   "itiitti", (int64_t)OFFICE, number, (int64_t)4, (int64_t)3, "张三", "受理岗", (int64_t)20600),
            "its row");
    must_do(sql_do(d, &e,
                   "INSERT INTO audit (office, id, at, who, action, subject, reason, seq, hash) VALUES ($1,$2,$3,'bench',"
                   "'case-examine',$4,'张三, 受理岗',$5,$6)",
                   "ibitib", (int64_t)(OFFICE + 1), id, sizeof id, TODAY, number, (int64_t)i + 1, hash, sizeof hash),
            "the audit");
    must_do(sql_commit(d, &e), "commit");
}

static void events(int n)
{
    static struct samples ours, bare;
    struct buf event;

    buf_init(&event, 4096);
    for (int i = 0; i < 40; i++)
        buf_adds(&event, "{\"an event\":1}"); /* some 560 bytes, as one has */
    for (int i = 0; i < ROUNDS && 2 * i + 1 < n; i++) {
        double began = now_ms();

        examine(2 * i);
        add_sample(&ours, now_ms() - began);
        began = now_ms();
        bare_rows(2 * i + 1, &event);
        add_sample(&bare, now_ms() - began);
    }
    double p50 = quantile(&ours, .5), least = quantile(&bare, .5);
    row(p50 <= 1.3 * least ? MET : MISSED, "an event on a case, durable, p50", "<= 1.3 x the limit", text("%.2f ms", p50),
        text("bare transaction of its rows %.2f ms: %.2f x", least, p50 / least));
    buf_finish(&event);
}

/* --- lists --- */

static int count_row(void *ctx, const struct case_row *r)
{
    (*(int *)ctx)++;
    return 0;
}

static void due_today(int n)
{
    static struct samples all;
    int rows = 0, today = date_to_days(date_of_ms(TODAY));

    for (int i = 0; i < ROUNDS; i++) {
        char number[CASE_NUMBER_LEN + 1] = "";
        struct case_page page = {
            .by_due = true, .due = i % 2 ? today - i % 60 : 0, .number = number, .stage = CASE_STAGES, .limit = PAGE};

        if (i % 2)
            number_of((int)((int64_t)i * 7919 % n), number); /* further down, on some day */
        double began = now_ms();
        must_do(case_each_page(store, OFFICE, &page, count_row, &rows, &e), "a page");
        add_sample(&all, now_ms() - began);
    }
    double p99 = quantile(&all, .99);
    row(p99 <= 20 ? MET : MISSED, text("what is due, %d cases", n), "<= 20 ms at p99",
        text("p50 %.2f, p99 %.2f ms", quantile(&all, .5), p99), text("%d rows in all, %d a page", rows, PAGE));
}

/* `hallctl case cards` as the timer starts it. */
static void cards(const char *build, const char *data, int n)
{
    char program[400];
    struct rusage used;
    int status, rows = 0;
    double began = now_ms();

    must_do(case_each_due(store, OFFICE, date_to_days(date_of_ms(TODAY)), count_row, &rows, &e), "what is due");
    double least = now_ms() - began;
    began = now_ms();
    pid_t pid = fork();
    if (pid == 0) {
        int out = open("/dev/null", O_WRONLY);

        dup2(out, 1);
        dup2(out, 2);
        snprintf(program, sizeof program, "%s/hallctl", build);
        execl(program, "hallctl", "--clock", "2026-06-02T09:00:00+08:00", "case", "cards", "--data", data, (char *)NULL);
        _exit(127);
    }
    if (wait4(pid, &status, 0, &used) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        die("hallctl case cards", &(struct err){.text = "it failed"});
    double ms = now_ms() - began;
    row(ms <= .06 * n && used.ru_maxrss <= 200 * 1024 ? MET : MISSED, text("cards of %d open cases", n),
        "<= 60 s a million, <= 200 MB", text("%.1f s, %ld MB at most", ms / 1000, used.ru_maxrss / 1024),
        text("%d due; reading their rows alone %.1f s: %.1f x", rows, least / 1000, ms / (least > 0 ? least : 1)));
}

/* Cases for another bench, which has made the hall, as after some years: of twenty nineteen are over, and of a hundred that
 * are not somebody owes something in one today. */
static int fill(const char *data, int n)
{
    clock_set_wall(TODAY);
    must_do(store_open(data, &store, &e), "open it");
    load(n);
    must_do(sql_do(store_sql(store), &e,
                   "UPDATE cases SET stage = CASE WHEN k % 20 = 0 THEN stage ELSE $1 END,"
                   " due = CASE WHEN k % 20 <> 0 THEN 0 WHEN k % 2000 = 0 THEN due ELSE $2 + k / 20 % 20 END"
                   " FROM (SELECT office AS o, number AS n, CAST(substr(number, 14, 5) AS INTEGER) AS k FROM cases) WHERE "
                   "office = o"
                   " AND number = n",
                   "ii", (int64_t)CASE_DELIVERED, date_to_days(date_of_ms(TODAY)) + 1),
            "end most of them");
    store_close(store);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "fill") == 0)
        return fill(argv[2], atoi(argv[3]));
    char data[300];
    int n = argc > 3 ? atoi(argv[3]) : 0;

    if (argc < 4 || n < 2) {
        fputs("usage: bench-cases BUILD WORK CASES [URI]\n       bench-cases fill DATA CASES\n", stderr);
        return 2;
    }
    clock_set_wall(TODAY);
    snprintf(data, sizeof data, "%s/hall", argv[2]);
    mkdir(data, 0755);
    if (argc > 4)
        must_do(where_write(data, argv[4], &e), "name the database");
    must_do(store_make(data, &e), "make a hall");
    must_do(store_open(data, &store, &e), "open it");
    must_do(sql_exec(store_sql(store), "INSERT INTO office (office, registration) VALUES (1103, 1)", &e), "an office");
    double began = now_ms();
    load(n);
    row(FOR_INFORMATION, argc > 4 ? "on PostgreSQL" : "on SQLite", "",
        text("%d cases of two events in %.0f s", n, (now_ms() - began) / 1000), "");
    if (argc <= 4)
        openings(argv[2]);
    events(n);
    due_today(n);
    cards(argv[1], data, n);
    store_close(store);
    return 0;
}
