/* SPDX-License-Identifier: Apache-2.0
 *
 * A certified terminal against its neighbours: what it claims of theirs is stored, marked, told, and counts nowhere.
 */
#include "hall/store/alert_count.h"
#include "test.h"

#include "hall/database.h"
#include "hall/enter_call.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "tools/hall/store/projection.h"
#include "tools/hall/store/store_bundle.h"
#include "tools/hall/store/store_case_row.h"
#include "tools/hall/store/store_queue.h"
#include "tools/hall/store/take.h"
#include "wire/record.h"

#define OFFICE 1103
#define DAY ((struct date){2026, 1, 5})
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */
#define MIN INT64_C(60000)

static struct store *store;
static char dir[] = "/tmp/tongban-take-XXXXXX";

/* Two terminals of one office, registrations 1 and 2; what each has sent. */
static struct machine {
    const char *id;
    uint8_t epoch[EPOCH_LEN];
    struct store_place at;
} good = {.id = "t-1", .epoch = {1}}, bad = {.id = "t-2", .epoch = {2}};

static void add_terminal(struct machine *t, int registration)
{
    struct err e = {0};
    sql_do(store_sql(store), &e, "INSERT INTO office (office, registration) VALUES ($1,2) ON CONFLICT (office) DO NOTHING",
           "i", (int64_t)OFFICE);
    sql_do(store_sql(store), &e,
           "INSERT INTO terminal (office, terminal, place, added, registration, epoch) VALUES ($1,$2,'{}',0,$3,$4)", "itib",
           (int64_t)OFFICE, t->id, (int64_t)registration, t->epoch, (size_t)EPOCH_LEN);
    sql_do(store_sql(store), &e,
           "INSERT INTO chain (office, terminal, epoch, registration, signing, seq, hash, signature, at)"
           " VALUES ($1,$2,$3,$4,$5,0,$6,$5,0)",
           "itbibb", (int64_t)OFFICE, t->id, t->epoch, (size_t)EPOCH_LEN, (int64_t)registration, "", (size_t)0, t->at.hash,
           (size_t)HASH_LEN);
    CHECK_INT(e.code, 0);
}

TEST(setup)
{
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &store, &e), 0);
    clock_set_wall(NINE);
    add_terminal(&good, 1);
    add_terminal(&bad, 2);
    CHECK_INT(queue_known_add(store, "general", 1, &e), 0);
    CHECK_INT(queue_known_add(store, "estate", 1, &e), 0);
}

static struct store_record record(enum record_kind kind, const char *queue, const char *number, int64_t at)
{
    struct store_record r = {.at = at, .clock_trusted = true, .header = (const uint8_t *)"{}", .header_len = 2};
    snprintf(r.kind, sizeof r.kind, "%s", record_kind_word(kind));
    snprintf(r.queue, sizeof r.queue, "%s", queue);
    snprintf(r.number, sizeof r.number, "%s", number);
    r.day = *queue ? date_to_days(DAY) : 0;
    return r;
}

/* Sends one record; the state it was stored in. */
static enum store_state sent;

static int keep_state(void *ctx, const struct store_found *f)
{
    sent = f->record.state;
    return 0;
}

