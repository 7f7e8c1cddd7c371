/* SPDX-License-Identifier: Apache-2.0
 *
 * Appending, numbers, visits and purging.
 */
#include "journal_test.h"

#include "wire/record.h"

TEST(append_fills_in)
{
    struct record_header h = {.kind = RECORD_START}, zero = {.kind = RECORD_START};
    struct err e = {0};

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(journal_last(j), 0);
    journal_set_clock_trusted(j, true);
    strcpy(h.what, "1.0");
    CHECK_INT(journal_append(j, &h, NULL, 0, &e), 0);
    CHECK_INT(h.v, 1);
    CHECK_STR(h.terminal, "t-1103-003");
    CHECK_MEM(h.epoch, identity_.epoch, EPOCH_LEN);
    CHECK_INT(h.seq, 1);
    CHECK(h.at >= NOON && h.at < NOON + 60000);
    CHECK_STR(h.boot, clock_boot_id());
    CHECK(h.clock_trusted);
    CHECK(memcmp(h.id, zero.id, sizeof h.id) != 0);
    CHECK_MEM(h.key, zero.key, sizeof h.key);
    CHECK_INT(journal_last(j), 1);
    journal_set_clock_trusted(j, false);
    CHECK_INT(journal_append(j, &h, NULL, 0, &e), 0);
    CHECK(!h.clock_trusted);
    CHECK_INT(h.seq, 2);
    journal_close(j);
    check_verifies(2);
}

static int open_body(void *ctx, const struct record *r)
{
    struct buf *plain = ctx;
    const char *info = record_seal_info(r->header.kind);
    struct err e = {0};

    CHECK_INT(seal_open(hall_, info, strlen(info), r->header_bytes, r->header_len, r->body, r->body_len, plain, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_INT(plain->len % SEAL_PAD, 0);
    CHECK_INT(seal_unpad(plain, &e), 0);
    return 0;
}

TEST(body_is_sealed_to_the_hall)
{
    struct outbox *o = NULL;
    struct buf plain;

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    CHECK_INT(outbox_open(dir_, &o, NULL), 0);
    buf_init(&plain, 4096);
    CHECK_INT(outbox_each(o, 1, open_body, &plain, NULL), 0);
    CHECK_STR(buf_str(&plain), "{\"v\":1,\"applicant\":\"测试甲\"}");
    buf_finish(&plain);
    outbox_close(o);
    journal_close(j);
    shell("! grep -qr 测试甲 $D");
}

struct opened {
    const struct private_key *key[4]; /* who is to open each body */
    uint8_t enc[4][P256_POINT_LEN];
    int n;
};

static int open_each(void *ctx, const struct record *r)
{
    struct opened *o = ctx;
    const char *info = record_seal_info(r->header.kind);
    struct buf plain;

    buf_init(&plain, 4096);
    CHECK(o->n < 4);
    CHECK_INT(
        seal_open(o->key[o->n], info, strlen(info), r->header_bytes, r->header_len, r->body, r->body_len, &plain, NULL), 0);
    for (int i = 0; i < o->n; i++)
        CHECK(memcmp(o->enc[i], r->body, P256_POINT_LEN) != 0);
    memcpy(o->enc[o->n++], r->body, P256_POINT_LEN);
    buf_finish(&plain);
    return 0;
}

/* What was done ahead serves one body, and none of another key. */
TEST(sealing_ahead)
{
    struct opened opened = {.n = 0};
    struct private_key *next = NULL;
    struct public_key next_to;
    struct outbox *o = NULL;

    fresh();
    CHECK_INT(key_generate(&next, NULL), 0);
    key_public(next, &next_to);
    struct journal *j = open_journal();
    CHECK_INT(append_kind(j, RECORD_START), 0);
    CHECK_INT(journal_sign_head(j, NULL), 0);              /* one is ready */
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0); /* with it */
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0); /* without */
    CHECK_INT(journal_sign_head(j, NULL), 0);              /* one is ready, for the old key */
    journal_set_seal_key(j, &next_to);
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    CHECK_INT(journal_sign_head(j, NULL), 0);
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    journal_close(j);
    opened = (struct opened){.key = {hall_, hall_, next, next}};
    CHECK_INT(outbox_open(dir_, &o, NULL), 0);
    CHECK_INT(outbox_each(o, 2, open_each, &opened, NULL), 0);
    CHECK_INT(opened.n, 4);
    outbox_close(o);
    key_free(next);
}

