/* SPDX-License-Identifier: Apache-2.0
 *
 * Open alerts and duty lists as rows: each begins, ends and is told once; one owner; the next on the list; nobody's duty.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_account.h"
#include "tools/hall/store/store_duty.h"
#include "tools/hall/store/store_notice.h"
#include "tools/hall/store/terminal.h"

#define NOON INT64_C(1767585600000) /* Monday, 12:00 */
#define MINUTE INT64_C(60000)
#define OFFICE 1103
#define REPORT(warnings, reader)                                                                                            \
    "{\"v\":1,\"version\":\"1\",\"acked\":1,\"head\":1,\"catalogue\":3,\"warnings\":[" warnings                             \
    "],\"devices\":{\"reader\":\"" reader "\"}}"
#define WELL REPORT("", "ready")

static struct store *store;
static char dir[] = "/tmp/tongban-duty-XXXXXX";
static struct duty_row rows[16];
static size_t n;
static uint8_t press;
static int64_t now;

static void at(int64_t minutes)
{
    now = NOON + minutes * MINUTE;
    clock_set_wall(now);
}

static void add_terminal(int office, const char *id, const char *spot)
{
    struct place place = {.zone = "城东", .device = "03", .hotline = "12345", .supervision = "12345"};

    text_copy(place.spot, sizeof place.spot, spot);
    CHECK_INT(terminal_add(store, office, id, &place, "AAAA-BBBB-CCCC-DDDD", NULL), 0);
}

static void says(int office, const char *id, const char *report)
{
    CHECK_INT(terminal_health(store, office, id, report, NULL), 0);
}

static void hire(const char *id, const char *name, int office, enum role role)
{
    struct account a = {.office = office, .role = role, .state = ACCOUNT_ACTIVE};

    text_copy(a.id, sizeof a.id, id);
    text_copy(a.name, sizeof a.name, name);
    text_copy(a.post, sizeof a.post, "终端管理");
    CHECK_INT(account_add(store, &a, NULL), 0);
}

static int keep(void *ctx, const struct duty_row *r)
{
    rows[n++] = *r;
    return n == 16;
}

