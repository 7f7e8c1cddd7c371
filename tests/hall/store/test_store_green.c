/* SPDX-License-Identifier: Apache-2.0
 *
 * Green-channel cards as rows: serials, revoking, once a day, and two counters that scan one card at the same moment.
 */
#include "test.h"

#include "hall/database.h"

#include <pthread.h>

#include "base/text.h"
#include "tools/hall/calling/check_in.h"
#include "tools/hall/store/store_queue.h"

#define OFFICE 1103
#define DAY INT64_C(20458) /* 2026-01-05 */
#define NINE INT64_C(1767574800000)

static struct store *store;
static char dir[] = "/tmp/tongban-green-XXXXXX";
static struct green_row card;

static void ticket(const char *queue, const char *number, int is_void)
{
    struct err e = {0};
    sql_do(store_sql(store), &e,
           "INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void, line, since)"
           " VALUES ($1,$2,$3,$4,'t-1',$5,0,$6,$3,$5)",
           "iittii", (int64_t)OFFICE, DAY, queue, number, NINE, (int64_t)is_void);
    CHECK_STR(e.text, "");
}

static int64_t count(const char *sql)
{
    struct sql_rows *r = NULL;
    int64_t n = -1;
    CHECK_INT(sql_select(store_sql(store), &r, NULL, sql, ""), 0);
    if (sql_next(r, NULL) == 1)
        n = sql_int(r, 0);
    sql_done(r);
    return n;
}

