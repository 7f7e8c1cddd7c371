/* SPDX-License-Identifier: Apache-2.0
 *
 * What windows do, as rows: each event and each refusal, and two connections that press at the same moment.
 */
#include "test.h"

#include "hall/database.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/store_call.h"
#include "tools/hall/store/store_queue.h"

#define OFFICE 1103
#define DAY INT64_C(20458) /* 2026-01-05 */
#define NINE INT64_C(1767574800000)
#define MIN INT64_C(60000)

static struct store *store;
static char dir[] = "/tmp/tongban-call-XXXXXX";

static void ticket(int64_t day, const char *queue, const char *number, int64_t taken)
{
    struct err e = {0};
    sql_do(store_sql(store), &e,
           "INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void, line, since)"
           " VALUES ($1,$2,$3,$4,'t-1',$5,0,0,$3,$5)",
           "iitti", (int64_t)OFFICE, day, queue, number, taken);
    CHECK_STR(e.text, "");
}

TEST(setup)
{
    static const struct queue queues[] = {{.id = "general", .name = "综合受理", .recall = 2},
                                          {.id = "insurance", .name = "社保医保"},
                                          {.id = "priority", .name = "优先窗口", .recall = 2, .priority = true}};
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
    clock_set_wall(NINE);
    for (size_t i = 0; i < sizeof queues / sizeof *queues; i++) {
        CHECK_INT(queue_known_add(store, queues[i].id, 1, &e), 0);
        CHECK_INT(queue_describe(store, &queues[i], &e), 0);
    }
    CHECK_STR(e.text, "");
}

static struct call_answer got;