/* Looks, and reads what is open. */
static void look(void)
{
    struct duty_seen *seen = NULL;
    struct err e = {0};

    CHECK_INT(duty_see(store, OFFICE, now, &seen, &e), 0);
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(duty_settle(store, seen, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
    duty_forget(seen);
    n = 0;
    CHECK_INT(duty_each(store, OFFICE, 0, keep, NULL, NULL), 0);
}

static int64_t count(const char *sql)
{
    struct sql_rows *r = NULL;
    int64_t ret = -1;

    if (sql_select(store_sql(store), &r, NULL, sql, "") == 0 && sql_next(r, NULL) == 1)
        ret = sql_int(r, 0);
    sql_done(r);
    return ret;
}

static int64_t messages(const char *to)
{
    struct sql_rows *r = NULL;
    int64_t ret = -1;

    if (sql_select(store_sql(store), &r, NULL, "SELECT count(*) FROM notice WHERE kind LIKE 'feed-duty%' AND number=$1", "t",
                   to) == 0 &&
        sql_next(r, NULL) == 1)
        ret = sql_int(r, 0);
    sql_done(r);
    return ret;
}

static enum duty_refusal does(enum duty_verb verb, const char *staff, const char *seen, const struct duty_row *r, int again,
                              int64_t by)
{
    const uint8_t id[16] = {again ? press : ++press};
    struct duty_deed d = {.office = OFFICE,
                          .terminal = r->terminal,
                          .what = r->what,
                          .since = r->since,
                          .verb = verb,
                          .staff = staff,
                          .name = staff,
                          .words = "我去",
                          .seen = seen,
                          .now = now,
                          .by = by,
                          .id = id};
    enum duty_refusal why;
    struct duty_row is;
    struct err e = {0};

    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(duty_do(store, &d, &why, &is, &e), again);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
    return why;
}

static int put(const char *staff, const char *zone, int days, int from, int to, int place, uint8_t id)
{
    struct shift s = {.id = {id}, .days = days, .from = from, .to = to, .place = place, .way = "值班手机"};

    text_copy(s.staff, sizeof s.staff, staff);
    text_copy(s.zone, sizeof s.zone, zone);
    return shift_put(store, OFFICE, &s, "0601", NULL);
}

TEST(setup)
{
    struct err e = {0};

    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    CHECK_STR(e.text, "");
    at(0);
    add_terminal(OFFICE, "t-1", "一处");
    add_terminal(OFFICE, "t-2", "另一处");
    add_terminal(1104, "x-1", "一处");
    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE terminal SET cert=$1", "b", "", (size_t)0),
              3); /* they are in the hall */
    hire("0601", "测试酉", OFFICE, ROLE_FLEET);
    hire("0602", "测试戌", OFFICE, ROLE_FLEET);
    hire("0603", "测试亥", OFFICE, ROLE_FLEET);
    hire("0417", "测试卯", OFFICE, ROLE_WINDOW);
    hire("0699", "测试丑", 1104, ROLE_FLEET);
}

TEST(without_a_list_nobody_is_told)
{
    says(OFFICE, "t-1", REPORT("\"receipt-paper-low\"", "fault"));
    says(OFFICE, "t-2", WELL);
    says(1104, "x-1", REPORT("", "fault"));
    look();
    CHECK_INT(n, 2);
    CHECK_STR(rows[0].what, "reader-fault"); /* the worst first */
    CHECK_STR(rows[1].what, "receipt-paper-low");
    CHECK(rows[0].told == 0 && rows[0].since == NOON && strlen(rows[0].zone) == ZONE_NAME_LEN);
    look();
    CHECK_INT(n, 2);
    CHECK_INT(count("SELECT count(*) FROM notice"), 0);
}

TEST(what_is_over_and_comes_again_is_another)
{
    at(1);
    says(OFFICE, "t-1", REPORT("\"receipt-paper-low\"", "ready"));
    look();
    CHECK_INT(n, 1);
    at(2);
    says(OFFICE, "t-1", REPORT("\"receipt-paper-low\"", "fault"));
    look();
    CHECK_INT(n, 2);
    CHECK_INT(rows[0].since, NOON + 2 * MINUTE);
    CHECK_INT(rows[1].since, NOON);
    n = 0;
    CHECK_INT(duty_each(store, OFFICE, NOON, keep, NULL, NULL), 0);
    CHECK(n == 1 && rows[0].ended == NOON + MINUTE);
}

TEST(lists)
{
    CHECK_INT(put("0417", "", 127, 0, 24, 1, 9), -ERR_NOTFOUND);
    CHECK_INT(put("0699", "", 127, 0, 24, 1, 9), -ERR_NOTFOUND);
    CHECK_INT(put("0601", "ffffffffffffffff", 127, 0, 24, 1, 9), -ERR_RANGE);
    CHECK_INT(put("nobody", "", 127, 0, 24, 1, 9), -ERR_NOTFOUND);
    CHECK_INT(put("0602", "", 31, 0, 24, 2, 2), 0);
    CHECK_INT(put("0601", "", 31, 0, 24, 2, 1), 0);
    CHECK_INT(put("0601", "", 31, 8, 18, 1, 1), 0); /* in its own place */
    CHECK_INT(count("SELECT count(*) FROM duty_shift"), 2);
    CHECK_INT(count("SELECT count(*) FROM audit WHERE action='duty-shift-put'"), 3);
}

TEST(the_next_is_told_after_the_limit)
{
    at(3);
    look();
    CHECK_STR(rows[0].told_to, "0601");
    CHECK_INT(messages("0601"), 1); /* one for both */
    CHECK_INT(messages("0602"), 0);
    at(3 + 14);
    look();
    CHECK_INT(messages("0602"), 0);
    at(3 + 15);
    look();
    CHECK_STR(rows[0].told_to, "0602");
    CHECK_STR(rows[1].told_to, "0601"); /* it is less urgent */
    CHECK_INT(messages("0602"), 1);
    at(3 + 29);
    look();
    CHECK_INT(count("SELECT count(*) FROM notice WHERE kind='feed-duty'"), 2);
    CHECK_INT(count("SELECT count(*) FROM duty_told"), 3);
    at(3 + 31);
    look(); /* all know, and nobody took it: the list begins again */
    CHECK_STR(rows[0].told_to, "0601");
    CHECK_INT(messages("0601"), 2);
    look(); /* once */
    CHECK_INT(messages("0601"), 2);
    CHECK_INT(count("SELECT count(*) FROM duty_told"), 3);
}

TEST(one_owner)
{
    struct duty_row r = rows[0];

    CHECK_INT(does(DUTY_TAKE, "0601", "", &r, 0, now + 60 * MINUTE), DUTY_MAY);
    CHECK_INT(does(DUTY_TAKE, "0601", "", &r, 1, now + 60 * MINUTE), DUTY_MAY); /* sent again */
    CHECK_INT(does(DUTY_TAKE, "0602", "", &r, 0, now + 60 * MINUTE), DUTY_NOT_TAKEN);
    CHECK_INT(does(DUTY_DONE, "0601", "0601", &r, 0, 0), DUTY_NOT_LASTS);
    CHECK_INT(count("SELECT count(*) FROM audit WHERE action='duty-take' AND reason='reader-fault: 我去'"), 1);
    CHECK_INT(count("SELECT count(*) FROM audit WHERE action='duty-take' AND reason='refused: alert-taken: reader-fault'"),
              1);
    n = 0;
    CHECK_INT(duty_each(store, OFFICE, 0, keep, NULL, NULL), 0);
    CHECK_STR(rows[0].staff, "0601");
    CHECK_STR(rows[0].words, "我去");
    r.since++;
    CHECK_INT(does(DUTY_TAKE, "0601", "", &r, 0, NOON), DUTY_NOT_NONE);
}

/* Somebody has the reader: that the door stands open is told all the same. */
TEST(a_worse_one_is_not_hidden)
{
    at(40);
    says(OFFICE, "t-1", REPORT("\"receipt-paper-low\",\"door-open\"", "fault"));
    look();
    CHECK_INT(n, 3);
    CHECK_STR(rows[0].what, "door-open"); /* nobody's before somebody's */
    CHECK_STR(rows[0].staff, "");
    CHECK_STR(rows[0].told_to, "0601");
    CHECK_INT(messages("0601"), 3);
}

TEST(a_promise_that_is_past_and_one_who_cannot)
{
    struct duty_row r = rows[1];

    CHECK_INT(put("0603", "", 31, 0, 24, 3, 3), 0);
    at(93); /* promised until 94 */
    says(OFFICE, "t-1", REPORT("\"receipt-paper-low\",\"door-open\"", "fault"));
    says(OFFICE, "t-2", WELL);
    look();
    CHECK_INT(count("SELECT count(*) FROM duty_told WHERE what='reader-fault' AND staff<>'0601'"), 0);
    at(95);
    look(); /* the next, who was told before it was taken, is told anew */
    CHECK_INT(count("SELECT count(*) FROM duty_told WHERE what='reader-fault' AND staff='0602'"), 1);
    CHECK_INT(does(DUTY_TAKE, "0603", "0601", &r, 0, now + 60 * MINUTE), DUTY_MAY);
    CHECK_INT(does(DUTY_LEAVE, "0602", "0603", &r, 0, 0), DUTY_NOT_MINE);
    CHECK_INT(does(DUTY_LEAVE, "0603", "0603", &r, 0, 0), DUTY_MAY);
    n = 0;
    CHECK_INT(duty_each(store, OFFICE, 0, keep, NULL, NULL), 0);
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='reader-fault' AND ended=0 AND staff='' AND name='0603'"), 1);
    now++;
    look(); /* at once, and not to who cannot */
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='reader-fault' AND ended=0 AND told_to='0601'"), 1);
    now += 15 * MINUTE;
    look();
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='reader-fault' AND ended=0 AND told_to='0602'"), 1);
    CHECK_INT(count("SELECT count(*) FROM duty_told WHERE what='reader-fault' AND staff='0603' AND at>0"), 0);
    now += 15 * MINUTE;
    look(); /* everybody else knows: it is still nobody's */
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='reader-fault' AND ended=0 AND told_to='0603'"), 1);
}

/* The hall's own alerts are ended by somebody, and are new when they come again. */
TEST(the_halls_alerts)
{
    struct duty_row r = {.terminal = "t-2", .what = "system-failed"};

    at(100);
    CHECK_INT(store_alert(store, OFFICE, "t-2", "system-failed", "1.4.3", NULL), 0);
    CHECK_INT(store_alert(store, OFFICE, "t-2", "system-failed", "1.4.3", NULL), 0);
    CHECK_INT(store_alert(store, OFFICE, "t-2", "download-failed", "it lasts: its terminal says so", NULL), 0);
    CHECK_INT(count("SELECT count(*) FROM duty WHERE terminal='t-2' AND ended=0"), 1);
    look(); /* its terminal says nothing of it, and it stays */
    CHECK_INT(count("SELECT count(*) FROM duty WHERE terminal='t-2' AND ended=0 AND told_to='0601'"), 1);
    r.since = count("SELECT since FROM duty WHERE terminal='t-2'");
    CHECK_INT(does(DUTY_DONE, "0602", "", &r, 0, 0), DUTY_MAY);
    CHECK_INT(does(DUTY_DONE, "0602", "", &r, 0, 0), DUTY_NOT_ENDED);
    at(101);
    CHECK_INT(store_alert(store, OFFICE, "t-2", "system-failed", "1.4.4", NULL), 0);
    look();
    CHECK_INT(count("SELECT count(*) FROM duty WHERE terminal='t-2'"), 2);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].what, "system-failed") == 0)
            CHECK(rows[i].since >= NOON + 101 * MINUTE && rows[i].count == 3 && strcmp(rows[i].detail, "1.4.4") == 0);
}

