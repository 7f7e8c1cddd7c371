/* SPDX-License-Identifier: Apache-2.0
 *
 * Events of cases in the database: read back as they were, chained, of two at once one, made anew the same, and none of it
 * when the disk is full.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/projection.h"
#include "tools/hall/store/schema.h"
#include "tools/hall/store/store_case.h"
#include "tools/hall/store/store_case_row.h"

#define OFFICE 1103
#define NUMBER "1103003260105000279"
#define OTHER "1103003260105000287"
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */
#define HOUR INT64_C(3600000)

static struct store *store, *second;
static char dir[] = "/tmp/tongban-case-XXXXXX";

TEST(setup)
{
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    clock_set_wall(NINE);
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_INT(store_open(dir, &second, &e), 0);
    CHECK_INT(database_add_case(store, OFFICE, NUMBER, NINE), 1);
    CHECK_INT(database_add_case(store, OFFICE, OTHER, NINE), 1);
    CHECK_STR(e.text, "");
}

static struct case_event event(enum case_event_kind kind)
{
    struct case_event ev;
    case_event_init(&ev, kind);
    text_copy(ev.staff, sizeof ev.staff, "张三");
    text_copy(ev.post, sizeof ev.post, "受理岗");
    text_copy(ev.words, sizeof ev.words, "已核");
    ev.at = ev.entered = NINE + HOUR;
    ev.applied = NINE;
    text_copy(ev.limits.item, sizeof ev.limits.item, "item-1");
    ev.limits.accept = (struct case_limit){1, DAY_WORKING, "受理", "受理岗"};
    ev.limits.promise = (struct case_limit){.day = 20};
    ev.limits.examine = ev.limits.decide = ev.limits.statutory = (struct case_limit){.day = -1};
    return ev;
}

static int add(struct store *s, const char *number, enum case_event_kind kind, struct err *e)
{
    struct case_file f;
    struct case_event ev = event(kind);
    int rc = store_begin(s, e);
    if (rc == 0)
        rc = case_file_read(s, OFFICE, number, NULL, NULL, &f, e);
    if (rc == 0)
        rc = case_file_add(s, &f, &ev, NULL, e);
    if (rc < 0) {
        store_rollback(s);
        return rc;
    }
    return store_commit(s, e);
}

static void count(void *ctx, const struct case_event *ev)
{
    int *n = ctx;
    CHECK_INT(ev->seq, ++*n);
    CHECK_STR(ev->staff, "张三");
}