TEST(body_rules)
{
    struct record_header h = {.kind = RECORD_APPLICATION};
    static char big[RECORD_BODY_MAX];
    struct err e = {0};

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(journal_append(j, &h, NULL, 0, &e), -ERR_INVALID); /* the body is missing */
    h.kind = RECORD_START;
    CHECK_INT(journal_append(j, &h, "x", 1, &e), -ERR_INVALID); /* no place for one */
    h.kind = RECORD_FEEDBACK;
    CHECK_INT(journal_append(j, &h, big, sizeof big, &e), -ERR_TOOLONG);
    journal_set_seal_key(j, NULL);
    CHECK_INT(journal_append(j, &h, "x", 1, &e), -ERR_KEY);
    CHECK_INT(append_kind(j, RECORD_START), 0);
    CHECK_INT(journal_last(j), 1);
    journal_close(j);
    check_verifies(1);
}

TEST(failed_append_leaves_the_header)
{
    struct record_header h = {.kind = RECORD_TICKET}; /* its number is missing */

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), -ERR_INVALID);
    CHECK_INT(h.seq, 0);
    CHECK_STR(h.terminal, "");
    journal_close(j);
}

TEST(reopen_goes_on)
{
    char a[CASE_NUMBER_LEN + 1], b[CASE_NUMBER_LEN + 1];

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, a, NULL), 0);
    journal_close(j);
    j = open_journal();
    CHECK_INT(journal_last(j), 1);
    CHECK_INT(append_application(j, NULL, b, NULL), 0);
    CHECK(!strncmp(a, "110300326010500001", 18));
    CHECK(!strncmp(b, "110300326010500002", 18));
    journal_close(j);
    check_verifies(2);
}

TEST(serials_by_day)
{
    char n[CASE_NUMBER_LEN + 1];

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, n, NULL), 0);
    CHECK(!strncmp(n, "110300326010500001", 18));
    clock_advance(DAY_MS);
    CHECK_INT(append_application(j, NULL, n, NULL), 0);
    CHECK(!strncmp(n, "110300326010600001", 18));
    CHECK_INT(append_application(j, NULL, n, NULL), 0);
    CHECK(!strncmp(n, "110300326010600002", 18));
    journal_close(j);
}

TEST(number_is_given_once)
{
    struct record_header h = {.kind = RECORD_APPLICATION};
    struct err e = {0};

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, h.number, NULL), 0);
    strcpy(h.item, "x");
    CHECK_INT(journal_append(j, &h, "{}", 2, &e), -ERR_EXISTS);
    CHECK_INT(journal_last(j), 1);
    struct case_number other = {.office = 1103, .registration = 4, .day = {2026, 1, 5}, .serial = 1};
    case_number_format(&other, h.number);
    CHECK_INT(journal_append(j, &h, "{}", 2, &e), -ERR_INVALID);
    strcpy(h.number, "17");
    CHECK_INT(journal_append(j, &h, "{}", 2, &e), -ERR_INVALID);
    CHECK_INT(append_kind(j, RECORD_START), 0);
    journal_close(j);
    check_verifies(2);
}

TEST(day_can_be_full)
{
    struct case_number last = {.office = 1103, .registration = 3, .day = {2026, 1, 5}, .serial = CASE_SERIAL_MAX}, next;
    struct record_header h = {.kind = RECORD_APPLICATION};

    fresh();
    struct journal *j = open_journal();
    case_number_format(&last, h.number);
    strcpy(h.item, "x");
    CHECK_INT(journal_append(j, &h, "{}", 2, NULL), 0);
    CHECK_INT(journal_next_case(j, last.day, &next, NULL), -ERR_RANGE);
    last.day.day++;
    CHECK_INT(journal_next_case(j, last.day, &next, NULL), 0);
    CHECK_INT(next.serial, 1);
    journal_close(j);
}

static const struct ticket_block *blocks; /* leased */
static size_t n_blocks;

static int take_ticket(struct journal *j, const char *queue, char letter, enum record_kind kind, char *number)
{
    struct record_header h = {.kind = kind};
    struct date day = {2026, 1, 5};

    if (kind == RECORD_TICKET)
        CHECK_INT(journal_next_ticket(j, queue, letter, day, blocks, n_blocks, number, NULL), 0);
    strcpy(h.number, number);
    strcpy(h.queue, queue);
    strcpy(h.day, "2026-01-05");
    return journal_append(j, &h, NULL, 0, NULL);
}

