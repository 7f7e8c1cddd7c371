/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody said, in the database: made from its record once, what was done to it, who is told, and all of it made anew.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/projection.h"
#include "tools/hall/store/store_complaint.h"
#include "tools/hall/store/store_notice.h"

#define OFFICE 1103
#define NUMBER "110300300001"
#define OTHER "110300300002"
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */
#define HOUR INT64_C(3600000)

static struct store *store;
static char dir[] = "/tmp/tongban-complaint-XXXXXX";
static const uint8_t epoch[EPOCH_LEN] = {1};
static const struct sender sender = {
    .office = OFFICE, .terminal = "t-3", .epoch = epoch, .received = NINE + HOUR, .registrations = {3, 3}};

TEST(setup)
{
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    clock_set_wall(NINE);
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_STR(e.text, "");
}

TEST(teardown)
{
    char command[80];

    store_close(store);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

static int begin(void)
{
    return store_begin(store, NULL);
}

/* A record as it comes. */
static enum projection_verdict project(const char *number, const char *what, uint8_t id, enum record_kind kind)
{
    static uint8_t bytes[RECORD_HEADER_MAX];
    struct record_header h = {.v = 1, .seq = 1, .at = NINE, .up = 1, .clock_trusted = true, .kind = kind};
    enum projection_verdict made = PROJECTION_NOTHING;
    struct store_record r = {.seq = 1};
    struct buf out;
    struct err e = {0};

    text_copy(h.terminal, sizeof h.terminal, "t-3");
    text_copy(h.boot, sizeof h.boot, "00000000-0000-4000-8000-000000000000");
    text_copy(h.number, sizeof h.number, number);
    text_copy(h.what, sizeof h.what, what);
    h.epoch[0] = 1;
    h.id[0] = r.id[0] = id;
    if (kind == RECORD_FEEDBACK) {
        h.key[0] = 1;
    } else {
        text_copy(h.item, sizeof h.item, "item-1");
        h.score = 4;
        h.set = 2;
    }
    buf_init(&out, sizeof bytes);
    CHECK_INT(record_header_encode(&h, &out, &e), 0);
    CHECK_STR(e.text, "");
    memcpy(bytes, out.data, r.header_len = out.len);
    r.header = bytes;
    buf_finish(&out);
    projection_describe(&r, &h);
    CHECK_INT(begin(), 0);
    CHECK_INT(projection_add(store, &sender, &r, &made, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    return made;
}

TEST(from_its_record)
{
    struct complaint_file f;
    struct err e = {0};

    CHECK_INT(project(NUMBER, "complain", 1, RECORD_FEEDBACK), PROJECTION_MADE);
    CHECK_INT(project(OTHER, "report", 2, RECORD_FEEDBACK), PROJECTION_MADE);
    CHECK_INT(project(NUMBER, "complain", 3, RECORD_FEEDBACK), PROJECTION_DOUBLE);
    CHECK_INT(project("", "complain", 4, RECORD_FEEDBACK), PROJECTION_NOTHING);     /* of a terminal that gives none */
    CHECK_INT(project("110300300003", "", 5, RECORD_FEEDBACK), PROJECTION_NOTHING); /* nobody knows what it is */
    CHECK_INT(project("7", "complain", 6, RECORD_FEEDBACK), PROJECTION_NOTHING);
    CHECK_INT(complaint_file_read(store, OFFICE, NUMBER, NULL, NULL, &f, &e), 0);
    CHECK_INT(f.kind, SPEAK_COMPLAIN);
    CHECK(f.said == NINE && f.received == NINE + HOUR && f.record[0] == 1);
    CHECK_STR(f.terminal, "t-3");
    CHECK(f.state.stage == COMPLAINT_NEW && f.state.seq == 0 && !f.state.staff[0]);
    CHECK_INT(complaint_file_read(store, OFFICE, "110300300009", NULL, NULL, &f, &e), -ERR_NOTFOUND);
    CHECK_INT(complaint_file_read(store, 1104, NUMBER, NULL, NULL, &f, &e), -ERR_NOTFOUND);
}

static int add(const char *number, enum complaint_event_kind kind, bool reachable)
{
    struct complaint_event ev = {.kind = kind, .at = NINE + 2 * HOUR};
    struct complaint_file f;
    struct err e = {0};

    text_copy(ev.staff, sizeof ev.staff, "张三");
    text_copy(ev.post, sizeof ev.post, "监督岗");
    text_copy(ev.to_staff, sizeof ev.to_staff, "李四");
    text_copy(ev.to_post, sizeof ev.to_post, "维护岗");
    text_copy(ev.words, sizeof ev.words, "已修好");
    ev.why = kind == COMPLAINT_EVENT_REFUSE ? COMPLAINT_WHY_NOT_OURS : COMPLAINT_WHY_NONE;
    CHECK_INT(begin(), 0);
    CHECK_INT(complaint_file_read(store, OFFICE, number, NULL, NULL, &f, &e), 0);
    int rc = complaint_file_add(store, &f, &ev, reachable, &e);
    CHECK_INT(store_commit(store, &e), 0);
    return rc;
}

static char told[200];

static int tell(void *ctx, const struct store_notice *n)
{
    snprintf(told + strlen(told), sizeof told - strlen(told), "%s %s; ", n->number, notice_word(n->kind));
    return 0;
}

static const char *notices(void)
{
    told[0] = '\0';
    CHECK_INT(store_notice_each(store, OFFICE, NOTICE_FOR_PEOPLE, true, tell, NULL, NULL), 0);
    return told;
}

static int n_events;

static void count(void *ctx, const struct complaint_event *ev)
{
    CHECK_INT(ev->seq, ++n_events);
    CHECK_STR(ev->staff, "张三");
}

/* The person is told only where he can be reached. */
TEST(what_was_done)
{
    struct complaint_file f;
    struct err e = {0};

    CHECK_INT(add(NUMBER, COMPLAINT_EVENT_ASSIGN, false), 0);
    CHECK_STR(notices(), NUMBER " spoken-assigned; ");
    CHECK_INT(add(NUMBER, COMPLAINT_EVENT_ANSWER, false), 0);
    CHECK_STR(notices(), NUMBER " spoken-assigned; ");
    CHECK_INT(add(OTHER, COMPLAINT_EVENT_REFUSE, true), 0);
    CHECK(strstr(notices(), OTHER " spoken-refused; ") != NULL);
    CHECK_INT(complaint_file_read(store, OFFICE, NUMBER, count, NULL, &f, &e), 0);
    CHECK_INT(n_events, 2);
    CHECK(f.state.stage == COMPLAINT_ANSWERED && !f.state.refused && f.state.answered.day == 5);
    CHECK_STR(f.state.words, "已修好");
    CHECK_STR(f.state.staff, "李四");
    CHECK_INT(complaint_file_read(store, OFFICE, OTHER, NULL, NULL, &f, &e), 0);
    CHECK(f.state.refused && f.state.why == COMPLAINT_WHY_NOT_OURS);
}

/* Two at once: the slower one is told, and judged anew. */
TEST(two_at_once)
{
    struct complaint_event ev = {.kind = COMPLAINT_EVENT_CLOSE, .at = NINE + 3 * HOUR, .staff = "王五", .post = "监督岗"};
    struct complaint_file f;
    struct err e = {0};

    CHECK_INT(begin(), 0);
    CHECK_INT(complaint_file_read(store, OFFICE, NUMBER, NULL, NULL, &f, &e), 0);
    f.state.seq = 1; /* as it was before the answer */
    CHECK_INT(complaint_file_add(store, &f, &ev, false, &e), -ERR_RETRY);
    store_rollback(store);
}

static char listed[200];

static int list(void *ctx, const struct complaint_file *f)
{
    snprintf(listed + strlen(listed), sizeof listed - strlen(listed), "%s %s; ", f->number,
             complaint_stage_word(f->state.stage));
    return 0;
}

static const char *each(enum complaint_stage stage)
{
    listed[0] = '\0';
    CHECK_INT(complaint_each(store, OFFICE, stage, "", list, NULL, NULL), 0);
    return listed;
}

TEST(lists)
{
    CHECK_STR(each(COMPLAINT_STAGES), "");
    CHECK_INT(project("110300300004", "consult", 7, RECORD_FEEDBACK), PROJECTION_MADE);
    CHECK_STR(each(COMPLAINT_STAGES), "110300300004 new; ");
    CHECK_STR(each(COMPLAINT_ANSWERED), NUMBER " answered; ");
    CHECK_STR(each(COMPLAINT_CLOSED), "");
}

/* Rows that are lost come back from the events. */
TEST(made_anew)
{
    struct err e = {0};

    CHECK_INT(begin(), 0);
    CHECK_INT(sql_do(store_sql(store), &e, "UPDATE complaint SET stage=0, version=0, staff='', post=''", ""), 3);
    CHECK_INT(complaint_rebuild(store, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(each(COMPLAINT_ANSWERED), NUMBER " answered; ");
    CHECK_STR(each(COMPLAINT_REFUSED), OTHER " refused; ");
    CHECK_STR(each(COMPLAINT_STAGES), "110300300004 new; ");
}

/* --- how cases were rated --- */

static int rated;

static int rating(void *ctx, const struct projection_rating *r)
{
    rated++;
    CHECK_INT(r->score, 4);
    CHECK_STR(r->number, "1103003260105000014");
    return 0;
}

TEST(a_case_counts_once)
{
    CHECK_INT(project("1103003260105000014", "", 20, RECORD_RATING), PROJECTION_MADE);
    CHECK_INT(project("1103003260105000014", "", 21, RECORD_RATING), PROJECTION_MADE);
    CHECK_INT(project("1103003260105000017", "", 22, RECORD_RATING), PROJECTION_NOTHING); /* no case number */
    CHECK_INT(projection_each_case_rating(store, rating, NULL, NULL), 0);
    CHECK_INT(rated, 1);
    CHECK_INT(projection_each_rating(store, rating, NULL, NULL), 0);
    CHECK_INT(rated, 1); /* none of them is a visit's */
}

TEST_MAIN(SETUP(setup), T(from_its_record), T(what_was_done), T(two_at_once), T(lists), T(made_anew), T(a_case_counts_once),
          TEARDOWN(teardown))