static enum queue_refusal ask(struct call c)
{
    struct err e = {0};
    c.office = OFFICE;
    c.staff = "李";
    c.at = c.at ? c.at : NINE;
    CHECK_INT(store_begin(store, &e), 0);
    got = (struct call_answer){.refusal = QUEUE_MAY};
    CHECK_INT(call_do(store, &c, &got, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
    return got.refusal;
}

static enum queue_refusal at(int window, enum queue_event_kind kind, int64_t when)
{
    return ask((struct call){.kind = kind, .window = window, .at = when});
}

static const char *next(int window, int64_t when)
{
    return at(window, QUEUE_EVENT_CALL, when) == QUEUE_MAY ? got.ticket.number : queue_refusal_word(got.refusal);
}

static void open_window(int window, const char *queues, int64_t when)
{
    struct err e = {0};
    CHECK_INT(call_open(store, OFFICE, window, queues, "李", when, &e), 0);
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

TEST(a_window_and_its_refusals)
{
    CHECK_STR(next(1, NINE), "window-not-open");
    open_window(1, "general priority", NINE);
    CHECK_STR(next(1, NINE), "nobody-waits");
    ticket(DAY, "general", "A 001", NINE + 1 * MIN);
    ticket(DAY, "general", "A 002", NINE + 2 * MIN);
    ticket(DAY, "insurance", "B 001", NINE); /* not this window's */
    CHECK_STR(next(1, NINE + 3 * MIN), "A 001");
    CHECK_STR(next(1, NINE + 3 * MIN), "window-busy"); /* a button pressed twice */
    CHECK_STR(got.ticket.number, "A 001");
    CHECK_INT(at(1, QUEUE_EVENT_RECALL, NINE + 4 * MIN), QUEUE_MAY);
    CHECK_INT(at(1, QUEUE_EVENT_SERVE, NINE + 4 * MIN), QUEUE_MAY);
    CHECK_INT(at(1, QUEUE_EVENT_ABSENT, NINE + 4 * MIN), QUEUE_REFUSAL_SERVING);
    CHECK_INT(at(1, QUEUE_EVENT_DONE, NINE + 9 * MIN), QUEUE_MAY);
    CHECK_INT(at(1, QUEUE_EVENT_DONE, NINE + 9 * MIN), QUEUE_REFUSAL_WINDOW_EMPTY);
    CHECK_INT(ask((struct call){.kind = QUEUE_EVENT_CALL, .window = 1, .queue = "insurance", .number = "B001"}),
              QUEUE_REFUSAL_NOT_SERVED);
    CHECK_INT(ask((struct call){.kind = QUEUE_EVENT_CALL, .window = 1, .queue = "general", .number = "A001"}),
              QUEUE_REFUSAL_DONE);
    CHECK_INT(ask((struct call){.kind = QUEUE_EVENT_CALL, .window = 1, .queue = "general", .number = "A 077"}),
              QUEUE_REFUSAL_UNKNOWN);
    CHECK_INT(count("SELECT count(*) FROM ticket_event WHERE number='A 001'"), 4);
    CHECK_INT(count("SELECT max(seq) FROM ticket_event WHERE number='A 001'"), 4);
}

TEST(a_queue_nobody_has)
{
    struct err e = {0};
    const struct call c = {.office = OFFICE, .kind = QUEUE_EVENT_ENTER, .staff = "", .at = NINE, .queue = "mistyped"};
    CHECK_INT(call_do(store, &c, &got, &e), -ERR_NOTFOUND);
}

TEST(absent_and_back)
{
    struct call back = {.kind = QUEUE_EVENT_BACK, .queue = "general", .number = "A 002", .at = NINE + 20 * MIN};
    CHECK_INT(ask(back), QUEUE_REFUSAL_NOT_ABSENT);
    CHECK_STR(next(1, NINE + 10 * MIN), "A 002");
    CHECK_INT(at(1, QUEUE_EVENT_ABSENT, NINE + 12 * MIN), QUEUE_MAY);
    for (int i = 3; i <= 7; i++) {
        char number[20];
        snprintf(number, sizeof number, "A %03d", i);
        ticket(DAY, "general", number, NINE + i * MIN);
    }
    CHECK_STR(next(1, NINE + 13 * MIN), "A 003");
    CHECK_INT(at(1, QUEUE_EVENT_ABSENT, NINE + 14 * MIN), QUEUE_MAY);
    CHECK_STR(next(1, NINE + 15 * MIN), "A 004");
    CHECK_INT(at(1, QUEUE_EVENT_DONE, NINE + 18 * MIN), QUEUE_MAY);
    CHECK_INT(ask(back), QUEUE_MAY); /* two numbers were called since: in time */
    CHECK_INT(got.ticket.class, QUEUE_CLASS_RETURNED);
    CHECK_STR(next(1, NINE + 21 * MIN), "A 002");
    CHECK_INT(at(1, QUEUE_EVENT_DONE, NINE + 22 * MIN), QUEUE_MAY);
    CHECK_STR(next(1, NINE + 23 * MIN), "A 005");
    CHECK_INT(at(1, QUEUE_EVENT_DONE, NINE + 24 * MIN), QUEUE_MAY);
    back.number = "A 003"; /* three were: A 004, A 002 once more, A 005 */
    back.at = NINE + 25 * MIN;
    CHECK_INT(ask(back), QUEUE_MAY);
    CHECK_INT(got.ticket.class, QUEUE_CLASS_WALK_IN);
    CHECK_STR(next(1, NINE + 26 * MIN), "A 006");
    CHECK_INT(at(1, QUEUE_EVENT_DONE, NINE + 27 * MIN), QUEUE_MAY);
}

TEST(sent_on)
{
    struct call transfer = {.kind = QUEUE_EVENT_TRANSFER, .window = 1, .to = "insurance", .at = NINE + 30 * MIN};
    open_window(7, "insurance", NINE);
    ticket(DAY, "insurance", "B 002", NINE);
    CHECK_STR(next(7, NINE + 28 * MIN), "B 001");
    CHECK_STR(next(1, NINE + 28 * MIN), "A 007");
    CHECK_INT(ask(transfer), QUEUE_MAY);
    CHECK_STR(got.ticket.line, "insurance");
    CHECK_INT(at(7, QUEUE_EVENT_DONE, NINE + 31 * MIN), QUEUE_MAY);
    CHECK_STR(next(7, NINE + 32 * MIN), "A 007"); /* has waited before */
    transfer.window = 7;
    CHECK_INT(ask(transfer), QUEUE_REFUSAL_SAME_QUEUE);
    CHECK_INT(at(7, QUEUE_EVENT_DONE, NINE + 33 * MIN), QUEUE_MAY);
    struct estimate wait;
    CHECK_INT(queue_wait(store, OFFICE, NINE + 33 * MIN, "insurance", &wait, NULL), 0);
    CHECK_INT(wait.people, 1);
}

/* A void one that is at a window ends there; one that waits is never called. */
TEST(void_ones)
{
    ticket(DAY, "priority", "C 001", NINE);
    ticket(DAY, "priority", "C 002", NINE);
    CHECK_STR(next(1, NINE + 34 * MIN), "C 001");
    CHECK_INT(sql_exec(store_sql(store), "UPDATE ticket SET void=1 WHERE queue='priority'", NULL), 0);
    CHECK_INT(at(1, QUEUE_EVENT_DONE, NINE + 35 * MIN), QUEUE_MAY);
    CHECK_INT(ask((struct call){.kind = QUEUE_EVENT_CALL, .window = 1, .queue = "priority", .number = "C 002"}),
              QUEUE_REFUSAL_VOID);
    CHECK_STR(next(1, NINE + 36 * MIN), "A 003"); /* who came back late, the last of the queue */
    CHECK_INT(at(1, QUEUE_EVENT_DONE, NINE + 37 * MIN), QUEUE_MAY);
}

/* The window's own past counts: two of a priority queue, then one who was there already. */
TEST(priority_twice_in_a_row)
{
    static const char *const order[] = {"C 011", "C 012", "A 011", "C 013", "C 014", "A 012"};
    for (int i = 1; i <= 4; i++) {
        char number[20];
        snprintf(number, sizeof number, "C %03d", 10 + i);
        ticket(DAY, "priority", number, NINE + (40 + i) * MIN);
    }
    ticket(DAY, "general", "A 011", NINE + 37 * MIN);
    ticket(DAY, "general", "A 012", NINE + 37 * MIN + 1);
    for (int i = 0; i < 6; i++) {
        CHECK_STR(next(1, NINE + (45 + 2 * i) * MIN), order[i]);
        CHECK_INT(at(1, QUEUE_EVENT_DONE, NINE + (46 + 2 * i) * MIN), QUEUE_MAY);
    }
}

struct shown {
    int windows, calls;
    char at_7[TICKET_NUMBER_MAX + 1], newest[TICKET_NUMBER_MAX + 1];
    bool again;
};

static int see_window(void *ctx, const struct call_window *w)
{
    struct shown *s = ctx;
    s->windows++;
    if (w->number == 7)
        text_copy(s->at_7, sizeof s->at_7, w->ticket.number);
    return 0;
}

static int see_call(void *ctx, const struct call_spoken *c)
{
    struct shown *s = ctx;
    if (s->calls++ == 0) {
        text_copy(s->newest, sizeof s->newest, c->number);
        s->again = c->again;
    }
    return 0;
}

TEST(what_is_shown)
{
    struct shown s = {.windows = 0};
    CHECK_STR(next(7, NINE + 60 * MIN), "B 002");
    CHECK_INT(at(7, QUEUE_EVENT_RECALL, NINE + 61 * MIN), QUEUE_MAY);
    CHECK_INT(call_each_window(store, OFFICE, DAY, see_window, &s, NULL), 0);
    CHECK_INT(s.windows, 2);
    CHECK_STR(s.at_7, "B 002");
    CHECK_INT(call_each_spoken(store, OFFICE, DAY, 3, see_call, &s, NULL), 0);
    CHECK_INT(s.calls, 3);
    CHECK_STR(s.newest, "B 002");
    CHECK(s.again);
    char name[60];
    CHECK_INT(call_queue_name(store, "general", name, NULL), 0);
    CHECK_STR(name, "综合受理");
}

TEST(windows_close)
{
    enum queue_refusal why;
    CHECK_INT(call_close(store, OFFICE, 7, NINE + 62 * MIN, &why, NULL), 0);
    CHECK_INT(why, QUEUE_REFUSAL_WINDOW_BUSY);
    CHECK_INT(at(7, QUEUE_EVENT_ABSENT, NINE + 63 * MIN), QUEUE_MAY);
    CHECK_INT(call_close(store, OFFICE, 7, NINE + 64 * MIN, &why, NULL), 0);
    CHECK_INT(why, QUEUE_MAY);
    CHECK_INT(call_close(store, OFFICE, 7, NINE + 64 * MIN, &why, NULL), 0);
    CHECK_INT(why, QUEUE_REFUSAL_WINDOW_SHUT);
}

/* At midnight numbers end, windows are to be opened anew, and the series begin again: today's A 001 is another one's. */
TEST(the_next_day)
{
    int64_t night = NINE + 15 * 60 * MIN; /* 0:00 */
    ticket(DAY, "general", "A 090", night - MIN);
    CHECK_STR(next(1, night), "window-not-open");
    open_window(1, "general", night);
    CHECK_STR(next(1, night + MIN), "nobody-waits");
    struct call c = {.kind = QUEUE_EVENT_CALL, .window = 1, .queue = "general", .number = "A 090", .at = night + MIN};
    CHECK_INT(ask(c), QUEUE_REFUSAL_ENDED);
    CHECK_INT(queue_ticket_state(&got.ticket, DAY + 1), QUEUE_ENDED);
    ticket(DAY + 1, "general", "A 001", night + MIN);
    CHECK_STR(next(1, night + 2 * MIN), "A 001");
    c.at = night - MIN; /* on its own day */
    c.kind = QUEUE_EVENT_ENTER;
    CHECK_INT(ask(c), QUEUE_MAY);
}

/* Earlier days are remembered: at 8:30, before anybody is called, who takes a number is told when. */
TEST(the_wait_before_the_hall_opens)
{
    struct estimate wait;
    int64_t day = DAY + 10;
    for (int64_t d = day - 3; d < day; d++) {
        for (int m = 0; m < 180; m += 6) { /* 9:00 to 12:00, a call every six minutes */
            char number[20];
            struct err e = {0};
            snprintf(number, sizeof number, "A %03d", m);
            int64_t when = NINE + ((d - DAY) * 24 * 60 + m) * MIN;
            ticket(d, "general", number, NINE + (d - DAY) * 24 * 60 * MIN);
            const struct call c = {.office = OFFICE, .kind = QUEUE_EVENT_ENTER, .staff = "", .at = when, .queue = "general"};
            CHECK_INT(call_do(store, &c, &got, &e), 0);
            CHECK_INT(got.refusal, QUEUE_MAY);
        }
    }
    int64_t early = NINE + ((day - DAY) * 24 * 60 - 30) * MIN;
    ticket(day, "general", "A 001", early);
    for (int i = 0; i < 2; i++) { /* read, and kept */
        CHECK_INT(queue_wait(store, OFFICE, early, "general", &wait, NULL), 0);
        CHECK_INT(wait.people, 1);
        CHECK(wait.minutes >= 35 && wait.minutes <= 40);
    }
}

/* --- at the same moment --- */

#define PEOPLE 60
#define WINDOWS 3
struct presser {
    pthread_t thread;
    struct store *store;
    int window, called;
    char numbers[PEOPLE][TICKET_NUMBER_MAX + 1];
};

static int press(struct presser *p, enum queue_event_kind kind, int64_t when, struct call_answer *ret)
{
    const struct call c = {.office = OFFICE, .kind = kind, .window = p->window, .staff = "李", .at = when};
    struct err e = {0};
    int rc = store_begin(p->store, &e);
    if (rc == 0)
        rc = call_do(p->store, &c, ret, &e);
    if (rc == 0)
        return store_commit(p->store, &e);
    store_rollback(p->store);
    return rc;
}

static void *press_all(void *ctx)
{
    struct presser *p = ctx;
    struct call_answer a = {.refusal = QUEUE_MAY};
    int64_t when = NINE + 2 * 24 * 60 * MIN;
    for (int i = 0; a.refusal != QUEUE_REFUSAL_NOBODY && i < 100 * PEOPLE; i++) {
        int rc = press(p, i % 2 ? QUEUE_EVENT_DONE : QUEUE_EVENT_CALL, when + i, &a);
        if (rc == -ERR_RETRY)
            i--;
        else if (rc == 0 && a.refusal == QUEUE_MAY && i % 2 == 0 && p->called < PEOPLE)
            text_copy(p->numbers[p->called++], TICKET_NUMBER_MAX + 1, a.ticket.number);
    }
    return NULL;
}

TEST(windows_that_press_at_once)
{
    static struct presser pressers[WINDOWS];
    int seen[PEOPLE] = {0}, called = 0;
    for (int i = 0; i < PEOPLE; i++) {
        char number[20];
        snprintf(number, sizeof number, "A %03d", i);
        ticket(DAY + 2, "general", number, NINE + 2 * 24 * 60 * MIN - i);
    }
    for (int w = 0; w < WINDOWS; w++) {
        open_window(w + 1, "general", NINE + 2 * 24 * 60 * MIN);
        pressers[w].window = w + 1;
        CHECK_INT(store_open(dir, &pressers[w].store, NULL), 0);
    }
    for (int w = 0; w < WINDOWS; w++)
        CHECK_INT(pthread_create(&pressers[w].thread, NULL, press_all, &pressers[w]), 0);
    for (int w = 0; w < WINDOWS; w++) {
        pthread_join(pressers[w].thread, NULL);
        store_close(pressers[w].store);
        for (int i = 0; i < pressers[w].called; i++, called++)
            seen[atoi(pressers[w].numbers[i] + 2)]++;
    }
    CHECK_INT(called, PEOPLE);
    for (int i = 0; i < PEOPLE; i++)
        CHECK_INT(seen[i], 1);
    CHECK_INT(count("SELECT count(*) FROM ticket_event WHERE day=20460 AND kind='call'"), PEOPLE);
}

TEST(teardown)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(a_window_and_its_refusals), T(a_queue_nobody_has), T(absent_and_back), T(sent_on), T(void_ones),
          T(priority_twice_in_a_row), T(what_is_shown), T(windows_close), T(the_next_day), T(the_wait_before_the_hall_opens),
          T(windows_that_press_at_once), TEARDOWN(teardown))
