/* SPDX-License-Identifier: Apache-2.0
 *
 * Appointments as rows: booked once whatever is repeated, moved, given back, taken up; and many who want the last places at
 * the same moment, on connections of their own.
 */
#include "test.h"

#include "hall/database.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_appointment.h"
#include "tools/hall/store/store_arrival.h"
#include "tools/hall/store/store_call.h"
#include "tools/hall/store/store_queue.h"

#define OFFICE 1103
#define DAY INT64_C(20458) /* Monday, 2026-01-05 */
#define NINE INT64_C(1767574800000)
#define MIN INT64_C(60000)
#define HOUR APPOINTMENT_HOUR_MS

static struct store *store;
static char dir[] = "/tmp/tongban-appointment-XXXXXX";
static struct appointment_offer offer = {.queue = "general", .letter = 'A', .per_hour = 2, .days_ahead = 14, .today = DAY};
static struct my_appointments got;

TEST(setup)
{
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    clock_set_wall(NINE - HOUR);
    CHECK_INT(queue_known_add(store, "general", 1, &e), 0);
    CHECK_INT(queue_known_add(store, "insurance", 1, &e), 0);
    for (int i = 0; i <= offer.days_ahead; i++)
        offer.days[i] = (struct day_hours){1, {{540, 720}}};
    CHECK_STR(e.text, "");
}

/* Who: a number from 1 on; 0: nobody's card. */
static const uint8_t *person(int who)
{
    static uint8_t idx[SHA256_LEN];
    memset(idx, who, sizeof idx);
    return who ? idx : NULL;
}

static struct appointment_wish wish(enum appointment_verb verb, int id, int64_t from, const char *which)
{
    struct appointment_wish w = {.verb = verb, .id = {(uint8_t)id, (uint8_t)(id >> 8)}, .from = from};
    if (verb != APPOINTMENT_CANCEL)
        text_copy(w.queue, sizeof w.queue, "general");
    text_copy(w.which, sizeof w.which, which);
    return w;
}

