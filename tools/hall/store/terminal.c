/* SPDX-License-Identifier: Apache-2.0
 *
 * Terminals, one-time codes, registrations.
 */
#include "tools/hall/store/terminal.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "crypto/random.h"
#include "tools/hall/rules/zone.h"

void terminal_new_code(char out[ENROL_CODE_MAX + 1])
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* 32; no 0 O 1 I */
    uint8_t random[16];
    char *p = out;
    random_bytes(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++) {
        if (i && i % 4 == 0)
            *p++ = '-';
        *p++ = letters[random[i] & 31];
    }
    *p = '\0';
    secret_wipe(random, sizeof random);
}

int terminal_changed(struct store *s, int office, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO revision (office, version) VALUES ($1,1)"
                    " ON CONFLICT (office) DO UPDATE SET version = revision.version + 1",
                    "i", (int64_t)office);
    return rc < 0 ? rc : 0;
}

/* --- adding --- */

/* The office a terminal belongs to; -ERR_NOTFOUND. */
static int office_of(struct store *s, const char *id, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT office FROM directory WHERE terminal=$1", "t", id);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        rc = (int)sql_int(r, 0);
    else if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "terminal %s", id);
    sql_done(r);
    return rc;
}

static int set_zone(struct sql *d, int office, const char *id, const struct place *place, struct err *e)
{
    char zone[ZONE_NAME_LEN + 1];

    zone_name(office, place, zone);
    int rc = sql_do(d, e,
                    "INSERT INTO terminal_zone (office, terminal, zone) VALUES ($1,$2,$3)"
                    " ON CONFLICT (office, terminal) DO UPDATE SET zone=excluded.zone",
                    "itt", (int64_t)office, id, zone);
    return rc < 0 ? rc : 0;
}

/* A row at a time: no statement is open while another one writes. A place that cannot be read has no zone. */
int terminal_name_zones(struct sql *d, struct err *e)
{
    char id[TERMINAL_ID_MAX + 1] = "";
    struct place place;
    int rc = 1, office = -1;

    while (rc == 1) {
        struct sql_rows *r = NULL;
        bool readable = false;

        rc = sql_select(d, &r, e,
                        "SELECT office, terminal, place FROM terminal WHERE office>$1 OR (office=$1 AND terminal>$2)"
                        " ORDER BY office, terminal LIMIT 1",
                        "it", (int64_t)office, id);
        if (rc == 0 && (rc = sql_next(r, e)) == 1) {
            office = (int)sql_int(r, 0);
            text_copy(id, sizeof id, sql_text(r, 1));
            readable = enrol_place_decode(sql_text(r, 2), strlen(sql_text(r, 2)), &place, NULL) == 0;
        }
        sql_done(r);
        int set = rc == 1 && readable ? set_zone(d, office, id, &place, e) : 0;
        rc = set < 0 ? set : rc;
    }
    return rc < 0 ? err_wrap(e, rc, "name the zones of terminals") : 0;
}

static int add_rows(struct store *s, int office, const char *id, const char *place, struct err *e)
{
    struct sql *d = store_sql(s);
    int rc = sql_do(d, e, "INSERT INTO directory (terminal, office) VALUES ($1,$2) ON CONFLICT (terminal) DO NOTHING", "ti",
                    id, (int64_t)office);
    if (rc >= 0)
        rc = office_of(s, id, e);
    if (rc >= 0 && rc != office)
        return err_set(e, ERR_EXISTS, "terminal %s belongs to office %d", id, rc);
    if (rc >= 0)
        rc = sql_do(d, e, "INSERT INTO office (office, registration) VALUES ($1,0) ON CONFLICT (office) DO NOTHING", "i",
                    (int64_t)office);
    if (rc >= 0)
        rc = sql_do(d, e,
                    "INSERT INTO terminal (office, terminal, place, added, registration) VALUES ($1,$2,$3,$4,0)"
                    " ON CONFLICT (office, terminal) DO UPDATE SET place=excluded.place",
                    "itti", (int64_t)office, id, place, clock_wall_ms());
    return rc < 0 ? rc : terminal_changed(s, office, e);
}

static int add_code(struct store *s, int office, const char *id, const char *code, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    sha256(code, strlen(code), hash);
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO code (office, terminal, code_sha256, expires, tries, key_sha256)"
                    " VALUES ($1,$2,$3,$4,0,NULL) ON CONFLICT (office, terminal) DO UPDATE SET"
                    " code_sha256=excluded.code_sha256, expires=excluded.expires, key_sha256=NULL",
                    "itbi", (int64_t)office, id, hash, sizeof hash, enrolment_code_expires(clock_wall_ms()));
    return rc < 0 ? rc : 0;
}

