/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of enrolment in the hall's database.
 */
#include "hall/store/alert_count.h"
#include "test.h"

#include "hall/database.h"

#include <unistd.h>

#include "base/clock.h"
#include "tools/hall/store/terminal.h"

static char dir[64];
static struct store *store;
static const struct place somewhere = {
    .zone = "城东", .spot = "一层", .device = "01 号机", .hotline = "12345", .supervision = "12345"};

static void open_store(void)
{
    struct err e = {0};
    snprintf(dir, sizeof dir, "/tmp/tongban-hall-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT((database_make(dir, &e) ? -1 : store_open(dir, &store, &e)), 0);
}

static void close_store(void)
{
    char command[100];
    store_close(store);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

static int issued; /* how many certificates were made */
static int issue(void *ctx, const char *id, int office, struct buf *out, struct err *e)
{
    return buf_addf(out, "certificate %d of %s in %04d", ++issued, id, office);
}

static enum terminal_verdict certify(const char *id, const char *code, uint8_t key, char *ret_cert)
{
    struct err e = {0};
    struct buf cert;
    enum terminal_verdict v = TERMINAL_WRONG;
    struct terminal_request q = {.id = id, .code = code, .issue = issue};
    memset(q.key_sha256, key, sizeof q.key_sha256);
    buf_init(&cert, TERMINAL_CERT_MAX);
    CHECK_INT(store_begin(store, &e), 0);
    CHECK_INT(terminal_certify(store, &q, &v, &cert, &e), 0);
    CHECK_INT(store_commit(store, &e), 0);
    if (ret_cert)
        snprintf(ret_cert, 100, "%s", buf_str(&cert));
    buf_finish(&cert);
    return v;
}

static int registration(const char *id)
{
    struct terminal t;
    CHECK_INT(terminal_get(store, id, &t, NULL), 0);
    return t.registration;
}

TEST(code_is_bound_to_its_first_key)
{
    char first[100], again[100];
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "CODE-1", NULL), 0);
    CHECK_INT(certify("t-1", "CODE-1", 1, first), TERMINAL_CERTIFIED);
    CHECK_INT(certify("t-1", "CODE-1", 1, again), TERMINAL_CERTIFIED); /* the answer was lost */
    CHECK_STR(again, first);
    CHECK_INT(issued, 1);
    CHECK_INT(certify("t-1", "CODE-1", 2, NULL), TERMINAL_OTHER_KEY);
    CHECK_INT(alert_count(store, 1103, "enrolment-key", NULL), 1);
    CHECK_INT(registration("t-1"), 1);
    close_store();
}

/* Whoever knows a terminal's name cannot use up a technician's sheet. */
TEST(a_stranger_burns_no_sheet)
{
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "CODE-1", NULL), 0);
    for (int i = 0; i < 1000; i++)
        CHECK_INT(certify("t-1", "CODE-2", 1, NULL), TERMINAL_WRONG);
    CHECK_INT(certify("t-2", "CODE-1", 1, NULL), TERMINAL_WRONG); /* unknown */
    CHECK_INT(certify("t-1", "CODE-1", 1, NULL), TERMINAL_CERTIFIED);
    close_store();
}

static const uint8_t no_cert[SHA256_LEN];

static struct terminal row_of(const char *id)
{
    struct terminal t = {0};
    CHECK_INT(terminal_get(store, id, &t, NULL), 0);
    return t;
}

static int renew(const char *id, const uint8_t shown[SHA256_LEN], uint8_t key, char *ret_cert)
{
    struct err e = {0};
    struct buf cert;
    struct terminal_request q = {.id = id, .issue = issue};
    memset(q.key_sha256, key, sizeof q.key_sha256);
    buf_init(&cert, TERMINAL_CERT_MAX);
    CHECK_INT(store_begin(store, &e), 0);
    int rc = terminal_renew(store, &q, shown, &cert, &e);
    CHECK_INT(store_commit(store, &e), 0);
    snprintf(ret_cert, 100, "%s", buf_str(&cert));
    buf_finish(&cert);
    return rc;
}

