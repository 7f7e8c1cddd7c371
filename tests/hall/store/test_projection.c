/* SPDX-License-Identifier: Apache-2.0
 *
 * What is derived from records is the same when it is made anew from them: tickets with their order, void ones and calls,
 * case numbers, ratings.
 */
#include "test.h"

#include "hall/database.h"
#include "hall/enter_call.h"

#include "base/clock.h"
#include "base/text.h"
#include "tools/hall/store/projection.h"
#include "tools/hall/store/store_queue.h"
#include "tools/hall/store/take.h"

#define OFFICE 1103
#define DAY ((struct date){2026, 1, 5})
#define NINE INT64_C(1767574800000) /* 2026-01-05T09:00:00+08:00 */
#define MIN INT64_C(60000)

static struct store *store;
static char dir[] = "/tmp/tongban-projection-XXXXXX";
static struct store_place at;
static const uint8_t epoch[EPOCH_LEN] = {7};

TEST(setup)
{
    struct err e = {0};
    CHECK(mkdtemp(dir) != NULL);
    clock_set_wall(NINE);
    CHECK_INT(database_make(dir, &e), 0);
    CHECK_INT(store_open(dir, &store, &e), 0);
    sql_do(store_sql(store), &e,
           "INSERT INTO terminal (office, terminal, place, added, registration, epoch) VALUES ($1,'t-1','{}',0,3,$2)", "ib",
           (int64_t)OFFICE, epoch, sizeof epoch);
    sql_do(store_sql(store), &e,
           "INSERT INTO chain (office, terminal, epoch, registration, signing, seq, hash, signature, at)"
           " VALUES ($1,'t-1',$2,3,$3,0,$4,$3,0)",
           "ibbb", (int64_t)OFFICE, epoch, sizeof epoch, "", (size_t)0, at.hash, sizeof at.hash);
    CHECK_INT(queue_known_add(store, "general", 1, &e), 0);
    CHECK_STR(e.text, "");
}

static struct record_header header(enum record_kind kind, const char *number, int64_t when)
{
    struct record_header h = {.v = 1, .terminal = "t-1", .at = when, .clock_trusted = true, .kind = kind};
    memcpy(h.epoch, epoch, EPOCH_LEN);
    h.key[0] = record_kind_has_body(kind);
    text_copy(h.boot, sizeof h.boot, "00000000-0000-4000-8000-000000000000");
    text_copy(h.number, sizeof h.number, number);
    if (kind == RECORD_TICKET || kind == RECORD_TICKET_VOID) {
        text_copy(h.queue, sizeof h.queue, "general");
        text_copy(h.day, sizeof h.day, "2026-01-05");
    }
    if (kind == RECORD_APPLICATION || kind == RECORD_RATING)
        text_copy(h.item, sizeof h.item, "item-1");
    if (kind == RECORD_APPLICATION)
        h.item_version = h.form_version = 1;
    return h;
}