int terminal_add(struct store *s, int office, const char *id, const struct place *place, const char *code, struct err *e)
{
    struct buf json;
    buf_init(&json, 2048);
    int rc = enrol_place_encode(place, &json);
    if (rc == 0)
        rc = add_rows(s, office, id, buf_str(&json), e);
    if (rc == 0)
        rc = set_zone(store_sql(s), office, id, place, e);
    if (rc == 0)
        rc = add_code(s, office, id, code, e);
    buf_finish(&json);
    return err_wrap(e, rc, "add terminal %s", id);
}

/* --- reading --- */

void terminal_read_place(const char *id, const char *text, struct place *ret)
{
    struct err why = {0};

    *ret = (struct place){.zone = "?", .spot = "?", .device = "?", .hotline = "?", .supervision = "?"};
    if (enrol_place_decode(text, strlen(text), ret, &why) < 0)
        log_warn("hall", "where terminal %s stands cannot be read (%s): hallctl terminal add writes it anew", id, why.text);
}

int terminal_place(struct store *s, int office, const char *id, struct place *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT place FROM terminal WHERE office=$1 AND terminal=$2", "it",
                        (int64_t)office, id);

    if (rc == 0 && (rc = sql_next(r, e)) == 1)
        terminal_read_place(id, sql_text(r, 0), ret);
    sql_done(r);
    return rc < 0 ? err_wrap(e, rc, "read where terminal %s stands", id) : 0;
}

#define TERMINAL_QUERY                                                                                                      \
    "SELECT t.office, t.terminal, t.place, t.registration, t.cert_sha256, c.epoch, c.signing, c.seq, c.hash, "              \
    "r.cert_sha256,"                                                                                                        \
    " coalesce(t.enrolled, 0), coalesce(r.at, 0)"                                                                           \
    " FROM terminal t LEFT JOIN chain c ON c.office=t.office AND c.terminal=t.terminal AND c.epoch=t.epoch"                 \
    " LEFT JOIN renewal r ON r.office=t.office AND r.terminal=t.terminal "

static int terminal_row(struct sql_rows *r, struct terminal *t, struct err *e)
{
    *t = (struct terminal){.office = (int)sql_int(r, 0), .registration = (int)sql_int(r, 3)};
    const char *id = sql_text(r, 1), *place = sql_text(r, 2);
    if (!terminal_id_valid(id))
        return err_set(e, ERR_INVALID, "a terminal's row has no id");
    memcpy(t->id, id, strlen(id) + 1);
    terminal_read_place(id, place, &t->place);
    memcpy(t->place.terminal, t->id, sizeof t->id);
    struct enrolment_certs *c = &t->certs;
    if (sql_copy(r, 4, c->cert, sizeof c->cert))
        memset(c->cert, 0, sizeof c->cert);
    if (sql_copy(r, 9, c->next, sizeof c->next))
        memset(c->next, 0, sizeof c->next);
    c->issued_ms = sql_int(r, 10) > sql_int(r, 11) ? sql_int(r, 10) : sql_int(r, 11);
    t->registered = !sql_copy(r, 5, t->epoch, EPOCH_LEN) && !sql_copy(r, 6, t->signing.point, P256_POINT_LEN) &&
                    !sql_copy(r, 8, t->stored.hash, HASH_LEN);
    t->stored.seq = (uint64_t)sql_int(r, 7);
    return 0;
}

int terminal_get(struct store *s, const char *id, struct terminal *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int office = office_of(s, id, e);
    if (office < 0)
        return office;
    int rc = sql_select(store_sql(s), &r, e, TERMINAL_QUERY "WHERE t.office=$1 AND t.terminal=$2", "it", (int64_t)office,
                        id);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        rc = terminal_row(r, ret, e);
    else if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "terminal %s", id);
    sql_done(r);
    return rc;
}

/* Takes the rows over. */
static int each(struct sql_rows *r, int rc, int (*fn)(void *ctx, const struct terminal *t), void *ctx, struct err *e)
{
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        struct err why = {0};
        struct terminal t;

        rc = 0;
        if (terminal_row(r, &t, &why) < 0)
            log_warn("hall", "%s, and is passed over", why.text);
        else if (fn(ctx, &t))
            break;
    }
    sql_done(r);
    return err_wrap(e, rc, "read the terminals");
}

int terminal_each(struct store *s, int (*fn)(void *ctx, const struct terminal *t), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, TERMINAL_QUERY "ORDER BY t.office, t.terminal", "");
    return each(r, rc, fn, ctx, e);
}

int terminal_each_of(struct store *s, int office, int (*fn)(void *ctx, const struct terminal *t), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, TERMINAL_QUERY "WHERE t.office=$1", "i", (int64_t)office);
    return each(r, rc, fn, ctx, e);
}