TEST(tickets)
{
    char n[TICKET_NUMBER_MAX + 1];

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(take_ticket(j, "general", 'A', RECORD_TICKET, n), 0);
    CHECK_STR(n, "A03-001");
    CHECK_INT(take_ticket(j, "general", 'A', RECORD_TICKET, n), 0);
    CHECK_STR(n, "A03-002");
    CHECK_INT(take_ticket(j, "general", 'A', RECORD_TICKET_VOID, n), 0);
    journal_close(j);
    j = open_journal();
    CHECK_INT(take_ticket(j, "general", 'A', RECORD_TICKET, n), 0);
    CHECK_STR(n, "A03-003"); /* the void number is never given again */
    CHECK_INT(take_ticket(j, "social", 'B', RECORD_TICKET, n), 0);
    CHECK_STR(n, "B03-001");
    CHECK_INT(take_ticket(j, "social", 'A', RECORD_TICKET, n), 0);
    CHECK_STR(n, "A03-001"); /* another queue */
    struct date next_day = {2026, 1, 6};
    CHECK_INT(journal_next_ticket(j, "general", 'A', next_day, NULL, 0, n, NULL), 0);
    CHECK_STR(n, "A03-001");
    journal_close(j);
    check_verifies(6);
}

TEST(ticket_has_no_daily_cap)
{
    struct record_header h = {.kind = RECORD_TICKET, .number = "A03-999", .queue = "general", .day = "2026-01-05"};
    struct date day = {2026, 1, 5};
    char n[TICKET_NUMBER_MAX + 1];

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), 0);
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), -ERR_EXISTS);
    CHECK_INT(journal_next_ticket(j, "general", 'A', day, NULL, 0, n, NULL), 0);
    CHECK_STR(n, "A03-1000");
    journal_close(j);
}

/* From leased to own and back inside a day: no number comes twice, and a void one never again. */
TEST(leased_tickets)
{
    static const struct ticket_block leased[] = {{1, 2}, {21, 2}};
    static const char *const first[] = {"A 001", "A 002", "A03-001"}, *const then[] = {"A 021", "A 022", "A03-002"};
    char n[TICKET_NUMBER_MAX + 1];
    int left = -1;

    fresh();
    struct journal *j = open_journal();
    blocks = leased;
    for (n_blocks = 1; n_blocks <= 2; n_blocks++)
        for (int i = 0; i < 3; i++) {
            CHECK_INT(take_ticket(j, "general", 'A', RECORD_TICKET, n), 0);
            CHECK_STR(n, n_blocks == 1 ? first[i] : then[i]);
            if (i == 0)
                CHECK_INT(take_ticket(j, "general", 'A', RECORD_TICKET_VOID, n), 0);
            if (i == 1) { /* also after a restart */
                journal_close(j);
                j = open_journal();
            }
        }
    n_blocks = 2;
    CHECK_INT(journal_tickets_left(j, "general", 'A', (struct date){2026, 1, 5}, blocks, n_blocks, &left, NULL), 0);
    CHECK_INT(left, 0);
    CHECK_INT(journal_tickets_left(j, "general", 'A', (struct date){2026, 1, 6}, blocks, n_blocks, &left, NULL), 0);
    CHECK_INT(left, 4);
    CHECK_INT(take_ticket(j, "social", 'B', RECORD_TICKET, n), 0);
    CHECK_STR(n, "B 001");
    journal_close(j);
    blocks = NULL;
    n_blocks = 0;
    check_verifies(9);
}

/* --- visits ----------------------------------------------------------------------------------------------------------- */

static const uint8_t visit[16] = {0x71, 1};

static void append_print(struct journal *j, enum record_kind kind, int copy)
{
    struct record_header h = {.kind = kind, .role = "receipt", .copy = copy};

    memcpy(h.visit, visit, sizeof visit);
    snprintf(h.job, sizeof h.job, "job-%d", copy);
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), 0);
}

static void append_visit(struct journal *j, enum record_kind kind)
{
    struct record_header h = {.kind = kind};

    memcpy(h.visit, visit, sizeof visit);
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), 0);
}

static struct journal_visit last_visit(struct journal *j)
{
    struct journal_visit v = {.copy = -1};
    CHECK_INT(journal_last_visit(j, &v, NULL), 0);
    return v;
}