static struct green_row issue(int office, const char *holder)
{
    struct green_row row = {.card = {.office = office, .kind = GREEN_ELDERLY, .until = {2026, 12, 31}}, .issued = NINE};
    struct err e = {0};
    text_copy(row.holder, sizeof row.holder, holder);
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(green_add(store, &row, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
    return row;
}

TEST(setup)
{
    static const struct queue queues[] = {{.id = "general", .name = "综合受理"}, {.id = "insurance", .name = "社保医保"}};
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    for (size_t i = 0; i < sizeof queues / sizeof *queues; i++)
        CHECK_INT(queue_known_add(store, queues[i].id, 1, &e), 0);
    ticket("general", "A 001", 0);
    ticket("general", "A 002", 0);
    ticket("insurance", "B 001", 1);
    CHECK_STR(e.text, "");
}

TEST(issued_and_found)
{
    struct green_row found, other;
    card = issue(OFFICE, "王*");
    other = issue(OFFICE, "");
    CHECK(green_serial_valid(card.card.serial) && strcmp(card.card.serial, other.card.serial) != 0);
    CHECK_INT(green_find(store, OFFICE, card.card.serial, &found, NULL), 1);
    CHECK(found.card.kind == GREEN_ELDERLY && found.card.until.year == 2026 && found.issued == NINE && !found.revoked);
    CHECK_STR(found.holder, "王*");
    CHECK_INT(green_find(store, 1204, card.card.serial, &found, NULL), 0);
}

static struct check_in_answer got;

static int come(struct store *s, const char *queue, const char *number, int64_t at, struct check_in_answer *ret)
{
    const struct check_in c = {.office = OFFICE,
                               .card = &card.card,
                               .is_signed = true,
                               .queue = queue,
                               .number = number,
                               .staff = "李",
                               .by = "li",
                               .at = at};
    struct err e = {0};
    int rc = -ERR_RETRY;
    for (int i = 0; rc == -ERR_RETRY && i < 20; i++) {
        e = (struct err){0};
        rc = store_begin(s, &e);
        if (rc == 0)
            rc = check_in(s, &c, ret, &e);
        if (rc == 0)
            rc = store_commit(s, &e);
        else
            store_rollback(s);
    }
    return rc;
}

TEST(once_a_day)
{
    CHECK_INT(come(store, "general", "a 009", NINE, &got), 0); /* nobody's: the card is not used up */
    CHECK_INT(got.number, QUEUE_REFUSAL_UNKNOWN);
    CHECK_INT(come(store, "insurance", "B 001", NINE, &got), 0); /* nor by one whose paper did not come out */
    CHECK_INT(got.number, QUEUE_REFUSAL_VOID);
    CHECK_INT(come(store, "general", "A001", NINE, &got), 0);
    CHECK(got.card == GREEN_MAY && got.number == QUEUE_MAY && got.ticket.class == QUEUE_CLASS_PRIORITY);
    CHECK_STR(got.holder, "王*");
    CHECK_INT(come(store, "general", "A 001", NINE, &got), 0); /* scanned twice */
    CHECK(got.card == GREEN_MAY && got.number == QUEUE_MAY);
    CHECK_INT(come(store, "general", "A 002", NINE, &got), 0);
    CHECK_INT(got.card, GREEN_REFUSED_USED);
    CHECK_INT(count("SELECT count(*) FROM ticket WHERE class='priority'"), 1);
    CHECK_INT(count("SELECT count(*) FROM ticket_event WHERE number='A 002'"), 0);
    CHECK_INT(count("SELECT count(*) FROM audit WHERE action='queue-check-in' AND reason LIKE 'refused: used-today;%'"), 1);
    CHECK_INT(count("SELECT count(*) FROM audit WHERE action='queue-check-in'"), 5);
}

/* Its number's paper did not come out after all. */
TEST(a_void_number_gives_it_back)
{
    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE ticket SET void=1 WHERE number='A 001'", ""), 1);
    CHECK_INT(come(store, "general", "A 002", NINE, &got), 0);
    CHECK(got.card == GREEN_MAY && got.number == QUEUE_MAY);
    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE ticket SET void=0 WHERE number='A 001'", ""), 1);
    CHECK_INT(come(store, "general", "A 001", NINE, &got), 0);
    CHECK_INT(got.number, QUEUE_REFUSAL_HAS_PRIORITY); /* of the first time */
}

#define COUNTERS 3
#define NUMBERS 20

/* Each scans the same card for numbers of its own. */
static void *scan(void *ctx)
{
    struct store *s = NULL;
    int *done = ctx, at = *done;
    *done = 0;
    if (store_open(dir, &s, NULL) < 0)
        return NULL;
    for (int i = 0; i < NUMBERS; i++) {
        struct check_in_answer a;
        char number[20];
        snprintf(number, sizeof number, "C %03d", at * NUMBERS + i);
        if (come(s, "general", number, NINE, &a) == 0)
            *done += a.card == GREEN_MAY && a.number == QUEUE_MAY;
    }
    store_close(s);
    return NULL;
}

TEST(counters_at_the_same_moment)
{
    pthread_t all[COUNTERS];
    int done[COUNTERS], sum = 0;
    card = issue(OFFICE, "");
    for (int i = 0; i < COUNTERS * NUMBERS; i++) {
        char number[20];
        snprintf(number, sizeof number, "C %03d", i);
        ticket("general", number, 0);
    }
    for (int i = 0; i < COUNTERS; i++) {
        done[i] = i;
        CHECK_INT(pthread_create(&all[i], NULL, scan, &done[i]), 0);
    }
    for (int i = 0; i < COUNTERS; i++) {
        pthread_join(all[i], NULL);
        sum += done[i];
    }
    CHECK_INT(sum, 1);
    CHECK_INT(count("SELECT count(*) FROM ticket WHERE class='priority' AND number LIKE 'C %'"), 1);
}

static int keep(void *ctx, const struct green_row *r)
{
    struct green_row *last = ctx;
    CHECK(!last->card.serial[0] || strcmp(last->card.serial, r->card.serial) < 0);
    *last = *r;
    last->issued = last->issued ? last->issued : 1;
    return 0;
}

TEST(revoked)
{
    struct green_row last = {.issued = 0};
    CHECK_INT(green_each_revoked(store, OFFICE, DAY, keep, &last, NULL), 0);
    CHECK_STR(last.card.serial, "");
    CHECK_INT(green_revoke(store, OFFICE, card.card.serial, NINE, NULL), 1);
    CHECK_INT(green_revoke(store, OFFICE, card.card.serial, NINE + 1, NULL), 0);
    CHECK_INT(green_revoke(store, 1204, card.card.serial, NINE, NULL), 0);
    CHECK_INT(green_each_revoked(store, OFFICE, DAY, keep, &last, NULL), 0);
    CHECK_STR(last.card.serial, card.card.serial);
    CHECK_INT(last.revoked, NINE);
    CHECK_INT(come(store, "general", "C 001", NINE, &got), 0);
    CHECK_INT(got.card, GREEN_REFUSED_REVOKED);
    last = (struct green_row){.issued = 0};
    CHECK_INT(green_each_revoked(store, OFFICE, date_to_days((struct date){2027, 1, 1}), keep, &last, NULL), 0);
    CHECK_STR(last.card.serial, ""); /* its last day is over: it counts nowhere anyway */
}

TEST(away)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(issued_and_found), T(once_a_day), T(a_void_number_gives_it_back), T(counters_at_the_same_moment),
          T(revoked), TEARDOWN(away))