/* --- certificates --- */

static int read_code(struct store *s, int office, const char *id, struct enrolment_code *c, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT code_sha256, expires, key_sha256 FROM code WHERE office=$1 AND terminal=$2", "it",
                        (int64_t)office, id);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        c->expires = sql_int(r, 1);
        c->bound = !sql_copy(r, 2, c->key, sizeof c->key);
        rc = sql_copy(r, 0, c->code, sizeof c->code) ? err_set(e, ERR_INVALID, "the code of %s", id) : 0;
    } else if (rc == 0) {
        rc = err_set(e, ERR_NOTFOUND, "no code for %s", id);
    }
    sql_done(r);
    return rc;
}

/* The certificate that the key of this code already has. */
static int same_certificate(struct store *s, int office, const char *id, struct buf *cert, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT cert FROM terminal WHERE office=$1 AND terminal=$2", "it",
                        (int64_t)office, id);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        size_t len = 0;
        const void *der = sql_bytes(r, 0, &len);
        rc = buf_add(cert, der, len);
    } else if (rc == 0) {
        rc = err_set(e, ERR_NOTFOUND, "the certificate of %s", id);
    }
    sql_done(r);
    return rc;
}

/* The office's next registration number, or -ERR_RANGE. */
static int next_registration(struct store *s, int office, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "UPDATE office SET registration = registration + 1 WHERE office=$1 AND registration < $2"
                        " RETURNING registration",
                        "ii", (int64_t)office, (int64_t)ENROLMENT_REGISTRATION_MAX);
    if (rc == 0)
        rc = sql_next(r, e);
    int number = rc == 1 ? (int)sql_int(r, 0) : 0;
    if (rc == 1)
        rc = sql_next(r, e); /* the statement is over only when it was stepped to its end */
    else if (rc == 0)
        rc = err_set(e, ERR_RANGE, "office %d has no registration number left", office);
    sql_done(r);
    return rc < 0 ? rc : number;
}

/* The code is this key's from now on. Compare and set: another hall may judge it for another key at the same time. */
static int bind_code(struct store *s, int office, const struct terminal_request *q, const struct enrolment_code *c,
                     struct err *e)
{
    int rc = sql_do(
        store_sql(s), e,
        "UPDATE code SET key_sha256=$1 WHERE office=$2 AND terminal=$3 AND code_sha256=$4 AND key_sha256 IS NULL", "bitb",
        q->key_sha256, sizeof q->key_sha256, (int64_t)office, q->id, c->code, sizeof c->code);
    return rc == 0 ? err_set(e, ERR_RETRY, "the code was used at another hall") : rc < 0 ? rc : 0;
}

/* A new registration: the number, the certificate, the end of the one before. */
static int enrol(struct store *s, int office, const struct terminal_request *q, struct buf *cert, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    int registration = next_registration(s, office, e);
    if (registration < 0)
        return registration;
    int rc = q->issue(q->ctx, q->id, office, cert, e);
    if (rc < 0)
        return rc;
    sha256(cert->data, cert->len, hash);
    rc = sql_do(store_sql(s), e,
                "UPDATE terminal SET registration=$1, cert=$2, cert_sha256=$3, enrolled=$4, epoch=NULL"
                " WHERE office=$5 AND terminal=$6",
                "ibbiit", (int64_t)registration, cert->data, cert->len, hash, sizeof hash, clock_wall_ms(), (int64_t)office,
                q->id);
    if (rc >= 0)
        rc = sql_do(store_sql(s), e, "DELETE FROM renewal WHERE office=$1 AND terminal=$2", "it", (int64_t)office, q->id);
    return rc < 0 ? rc : 0;
}

/* When the office has no number left, nothing was done. */
static int enrol_new(struct store *s, int office, const struct terminal_request *q, const struct enrolment_code *c,
                     enum terminal_verdict *verdict, struct buf *cert, struct err *e)
{
    int rc = enrol(s, office, q, cert, e);
    *verdict = rc == -ERR_RANGE ? TERMINAL_FULL : TERMINAL_CERTIFIED;
    if (rc == -ERR_RANGE)
        return 0;
    if (rc == 0)
        rc = bind_code(s, office, q, c, e);
    return rc < 0 ? rc : terminal_changed(s, office, e);
}