/* And not one that staff have taken out of service, or that is not in the hall any more. */
TEST(who_is_silent)
{
    at(102);
    says(OFFICE, "t-2", WELL);
    at(142);
    look();
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='silent' AND terminal='t-2'"), 0);
    at(143);
    look();
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='silent' AND terminal='t-2' AND ended=0"), 1);
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='reader-fault' AND ended=0"), 1); /* its last word stands */
    at(150);
    says(OFFICE, "t-2", WELL);
    look();
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='silent' AND ended=0 AND terminal='t-2'"), 0);
    at(200);
    says(
        OFFICE, "t-2",
        "{\"v\":1,\"version\":\"1\",\"acked\":1,\"head\":1,\"catalogue\":3,\"warnings\":[],\"out\":\"repair\",\"since\":1}");
    at(300);
    look();
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='silent' AND ended=0 AND terminal='t-2'"), 0);
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='silent' AND ended=0 AND terminal='t-1'"), 1);
    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE terminal SET cert=NULL WHERE terminal='t-1'", ""), 1);
    look();
    CHECK_INT(count("SELECT count(*) FROM duty WHERE ended=0 AND terminal='t-1'"), 0);
    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE terminal SET place='{' WHERE terminal='t-2'", ""), 1);
    look(); /* whose place cannot be read is looked at all the same */
    CHECK_INT(count("SELECT count(*) FROM duty WHERE ended=0 AND terminal='t-2'"), (int64_t)n);
}