/* Old and new are good until the new one is seen; each repetition leads to a pair that works. */
TEST(renewal)
{
    char one[100], two[100], three[100];
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "A", NULL), 0);
    CHECK_INT(certify("t-1", "A", 1, one), TERMINAL_CERTIFIED);
    struct terminal first = row_of("t-1");
    CHECK_INT(renew("t-1", first.certs.cert, 2, two), 0);
    CHECK(strcmp(one, two));
    struct terminal both = row_of("t-1");
    CHECK_MEM(both.certs.cert, first.certs.cert, SHA256_LEN);
    CHECK(memcmp(both.certs.next, no_cert, SHA256_LEN));
    CHECK_INT(renew("t-1", first.certs.cert, 2, three), 0); /* the answer was lost */
    CHECK_STR(three, two);
    CHECK_INT(renew("t-1", first.certs.cert, 3, three), 0); /* the key was lost with it */
    CHECK(strcmp(three, two));
    struct terminal other = row_of("t-1");
    CHECK_INT(terminal_adopt(store, "t-1", both.certs.next, NULL), 0); /* it was replaced: nothing to adopt */
    CHECK_MEM(row_of("t-1").certs.cert, first.certs.cert, SHA256_LEN);
    CHECK_INT(terminal_adopt(store, "t-1", other.certs.next, NULL), 0);
    CHECK_MEM(row_of("t-1").certs.cert, other.certs.next, SHA256_LEN);
    CHECK_MEM(row_of("t-1").certs.next, no_cert, SHA256_LEN);
    CHECK_INT(renew("t-1", first.certs.cert, 4, three), -ERR_ACCESS); /* the old one is over */
    CHECK_INT(renew("t-1", other.certs.next, 4, three), 0);
    CHECK_INT(renew("t-9", other.certs.next, 4, three), -ERR_NOTFOUND);
    CHECK_INT(row_of("t-1").registration, 1);
    /* asked for with the one that follows: it is in use by that */
    CHECK_INT(renew("t-1", row_of("t-1").certs.next, 5, three), 0);
    close_store();
}

TEST(a_new_sheet_ends_a_renewal)
{
    char text[100];
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "A", NULL), 0);
    CHECK_INT(certify("t-1", "A", 1, NULL), TERMINAL_CERTIFIED);
    struct terminal first = row_of("t-1");
    CHECK_INT(renew("t-1", first.certs.cert, 2, text), 0);
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "B", NULL), 0);
    CHECK_MEM(row_of("t-1").certs.cert, first.certs.cert, SHA256_LEN); /* issuing it ends nothing */
    CHECK_INT(certify("t-1", "B", 3, NULL), TERMINAL_CERTIFIED);
    CHECK(memcmp(row_of("t-1").certs.cert, first.certs.cert, SHA256_LEN));
    CHECK_MEM(row_of("t-1").certs.next, no_cert, SHA256_LEN);
    close_store();
}

static int on_revision(void *ctx, int office, int64_t revision)
{
    CHECK_INT(office, 1103);
    *(int64_t *)ctx = revision;
    return 0;
}

/* What other halls go by. */
static int64_t revision(void)
{
    int64_t n = 0;
    CHECK_INT(terminal_revisions(store, on_revision, &n, NULL), 0);
    return n;
}

static bool changed(int64_t *was)
{
    int64_t now = revision();
    bool other = now != *was;
    *was = now;
    return other;
}

