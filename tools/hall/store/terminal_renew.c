/* SPDX-License-Identifier: Apache-2.0
 *
 * What becomes of a certificate after enrolment: followed by another, or revoked. And the journals of earlier enrolments.
 */
#include <string.h>

#include "base/clock.h"
#include "tools/hall/keys/pki.h"
#include "tools/hall/store/terminal.h"

/* --- renewal --- */

/* The certificate that this key got already by a renewal; -ERR_NOTFOUND. */
static int same_renewal(struct store *s, const struct terminal *t, const uint8_t key[SHA256_LEN], struct buf *cert,
                        struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT cert FROM renewal WHERE office=$1 AND terminal=$2 AND key_sha256=$3",
                        "itb", (int64_t)t->office, t->id, key, (size_t)SHA256_LEN);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        size_t len = 0;
        const void *der = sql_bytes(r, 0, &len);
        rc = buf_add(cert, der, len);
    } else if (rc == 0) {
        rc = -ERR_NOTFOUND;
    }
    sql_done(r);
    return rc;
}

static int new_renewal(struct store *s, const struct terminal *t, const struct terminal_request *q, struct buf *cert,
                       struct err *e)
{
    uint8_t hash[SHA256_LEN];
    int rc = q->issue(q->ctx, t->id, t->office, cert, e);
    if (rc)
        return rc;
    sha256(cert->data, cert->len, hash);
    rc = sql_do(store_sql(s), e,
                "INSERT INTO renewal (office, terminal, cert, cert_sha256, key_sha256, at) VALUES ($1,$2,$3,$4,$5,$6)"
                " ON CONFLICT (office, terminal) DO UPDATE SET cert=excluded.cert, cert_sha256=excluded.cert_sha256,"
                " key_sha256=excluded.key_sha256, at=excluded.at",
                "itbbbi", (int64_t)t->office, t->id, cert->data, cert->len, hash, sizeof hash, q->key_sha256,
                sizeof q->key_sha256, clock_wall_ms());
    return rc < 0 ? rc : terminal_changed(s, t->office, e);
}

/* Compare and set: another hall may have put another one beside it. */
static int adopt(struct store *s, const struct terminal *t, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "UPDATE terminal SET cert_sha256=$1, cert=(SELECT r.cert FROM renewal r"
                    " WHERE r.office=$2 AND r.terminal=$3) WHERE office=$2 AND terminal=$3 AND EXISTS"
                    " (SELECT 1 FROM renewal r WHERE r.office=$2 AND r.terminal=$3 AND r.cert_sha256=$1)",
                    "bit", t->certs.next, sizeof t->certs.next, (int64_t)t->office, t->id);
    if (rc == 0)
        return err_set(e, ERR_RETRY, "its certificate changed at another hall");
    if (rc >= 0)
        rc = sql_do(store_sql(s), e, "DELETE FROM renewal WHERE office=$1 AND terminal=$2", "it", (int64_t)t->office, t->id);
    return rc < 0 ? rc : terminal_changed(s, t->office, e);
}

int terminal_adopt(struct store *s, const char *id, const uint8_t next[SHA256_LEN], struct err *e)
{
    struct terminal t;
    int rc = terminal_get(s, id, &t, e);
    if (rc == 0 && enrolment_renewal_judge(&t.certs, next) == RENEWAL_ADOPTS)
        rc = adopt(s, &t, e);
    return err_wrap(e, rc, "adopt the new certificate of %s", id);
}

static int renew(struct store *s, const struct terminal *t, const struct terminal_request *q, struct buf *cert,
                 struct err *e)
{
    int rc = same_renewal(s, t, q->key_sha256, cert, e);
    return rc == -ERR_NOTFOUND ? new_renewal(s, t, q, cert, e) : rc;
}

static int do_renewal(struct store *s, const struct terminal *t, const struct terminal_request *q,
                      const uint8_t shown[SHA256_LEN], struct buf *cert, struct err *e)
{
    int rc = 0;
    switch (enrolment_renewal_judge(&t->certs, shown)) {
    case RENEWAL_REFUSED:
        return err_set(e, ERR_ACCESS, "the certificate is not the terminal's any more");
    case RENEWAL_ADOPTS:
        rc = adopt(s, t, e);
        break;
    case RENEWAL_GRANTED:
        break;
    }
    return rc < 0 ? rc : renew(s, t, q, cert, e);
}

int terminal_renew(struct store *s, const struct terminal_request *q, const uint8_t shown[SHA256_LEN], struct buf *cert,
                   struct err *e)
{
    struct terminal t;
    int rc = terminal_get(s, q->id, &t, e);
    if (rc == 0)
        rc = do_renewal(s, &t, q, shown, cert, e);
    return err_wrap(e, rc, "renew the certificate of %s", q->id);
}

int terminal_ends(struct store *s, const struct terminal *t, int64_t *ret_ms, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT cert FROM terminal WHERE office=$1 AND terminal=$2", "it",
                        (int64_t)t->office, t->id);
    *ret_ms = 0;
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        size_t len = 0;
        const void *der = sql_bytes(r, 0, &len);
        *ret_ms = len ? pki_der_ends(der, len) : 0;
    }
    sql_done(r);
    return rc < 0 ? rc : 0;
}

/* --- revocation --- */

static int revoke_rows(struct store *s, const struct terminal *t, struct err *e)
{
    struct sql *d = store_sql(s);
    int64_t office = t->office;
    int rc = sql_do(d, e, "UPDATE terminal SET cert=NULL, cert_sha256=NULL WHERE office=$1 AND terminal=$2", "it", office,
                    t->id);
    if (rc >= 0)
        rc = sql_do(d, e, "DELETE FROM renewal WHERE office=$1 AND terminal=$2", "it", office, t->id);
    if (rc >= 0)
        rc = sql_do(d, e, "DELETE FROM code WHERE office=$1 AND terminal=$2", "it", office, t->id);
    return rc < 0 ? rc : terminal_changed(s, t->office, e);
}

int terminal_revoke(struct store *s, const char *id, struct err *e)
{
    static const uint8_t none[SHA256_LEN];
    struct terminal t;
    int rc = terminal_get(s, id, &t, e);
    if (rc == 0 && memcmp(t.certs.cert, none, sizeof none) == 0)
        rc = err_set(e, ERR_STATE, "it has no certificate");
    if (rc == 0)
        rc = revoke_rows(s, &t, e);
    return err_wrap(e, rc, "revoke the certificate of %s", id);
}

int terminal_revisions(struct store *s, int (*fn)(void *ctx, int office, int64_t revision), void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT office, version FROM revision", "");
    while (rc == 0 && (rc = sql_next(r, e)) == 1)
        rc = fn(ctx, (int)sql_int(r, 0), sql_int(r, 1));
    sql_done(r);
    return rc;
}

/* --- journals of earlier enrolments --- */

int terminal_chain(struct store *s, const uint8_t epoch[EPOCH_LEN], struct terminal *t, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT signing, seq, hash FROM chain WHERE office=$1 AND terminal=$2 AND epoch=$3", "itb",
                        (int64_t)t->office, t->id, epoch, (size_t)EPOCH_LEN);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1 && !sql_copy(r, 0, t->signing.point, P256_POINT_LEN) && !sql_copy(r, 2, t->stored.hash, HASH_LEN)) {
        memcpy(t->epoch, epoch, EPOCH_LEN);
        t->stored.seq = (uint64_t)sql_int(r, 1);
        rc = 0;
    } else if (rc >= 0) {
        rc = err_set(e, ERR_NOTFOUND, "%s has no such journal", t->id);
    }
    sql_done(r);
    return rc;
}