/* Two look whose clocks differ: it is the same silence, and is not lost. */
TEST(a_clock_that_is_behind)
{
    const char *open = "SELECT count(*) FROM duty WHERE what='silent' AND ended=0 AND terminal='t-2'";

    at(400);
    says(OFFICE, "t-2", WELL);
    at(441);
    look();
    CHECK_INT(count(open), 1);
    at(439);
    look();
    CHECK_INT(count(open), 0);
    at(442);
    look();
    CHECK_INT(count(open), 1);
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='silent' AND terminal='t-2' AND since=(SELECT at FROM health WHERE"
                    " terminal='t-2')"),
              1);
}

TEST(nobody_is_on_duty)
{
    at(5 * 24 * 60); /* Saturday */
    CHECK_INT(store_alert(store, OFFICE, "-", "notice-given-up", "x", NULL), 0);
    look();
    CHECK_INT(messages(DUTY_NOBODY), 1);
    at(5 * 24 * 60 + 30);
    look();
    CHECK_INT(messages(DUTY_NOBODY), 1);
    CHECK_INT(put("0602", "", 127, 0, 24, 2, 2), 0);
    at(5 * 24 * 60 + 31);
    look();
    CHECK_INT(count("SELECT count(*) FROM duty WHERE what='notice-given-up' AND told_to='0602'"), 1);
}