TEST(last_visit_step_by_step)
{
    char number[CASE_NUMBER_LEN + 1];

    fresh();
    struct journal *j = open_journal();
    CHECK(!last_visit(j).open);
    append_kind(j, RECORD_START);
    append_visit(j, RECORD_VISIT_START);
    struct journal_visit v = last_visit(j);
    CHECK(v.open);
    CHECK_MEM(v.visit, visit, sizeof visit);
    CHECK(v.started_ms >= NOON && v.started_ms < NOON + 60000);
    CHECK_STR(v.number, "");
    CHECK_INT(v.print, RECORD_START);
    CHECK_INT(append_application(j, visit, number, NULL), 0);
    append_print(j, RECORD_PRINT_START, 1);
    v = last_visit(j);
    CHECK_STR(v.number, number);
    CHECK_INT(v.print, RECORD_PRINT_START);
    append_print(j, RECORD_PRINT_UNKNOWN, 1);
    append_print(j, RECORD_PRINT_START, 2);
    append_print(j, RECORD_PRINT_DONE, 2);
    append_kind(j, RECORD_DEVICE_FAULT); /* refused: has no role; must not matter */
    v = last_visit(j);
    CHECK(v.open);
    CHECK_INT(v.print, RECORD_PRINT_DONE);
    CHECK_INT(v.copy, 2);
    CHECK_STR(v.job, "job-2");
    append_visit(j, RECORD_VISIT_END);
    append_kind(j, RECORD_SHUTDOWN);
    CHECK(!last_visit(j).open);
    journal_close(j);
}

/* A queue number that counts is told with its queue and day; a void one with nothing. */
TEST(last_visit_with_a_queue_number)
{
    struct record_header h = {.kind = RECORD_TICKET, .number = "A 001", .queue = "general", .day = "2026-01-05"};

    fresh();
    struct journal *j = open_journal();
    append_visit(j, RECORD_VISIT_START);
    memcpy(h.visit, visit, sizeof h.visit);
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), 0);
    struct journal_visit v = last_visit(j);
    CHECK_STR(v.ticket, "A 001");
    CHECK_STR(v.queue, "general");
    CHECK_STR(v.day, "2026-01-05");
    h.kind = RECORD_TICKET_VOID;
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), 0);
    v = last_visit(j);
    CHECK_STR(v.ticket, "");
    CHECK_STR(v.queue, "");
    journal_close(j);
}

/* What was added to a case is no application, and is told as what it is. */
TEST(last_visit_with_a_supplement)
{
    struct record_header h = {.kind = RECORD_SUPPLEMENT, .case_number = "1103003260105000017"};
    static const char plain[] = "{\"v\":1}";

    fresh();
    struct journal *j = open_journal();
    append_visit(j, RECORD_VISIT_START);
    memcpy(h.visit, visit, sizeof h.visit);
    CHECK_INT(journal_append(j, &h, plain, strlen(plain), NULL), 0);
    struct journal_visit v = last_visit(j);
    CHECK(v.open);
    CHECK_STR(v.number, "");
    CHECK_STR(v.supplied, "1103003260105000017");
    journal_close(j);
}

TEST(a_case_handed_in_here)
{
    char number[CASE_NUMBER_LEN + 1], other[CASE_NUMBER_LEN + 1];
    struct journal_case c = {.seq = 77};
    struct case_number n;

    fresh();
    struct journal *j = open_journal();
    append_kind(j, RECORD_START);
    CHECK_INT(append_application(j, NULL, number, NULL), 0);
    CHECK_INT(journal_case(j, number, &c, NULL), 0);
    CHECK_INT(c.seq, 2);
    CHECK(c.at >= NOON && c.at < NOON + 60000);
    CHECK(case_number_parse(number, &n));
    n.registration++; /* the same day and serial, of another terminal */
    case_number_format(&n, other);
    CHECK_INT(journal_case(j, other, &c, NULL), 0);
    CHECK(c.seq == 0 && c.at == 0);
    CHECK_INT(journal_case(j, "1103", &c, NULL), 0);
    CHECK(c.seq == 0);
    journal_close(j);
}

TEST(only_the_last_visit_counts)
{
    fresh();
    struct journal *j = open_journal();
    append_visit(j, RECORD_VISIT_START); /* never ended */
    struct record_header h = {.kind = RECORD_VISIT_START, .visit = {9}};
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), 0);
    h.kind = RECORD_VISIT_END;
    CHECK_INT(journal_append(j, &h, NULL, 0, NULL), 0);
    CHECK(!last_visit(j).open);
    journal_close(j);
}

