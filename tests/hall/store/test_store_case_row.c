/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists that are longer than a page: each case once, in order, and no further than was asked for.
 */
#include "test.h"

#include "hall/database.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_case_row.h"

#define OFFICE 1103
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */
#define CASES 1203                  /* more than two pages of rows, six of cases */
#define DUE 20458
#define DUE_DAYS 101
#define NEVER_DUE 7 /* every so manieth */

static struct store *store;
static char dir[] = "/tmp/tongban-rows-XXXXXX";

static int64_t due_of(int i)
{
    return i % NEVER_DUE == 0 ? 0 : DUE + i / 3 * 7 % DUE_DAYS;
}

TEST(setup)
{
    struct err e = {0};
    char number[CASE_NUMBER_LEN + 1];

    CHECK(mkdtemp(dir) != NULL);
    clock_set_wall(NINE);
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &store, &e), 0);
    CHECK_INT(store_begin(store, &e), 0);
    for (int i = 0; i < CASES; i++) {
        case_number_format(&(struct case_number){OFFICE, 3, {2026, 1, 5}, i + 1}, number);
        CHECK_INT(database_add_case(store, OFFICE, number, NINE), 1);
        CHECK_INT(sql_do(store_sql(store), &e, "UPDATE cases SET due=$1, stage=$2 WHERE number=$3", "iit", due_of(i),
                         (int64_t)(i % 2 ? CASE_ACCEPTED : CASE_NEW), number),
                  1);
    }
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
}

struct seen {
    int n, until; /* until: how many it takes; 0: all */
    int64_t due;
    char number[CASE_NUMBER_LEN + 1];
    bool by_due, in_order;
};

static int see(struct seen *s, int64_t due, const char *number)
{
    int days = s->by_due ? (due > s->due) - (due < s->due) : 0;

    s->in_order &= days > 0 || (days == 0 && strcmp(number, s->number) > 0);
    s->due = due;
    text_copy(s->number, sizeof s->number, number);
    return ++s->n == s->until;
}

static int see_row(void *ctx, const struct case_row *r)
{
    return see(ctx, r->due, r->number);
}

static int64_t due_of_number(const char *number)
{
    struct case_number n;

    CHECK(case_number_parse(number, &n));
    return due_of(n.serial - 1);
}

static int see_file(void *ctx, const struct case_file *f)
{
    CHECK_STR(f->item, "item-1");
    CHECK_INT(f->applied, NINE);
    return see(ctx, due_of_number(f->number), f->number);
}

static int due_until(int64_t day)
{
    int n = 0;

    for (int i = 0; i < CASES; i++)
        n += due_of(i) > 0 && due_of(i) <= day;
    return n;
}

TEST(by_number)
{
    struct seen all = {.in_order = true}, of_stage = {.in_order = true}, some = {.in_order = true, .until = 700};

    CHECK_INT(case_each_stage(store, OFFICE, CASE_STAGES, see_row, &all, NULL), 0);
    CHECK(all.in_order && all.n == CASES);
    CHECK_INT(case_each_stage(store, OFFICE, CASE_NEW, see_row, &of_stage, NULL), 0);
    CHECK(of_stage.in_order && of_stage.n == CASES / 2 + 1);
    CHECK_INT(case_each_stage(store, OFFICE, CASE_STAGES, see_row, &some, NULL), 0);
    CHECK_INT(some.n, 700);
}

TEST(by_day)
{
    for (int day = DUE - 1; day < DUE + DUE_DAYS; day += 17) {
        struct seen s = {.by_due = true, .in_order = true};

        CHECK_INT(case_each_due(store, OFFICE, day, see_row, &s, NULL), 0);
        CHECK(s.in_order);
        CHECK_INT(s.n, due_until(day));
        CHECK(s.due <= day);
    }
}

/* Pages, counted; the last one is said to be that. */
static int due_files(int64_t day, struct seen *s)
{
    struct case_place at = {0};
    int pages = 1;

    while (case_due_page(store, OFFICE, day, &at, see_file, s, NULL) > 0)
        pages++;
    return pages;
}

TEST(whole_cases_by_day)
{
    struct seen all = {.by_due = true, .in_order = true}, half = all, none = all, some = all;

    CHECK(due_files(DUE + DUE_DAYS, &all) > 5);
    CHECK(all.in_order);
    CHECK_INT(all.n, due_until(DUE + DUE_DAYS));
    CHECK(due_files(DUE + 50, &half) > 2);
    CHECK(half.in_order);
    CHECK_INT(half.n, due_until(DUE + 50));
    CHECK_INT(due_files(DUE - 1, &none), 1);
    CHECK_INT(none.n, 0);
    some.until = 300;
    CHECK_INT(due_files(DUE + DUE_DAYS, &some), 2); /* the second ends where fn says so */
    CHECK_INT(some.n, 300);
}

TEST(teardown)
{
    char command[100];

    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(setup), T(by_number), T(by_day), T(whole_cases_by_day), T(teardown))