/* What a message says is true when it goes out. */
TEST(what_was_told)
{
    int64_t told = NOON + (5 * 24 * 60 + 31) * MINUTE;
    char way[SHIFT_WAY_MAX + 1];
    struct duty_row r;

    n = 0;
    CHECK_INT(duty_each_told(store, OFFICE, "0602", told, told, keep, NULL, NULL), 0);
    CHECK(n >= 1);
    r = rows[0];
    size_t before = n;
    CHECK_INT(duty_way(store, OFFICE, "0602", told, way, NULL), 0);
    CHECK_STR(way, "值班手机");
    CHECK_INT(duty_way(store, OFFICE, "0602", told + 1, way, NULL), -ERR_NOTFOUND);
    CHECK_INT(does(DUTY_TAKE, "0603", "", &r, 0, told + 60 * MINUTE), DUTY_MAY);
    n = 0;
    CHECK_INT(duty_each_told(store, OFFICE, "0602", told, told, keep, NULL, NULL), 0);
    CHECK_INT(n, before - 1);
}

TEST(an_account_that_is_disabled_covers_nothing)
{
    static struct shift list[SHIFTS_MAX];
    struct account a;

    struct duty_row r = {.terminal = "-", .what = "fork"};
    const char *told = "SELECT told FROM duty WHERE what='fork' AND told_to='0601'";

    CHECK_INT(put("0601", "", 127, 0, 24, 3, 1), 0);
    at(5 * 24 * 60 + 40);
    CHECK_INT(store_alert(store, OFFICE, "-", "fork", "x", NULL), 0);
    r.since = count("SELECT since FROM duty WHERE what='fork'");
    CHECK_INT(does(DUTY_TAKE, "0602", "", &r, 0, now + 600 * MINUTE), DUTY_MAY);
    look();
    CHECK_INT(count(told), -1); /* it is his */
    CHECK_INT(account_read(store, "0602", &a, NULL), 0);
    a.state = ACCOUNT_DISABLED;
    CHECK_INT(account_put(store, &a, NULL), 0);
    at(5 * 24 * 60 + 41);
    look();
    CHECK_INT(count(told), now); /* nobody waits for his promise */
    n = 0;
    CHECK_INT(duty_each_told(store, OFFICE, "0601", now, now, keep, NULL, NULL), 0);
    CHECK(n > 0 && strcmp(rows[0].what, "fork") == 0 && rows[0].gone && strcmp(rows[0].staff, "0602") == 0);
    int many = shift_list(store, OFFICE, list, NULL);
    CHECK_INT(many, 3);
    for (int i = 0; i < many; i++)
        CHECK_INT(list[i].gone, strcmp(list[i].staff, "0602") == 0);
    CHECK_INT(shift_drop(store, OFFICE, list[0].id, "0601", NULL), 1);
    CHECK_INT(shift_drop(store, OFFICE, list[0].id, "0601", NULL), 0);
    CHECK_INT(shift_drop(store, 1104, list[1].id, "0601", NULL), 0);
}