/* --- purging ---------------------------------------------------------------------------------------------------------- */

static int count_bodies(void *ctx, const struct record *r)
{
    *(int *)ctx += r->body != NULL;
    return 0;
}

static int bodies(void)
{
    struct outbox *o = NULL;
    int n = 0;

    CHECK_INT(outbox_open(dir_, &o, NULL), 0);
    CHECK_INT(outbox_each(o, 1, count_bodies, &n, NULL), 0);
    outbox_close(o);
    return n;
}

TEST(purge_keeps_the_chain)
{
    fresh();
    struct journal *j = open_journal();
    for (int i = 0; i < 6; i++)
        CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    clock_advance(5 * DAY_MS);
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    CHECK_INT(journal_sign_head(j, NULL), 0);
    CHECK_INT(journal_purge(j, 7, 0, NULL), 0);
    CHECK_INT(bodies(), 7); /* an unsure clock may have run ahead */
    journal_set_clock_trusted(j, true);
    CHECK_INT(journal_purge(j, 0, 0, NULL), 0);
    CHECK_INT(bodies(), 7); /* nothing is acknowledged */
    CHECK_INT(journal_purge(j, 4, 6, NULL), 0);
    CHECK_INT(bodies(), 7); /* nothing is old enough */
    CHECK_INT(journal_purge(j, 4, 3, NULL), 0);
    CHECK_INT(bodies(), 3);
    CHECK_INT(journal_purge(j, 7, 3, NULL), 0);
    CHECK_INT(bodies(), 1); /* the last is younger */
    check_verifies(7);
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    journal_close(j);
    j = open_journal();
    check_verifies(8);
    journal_close(j);
}

TEST(purge_takes_what_a_wrong_clock_wrote)
{
    fresh();
    clock_set_wall(NOON + 300 * DAY_MS);
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    clock_set_wall(NOON);
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    journal_set_clock_trusted(j, true);
    CHECK_INT(journal_purge(j, 2, 7, NULL), 0);
    CHECK_INT(bodies(), 1);
    journal_close(j);
    check_verifies(2);
}

/* --- the hall's word ----------------------------------------------------------------------------------------------------
 */

static int take_hash(void *ctx, const struct record *r)
{
    memcpy(ctx, r->hash, HASH_LEN);
    return 1;
}

static void hash_of(uint64_t seq, uint8_t out[HASH_LEN])
{
    struct outbox *o = NULL;

    memset(out, 0, HASH_LEN);
    CHECK_INT(outbox_open(dir_, &o, NULL), 0);
    CHECK_INT(outbox_each(o, seq, take_hash, out, NULL), 0);
    outbox_close(o);
}

TEST(word_of_the_hall)
{
    uint8_t hash[HASH_LEN], other[HASH_LEN];
    struct err e = {0};

    fresh();
    struct journal *j = open_journal();
    for (int i = 0; i < 3; i++)
        CHECK_INT(append_kind(j, RECORD_START), 0);
    CHECK_INT(journal_acked(j), 0);
    hash_of(2, hash);
    CHECK_INT(journal_acked(j), 0);
    CHECK_INT(journal_acknowledged(j, 2, hash, &e), 0);
    CHECK_INT(journal_acked(j), 2);
    hash_of(1, other);
    CHECK_INT(journal_acknowledged(j, 1, other, &e), 0); /* an older word */
    CHECK_INT(journal_acked(j), 2);
    CHECK_INT(journal_acknowledged(j, 3, other, &e), -ERR_VERSION);
    CHECK(strstr(e.text, "fork") != NULL);
    CHECK_INT(journal_acknowledged(j, 4, other, &e), -ERR_STATE);
    CHECK_INT(journal_acked(j), 2);
    journal_close(j);
}

TEST_MAIN(SETUP(begin), T(append_fills_in), T(body_is_sealed_to_the_hall), T(sealing_ahead), T(body_rules),
          T(failed_append_leaves_the_header), T(reopen_goes_on), T(serials_by_day), T(number_is_given_once),
          T(day_can_be_full), T(tickets), T(ticket_has_no_daily_cap), T(leased_tickets), T(last_visit_step_by_step),
          T(last_visit_with_a_queue_number), T(last_visit_with_a_supplement), T(a_case_handed_in_here),
          T(only_the_last_visit_counts), T(purge_keeps_the_chain), T(purge_takes_what_a_wrong_clock_wrote),
          T(word_of_the_hall), TEARDOWN(end))