static int judge(struct store *s, int office, const struct terminal_request *q, const struct enrolment_code *c,
                 enum terminal_verdict *verdict, struct buf *cert, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    sha256(q->code, strlen(q->code), hash);
    switch (enrolment_code_judge(c, hash, q->key_sha256, clock_wall_ms())) {
    case CODE_WRONG:
        *verdict = TERMINAL_WRONG;
        return 0;
    case CODE_LATE:
        *verdict = TERMINAL_LOCKED;
        return 0;
    case CODE_OTHER_KEY:
        *verdict = TERMINAL_OTHER_KEY;
        return store_alert(s, office, q->id, "enrolment-key", "a used enrolment code came again with another key", e);
    case CODE_SAME:
        *verdict = TERMINAL_CERTIFIED;
        return same_certificate(s, office, q->id, cert, e);
    case CODE_NEW:
        break;
    }
    return enrol_new(s, office, q, c, verdict, cert, e);
}

int terminal_certify(struct store *s, const struct terminal_request *q, enum terminal_verdict *ret_verdict, struct buf *cert,
                     struct err *e)
{
    struct enrolment_code code = {.bound = false};
    int office = office_of(s, q->id, e);
    int rc = office < 0 ? office : read_code(s, office, q->id, &code, e);
    if (rc == -ERR_NOTFOUND) {
        *ret_verdict = TERMINAL_WRONG;
        return 0;
    }
    if (rc == 0)
        rc = judge(s, office, q, &code, ret_verdict, cert, e);
    return err_wrap(e, rc, "certify terminal %s", q->id);
}

/* --- registration of the journal --- */

/* The signing key by which the hall knows the epoch. 1: it does. */
static int read_signing(struct store *s, int office, const struct enrol_register *q, uint8_t ret[P256_POINT_LEN],
                        struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT signing FROM chain WHERE office=$1 AND terminal=$2 AND epoch=$3", "itb",
                        (int64_t)office, q->terminal, q->epoch, sizeof q->epoch);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1 && sql_copy(r, 0, ret, P256_POINT_LEN) < 0)
        memset(ret, 0, P256_POINT_LEN); /* damaged: no key is the same */
    sql_done(r);
    return rc;
}

static int make_chain(struct store *s, const struct terminal *t, const struct enrol_register *q, struct err *e)
{
    uint8_t start[HASH_LEN];
    chain_start(q->terminal, q->epoch, &q->signing, start);
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO chain (office, terminal, epoch, registration, signing, seq, hash, signature)"
                    " VALUES ($1,$2,$3,$4,$5,0,$6,$7) ON CONFLICT (office, terminal, epoch) DO NOTHING",
                    "itbibbb", (int64_t)t->office, q->terminal, q->epoch, sizeof q->epoch, (int64_t)t->registration,
                    q->signing.point, (size_t)P256_POINT_LEN, start, sizeof start, "", (size_t)0);
    if (rc >= 0) /* compare and set: another hall may register another journal */
        rc = sql_do(store_sql(s), e,
                    "UPDATE terminal SET epoch=$1 WHERE office=$2 AND terminal=$3 AND registration=$4"
                    " AND (epoch IS NULL OR epoch=$1)",
                    "biti", q->epoch, sizeof q->epoch, (int64_t)t->office, q->terminal, (int64_t)t->registration);
    if (rc == 0)
        rc = err_set(e, ERR_RETRY, "it was registered at another hall");
    return rc < 0 ? rc : terminal_changed(s, t->office, e);
}

static int do_journal(struct store *s, const struct terminal *t, const struct enrol_register *q, struct err *e)
{
    uint8_t signing[P256_POINT_LEN];
    int known = read_signing(s, t->office, q, signing, e);
    if (known < 0)
        return known;
    const struct journal_facts facts = {t->registration, t->registered ? t->epoch : NULL, known ? signing : NULL,
                                        sizeof signing};
    switch (enrolment_journal_judge(&facts, q->epoch, q->signing.point)) {
    case JOURNAL_TAKEN:
        return make_chain(s, t, q, e);
    case JOURNAL_NOT_ENROLLED:
        return err_set(e, ERR_STATE, "it was never enrolled");
    case JOURNAL_OTHER:
        return err_set(e, ERR_EXISTS, "this registration has another journal");
    case JOURNAL_OTHER_KEY:
        return err_set(e, ERR_EXISTS, "the epoch is known with another signing key");
    }
    return 0;
}

int terminal_register(struct store *s, const struct enrol_register *q, struct err *e)
{
    struct terminal t;
    int rc = terminal_get(s, q->terminal, &t, e);
    if (rc == 0)
        rc = do_journal(s, &t, q, e);
    return err_wrap(e, rc, "register terminal %s", q->terminal);
}

int terminal_health(struct store *s, int office, const char *id, const char *report, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO health (office, terminal, at, report) VALUES ($1,$2,$3,$4)"
                    " ON CONFLICT (office, terminal) DO UPDATE SET at=excluded.at, report=excluded.report",
                    "itit", (int64_t)office, id, clock_wall_ms(), report);
    return rc < 0 ? err_wrap(e, rc, "store a health report") : 0;
}