/* Its terminals were moved, or it was renamed. */
TEST(a_zone_without_terminals)
{
    static struct shift list[SHIFTS_MAX];
    struct duty_row r = {.terminal = "t-1"};

    CHECK_INT(sql_do(store_sql(store), NULL, "DELETE FROM duty_shift", "") > 0, 1);
    zone_name(OFFICE, &(struct place){.zone = "城东", .spot = "一处"}, r.zone);
    CHECK_INT(put("0601", r.zone, 127, 0, 24, 1, 1), 0);
    CHECK_INT(put("0601", "", 127, 0, 24, 2, 2), 0);
    CHECK_INT(shift_list(store, OFFICE, list, NULL), 2);
    CHECK(!list[0].lost && !list[1].lost);
    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE terminal_zone SET zone='0011223344556677' WHERE terminal='t-1'", ""),
              1);
    CHECK_INT(shift_list(store, OFFICE, list, NULL), 2);
    CHECK(list[0].lost && !list[1].lost);
    CHECK_INT(put("0601", r.zone, 127, 0, 24, 1, 3), -ERR_RANGE);
    CHECK_INT(put("0601", "0011223344556677", 127, 0, 24, 1, 1), 0); /* in its place */
    CHECK_INT(shift_list(store, OFFICE, list, NULL), 2);
    CHECK(!list[0].lost);
}

TEST(a_list_is_not_endless)
{
    CHECK_INT(sql_do(store_sql(store), NULL, "DELETE FROM duty_shift", ""), 2);
    for (int i = 0; i < SHIFTS_MAX; i++)
        CHECK_INT(put("0601", "", 127, 0, 24, 1, (uint8_t)i), 0);
    CHECK_INT(put("0601", "", 127, 0, 24, 1, SHIFTS_MAX), -ERR_NOSPACE);
    CHECK_INT(put("0601", "", 127, 0, 24, 2, 0), 0); /* in its own place */
}

/* Told on Friday, nobody's at the weekend: on Monday the list begins again. */
/* Nobody was told by a message that nobody took. */
TEST(a_message_that_waits)
{
    struct store_notice m;

    at(6 * 24 * 60);
    CHECK_INT(store_alert(store, OFFICE, "-", "case-open", "x", NULL), 0);
    CHECK_INT(put("0601", "", 127, 0, 24, 1, 0), 0);
    CHECK_INT(sql_do(store_sql(store), NULL, "DELETE FROM notice", "") > 0, 1);
    look();
    CHECK_STR(rows[0].what, "case-open");
    CHECK(rows[0].waits && rows[0].tries == 0);
    CHECK_INT(store_notice_take(store, NOTICE_FOR_FEED, now, MINUTE, &m, NULL), 1);
    CHECK_INT(store_notice_failed(store, &m, now + MINUTE, NULL), 0);
    at(6 * 24 * 60 + 1);
    look();
    CHECK(rows[0].waits && rows[0].tries == 1);
    CHECK_INT(store_notice_take(store, NOTICE_FOR_FEED, now, MINUTE, &m, NULL), 1);
    CHECK_INT(store_notice_sent(store, &m, now, NULL), 0);
    look();
    CHECK(!rows[0].waits && rows[0].tries == 0 && rows[0].told == now - MINUTE);
}