/* Stores it as a batch of one, received at noon. */
static void send(struct record_header h)
{
    struct buf bytes;
    struct err e = {0};
    struct chain_head head = {.seq = at.seq + 1, .hash = {(uint8_t)(at.seq + 1)}};
    struct store_record r = {.seq = head.seq};
    bool moved = false, tickets = false;
    h.seq = head.seq;
    h.id[0] = (uint8_t)head.seq;
    buf_init(&bytes, RECORD_HEADER_MAX);
    CHECK_INT(record_header_encode(&h, &bytes, &e), 0);
    projection_describe(&r, &h);
    memcpy(r.id, h.id, sizeof r.id);
    r.header = bytes.data;
    r.header_len = bytes.len;
    const struct take take = {OFFICE, "t-1", epoch, &at, &head, &r, 1, NINE + 180 * MIN, NULL};
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(take_batch(store, &take, &moved, &tickets, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK(moved);
    CHECK_STR(e.text, "");
    at.seq = head.seq;
    memcpy(at.hash, head.hash, HASH_LEN);
    buf_finish(&bytes);
}

/* Everything derived, as text. */
static void dump(struct buf *out)
{
    struct sql_rows *r = NULL;
    buf_init(out, 65536);
    CHECK_INT(sql_select(store_sql(store), &r, NULL,
                         "SELECT number, terminal, taken, called, void, line, state, since, seq FROM ticket ORDER BY number",
                         ""),
              0);
    while (sql_next(r, NULL) == 1)
        buf_addf(out, "ticket %s %s %lld %lld %lld %s %s %lld %lld\n", sql_text(r, 0), sql_text(r, 1),
                 (long long)sql_int(r, 2), (long long)sql_int(r, 3), (long long)sql_int(r, 4), sql_text(r, 5),
                 sql_text(r, 6), (long long)sql_int(r, 7), (long long)sql_int(r, 8));
    sql_done(r);
    CHECK_INT(sql_select(store_sql(store), &r, NULL, "SELECT number, terminal, received FROM cases ORDER BY number", ""), 0);
    while (sql_next(r, NULL) == 1)
        buf_addf(out, "case %s %s %lld\n", sql_text(r, 0), sql_text(r, 1), (long long)sql_int(r, 2));
    sql_done(r);
    CHECK_INT(sql_select(store_sql(store), &r, NULL, "SELECT item, score, number FROM rating ORDER BY id", ""), 0);
    while (sql_next(r, NULL) == 1)
        buf_addf(out, "rating %s %lld %s\n", sql_text(r, 0), (long long)sql_int(r, 1), sql_text(r, 2));
    sql_done(r);
}

static const char *case_of(int registration, int serial)
{
    static char text[CASE_NUMBER_LEN + 1];
    const struct case_number n = {OFFICE, registration, DAY, serial};
    case_number_format(&n, text);
    return text;
}

static void send_all(void)
{
    struct record_header rating = header(RECORD_RATING, "", NINE + 9 * MIN);
    rating.score = 4;
    rating.set = 1;
    send(header(RECORD_TICKET, "A03-001", NINE + 1 * MIN));
    send(header(RECORD_TICKET, "A03-002", NINE + 2 * MIN));
    send(header(RECORD_TICKET, "A03-003", NINE + 1 * MIN)); /* its clock went back: not before the one before it */
    send(header(RECORD_TICKET, "A04-001", NINE + 4 * MIN)); /* another's */
    send(header(RECORD_TICKET, "A03-001", NINE + 5 * MIN)); /* given before */
    send(header(RECORD_TICKET_VOID, "A03-002", NINE + 6 * MIN));
    send(header(RECORD_APPLICATION, case_of(3, 1), NINE + 7 * MIN));
    send(header(RECORD_APPLICATION, case_of(3, 1), NINE + 8 * MIN)); /* given before */
    send(header(RECORD_APPLICATION, case_of(5, 1), NINE + 8 * MIN)); /* another's */
    send(rating);
}

static void rebuild(void)
{
    struct err e = {0};
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(projection_rebuild(store, NULL, &e), (int)at.seq);
    CHECK_INT(store_commit(store, &e), 0);
    CHECK_STR(e.text, "");
}

TEST(anew_and_the_same)
{
    char called[TICKET_NUMBER_MAX + 1];
    struct buf before, after;
    send_all();
    CHECK_INT(store_begin(store, NULL), 0);
    CHECK_INT(enter_call(store, OFFICE, "general", NULL, NINE + 200 * MIN, called), QUEUE_MAY);
    CHECK_INT(store_commit(store, NULL), 0);
    CHECK_STR(called, "A03-001");
    dump(&before);
    CHECK(strstr(buf_str(&before), "ticket A03-001 t-1 1767574860000 1767586800000 0 general done 1767574860000 1\n"));
    CHECK(strstr(buf_str(&before), "ticket A03-002 t-1 1767574920000 0 1 general waiting 1767574920000 0\n"));
    CHECK(strstr(buf_str(&before), "ticket A03-003 t-1 1767574920000 0 0 general waiting 1767574920000 0\n"));
    CHECK(strstr(buf_str(&before), "case 110300326010500001"));
    CHECK(strstr(buf_str(&before), "rating item-1 4 \n"));
    CHECK(!strstr(buf_str(&before), "A04-001"));
    rebuild();
    dump(&after);
    CHECK_STR(buf_str(&after), buf_str(&before));
    buf_finish(&after);

    static const char *const damage[] = {"DELETE FROM cases", "UPDATE ticket SET taken = 0, terminal = 't-9'",
                                         "DELETE FROM ticket WHERE number = 'A03-002'",
                                         ("INSERT INTO ticket (office, day, queue, number, terminal, taken, called, void)"
                                          " VALUES (1103, 20458, 'general', 'A 999', 't-9', 1, 0, 0)"),
                                         "UPDATE rating SET score = 1"};
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++)
        CHECK_INT(sql_exec(store_sql(store), damage[i], NULL), 0);
    rebuild();
    dump(&after);
    CHECK_STR(buf_str(&after), buf_str(&before));
    buf_finish(&after);
    buf_finish(&before);
}

/* --- tickets of people who have booked --- */

#define BOOKED "A0105-1000-1"

static void take_for_booked(const char *number, int64_t when)
{
    struct record_header h = header(RECORD_TICKET, number, when);

    text_copy(h.what, sizeof h.what, BOOKED);
    send(h);
}

/* Its state, its ticket, and how many tickets have its place in the order. */
static const char *appointment(void)
{
    static char text[100];
    struct sql_rows *r = NULL;

    CHECK_INT(sql_select(store_sql(store), &r, NULL,
                         "SELECT state, ticket, (SELECT count(*) FROM ticket WHERE class = 'appointment' AND void = 0)"
                         " FROM appointment WHERE number = $1",
                         "t", BOOKED),
              0);
    CHECK_INT(sql_next(r, NULL), 1);
    snprintf(text, sizeof text, "%s %s %lld", sql_text(r, 0), sql_text(r, 1), (long long)sql_int(r, 2));
    sql_done(r);
    return text;
}

TEST(a_void_number_gives_its_appointment_back)
{
    CHECK_INT(sql_do(store_sql(store), NULL,
                     "INSERT INTO appointment (office, id, number, code, queue, at, day, state, idx, ticket, made)"
                     " VALUES ($1,$2,$3,'4711','general',$4,$5,'booked',$2,'',0)",
                     "ibtii", (int64_t)OFFICE, epoch, sizeof epoch, BOOKED, NINE + 60 * MIN, date_to_days(DAY)),
              1);
    take_for_booked("A03-010", NINE + 10 * MIN);
    CHECK_STR(appointment(), "arrived A03-010 1");
    send(header(RECORD_TICKET_VOID, "A03-001", NINE + 11 * MIN)); /* somebody else's */
    CHECK_STR(appointment(), "arrived A03-010 1");
    send(header(RECORD_TICKET_VOID, "A03-010", NINE + 11 * MIN));
    CHECK_STR(appointment(), "booked  0");
    take_for_booked("A03-011", NINE + 12 * MIN);
    CHECK_STR(appointment(), "arrived A03-011 1");
    rebuild();
    CHECK_STR(appointment(), "arrived A03-011 1");
}

TEST(teardown)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(anew_and_the_same), T(a_void_number_gives_its_appointment_back), TEARDOWN(teardown))