static enum appointment_refusal ask_by(int who, const char *code, struct appointment_wish w, int64_t now)
{
    const struct appointment_asked a = {
        .office = OFFICE, .now = now, .wish = &w, .offer = w.queue[0] ? &offer : NULL, .idx = person(who), .code = code};
    struct err e = {0};
    got = (struct my_appointments){.n = 0};
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(appointment_do(store, &a, &got, &e), 0);
    CHECK_INT(appointment_tell(store, &a, &got, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
    return got.refused;
}

static enum appointment_refusal ask(int who, struct appointment_wish w)
{
    return ask_by(who, NULL, w, NINE - HOUR);
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

#define BOOK(id, from) wish(APPOINTMENT_BOOK, id, from, "")

TEST(booked_once)
{
    CHECK_INT(ask(1, BOOK(1, NINE)), APPOINTMENT_MAY);
    CHECK_STR(got.done, "A0105-0900-1");
    CHECK_INT(got.n, 1);
    CHECK_INT(got.days[0].hours[0].left, 1);
    CHECK_INT(ask(1, BOOK(1, NINE)), APPOINTMENT_MAY); /* sent again: its answer was lost */
    CHECK_STR(got.done, "A0105-0900-1");
    CHECK_INT(got.days[0].hours[0].left, 1);
    CHECK_INT(ask(1, BOOK(1, NINE + HOUR)), APPOINTMENT_REFUSED_UNKNOWN); /* the same id with other words */
    CHECK_INT(ask(2, BOOK(1, NINE)), APPOINTMENT_REFUSED_UNKNOWN);        /* … or by another person */
    CHECK_INT(ask(1, BOOK(2, NINE + HOUR)), APPOINTMENT_REFUSED_TWICE);
    CHECK_INT(ask(2, BOOK(3, NINE)), APPOINTMENT_MAY);
    CHECK_INT(got.days[0].hours[0].left, 0);
    CHECK_INT(ask(3, BOOK(4, NINE)), APPOINTMENT_REFUSED_FULL);
    CHECK_STR(got.done, "");
    CHECK_INT(ask(3, BOOK(5, NINE + HOUR / 2)), APPOINTMENT_REFUSED_NOT_OFFERED);
    CHECK_INT(ask_by(3, NULL, BOOK(6, NINE), NINE), APPOINTMENT_REFUSED_PAST);
    CHECK_INT(count("SELECT count(*) FROM appointment"), 2);
}

TEST(moved_and_given_back)
{
    char code[APPOINTMENT_CODE_LEN + 1];
    CHECK_INT(ask(2, wish(APPOINTMENT_MOVE, 10, NINE + HOUR, "A0105-0900-1")), APPOINTMENT_REFUSED_UNKNOWN); /* not his */
    CHECK_INT(ask(1, wish(APPOINTMENT_MOVE, 10, NINE + HOUR, "A0105-0900-1")), APPOINTMENT_MAY); /* on the same day */
    CHECK_STR(got.done, "A0105-1000-1");
    CHECK_INT(got.n, 1);
    CHECK_INT(got.days[0].hours[0].left, 1);
    CHECK_INT(ask(1, wish(APPOINTMENT_MOVE, 10, NINE + HOUR, "A0105-0900-1")), APPOINTMENT_MAY); /* sent again */
    CHECK_STR(got.done, "A0105-1000-1");
    CHECK_INT(ask(1, wish(APPOINTMENT_MOVE, 11, NINE + 2 * HOUR, "A0105-0900-1")), APPOINTMENT_REFUSED_OVER);
    CHECK_INT(ask(3, BOOK(12, NINE)), APPOINTMENT_MAY); /* the place that was left; its number is a new one */
    CHECK_STR(got.done, "A0105-0900-3");
    CHECK_INT(ask(1, wish(APPOINTMENT_MOVE, 13, NINE, "A0105-1000-1")), APPOINTMENT_REFUSED_FULL);
    CHECK_INT(got.n, 1); /* what he had he has still */
    CHECK_STR(got.list[0].number, "A0105-1000-1");
    text_copy(code, sizeof code, got.list[0].code);
    CHECK_INT(ask(2, wish(APPOINTMENT_CANCEL, 0, 0, "A0105-1000-1")), APPOINTMENT_REFUSED_UNKNOWN);
    CHECK_INT(ask_by(0, "nope", wish(APPOINTMENT_CANCEL, 0, 0, "A0105-1000-1"), NINE), APPOINTMENT_REFUSED_UNKNOWN);
    CHECK_INT(ask_by(0, NULL, wish(APPOINTMENT_CANCEL, 0, 0, "A0105-1000-1"), NINE), APPOINTMENT_REFUSED_UNKNOWN);
    CHECK_INT(ask_by(0, code, wish(APPOINTMENT_CANCEL, 0, 0, "A0105-1000-1"), NINE), APPOINTMENT_MAY); /* by the paper */
    CHECK_INT(ask_by(0, code, wish(APPOINTMENT_CANCEL, 0, 0, "A0105-1000-1"), NINE), APPOINTMENT_MAY); /* sent again */
    CHECK_INT(ask(1, BOOK(14, NINE + HOUR)), APPOINTMENT_MAY); /* the day is free again */
    CHECK_INT(count("SELECT taken FROM appointment_hour WHERE at = 1767578400000"), 1);
}

TEST(no_more_than_one_may_have)
{
    for (int i = 1; i <= APPOINTMENT_HELD_MAX; i++)
        CHECK_INT(ask(9, BOOK(20 + i, NINE + i * 24 * HOUR)), APPOINTMENT_MAY);
    CHECK_INT(ask(9, BOOK(30, NINE + 10 * 24 * HOUR)), APPOINTMENT_REFUSED_TOO_MANY);
    CHECK_INT(got.n, APPOINTMENT_HELD_MAX);
    CHECK_INT(ask(9, wish(APPOINTMENT_MOVE, 31, NINE + 10 * 24 * HOUR, "A0106-0900-1")), APPOINTMENT_MAY);
}

TEST(a_paused_queue)
{
    struct err e = {0};
    CHECK_INT(queue_pause(store, OFFICE, "general", NINE + 2 * HOUR, "停电", &e), 0);
    CHECK_INT(ask(4, BOOK(40, NINE + HOUR)), APPOINTMENT_REFUSED_PAUSED);
    CHECK_INT(got.days[0].hours[0].from, NINE + 2 * HOUR);
    CHECK_INT(queue_resume(store, OFFICE, "general", &e), 0);
}

static void ticket(const char *queue, const char *number, int64_t taken)
{
    CHECK_INT(sql_do(store_sql(store), NULL,
                     "INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void, line, since)"
                     " VALUES ($1,$2,$3,$4,'t-1',$5,0,0,$3,$5)",
                     "iitti", (int64_t)OFFICE, DAY, queue, number, taken),
              1);
}

static int arrive(const char *number, const char *queue, int64_t day, const char *to)
{
    const struct arrival a = {OFFICE, number, queue, day, to};
    struct err e = {0};
    int rc = arrival_add(store, &a, &e);
    CHECK_STR(e.text, "");
    return rc;
}

static const char *next(int64_t when)
{
    static struct call_answer answer;
    const struct call c = {.office = OFFICE, .kind = QUEUE_EVENT_CALL, .window = 1, .staff = "李", .at = when};
    const struct call done = {.office = OFFICE, .kind = QUEUE_EVENT_DONE, .window = 1, .staff = "李", .at = when};
    struct err e = {0};
    CHECK_INT(call_do(store, &c, &answer, &e), 0);
    const char *number = answer.refusal == QUEUE_MAY ? answer.ticket.number : queue_refusal_word(answer.refusal);
    static char kept[TICKET_NUMBER_MAX + 20];
    text_copy(kept, sizeof kept, number);
    CHECK_INT(call_do(store, &done, &answer, &e), 0);
    return kept;
}

TEST(checked_in_and_called)
{
    CHECK_INT(ask(5, BOOK(50, NINE + HOUR)), APPOINTMENT_MAY);
    CHECK_STR(got.done, "A0105-1000-3");
    CHECK_INT(got.list[0].arrive, APPOINTMENT_REFUSED_TOO_EARLY);
    ticket("general", "A 001", NINE - 30 * MIN);
    ticket("general", "A 002", NINE - 20 * MIN);
    ticket("general", "A 003", NINE - 10 * MIN);
    ticket("general", "A 004", NINE - 5 * MIN);
    ticket("insurance", "B 001", NINE);
    CHECK_INT(arrive("A0105-0900-2", "insurance", DAY, "B 001"), 0); /* another queue than was booked */
    CHECK_INT(arrive("A0105-0900-2", "general", DAY + 1, "A 003"), 0);
    CHECK_INT(arrive("A0105-0900-1", "general", DAY, "A 003"), 0); /* it was moved */
    CHECK_INT(arrive("A0105-0900-2", "general", DAY, "A 003"), 1);
    CHECK_INT(arrive("A0105-0900-2", "general", DAY, "A 003"), 1); /* delivered again */
    CHECK_INT(arrive("A0105-0900-2", "general", DAY, "A 001"), 0); /* one appointment, one number */
    CHECK_INT(arrive("A0105-1000-3", "general", DAY, "A 004"), 1);
    CHECK_INT(call_open(store, OFFICE, 1, "general", "李", NINE, NULL), 0);
    CHECK_STR(next(NINE), "A 003");       /* has booked nine o'clock */
    CHECK_STR(next(NINE + MIN), "A 001"); /* ten o'clock is still to come: who has not booked is next */
    CHECK_INT(ask(2, wish(APPOINTMENT_CANCEL, 0, 0, "A0105-0900-2")), APPOINTMENT_REFUSED_ARRIVED);
    CHECK_STR(next(NINE + HOUR), "A 004"); /* … and now it is ten */
    CHECK_STR(next(NINE + HOUR + MIN), "A 002");
}

TEST(early_when_nobody_else_waits)
{
    CHECK_INT(ask(6, BOOK(60, NINE + 2 * HOUR)), APPOINTMENT_MAY);
    ticket("general", "A 010", NINE + HOUR + 2 * MIN);
    CHECK_INT(arrive(got.done, "general", DAY, "A 010"), 1);
    CHECK_STR(next(NINE + HOUR + 5 * MIN), "A 010");
    CHECK_STR(next(NINE + HOUR + 6 * MIN), "nobody-waits");
}

TEST(a_number_that_is_void)
{
    CHECK_INT(ask(7, BOOK(70, NINE + 2 * HOUR)), APPOINTMENT_MAY);
    ticket("general", "A 020", NINE + HOUR);
    CHECK_INT(arrive(got.done, "general", DAY, "A 020"), 1);
    CHECK_INT(arrival_remove(store, OFFICE, DAY, "general", "A 020", NULL), 0);
    ticket("general", "A 021", NINE + HOUR);
    CHECK_INT(arrive(got.done, "general", DAY, "A 021"), 1);
}

/* --- all at once --- */

#define PEOPLE 60
#define HALLS 3

struct hall {
    struct store *store;
    pthread_t thread;
    int first, booked, full, failed;
};

static int book_one(struct hall *h, int who)
{
    struct appointment_wish w = BOOK(1000 + who, NINE + 5 * 24 * HOUR);
    uint8_t idx[SHA256_LEN] = {200, (uint8_t)who};
    const struct appointment_asked a = {.office = OFFICE, .now = NINE - HOUR, .wish = &w, .offer = &offer, .idx = idx};
    struct my_appointments answer = {.n = 0};
    struct err e = {0};
    int rc = store_begin(h->store, &e);
    if (rc == 0)
        rc = appointment_do(h->store, &a, &answer, &e);
    if (rc == 0)
        rc = store_commit(h->store, &e);
    else
        store_rollback(h->store);
    if (rc == 0) {
        h->booked += answer.refused == APPOINTMENT_MAY;
        h->full += answer.refused == APPOINTMENT_REFUSED_FULL;
    }
    return rc;
}

/* Each asks for everybody, so every booking is also sent three times. */
static void *book_all(void *ctx)
{
    struct hall *h = ctx;
    for (int i = 0; i < PEOPLE; i++) {
        int rc = -ERR_RETRY;
        while (rc == -ERR_RETRY)
            rc = book_one(h, (h->first + i) % PEOPLE);
        h->failed += rc < 0;
    }
    return NULL;
}

TEST(the_last_places_at_once)
{
    static struct hall halls[HALLS];
    int booked = 0, full = 0;
    offer.per_hour = 7;
    for (int i = 0; i < HALLS; i++) {
        halls[i] = (struct hall){.first = i * PEOPLE / HALLS};
        CHECK_INT(store_open(dir, &halls[i].store, NULL), 0);
    }
    for (int i = 0; i < HALLS; i++)
        CHECK_INT(pthread_create(&halls[i].thread, NULL, book_all, &halls[i]), 0);
    for (int i = 0; i < HALLS; i++) {
        pthread_join(halls[i].thread, NULL);
        store_close(halls[i].store);
        booked += halls[i].booked;
        full += halls[i].full;
        CHECK_INT(halls[i].failed, 0);
    }
    /* Whoever has a place is told so by each hall that asks after it was booked. */
    CHECK_INT(booked + full, HALLS * PEOPLE);
    CHECK_INT(count("SELECT count(*) FROM appointment WHERE at = 1768006800000 AND state = 'booked'"), 7);
    CHECK_INT(count("SELECT taken FROM appointment_hour WHERE at = 1768006800000"), 7);
    CHECK_INT(count("SELECT count(*) FROM appointment_person WHERE day = 20463"), 7);
    CHECK_INT(count("SELECT count(*) FROM (SELECT number FROM appointment GROUP BY number HAVING count(*) > 1) d"), 0);
}

TEST(teardown)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(booked_once), T(moved_and_given_back), T(no_more_than_one_may_have), T(a_paused_queue),
          T(checked_in_and_called), T(early_when_nobody_else_waits), T(a_number_that_is_void), T(the_last_places_at_once),
          TEARDOWN(teardown))