TEST(after_a_weekend)
{
    static const struct {
        int minutes;
        const char *to;
    } hears[] = {{11 * 24 * 60 + 11 * 60 + 55, "0601"}, /* Friday, 23:55 */
                 {12 * 24 * 60 + 30, DUTY_NOBODY},
                 {14 * 24 * 60 - 12 * 60, "0601"}, /* Monday, 0:00 */
                 {14 * 24 * 60 - 12 * 60 + 240, "0601"}};

    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE duty SET ended=since+1 WHERE ended=0", "") > 0, 1);
    CHECK_INT(sql_do(store_sql(store), NULL, "DELETE FROM duty_shift", "") > 0, 1);
    CHECK_INT(put("0601", "", 31, 0, 24, 1, 1), 0);
    at(hears[0].minutes);
    CHECK_INT(store_alert(store, OFFICE, "-", "enrolment-code", "x", NULL), 0);
    for (size_t i = 0; i < sizeof hears / sizeof *hears; i++) {
        at(hears[i].minutes);
        look();
        CHECK_STR(rows[n - 1].what, "enrolment-code"); /* the least urgent */
        CHECK_INT(rows[n - 1].told, now);
        CHECK_STR(rows[n - 1].told_to, hears[i].to);
    }
}

static void hand_over(void)
{
    CHECK(sql_do(store_sql(store), NULL, "UPDATE notice SET sent=1", "") >= 0);
}

/* Among others, for whom nobody speaks. */
static const struct duty_row *opened(void)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].what, "case-open") == 0)
            return &rows[i];
    return &rows[0];
}

/* One alone on the list, all night, who was given each message and does not take it. */
TEST(alone_at_night)
{
    static const int told[] = {0, 15, 45, 105, 225, 345, 465}; /* minutes */
    const int begin = 20 * 24 * 60;
    size_t times = 0;

    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE duty SET ended=since+1 WHERE ended=0", "") > 0, 1);
    CHECK_INT(sql_do(store_sql(store), NULL, "DELETE FROM duty_shift", "") > 0, 1);
    CHECK_INT(put("0601", "", 127, 0, 24, 1, 1), 0);
    at(begin);
    CHECK_INT(store_alert(store, OFFICE, "-", "case-open", "x", NULL), 0);
    for (int i = 0; i <= 8 * 60; i += 5) {
        at(begin + i);
        look();
        if (opened()->told != now)
            continue;
        CHECK(times < sizeof told / sizeof *told);
        CHECK_INT(i, told[times < 7 ? times : 6]);
        times++;
        hand_over();
    }
    CHECK_INT(times, 7);
    CHECK_STR(opened()->staff, "");
    CHECK_INT(does(DUTY_TAKE, "0601", "", opened(), 0, now + 30 * MINUTE), DUTY_MAY);
    CHECK_INT(count("SELECT count(*) FROM duty_round WHERE what='case-open'"),
              0); /* a promise that is past begins as at first */
    at(begin + 8 * 60 + 30);
    look();
    CHECK_INT(opened()->told, now);
    hand_over();
    at(begin + 8 * 60 + 45);
    look();
    CHECK_INT(opened()->told, now);
}

/* Nobody read what was not handed over: it is tried as often as before. */
TEST(a_message_that_is_stuck_widens_nothing)
{
    const int begin = 22 * 24 * 60;
    int times = 0;

    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE duty SET ended=since+1 WHERE ended=0", "") > 0, 1);
    at(begin);
    CHECK_INT(store_alert(store, OFFICE, "-", "case-open", "x", NULL), 0);
    for (int i = 0; i <= 60; i += 5) {
        at(begin + i);
        look();
        times += opened()->told == now;
    }
    CHECK_INT(times, 5);
}

TEST(end)
{
    store_close(store);
}

TEST_MAIN(T(setup), T(without_a_list_nobody_is_told), T(what_is_over_and_comes_again_is_another), T(lists),
          T(the_next_is_told_after_the_limit), T(one_owner), T(a_worse_one_is_not_hidden),
          T(a_promise_that_is_past_and_one_who_cannot), T(the_halls_alerts), T(who_is_silent), T(a_clock_that_is_behind),
          T(nobody_is_on_duty), T(what_was_told), T(an_account_that_is_disabled_covers_nothing), T(a_zone_without_terminals),
          T(a_list_is_not_endless), T(a_message_that_waits), T(after_a_weekend), T(alone_at_night),
          T(a_message_that_is_stuck_widens_nothing), T(end))