static enum store_state send_at(struct machine *t, struct store_record r, int64_t received)
{
    static uint8_t next_id = 1;
    struct chain_head head = {.seq = t->at.seq + 1, .hash = {(uint8_t)(t->at.seq + 1)}};
    bool moved = false, tickets = false;
    struct err e = {0};
    r.seq = head.seq;
    r.id[0] = next_id++;
    const struct take take = {OFFICE, t->id, t->epoch, &t->at, &head, &r, 1, received, NULL};
    sent = STORE_STATES;
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(take_batch(store, &take, &moved, &tickets, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK(moved);
    t->at.seq = head.seq;
    memcpy(t->at.hash, head.hash, HASH_LEN);
    CHECK_INT(store_find_id(store, r.id, keep_state, NULL, &e), 1);
    return sent;
}

static enum store_state send_one(struct machine *t, struct store_record r)
{
    return send_at(t, r, NINE + 600 * MIN);
}

static int told(const char *what)
{
    return alert_count(store, OFFICE, what, NULL);
}

/* --- cases --- */

static const char *case_of(int office, int registration, int serial)
{
    static char text[CASE_NUMBER_LEN + 1];
    const struct case_number n = {office, registration, DAY, serial};
    case_number_format(&n, text);
    return text;
}

static struct store_record application(const char *number)
{
    return record(RECORD_APPLICATION, "", number, NINE);
}

static const char *found_terminal;

static int keep_terminal(void *ctx, const struct store_found *f)
{
    found_terminal = strcmp(f->terminal, good.id) ? bad.id : good.id;
    return 0;
}

TEST(case_numbers)
{
    CHECK_INT(send_one(&bad, application(case_of(OFFICE, 1, 1))), STORE_FOREIGN);
    CHECK_INT(told("case-foreign"), 1);
    CHECK_INT(send_one(&good, application(case_of(OFFICE, 1, 1))), STORE_GOOD); /* it takes nothing from the rightful one */
    CHECK_INT(send_one(&bad, application(case_of(OFFICE, 1, 1))), STORE_FOREIGN);
    CHECK_INT(send_one(&bad, application(case_of(1104, 2, 1))), STORE_FOREIGN); /* another office */
    CHECK_INT(send_one(&bad, application("1103002260105000019")), STORE_FOREIGN);
    CHECK_INT(send_one(&bad, application("")), STORE_FOREIGN);
    CHECK_INT(told("case-foreign"), 5);
    CHECK_INT(store_find_case(store, OFFICE, case_of(OFFICE, 1, 1), keep_terminal, NULL, NULL), 1);
    CHECK(found_terminal == good.id);
    CHECK_INT(send_one(&good, application(case_of(OFFICE, 1, 1))), STORE_DOUBLE);
    CHECK_INT(told("case-double"), 1);
    CHECK_INT(store_find_case(store, OFFICE, case_of(OFFICE, 1, 1), keep_terminal, NULL, NULL), 1);
    CHECK_INT(send_one(&bad, application(case_of(OFFICE, 2, 1))), STORE_GOOD);
}

/* --- tickets --- */

static void lease(const struct machine *t, uint8_t id, const char *queue)
{
    struct lease l = {.id = {id}, .day = DAY};
    struct err e = {0};
    snprintf(l.queue, sizeof l.queue, "%s", queue);
    CHECK_INT(queue_lease(store, OFFICE, t->id, &l, &e), 0);
}

static struct store_record ticket(const char *number, int64_t at)
{
    return record(RECORD_TICKET, "general", number, at);
}

static struct store_record void_of(const char *number)
{
    return record(RECORD_TICKET_VOID, "general", number, NINE);
}

static int waiting(void)
{
    struct sql_rows *r = NULL;
    int n = -1;
    sql_select(store_sql(store), &r, NULL, "SELECT count(*) FROM ticket WHERE queue='general' AND called=0 AND void=0", "");
    if (sql_next(r, NULL) == 1)
        n = (int)sql_int(r, 0);
    sql_done(r);
    return n;
}

TEST(numbers_of_a_block)
{
    lease(&good, 1, "general"); /* 1 … 20 */
    lease(&bad, 2, "general");  /* 21 … 40 */
    CHECK_INT(send_one(&bad, ticket("A 001", NINE)), STORE_FOREIGN);
    CHECK_INT(send_one(&good, ticket("A 001", NINE)), STORE_GOOD);
    CHECK_INT(send_one(&good, ticket("A 020", NINE)), STORE_GOOD);
    CHECK_INT(send_one(&good, ticket("A 021", NINE)), STORE_FOREIGN);
    CHECK_INT(send_one(&bad, ticket("A 021", NINE)), STORE_GOOD);
    CHECK_INT(send_one(&bad, ticket("A 041", NINE)), STORE_FOREIGN); /* nobody's yet */
    CHECK_INT(send_one(&bad, ticket("A 21", NINE)), STORE_FOREIGN);  /* written otherwise it would be another ticket */
    CHECK_INT(told("ticket-foreign"), 4);
    CHECK_INT(waiting(), 3);
}

TEST(own_series)
{
    CHECK_INT(send_one(&bad, ticket("A01-001", NINE)), STORE_FOREIGN);
    CHECK_INT(send_one(&bad, ticket("A02-001", NINE)), STORE_GOOD);
    CHECK_INT(send_one(&bad, ticket("A02-001", NINE)), STORE_DOUBLE);
    CHECK_INT(told("ticket-double"), 1);
    CHECK_INT(waiting(), 4);
}

TEST(void_ones)
{
    CHECK_INT(send_one(&bad, void_of("A 001")), STORE_FOREIGN);
    CHECK_INT(waiting(), 4);
    CHECK_INT(send_one(&good, void_of("A 001")), STORE_GOOD);
    CHECK_INT(waiting(), 3);
    CHECK_INT(send_one(&good, void_of("A 017")), STORE_GOOD); /* never given: nothing happens */
    CHECK_INT(waiting(), 3);
}

TEST(invented_queues)
{
    struct lease l = {.id = {9}, .day = DAY, .queue = "mine"};
    struct queues_now q;
    CHECK_INT(send_one(&bad, record(RECORD_TICKET, "mine", "A02-002", NINE)), STORE_FOREIGN);
    CHECK_INT(told("queue-unknown"), 1);
    CHECK_INT(queue_lease(store, OFFICE, bad.id, &l, NULL), -ERR_NOTFOUND);
    CHECK_INT(queue_state(store, OFFICE, NINE, &q, NULL), 0);
    CHECK(!queues_now_find(&q, "mine"));
}

/* --- the order --- */

static const char *call_next(const char *queue)
{
    static char number[TICKET_NUMBER_MAX + 1];
    number[0] = '\0';
    enter_call(store, OFFICE, queue, NULL, NINE + 700 * MIN, number);
    return number;
}

static struct store_record in_estate(const char *number, int64_t at)
{
    return record(RECORD_TICKET, "estate", number, at);
}

/* No terminal was before the others by a time of its own. */
TEST(times)
{
    struct store_record unsure = in_estate("B02-003", NINE - 300 * MIN);
    unsure.clock_trusted = false;
    clock_set_wall(NINE + 60 * MIN);
    lease(&good, 20, "estate"); /* 1 … 20, at ten */
    lease(&bad, 21, "estate");  /* 21 … 40, at ten */
    CHECK_INT(send_at(&good, in_estate("B 001", NINE + 65 * MIN), NINE + 66 * MIN), STORE_GOOD);
    /* before its number was leased */
    CHECK_INT(send_at(&bad, in_estate("B 021", NINE - 100 * MIN), NINE + 70 * MIN), STORE_GOOD);
    /* its chain has told of twenty past ten */
    CHECK_INT(send_at(&bad, record(RECORD_VISIT_END, "", "", NINE + 80 * MIN), NINE + 81 * MIN), STORE_GOOD);
    CHECK_INT(send_at(&bad, in_estate("B02-002", NINE - 200 * MIN), NINE + 82 * MIN), STORE_GOOD);
    /* by no clock at all: when it came */
    CHECK_INT(send_at(&bad, unsure, NINE + 83 * MIN), STORE_GOOD);
    /* from the future: when it came; and that binds nothing after it */
    CHECK_INT(send_at(&good, in_estate("B 002", NINE + 1000 * MIN), NINE + 84 * MIN), STORE_GOOD);
    CHECK_INT(send_at(&good, in_estate("B 003", NINE + 85 * MIN), NINE + 86 * MIN), STORE_GOOD);
    CHECK_STR(call_next("estate"), "B 021");   /* 10:00, when its block was leased */
    CHECK_STR(call_next("estate"), "B 001");   /* 10:05 */
    CHECK_STR(call_next("estate"), "B02-002"); /* 10:20 */
    CHECK_STR(call_next("estate"), "B02-003"); /* 10:23 */
    CHECK_STR(call_next("estate"), "B 002");   /* 10:24 */
    CHECK_STR(call_next("estate"), "B 003");
}

/* What was taken while the hall was away keeps its place among the others. */
TEST(a_backlog_keeps_its_times)
{
    struct store_record r[2] = {in_estate("B 010", NINE + 90 * MIN), in_estate("B 011", NINE + 95 * MIN)};
    CHECK_INT(send_at(&bad, in_estate("B 030", NINE + 93 * MIN), NINE + 94 * MIN), STORE_GOOD);
    for (int i = 0; i < 2; i++)
        CHECK_INT(send_at(&good, r[i], NINE + 300 * MIN), STORE_GOOD);
    CHECK_STR(call_next("estate"), "B 010");
    CHECK_STR(call_next("estate"), "B 030");
    CHECK_STR(call_next("estate"), "B 011");
}

/* --- what cannot be read --- */

TEST(unreadable_ones_are_told)
{
    static const enum store_state states[] = {STORE_HEADER_BAD, STORE_BODY_GONE, STORE_BODY_BAD};
    for (size_t i = 0; i < 3; i++) {
        struct store_record r = application(case_of(OFFICE, 2, 100 + (int)i));
        r.state = states[i];
        CHECK_INT(told(store_state_word(states[i])), 0);
        CHECK_INT(send_one(&bad, r), states[i]);
        CHECK_INT(told(store_state_word(states[i])), 1);
    }
}

static int rows, seen_count;

static int on_alert(void *ctx, const struct store_alert_row *a)
{
    rows++;
    if (!strcmp(a->what, "case-foreign"))
        seen_count = (int)a->count;
    return 0;
}

TEST(one_row_for_each_kind)
{
    CHECK_INT(store_each_alert(store, on_alert, NULL, NULL), 0);
    CHECK_INT(rows, 9); /* seven kinds of the one, two of the other */
    CHECK_INT(seen_count, 5);
}

TEST(blocks_of_one_terminal)
{
    struct lease l = {.day = DAY, .queue = "general"};
    int n = 1, rc = 0; /* it has one of before */
    for (; rc == 0 && n < 2 * LEASE_BLOCKS_MAX; n += rc == 0) {
        l.id[1] = (uint8_t)n;
        l.id[2] = 1;
        rc = queue_lease(store, OFFICE, bad.id, &l, NULL);
    }
    CHECK_INT(rc, -ERR_RANGE);
    CHECK_INT(n, LEASE_BLOCKS_MAX);
    memset(l.id, 77, sizeof l.id);
    CHECK_INT(queue_lease(store, OFFICE, good.id, &l, NULL), 0); /* its neighbour has its own share */
}

/* --- supplements --- */

static enum case_event_kind last_event;
static char last_terminal[TERMINAL_ID_MAX + 1];
static int64_t last_at;

static void keep_event(void *ctx, const struct case_event *ev)
{
    last_event = ev->kind;
    last_at = ev->at;
    memcpy(last_terminal, ev->terminal, sizeof last_terminal);
}

static enum case_stage stage_of(const char *number)
{
    struct case_file f;
    CHECK_INT(case_file_read(store, OFFICE, number, keep_event, NULL, &f, NULL), 0);
    return f.state.stage;
}

static void happens(const char *number, enum case_event_kind kind, int64_t at)
{
    struct case_file f;
    struct case_event ev;
    struct err e = {0};
    case_event_init(&ev, kind);
    snprintf(ev.staff, sizeof ev.staff, "张三");
    snprintf(ev.post, sizeof ev.post, "受理岗");
    snprintf(ev.words, sizeof ev.words, "缺一份");
    snprintf(ev.law, sizeof ev.law, "第三十二条");
    snprintf(ev.limits.item, sizeof ev.limits.item, "x");
    ev.at = ev.entered = at;
    ev.applied = NINE;
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(case_file_read(store, OFFICE, number, NULL, NULL, &f, &e), 0);
    CHECK_INT(case_judge(&f.state, &ev, ev.entered), CASE_MAY);
    CHECK_INT(case_file_add(store, &f, &ev, NULL, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
}

static struct store_record supplement(const char *number, int64_t at)
{
    return record(RECORD_SUPPLEMENT, "", number, at);
}

TEST(a_supplement_from_any_terminal_of_the_office)
{
    char number[CASE_NUMBER_LEN + 1];
    snprintf(number, sizeof number, "%s", case_of(OFFICE, 1, 50));
    CHECK_INT(send_one(&good, application(number)), STORE_GOOD);
    happens(number, CASE_EVENT_RECEIVE, NINE + 610 * MIN);
    CHECK_INT(send_at(&bad, supplement(number, NINE + 611 * MIN), NINE + 612 * MIN), STORE_UNASKED); /* nobody asked */
    CHECK_INT(told("supplement-unasked"), 1);
    happens(number, CASE_EVENT_SUPPLEMENT, NINE + 620 * MIN);
    CHECK_INT(send_at(&bad, supplement(number, NINE + 630 * MIN), NINE + 640 * MIN), STORE_GOOD);
    CHECK_INT(stage_of(number), CASE_RECEIVED);
    CHECK(last_event == CASE_EVENT_SUPPLIED && last_at == NINE + 630 * MIN && strcmp(last_terminal, bad.id) == 0);
    CHECK_INT(send_at(&good, supplement(number, NINE + 641 * MIN), NINE + 642 * MIN), STORE_UNASKED); /* twice */
    happens(number, CASE_EVENT_REFUSE, NINE + 650 * MIN);
    CHECK_INT(send_at(&good, supplement(number, NINE + 651 * MIN), NINE + 652 * MIN), STORE_UNASKED); /* too late */
    CHECK_INT(told("supplement-unasked"), 3);
    CHECK_INT(stage_of(number), CASE_REFUSED);
}

/* A terminal whose clock is behind, or whose supplement has lain there since before the case was asked: never before that.
 */
TEST(never_before_it_was_asked)
{
    char number[CASE_NUMBER_LEN + 1];
    snprintf(number, sizeof number, "%s", case_of(OFFICE, 1, 51));
    CHECK_INT(send_one(&good, application(number)), STORE_GOOD);
    happens(number, CASE_EVENT_RECEIVE, NINE + 660 * MIN);
    happens(number, CASE_EVENT_SUPPLEMENT, NINE + 700 * MIN);
    CHECK_INT(send_at(&good, supplement(number, NINE + 680 * MIN), NINE + 701 * MIN), STORE_GOOD);
    CHECK(stage_of(number) == CASE_RECEIVED && last_at == NINE + 700 * MIN);
}

TEST(supplements_to_what_is_not_theirs)
{
    CHECK_INT(send_one(&bad, supplement(case_of(1104, 1, 1), NINE)), STORE_FOREIGN); /* another office */
    CHECK_INT(send_one(&bad, supplement("1103002260105000019", NINE)), STORE_FOREIGN);
    CHECK_INT(told("supplement-foreign"), 2);
    CHECK_INT(send_one(&bad, supplement(case_of(OFFICE, 1, 999), NINE)), STORE_UNASKED); /* no such case */
    struct store_record r = supplement(case_of(OFFICE, 1, 51), NINE);
    r.state = STORE_BODY_GONE; /* what was sealed did not come: nothing is supplied */
    CHECK_INT(send_one(&bad, r), STORE_BODY_GONE);
    CHECK_INT(stage_of(case_of(OFFICE, 1, 51)), CASE_RECEIVED);
}

/* --- what somebody said --- */

/* Kept whatever it claims; what is another's is marked and told. */
TEST(what_somebody_said)
{
    CHECK_INT(send_one(&bad, record(RECORD_FEEDBACK, "", "110300200001", NINE)), STORE_GOOD);
    CHECK_INT(send_one(&bad, record(RECORD_FEEDBACK, "", "110300100001", NINE)), STORE_FOREIGN);
    CHECK_INT(send_one(&bad, record(RECORD_FEEDBACK, "", "7", NINE)), STORE_FOREIGN);
    CHECK_INT(told("spoken-foreign"), 2);
    CHECK_INT(send_one(&bad, record(RECORD_FEEDBACK, "", "", NINE)), STORE_GOOD); /* of a terminal that numbers nothing */
    CHECK_INT(told("spoken-foreign"), 2);
}

/* Events stay, and none is made anew. */
TEST(rebuilt_the_same)
{
    struct case_file before, after;
    struct err e = {0};
    const char *number = case_of(OFFICE, 1, 50);
    CHECK_INT(case_file_read(store, OFFICE, number, NULL, NULL, &before, &e), 0);
    CHECK_INT(store_begin(store, &e), 0);
    CHECK(projection_rebuild(store, NULL, &e) > 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_INT(case_file_read(store, OFFICE, number, NULL, NULL, &after, &e), 0);
    CHECK_MEM(after.hash, before.hash, sizeof before.hash);
    CHECK_STR(e.text, "");
}

TEST(teardown)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

/* --- bundles --- */

/* The header of a bundle's application, whose number says what it likes. */
static const uint8_t *header_of(const char *bundle, const char *number, int part, size_t *ret_len)
{
    static uint8_t bytes[RECORD_HEADER_MAX];
    struct record_header h = {.v = 1,
                              .terminal = "t-1",
                              .epoch = {1},
                              .seq = 1,
                              .at = NINE,
                              .boot = "01234567-89ab-cdef-0123-456789abcdef",
                              .kind = RECORD_APPLICATION,
                              .id = {1},
                              .key = {1},
                              .item = "ITEM",
                              .item_version = 1,
                              .form_version = 1,
                              .bundle_item = "YJS",
                              .part = part,
                              .parts = 3};
    struct buf out;

    strcpy(h.number, number);
    strcpy(h.bundle, bundle);
    buf_init(&out, sizeof bytes);
    CHECK_INT(record_header_encode(&h, &out, NULL), 0);
    memcpy(bytes, out.data, *ret_len = out.len);
    buf_finish(&out);
    return bytes;
}

static enum store_state send_part(const char *bundle, const char *number, int part)
{
    struct store_record r = application(number);

    r.header = header_of(bundle, number, part, &r.header_len);
    return send_one(&good, r);
}

static int keep_digits(void *ctx, const struct case_row *r)
{
    strcat(ctx, r->number + CASE_NUMBER_LEN - 2);
    return 0;
}

/* The last two digits of the cases of a bundle, in their order. */
static const char *cases_of(const char *bundle)
{
    static char out[100];

    out[0] = '\0';
    CHECK_INT(case_each_of_bundle(store, OFFICE, bundle, keep_digits, out, NULL), 0);
    return out;
}

TEST(cases_of_a_bundle)
{
    char bundle[CASE_NUMBER_LEN + 1], part[4][CASE_NUMBER_LEN + 1], want[20] = "";
    struct case_bundle b;

    strcpy(bundle, case_of(OFFICE, 1, 500));
    for (int i = 1; i <= 3; i++) {
        CHECK(case_number_part(bundle, i, part[i]));
        strcat(want, part[i] + CASE_NUMBER_LEN - 2);
    }
    CHECK_INT(bundle_read(store, OFFICE, bundle, &b, NULL), -ERR_NOTFOUND);
    CHECK_INT(send_part(bundle, part[2], 2), STORE_GOOD); /* each as it comes */
    CHECK_INT(send_part(bundle, part[1], 1), STORE_GOOD);
    CHECK_INT(send_part(bundle, part[3], 3), STORE_GOOD);
    CHECK_STR(cases_of(bundle), want);
    CHECK_INT(bundle_of_case(store, OFFICE, part[2], &b, NULL), 0);
    CHECK_STR(b.number, bundle);
    CHECK_STR(b.item, "YJS");
    CHECK_INT(b.part, 2);
    CHECK_INT(b.parts, 3);
    CHECK_INT(bundle_read(store, OFFICE, bundle, &b, NULL), 0);
    CHECK_INT(b.parts, 3);
    CHECK_INT(told("bundle-foreign"), 0);
    CHECK(projection_rebuild(store, NULL, NULL) > 0);
    CHECK_STR(cases_of(bundle), want);
}

/* A number that is not the one this place of the bundle has: the case counts, the bundle does not. */
TEST(a_bundle_that_is_only_claimed)
{
    char bundle[CASE_NUMBER_LEN + 1], other[CASE_NUMBER_LEN + 1];
    struct case_bundle b;

    strcpy(bundle, case_of(OFFICE, 1, 600));
    strcpy(other, case_of(OFFICE, 1, 603));
    CHECK_INT(send_part(bundle, other, 1), STORE_GOOD);
    CHECK_INT(told("bundle-foreign"), 1);
    CHECK_INT(bundle_of_case(store, OFFICE, other, &b, NULL), 0);
    CHECK_STR(b.number, "");
    CHECK_STR(cases_of(bundle), "");
    strcpy(bundle, case_of(OFFICE, 2, 604)); /* another terminal's */
    strcpy(other, case_of(OFFICE, 1, 605));
    CHECK_INT(send_part(bundle, other, 1), STORE_GOOD);
    CHECK_INT(told("bundle-foreign"), 2);
    CHECK_STR(cases_of(bundle), "");
    CHECK_INT(send_part("no number", case_of(OFFICE, 1, 606), 1), STORE_GOOD);
    CHECK_INT(told("bundle-foreign"), 3);
}

TEST_MAIN(SETUP(setup), T(case_numbers), T(numbers_of_a_block), T(own_series), T(void_ones), T(invented_queues), T(times),
          T(a_backlog_keeps_its_times), T(unreadable_ones_are_told), T(one_row_for_each_kind), T(blocks_of_one_terminal),
          T(a_supplement_from_any_terminal_of_the_office), T(never_before_it_was_asked),
          T(supplements_to_what_is_not_theirs), T(what_somebody_said), T(rebuilt_the_same), T(cases_of_a_bundle),
          T(a_bundle_that_is_only_claimed), TEARDOWN(teardown))
