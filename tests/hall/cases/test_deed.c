/* SPDX-License-Identifier: Apache-2.0
 *
 * The one way in which something is done to a case: judged with the role of who does it, and in the audit log either way.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/cases/deed.h"
#include "tools/hall/store/store_account.h"

#define OFFICE 1103
#define NUMBER "1103003260105000279"
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */

static struct store *store;
static const struct published none;
static char dir[] = "/tmp/tongban-deed-XXXXXX";

/* A case that Zhang has taken in. */
TEST(setup)
{
    struct case_file f;
    struct case_event ev;
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    clock_set_wall(NINE);
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_INT(database_add_case(store, OFFICE, NUMBER, NINE), 1);
    case_event_init(&ev, CASE_EVENT_RECEIVE);
    text_copy(ev.staff, sizeof ev.staff, "张三");
    text_copy(ev.post, sizeof ev.post, "受理岗");
    text_copy(ev.limits.item, sizeof ev.limits.item, "item-1");
    ev.at = ev.entered = ev.applied = NINE;
    ev.limits.accept = ev.limits.examine = ev.limits.decide = ev.limits.promise = ev.limits.statutory = (struct case_limit){
        .day = -1};
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(case_file_read(store, OFFICE, NUMBER, NULL, NULL, &f, &e), 0);
    CHECK_INT(case_file_add(store, &f, &ev, NULL, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
}

/* What it came to. */
static enum case_refusal done(struct deed d)
{
    struct err e = {0};
    d.office = OFFICE;
    d.number = NUMBER;
    d.procedure = PROCEDURES;
    d.by = "somebody";
    d.action = "x";
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(deed_do(store, &none, &d, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
    return d.refusal;
}

static int64_t count(const char *sql)
{
    struct sql_rows *r = NULL;
    CHECK_INT(sql_select(store_sql(store), &r, NULL, sql, ""), 0);
    CHECK_INT(sql_next(r, NULL), 1);
    int64_t n = sql_int(r, 0);
    sql_done(r);
    return n;
}

#define EVENTS "SELECT count(*) FROM case_event"
#define REFUSED "SELECT count(*) FROM audit WHERE reason LIKE 'refused: no-role; %'"

TEST(without_accounts_whoever_says_so)
{
    CHECK_INT(done((struct deed){.kind = CASE_EVENT_ACCEPT, .staff = "李四", .post = "受理岗"}),
              CASE_REFUSAL_NOT_RESPONSIBLE);
    CHECK_INT(count(EVENTS), 1);
    CHECK_INT(done((struct deed){.kind = CASE_EVENT_ACCEPT, .staff = "张三", .post = "受理岗"}), CASE_MAY);
    CHECK_INT(count(EVENTS), 2);
}

static void hire(const char *id, const char *name, enum role role)
{
    struct account a = {.office = OFFICE, .role = role, .state = ACCOUNT_ACTIVE};
    text_copy(a.id, sizeof a.id, id);
    text_copy(a.name, sizeof a.name, name);
    text_copy(a.post, sizeof a.post, "受理岗");
    CHECK_INT(account_add(store, &a, NULL), 0);
}

TEST(with_accounts_the_role_counts)
{
    const struct deed examine = {.kind = CASE_EVENT_EXAMINE, .staff = "张三", .post = "受理岗", .words = "齐"};
    hire("1", "王五", ROLE_DEPARTMENT);
    CHECK_INT(done(examine), CASE_REFUSAL_NO_ROLE); /* nobody of that name */
    hire("2", "张三", ROLE_WINDOW);
    CHECK_INT(done(examine), CASE_REFUSAL_NO_ROLE); /* not a window's business */
    CHECK_INT(count(EVENTS), 2);
    CHECK_INT(count(REFUSED), 2);
}

TEST(handed_to_one_who_can_go_on)
{
    struct deed over = {
        .kind = CASE_EVENT_HAND_OVER, .staff = "张三", .post = "受理岗", .words = "审查", .to_post = "受理岗"};
    hire("3", "管理", ROLE_ADMINISTRATOR);
    over.to_staff = "管理";
    CHECK_INT(done(over), CASE_REFUSAL_TO_NO_ROLE);
    over.to_staff = "无人";
    CHECK_INT(done(over), CASE_REFUSAL_TO_NO_ROLE);
    over.to_staff = "王五";
    CHECK_INT(done(over), CASE_MAY);
}

TEST(what_may_be_done_now)
{
    struct case_file f;
    struct account wang, zhang;
    enum case_refusal why;
    CHECK_INT(account_by_name(store, OFFICE, "王五", &wang, NULL), 0);
    CHECK_INT(account_by_name(store, OFFICE, "张三", &zhang, NULL), 0);
    CHECK_INT(case_file_read(store, OFFICE, NUMBER, NULL, NULL, &f, NULL), 0);
    CHECK_INT(deed_may(store, &none, &f, &wang, CASE_EVENT_EXAMINE, &why, NULL), 0);
    CHECK_INT(why, CASE_MAY);
    CHECK_INT(deed_may(store, &none, &f, &wang, CASE_EVENT_DECIDE, &why, NULL), 0);
    CHECK_INT(why, CASE_REFUSAL_STAGE);
    CHECK_INT(deed_may(store, &none, &f, &zhang, CASE_EVENT_EXAMINE, &why, NULL), 0);
    CHECK_INT(why, CASE_REFUSAL_NO_ROLE);
    CHECK_INT(deed_may(store, &none, &f, &zhang, CASE_EVENT_WITHDRAW, &why, NULL), 0);
    CHECK_INT(why, CASE_REFUSAL_NOT_RESPONSIBLE);
    CHECK_INT(count(EVENTS), 3); /* it only asks */
}

TEST(teardown)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(setup), T(without_accounts_whoever_says_so), T(with_accounts_the_role_counts), T(handed_to_one_who_can_go_on),
          T(what_may_be_done_now), T(teardown))