TEST(every_change_raises_the_revision)
{
    char cert[100];
    int64_t was = 0;
    struct enrol_register r = {.terminal = "t-1", .epoch = {1}, .signing.point = {4}};
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "A", NULL), 0);
    CHECK(changed(&was));
    CHECK_INT(certify("t-1", "B", 1, NULL), TERMINAL_WRONG);
    CHECK(!changed(&was));
    CHECK_INT(certify("t-1", "A", 1, NULL), TERMINAL_CERTIFIED);
    CHECK(changed(&was));
    CHECK_INT(certify("t-1", "A", 1, NULL), TERMINAL_CERTIFIED); /* the same again */
    CHECK(!changed(&was));
    CHECK_INT(terminal_register(store, &r, NULL), 0);
    CHECK(changed(&was));
    CHECK_INT(renew("t-1", row_of("t-1").certs.cert, 2, cert), 0);
    CHECK(changed(&was));
    CHECK_INT(terminal_adopt(store, "t-1", row_of("t-1").certs.next, NULL), 0);
    CHECK(changed(&was));
    CHECK_INT(terminal_revoke(store, "t-1", NULL), 0);
    CHECK(changed(&was));
    close_store();
}

TEST(revoked)
{
    char text[100];
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "A", NULL), 0);
    CHECK_INT(terminal_revoke(store, "t-1", NULL), -ERR_STATE);
    CHECK_INT(terminal_revoke(store, "t-2", NULL), -ERR_NOTFOUND);
    CHECK_INT(certify("t-1", "A", 1, NULL), TERMINAL_CERTIFIED);
    struct terminal first = row_of("t-1");
    CHECK_INT(terminal_revoke(store, "t-1", NULL), 0);
    CHECK_MEM(row_of("t-1").certs.cert, no_cert, SHA256_LEN);
    CHECK_INT(renew("t-1", first.certs.cert, 2, text), -ERR_ACCESS);
    CHECK_INT(certify("t-1", "A", 1, NULL), TERMINAL_WRONG); /* its sheet went with it */
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "B", NULL), 0);
    CHECK_INT(certify("t-1", "B", 1, NULL), TERMINAL_CERTIFIED);
    close_store();
}

TEST(a_day)
{
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "CODE-1", NULL), 0);
    clock_advance(ENROLMENT_CODE_HOURS * INT64_C(3600000) + 1);
    CHECK_INT(certify("t-1", "CODE-1", 1, NULL), TERMINAL_LOCKED);
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "CODE-2", NULL), 0);
    CHECK_INT(certify("t-1", "CODE-2", 1, NULL), TERMINAL_CERTIFIED);
    close_store();
}

TEST(each_enrolment_has_its_registration)
{
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "A", NULL), 0);
    CHECK_INT(terminal_add(store, 1103, "t-2", &somewhere, "B", NULL), 0);
    CHECK_INT(terminal_add(store, 1104, "t-3", &somewhere, "C", NULL), 0);
    CHECK_INT(terminal_add(store, 1104, "t-1", &somewhere, "A", NULL), -ERR_EXISTS);
    CHECK_INT(certify("t-1", "A", 1, NULL), TERMINAL_CERTIFIED);
    CHECK_INT(certify("t-2", "B", 2, NULL), TERMINAL_CERTIFIED);
    CHECK_INT(certify("t-3", "C", 3, NULL), TERMINAL_CERTIFIED);
    CHECK_INT(registration("t-1"), 1);
    CHECK_INT(registration("t-2"), 2);
    CHECK_INT(registration("t-3"), 1);
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "D", NULL), 0);
    CHECK_INT(certify("t-1", "D", 1, NULL), TERMINAL_CERTIFIED);
    CHECK_INT(registration("t-1"), 3);
    close_store();
}

TEST(registrations_run_out)
{
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "A", NULL), 0);
    CHECK_INT(sql_do(store_sql(store), NULL, "UPDATE office SET registration=$1", "i", (int64_t)ENROLMENT_REGISTRATION_MAX),
              1);
    CHECK_INT(certify("t-1", "A", 1, NULL), TERMINAL_FULL);
    CHECK_INT(registration("t-1"), 0);
    close_store();
}