TEST(read_back)
{
    struct err e = {0};
    struct case_file f;
    int n = 0;
    CHECK_INT(case_file_read(store, OFFICE, "1103003260105000295", NULL, NULL, &f, &e), -ERR_NOTFOUND);
    CHECK(strstr(e.text, "1103003260105000295"));
    e = (struct err){0};
    CHECK_INT(add(store, NUMBER, CASE_EVENT_RECEIVE, &e), 0);
    CHECK_INT(add(second, NUMBER, CASE_EVENT_ACCEPT, &e), 0);
    CHECK_INT(add(store, OTHER, CASE_EVENT_RECEIVE, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_INT(case_file_read(store, OFFICE, NUMBER, count, &n, &f, &e), 0);
    CHECK_INT(n, 2);
    CHECK_INT(f.state.stage, CASE_ACCEPTED);
    CHECK_STR(f.state.post, "受理岗");
    CHECK_INT(f.state.limits.promise.day, 20);
    CHECK_INT(f.state.limits.statutory.day, -1);
    CHECK_STR(f.item, "item-1");
}

struct seen {
    char text[400];
};

static int see(void *ctx, const struct case_row *r)
{
    struct seen *s = ctx;
    size_t len = strlen(s->text);
    snprintf(s->text + len, sizeof s->text - len, "%s %s %d %lld %s %lld;", r->number, case_stage_word(r->stage), r->office,
             (long long)r->version, r->staff, (long long)r->due);
    return 0;
}

/* 20 working days from the 5th: the card is due the day before, 30 January; nobody may know a later notice. */
#define ROW NUMBER " accepted 1103 2 张三 20483;"
#define OTHER_ROW OTHER " received 1103 1 张三 20458;"

TEST(rows_follow)
{
    struct seen all = {""}, received = {""}, due = {""}, none = {""};
    CHECK_INT(case_each_stage(store, OFFICE, CASE_STAGES, see, &all, NULL), 0);
    CHECK_STR(all.text, ROW OTHER_ROW);
    CHECK_INT(case_each_stage(store, OFFICE, CASE_RECEIVED, see, &received, NULL), 0);
    CHECK_STR(received.text, OTHER_ROW);
    CHECK_INT(case_each_due(store, OFFICE, 20458, see, &due, NULL), 0);
    CHECK_STR(due.text, OTHER_ROW);
    CHECK_INT(case_each_stage(store, OFFICE + 1, CASE_STAGES, see, &none, NULL), 0);
    CHECK_STR(none.text, "");
}

static int see_number(void *ctx, const struct case_row *r)
{
    struct seen *s = ctx;
    size_t len = strlen(s->text);
    snprintf(s->text + len, sizeof s->text - len, "%s;", r->number);
    return 0;
}

static const char *paged(struct case_page page)
{
    static struct seen s;
    struct err e = {0};
    s = (struct seen){""};
    CHECK_INT(case_each_page(store, OFFICE, &page, see_number, &s, &e), 0);
    return s.text;
}

TEST(pages)
{
    struct seen mine = {""}, none = {""};
    const struct case_page by_due = {.by_due = true, .number = "", .stage = CASE_STAGES, .limit = 9};
    struct case_page p = by_due;
    CHECK_STR(paged(p), OTHER ";" NUMBER ";");
    p.limit = 1;
    CHECK_STR(paged(p), OTHER ";");
    p.due = 20458;
    p.number = OTHER;
    CHECK_STR(paged(p), NUMBER ";");
    p = by_due;
    p.stage = CASE_ACCEPTED;
    CHECK_STR(paged(p), NUMBER ";");
    p = by_due;
    p.staff = "李四";
    CHECK_STR(paged(p), "");
    p = (struct case_page){.number = "", .stage = CASE_STAGES, .staff = "张三", .limit = 9};
    CHECK_STR(paged(p), NUMBER ";" OTHER ";");
    p.number = NUMBER;
    CHECK_STR(paged(p), OTHER ";");
    p = (struct case_page){.number = "", .stage = CASE_ACCEPTED, .staff = "张三", .limit = 9};
    CHECK_STR(paged(p), NUMBER ";");
    p.staff = "李四";
    CHECK_STR(paged(p), "");
    p = (struct case_page){.number = "", .stage = CASE_RECEIVED, .limit = 9};
    CHECK_STR(paged(p), OTHER ";");
    CHECK_INT(case_each_with(store, OFFICE, "张三", CASE_RECEIVED, 9, see_number, &mine, NULL), 0);
    CHECK_STR(mine.text, OTHER ";");
    CHECK_INT(case_each_with(store, OFFICE, "", CASE_NEW, 9, see_number, &none, NULL), 0);
    CHECK_STR(none.text, "");
}

TEST(made_anew_the_same)
{
    struct seen before = {""}, after = {""};
    case_each_stage(store, OFFICE, CASE_STAGES, see, &before, NULL);
    CHECK_INT(store_begin(store, NULL), 0);
    CHECK_INT(sql_exec(store_sql(store), "UPDATE cases SET version = 0, stage = 0, staff = '', post = '', due = 7", NULL),
              0);
    CHECK_INT(case_rebuild(store, NULL, NULL), 2);
    CHECK_INT(store_commit(store, NULL), 0);
    case_each_stage(store, OFFICE, CASE_STAGES, see, &after, NULL);
    CHECK_STR(after.text, before.text);
    after.text[0] = '\0';
    CHECK_INT(sql_exec(store_sql(store), "UPDATE cases SET stage = 0, due = 7", NULL), 0);
    CHECK_INT(case_recount_days(second, NULL, NULL), 2);
    case_each_stage(store, OFFICE, CASE_STAGES, see, &after, NULL);
    CHECK_STR(after.text, before.text);
}

/* Both have read the case; one event has its place, whoever is second is told to look again. */
TEST(two_at_once)
{
    struct case_file one, other;
    struct case_event ev = event(CASE_EVENT_EXAMINE), late = event(CASE_EVENT_WITHDRAW);
    struct err e = {0};
    CHECK_INT(case_file_read(store, OFFICE, NUMBER, NULL, NULL, &one, &e), 0);
    CHECK_INT(case_file_read(second, OFFICE, NUMBER, NULL, NULL, &other, &e), 0);
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(case_file_add(store, &one, &ev, NULL, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_INT(store_begin(second, &e), 0);
    CHECK_INT(case_file_add(second, &other, &late, NULL, &e), -ERR_RETRY);
    store_rollback(second);
    CHECK_INT(case_file_read(second, OFFICE, NUMBER, NULL, NULL, &other, &e), 0);
    CHECK_INT(other.state.stage, CASE_EXAMINED);
    CHECK_INT(other.state.seq, 3);
}

TEST(a_full_disk_changes_nothing)
{
    struct case_file f;
    struct err e = {0};
    store_set_full(store, true);
    CHECK_INT(add(store, NUMBER, CASE_EVENT_WITHDRAW, &e), -ERR_NOSPACE);
    store_set_full(store, false);
    CHECK_INT(case_file_read(store, OFFICE, NUMBER, NULL, NULL, &f, NULL), 0);
    CHECK_INT(f.state.seq, 3);
}

static void refused(const char *damage, const char *repair)
{
    struct case_file f;
    struct err e = {0};
    CHECK_INT(sql_exec(store_sql(store), damage, NULL), 0);
    CHECK_INT(case_file_read(store, OFFICE, NUMBER, NULL, NULL, &f, &e), -ERR_CHECKSUM);
    CHECK(strstr(e.text, NUMBER) && strstr(e.text, "backup"));
    CHECK_INT(store_begin(store, NULL), 0);
    CHECK_INT(case_rebuild(store, NULL, &e), -ERR_CHECKSUM);
    store_rollback(store);
    CHECK_INT(case_recount_days(store, NULL, &e), -ERR_CHECKSUM);
    CHECK_INT(sql_exec(store_sql(store), repair, NULL), 0);
    CHECK_INT(case_file_read(store, OFFICE, NUMBER, NULL, NULL, &f, NULL), 0);
}

TEST(changed_from_outside)
{
    refused("UPDATE case_event SET seq = 9 WHERE number = '" NUMBER "' AND seq = 2",
            "UPDATE case_event SET seq = 2 WHERE number = '" NUMBER "' AND seq = 9");
    refused("UPDATE case_event SET number = '1103003260105000295' WHERE number = '" NUMBER "' AND seq = 1",
            "UPDATE case_event SET number = '" NUMBER "' WHERE number = '1103003260105000295'");
    sql_exec(store_sql(store), "CREATE TABLE kept AS SELECT * FROM case_event", NULL);
    refused("UPDATE case_event SET event = (SELECT event FROM kept k WHERE k.number = case_event.number AND k.seq = 3)"
            " WHERE number = '" NUMBER "' AND seq = 2",
            "UPDATE case_event SET event = (SELECT event FROM kept k WHERE k.number = case_event.number AND k.seq ="
            " case_event.seq)");
    refused("UPDATE case_event SET hash = (SELECT hash FROM kept k WHERE k.number = case_event.number AND k.seq = 1)"
            " WHERE number = '" NUMBER "' AND seq = 2",
            "UPDATE case_event SET hash = (SELECT hash FROM kept k WHERE k.number = case_event.number AND k.seq ="
            " case_event.seq)");
}

TEST(events_without_an_application)
{
    struct err e = {0};
    CHECK_INT(store_begin(store, NULL), 0);
    CHECK_INT(sql_exec(store_sql(store), "DELETE FROM cases WHERE number = '" OTHER "'", NULL), 0);
    CHECK_INT(case_rebuild(store, NULL, &e), -ERR_STATE);
    CHECK(strstr(e.text, OTHER));
    store_rollback(store);
}

struct walked {
    int events, cases, stop_after;
    int64_t last_seq;
    char last[CASE_NUMBER_LEN + 1];
};

static void walk_event(void *ctx, const struct case_event *ev)
{
    struct walked *w = ctx;
    w->events++;
    w->last_seq = ev->seq;
}

static int walk_case(void *ctx, const struct case_file *f)
{
    struct walked *w = ctx;
    CHECK(strcmp(w->last, f->number) < 0);
    CHECK_STR(f->terminal, "t-1");
    if (strcmp(f->number, NUMBER) == 0)
        CHECK_INT(w->events ? w->last_seq : 3, f->state.seq);
    else if (strcmp(f->number, OTHER) != 0)
        CHECK_INT(f->state.stage, CASE_NEW);
    text_copy(w->last, sizeof w->last, f->number);
    return ++w->cases == w->stop_after;
}

/* More than two pages of them. */
TEST(all_in_one_pass)
{
    struct walked all = {0}, none = {0}, few = {.stop_after = 3};
    struct err e = {0};
    char number[40];
    CHECK_INT(store_begin(store, &e), 0);
    for (int i = 0; i < 398; i++) {
        snprintf(number, sizeof number, "11030032601060%05d", i);
        CHECK_INT(database_add_case(store, OFFICE, number, NINE), 1);
    }
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_INT(case_each_file(store, NINE + 1, walk_event, walk_case, &all, &e), 0);
    CHECK_INT(all.cases, 400);
    CHECK_INT(all.events, 4);
    CHECK_INT(case_each_file(store, NINE + 1, NULL, walk_case, &few, &e), 0);
    CHECK_INT(few.cases, 3);
    CHECK_INT(case_each_file(store, NINE, walk_event, walk_case, &none, &e), 0);
    CHECK_INT(none.cases, 0);
    struct walked rest = {0}, other = {0};
    CHECK_INT(case_each_file_of(store, OFFICE, "1103003260106000388", NINE + 1, NULL, walk_case, &rest, &e), 0);
    CHECK_INT(rest.cases, 9); /* 00389 … 00397 */
    CHECK_INT(case_each_file_of(store, OFFICE - 1, "", NINE + 1, NULL, walk_case, &other, &e), 0);
    CHECK_INT(other.cases, 0);
    sql_exec(store_sql(store), "UPDATE case_event SET seq = 9 WHERE number = '" NUMBER "' AND seq = 2", NULL);
    CHECK_INT(case_each_file(store, NINE + 1, NULL, walk_case, &(struct walked){0}, &e), -ERR_CHECKSUM);
    CHECK(strstr(e.text, "backup"));
}

TEST(teardown)
{
    char command[100];
    store_close(store);
    store_close(second);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(setup), T(read_back), T(rows_follow), T(pages), T(made_anew_the_same), T(two_at_once),
          T(a_full_disk_changes_nothing), T(changed_from_outside), T(events_without_an_application), T(all_in_one_pass),
          T(teardown))