static int enrol_journal(const char *id, uint8_t epoch, const struct private_key *k)
{
    struct enrol_register r = {.proof_len = 0};
    snprintf(r.terminal, sizeof r.terminal, "%s", id);
    memset(r.epoch, epoch, EPOCH_LEN);
    CHECK_INT(enrol_register_sign(k, &r, NULL), 0);
    return terminal_register(store, &r, NULL);
}

TEST(one_journal_a_registration)
{
    struct private_key *k = NULL, *other = NULL;
    struct terminal t;
    open_store();
    CHECK_INT(key_generate(&k, NULL), 0);
    CHECK_INT(key_generate(&other, NULL), 0);
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "A", NULL), 0);
    CHECK_INT(enrol_journal("t-1", 1, k), -ERR_STATE);
    CHECK_INT(certify("t-1", "A", 1, NULL), TERMINAL_CERTIFIED);
    CHECK_INT(enrol_journal("t-1", 1, k), 0);
    CHECK_INT(enrol_journal("t-1", 1, k), 0); /* the answer was lost */
    CHECK_INT(enrol_journal("t-1", 2, k), -ERR_EXISTS);
    CHECK_INT(enrol_journal("t-1", 1, other), -ERR_EXISTS);
    CHECK_INT(terminal_get(store, "t-1", &t, NULL), 0);
    CHECK(t.registered && t.stored.seq == 0);
    key_free(k);
    key_free(other);
    close_store();
}

TEST(codes_differ)
{
    char a[ENROL_CODE_MAX + 1], b[ENROL_CODE_MAX + 1];
    terminal_new_code(a);
    terminal_new_code(b);
    CHECK_INT(strlen(a), 19);
    CHECK(strcmp(a, b));
}

static int n_seen;
static struct place last;

static int see(void *ctx, const struct terminal *t)
{
    n_seen++;
    last = t->place;
    return 0;
}

/* Neither the hall's start nor a list stops at it: the terminal is there, in a place called "?". */
TEST(a_row_that_cannot_be_read_stops_nobody)
{
    struct err e = {0};
    open_store();
    CHECK_INT(terminal_add(store, 1103, "t-1", &somewhere, "CODE-1", NULL), 0);
    CHECK_INT(terminal_add(store, 1103, "t-2", &somewhere, "CODE-2", NULL), 0);
    CHECK_INT(sql_exec(store_sql(store), "UPDATE terminal SET place='{\"zone' WHERE terminal='t-2'", NULL), 0);
    CHECK_INT(sql_exec(store_sql(store), "INSERT INTO terminal VALUES (1103, '<b>', '', 0, 1, NULL, NULL, 0, NULL)", NULL),
              0);
    CHECK_INT(terminal_each(store, see, NULL, &e), 0);
    CHECK_INT(n_seen, 2); /* what has no name of a terminal is none */
    CHECK_STR(last.zone, "?");
    CHECK_INT(terminal_each_of(store, 1103, see, NULL, &e), 0);
    CHECK_INT(n_seen, 4);
    CHECK_STR(e.text, "");
    CHECK_STR(row_of("t-2").place.device, "?");
    CHECK_INT(certify("t-2", "CODE-2", 1, NULL), TERMINAL_CERTIFIED);
    CHECK_INT(terminal_add(store, 1103, "t-2", &somewhere, "CODE-3", NULL), 0);
    CHECK_STR(row_of("t-2").place.zone, somewhere.zone);
    close_store();
}

TEST_MAIN(T(code_is_bound_to_its_first_key), T(a_stranger_burns_no_sheet), T(renewal), T(a_new_sheet_ends_a_renewal),
          T(every_change_raises_the_revision), T(revoked), T(a_day), T(each_enrolment_has_its_registration),
          T(registrations_run_out), T(one_journal_a_registration), T(codes_differ),
          T(a_row_that_cannot_be_read_stops_nobody))
